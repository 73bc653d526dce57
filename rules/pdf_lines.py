"""From the lines of PDF pages to paragraphs: page numbers and running heads go, lines of one paragraph are joined."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.model import Paragraph

MARGIN = 0.1
"""Share of a page's height, at its top and at its bottom, in which page numbers and running heads stand."""

_PAGE_NUMBER = re.compile(
    r"[-—–·~\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十]{1,4})\s*(?:页)?\s*"
    r"(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–·~\s]*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.](?!\d)|第[一二三四五六七八九十]"
)
# What cannot be taken apart at the end of a line: a number or word, a letter with the signs that cling to it.
_FIRST = re.compile(r"(?:[A-Za-z0-9%.,:/+-]+|[（“‘《〈「【]*.)[，。、；：！？”’）》〉」】…%]*", re.DOTALL)
_HANGING = tuple("，。、；：！？”’）》」】")
_ENDS = tuple("。！？；：…”』」）!?;:)")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—《》]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its place: `left`, `right` and `base` in points from the page's lower left corner."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points and its lines in reading order."""

    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What the lines of the text have in common, in points."""

    left: float
    right: float
    size: float
    pitch: float


def paragraphs_of(sheets: Sequence[Sheet]) -> list[tuple[Paragraph, int]]:
    """Each paragraph (number still 0) with the size of its letters in half-points, in reading order."""
    lines = list(without_running_heads(sheets))
    if not lines:
        return []
    body = _body_of(lines, min(sheet.width for sheet in sheets))
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, body):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, body, sheets) for group in groups]


def without_running_heads(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """All lines but page numbers, and what stands at the edge of at least half of the pages (two at least)."""
    at_edge = Counter(
        key for sheet in sheets for key in {_key(line) for line in sheet.lines if _is_at_edge(line, sheet)}
    )
    often = max(2, (len(sheets) + 1) // 2)
    for sheet in sheets:
        for line in sheet.lines:
            outside = _PAGE_NUMBER.fullmatch(line.text.strip()) or at_edge[_key(line)] >= often
            if not (outside and _is_at_edge(line, sheet)):
                yield line


def _is_at_edge(line: Line, sheet: Sheet) -> bool:
    return line.base < sheet.height * MARGIN or line.base > sheet.height * (1 - MARGIN)


def _key(line: Line) -> str:
    return re.sub(r"[\d\s]+", "", line.text)


def _body_of(lines: Sequence[Line], width: float) -> Body:
    """The left edge that most full lines share, the right edge of the longest, size and distance in the middle."""
    size = Counter(round(line.size, 1) for line in lines for _ in range(len(line.text))).most_common(1)[0][0]
    of_size = [line for line in lines if abs(line.size - size) < 1] or list(lines)
    # A sign at the end may hang over the edge.
    right = max(line.right for line in [line for line in of_size if not line.text.endswith(_HANGING)] or of_size)
    full = [line for line in of_size if line.right > right - 2 * size] or of_size
    left = Counter(round(line.left) for line in full)
    # First lines are indented: the edge is the leftmost one that is no accident.
    least = max(1, len(full) // 10)
    edge = min(place for place, count in left.items() if count >= least or count == max(left.values()))
    if right < width - edge - 5 * size:  # no line of them is full: the page has its margin on both sides alike
        right = width - edge
    steps = [one.base - two.base for one, two in pairwise(lines) if one.page == two.page and one.base > two.base]
    return Body(edge, right, size, statistics.median(steps) if steps else size * 1.5)


def _continues(paragraph: Sequence[Line], line: Line, body: Body) -> bool:
    """Whether a line belongs to the paragraph above it. In doubt it does not: that is mended by reading on."""
    last = paragraph[-1]
    same_look = abs(line.size - last.size) < 0.06 * body.size + 0.3
    if _had_room(last, line, body) or not same_look or _is_centred(line, body) != _is_centred(last, body):
        return False
    if line.page == last.page and not 0 < last.base - line.base < 1.6 * body.pitch:
        return False
    ended = last.text.endswith(_ENDS)
    if ended and (_ITEM.match(line.text) or _stands_alone(line, body)):
        return False
    if line.left > body.left + 0.8 * body.size:  # indented: a new one, unless the whole paragraph is
        return abs(line.left - last.left) < 0.3 * body.size and not ended
    return True


def _had_room(last: Line, line: Line, body: Body) -> bool:
    """Whether the first word of a line would have fitted on the line before: then somebody began anew."""
    first = _FIRST.match(line.text)
    letters = first[0] if first else line.text[:1]
    width = sum(0.5 if letter.isascii() else 1.0 for letter in letters) * line.size
    return body.right - last.right > width + 0.3 * body.size


def _stands_alone(line: Line, body: Body) -> bool:
    """A short line that ends like no sentence: a heading or a 落款."""
    return body.right - line.right > 2 * body.size and not line.text.endswith((*_ENDS, *_HANGING))


def _is_centred(line: Line, body: Body) -> bool:
    before, after = line.left - body.left, body.right - line.right
    return before > 2.5 * body.size and abs(before - after) < body.size * 1.5


def _paragraph(group: Sequence[Line], body: Body, sheets: Sequence[Sheet]) -> tuple[Paragraph, int]:
    text = ""
    for line in group:
        text = joined(text, line.text.strip())
    bold = all(line.bold for line in group)
    return Paragraph(0, text, bold=bold, centred=_is_centred(group[0], body)), round(group[0].size * 2)


def joined(before: str, after: str) -> str:
    """Two lines as one: nothing where Chinese meets anything, a space between words, a word that was broken mended."""
    if not before or not after or _CHINESE.match(before[-1]) or _CHINESE.match(after[0]):
        return before + after
    if before[-1] in "-\u2010" and before[-2:-1].isalpha() and after[0].islower():
        return before[:-1] + after
    return f"{before} {after}"
