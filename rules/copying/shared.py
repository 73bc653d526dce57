"""Which hashes stand in more than one print: an inverted index made piece by piece, so that it never lies in memory."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rules.copying.print import TextPrint

_PER_PIECE = 250_000
_SPACE = 1 << 64


def shared_hashes(prints: Sequence[TextPrint]) -> Iterator[list[int]]:
    """For each hash of two or more prints the places of those prints, ascending. No order among the hashes."""
    numbers = [array("Q", one.numbers()) for one in prints]
    pieces = sum(map(len, numbers)) // _PER_PIECE + 1
    done = [0] * len(numbers)
    for piece in range(1, pieces + 1):
        limit = _SPACE * piece // pieces
        entries: list[int] = []
        for at, hashes in enumerate(numbers):
            end = len(hashes) if limit == _SPACE else bisect_left(hashes, limit, done[at])
            # One number per entry: hash and place together sort many times faster than tuples.
            entries.extend(one << 32 | at for one in hashes[done[at] : end])
            done[at] = end
        entries.sort()
        yield from _alike(entries)


def _alike(entries: Sequence[int]) -> Iterator[list[int]]:
    having: list[int] = []
    last = -1
    for entry in entries:
        number = entry >> 32
        if number != last:
            if len(having) > 1:
                yield having
            having, last = [], number
        having.append(entry & 0xFFFFFFFF)
    if len(having) > 1:
        yield having
