"""What staff decide about a report: written down with the letter that tells of it, in one transaction.

The command line calls this, and so may an order that comes by mail: both say what is wished, this does it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from mailbot.answer import withdraw
from mailbot.app import App
from mailbot.post import post
from rules.campaign import Campaign
from rules.filing import shelf
from rules.letter.decision import Decided, decision_letter, key_prefix
from rules.model import Decision, Letter, Roster, Standing
from rules.status import decide as decided
from rules.status import started
from storage.ledger import Book
from storage.nouns import SendState

OURS = "组织部"
_GONE = (SendState.SENT, SendState.SENDING)


class NotDecided(Exception):
    """One line: why nothing can be decided, and what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`accepted` None takes a decision back. `version` None: the one that counts. `tell`: the branch gets a letter."""

    campaign: Campaign
    unit: str
    accepted: bool | None
    reason: str = ""
    version: int | None = None
    tell: bool = True
    by: str = OURS


@dataclass(frozen=True)
class Outcome:
    """What was (or, before it is done, would be) changed, and the letter that tells of it, if any."""

    before: Standing
    after: Standing
    version: int
    letter: Letter | None

    @property
    def changed(self) -> bool:
        return self.after != self.before


def foresee(app: App, wish: Wish) -> Outcome:
    """What it would change. Writes nothing. Raises NotDecided."""
    with app.ledger.reading() as book:
        return _outcome(app, book, wish)


def decide(app: App, wish: Wish) -> Outcome:
    """Does it. The same wish twice changes nothing the second time, and tells nobody again. Raises NotDecided."""
    with app.ledger.transaction() as book:
        outcome = _outcome(app, book, wish)
        if not outcome.changed:
            return outcome
        roster = book.roster()
        book.save_standing(wish.campaign.id, outcome.after)
        withdraw(book, key_prefix(wish.campaign, roster.unit(wish.unit), outcome.version))
        withdraw(book, f"review:{wish.campaign.id}:{wish.unit}:{outcome.version}")
        _show_current(app, wish.campaign, roster, outcome)
        if outcome.letter is not None:
            post(app, book, outcome.letter)
    return outcome


def _outcome(app: App, book: Book, wish: Wish) -> Outcome:
    roster = book.roster()
    before = _standing(book, roster, wish)
    version = wish.version if wish.version is not None else before.current
    known = next((receipt for receipt in before.receipts if receipt.version == version), None)
    if known is None:
        have = "、".join(str(receipt.version) for receipt in before.receipts)
        raise NotDecided(f"{wish.unit}: there is no version {version}; it has {have}")
    if wish.accepted is None and known.decision is None:
        raise NotDecided(f"{wish.unit}: nothing was decided about version {version}, so there is nothing to undo")
    decision = _decision(wish, known.decision, app.now())
    after = decided(before, version, decision)
    letter = None
    if wish.tell and after != before:
        letter = _letter(app, book, Decided(wish.campaign, roster, after, version, decision))
    return Outcome(before, after, version, letter)


def _standing(book: Book, roster: Roster, wish: Wish) -> Standing:
    if wish.unit not in roster:
        raise NotDecided(f"{wish.unit}: the roster has no unit of that code; `mailbot status` shows them")
    unit = roster.unit(wish.unit)
    report = wish.campaign.report_of(unit)
    if report is None:
        raise NotDecided(f"{wish.unit}: {unit.name} owes no report in this campaign")
    standing = started(book.standing(wish.campaign.id, unit.code, report.key), unit)
    if not standing.receipts:
        raise NotDecided(f"{wish.unit}: nothing has come from {unit.name} yet, so there is nothing to decide about")
    return standing


def _decision(wish: Wish, known: Decision | None, now: datetime) -> Decision | None:
    """The same again is the one that is known, with its time; also where the reason is not said a second time."""
    if wish.accepted is None:
        return None
    made = Decision(wish.accepted, wish.by, now, " ".join(wish.reason.split()))
    if known is not None and replace(made, at=known.at, reason=made.reason or known.reason) == known:
        return known
    return made


def _letter(app: App, book: Book, what: Decided) -> Letter | None:
    """None when a decision is undone before anybody was told of it."""
    prefix = key_prefix(what.campaign, what.roster.unit(what.after.unit), what.version)
    told = any(letter.key.startswith(prefix) for letter in book.outbox.listing(_GONE))
    if what.decision is None and not told:
        return None
    own = (app.department.address, *app.department.staff)
    return decision_letter(what, len(book.outbox.keys(prefix)) + 1, own)


def _show_current(app: App, campaign: Campaign, roster: Roster, outcome: Outcome) -> None:
    """The newest file of the browsing tree is the version that counts: it may be another one now."""
    receipt, before = outcome.after.receipt, outcome.before.receipt
    if receipt is None or not receipt.path or outcome.after.current == outcome.before.current:
        return
    path = PurePosixPath(receipt.path)
    place = shelf(campaign, roster, roster.unit(outcome.after.unit), receipt.version, path.suffix)
    app.archive.shelve(receipt.sha256, path, place.newest)
    if before is not None and PurePosixPath(before.path).suffix not in ("", path.suffix):
        app.archive.unshelve(place.newest.with_suffix(PurePosixPath(before.path).suffix))
