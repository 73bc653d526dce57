"""The figures of docs/copies.md: `python -m tests.copies_measure`; with a number behind it, the cost of so many prints.

The reports are those of the labelled set's half for tuning, all invented, each with five slogans put in anywhere.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping

from rules.campaign import NearDuplicate
from rules.copies import Prints, near_copies, settled
from rules.copying.passages import compare
from rules.copying.print import Printed, TextPrint, print_of
from rules.model import Document
from tests.copies_texts import college, document, edited, independent, with_own_figures, with_slogans

RULE = NearDuplicate()
Lines = tuple[str, ...]
Copyist = Callable[[Lines, int], Lines]
COPYISTS: Mapping[str, Copyist] = {
    "as it is": lambda lines, seed: lines,
    "other unit and figures": with_own_figures,
    "two characters in 40": lambda lines, seed: edited(lines, 40, seed),
    "two characters in 20": lambda lines, seed: edited(lines, 20, seed),
    "two characters in 14": lambda lines, seed: edited(lines, 14, seed),
    "paraphrased": lambda lines, seed: edited(lines, 7, seed),
}


def measure() -> None:
    originals = [document(*with_slogans(lines, at)) for at, lines in enumerate(independent().values())]
    read = {f"1{at:03}": one for at, one in enumerate(originals)}
    sizes = [len(print_of(one).hashes) for one in originals]
    print(
        f"{len(read)} independent reports, prints of {statistics.median(sizes):.0f} bytes on the median, "
        f"{max(sizes)} at most"
    )
    likely, found = pairs(read)
    print(f"independent: {likely} pairs read again, {len(found)} named")
    for name, copyist in COPYISTS.items():
        copies = {
            f"2{at:03}": document(*with_slogans(copyist(lines, at), at + 999))
            for at, lines in enumerate(independent().values())
        }
        told(name, read, copies)


def told(name: str, read: Mapping[str, Document], copies: Mapping[str, Document]) -> None:
    real = {(f"1{code[1:]}", code) for code in copies}
    shares = {}
    for one, copy in real:
        compared = compare(read[one], copies[copy])
        shares[one, copy] = max(compared.of_first, compared.of_second)
    above = {pair for pair, share in shares.items() if share >= RULE.clerk}
    _, found = pairs({**read, **copies})
    print(
        f"{name}: share {statistics.median(shares.values()):.2f} on the median; {len(above)} of {len(real)} at or "
        f"above {RULE.clerk}, found {len(found & above)}; pairs named that are no copies: {len(found - real)}"
    )


def pairs(read: Mapping[str, Document]) -> tuple[int, set[tuple[str, str]]]:
    """How many pairs are read again, and which are named."""
    prints = tuple(Printed(code, "now", "", code, print=print_of(one)) for code, one in read.items())
    likely = near_copies(Prints(prints), college(*read), RULE)
    kept = (settled(pair, compare(read[pair.first.unit], read[pair.second.unit]), RULE) for pair in likely)
    return len(likely), {(pair.first.unit, pair.second.unit) for pair in kept if pair is not None}


def cost(count: int) -> None:
    """Prints of 250 hashes, 30 of them slogans; a copy in every hundred, and a hundred units with one text."""
    chance = random.Random(3)
    slogans = [chance.getrandbits(64) for _ in range(400)]
    made: list[list[int]] = []
    for number in range(count):
        own = [chance.getrandbits(64) for _ in range(220)] + chance.sample(slogans, 30)
        made.append(made[-1][:200] + own[200:] if number % 100 == 1 else own)
    for number in range(min(100, count)):
        made[number] = made[0][:240] + made[number][:10]
    prints = tuple(
        Printed(f"{number:06}", "now", "", "", print=TextPrint(2000, packed(hashes)))
        for number, hashes in enumerate(made)
    )
    began = time.perf_counter()
    likely = near_copies(Prints(prints), college(), RULE)
    print(f"{count} prints: {time.perf_counter() - began:.1f} s, {len(likely)} pairs")


def packed(hashes: list[int]) -> bytes:
    return b"".join(number.to_bytes(8, "big") for number in sorted(set(hashes)))


if __name__ == "__main__":
    cost(int(sys.argv[1])) if len(sys.argv) > 1 else measure()
