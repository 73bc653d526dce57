"""The states of a deliverable, as a table; versions, punctuality and resends follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from rules.campaign import Campaign, Deliverable
from rules.model import Change, Decision, Item, Receipt, Roster, Standing, State, Unit


class Event(StrEnum):
    """What can happen to a deliverable. The first three are a report that arrived, by what was found in it."""

    CAME_INCOMPLETE = "came incomplete"
    CAME_UNREVIEWED = "came complete, review open"
    CAME_COMPLETE = "came complete and reviewed"
    SENT_BACK = "sent back"
    EXEMPTED = "exempted"
    OWED_AGAIN = "owed again"


_MISSING, _INCOMPLETE, _AWAITING = State.MISSING, State.INCOMPLETE, State.AWAITING_REVIEW
_RETURNED, _ACCEPTED, _EXEMPT = State.RETURNED, State.ACCEPTED, State.EXEMPT

# Rows: where it stands; columns: what happens. A newer version replaces an older one, unless the older one is better:
# complete where the newer is not, or reviewed where the newer waits for it. The last valid version counts, so nobody
# pushes an accepted report out by mailing another. None: the event is refused there.
TRANSITIONS: dict[State, dict[Event, State | None]] = {
    state: dict(zip(Event, row, strict=True))
    for state, row in {
        #             incomplete   unreviewed  complete   sent back  exempted  owed again
        _MISSING:    (_INCOMPLETE, _AWAITING,  _ACCEPTED, None,      _EXEMPT,  None),
        _INCOMPLETE: (_INCOMPLETE, _AWAITING,  _ACCEPTED, _RETURNED, _EXEMPT,  None),
        _AWAITING:   (_AWAITING,   _AWAITING,  _ACCEPTED, _RETURNED, _EXEMPT,  None),
        _RETURNED:   (_INCOMPLETE, _AWAITING,  _ACCEPTED, _RETURNED, _EXEMPT,  None),
        _ACCEPTED:   (_ACCEPTED,   _ACCEPTED,  _ACCEPTED, _RETURNED, _EXEMPT,  None),
        _EXEMPT:     (_EXEMPT,     _EXEMPT,    _EXEMPT,   None,      _EXEMPT,  _MISSING),
    }.items()
}  # fmt: skip

LABELS = {
    State.MISSING: "未报",
    State.INCOMPLETE: "已收·待补正",
    State.AWAITING_REVIEW: "待把关",
    State.RETURNED: "已退回",
    State.ACCEPTED: "已接收",
    State.EXEMPT: "免报",
}
PAPER_LABELS = {State.MISSING: "未交", State.PARTIAL: "部分", State.COMPLETE: "已交", State.EXEMPT: "免报"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an item came: the ledger's number of the mail, its sender and the server's time of arrival."""

    mail: int
    sender: str
    received_at: datetime


def event_of(receipt: Receipt) -> Event:
    """Which column of the table a version belongs to when it arrives."""
    if receipt.acceptable:
        return Event.CAME_COMPLETE
    return Event.CAME_UNREVIEWED if receipt.complete else Event.CAME_INCOMPLETE


def receive(standing: Standing, item: Item, delivery: Delivery) -> Change:
    """What a report that arrived changes. An identical resend changes nothing, unless it brings the review with it."""
    known = next((receipt for receipt in standing.receipts if receipt.sha256 == item.sha256), None)
    if known is None:
        return _new_version(standing, item, delivery)
    if known.examination.review is None and item.examination.review is not None:
        return _review_added(standing, known, item)
    return Change(item, standing, standing, "same")


def _new_version(standing: Standing, item: Item, delivery: Delivery) -> Change:
    receipt = Receipt(
        version=max((old.version for old in standing.receipts), default=0) + 1,
        name=item.name,
        sha256=item.sha256,
        size=item.size,
        received_at=delivery.received_at,
        sender=delivery.sender,
        mail=delivery.mail,
        examination=item.examination,
        identification=item.identification,
    )
    after = _with(standing, receipt)
    effect = "new" if not standing.receipts else "replaced" if after.current == receipt.version else "kept"
    return Change(item, standing, after, effect)


def _with(standing: Standing, receipt: Receipt) -> Standing:
    """The standing once this version, newer than all others, is there."""
    state = TRANSITIONS[standing.state][event_of(receipt)] or standing.state
    counts = _at_least_as_good(receipt, standing)
    if counts and receipt.decision is not None and not receipt.decision.accepted:
        state = TRANSITIONS[state][Event.SENT_BACK] or state
    return replace(
        standing,
        state=state,
        receipts=(*standing.receipts, receipt),
        current=receipt.version if counts else standing.current,
        completed_at=standing.completed_at or (receipt.received_at if receipt.complete else None),
    )


