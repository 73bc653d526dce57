"""What two reports have in common, passage by passage, with small differences bridged: the exact share, and the places.

Greedy from the shorter text: at each place the longest run that also stands in the other one. Time grows with the
length of the texts, which `copies_text` limits.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rules.copying.text import OwnText, own_text
from rules.model import Document

SEED = 8
"""Characters in a row that begin a run."""
BRIDGE = 14
"""Characters that may differ between two runs of one passage, on either side: a unit's name, a number."""
LEAST = 24
"""Common characters of a passage; shorter ones are everybody's phrases."""
_PLACES = 8
_CHUNK = 256
_APART_FIRST, _APART_SECOND = "\ue000", "\ue001"  # private use: never equal to each other, nor folded from a text


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of a passage as it is written. `same`: it stands like this in the other report too."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A passage in one of the two reports; `where`: ¶3, or ¶3–¶5."""

    where: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two reports; `characters` of them, white space and punctuation not counted."""

    first: Side
    second: Side
    characters: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`of_first`: share (0…1) of the first report's own characters that stand in the second; `of_second` likewise."""

    of_first: float = 0.0
    of_second: float = 0.0
    passages: tuple[Passage, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Run:
    """`length` characters that are equal from `a` in one text and from `b` in the other."""

    a: int
    b: int
    length: int

    def turned(self) -> "_Run":
        return _Run(self.b, self.a, self.length)


def passages(first: Document, second: Document, apart: Sequence[Document] = ()) -> tuple[Passage, ...]:
    """The common passages in the order of the first report. What also stands in the documents `apart` is no passage."""
    return compare(first, second, apart).passages


def compare(first: Document, second: Document, apart: Sequence[Document] = ()) -> Comparison:
    """Passages and shares. Words that both have from the documents `apart` (the notice) count for neither side."""
    one, other = own_text(first), own_text(second)
    shingles = {shingle for document in apart for shingle in _shingles(own_text(document).folded)}
    left, right = _set_apart(one.folded, shingles, _APART_FIRST), _set_apart(other.folded, shingles, _APART_SECOND)
    found = [group for group in _groups(_aligned(left, right)) if sum(run.length for run in group) >= LEAST]
    runs = [run for group in found for run in group]
    return Comparison(
        of_first=_share(((run.a, run.length) for run in runs), left, _APART_FIRST),
        of_second=_share(((run.b, run.length) for run in runs), right, _APART_SECOND),
        passages=tuple(_passage(one, other, group) for group in found),
    )


def _shingles(text: str) -> Iterator[str]:
    return (text[at : at + SEED] for at in range(len(text) - SEED + 1))


def _set_apart(text: str, shingles: set[str], mark: str) -> str:
    """The text with `mark` for every character that stands in one of the shingles."""
    if not shingles:
        return text
    covered = bytearray(len(text))
    for at, shingle in enumerate(_shingles(text)):
        if shingle in shingles:
            covered[at : at + SEED] = b"\1" * SEED
    return "".join(mark if hidden else one for one, hidden in zip(text, covered, strict=True))


def _share(spans: Iterable[tuple[int, int]], text: str, mark: str) -> float:
    covered = bytearray(len(text))
    for start, length in spans:
        covered[start : start + length] = b"\1" * length
    own = len(text) - text.count(mark)
    return sum(covered) / own if own else 0.0


def _aligned(first: str, second: str) -> list[_Run]:
    """Runs in the order of the first text; no character of the shorter text is in two of them."""
    if len(first) <= len(second):
        return _runs(first, second)
    return sorted((run.turned() for run in _runs(second, first)), key=lambda run: (run.a, run.b))


def _runs(text: str, other: str) -> list[_Run]:
    index = defaultdict[str, list[int]](list)
    for at, seed in enumerate(_shingles(other)):
        if len(places := index[seed]) < _PLACES:
            places.append(at)
    runs: list[_Run] = []
    at, step = 0, 0
    while at <= len(text) - SEED:
        if (seed := text[at : at + SEED]) not in index:
            at += 1
            continue
        # Of equally long ones the one that goes on where the last ended.
        found = ((_common(text, at, other, place), -abs(place - at - step), place) for place in index[seed])
        length, _, place = max(found)
        runs.append(_Run(at, place, length))
        step = place - at
        at += length
    return runs


def _common(text: str, at: int, other: str, place: int) -> int:
    """How many characters are equal from there on; chunks first, so that whole copies cost little."""
    length = SEED
    while (chunk := text[at + length : at + length + _CHUNK]) and other.startswith(chunk, place + length):
        length += len(chunk)
    most = min(len(text) - at, len(other) - place)
    while length < most and text[at + length] == other[place + length]:
        length += 1
    return length


def _groups(runs: Iterable[_Run]) -> Iterator[list[_Run]]:
    """Runs that follow each other in both texts with at most BRIDGE characters between them."""
    group: list[_Run] = []
    for run in runs:
        if group:
            last = group[-1]
            gap, other = run.a - last.a - last.length, run.b - last.b - last.length
            if not (0 <= gap <= BRIDGE and 0 <= other <= BRIDGE):
                yield group
                group = []
        group.append(run)
    if group:
        yield group


def _passage(one: OwnText, other: OwnText, group: Sequence[_Run]) -> Passage:
    return Passage(
        first=_side(one, [(run.a, run.length) for run in group]),
        second=_side(other, [(run.b, run.length) for run in group]),
        characters=sum(run.length for run in group),
    )


def _side(text: OwnText, spans: Sequence[tuple[int, int]]) -> Side:
    """The words as they are written, from the first character to the last and the mark that closes them."""
    pieces: list[Piece] = []
    end = start = text.at[spans[0][0]]
    for at, length in spans:
        begin = text.at[at]
        if begin > end:
            pieces.append(Piece(text.raw[end:begin], same=not any(map(str.isalnum, text.raw[end:begin]))))
        end = text.at[at + length - 1] + 1
        pieces.append(Piece(text.raw[begin:end], same=True))
    closing = end
    while closing < len(text.raw) and unicodedata.category(text.raw[closing]) in ("Po", "Pe", "Pf"):
        closing += 1
    if closing > end:
        pieces.append(Piece(text.raw[end:closing], same=True))
    first, last = text.paragraph(start), text.paragraph(end - 1)
    return Side(f"¶{first}" if first == last else f"¶{first}–¶{last}", _joined(pieces))


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].same == piece.same:
            piece = Piece(joined.pop().text + piece.text, piece.same)
        joined.append(piece)
    return tuple(joined)
