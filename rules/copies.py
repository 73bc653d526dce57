"""Near-copies: which reports share most of their words, told from their prints. For the clerk alone; no verdict.

Words that more than `shared_by` units have are everybody's, and the notice's are nobody's: neither counts. Where so
many units have the same whole report, its words look like everybody's; such reports are compared with a few of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, combinations

from rules.campaign import NearDuplicate
from rules.copying.passages import Comparison, Passage
from rules.copying.print import Printed, TextPrint
from rules.copying.shared import shared_hashes
from rules.model import Roster

SCREEN = 0.25
"""Of the threshold: the share of shingles from which two reports are read again and compared by characters. A small
change breaks as many shingles as a shingle has characters."""
WIDE = 0.4
"""The same for reports made mostly of words that many units have: set phrases alone come to a third of a short one."""
LEAST_SHARED = 5
"""Hashes; fewer are no ground for reading two reports again."""
LEAST_CHARACTERS = 100
SURE = 0.9
_LEADERS = 32


class Relation(StrEnum):
    """What a report is like, in the order in which the clerk sees them."""

    OTHER = "other"
    EARLIER = "earlier"
    NOTICE = "notice"
    PARENT = "parent"


ORDER = tuple(Relation)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports with much text in common. `second` is the earlier one, the notice, or the report of the 总支 above.

    `of_first`: share of the first report's own text that stands in the second; `of_second` likewise. Until the two
    have been read (`compared`), both are estimates from the prints.
    """

    relation: Relation
    first: Printed
    second: Printed
    of_first: float
    of_second: float
    compared: bool = False
    passages: tuple[Passage, ...] = field(default=(), repr=False)

    @property
    def share(self) -> float:
        """What is held against the threshold: of the shorter report; of a notice's user, that of the report."""
        return self.of_first if self.relation is Relation.NOTICE else max(self.of_first, self.of_second)


@dataclass(frozen=True)
class Prints:
    """All that is compared: current reports in roster order, those of earlier campaigns, the texts of the notice."""

    reports: tuple[Printed, ...]
    earlier: tuple[Printed, ...] = ()
    notices: tuple[Printed, ...] = ()


def near_copies(prints: Prints, roster: Roster, rule: NearDuplicate) -> tuple[Pair, ...]:
    """Pairs that are to be read and compared, likeliest first within each relation (`in_order`)."""
    notice = frozenset(number for one in prints.notices for number in one.print.numbers())
    reports = [_own(one, notice) for one in prints.reports]
    compared = [one for one in reports if one.print.characters >= LEAST_CHARACTERS]
    pairs = [*_among(compared, roster, rule), *_beside(reports, prints, notice)]
    wanted = (pair for pair in pairs if pair.share >= rule.clerk * SCREEN)
    return in_order(wanted)


