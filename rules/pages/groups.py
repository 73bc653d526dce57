"""Rows of the 台账 in the order of the wall: every 总支 with its branches below it, 直属党支部 together at the end."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.campaign import Campaign, Medium
from rules.model import Roster, State, Unit
from rules.pages.rows import Row, row_of
from rules.reminders import Standings

DIRECT = "直属党支部"
STRAY = "上级不明"
DAYS_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units stand where with their report. `owed` + `exempt` is the number of units that owe one."""

    missing: int = 0
    incomplete: int = 0
    awaiting_review: int = 0
    returned: int = 0
    accepted: int = 0
    exempt: int = 0
    late: int = 0

    @property
    def owed(self) -> int:
        """应报: exempt units do not count."""
        return self.missing + self.incomplete + self.awaiting_review + self.returned + self.accepted


@dataclass(frozen=True, slots=True)
class Group:
    """A 总支 (its own row first) or, with `key` "", units that have none. `name` as it is said in the summary."""

    key: str
    name: str
    rows: tuple[Row, ...]
    tally: Tally


def groups_of(campaign: Campaign, roster: Roster, standings: Standings, now: datetime) -> tuple[Group, ...]:
    """Every unit of the roster exactly once, in roster order within its group."""
    below: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in roster.units:
        below[unit.parent].append(unit)
    shown: set[str] = set()

    def group(key: str, name: str, ranked: Iterable[tuple[Unit, int]]) -> Group:
        rows = tuple(row_of(unit, depth, campaign, standings, now) for unit, depth in ranked)
        shown.update(row.key for row in rows)
        return Group(key, name, rows, tally_of(rows))

    heads = [unit for unit in below[None] if unit.kind.reviews or below[unit.code]]
    direct = [unit for unit in below[None] if unit not in heads]
    found = [group(head.code, head.name, _family(head, below)) for head in heads]
    found.append(group("", DIRECT, ((unit, 0) for unit in direct)))
    found.append(group("", STRAY, [(unit, 1) for unit in roster.units if unit.code not in shown]))
    return tuple(one for one in found if one.rows)


def _family(head: Unit, below: Mapping[str | None, list[Unit]], depth: int = 0) -> Iterator[tuple[Unit, int]]:
    """A unit and all below it, depth first."""
    yield head, depth
    for unit in below.get(head.code, ()):
        yield from _family(unit, below, depth + 1)


def tally_of(rows: Iterable[Row]) -> Tally:
    """Counts units; those that owe no report are in no count."""
    owing = [row for row in rows if row.state is not None]
    states = Counter(row.state for row in owing)
    return Tally(
        missing=states[State.MISSING],
        incomplete=states[State.INCOMPLETE],
        awaiting_review=states[State.AWAITING_REVIEW],
        returned=states[State.RETURNED],
        accepted=states[State.ACCEPTED],
        exempt=states[State.EXEMPT],
        late=sum(row.is_late for row in owing),
    )


def received_per_day(campaign: Campaign, standings: Standings, now: datetime) -> tuple[tuple[date, int], ...]:
    """Versions of reports that arrived, per day of the campaign's zone, from the first to today, quiet days as 0.

    At most the last `DAYS_SHOWN` days. Copies on paper are not in it.
    """
    electronic = {one.key for one in campaign.deliverables if one.medium is Medium.EMAIL}
    days = Counter(
        receipt.received_at.astimezone(campaign.tz).date()
        for (_, key), standing in standings.items()
        if key in electronic
        for receipt in standing.receipts
    )
    today = now.astimezone(campaign.tz).date()
    last = max((*days, today))
    first = max(min((*days, today)), last - timedelta(days=DAYS_SHOWN - 1))
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple((one, days[one]) for one in span)
