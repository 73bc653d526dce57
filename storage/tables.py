"""The tables: records with keys and constraints. They never leave `storage`; outside there are only nouns."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    UniqueConstraint,
    func,
)
from sqlmodel import Field, SQLModel

from rules.model import Kind, LetterKind, Outcome, State
from storage.columns import CleanText, UtcTime, words
from storage.nouns import SendState

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
NOW = {"server_default": func.current_timestamp()}  # the database's own clock: for people to read, decides nothing


class Record(SQLModel):
    """A row. With `table=True` SQLModel validates nothing: only `storage` makes them, out of nouns."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class UnitRow(Record, table=True):
    """A row of the roster."""

    __tablename__ = "unit"
    # Deferred: a roster may name a 总支 below its branches, and is replaced as a whole.
    __table_args__ = (
        ForeignKeyConstraint(["parent"], ["unit.code"], deferrable=True, initially="DEFERRED"),
        UniqueConstraint("position"),
    )
    code: str = Field(primary_key=True, sa_type=CleanText)
    position: int
    name: str = Field(sa_type=CleanText)
    kind: Kind = Field(sa_type=words(Kind, "kind"))
    parent: str | None = Field(default=None, sa_type=CleanText)
    aliases: list[str] = Field(sa_type=JSON)
    addresses: list[str] = Field(sa_type=JSON)
    contact: str = Field(default="", sa_type=CleanText)
    phone: str = Field(default="", sa_type=CleanText)
    exempt: bool = False
    note: str = Field(default="", sa_type=CleanText)


class SettingRow(Record, table=True):
    """A small fact by its name."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True, sa_type=CleanText)
    value: str = Field(sa_type=CleanText)


class CursorRow(Record, table=True):
    """How far a folder has been read."""

    __tablename__ = "cursor"
    account: str = Field(primary_key=True, sa_type=CleanText)
    folder: str = Field(primary_key=True, sa_type=CleanText)
    uidvalidity: int = Field(sa_type=BigInteger)
    last_uid: int = Field(sa_type=BigInteger)


class MailRow(Record, table=True):
    """A mail that was looked at, and what became of it."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("account", "folder", "uidvalidity", "uid"),
        Index(None, "message_id", "sha256"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size >= 0 AND files >= 0", name="sizes"),
        Index(None, "account", "moved"),
    )
    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(sa_type=CleanText)
    folder: str = Field(sa_type=CleanText)
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    message_id: str = Field(sa_type=CleanText)
    sha256: str = Field(sa_type=CleanText)
    size: int = Field(sa_type=BigInteger)
    received_at: datetime = Field(sa_type=UtcTime, index=True)
    sender: str = Field(sa_type=CleanText)
    subject: str = Field(sa_type=CleanText)
    outcome: Outcome = Field(sa_type=words(Outcome, "outcome"))
    reason: str = Field(default="", sa_type=CleanText)
    campaign: str = Field(default="", sa_type=CleanText)
    files: int = 0
    recorded_at: datetime | None = Field(default=None, sa_type=UtcTime, nullable=False, sa_column_kwargs=NOW)
    move_to: str = Field(default="", sa_type=CleanText)
    moved: bool = True


class TroubleRow(Record, table=True):
    """A mail that failed with an unknown error."""

    __tablename__ = "trouble"
    __table_args__ = (CheckConstraint("attempts >= 1", name="attempts"),)
    account: str = Field(primary_key=True, sa_type=CleanText)
    folder: str = Field(primary_key=True, sa_type=CleanText)
    uidvalidity: int = Field(primary_key=True, sa_type=BigInteger)
    uid: int = Field(primary_key=True, sa_type=BigInteger)
    received_at: datetime = Field(sa_type=UtcTime)
    attempts: int = 1
    next_at: datetime = Field(sa_type=UtcTime)
    error: str = Field(default="", sa_type=CleanText)
    sender: str = Field(default="", sa_type=CleanText, sa_column_kwargs={"server_default": ""})


