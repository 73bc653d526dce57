"""What is owed at this moment, and whom to ask for it: one letter per addressee and step, or a telephone call."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.campaign import Campaign, Deliverable, Medium
from rules.model import Finding, Level, Roster, Standing, State, Unit
from rules.status import due_at, is_late, paper_state
from rules.steps import Step, escalation_step, latest_step, may_send, phone_steps, reminder_steps

__all__ = [
    "Owed",
    "OwedItem",
    "PhoneEntry",
    "Standings",
    "Step",
    "escalation_step",
    "latest_step",
    "may_send",
    "owed",
    "phone_steps",
    "reminder_key",
    "reminder_steps",
    "to_phone",
]

# By code of the unit and key of the deliverable; what is not in it has not come.
Standings = Mapping[tuple[str, str], Standing]

SETTLED = frozenset({State.ACCEPTED, State.COMPLETE, State.EXEMPT})


@dataclass(frozen=True, slots=True)
class OwedItem:
    """One deliverable that is still open. `findings` are of level must; `due_at` is the unit's own deadline; `note` why
    it was sent back, or what the clerk noted."""

    unit: Unit
    deliverable: Deliverable
    state: State
    late: bool
    due_at: datetime
    findings: tuple[Finding, ...] = ()
    reminded: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One letter: to whom, what is open, and for the thanks how much of `wanted` has come."""

    addressee: Unit
    to: tuple[str, ...]
    items: tuple[OwedItem, ...]
    came: int
    wanted: int

    @property
    def about(self) -> tuple[str, ...]:
        """Codes of the units that it asks for something, each once."""
        return tuple(dict.fromkeys(item.unit.code for item in self.items))


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """One telephone call: whom, and what to ask for. The 总支's person stands in where a branch has none."""

    unit: Unit
    contact: str
    phone: str
    items: tuple[OwedItem, ...]


def reminder_key(campaign: Campaign, unit: Unit | str, step: Step) -> str:
    """The key that makes the outbox send it once, whatever the clock does."""
    code = unit if isinstance(unit, str) else unit.code
    return f"remind:{campaign.id}:{code}:{step.name}"


def owed(
    campaign: Campaign,
    roster: Roster,
    standings: Standings,
    step: Step,
    now: datetime,
    busy: frozenset[str] = frozenset(),
) -> tuple[Owed, ...]:
    """The letters of a step, in roster order. `busy`: units with mail that nobody has worked on yet.

    A busy unit is left out, and with a busy 总支 all of its branches, for its mail may hold their reports.
    """
    open_items: dict[str, list[OwedItem]] = {}
    for item in _open(campaign, roster, standings, now):
        if _is_asked(campaign, standings, item, step) and not {item.unit.code, item.unit.parent} & busy:
            open_items.setdefault(_addressee(campaign, roster, item).code, []).append(item)
    letters = []
    for unit in roster.units:
        items = open_items.get(unit.code)
        if items and not _paper_alone(items) and unit.addresses:
            came, wanted = _counts(campaign, roster, standings, unit)
            letters.append(Owed(unit, unit.addresses, tuple(items), came, wanted))
    return tuple(letters)


def _paper_alone(items: Iterable[OwedItem]) -> bool:
    """Whether paper has come is known only once a person has entered it: alone it is no reason to write or to call."""
    return all(item.deliverable.medium is Medium.PAPER for item in items)


def _open(campaign: Campaign, roster: Roster, standings: Standings, now: datetime) -> Iterator[OwedItem]:
    """Everything that is owed and has not been settled, in roster order. An extension that still runs is no debt."""
    for unit, deliverable, standing in _wanted(campaign, roster, standings):
        state = _state(standing, deliverable)
        own_deadline = due_at(campaign, standing)
        extended = standing.extended_to is not None and own_deadline > campaign.deadline.at
        if state in SETTLED or (extended and campaign.deadline.at < now <= own_deadline):
            continue
        receipt = standing.receipt
        yield OwedItem(
            unit=unit,
            deliverable=deliverable,
            state=state,
            late=is_late(campaign, standing, now),
            due_at=own_deadline,
            findings=receipt.examination.at(Level.MUST) if receipt else (),
            reminded=standing.reminded,
            note=standing.sent_back_because or standing.note,
        )


def _wanted(campaign: Campaign, roster: Roster, standings: Standings) -> Iterator[tuple[Unit, Deliverable, Standing]]:
    """All that the campaign wants of the roster: nothing of exempt units, nothing optional."""
    for unit in roster.units:
        for deliverable in campaign.owed_by(unit):
            standing = standings.get((unit.code, deliverable.key), Standing(unit.code, deliverable.key))
            if not (unit.exempt or deliverable.optional or standing.state is State.EXEMPT):
                yield unit, deliverable, standing


def _state(standing: Standing, deliverable: Deliverable) -> State:
    return paper_state(standing, deliverable) if deliverable.medium is Medium.PAPER else standing.state


def _is_asked(campaign: Campaign, standings: Standings, item: OwedItem, step: Step) -> bool:
    """Not over the cap, not asked already by this step, and not answered since it was due: the answer said it all."""
    own = [standings[key] for d in campaign.owed_by(item.unit) if (key := (item.unit.code, d.key)) in standings]
    if max((standing.reminded for standing in own), default=0) >= campaign.reminders.cap:
        return False
    standing = standings.get((item.unit.code, item.deliverable.key))
    if standing is None:
        return True
    asked = standing.reminded_at is not None and standing.reminded_at >= step.due_at
    return not asked and all(receipt.received_at < step.due_at for receipt in standing.receipts)


def _addressee(campaign: Campaign, roster: Roster, item: OwedItem) -> Unit:
    """The 总支 where letters are merged, where it must review, or where the branch has no address; else the unit."""
    parent = roster.unit(item.unit.parent) if item.unit.parent else None
    if parent is None or not parent.addresses:
        return item.unit
    through = campaign.reminders.merged or item.state is State.AWAITING_REVIEW or not item.unit.addresses
    return parent if through else item.unit


def _counts(campaign: Campaign, roster: Roster, standings: Standings, addressee: Unit) -> tuple[int, int]:
    """(what has come, what is wanted) of the units that the addressee answers for: itself and its branches."""
    states = [
        _state(standing, deliverable)
        for unit, deliverable, standing in _wanted(campaign, roster, standings)
        if addressee.code == unit.code or (campaign.reminders.merged and addressee.code == unit.parent)
    ]
    return sum(state in SETTLED for state in states), len(states)


def to_phone(campaign: Campaign, roster: Roster, standings: Standings, now: datetime) -> tuple[PhoneEntry, ...]:
    """Who is to be telephoned, in roster order: the unit itself, or its 总支 where only the review is open."""
    calls: dict[str, list[OwedItem]] = {}
    for item in _open(campaign, roster, standings, now):
        reviewing = item.state is State.AWAITING_REVIEW and item.unit.parent is not None
        calls.setdefault((item.unit.parent or "") if reviewing else item.unit.code, []).append(item)
    return tuple(
        _call(roster, unit, calls[unit.code])
        for unit in roster.units
        if unit.code in calls and not _paper_alone(calls[unit.code])
    )


def _call(roster: Roster, unit: Unit, items: list[OwedItem]) -> PhoneEntry:
    stand_in = roster.unit(unit.parent) if unit.parent and not unit.phone else unit
    return PhoneEntry(unit, stand_in.contact, stand_in.phone, tuple(items))