def in_order(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Other units first, the report of the own 总支 last; the largest share first."""
    return tuple(sorted(pairs, key=lambda pair: (ORDER.index(pair.relation), -pair.share)))


def settled(pair: Pair, comparison: Comparison | None, rule: NearDuplicate) -> Pair | None:
    """The pair as it is shown, or None when it is below the threshold. Without a comparison the estimate decides."""
    if comparison is not None:
        pair = replace(
            pair,
            of_first=comparison.of_first,
            of_second=comparison.of_second,
            passages=comparison.passages,
            compared=True,
        )
    return pair if pair.share >= rule.clerk else None


def _own(report: Printed, notice: frozenset[int]) -> Printed:
    """Without what stands in the notice."""
    if not notice:
        return report
    kept = (number for number in report.print.numbers() if number not in notice)
    hashes = b"".join(number.to_bytes(8, "big") for number in kept)
    return replace(report, print=TextPrint(report.print.characters, hashes))


def _beside(reports: Sequence[Printed], prints: Prints, notice: frozenset[int]) -> Iterator[Pair]:
    """Each report beside the unit's own earlier ones, and beside the notice."""
    earlier = defaultdict[str, list[Printed]](list)
    for one in prints.earlier:
        earlier[one.unit].append(_own(one, notice))
    for report in reports:
        for one in earlier[report.unit]:
            if one.received_at and report.received_at and one.received_at < report.received_at:
                yield from _pair(Relation.EARLIER, report, one)
    for report in prints.reports:
        for one in prints.notices:
            yield from _pair(Relation.NOTICE, report, one)


def _pair(relation: Relation, first: Printed, second: Printed) -> Iterator[Pair]:
    mine, yours = set(first.print.numbers()), set(second.print.numbers())
    shared = len(mine & yours)
    if shared >= LEAST_SHARED:
        yield Pair(relation, first, second, shared / len(mine), shared / len(yours))


def _among(reports: Sequence[Printed], roster: Roster, rule: NearDuplicate) -> Iterator[Pair]:
    """Reports of different units beside each other."""
    lengths = [len(one.print.numbers()) for one in reports]
    common = Counter[int]()
    shared = Counter[tuple[int, int]]()
    for having in shared_hashes([one.print for one in reports]):
        if len({reports[at].unit for at in having}) > rule.shared_by:
            common.update(having)
        else:
            shared.update(combinations(having, 2))
    found = dict[tuple[int, int], tuple[float, float]]()
    for (at, other), count in shared.items():
        if count >= LEAST_SHARED:
            found[at, other] = (count / (lengths[at] - common[at]), count / (lengths[other] - common[other]))
    least = rule.clerk * WIDE
    wide = [at for at, count in common.items() if count >= LEAST_SHARED and count >= least * lengths[at]]
    for pair, count in _in_wide_groups(sorted(wide), reports, roster, rule.clerk).items():
        shares = (count / lengths[pair[0]], count / lengths[pair[1]])
        found[pair] = max(found.get(pair, shares), shares)
    for (at, other), (of_first, of_second) in found.items():
        yield from _between(reports[at], reports[other], roster, (of_first, of_second))


def _between(one: Printed, other: Printed, roster: Roster, shares: tuple[float, float]) -> Iterator[Pair]:
    if one.unit == other.unit:
        return
    if _is_above(one.unit, other.unit, roster):
        yield Pair(Relation.PARENT, other, one, shares[1], shares[0])
    else:
        relation = Relation.PARENT if _is_above(other.unit, one.unit, roster) else Relation.OTHER
        yield Pair(relation, one, other, *shares)


def _in_wide_groups(
    wide: Sequence[int], reports: Sequence[Printed], roster: Roster, threshold: float
) -> dict[tuple[int, int], int]:
    """Pairs among reports that many units have alike, with the number of hashes they share.

    Each is compared with the leaders so far. One that is surely like a leader is paired with that one alone; every
    other becomes a leader itself.
    """
    leaders = defaultdict[int, list[int]](list)
    found = dict[tuple[int, int], int]()
    lengths = {at: len(reports[at].print.numbers()) for at in wide}
    for at in wide:
        numbers = reports[at].print.numbers()
        met = Counter(chain.from_iterable(leaders[number] for number in numbers if number in leaders))
        least = {leader: threshold * WIDE * min(len(numbers), lengths[leader]) for leader in met}
        like = [one for one in met.most_common() if one[1] >= max(LEAST_SHARED, least[one[0]])]
        sure = (one for one in like if one[1] >= threshold * SURE * len(numbers))
        same = next((one for one in sure if _are_equals(one[0], at, reports, roster)), None)
        found.update(((leader, at), count) for leader, count in ([same] if same is not None else like))
        for number in numbers if same is None else ():
            if len(leaders[number]) < _LEADERS:
                leaders[number].append(at)
    return found


def _are_equals(one: int, other: int, reports: Sequence[Printed], roster: Roster) -> bool:
    """Neither is the other's 总支: what a branch shares with its 总支 says nothing of its sisters."""
    unit, sister = reports[one].unit, reports[other].unit
    return not (_is_above(unit, sister, roster) or _is_above(sister, unit, roster))


def _is_above(head: str, unit: str, roster: Roster) -> bool:
    """`head` is the 总支 of `unit`, or above that."""
    seen: set[str] = set()
    while unit in roster and unit not in seen:
        seen.add(unit)
        parent = roster.unit(unit).parent
        if parent == head:
            return True
        unit = parent or ""
    return False
