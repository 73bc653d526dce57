"""Rows to nouns and back. Nothing here asks the database."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from rules.model import Arrival, Case, Decision, Examination, Identification, LogEntry, Receipt, Standing, Unit
from storage.columns import clean
from storage.nouns import Outgoing, Trouble
from storage.tables import CaseRow, LetterRow, MailRow, ReceiptRow, StandingRow, TroubleRow, UnitRow

_EXAMINATION = TypeAdapter(Examination)
_IDENTIFICATION = TypeAdapter(Identification)
_DECISION = TypeAdapter(Decision)


def examination_json(examination: Examination) -> dict[str, Any]:
    """What JSON can hold of it; `examination_of` gives the equal noun back."""
    return {key: _plain(value) for key, value in asdict(examination).items()}


def examination_of(stored: Mapping[str, Any]) -> Examination:
    """Fields that an older version did not write have their defaults; those of a newer one are left out."""
    return _EXAMINATION.validate_python(dict(stored))


def identification_json(identification: Identification) -> dict[str, Any]:
    return {key: _plain(value) for key, value in asdict(identification).items()}


def identification_of(stored: Mapping[str, Any]) -> Identification:
    return _IDENTIFICATION.validate_python(dict(stored))


def decision_json(decision: Decision | None) -> dict[str, Any] | None:
    return None if decision is None else {key: _plain(value) for key, value in asdict(decision).items()}


def decision_of(stored: Mapping[str, Any] | None) -> Decision | None:
    return None if stored is None else _DECISION.validate_python(dict(stored))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return clean(str(value))
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    return value


def key_of(number: int | None) -> int:
    """The primary key of a row that has been flushed."""
    if number is None:
        raise AssertionError("this row has not been written yet")
    return number


def unit_of(row: UnitRow) -> Unit:
    return Unit(
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent=row.parent,
        aliases=tuple(row.aliases),
        addresses=tuple(row.addresses),
        contact=row.contact,
        phone=row.phone,
        exempt=row.exempt,
        note=row.note,
    )


def unit_row(unit: Unit, position: int) -> UnitRow:
    return UnitRow(
        code=unit.code,
        position=position,
        name=unit.name,
        kind=unit.kind,
        parent=unit.parent,
        aliases=[clean(alias) for alias in unit.aliases],
        addresses=[clean(address) for address in unit.addresses],
        contact=unit.contact,
        phone=unit.phone,
        exempt=unit.exempt,
        note=unit.note,
    )


def log_entry(row: MailRow) -> LogEntry:
    return LogEntry(
        mail=key_of(row.id),
        received_at=row.received_at,
        sender=row.sender,
        subject=row.subject,
        outcome=row.outcome,
        reason=row.reason,
        sha256=row.sha256,
        files=row.files,
    )


def arrival_of(row: MailRow | TroubleRow) -> Arrival:
    return Arrival(row.account, row.folder, row.uidvalidity, row.uid, row.received_at)


def trouble_of(row: TroubleRow) -> Trouble:
    return Trouble(arrival_of(row), row.attempts, row.next_at, row.error, row.sender)


def case_of(row: CaseRow) -> Case:
    return Case(
        id=key_of(row.id),
        kind=row.kind,
        subject=row.subject,
        sender=row.sender,
        received_at=row.received_at,
        detail=row.detail,
        mail=row.mail,
        campaign=row.campaign,
        units=tuple(row.units),
        sha256=row.sha256,
    )


def receipt_of(row: ReceiptRow) -> Receipt:
    return Receipt(
        version=row.version,
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        received_at=row.received_at,
        sender=row.sender,
        mail=row.mail,
        examination=examination_of(row.examination),
        identification=identification_of(row.identification),
        path=row.path,
        decision=decision_of(row.decision),
    )


def standing_of(row: StandingRow, receipts: Sequence[ReceiptRow], reminded: int, at: datetime | None) -> Standing:
    """`receipts` in order of version; `reminded` letters asked for it, the last of them at `at`."""
    return Standing(
        unit=row.unit,
        deliverable=row.deliverable,
        state=row.state,
        receipts=tuple(receipt_of(receipt) for receipt in receipts),
        current=row.current_version,
        completed_at=row.completed_at,
        extended_to=row.extended_to,
        copies=row.copies,
        reminded=reminded,
        reminded_at=at,
        note=row.note,
    )


def outgoing_of(row: LetterRow, recipients: Sequence[str], about: Sequence[str]) -> Outgoing:
    return Outgoing(
        id=key_of(row.id),
        key=row.key,
        message_id=row.message_id,
        kind=row.kind,
        recipients=tuple(recipients),
        subject=row.subject,
        content_sha256=row.content_sha256,
        created_at=row.created_at,
        campaign=row.campaign,
        about=tuple(about),
        answers=row.answers,
        state=row.state,
        attempts=row.attempts,
        next_at=row.next_at,
        hold_until=row.hold_until,
        last_error=row.last_error,
        claimed_at=row.claimed_at,
        sent_at=row.sent_at,
    )
