"""检查意见: what goes back with a report, in the words and the order in which its writer reads it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.letter.words import count, line
from rules.model import Finding, Level

LEVELS = {Level.MUST: "须补正", Level.SHOULD: "建议", Level.HINT: "提示"}
"""Findings of level clerk have no word here: nobody outside of the department reads them."""
_PARAGRAPH = re.compile(r"¶\s*(\d+)\s*(.*)")
_UNREAD = "F"
"""The family of rules about files that could not be opened: there is nothing to mark, and the letter says it all."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """On one report. `findings` are those that its writer may read. `at`, in the campaign's zone, is the time of
    receipt: every date in what is written follows from it, so that the same opinion gives the same bytes.
    """

    findings: tuple[Finding, ...]
    at: datetime
    result: str = ""
    unit: str = ""
    title: str = ""
    file: str = ""
    department: str = ""
    contact: str = ""


def opinion_on(findings: Iterable[Finding], at: datetime, **about: str) -> Opinion:
    """With the result that follows from the findings; what the clerk alone may see is left out."""
    told = tuple(finding for level in LEVELS for finding in findings if finding.level is level)
    return Opinion(told, at, **{"result": result_of(told), **about})


def result_of(findings: Iterable[Finding]) -> str:
    """The first line: what it comes to."""
    levels = [finding.level for finding in findings]
    musts, others = levels.count(Level.MUST), len(levels) - levels.count(Level.MUST)
    if not levels:
        return "没有发现要改的地方。"
    if not musts:
        return f"要求写的内容都有；有{count(others)}处可以再看看。"
    also = f"，另有{count(others)}处可以再看看" if others else ""
    return f"还差{count(musts)}处要补正{also}。"


def worth_returning(findings: Iterable[Finding]) -> bool:
    """There is something to mend: a must, a should, or a hint that has its place in the text."""
    told = [finding for finding in findings if finding.level in LEVELS]
    if any(finding.rule.startswith(_UNREAD) for finding in told):
        return False
    return any(finding.level is not Level.HINT or _PARAGRAPH.match(finding.where) for finding in told)


def numbered(findings: Iterable[Finding]) -> Iterator[str]:
    """1. 须补正：没有找到“社会评价”的内容…; the same sentence about the same place only once."""
    said = dict.fromkeys((finding.level, finding.message, finding.where) for finding in findings)
    for number, (level, message, where) in enumerate(said, start=1):
        place = place_of(where)
        yield f"{number}. {LEVELS[level]}：{line(message, 300)}{f'（{place}）' if place else ''}"


def place_of(where: str) -> str:
    """¶12 一、主要特点 as people say it: 第 12 段“一、主要特点”."""
    found = _PARAGRAPH.fullmatch(where.strip())
    if found is None:
        return line(where) if where.strip() else ""
    words = f"“{line(found[2], 24)}”" if found[2] else ""
    return f"第 {found[1]} 段{words}"
