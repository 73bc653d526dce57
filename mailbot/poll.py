"""One pass over the inbox: what is new is taken in, what failed is tried again, what is recorded is moved away.

The Seen flag is never used as memory: how far a folder has been read stands in the ledger, under its UIDVALIDITY.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from mailbot.app import MEGABYTE, App
from mailbot.careful import be_careful, groups
from mailbot.errors import ConnectionLost, FolderMissing, OutsideError, ServerHung, ServerRefused
from mailbot.glance import WORLD, glance
from mailbot.heavy import give_up, receive_heavy
from mailbot.inbox import Envelope, FolderState, Inbox
from mailbot.parse import parse
from mailbot.receive import receive
from mailbot.record import pass_by
from rules.model import Arrival, Outcome, Roster
from rules.triage import Belongs
from storage.nouns import MailFacts

log = structlog.get_logger(__name__)

BATCH_BYTES = 32 * MEGABYTE  # bodies in memory at a time
RETRY_MINUTES = (1, 5, 30, 120)  # after the first, second … failure of one mail; then it is set aside


CUT_OFF = (ConnectionLost, ServerHung)


class NotGiven(Exception):
    """The server has the mail and does not hand it over."""


@dataclass
class Pass:
    """What one pass did: mails by outcome, for the log and the heartbeat."""

    outcomes: dict[Outcome, int] = field(default_factory=dict)
    failed: int = 0
    moved: int = 0

    def count(self, outcome: Outcome) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1

    @property
    def taken(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True)
class Poll:
    """One pass: the parts, the connection and the folder that is selected."""

    app: App
    inbox: Inbox
    folder: FolderState
    roster: Roster
    done: Pass

    def arrival(self, envelope: Envelope) -> Arrival:
        return Arrival(self.app.account, self.folder.name, self.folder.uidvalidity, envelope.uid, envelope.received_at)


def poll(app: App, inbox: Inbox) -> Pass:
    """Looks into every folder once. Raises what is wrong with the server or the storage; a bad mail stops nothing."""
    done = Pass()
    with app.ledger.reading() as book:
        roster = book.roster()
    for name in app.folders:
        one = Poll(app, inbox, inbox.select(name), roster, done)
        move_recorded(one, again=True)
        for envelopes in batches(one):
            take(one, envelopes)
            move_recorded(one)
    if done.taken or done.failed:
        log.info("inbox polled", taken=done.taken, failed=done.failed, moved=done.moved)
    return done


def batches(one: Poll) -> Iterator[list[Envelope]]:
    """What is new, and what failed before and is due again, in order of UID. Nothing new costs one SEARCH."""
    app, folder = one.app, one.folder
    with app.ledger.reading() as book:
        cursor = book.cursor(app.account, folder.name)
        troubles = book.due_troubles(app.account, folder.name, app.now())
    known = cursor is not None and cursor.uidvalidity == folder.uidvalidity
    last = cursor.last_uid if cursor is not None and known else first_time(one)
    here = (trouble.arrival for trouble in troubles if trouble.arrival.uidvalidity == folder.uidvalidity)
    again = {arrival.uid: arrival for arrival in here}
    for asked in groups(app, folder, sorted({*again, *one.inbox.uids_after(last)})):
        try:
            found = list(one.inbox.envelopes(asked))
        except CUT_OFF as error:
            blame(
                one,
                [(Envelope(uid, app.now(), 0, b"", has_attachment=True), Belongs.LOOK_INSIDE) for uid in asked],
                error,
            )
            raise
        forget_gone(one, [again[uid] for uid in set(asked) & set(again) - {each.uid for each in found}])
        yield from _by_size(found)


def forget_gone(one: Poll, gone: Sequence[Arrival]) -> None:
    """A mail that failed and that somebody has since taken off the server: there is nothing left to try."""
    for arrival in gone:
        log.warning("a mail that failed is gone from the server", uid=arrival.uid)
        with one.app.ledger.transaction() as book:
            book.clear_trouble(arrival)


def first_time(one: Poll) -> int:
    """A folder that is new to us, or was rebuilt: read from the day on which the first campaign opened."""
    opened = min(campaign.opens for campaign in one.app.campaigns)
    last = max(one.inbox.first_uid_since(opened) - 1, 0)
    with one.app.ledger.transaction() as book:
        book.set_cursor(one.app.account, one.folder.name, one.folder.uidvalidity, last)
    return last


def _by_size(envelopes: Sequence[Envelope]) -> Iterator[list[Envelope]]:
    batch: list[Envelope] = []
    octets = 0
    for envelope in envelopes:
        if batch and octets + envelope.size > BATCH_BYTES:
            yield batch
            batch, octets = [], 0
        batch.append(envelope)
        octets += envelope.size
    if batch:
        yield batch


def take(one: Poll, envelopes: Sequence[Envelope]) -> None:
    """A batch in order of UID: what is plainly other business is not downloaded, the rest is."""
    seen = [(envelope, glance(one.app, one.roster, envelope)) for envelope in envelopes]
    wanted = [
        envelope.uid for envelope, belongs in seen if belongs is not Belongs.NOT_OURS and not _heavy(one, envelope)
    ]
    try:
        bodies = dict(one.inbox.fetch(wanted)) if wanted else {}
    except CUT_OFF as error:
        blame(one, seen, error)
        raise
    for envelope, belongs in seen:
        outcome: Outcome | None
        try:
            outcome = _take_one(one, envelope, belongs, bodies.get(envelope.uid))
        except WORLD:
            raise
        except Exception as error:  # noqa: BLE001 - one bad mail never stops the inbox
            outcome = failed(one, envelope, belongs, bodies.get(envelope.uid), error)
        if outcome is not None:
            one.done.count(outcome)


def blame(one: Poll, seen: Sequence[tuple[Envelope, Belongs]], error: OutsideError) -> None:
    """The connection ended while these were asked for. A single one is put off like any mail that fails."""
    if len(seen) == 1:
        failed(one, *seen[0], None, error)
    else:
        be_careful(one.app, one.folder, seen[-1][0].uid)


def _heavy(one: Poll, envelope: Envelope) -> bool:
    return envelope.size > one.app.settings.limits.mail_mb * MEGABYTE


def _take_one(one: Poll, envelope: Envelope, belongs: Belongs, raw: bytes | None) -> Outcome:
    """One mail of which the envelope is known."""
    arrival = one.arrival(envelope)
    if belongs is Belongs.NOT_OURS:
        return not_ours(one.app, arrival, envelope)
    if _heavy(one, envelope):
        return receive_heavy(one.app, arrival, envelope, belongs)
    if raw is None:
        raise NotGiven(envelope.problem or "the server did not give the mail")
    return receive(one.app, arrival, raw)


def not_ours(app: App, arrival: Arrival, envelope: Envelope) -> Outcome:
    """Other business: counted, and neither downloaded nor touched."""
    head = parse(envelope.header)
    facts = MailFacts(head.message_id, head.sha256, envelope.size, head.sender.address, "", len(envelope.file_names))
    with app.ledger.transaction() as book:
        again = book.same_mail(facts.message_id, facts.sha256) is not None
        outcome = Outcome.DUPLICATE if again else Outcome.NOT_OURS
        pass_by(book, arrival)
        book.add_mail(arrival, facts, outcome, "other business, by its envelope")
    return outcome


def failed(one: Poll, envelope: Envelope, belongs: Belongs, raw: bytes | None, error: Exception) -> Outcome | None:
    """An unknown error: tried again later, in the end set aside for a person. The cursor goes on in any case."""
    app, arrival = one.app, one.arrival(envelope)
    log.exception("mail failed", uid=envelope.uid, error=type(error).__name__)
    one.done.failed += 1
    with app.ledger.transaction() as book:
        before = book.trouble(arrival)
        attempts = before.attempts if before is not None else 0
        if attempts < len(RETRY_MINUTES):
            pass_by(book, arrival)
            wait = timedelta(minutes=RETRY_MINUTES[attempts] * random.uniform(1, 1.2))  # noqa: S311 - jitter
            sender = parse(envelope.header).sender.address
            book.add_trouble(arrival, type(error).__name__, app.now() + wait, sender)
            return None
    return give_up(app, arrival, envelope, raw, belongs)


def move_recorded(one: Poll, again: bool = False) -> None:
    """Only now, with everything in the ledger, is the server asked to move; a crash before this is made good here.

    `again`: what is still to be moved was left by an earlier pass, which may have moved it half.
    """
    app = one.app
    with app.ledger.reading() as book:
        here = [
            mail
            for mail in book.unmoved(app.account)
            if (mail.folder, mail.uidvalidity) == (one.folder.name, one.folder.uidvalidity)
        ]
    for folder in sorted({mail.move_to for mail in here}):
        mails = [mail for mail in here if mail.move_to == folder]
        try:
            one.inbox.ensure_folder(folder)
            one.inbox.move([mail.uid for mail in mails], folder, again)
        except (ServerRefused, FolderMissing) as error:
            # All is recorded: where the mail lies is the least of it, and new mail must not wait for that.
            log.warning("not moved", mails=len(mails), error=str(error))
            continue
        with app.ledger.transaction() as book:
            for mail in mails:
                book.mark_moved(mail.mail)
        one.done.moved += len(mails)
