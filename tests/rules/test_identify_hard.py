"""Whose a report is where names look alike: being bold must not become being wrong. The university is invented."""

from dataclasses import replace
from typing import Any

import pytest

from rules.identify import Clues, identify
from rules.model import Kind, Roster, Unit
from tests.rules.identify_university import university

ROSTERS = [pytest.param(university(school), id=school or "no school") for school in ("", "示例师范大学")]
TOLD = "创先争优活动总结"


def of(sender: str = "", file: str = "总结", title: str = "", signature: str = "", **more: Any) -> Clues:
    """`sender`: codes of the address, none for a stranger; the title is told by its first words alone."""
    codes = tuple(sender.split())
    return Clues(codes, file_name=f"{file}.docx", title=f"{title}{TOLD}", signature=signature, **more)


# Whose a careful clerk says it is without asking.
FILED = [
    # A 总支 with several kinds of branches, names cut short in every way.
    ("0101", of("01", "英语系教工支部")),
    ("0101", of("01", title="英语系教工党支部", signature="英语系教工党支部")),
    ("0101", of("01", "外院英语系教工支部总结")),
    ("0102", of("01", "大学英语教研部教工支部")),
    ("0102", of("01", title="大学英语教研部教工党支部")),
    ("0102", of("01", "大英部教工支部", title="大学英语教研部教工党支部")),
    ("0103", of("01", "日语系教师支部")),
    ("0103", of("01", "日语支部")),
    ("0103", of("01", "日语教工支部", title="日语系教工党支部")),
    ("0104", of("01", "本科生一支部")),
    ("0104", of("01", "学生一支部", title="学生支部")),
    ("0105", of("01", "本科2支部")),
    ("0105", of("01", "外院本科二支部")),
    ("0105", of("01", "本二支部总结", title="本科生第二党支部")),
    ("0106", of("01", "研究生支部")),
    ("0106", of("01", title="研究生党支部")),
    ("0106", of("01", "外语系研究生支部总结")),
    ("0104", of("", title="外国语言文学学院本科生第一党支部")),
    ("0104", of("", title="外语系本科生第一党支部")),
    ("0106", of("", "研究生支部", title="外国语学院研究生党支部")),
    # Similar colleges.
    ("0201", of("02", "教工支部")),
    ("0202", of("02", title="国际学院学生党支部")),
    ("0202", of("", title="国际学院学生党支部", signature="国际学院学生党支部")),
    ("0301", of("03", "教工一支部")),
    ("0301", of("", title="数学学院教工第一党支部")),
    ("0401", of("", title="数学与统计学院教工第一党支部")),
    ("0401", of("04", "教工一支部")),
    ("0403", of("04", "应用统计系教师支部")),
    ("0403", of("04", "应统系支部")),
    ("0403", of("", title="数学与统计学院应用统计系教师党支部")),
    ("1401", of("14", "教工支部")),
    ("1401", of("", title="信息工程学院教工党支部")),
    ("1501", of("", title="物理与信息工程学院教工党支部")),
    ("1502", of("15", "学生一支部")),
    ("1301", of("13", "教师支部")),
    ("1301", of("", title="教师教育学院教师党支部")),
    ("1302", of("13", title="教师教育学院学生党支部")),
    ("1302", of("13", "学生支部")),
    # Arabic numbers, years, classes.
    ("0303", of("03", "学生21党支部")),
    ("0303", of("", title="数学学院学生21党支部")),
    ("0304", of("03", "学生22支部")),
    ("0304", of("03", "学生第二十二党支部")),
    ("0305", of("03", "16级博士支部")),
    ("0305", of("03", "2016级博士生党支部")),
    ("0305", of("03", "博士支部")),
    ("0305", of("", title="数学学院2016级博士党支部")),
    ("0306", of("03", "16级硕士支部")),
    ("0307", of("03", "17级硕士一支部")),
    ("0308", of("03", title="17级硕士第二党支部")),
    ("0705", of("07", "园艺1601班党支部")),
    ("0705", of("07", "1601班支部")),
    # 机关一 and 机关二.
    ("0501", of("05", title="机关一第一党支部")),
    ("0501", of("", title="机关一第一党支部", signature="机关一第一党支部")),
    ("0501", of("05", "第一党支部")),
    ("0601", of("06", title="第一党支部", signature="机关二第一党支部")),
    ("0601", of("", title="机关二第一党支部", signature="机关二党总支第一党支部")),
    ("0502", of("", title="机关一党总支第二党支部")),
    # One branch, several names.
    ("0501", of("", title="党委办公室党支部")),
    ("0501", of("05", "机关一第一支部", title="党委办公室党支部")),
    ("0502", of("05", "人事处支部")),
    ("0601", of("06", "教务处支部", signature="机关二第一党支部")),
    ("0601", of("06", "研究生院支部")),
    ("0601", of("", title="教务处党支部", signature="机关二第一党支部")),
    ("0803", of("08", "附属医院退休支部")),
    # A joint branch and its halves.
    ("0701", of("07", "果树教师党支部-16级果树硕士研究生党支部")),
    ("0701", of("07", title="果树教师党支部--16级果树硕士研究生党支部")),
    ("0701", of("07", "果树教师支部")),
    ("0701", of("07", "16级果树硕士支部")),
    ("0702", of("07", "蔬菜支部")),
    ("0703", of("07", "观赏园艺支部")),
    ("0703", of("07", "观园教师支部", title="观赏园艺教师党支部")),
    ("0704", of("07", "本科生支部")),
    ("0704", of("", title="农学系本科生党支部")),
    # Ten and eleven.
    ("0801", of("08", "离退休一支部")),
    ("0801", of("08", "退休第一支部")),
    ("0802", of("08", "第十支部")),
    ("0803", of("08", "第十一支部")),
    ("0803", of("", title="离退休第十一党支部")),
    ("0901", of("09", "饮食服务中心支部")),
    ("0901", of("09", "饮食中心党支部")),
    ("0902", of("09", "物业支部")),
    ("0902", of("", title="后勤集团物业管理中心党支部")),
    # The document against vague words around it.
    ("0104", of("01", "第一党支部", title="外国语学院本科生第一党支部", signature="外国语学院本科生第一党支部")),
    ("0301", of("03", "教工支部", title="数学学院教工第一党支部")),
    ("0301", of("03", "教工支部", signature="数学学院教工第一党支部", subject="教工支部总结")),
    ("0105", of("01", title="本科生第二党支部", subject="外国语学院党总支创先争优总结")),
    ("0105", of("01", title="本科生第二党支部", body="现将我总支及研究生党支部、本科生第二党支部的总结报上。")),
    ("0106", of("01", "研究生支部", title="外国语学院研究生党支部", body="本科生第一党支部的明天再交。")),
    ("0106", of("01", signature="外国语学院研究生党支部", subject="研究生党支部总结", body="本科一支部另交。")),
    ("0302", of("03", title="凝心聚力创先锋 立德树人争优秀——教工第二党支部")),
    (
        "0302",
        of(
            "03",
            title="凝心聚力创先锋 立德树人争优秀教工第二党支部",
            opening=("凝心聚力创先锋 立德树人争优秀", f"教工第二党支部{TOLD}"),
        ),
    ),
    (
        "0302",
        of("", title="先锋路上著华章数学学院教工第二党支部", file="数学学院教工二支部", signature="教工第二党支部"),
    ),
    # Lines below the title, cells of a form, the first sentence.
    ("0103", of("01", opening=(TOLD, "日语系教工党支部", "两年来，支部做了三件事。"))),
    ("0103", of("", opening=(TOLD, "外国语学院日语系教工党支部", "两年来，支部做了三件事。"))),
    ("0103", of("01", opening=(TOLD, "各位领导：", "日语系教工党支部书记 戊示例", "下面汇报。"))),
    ("0304", of("03", opening=(f"党支部{TOLD}表", "支部名称", "学生22党支部", "党员人数", "15", "主要做法", "无。"))),
    ("0304", of("03", opening=(TOLD, "学生22党支部自活动开展以来，坚持每周学习一次，效果很好。"))),
    ("0304", of("03", opening=(TOLD, "自2010年活动开展以来，数学学院学生22党支部在院党委领导下认真学习。"))),
    ("0704", of("07", opening=(TOLD, "园艺学院本科生党支部现有党员三十名，积极分子五十名。"))),
    # A name of its own without 支部.
    ("0101", of("01", "英语系教工")),
    ("0104", of("01", "本科生第一")),
    ("0303", of("03", "学生21总结")),
    ("0702", of("07", "蔬菜教师总结")),
    ("0502", of("05", "人事处")),
    ("0502", of("05", subject="人事处总结")),
    ("0901", of("09", "饮食服务中心")),
    # What the sender says, when nothing contradicts.
    ("0102", of("0102", "总结(1)")),
    ("0102", of("0102", "教工支部总结")),
    ("0102", of("0102", body="已经外国语学院党总支审核同意。")),
    ("0104", of("0104", "一支部")),
    ("01", of("01", "外国语学院党总支总结", title="外国语学院党总支")),
    ("01", of("01", opening=(TOLD, "我院党总支下设六个党支部，现将有关情况报告如下。"))),
    ("02", of("02", title="国际学院党总支", subject="国际学院学生党支部、教工党支部和总支总结")),
    ("03", of("03", "数学学院党委总结", signature="中共示例师范大学数学学院委员会")),
    ("07", of("", title="园艺学院党委", signature="园艺学院党委")),
    ("05", of("05", "机关一党总支总结", title="机关一党总支")),
    ("10", of("", "图书馆总结", title="图书馆")),
    ("10", of("", "丁示例书记发言-图书馆", opening=("发言", "图书馆的同志们话不多，就讲三点，请大家批评。"))),
    ("11", of("", title="档案馆党支部")),
    ("12", of("", title="附小党支部", signature="附属小学直属党支部")),
    ("0104", of("", subject="外国语学院本科生第一党支部总结", body="附件是外国语学院本科生第一党支部的总结。")),
]

