"""The mails that were looked at, how far the folders are read, and the mails that failed."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import and_, exists, not_
from sqlmodel import col, delete, func, select

from rules.model import Arrival, LogEntry, MailboxCounts, Outcome
from storage.nouns import Cursor, MailFacts, Trouble, Unmoved
from storage.page import Page
from storage.records import arrival_of, key_of, log_entry, trouble_of
from storage.tables import CursorRow, MailRow, TroubleRow

# Which sum of `status --json` an outcome belongs to.
SUMS = {
    Outcome.FILED: "filed",
    Outcome.ORDER: "orders",
    Outcome.AUTOMATIC: "automatic",
    Outcome.OWN: "own",
    Outcome.NOT_OURS: "not_ours",
    Outcome.SET_ASIDE: "set_aside",
    Outcome.DUPLICATE: "duplicate",
}
ERROR_CHARS = 500
NAMESAKES = 20
STAMPS = 8192  # bytes by which two deliveries of one mail may differ: what the servers on its way write above it


class Mails(Page):
    """A mail is known by (account, folder, UIDVALIDITY, UID), and by Message-ID with the hash of its bytes."""

    def cursor(self, account: str, folder: str) -> Cursor | None:
        row = self._session.get(CursorRow, (account, folder))
        return None if row is None else Cursor(row.uidvalidity, row.last_uid)

    def set_cursor(self, account: str, folder: str, uidvalidity: int, last_uid: int) -> None:
        """Under a new UIDVALIDITY the old numbers mean nothing: troubles under them are dropped, to be met anew."""
        self._session.merge(CursorRow(account=account, folder=folder, uidvalidity=uidvalidity, last_uid=last_uid))
        here = and_(col(TroubleRow.account) == account, col(TroubleRow.folder) == folder)
        self._session.exec(delete(TroubleRow).where(here, col(TroubleRow.uidvalidity) != uidvalidity))

    def mail_at(self, account: str, folder: str, uidvalidity: int, uid: int) -> int | None:
        """The mail that was recorded from this place."""
        found = select(MailRow.id).where(
            MailRow.account == account,
            MailRow.folder == folder,
            MailRow.uidvalidity == uidvalidity,
            MailRow.uid == uid,
        )
        return self._session.exec(found).first()

    def same_mail(self, message_id: str, sha256: str) -> int | None:
        """The first mail with this Message-ID and these bytes, from whatever place."""
        found = select(MailRow.id).where(MailRow.message_id == message_id, MailRow.sha256 == sha256)
        return self._session.exec(found.order_by(col(MailRow.id)).limit(1)).first()

    def namesakes(self, message_id: str, sender: str, size: int) -> tuple[LogEntry, ...]:
        """The first mails of this sender with this Message-ID and about this size; none for an empty Message-ID."""
        if not message_id:
            return ()
        found = select(MailRow).where(MailRow.message_id == message_id, MailRow.sender == sender)
        found = found.where(func.abs(col(MailRow.size) - size) <= STAMPS).order_by(col(MailRow.id)).limit(NAMESAKES)
        return tuple(log_entry(row) for row in self._session.exec(found))

    def home(self, mail_id: int) -> str:
        """The folder that this mail was to be moved to; "" when it stays where it is. KeyError when there is none."""
        return self._mail_row(mail_id).move_to

    def add_mail(
        self,
        arrival: Arrival,
        facts: MailFacts,
        outcome: Outcome,
        reason: str = "",
        campaign: str = "",
        move_to: str = "",
    ) -> int:
        """Records a mail, and ends its trouble if it had any. `move_to`: the folder that it has still to go to."""
        row = MailRow(
            account=arrival.account,
            folder=arrival.folder,
            uidvalidity=arrival.uidvalidity,
            uid=arrival.uid,
            received_at=arrival.received_at,
            message_id=facts.message_id,
            sha256=facts.sha256,
            size=facts.size,
            sender=facts.sender,
            subject=facts.subject,
            files=facts.files,
            outcome=outcome,
            reason=reason,
            campaign=campaign,
            move_to=move_to,
            moved=not move_to,
        )
        self._session.add(row)
        self._session.flush()
        self.clear_trouble(arrival)
        return key_of(row.id)

    def settle_mail(self, mail_id: int, outcome: Outcome, reason: str, campaign: str | None = None) -> None:
        """Changes what became of a mail, once a person has answered; `campaign` None leaves that as it was."""
        row = self._mail_row(mail_id)
        row.outcome, row.reason = outcome, reason
        if campaign is not None:
            row.campaign = campaign

    def mail(self, mail_id: int) -> LogEntry:
        """KeyError when there is none."""
        return log_entry(self._mail_row(mail_id))

    def arrival(self, mail_id: int) -> Arrival:
        """Where and when the server showed it; KeyError when there is none."""
        return arrival_of(self._mail_row(mail_id))

    def message_id(self, mail_id: int) -> str:
        """KeyError when there is none."""
        return self._mail_row(mail_id).message_id

    def mail_log(self, campaign: str | None, outcome: Outcome | None = None) -> tuple[LogEntry, ...]:
        """The 收件日志 in order of arrival; None: of every campaign and of none, of every outcome."""
        found = select(MailRow).order_by(col(MailRow.received_at), col(MailRow.id))
        if campaign is not None:
            found = found.where(MailRow.campaign == campaign)
        if outcome is not None:
            found = found.where(MailRow.outcome == outcome)
        return tuple(log_entry(row) for row in self._session.exec(found))

    def mailbox_counts(self) -> MailboxCounts:
        """Every mail once; one that is still in trouble counts as set aside."""
        counted = dict.fromkeys(SUMS.values(), 0)
        for outcome, count in self._session.exec(select(MailRow.outcome, func.count()).group_by(MailRow.outcome)):
            counted[SUMS[Outcome(outcome)]] += count
        recorded = exists().where(
            col(MailRow.account) == TroubleRow.account,
            col(MailRow.folder) == TroubleRow.folder,
            col(MailRow.uidvalidity) == TroubleRow.uidvalidity,
            col(MailRow.uid) == TroubleRow.uid,
        )
        in_trouble = select(func.count()).select_from(TroubleRow).where(not_(recorded))
        counted["set_aside"] += self._session.exec(in_trouble).one()
        return MailboxCounts(**counted)

    def unmoved(self, account: str) -> tuple[Unmoved, ...]:
        """Recorded mails that the server has still to move, oldest first."""
        found = select(MailRow).where(MailRow.account == account, col(MailRow.moved).is_(False))
        return tuple(
            Unmoved(key_of(row.id), row.folder, row.uidvalidity, row.uid, row.move_to)
            for row in self._session.exec(found.order_by(col(MailRow.id)))
        )

    def mark_moved(self, mail_id: int) -> None:
        self._mail_row(mail_id).moved = True

    def trouble(self, arrival: Arrival) -> Trouble | None:
        row = self._session.get(TroubleRow, _place(arrival))
        return None if row is None else trouble_of(row)

    def add_trouble(self, arrival: Arrival, error: str, next_at: datetime, sender: str = "") -> Trouble:
        """One more failure of this mail; `attempts` says how many there were."""
        row = self._session.get(TroubleRow, _place(arrival))
        if row is None:
            row = TroubleRow(**asdict(arrival), attempts=0, next_at=next_at)
            self._session.add(row)
        row.attempts += 1
        row.next_at, row.error, row.sender = next_at, error[:ERROR_CHARS], sender
        self._session.flush()
        return trouble_of(row)

    def due_troubles(self, account: str, folder: str, now: datetime) -> tuple[Trouble, ...]:
        """Mails of a folder that are to be tried again, the longest waiting first."""
        found = select(TroubleRow).where(
            TroubleRow.account == account, TroubleRow.folder == folder, TroubleRow.next_at <= now
        )
        return tuple(trouble_of(row) for row in self._session.exec(found.order_by(col(TroubleRow.next_at))))

    def troubles(self) -> tuple[Trouble, ...]:
        """All of them, of all accounts."""
        found = select(TroubleRow).order_by(col(TroubleRow.received_at), col(TroubleRow.uid))
        return tuple(trouble_of(row) for row in self._session.exec(found))

    def clear_trouble(self, arrival: Arrival) -> None:
        row = self._session.get(TroubleRow, _place(arrival))
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def _mail_row(self, mail_id: int) -> MailRow:
        row = self._session.get(MailRow, mail_id)
        if row is None:
            raise KeyError(mail_id)
        return row


def _place(arrival: Arrival) -> tuple[str, str, int, int]:
    return arrival.account, arrival.folder, arrival.uidvalidity, arrival.uid
