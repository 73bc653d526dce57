"""What is to be said."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Department:
    """Who signs: name, the From address, staff addresses (lower case) and the contact line at the foot."""

    name: str
    address: str
    staff: tuple[str, ...] = ()
    contact: str = ""


class LetterKind(StrEnum):
    """Which letter; each has a template of that name in `mailbot/letters/`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    PRELIMINARY = "preliminary"
    OVERSIZE = "oversize"
    REVIEW_REQUEST = "review_request"
    DECISION = "decision"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    ANNOUNCEMENT = "announcement"
    PHONE_LIST = "phone_list"
    DAILY = "daily"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes out with a letter: the name people see, its MIME type and its bytes."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said, to whom, and why only once (`key`). `facts` is what the template of `kind` is filled with.

    `about` are codes of the units that it asks for something (they count as reminded). `answers` is the Message-ID it
    replies to, `thread` that mail's References. `automatic` is the value of Auto-Submitted (RFC 3834).
    """

    key: str
    kind: LetterKind
    to: tuple[str, ...]
    subject: str
    facts: object
    campaign: str = ""
    about: tuple[str, ...] = ()
    answers: str = ""
    thread: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    automatic: str = "auto-replied"
