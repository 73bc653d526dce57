"""The same report in two forms in one mail, a stamped PDF beside the Word file: one of them is judged."""

import re
from collections.abc import Sequence
from typing import Protocol

from rules.model import Document, File, Unreadable
from rules.text import squeeze

_LENGTH = 10
"""Characters of the pieces that are compared: long enough that two reports on the same topic share few."""
_SHARED = 0.8
"""Share of the shorter text that the other must have too. Who copies from another unit shares as much, so title and
落款 must agree as well."""

COPY = "与“{other}”是同一份总结，已随邮件存档，检查以“{other}”为准"
UNOPENED = "打不开，已随邮件存档，检查的是一同发来的“{other}”"


class Form(Protocol):
    """A file with what reading it gave."""

    @property
    def file(self) -> File: ...
    @property
    def kind(self) -> str: ...
    @property
    def content(self) -> Document | Unreadable: ...


def second_forms(reports: Sequence[Form], units: Sequence[str | None] = ()) -> dict[int, str]:
    """Which of the reports are not judged, by their place, each with the reason in Chinese.

    A PDF gives way to another format of the same report, unless only the PDF can be read. Without `units` they are
    the same when text, title and 落款 are (or the names, where one cannot be read); with them when both are one unit's.
    """
    given_up: dict[int, str] = {}
    for one, pdf in enumerate(reports):
        if pdf.kind != "pdf" or not isinstance(pdf.content, Document):
            continue
        for two, other in enumerate(reports):
            if other.kind == "pdf" or two in given_up or not (_same_unit(units, one, two) or _same(pdf, other)):
                continue
            if isinstance(other.content, Document):
                given_up[one] = COPY.format(other=other.file.name)
                break
            given_up[two] = UNOPENED.format(other=pdf.file.name)
    return given_up


def _same_unit(units: Sequence[str | None], one: int, two: int) -> bool:
    return bool(units) and units[one] is not None and units[one] == units[two]


def _same(pdf: Form, other: Form) -> bool:
    one, two = pdf.content, other.content
    if isinstance(one, Document) and isinstance(two, Document):
        agree = _agree(one.title, two.title) and _agree(one.signature, two.signature)
        return agree and _overlap(_pieces(one), _pieces(two)) >= _SHARED
    return _stem(pdf.file.name) == _stem(other.file.name)


def _agree(one: str, two: str) -> bool:
    return not one or not two or squeeze(one) == squeeze(two)


def _pieces(document: Document) -> set[str]:
    text = squeeze(document.text)
    return {text[at : at + _LENGTH] for at in range(max(len(text) - _LENGTH + 1, 1))}


def _overlap(one: set[str], two: set[str]) -> float:
    return len(one & two) / min(len(one), len(two))


def _stem(name: str) -> str:
    """The name without its ending and without what people add to a stamped copy: （盖章）, 扫描件, (1)."""
    stem = re.sub(r"\.\w{1,5}$", "", squeeze(name))
    return re.sub(r"[(（\[【]?(?:盖章|签字|扫描|pdf|word|电子)(?:版|件)?[)）\]】]?|[(（]\d[)）]$", "", stem.lower())