# What nobody could tell, or what a clerk would ask about.
ASKED = [
    # Words that fit several.
    of("01", "教工支部"),
    of("01", "英语支部"),
    of("01", "英语教工支部"),
    of("01", "本科生支部"),
    of("01", "学生支部"),
    of("01", "支部"),
    of("03", "第一党支部"),
    of("03", "17级硕士支部"),
    of("03", "硕士支部"),
    of("03", "16级支部"),
    of("03", "学生支部"),
    of("07", "教师支部"),
    of("07", "园艺支部"),
    of("04", "第一党支部"),
    of("04", "统计支部", title="数学与统计学院党支部"),
    of("04", "数学院学生支部"),
    of("", title="机关一支部"),
    of("", title="机关第一党支部"),
    of("", title="信工学院教工党支部"),
    of("", title="第一党支部"),
    of("", title="教工第一党支部"),
    of("", title="研究生党支部"),
    of("", title="学生党支部", signature="学生党支部"),
    # Branches that the roster does not have.
    of("01", "教工第三党支部"),
    of("01", title="法语系教工党支部"),
    of("01", "本科生三支部"),
    of("01", title="博士生党支部"),
    of("02", title="研究生党支部"),
    of("02", title="教工第二党支部"),
    of("03", "学生23支部"),
    of("03", "学生2支部"),
    of("03", "学生二十支部"),
    of("03", "17级博士支部"),
    of("03", title="18级硕士第一党支部"),
    of("05", "第三党支部"),
    of("07", "1602班支部"),
    of("07", title="茶学教师党支部"),
    of("07", title="17级果树硕士研究生党支部"),
    of("08", "第二支部"),
    of("08", title="离退休第一百党支部"),
    of("09", title="后勤集团车队党支部", file="后勤集团车队支部"),
    of("14", "学生第二党支部"),
    of("", title="体育学院教工第一党支部"),
    of("", title="数学系统工程学院教工第一党支部"),
    of("", title="海外国际学院学生党支部"),
    of("", title="软件与信息工程学院教工党支部"),
    of("01", title="艺术学院研究生党支部"),
    of("01", file="体育学院-研究生党支部"),
    of("", title="体育学院学生21党支部"),
    of("", title="数学与统计学院机关一第一党支部"),
    of("01", title="本科生第三党支部", file="本科生支部"),
    # Title, 落款, file name or the words around disagree.
    of("01", title="本科生第一党支部", signature="本科生第二党支部"),
    of("01", "本科一支部", title="本科生第二党支部"),
    of("01", title="英语系教工党支部", signature="日语系教工党支部"),
    of("01", title="外国语学院党总支", signature="研究生党支部"),
    of("01", "研究生支部", title="外国语学院党总支"),
    of("", title="数学学院教工第一党支部", signature="数学与统计学院教工第一党支部"),
    of("", "信息工程学院教工支部", title="物理与信息工程学院教工党支部"),
    of("03", title="教工第一党支部", opening=(f"教工第一党支部{TOLD}", "教工第二党支部", "两年来做了很多工作。")),
    of("03", "学生21支部", opening=(TOLD, "学生22党支部", "两年来做了很多工作。")),
    of("03", title="教工第一党支部", subject="教工第二党支部总结"),
    of("02", "教工支部", title="教工党支部", signature="教工党支部", subject="信息工程学院教工党支部总结"),
    # Joint reports.
    of("01", title="本科生第一、第二党支部"),
    of("01", title="本科生第一党支部和研究生党支部"),
    of("02", title="国际学院教工、学生党支部"),
    of("02", "教工支部学生支部"),
    of("02", "教工与学生支部"),
    of("03", "教工一、二支部"),
    of("03", title="16级博士、硕士党支部"),
    of("07", title="果树教师党支部-蔬菜教师党支部"),
    of("", title="数学学院教工第一党支部、数学与统计学院教工第一党支部"),
    # A name without 支部.
    of("01", "日语"),
    of("01", "本科生"),
    of("01", "大英部"),
    of("03", "博士"),
    of("05", "机关一1"),
    of("07", "果树"),
    of("09", "饮食"),
    # Against the address.
    of("0104", title="外国语学院本科生第二党支部"),
    of("0104", title="外国语学院本科生第二党支部", signature="外国语学院本科生第二党支部"),
    of("0104", signature="外国语学院本科生第二党支部"),
    of("0104", opening=(TOLD, "外国语学院本科生第二党支部", "两年来做了很多工作。")),
    of("0104", title="外国语学院党总支"),
    of("0104", opening=(TOLD, "我总支下设六个党支部，现将有关情况报告如下。")),
    of("02", title="外国语学院研究生党支部"),
    of("14", title="物理与信息工程学院教工党支部"),
    of("15", title="信息工程学院教工党支部"),
    of("04", title="数学学院教工第一党支部"),
    of("10", title="档案馆直属党支部"),
    of("0301", "数学与统计学院教工一支部"),
    of("0104", "本科一支部", signature="博士生第二党支部"),
    of("0104", "本科一支部", signature="国际学院学生党支部"),
    of("01", "本科一支部", signature="机关一第一党支部", subject="本科一支部总结"),
    of("01", "研究生支部", signature="外国语学院党总支", opening=(TOLD, "现将我总支两年来的工作总结如下。")),
    # A 总支 sends what is not its own.
    of("01", title="党支部", body="见附件，请查收。外国语学院党总支"),
    of("01", "支部总结2", subject="转发：支部总结", body="外国语学院党总支"),
    of("01", opening=(TOLD, "我支部在上级党组织的领导下，扎实开展活动。")),
    of("01", opening=(TOLD, "活动开展以来，成绩很大。", "支部有党员18名，每月过一次组织生活。")),
    of("01", subject="外国语学院党总支", body="外国语学院党总支", opening=(TOLD, "本支部现有党员十名。")),
    of("01", subject="教工支部"),
    of("01", alone=False),
    of("01", "附件1支部总结", alone=False),
    of("05", "附件1支部总结"),
    of("08", "2012支部总结"),
    of("08", "材料10支部"),
    # Others are told of.
    of("01", opening=(TOLD, "我支部和日语系教工党支部一起慰问老人。", "我们还到研究生党支部取经。")),
    of("01", opening=(TOLD, "大家去日语系教工党支部学习，日语系教工党支部的做法很好。", "我支部很受启发。")),
    of("01", title="向日语系教工党支部学习", opening=("向日语系教工党支部学习", "我支部组织了讨论。")),
    of("07", file="丙示例发言稿"),
    of("", file="丁示例书记发言"),
    of("", file="甲示例", title=""),
    of("", file="图书馆"),
    of("", subject="本科生第一党支部总结"),
    of("", body="外国语学院本科生第一党支部的总结"),
    of("0201", "总结", subject="转发：总结"),
]


