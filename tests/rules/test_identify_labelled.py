"""How well whose-it-is does on a labelled set: two invented colleges, names and mistakes as people really make them.

The rule that matters: never wrong. Then: decided wherever mail and file together say enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from rules.identify import Clues, identify
from rules.model import Kind, Roster, Unit

COLLEGES = [
    "计算机学院",
    "数学与统计学院",
    "教育科学学院",
    "外国语学院",
    "美术与设计学院",
    "音乐学院",
    "体育学院",
    "文学与传播学院",
    "化学与生命科学学院",
    "物理与信息工程学院",
    "信息工程学院",
    "资源与环境学院",
    "工商管理学院",
    "软件学院",
    "经济学院",
    "法学院",
    "航海学院",
    "马克思主义学院",
    "电气工程学院",
    "土木工程学院",
    "继续教育学院",
    "国际学院",
    "机关",
    "后勤",
    "离退休",
]
TAILS = ("教工第一党支部", "教工第二党支部", "学生第一党支部", "学生第二党支部", "研究生党支部")
NUMBERS = {"一": "1", "二": "2"}


def college(generals: int, branches: int, short: bool = False) -> Roster:
    """`short`: the roster names branches without their 总支, which column 上级 gives anyway."""
    units: list[Unit] = []
    for number, area in enumerate(COLLEGES[:generals], 1):
        units.append(Unit(f"{number:02}", f"{area}党总支", Kind.GENERAL_BRANCH))
        for place, tail in enumerate(TAILS[:branches], 1):
            units.append(
                Unit(f"{number:02}{place:02}", tail if short else f"{area}{tail}", Kind.BRANCH, f"{number:02}")
            )
    units.append(Unit("90", "图书馆直属党支部", Kind.DIRECT_BRANCH))
    units.append(Unit("91", "附属中学直属党支部", Kind.DIRECT_BRANCH))
    return Roster(tuple(units))


@dataclass(frozen=True)
class Sample:
    """A report, whose it is, and whether mail and file together say so."""

    clues: Clues
    unit: str
    told: bool


def casual(name: str) -> str:
    """教工第一党支部 → 教师1支部."""
    for sign, digit in NUMBERS.items():
        name = name.replace(f"第{sign}党支部", f"{digit}支部")
    return name.replace("教工", "教师").replace("党支部", "支部")


def both_names(unit: Unit, roster: Roster) -> tuple[str, str]:
    """With its 总支 and without."""
    area = roster.unit(unit.parent).name.removesuffix("党总支") if unit.parent else ""
    tail = unit.name.removeprefix(area)
    return area + tail, tail


def of_branch(unit: Unit, roster: Roster) -> Iterator[Sample]:
    """The styles of file name, title, 落款 and subject of one branch, sent by its 总支, itself or nobody we know."""
    general, own, (full, tail) = (unit.parent or "",), (unit.code,), both_names(unit, roster)
    sibling = next(other for other in roster.below(general[0]) if other.code != unit.code)
    near = both_names(sibling, roster)[0]
    other = next(u for u in roster.units if u.parent not in (None, unit.parent) and both_names(u, roster)[1] == tail)
    far = both_names(other, roster)[0]
    for name, title in (
        (f"{full}创先争优活动总结.docx", ""),
        (f"{tail}总结.doc", f"{full}创先争优活动总结"),
        (f"{casual(tail)}总结8.19.doc", ""),
        (f"{casual(full)}——总结(1).doc", f"中共示例学院{full}创先争优总结报告"),
        ("新建 Microsoft Word 文档.doc", f"{tail}创先争优活动总结"),
        ("总结最终版.wps", f"{casual(full)}创先争优工作总结"),
        (f"创先争优活动总结（{tail}）.docx", "创先争优活动总结"),
        (f"副本{tail}总结.doc", ""),
    ):
        yield Sample(Clues(general, file_name=name, title=title, alone=False), unit.code, True)
        yield Sample(Clues(own, file_name=name, title=title), unit.code, True)
        yield Sample(Clues((*general, *own), file_name=name, title=title), unit.code, True)
        told = title.endswith("总结报告") or title.startswith((full, casual(full)))
        yield Sample(Clues(file_name=name, title=title), unit.code, told)
    yield Sample(Clues(own, file_name="总结.docx"), unit.code, True)
    yield Sample(Clues(general, file_name="总结.docx", signature=full, alone=False), unit.code, True)
    yield Sample(Clues(general, file_name="总结.doc", subject=f"{full}总结"), unit.code, True)
    yield Sample(Clues(general, via=("材料.zip", tail), file_name="总结.doc", alone=False), unit.code, True)
    yield Sample(Clues(file_name=f"{full}.doc", subject=f"{full}创先争优总结"), unit.code, True)
    yield Sample(Clues(general, file_name="1.doc", title=f"{full}总结", subject=f"Re: {near}"), unit.code, False)
    yield Sample(Clues(general, file_name=f"{near}.doc", title=f"{full}总结"), unit.code, False)
    yield Sample(Clues((sibling.code,), file_name="总结.doc", title=f"{full}总结", signature=full), unit.code, False)
    yield Sample(Clues((sibling.code,), file_name=f"{tail}.doc", title=f"{full}总结", signature=full), unit.code, True)
    yield Sample(Clues((other.code,), file_name="总结.doc", title=f"{full}总结", subject="Fw: 总结"), unit.code, True)
    yield Sample(Clues((other.code,), file_name=f"{tail}总结.doc", subject="转发：总结"), unit.code, False)
    yield Sample(Clues(file_name=f"{tail}总结.doc", title=f"{tail}创先争优总结"), unit.code, False)
    yield Sample(Clues(general, file_name="党支部总结.doc", body="见附件"), unit.code, False)
    yield Sample(Clues(general, file_name="总结(2).doc", alone=False), unit.code, False)
    yield Sample(Clues(general, file_name=full.replace("学", "孛", 1) + ".doc", alone=False), unit.code, False)
    yield Sample(Clues(general, title=f"先进集体{full}与{far}座谈总结"), unit.code, False)


def of_general(unit: Unit) -> Iterator[Sample]:
    area = unit.name.removesuffix("党总支")
    for clues, told in (
        (Clues((unit.code,), file_name=f"{unit.name}总结.doc", alone=False), True),
        (Clues((unit.code,), file_name="总支总结.doc", alone=False), True),
        (Clues((unit.code,), file_name="总结.doc", title=f"中共示例学院{area}总支部委员会创先争优活动总结"), True),
        (Clues((unit.code,), file_name="总结.doc", subject="总结"), True),
        (Clues((unit.code,), file_name="党总支总结.doc", body="现将我总支及所属支部的总结报上", alone=False), True),
        (Clues(file_name="1.doc", title=f"{area}党委创先争优活动总结"), True),
        (Clues((unit.code,), file_name=f"{area}总结.doc", title=f"{area}创先争优活动总结", alone=False), True),
        (Clues((unit.code,), file_name="总结(3).doc", alone=False), False),
        (Clues(file_name=f"{area}总结.doc", title="创先争优活动总结"), False),
    ):
        yield Sample(clues, unit.code, told)


def labelled(roster: Roster) -> Iterator[Sample]:
    for unit in roster.units:
        if unit.parent is not None:
            yield from of_branch(unit, roster)
        elif unit.kind.reviews:
            yield from of_general(unit)
        else:
            yield Sample(Clues((unit.code,), file_name="总结.doc"), unit.code, True)
            yield Sample(Clues(title=f"{unit.name}创先争优活动总结"), unit.code, True)


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize(("generals", "branches"), [(6, 4), pytest.param(25, 5, marks=pytest.mark.slow)])
def test_no_report_is_given_to_the_wrong_unit_and_most_are_decided(generals: int, branches: int, short: bool) -> None:
    roster = college(generals, branches, short)
    told = decided = 0
    wrong: list[tuple[Sample, str]] = []
    unsure: list[Clues] = []
    for sample in labelled(roster):
        unit = identify(sample.clues, roster).unit
        told += sample.told
        if unit is not None and unit != sample.unit:
            wrong.append((sample, unit))
        elif unit is None and sample.told:
            unsure.append(sample.clues)
        decided += unit == sample.unit and sample.told
    assert wrong == []
    assert decided / told >= 0.98, unsure[:20]
