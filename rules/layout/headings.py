"""Numbers in front of headings: which of the four levels of the standard, and whether written as it writes them."""

import re
from dataclasses import dataclass

_CHINESE = "[一二三四五六七八九十]{1,3}"
_LENGTH = 40
"""Characters that a heading may have; a longer first clause is text."""

# Level, form as people write it, and the form of the standard when that is another one ("{}" stands for the number).
_FORMS: tuple[tuple[int, str, str], ...] = (
    (1, rf"(?P<n>{_CHINESE})、", ""),
    (1, rf"(?P<n>{_CHINESE})\s?[.．,，](?!\d)|(?P<m>{_CHINESE})\s+、", "{}、"),
    (2, rf"（(?P<n>{_CHINESE})）(?![、.．,，])", ""),
    (2, rf"[(（](?P<n>{_CHINESE})[)）][、.．,，]?|(?P<m>[㈠-㈩])[、.．]?", "（{}）"),
    (3, r"(?P<n>\d{1,2})[.．](?!\d)", ""),
    (3, r"(?P<n>\d{1,2})\s?[、,，](?!\d)|(?P<m>[⒈-⒛])", "{}."),
    (4, r"（(?P<n>\d{1,2})）(?![、.．,，])", ""),
    (4, r"[(（](?P<n>\d{1,2})[)）][、.．,，]?|(?P<m>\d{1,2})[)）][、.．,，]?|(?P<o>[⑴-⒇])[、.．]?", "（{}）"),
)
_COMPILED = tuple((level, re.compile(form), right) for level, form, right in _FORMS)
_CLAUSE = re.compile(r"[。：:；;！!？?]")
_SPACE = re.compile(r"[\s　]*")


@dataclass(frozen=True, slots=True)
class Number:
    """The number in front of a line. `right` is how the standard writes it, "" where it is written so; `end` is where
    it ends in the line."""

    level: int
    written: str
    right: str
    end: int


def number_of(raw: str) -> Number | None:
    """The number that a line of text (not folded: full and half width differ) begins with."""
    start = _SPACE.match(raw)
    at = start.end() if start else 0
    for level, form, right in _COMPILED:
        match = form.match(raw, at)
        if match:
            number = next((found for found in match.groupdict().values() if found), "")
            return Number(level, match[0].strip(), right.format(_plain(number)) if right else "", match.end())
    return None


def heading_end(raw: str, start: int) -> int | None:
    """Where the heading ends that begins at `start`: at the line's end, or at the first 。 of a line that goes on.

    None for text: its first clause is too long, or it is a list item that goes on behind ： or ；.
    """
    body = raw[start:].rstrip()
    match = _CLAUSE.search(body)
    clause = body if match is None else body[: match.start()]
    if len(clause.strip()) > _LENGTH or not clause.strip():
        return None
    rest = "" if match is None else body[match.end() :].strip()
    if rest and match is not None and match[0] != "。":
        return None
    return start + len(clause)


def _plain(number: str) -> str:
    """㈠ to 一, ⑴ and ⒈ to 1, １ to 1."""
    if number.isdecimal():
        return str(int(number))
    if len(number) == 1:
        for first, last in (("㈠", "㈩"), ("⒈", "⒛"), ("⑴", "⒇")):
            if first <= number <= last:
                place = ord(number) - ord(first)
                return "一二三四五六七八九十"[place] if first == "㈠" else str(place + 1)
    return number
