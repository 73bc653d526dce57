"""What the outbox owes now, letter by letter: claim, hand over, record. Stops between letters, never within one."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.deliver import Courier, NotTaken
from mailbot.errors import LoginRefused, OutsideError, ServerBusy
from rules.refusals import Kind, next_try
from storage.archive import Archive
from storage.errors import Damaged, Missing, StorageBusy, StorageConflict, StorageFull
from storage.ledger import Book, Ledger
from storage.nouns import Outgoing

TRIES_TO_RECORD = 5
_ORDER = (Kind.ACCOUNT, Kind.BUSY, Kind.TEMPORARY, Kind.SUSPECT, Kind.PERMANENT)
"""Which refusal decides where several recipients were refused for different reasons: the one that gives most hope."""
ROOM_TO_RECORD = 1024 * 1024
"""Bytes that must be free before a letter is handed over: one that went out and cannot be noted goes out again."""
ABANDONED = timedelta(hours=1)
"""A letter that has been "sending" for so long is not: whoever had it is gone."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Letters that may go out in any minute and any hour, counted in the outbox: a restart forgets nothing."""

    per_minute: int
    per_hour: int

    def allows(self, book: Book, now: datetime) -> bool:
        sent = book.outbox.sent_since
        return sent(now - timedelta(minutes=1)) < self.per_minute and sent(now - timedelta(hours=1)) < self.per_hour


@dataclass(frozen=True, slots=True)
class Office:
    """What delivering takes. `now` gives aware UTC."""

    ledger: Ledger
    archive: Archive
    courier: Courier
    pace: Pace
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the letters that were due.

    `not_taken`: recipients of a letter that went out to others, but not to them; and those of a letter that was given
    up. `trouble`: why it ended early; the letters that are left stay owed.
    """

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    not_taken: tuple[tuple[Outgoing, NotTaken], ...] = ()
    trouble: OutsideError | None = None


async def deliver_due(office: Office, stop: Callable[[], bool] = lambda: False) -> Delivered:
    """Send what is due, within the pace, until nothing is left, `stop` says so or the server wants no more.

    StorageFull before the disk is so full that a letter could go out and not be noted.

    A letter counts as sent when the server took it for at least one recipient: whom it refused beside that is noted
    with it and told to staff, because sending again would reach the others twice.
    """
    with office.ledger.transaction() as book:
        book.outbox.reclaim(office.now() - ABANDONED)
    done = Delivered()
    async with office.courier:
        while not stop() and done.trouble is None and (letter := _next(office)) is not None:
            done = await _deliver(office, letter, done)
    return done


def _next(office: Office) -> int | None:
    """The letter to send now, if one is due and the pace allows it."""
    now = office.now()
    with office.ledger.reading() as book:
        due = book.outbox.due(now, 1)
        return due[0].id if due and office.pace.allows(book, now) else None


async def _deliver(office: Office, letter_id: int, done: Delivered) -> Delivered:
    try:
        await office.courier.connect()  # first: a server that is away costs no letter a try
    except OutsideError as error:
        return dataclasses.replace(done, trouble=error)
    if office.archive.free_bytes() < ROOM_TO_RECORD:
        raise StorageFull("deliver: there is no room to note what was sent")
    with office.ledger.transaction() as book:
        letter = book.outbox.claim(letter_id, office.now())
    if letter is None:
        return done
    try:
        content = office.archive.read(letter.content_sha256)
    except (Damaged, Missing) as error:
        damage = str(error)
        _record(office, lambda book: book.outbox.give_up(letter.id, damage))
        return dataclasses.replace(done, failed=done.failed + 1)
    try:
        not_taken = await office.courier.hand_over(letter.recipients, content)
    except OutsideError as error:
        said = error.what
        _record(office, lambda book: book.outbox.defer(letter.id, said, office.now()))
        return dataclasses.replace(done, trouble=error)
    return _settle(office, letter, not_taken, done)


def _settle(office: Office, letter: Outgoing, not_taken: tuple[NotTaken, ...], done: Delivered) -> Delivered:
    """Record what became of a letter that was handed over, at once."""
    now = office.now()
    lost = tuple((letter, each) for each in not_taken)
    if len(not_taken) < len(letter.recipients):
        refused = "\n".join(f"{each.address} {each.said}" for each in not_taken)
        _record(office, lambda book: book.outbox.mark_sent(letter.id, now, refused))
        return dataclasses.replace(done, sent=done.sent + 1, not_taken=done.not_taken + lost)
    why = min(not_taken, key=lambda each: _ORDER.index(each.refusal.kind))
    wait = next_try(why.refusal, letter.attempts, now - letter.created_at)
    said = f"{why.refusal.meaning}：{why.said}"
    if wait is None:
        _record(office, lambda book: book.outbox.give_up(letter.id, said))
        return dataclasses.replace(done, failed=done.failed + 1, not_taken=done.not_taken + lost)
    _record(office, lambda book: book.outbox.defer(letter.id, said, now + wait))
    return dataclasses.replace(done, deferred=done.deferred + 1, trouble=_trouble(office, why))


def _trouble(office: Office, why: NotTaken) -> OutsideError | None:
    """What a refusal of one letter means for all the others."""
    if why.refusal.kind is Kind.BUSY:
        return ServerBusy(office.courier.where, why.said, why.refusal.pause_seconds)
    return LoginRefused(office.courier.where, why.said) if why.refusal.kind is Kind.ACCOUNT else None


def _record(office: Office, write: Callable[[Book], object]) -> None:
    """In a transaction of its own, and again when another process was first: what is not recorded is sent twice."""
    for last in (False,) * (TRIES_TO_RECORD - 1) + (True,):
        try:
            with office.ledger.transaction() as book:
                write(book)
        except (StorageBusy, StorageConflict):
            if last:
                raise
        else:
            return
