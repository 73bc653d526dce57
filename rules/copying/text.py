"""A report's own words as one run of characters: for comparing, with the place of each character in the document.

Left out: title, 落款, the opinion block of the 总支, footnotes. Folded: width, case, white space, punctuation, and the
words by which a writer names the own unit (我校, 本支部): those are what a copyist changes.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rules.model import Document, Paragraph, Place
from rules.reviewing.block import opinion_blocks
from rules.text import squeeze

MAX_CHARACTERS = 60_000
"""Of one report; what stands behind them is not compared."""
_FRONT, _END = 12, 15
_BLOCK, _SHORT = 8, 80
"""Paragraphs below the label of an opinion block that may belong to it, and how long such a one may be."""
_OURSELVES = re.compile(r"[我本](?:党总支|总支|党支部|支部|校|院|园|系|处|馆|所|室|部门|单位|中心)")
_NUMBER = re.compile(r"¶(\d+)")


@dataclass(frozen=True)
class OwnText:
    """`folded` is compared; `at` has for each of its characters the offset in `raw`. `raw` has a line per paragraph,
    beginning at `starts`, with the number `numbers`."""

    folded: str
    raw: str = field(repr=False)
    at: Sequence[int] = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    numbers: Sequence[int] = field(repr=False)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that this offset of `raw` stands in."""
        return self.numbers[max(bisect_right(self.starts, offset) - 1, 0)]


def own_text(document: Document) -> OwnText:
    """The words that are the writer's own."""
    starts, numbers, lines, length = [], [], [], 0
    for paragraph in _kept(document):
        starts.append(length)
        numbers.append(paragraph.number)
        lines.append(paragraph.text)
        length += len(paragraph.text) + 1
        if length > 2 * MAX_CHARACTERS:
            break
    raw = "\n".join(lines)
    folded, at = _folded(raw)
    return OwnText(folded, raw, at, starts or [0], numbers or [0])


def _folded(raw: str) -> tuple[str, list[int]]:
    characters: list[str] = []
    at: list[int] = []
    for offset, character in enumerate(raw):
        for one in _fold(character):
            characters.append(one)
            at.append(offset)
    text = "".join(characters)
    kept = list(_without(_OURSELVES.finditer(text), len(text)))
    folded = "".join(text[start:end] for start, end in kept)[:MAX_CHARACTERS]
    return folded, [one for start, end in kept for one in at[start:end]][:MAX_CHARACTERS]


@lru_cache(maxsize=16_384)
def _fold(character: str) -> str:
    """Letters and digits of one width and case; "" for everything else."""
    return "".join(one for one in unicodedata.normalize("NFKC", character).lower() if one.isalnum())


def _without(matches: Iterable[re.Match[str]], length: int) -> Iterator[tuple[int, int]]:
    start = 0
    for match in matches:
        yield start, match.start()
        start = match.end()
    yield start, length


def _kept(document: Document) -> Iterator[Paragraph]:
    paragraphs = document.paragraphs
    left_out = {*_title(document), *_signature(document), *_opinions(document)}
    for paragraph in paragraphs:
        if paragraph.number not in left_out and paragraph.place is not Place.FOOTNOTE:
            yield paragraph


def _title(document: Document) -> Iterator[int]:
    title = squeeze(document.title)
    return (one.number for one in document.paragraphs[:_FRONT] if title and (squeeze(one.text) or "\n") in title)


def _signature(document: Document) -> Iterator[int]:
    """Below the title or at the end."""
    signature = squeeze(document.signature)
    ends = (*document.paragraphs[:_FRONT], *document.paragraphs[-_END:])
    for one in ends if signature else ():
        text = squeeze(one.text).strip("()")
        if len(text) >= 4 and text in signature:
            yield one.number


def _opinions(document: Document) -> Iterator[int]:
    """The label of each block, its table row, and the short lines below it."""
    if "意" not in document.text:
        return
    labels = [int(found[1]) for block in opinion_blocks(document) if (found := _NUMBER.search(block.where))]
    place = {paragraph.number: at for at, paragraph in enumerate(document.paragraphs)}
    for at in (place[label] for label in labels if label in place):
        row = document.paragraphs[at].row
        for below, one in enumerate(document.paragraphs[at : at + 1 + _BLOCK]):
            if one.row != row or (not row and below and len(one.text.strip()) > _SHORT):
                break
            yield one.number
