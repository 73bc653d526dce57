"""The outline of a report: which section each paragraph stands in, and which sections tell of other things."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.aspect.headings import Heading, ends_of, headings_of, sections_of
from rules.aspect.text import is_title
from rules.model import Document, Paragraph
from rules.text import squeeze

# Sections that real reports have beside the aspects: what is wrong, what is planned, how it began.
_ASIDE = (
    r"(?:存在|尚存|现存|查找|剖析|反思).{0,8}(?:问题|不足|困难|差距)|不足|差距|薄弱|短板|(?:^|[、及和与])(?:的)?(?:主要|突出)?(?:问题|困难)(?:$|[、及和与])|"
    r"打算|设想|努力方向|今后|下一步|下步|下阶段|下一阶段|展望|工作思路|工作计划|整改方向|未来|建议|改进(?:措施|方向|意见)|背景|缘起|起因"
)
ASIDE = re.compile(_ASIDE)
_ORDINARY = re.compile(rf"{_ASIDE}|基本情况|概况|简介|概述|意见$|附件|署名|落款|^前言$|^引言$|结束语|结语")
# What stands after the last section and looks back on the whole belongs to no section.
_LOOKS_BACK = re.compile(
    r"^\s*(?:回看|回顾|回首|纵观|综观|总之|总的|综上|干了|做下来|这两年|几年下来|若问|要问|两年(?:多)?来|几年来|值得一提|此外值得|活动虽然)"
)
_PARTS = re.compile(r"[,;:、]|以及|暨|及其|(?<!参)与|及|和(?!谐)")
_DATED = re.compile(r"(?:19|20)\d\d[年.\-/]|\d{1,2}月")
_TEXT = 12
"""Characters under a title; an item of a flat list has none."""
_THEMATIC = 2
"""So many sections with titles of their own are an account of what was done."""
_LEAD = 2
_TAIL = 0.25


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, as a squeezed `line`, and the text under it (落款 left out). `parts`: what it names but asides."""

    heading: Heading
    line: str
    text: str
    parts: tuple[str, ...]
    aside: bool


class Outline:
    """The sections of one document, and for each paragraph whether it stands in the lead, the end or an aside."""

    def __init__(self, document: Document, names: re.Pattern[str]) -> None:
        headings = headings_of(document, names)
        self.document = document
        self.sections = [
            _section(heading, text) for heading, text in zip(headings, sections_of(document, headings), strict=True)
        ]
        self._asides = _asides(self.sections, document.paragraphs)
        self.sections = [s for s in self.sections if s.aside or not self._asides[s.heading.at]]
        self._bare = {
            section.heading.at
            for section in self.sections
            if section.heading.is_section and not section.heading.rest and len(section.text) >= _TEXT
        }
        title = squeeze(document.title)
        self._first = next((n for n, p in enumerate(document.paragraphs) if not is_title(p, title)), 0)
        self._told = next((section.heading.at for section in self.sections), self._first + _LEAD)
        last = [section.heading.at for section in self.sections if section.heading.is_section]
        count = len(document.paragraphs)
        self._end = min(last[-1] if last else count, int(count * (1 - _TAIL)))

    def is_aside(self, number: int) -> bool:
        """Whether paragraph `number` (from 1) stands in a section of 问题, 打算 or 背景."""
        return self._asides[min(number, len(self._asides)) - 1]

    def is_heading(self, number: int) -> bool:
        """Whether paragraph `number` is nothing but the heading of a section with text under it."""
        return number - 1 in self._bare

    def is_lead(self, number: int) -> bool:
        return number - 1 <= max(self._told, self._first)

    def is_last(self, number: int) -> bool:
        return number - 1 >= self._end

    def thematic(self, named: Sequence[Section]) -> list[Section]:
        """Sections of the highest level that are neither `named` (an aspect) nor one of the usual extras."""
        sections = [s for s in self.sections if s.heading.is_section and not s.aside]
        top = min((section.heading.rank for section in sections), default=0)
        places = {section.heading.at for section in named}
        own = [s for s in sections if s.heading.rank == top and s.heading.at not in places and _is_titled(s)]
        return own if len(own) >= _THEMATIC else []


def _is_titled(section: Section) -> bool:
    """A title with text under it, and no entry of a list of dates."""
    return not (_ORDINARY.search(section.line) or _DATED.match(section.line)) and len(section.text) >= _TEXT


def _section(heading: Heading, text: str) -> Section:
    line = squeeze(heading.text)
    parts = [part for part in _PARTS.split(line) if part]
    aside = bool(ASIDE.search(line)) and all(ASIDE.search(part) for part in parts[:1])
    return Section(heading, line, text, tuple(part for part in parts if not ASIDE.search(part)), aside)


def _asides(sections: Sequence[Section], paragraphs: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph whether the section around it, or one around that, is an aside."""
    count = len(paragraphs)
    asides = [False] * count
    for section, end in zip(sections, ends_of([section.heading for section in sections], count), strict=True):
        if section.aside:
            start = section.heading.at
            end = next((at for at in range(start + 1, end) if _LOOKS_BACK.match(paragraphs[at].text)), end)
            asides[start:end] = [True] * (end - start)
    return asides