BRANCHES = [(unit, clues) for unit, clues in FILED if len(unit) == 4]


@pytest.mark.parametrize("roster", ROSTERS)
def test_nothing_is_asked_that_a_clerk_would_know(roster: Any) -> None:
    given = [(unit, identify(clues, roster), clues) for unit, clues in FILED]
    assert [(unit, found.unit, clues) for unit, found, clues in given if found.unit != unit] == []


@pytest.mark.parametrize("roster", ROSTERS)
def test_what_a_clerk_would_ask_about_is_asked(roster: Any) -> None:
    given = [(identify(clues, roster), clues) for clues in ASKED]
    assert [(found.unit, clues) for found, clues in given if found.unit is not None] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted({unit for unit, _ in BRANCHES}))
def test_a_branch_that_the_roster_does_not_have_yet_is_nobody_else(code: str) -> None:
    fewer = Roster(tuple(unit for unit in university().units if unit.code != code))
    given = [(identify(clues, fewer).unit, clues) for unit, clues in BRANCHES if unit == code]
    assert [(unit, clues) for unit, clues in given if unit is not None] == []


@pytest.mark.slow
@pytest.mark.parametrize("sender", [unit.code for unit in university().units])
def test_a_plain_name_from_the_wrong_address_never_becomes_the_addresss_own(sender: str) -> None:
    roster = university()
    plain = [(unit, clues) for unit, clues in FILED if not clues.sender_units and not clues.opening]
    given = [(unit, identify(replace(clues, sender_units=(sender,)), roster).unit, clues) for unit, clues in plain]
    assert [(found, clues) for unit, found, clues in given if found not in (unit, None)] == []


def test_a_name_that_one_branch_alone_has_is_plain_but_not_from_another_general_branch() -> None:
    general = [Unit(code, f"{name}学院党总支", Kind.GENERAL_BRANCH) for code, name in (("1", "音乐"), ("2", "美术"))]
    branches = (("11", "教工第一党支部"), ("12", "教工第三党支部"), ("21", "教工第一党支部"))
    roster = Roster((*general, *(Unit(code, name, Kind.BRANCH, code[0]) for code, name in branches)))
    third = of("", "教工三支部", title="教工第三党支部", signature="教工第三党支部")
    assert identify(third, roster).unit == "12"
    assert identify(replace(third, sender_units=("1",)), roster).unit == "12"
    assert identify(replace(third, sender_units=("2",)), roster).unit is None
    assert identify(of("", title="教工第一党支部", signature="教工第一党支部"), roster).unit is None
