"""Where every unit stands, and every version that it sent."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select

from rules.model import LetterKind, Receipt, Standing
from storage.nouns import SendState
from storage.page import Page
from storage.records import decision_json, examination_json, identification_json, key_of, standing_of
from storage.tables import LetterRow, LetterUnitRow, ReceiptRow, StandingRow

# Letters that count as 催报.
REMINDING = (LetterKind.REMINDER, LetterKind.OVERDUE)
NEVER: tuple[int, datetime | None] = (0, None)


class StandingTable(dict[tuple[str, str], Standing]):
    """(unit, deliverable) → Standing. `table[unit, deliverable]` knows every pair: what was never touched is MISSING,
    with the letters that asked for it counted. `in`, `len` and iteration see only what is stored.
    """

    def __init__(self, stored: Sequence[Standing], reminders: dict[str, tuple[int, datetime | None]]) -> None:
        super().__init__(((standing.unit, standing.deliverable), standing) for standing in stored)
        self._reminders = reminders

    def __missing__(self, key: tuple[str, str]) -> Standing:
        reminded, at = self._reminders.get(key[0], NEVER)
        return Standing(*key, reminded=reminded, reminded_at=at)


class Standings(Page):
    """Receipts are only ever added; none is changed but in what was read out of it and decided of it, none is lost."""

    def standing(self, campaign: str, unit: str, deliverable: str) -> Standing:
        """MISSING when nothing is known of it."""
        row = self._standing_row(campaign, unit, deliverable)
        reminded, at = self.reminders(campaign, unit).get(unit, NEVER)
        if row is None:
            return Standing(unit, deliverable, reminded=reminded, reminded_at=at)
        return standing_of(row, self._receipts(row), reminded, at)

    def standings(self, campaign: str) -> StandingTable:
        """All of a campaign in three queries; ask it by [unit, deliverable]."""
        reminders = self.reminders(campaign)
        receipts: defaultdict[int, list[ReceiptRow]] = defaultdict(list)
        of_campaign = select(ReceiptRow).join(StandingRow).where(StandingRow.campaign == campaign)
        for receipt in self._session.exec(of_campaign.order_by(col(ReceiptRow.version))):
            receipts[receipt.standing].append(receipt)
        rows = self._session.exec(select(StandingRow).where(StandingRow.campaign == campaign))
        stored = [standing_of(row, receipts[key_of(row.id)], *reminders.get(row.unit, NEVER)) for row in rows]
        return StandingTable(stored, reminders)

    def reminders(self, campaign: str, unit: str | None = None) -> dict[str, tuple[int, datetime | None]]:
        """Unit → (letters sent that asked it for something, when the last of them went out)."""
        found = (
            select(LetterUnitRow.unit, func.count(), func.max(LetterRow.sent_at))
            .join(LetterRow, col(LetterRow.id) == col(LetterUnitRow.letter))
            .where(LetterRow.campaign == campaign, LetterRow.state == SendState.SENT)
            .where(col(LetterRow.kind).in_(REMINDING))
            .group_by(LetterUnitRow.unit)
        )
        if unit is not None:
            found = found.where(LetterUnitRow.unit == unit)
        return {code: (count, at) for code, count, at in self._session.exec(found)}

    def save_standing(self, campaign: str, standing: Standing) -> None:
        """Writes the state, adds new versions, and renews what was read out of the old ones.

        ValueError when a version would get other bytes: what arrived is never rewritten.
        """
        row = self._standing_row(campaign, standing.unit, standing.deliverable)
        if row is None:
            row = StandingRow(campaign=campaign, unit=standing.unit, deliverable=standing.deliverable)
            self._session.add(row)
        row.state, row.current_version, row.note = standing.state, standing.current, standing.note
        row.completed_at, row.extended_to, row.copies = standing.completed_at, standing.extended_to, standing.copies
        self._session.flush()
        known = {stored.version: stored for stored in self._receipts(row)}
        for receipt in standing.receipts:
            if receipt.version in known:
                _renew(known[receipt.version], receipt)
            else:
                self._session.add(_receipt_row(key_of(row.id), receipt))
        self._session.flush()

    def _standing_row(self, campaign: str, unit: str, deliverable: str) -> StandingRow | None:
        found = select(StandingRow).where(
            StandingRow.campaign == campaign, StandingRow.unit == unit, StandingRow.deliverable == deliverable
        )
        return self._session.exec(found).first()

    def _receipts(self, row: StandingRow) -> Sequence[ReceiptRow]:
        found = select(ReceiptRow).where(ReceiptRow.standing == row.id).order_by(col(ReceiptRow.version))
        return self._session.exec(found).all()


def _renew(row: ReceiptRow, receipt: Receipt) -> None:
    if row.sha256 != receipt.sha256:
        raise ValueError(f"version {receipt.version} is {row.sha256[:12]}, not {receipt.sha256[:12]}")
    row.examination = examination_json(receipt.examination)
    row.identification = identification_json(receipt.identification)
    row.path = receipt.path
    row.decision = decision_json(receipt.decision)


def _receipt_row(standing: int, receipt: Receipt) -> ReceiptRow:
    return ReceiptRow(
        standing=standing,
        version=receipt.version,
        name=receipt.name,
        sha256=receipt.sha256,
        size=receipt.size,
        received_at=receipt.received_at,
        sender=receipt.sender,
        mail=receipt.mail,
        examination=examination_json(receipt.examination),
        identification=identification_json(receipt.identification),
        path=receipt.path,
        decision=decision_json(receipt.decision),
    )
