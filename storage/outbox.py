"""What is owed, being sent, sent, put off, given up. Each letter once for its key, whatever restarts and clocks do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import and_, case, col, func, or_, select

from rules.model import Letter
from storage.columns import clean
from storage.nouns import Outgoing, SendState
from storage.page import Page
from storage.records import key_of, outgoing_of
from storage.tables import LetterAddressRow, LetterRow, LetterUnitRow

UNSENT = frozenset({SendState.WAITING, SendState.DEFERRED})
# What may become of a letter: the state that a call leads to, and the states it may come from.
MOVES = {
    SendState.SENDING: UNSENT,
    SendState.DEFERRED: UNSENT | {SendState.SENDING},
    SendState.FAILED: UNSENT | {SendState.SENDING},
    SendState.CANCELLED: UNSENT | {SendState.FAILED},
    SendState.WAITING: frozenset({SendState.DEFERRED, SendState.FAILED, SendState.CANCELLED}),
    # What went out went out, whatever we believed of it: a letter reclaimed after a crash may be reported sent late.
    SendState.SENT: frozenset(SendState) - {SendState.SENT},
}
ERROR_CHARS = 500
BATCH = 500  # values in one query: a hostile References header has thousands


class Outbox(Page):
    """The letters of one transaction. Calls that move a letter answer False where `MOVES` does not allow it."""

    def put(
        self, letter: Letter, *, message_id: str, content_sha256: str, now: datetime, hold_until: datetime | None = None
    ) -> bool:
        """Owes a letter whose bytes are in the archive. False: its key has been seen, nothing changes.

        `message_id` is ours, without angle brackets. StorageConflict when another letter has it.
        """
        if self._session.exec(select(LetterRow.id).where(LetterRow.key == letter.key)).first() is not None:
            return False
        row = LetterRow(
            key=letter.key,
            message_id=message_id,
            kind=letter.kind,
            subject=letter.subject,
            content_sha256=content_sha256,
            campaign=letter.campaign,
            answers=letter.answers,
            created_at=now,
            hold_until=hold_until,
        )
        self._session.add(row)
        self._session.flush()
        number = key_of(row.id)
        for position, address in enumerate(letter.to, start=1):
            self._session.add(LetterAddressRow(letter=number, position=position, address=address.lower()))
        for position, unit in enumerate(dict.fromkeys(letter.about), start=1):
            self._session.add(LetterUnitRow(letter=number, position=position, unit=unit))
        self._session.flush()
        return True

    def due(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """Letters to send now, at most `limit`: answers before everything else, then the oldest first."""
        mass = case((LetterRow.answers == "", 1), else_=0)
        found = (
            select(LetterRow)
            .where(col(LetterRow.state).in_(UNSENT))
            .where(or_(col(LetterRow.next_at).is_(None), col(LetterRow.next_at) <= now))
            .where(or_(col(LetterRow.hold_until).is_(None), col(LetterRow.hold_until) <= now))
            .order_by(mass, col(LetterRow.id))
            .limit(limit)
        )
        return self._nouns(self._session.exec(found).all())

    def claim(self, letter_id: int, now: datetime) -> Outgoing | None:
        """Takes a letter for sending and counts the attempt; None when somebody else has it. Commit, then send."""
        found = select(LetterRow).where(LetterRow.id == letter_id).with_for_update(skip_locked=True)
        row = self._session.exec(found).first()
        if row is None or not _move(row, SendState.SENDING, claimed_at=now, attempts=row.attempts + 1):
            return None
        return self._nouns([row])[0]

    def reclaim(self, claimed_before: datetime) -> int:
        """At start: letters that a crash left half sent are owed again, with the same Message-ID. Gives how many."""
        found = select(LetterRow).where(LetterRow.state == SendState.SENDING)
        rows = self._session.exec(found.where(col(LetterRow.claimed_at) < claimed_before)).all()
        for row in rows:
            row.state = SendState.WAITING
        return len(rows)

    def mark_sent(self, letter_id: int, at: datetime, not_taken: str = "") -> bool:
        """It went out. `not_taken`: recipients who were refused beside it and why; of them staff are to be told."""
        row = self._row(letter_id)
        return _move(row, SendState.SENT, sent_at=at, last_error=not_taken[:ERROR_CHARS], reported=False)

    def defer(self, letter_id: int, error: str, next_at: datetime) -> bool:
        """A passing failure: to be tried again at `next_at`."""
        return _move(self._row(letter_id), SendState.DEFERRED, last_error=error[:ERROR_CHARS], next_at=next_at)

    def give_up(self, letter_id: int, error: str) -> bool:
        """A failure for good: staff are to be told (`failed_unreported`)."""
        return _move(self._row(letter_id), SendState.FAILED, last_error=error[:ERROR_CHARS], reported=False)

    def cancel(self, letter_id: int) -> bool:
        """It is not to go out. False while it is being sent, or when it went out."""
        return _move(self._row(letter_id), SendState.CANCELLED)

    def retry(self, letter_id: int) -> bool:
        """A letter that was put off, given up or cancelled is owed at once, with its attempts forgotten."""
        return _move(self._row(letter_id), SendState.WAITING, next_at=None, hold_until=None, attempts=0)

    def hold(self, prefix: str, until: datetime) -> int:
        """Holds back the unsent letters whose key begins so (`UNTIL_RELEASED`: until somebody says yes)."""
        return self._set_hold(prefix, until)

    def release(self, prefix: str) -> int:
        """Lets go what `hold` held back. Both give the number of letters."""
        return self._set_hold(prefix, None)

    def letter(self, letter_id: int) -> Outgoing:
        """KeyError when there is none."""
        return self._nouns([self._row(letter_id)])[0]

    def by_message_id(self, ids: Iterable[str]) -> Outgoing | None:
        """The newest of our letters among these Message-IDs (In-Reply-To, References; without angle brackets)."""
        wanted = list(ids)
        rows: list[LetterRow] = []
        for start in range(0, len(wanted), BATCH):
            found = select(LetterRow).where(col(LetterRow.message_id).in_(wanted[start : start + BATCH]))
            rows.extend(self._session.exec(found))
        return self._nouns([max(rows, key=lambda row: key_of(row.id))])[0] if rows else None

    def keys(self, prefix: str) -> frozenset[str]:
        """Keys seen so far that begin so, whatever became of the letters."""
        return frozenset(self._session.exec(select(LetterRow.key).where(_begins(prefix))))

    def listing(self, states: Iterable[SendState] = tuple(SendState)) -> tuple[Outgoing, ...]:
        """Letters in these states, oldest first."""
        found = select(LetterRow).where(col(LetterRow.state).in_(tuple(states))).order_by(col(LetterRow.id))
        return self._nouns(self._session.exec(found).all())

    def sent_since(self, time: datetime) -> int:
        found = select(func.count()).select_from(LetterRow).where(col(LetterRow.sent_at) >= time)
        return self._session.exec(found).one()

    def answered_to(self, address: str, since: datetime) -> int:
        """Answers written to this address since then, sent or still owed; cancelled ones do not count."""
        found = select(func.count()).select_from(LetterRow).join(LetterAddressRow)
        return self._session.exec(found.where(LetterAddressRow.address == address.lower(), *_answers(since))).one()

    def answered_since(self, time: datetime) -> int:
        """The same to all addresses together."""
        return self._session.exec(select(func.count()).select_from(LetterRow).where(*_answers(time))).one()

    def failed_unreported(self) -> tuple[Outgoing, ...]:
        """Letters that did not reach all of their recipients, of which staff have not been told: given up, or sent
        with some of them refused (`last_error`)."""
        lost = or_(
            LetterRow.state == SendState.FAILED, and_(LetterRow.state == SendState.SENT, LetterRow.last_error != "")
        )
        found = select(LetterRow).where(lost, col(LetterRow.reported).is_(False))
        return self._nouns(self._session.exec(found.order_by(col(LetterRow.id))).all())

    def mark_reported(self, letter_ids: Iterable[int]) -> None:
        for letter_id in letter_ids:
            self._row(letter_id).reported = True

    def _row(self, letter_id: int) -> LetterRow:
        row = self._session.get(LetterRow, letter_id)
        if row is None:
            raise KeyError(letter_id)
        return row

    def _set_hold(self, prefix: str, until: datetime | None) -> int:
        rows = self._session.exec(select(LetterRow).where(_begins(prefix), col(LetterRow.state).in_(UNSENT))).all()
        for row in rows:
            row.hold_until = until
        return len(rows)

    def _nouns(self, rows: Sequence[LetterRow]) -> tuple[Outgoing, ...]:
        """With recipients and units, in two queries for every `BATCH` letters."""
        to: defaultdict[int, list[str]] = defaultdict(list)
        about: defaultdict[int, list[str]] = defaultdict(list)
        numbers = [key_of(row.id) for row in rows]
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            addresses = select(LetterAddressRow).where(col(LetterAddressRow.letter).in_(batch))
            for recipient in self._session.exec(addresses.order_by(col(LetterAddressRow.position))):
                to[recipient.letter].append(recipient.address)
            units = select(LetterUnitRow).where(col(LetterUnitRow.letter).in_(batch))
            for unit in self._session.exec(units.order_by(col(LetterUnitRow.position))):
                about[unit.letter].append(unit.unit)
        return tuple(outgoing_of(row, to[key_of(row.id)], about[key_of(row.id)]) for row in rows)


def _move(row: LetterRow, state: SendState, **facts: Any) -> bool:
    if row.state not in MOVES[state]:
        return False
    row.state = state
    for name, value in facts.items():
        setattr(row, name, value)
    return True


def _begins(prefix: str) -> Any:
    """The key begins with `prefix`, to the letter: SQLite's LIKE takes A for a."""
    return func.substr(LetterRow.key, 1, len(clean(prefix))) == prefix


def _answers(since: datetime) -> tuple[Any, ...]:
    return LetterRow.answers != "", LetterRow.created_at >= since, LetterRow.state != SendState.CANCELLED
