"""The headings of a report as people write them: styled, bold, numbered by hand or by Word, or run into the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.aspect.text import is_title
from rules.model import Document, Paragraph, Place
from rules.text import fold, squeeze

_LENGTH = 40
"""Characters that a heading may have; longer first clauses are text."""
_LABEL = 20
_RUN_IN_LABEL = 16

_CHINESE = "[一二三四五六七八九十]{1,3}"
# Number forms from the highest level to the lowest. Levels are skipped in real reports, so only the order counts.
_FORMS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"第{_CHINESE}(?:部分|章|篇)[、,:.]?\s*"), 1),
    (re.compile(rf"{_CHINESE}\s?[、.,]\s*"), 2),
    (re.compile(rf"\({_CHINESE}\)[、.,]?\s*"), 4),
    (re.compile(r"[A-Z][、.]\s*"), 4),
    (re.compile(r"\d{1,2}\s?[、.,](?!\d)\s*"), 5),
    (re.compile(r"(?:\(\d{1,2}\)|\d{1,2}\))[、.,]?\s*"), 6),
    (re.compile(rf"(?:{_CHINESE}是|第{_CHINESE}[,、]|首先[,、]|其次[,、]|再次[,、])\s*"), 7),
)
RUN_IN = 7
"""The rank of 一是 … 二是 …: an item inside a section, not a section."""
_NAMED = 3
"""主要做法： without a number: below 一、 and above （一）, so that it parts neither."""
_BOLD = 5
_CLAUSE = re.compile(r"[。:;!?]")
_BRACKETED = re.compile(r"[【\[]\s*(\w{2,12})\s*[】\]]\s*")
"""【经过】支部从自己改起: an editor's way to write a label."""
_TOLD = re.compile(r"明白|懂得|[认体]?[识会]到|悟出|实实在在")
"""大家明白一个理： goes on with what was learnt; it is a sentence, no label."""
_WORD = re.compile(r"\w")
_PLAIN = 30
_LONG = 40
_CIRCLED = {ord("①") + n: f"({n + 1})" for n in range(20)}
_CIRCLE = re.compile("[①-⑳]")
_NUMBERED = re.compile(r"[第一二三四五六七八九十(\dA-Z首其再]")
"""What a number in front of a line begins with."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`at` is the index of its paragraph, `rest` the text that goes on behind it; a lower `rank` is a higher level."""

    at: int
    text: str
    rank: int
    rest: str = ""

    def label(self, line: str) -> str:
        """The heading as printed, number included, out of its folded `line`."""
        return line[: line.find(self.text) + len(self.text)]

    @property
    def is_section(self) -> bool:
        return self.rank < RUN_IN


def headings_of(document: Document, names: re.Pattern[str]) -> list[Heading]:
    """All headings in order. `names` are the words of headings of the campaign: a short line with one is a heading."""
    title = squeeze(document.title)
    mostly_bold = 2 * sum(p.bold for p in document.paragraphs) > len(document.paragraphs) > 3
    headings = []
    for at, paragraph in enumerate(document.paragraphs):
        if paragraph.place is Place.FOOTNOTE or paragraph.level == 0 or is_title(paragraph, title):
            continue
        heading = _heading(at, paragraph, names, not mostly_bold)
        if heading is not None:
            headings.append(heading)
    return headings or _plain(document, title)


def _plain(document: Document, title: str) -> list[Heading]:
    """Where numbers and bold type are lost: short lines without a full stop, each with a long paragraph below it."""
    paragraphs = document.paragraphs
    lines = [fold(paragraph.text) for paragraph in paragraphs]
    found = [
        Heading(at, line, _BOLD)
        for at, (line, below) in enumerate(pairwise(lines))
        if 4 <= len(line) <= _PLAIN < _LONG <= len(below)
        and line[-1] not in "。;!?,:"
        and not is_title(paragraphs[at], title)
        and paragraphs[at].place is Place.BODY
        and at
    ]
    return found if len(found) > 1 else []


def sections_of(document: Document, headings: Sequence[Heading]) -> list[str]:
    """The text under each heading, down to the next one of the same or a higher level; without spaces and the 落款."""
    signature = squeeze(document.signature)
    lines = [squeeze(paragraph.text) for paragraph in document.paragraphs]
    told = ["" if signature and line in signature else line for line in lines]
    ends = ends_of(headings, len(lines))
    return [
        squeeze(heading.rest) + "".join(told[heading.at + 1 : end]) for heading, end in zip(headings, ends, strict=True)
    ]


def ends_of(headings: Sequence[Heading], last: int) -> list[int]:
    """Where each section ends: at the next heading that is not below it."""
    ends = [last] * len(headings)
    still_open: list[int] = []
    for index, heading in enumerate(headings):
        while still_open and headings[still_open[-1]].rank >= heading.rank:
            ends[still_open.pop()] = heading.at
        still_open.append(index)
    return ends


def _heading(at: int, paragraph: Paragraph, names: re.Pattern[str], bold_counts: bool) -> Heading | None:
    circled = _CIRCLE.search(paragraph.text)
    text = fold(paragraph.text.translate(_CIRCLED) if circled else paragraph.text)
    number, rank = _number(text)
    if not number and paragraph.numbered:
        number, rank = fold(paragraph.numbered), _BOLD
    body = text[len(number) :].strip() if number else text
    bracketed = _BRACKETED.match(body)
    if bracketed and not number:
        return Heading(at, bracketed[1], _NAMED, body[bracketed.end() :])
    clause, rest = _first_clause(body)
    if not clause:
        return None
    if paragraph.level is not None:
        fits = len(body) <= 2 * _LENGTH
        return Heading(at, clause if rest else body, rank or paragraph.level + 1, rest) if fits else None
    if len(clause) > _LENGTH:
        return None
    if rank:
        return Heading(at, clause, rank, rest)
    if _is_label(clause, rest, body) and names.search(squeeze(clause)):
        return Heading(at, clause, _NAMED, rest)
    if bold_counts and paragraph.bold and len(clause) >= 2:
        return Heading(at, clause, _BOLD, rest)
    return None


def _number(text: str) -> tuple[str, int]:
    """The number in front of a line and its rank; ("", 0) when there is none."""
    if not _NUMBERED.match(text):
        return "", 0
    for form, rank in _FORMS:
        match = form.match(text)
        if match:
            return match[0], rank
    return "", 0


def _first_clause(text: str) -> tuple[str, str]:
    """(clause up to 。；：, the rest). A rest without any word is no rest."""
    match = _CLAUSE.search(text)
    if match is None:
        return text, ""
    rest = text[match.end() :].strip()
    return text[: match.start()].strip(), rest if _WORD.search(rest) else ""


def _is_label(clause: str, rest: str, body: str) -> bool:
    """主要做法 alone on a line, or 主要特点：一是…"""
    if rest:
        return (
            not _TOLD.search(clause)
            and len(clause) <= _RUN_IN_LABEL
            and body[len(clause) : len(clause) + 2].lstrip().startswith(":")
        )
    return len(body) <= _LABEL and not body.endswith(("。", ";", "!", "?", ","))
