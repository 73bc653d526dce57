"""Mail as it arrives, and the files in it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322: decoded display name and addr-spec in lower case ("" when there is none)."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True)
class File:
    """A file that came with a mail. `name` is decoded and shown to people, never used as a path.

    `via` names the containers it came out of, outermost first: ("材料.zip",) or ("转发.eml", "材料.zip").
    `author` is the From address of an attached mail that it came in: a clue to whose it is, evidence of nothing.
    """

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"
    inline: bool = False
    via: tuple[str, ...] = ()
    author: str = ""

    @property
    def size(self) -> int:
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Refused:
    """A part or member that was not opened or not used, and why in plain Chinese (it is named in the answer)."""

    name: str
    reason: str
    via: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mail:
    """One message, decoded as far as it can be. Made by `mailbot.parse`, which never raises.

    `text` is what a reader sees (plain part, else HTML as text), quotation included; `headers` are all of the
    top-level ones, decoded, names in lower case, in order. `message_id`, `in_reply_to` and `references` carry no
    angle brackets. `date` is the sender's Date header: never the time of record. `links` are the web addresses that
    an HTML body links to.
    """

    message_id: str
    sender: Address
    subject: str
    text: str = field(default="", repr=False)
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    date: datetime | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    content_type: str = "text/plain"
    files: tuple[File, ...] = ()
    defects: tuple[str, ...] = ()
    size: int = 0
    sha256: str = ""
    links: tuple[str, ...] = field(default=(), repr=False)

    def header(self, name: str) -> str | None:
        """The first header of that name (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)

    @property
    def answers(self) -> frozenset[str]:
        """Message-IDs that this mail says it replies to (In-Reply-To and References)."""
        return frozenset(self.in_reply_to) | frozenset(self.references)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where and when a server showed a mail. `received_at` (INTERNALDATE, aware, UTC) is the time of record."""

    account: str
    folder: str
    uidvalidity: int
    uid: int
    received_at: datetime


class Outcome(StrEnum):
    """What became of a mail; every mail the server showed has exactly one (`mailbox` of `status --json`)."""

    FILED = "filed"
    ORDER = "order"
    AUTOMATIC = "automatic"
    OWN = "own"
    NOT_OURS = "not_ours"
    SET_ASIDE = "set_aside"
    DUPLICATE = "duplicate"