def _at_least_as_good(receipt: Receipt, standing: Standing) -> bool:
    """As the version that counts at present; one that was sent back no longer does."""
    if standing.state is State.ACCEPTED:
        return receipt.acceptable
    return receipt.complete or standing.state is not State.AWAITING_REVIEW


def _review_added(standing: Standing, known: Receipt, item: Item) -> Change:
    """The same bytes with the review. What staff have sent back stays so: the answer says that it must be changed."""
    after = _renewed(standing, replace(known, examination=item.examination))
    sent_back = known.decision is not None and not known.decision.accepted
    return Change(item, standing, after, "same" if sent_back else "review_added")


def decide(standing: Standing, version: int, decision: Decision | None) -> Standing:
    """Staff accept or return a version, whatever the rules found in it; None takes their decision back.

    It stays with that version: a newer one is judged anew, and replaces it or not by the same table.
    ValueError when there is no such version.
    """
    chosen = next((receipt for receipt in standing.receipts if receipt.version == version), None)
    if chosen is None:
        raise ValueError(f"no version {version}")
    return _renewed(standing, replace(chosen, decision=decision))


def _renewed(standing: Standing, changed: Receipt) -> Standing:
    """Something else is known of one version: the state follows from all of them, in the order in which they came."""
    exempt = standing.state is State.EXEMPT
    start = State.EXEMPT if exempt else State.MISSING
    after = replace(standing, state=start, receipts=(), current=0, completed_at=None)
    for receipt in standing.receipts:
        after = _with(after, changed if receipt.version == changed.version else receipt)
    return after


def happen(standing: Standing, event: Event) -> Standing | None:
    """The standing after a decision of people (sent back, exempted, owed again); None when the table refuses it."""
    state = TRANSITIONS[standing.state][event]
    if state is None:
        return None
    if event is Event.OWED_AGAIN and standing.receipt is not None:
        state = _state_of(standing.receipt)
    return replace(standing, state=state)


def make_current(standing: Standing, version: int) -> Standing:
    """An earlier version counts again. ValueError when there is no such version."""
    chosen = next((receipt for receipt in standing.receipts if receipt.version == version), None)
    if chosen is None:
        raise ValueError(f"no version {version}")
    state = standing.state if standing.state is State.EXEMPT else _state_of(chosen)
    return replace(standing, current=version, state=state)


def _state_of(receipt: Receipt) -> State:
    if receipt.decision is not None:
        return State.ACCEPTED if receipt.decision.accepted else State.RETURNED
    if receipt.acceptable:
        return State.ACCEPTED
    return State.AWAITING_REVIEW if receipt.complete else State.INCOMPLETE


def started(standing: Standing, unit: Unit) -> Standing:
    """A standing that nothing has happened to yet is owed, unless the roster exempts the unit."""
    fresh = standing.state is State.MISSING and not standing.receipts
    return replace(standing, state=State.EXEMPT) if fresh and unit.exempt else standing


def with_starts(
    stored: Mapping[tuple[str, str], Standing], campaign: Campaign, roster: Roster
) -> dict[tuple[str, str], Standing]:
    """Every unit with everything it owes. `stored` answers for every pair, as the ledger's table does."""
    full = dict(stored)
    for unit in roster.units:
        for deliverable in campaign.owed_by(unit):
            key = (unit.code, deliverable.key)
            full[key] = started(stored[key], unit)
    return full


def due_at(campaign: Campaign, standing: Standing) -> datetime:
    """The instant that counts for this unit: its extension, or the campaign's deadline."""
    return standing.extended_to or campaign.deadline.at


def is_late(campaign: Campaign, standing: Standing, now: datetime) -> bool:
    """逾期: its first complete version came after the deadline, or nothing complete has come and it has passed."""
    if standing.state is State.EXEMPT:
        return False
    return (standing.completed_at or now) > due_at(campaign, standing)


def paper_state(standing: Standing, deliverable: Deliverable) -> State:
    """Paper is counted, not judged: none, some or all of the copies."""
    if standing.state is State.EXEMPT:
        return State.EXEMPT
    if standing.copies <= 0:
        return State.MISSING
    return State.COMPLETE if standing.copies >= deliverable.copies else State.PARTIAL
