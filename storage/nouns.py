"""The nouns that only storage and its callers need; those of a unit's standing live in `rules.model`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from rules.model import Arrival, LetterKind

# "Hold it until somebody says yes": later than any clock.
UNTIL_RELEASED = datetime(9999, 1, 1, tzinfo=UTC)


class SendState(StrEnum):
    """Where a letter of the outbox stands. `sending` left over after a crash: nobody knows whether it went out."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder has been read: everything up to `last_uid` under this UIDVALIDITY (RFC 3501) was looked at."""

    uidvalidity: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What the ledger keeps of a mail beside its arrival. `sender` is the address; `files` counts attachments."""

    message_id: str
    sha256: str
    size: int
    sender: str = ""
    subject: str = ""
    files: int = 0


@dataclass(frozen=True, slots=True)
class Unmoved:
    """A recorded mail that the server has still to move to `move_to`."""

    mail: int
    folder: str
    uidvalidity: int
    uid: int
    move_to: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mail that failed with an unknown error, and is to be tried again at `next_at`. `sender`: as its header says."""

    arrival: Arrival
    attempts: int
    next_at: datetime
    error: str
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter in the outbox. `content_sha256` finds its exact bytes in the archive; `attempts` counts claims."""

    id: int
    key: str
    message_id: str
    kind: LetterKind
    recipients: tuple[str, ...]
    subject: str
    content_sha256: str
    created_at: datetime
    campaign: str = ""
    about: tuple[str, ...] = ()
    answers: str = ""
    state: SendState = SendState.WAITING
    attempts: int = 0
    next_at: datetime | None = None
    hold_until: datetime | None = None
    last_error: str = ""
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
