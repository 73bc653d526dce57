"""Which part of a formal document a paragraph is (GB/T 9704-2012, 7): number, title, addressee, headings, text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.layout.headings import Number, heading_end, number_of
from rules.layout.lines import Line
from rules.text import squeeze


class Part(StrEnum):
    """`ASIDE` is all that no rule speaks of: red head, classification, captions, notes, imprint, appendices."""

    NUMBER = "发文字号"
    TITLE = "标题"
    ADDRESSEE = "主送机关"
    HEADING = "小标题"
    BODY = "正文"
    ENCLOSURE = "附件说明"
    SIGNATURE = "署名"
    DATE = "成文日期"
    ASIDE = "其他"


@dataclass(frozen=True, slots=True)
class Told:
    """A line with its part. `number` in front of it, and where a heading ends in its text (None: it is no heading)."""

    line: Line
    part: Part
    number: Number | None = None
    end: int | None = None


_FRONT = 20
"""Paragraphs at the top among which the title stands."""
_TAIL = 12
"""Paragraphs at the end of the text among which 署名 and 成文日期 stand."""
_SHORT = 30
_YEAR = r"(?:\d{2}|\d{4}|[二一][〇○◯零OoΟо0一二三四五六七八九]{3})"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
DATE = re.compile(rf"{_YEAR}年{_DAY}月(?:{_DAY}[日号]?)?|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|(?:19|20)\d{{6}}")
"""A date in any form, right or wrong, in squeezed text."""
DOCUMENT_NUMBER = re.compile(
    r"[〔［\[(（【﹝](?P<year>\d{1,4})年?[〕］\])）】﹞]\s*(?P<kind>第?)\s*(?P<count>\d{1,4})\s*号"
)
_ENCLOSURE = re.compile(r"^附件?\s*\d{0,2}\s*[:：]")
_APPENDIX = re.compile(r"^附[件录表]?\d{0,2}$")
_ITEM = re.compile(r"^\s*\d{1,2}[.．、]")
_IMPRINT = re.compile(r"^(?:抄送|抄报|主题词|分送|印发|报送|联系人)[:：]|印发$|^（.*）$|^\(.*\)$")
_UNIT = re.compile(r"支部|总支|党委|委员会|党组|学院|系$|处$|部$|中心$|馆$|办公室|（盖章）|\(盖章\)")
_ENDS_A_SENTENCE = re.compile(r"[。：:；;！!？?，,]$")


def parts_of(lines: Sequence[Line], title: str, signature: str) -> tuple[Told, ...]:
    """Every line with its part. `title` and `signature` are those of the Document."""
    first, last = _title_at(lines, squeeze(title))
    end = _end_of_text(lines, last)
    date = _date_at(lines, last, end)
    signed = _signed_from(lines, last, date, squeeze(signature))
    told = []
    enclosing = False
    for at, line in enumerate(lines):
        if at < last:
            part = Part.TITLE if at >= first else _front_part(line)
            told.append(Told(line, part))
            continue
        if at >= end or at > date >= 0 or signed <= at <= date:
            part = Part.ASIDE if at >= end or at > date else Part.DATE if at == date else Part.SIGNATURE
            told.append(Told(line, part))
            continue
        enclosing = bool(_ENCLOSURE.match(line.text)) or (enclosing and bool(_ITEM.match(line.text)))
        begun = any(one.part not in (Part.ASIDE, Part.TITLE, Part.NUMBER) for one in told[last:])
        told.append(Told(line, Part.ENCLOSURE) if enclosing else _in_text(line, not begun))
    return tuple(told)


def _title_at(lines: Sequence[Line], title: str) -> tuple[int, int]:
    """(first line of the title, line after it); (0, 0) where it cannot be told.

    A number above the title is no part of it; lines below that look like it are.
    """
    for first in range(min(len(lines), _FRONT) if title else 0):
        rest, at = title, first
        while at < len(lines) and rest and rest.startswith(words := squeeze(lines[at].text)) and words:
            rest, at = rest[len(words) :], at + 1
        if at > first and not rest:
            while first + 1 < at and _front_part(lines[first]) is Part.NUMBER:
                first += 1
            while at < len(lines) and _goes_on_as(lines[at], lines[at - 1]):
                at += 1
            return first, at
    return 0, 0


def _goes_on_as(line: Line, above: Line) -> bool:
    same = line.look() is not None and line.look() == above.look() and line.setting.align == above.setting.align
    return same and line.setting.align == "center" and number_of(line.raw) is None and not DATE.search(line.text)


def _front_part(line: Line) -> Part:
    return Part.NUMBER if DOCUMENT_NUMBER.search(squeeze(line.text)) else Part.ASIDE


def _end_of_text(lines: Sequence[Line], start: int) -> int:
    """Where the appendices begin."""
    for at in range(start, len(lines)):
        if _APPENDIX.match(squeeze(lines[at].text)):
            return at
    return len(lines)


def _date_at(lines: Sequence[Line], start: int, end: int) -> int:
    """The line of the 成文日期: the last short one near the end that holds a date and no sentence; -1 without one."""
    for at in range(end - 1, max(start, end - _TAIL) - 1, -1):
        text = squeeze(lines[at].text)
        if _IMPRINT.search(text):
            continue
        date = DATE.search(text)
        if date and len(text) <= _SHORT and not re.search(r"[,，。;；:：]", text):
            return at
        if len(text) > _SHORT and _ENDS_A_SENTENCE.search(text):
            break  # below text that goes on there is no date but that of a plan or a meeting
    return -1


def _signed_from(lines: Sequence[Line], start: int, date: int, signature: str) -> int:
    """The first line of the 署名, right above the date; the date's own line where there is none."""
    at = date
    while at - 1 >= start and at > date - 3:
        text = squeeze(lines[at - 1].text)
        if len(text) > _SHORT or _ENDS_A_SENTENCE.search(text) or number_of(lines[at - 1].raw):
            break
        if not (_UNIT.search(text) or text in signature) or _ENCLOSURE.match(text):
            break
        at -= 1
    return at


def _in_text(line: Line, first: bool) -> Told:
    text = squeeze(line.text)
    number = number_of(line.raw) or (number_of(line.auto) if line.auto else None)
    if number is not None:
        at = 0 if line.auto else number.end
        end = heading_end(line.raw, at)
        return Told(line, Part.HEADING if end is not None else Part.BODY, number, end)
    if first and len(text) <= 2 * _SHORT and text.endswith((":", "：")):
        return Told(line, Part.ADDRESSEE)
    if line.setting.align in ("center", "right") or line.level is not None:
        return Told(line, Part.ASIDE)
    short = len(text) <= _SHORT and not _ENDS_A_SENTENCE.search(text)
    return Told(line, Part.ASIDE if short else Part.BODY)