class StandingRow(Record, table=True):
    """Where a unit stands with a deliverable. The unit is a word, no foreign key: a new roster loses no receipt."""

    __tablename__ = "standing"
    __table_args__ = (
        UniqueConstraint("campaign", "unit", "deliverable"),
        CheckConstraint("current_version >= 0 AND copies >= 0", name="counts"),
    )
    id: int | None = Field(default=None, primary_key=True)
    campaign: str = Field(sa_type=CleanText)
    unit: str = Field(sa_type=CleanText)
    deliverable: str = Field(sa_type=CleanText)
    state: State = Field(default=State.MISSING, sa_type=words(State, "state"))
    current_version: int = 0
    completed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    extended_to: datetime | None = Field(default=None, sa_type=UtcTime)
    copies: int = 0
    note: str = Field(default="", sa_type=CleanText)


class ReceiptRow(Record, table=True):
    """A version of a report that arrived."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("standing", "version"),
        UniqueConstraint("standing", "sha256"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )
    id: int | None = Field(default=None, primary_key=True)
    standing: int = Field(foreign_key="standing.id")
    version: int
    name: str = Field(sa_type=CleanText)
    sha256: str = Field(sa_type=CleanText)
    size: int = Field(sa_type=BigInteger)
    received_at: datetime = Field(sa_type=UtcTime)
    sender: str = Field(sa_type=CleanText)
    mail: int = Field(foreign_key="mail.id", index=True)
    examination: dict[str, Any] = Field(sa_type=JSON)
    identification: dict[str, Any] = Field(sa_type=JSON)
    path: str = Field(default="", sa_type=CleanText)
    decision: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))


class TextPrintRow(Record, table=True):
    """The fingerprint of the text of one file: hashes of its shingles, eight bytes each, sorted."""

    __tablename__ = "text_print"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("characters >= 0", name="characters"),
    )
    sha256: str = Field(primary_key=True, sa_type=CleanText)
    characters: int
    hashes: bytes = Field(sa_type=LargeBinary)


class CaseRow(Record, table=True):
    """Something that needs a person; open while `closed_at` is empty. (`case` is a word of SQL.)"""

    __tablename__ = "cases"
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(sa_type=CleanText)
    subject: str = Field(sa_type=CleanText)
    sender: str = Field(sa_type=CleanText)
    received_at: datetime = Field(sa_type=UtcTime)
    detail: str = Field(sa_type=CleanText)
    mail: int | None = Field(default=None, foreign_key="mail.id", index=True)
    campaign: str = Field(default="", sa_type=CleanText)
    units: list[str] = Field(sa_type=JSON)
    sha256: str = Field(default="", sa_type=CleanText)
    opened_at: datetime | None = Field(default=None, sa_type=UtcTime, nullable=False, sa_column_kwargs=NOW)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)


class LetterRow(Record, table=True):
    """A letter of the outbox."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("message_id"),
        Index(None, "state", "next_at"),
        CheckConstraint("length(content_sha256) = 64", name="content_sha256"),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name="sent_at"),
        CheckConstraint("state <> 'sending' OR claimed_at IS NOT NULL", name="claimed_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=CleanText)
    message_id: str = Field(sa_type=CleanText)
    kind: LetterKind = Field(sa_type=words(LetterKind, "kind"))
    subject: str = Field(sa_type=CleanText)
    content_sha256: str = Field(sa_type=CleanText)
    campaign: str = Field(default="", sa_type=CleanText)
    answers: str = Field(default="", sa_type=CleanText)
    created_at: datetime = Field(sa_type=UtcTime, index=True)
    state: SendState = Field(default=SendState.WAITING, sa_type=words(SendState, "state"))
    attempts: int = 0
    next_at: datetime | None = Field(default=None, sa_type=UtcTime)
    hold_until: datetime | None = Field(default=None, sa_type=UtcTime)
    last_error: str = Field(default="", sa_type=CleanText)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    reported: bool = False


class LetterAddressRow(Record, table=True):
    """A recipient of a letter."""

    __tablename__ = "letter_address"
    letter: int = Field(primary_key=True, foreign_key="letter.id")
    position: int = Field(primary_key=True)
    address: str = Field(sa_type=CleanText, index=True)


class LetterUnitRow(Record, table=True):
    """A unit that a letter asks for something: it counts as reminded once the letter is sent."""

    __tablename__ = "letter_unit"
    __table_args__ = (UniqueConstraint("letter", "unit"),)
    letter: int = Field(primary_key=True, foreign_key="letter.id")
    position: int = Field(primary_key=True)
    unit: str = Field(sa_type=CleanText, index=True)
