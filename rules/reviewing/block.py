"""The opinion block below a report: 党总支意见 … 书记签名 … 年月日, filled in or left empty."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.chinese_dates import find_date
from rules.model import Document, Place
from rules.reviewing.opinion import agrees, has_words, opinion_of, refuses, signed
from rules.text import fold, squeeze

_REGION = 8
"""Paragraphs below the label that may belong to the block."""
_MOST = 30
"""Blocks that are looked at; a form has one or two."""
_LONG = 600
"""A paragraph longer than this is text of the report, not part of a form."""


def _spread(word: str) -> str:
    """The word with a line break allowed between its characters: narrow cells hold 党总支 / 审核 / 意见."""
    return r"\n?".join(word)


def _any(*words: str) -> str:
    return "|".join(map(_spread, words))


_WHO = _any(
    "党总支",
    "总支部",
    "总支",
    "分党委",
    "党工委",
    "学院党委",
    "系党委",
    "党委",
    "上级党组织",
    "二级党组织",
    "所在党组织",
)
_VERB = _any("审核", "审查", "审批", "审阅", "审定", "把关", "推荐", "评审", "评价", "鉴定", "审签")
_NOUN = _any("意见", "评语", "结论", "批示", "审核情况", "审核结果", "意见栏")
_SIGN = _any("签名", "签字", "签章", "签署", "审签", "审核人", "审阅人", "审核", "审阅", "审定", "审批")
_PERSON = _any("书记", "副书记", "负责人", "委员会", "主要负责人")
_NAMED = rf"[^\s。;:,]{{0,12}}?(?:{_WHO})\n?(?:{_PERSON})?\n?(?:{_VERB})?\n?(?:的)?(?:{_NOUN})"
_SIGNED = rf"[^\s。;:,]{{0,12}}?(?:{_WHO})\n?(?:{_PERSON})?\n?\(?(?:{_SIGN})\)?"
_BARE = rf"(?:{_any('审核', '审查', '审批')})\n?(?:{_any('意见')})"
_LABEL = re.compile(
    rf"^\(?(?:{_NAMED}|{_BARE}|{_SIGNED})(?:及\S{{2,4}})?(?:\([^)\n]{{0,20}}\))?(?:[::]|\n|$|(?=[_.…□☐☑√✓]))",
    re.MULTILINE,
)
# The branch's own opinion, the school's, and prose about opinions (落实党总支意见) are no such block.
_OTHER = re.compile(
    r"^\(?(?:本|党)?支部|(?:经(?!济|管|贸|营)|已|由|请|待|报|未|该|此|本总结).{0,14}(?:总支|党委|党工委|党组织)|^支委会|^个人|^本人|^群众|^组织部|^学校|^校(?!部|区|办|医|属|友)|落实|征求|听取|征集|根据|按照|采纳|吸收|反馈"
)
_OPINION = re.compile(r"意见|评语|结论|批示|情况|结果")
_DATE_FIELD = re.compile(r"年[\s_.…]*月[\s_.…]*日")
_OPEN_NAME = re.compile(r"(?:书记|负责人|签名|签字|签章)\)?:?[\s_.…]*(?=\n|$|\d*年|\(|日期|时间)")
# Below an empty block the report may end with the branch's own name, or go on.
_NOT_OURS = re.compile(
    r"^[^,，。;:：意见]{0,30}支部(?:委员会)?(?:\(\S{0,4}\))?(?:[12二].{0,12})?$|^[一二三四五六七八九十]{1,2}、|^\S{0,8}意见:"
)
_HINTS = ("意见", "评语", "结论", "批示", "总支", "党委", "党工委", "党组织", "意\n见")


class BlockState(StrEnum):
    """`HALF`: an opinion stands there, but the place for name or date was left open."""

    FILLED = "filled"
    HALF = "half"
    EMPTY = "empty"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OpinionBlock:
    """Paragraphs `first` to `last`; `label` as it is printed; `words` the opinion itself; `day` when it was dated."""

    state: BlockState
    first: int
    last: int
    label: str
    words: str = ""
    day: date | None = None

    @property
    def where(self) -> str:
        return f"¶{self.first} {self.label}"


def opinion_blocks(document: Document) -> list[OpinionBlock]:
    """The blocks of the 总支 in reading order; blocks of the branch itself or of the school are left out."""
    lines = list(_lines(document))
    blocks: list[OpinionBlock] = []
    for at, (number, text) in enumerate(lines):
        match = _label(text)
        if match is not None:
            below = _below(text[match.end() :], lines[at + 1 : at + 1 + _REGION])
            rest = "\n".join((text[match.end() :], *(line for _, line in below)))
            if len(blocks) == _MOST:
                break
            label = match[0].replace("\n", "").strip("(:")
            blocks.append(_judged((number, below[-1][0] if below else number), label, rest))
    return blocks


def _lines(document: Document) -> Iterator[tuple[int, str]]:
    """Body paragraphs one by one; the cells of a table row together, a line per paragraph."""
    row, number, cells = 0, 0, list[str]()
    for paragraph in document.paragraphs:
        if paragraph.row != row or paragraph.place is not Place.TABLE:
            if cells:
                yield number, "\n".join(cells)
            row, number, cells = paragraph.row, paragraph.number, []
        if paragraph.place is Place.TABLE:
            cells.extend(_line(part) for part in paragraph.text.split("\n"))
        else:
            for part in paragraph.text.split("\n"):
                yield paragraph.number, _line(part)
    if cells:
        yield number, "\n".join(cells)


def _line(text: str) -> str:
    return squeeze(text[: 2 * _LONG])[:_LONG]


def _label(text: str) -> re.Match[str] | None:
    if not any(hint in text for hint in _HINTS) and "\n" not in text:
        return None
    for match in _LABEL.finditer(text):
        if not _OTHER.search(match[0].replace("\n", "")):
            return match
    return None


def _below(rest: str, following: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines that belong to a label: until a date, another label or ordinary text."""
    taken = rest
    for count, (_, line) in enumerate(following):
        if _is_closed(taken) or _label(line) or len(line) >= _LONG or _NOT_OURS.match(line):
            return following[:count]
        taken += line
    return following


def _is_closed(text: str) -> bool:
    return find_date(fold(text)) is not None or bool(_DATE_FIELD.search(text))


def _judged(span: tuple[int, int], label: str, rest: str) -> OpinionBlock:
    found = find_date(fold(rest))
    day = found[0] if found else None
    opinion = opinion_of(rest)
    state = _state(opinion, rest, day, label)
    return OpinionBlock(state, *span, label, opinion, day)


def _state(opinion: str, rest: str, day: date | None, label: str) -> BlockState:
    if refuses(opinion):
        return BlockState.REFUSED
    words, name = has_words(opinion), signed(rest)
    if day is not None:
        return BlockState.FILLED if words or name else BlockState.EMPTY
    if not words:
        return BlockState.HALF if name else BlockState.EMPTY
    # 党总支书记签字：赵某 is a name and no opinion; 党总支审核：同意 is one.
    open_name = _OPEN_NAME.search(rest) is not None and not name
    said = agrees(opinion) or (name and _OPINION.search(label) is not None)
    return BlockState.FILLED if said and not open_name and not _DATE_FIELD.search(rest) else BlockState.HALF
