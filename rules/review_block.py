"""The opinion block below a report: 党总支意见 … 书记签名 … 年月日, filled in or left empty."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.chinese_dates import find_date
from rules.model import Document, Place
from rules.text import fold, squeeze

_REGION = 8
"""Paragraphs below the label that may belong to the block."""
_LONG = 600
"""A paragraph longer than this is text of the report, not part of a form."""


def _spread(word: str) -> str:
    """The word with a line break allowed between its characters: narrow cells hold 党总支 / 审核 / 意见."""
    return r"\n?".join(word)


_WHO = "|".join(
    map(
        _spread,
        ("党总支", "总支部", "总支", "分党委", "党工委", "学院党委", "系党委", "党委", "上级党组织", "二级党组织"),
    )
)
_VERB = "|".join(map(_spread, ("审核", "审查", "审批", "审阅", "审定", "把关", "推荐", "评审", "评价", "鉴定")))
_NAMED = rf"[^\s。;:,]{{0,12}}?(?:{_WHO})\n?(?:书记|委员会)?\n?(?:{_VERB})?\n?(?:的)?{_spread('意见')}"
_BARE = rf"(?:{'|'.join(map(_spread, ('审核', '审查', '审批')))})\n?{_spread('意见')}"
_LABEL = re.compile(
    rf"^(?:{_NAMED}|{_BARE})(?:及\S{{2,4}})?(?:\([^)\n]{{0,20}}\))?(?:[::]|\n|$|(?=[_.…]))", re.MULTILINE
)
# The branch's own opinion, the school's, and prose about opinions (落实党总支意见) are no such block.
_OTHER = re.compile(
    r"^(?:本|党)?支部|^支委会|^个人|^本人|^群众|^组织部|^学校|^校|落实|征求|听取|征集|根据|按照|采纳|吸收|反馈"
)
_FURNITURE = re.compile(
    r"(?:党?总支|分?党委|党工委|党组织)?(?:书记|负责人|组织员|经办人|审核人|签名人)?\(?(?:签名|签字|签章|盖章|公章|印章|章)\)?(?:处)?"
    r"|(?:党?总支)?书记|负责人|\(请?(?:填写|盖章|公章|签[字名章])\S{0,6}\)|日期|时间"
)
_SIGN_LABEL = re.compile(r"(?:书记|负责人|签名|签字|签章)[)]?\s*[::]?\s*(?P<name>[一-鿿·]{2,4})(?![一-鿿])")
_BLANKS = re.compile(r"[_.…·—\-:/\\,;。、()\[\]\s*]+")
_DATE_FIELD = re.compile(r"年[\s_.…]*月[\s_.…]*日")
_REFUSAL = re.compile(r"不同意|不通过|不予|退回|修改后|请.{0,6}修改|需.{0,6}修改|重新|暂缓|补充后")
_WORDS = re.compile(r"[一-鿿]{2,}|^阅$|OK|ok")


class BlockState(StrEnum):
    FILLED = "filled"
    EMPTY = "empty"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OpinionBlock:
    """`where` as for findings; `words` the opinion itself; `day` when it was dated."""

    state: BlockState
    where: str
    words: str = ""
    day: date | None = None


def opinion_blocks(document: Document) -> list[OpinionBlock]:
    """The blocks of the 总支 in reading order; blocks of the branch itself or of the school are left out."""
    lines = list(_lines(document))
    blocks = []
    for at, (number, text) in enumerate(lines):
        match = _label(text)
        if match is not None:
            rest = _rest(text[match.end() :], lines[at + 1 : at + 1 + _REGION])
            blocks.append(_judged(f"¶{number} {match[0].replace(chr(10), '').rstrip(':')}", rest))
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
    return squeeze(text)[:_LONG]


def _label(text: str) -> re.Match[str] | None:
    match = _LABEL.search(text)
    return None if match is None or _OTHER.search(match[0].replace("\n", "")) else match


def _rest(rest: str, following: list[tuple[int, str]]) -> str:
    """What stands behind a label: its own line, then the lines below until a date, another label or ordinary text."""
    taken = [rest]
    for _, line in following:
        if _is_closed("".join(taken)) or _label(line) or len(line) >= _LONG or re.match(r"^\S{0,8}意见[::]", line):
            break
        taken.append(line)
    return "\n".join(taken)


def _is_closed(text: str) -> bool:
    return find_date(fold(text)) is not None or bool(_DATE_FIELD.search(text))


def _judged(where: str, rest: str) -> OpinionBlock:
    found = find_date(fold(rest))
    opinion = _opinion(rest)
    if _REFUSAL.search(opinion):
        return OpinionBlock(BlockState.REFUSED, where, opinion)
    day = found[0] if found else None
    words, signed = bool(_WORDS.search(opinion)), _SIGN_LABEL.search(rest) is not None
    undated = _DATE_FIELD.search(rest) is not None
    filled = (words or signed) and (day is not None or (words and signed and not undated))
    return OpinionBlock(BlockState.FILLED if filled else BlockState.EMPTY, where, opinion, day)


def _opinion(rest: str) -> str:
    """The words between the label and the signature, without labels of the form, dates and blanks."""
    head = re.split(
        r"(?:党?总支|分?党委)?(?:书记|负责人)\(?(?:签名|签字|签章)?|\(?(?:签名|签字|签章|盖章|公章)", rest, maxsplit=1
    )[0]
    found = find_date(fold(head))
    if found is not None:
        head = fold(head)[: found[1]]
    return _BLANKS.sub("", _FURNITURE.sub("", _DATE_FIELD.sub("", head)))
