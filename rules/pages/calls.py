"""Whom to telephone, in words that can be read out: unit, what is missing, name, number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.campaign import Campaign, Medium
from rules.letter.reports import gap
from rules.letter.words import listed, short_name
from rules.model import Roster, State
from rules.pages.groups import Group
from rules.pages.marks import Tone
from rules.pages.rows import Row
from rules.reminders import OwedItem, PhoneEntry


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call. `contact` and `phone` are the 总支's, and say so, where a branch has no number of its own."""

    key: str
    unit: str
    group: str
    missing: str
    contact: str
    phone: str
    reminded: int
    tone: Tone


def calls_of(
    entries: Iterable[PhoneEntry], groups: Iterable[Group], campaign: Campaign, roster: Roster
) -> tuple[CallRow, ...]:
    """The calls in the order of the 总表."""
    calls = {entry.unit.code: entry for entry in entries}
    return tuple(
        _call(calls[row.key], group, row, _asked(calls[row.key], row, campaign, roster))
        for group in groups
        for row in group.rows
        if row.key in calls
    )


def _call(entry: PhoneEntry, group: Group, row: Row, asked: Iterable[str]) -> CallRow:
    own = _own(entry)
    stands_in = entry.phone and not entry.unit.phone
    nothing_came = any(item.state is State.MISSING and item.deliverable.medium is Medium.EMAIL for item in own)
    return CallRow(
        key=row.key,
        unit=entry.unit.name,
        group=group.name,
        missing="；".join(asked),
        contact=f"{entry.contact}（总支）" if stands_in else entry.contact,
        phone=entry.phone,
        reminded=max((item.reminded for item in own), default=0),
        tone=Tone.RED if nothing_came else Tone.YELLOW,
    )


def _own(entry: PhoneEntry) -> list[OwedItem]:
    return [item for item in entry.items if item.unit.code == entry.unit.code]


def _asked(entry: PhoneEntry, row: Row, campaign: Campaign, roster: Roster) -> Iterator[str]:
    """What it owes itself, the paper, and the branches whose reports wait for its review."""
    paper = False
    for item in _own(entry):
        if item.deliverable.medium is Medium.PAPER:
            paper = True
        else:
            yield _report(item, campaign)
    if paper:
        yield f"纸质件{row.paper.text}"
    waiting = [short_name(item.unit, roster) for item in entry.items if item.unit.code != entry.unit.code]
    if waiting:
        yield f"请把关：{listed(waiting)}"


def _report(item: OwedItem, campaign: Campaign) -> str:
    title = item.deliverable.title
    match item.state:
        case State.MISSING:
            return f"{title}未报"
        case State.RETURNED:
            return f"{title}已退回，等重报" + (f"：{item.note}" if item.note else "")
        case State.INCOMPLETE:
            lacks = gap(item.findings, campaign)
            return f"{title}待补正" + (f"：{lacks}" if lacks else "")
    return f"{title}等把关"
