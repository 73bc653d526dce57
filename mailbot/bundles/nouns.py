"""What an opened bundle gives."""

from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """Why a bundle, or one member of it, gave nothing."""

    BROKEN = "broken"
    LOCKED = "locked"
    LINK = "link"
    BOMB = "bomb"
    TOO_BIG = "too big"
    VOLUME = "volume"
    NO_TOOL = "no tool"


@dataclass(frozen=True, slots=True)
class Inner:
    """A member: its path as the bundle has it ("/" between folders, never used as a path), its bytes or why not."""

    path: str
    content: bytes = field(default=b"", repr=False)
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The members in order. `fault`: the bundle as a whole could not be opened. `author`: From of an Outlook mail."""

    members: tuple[Inner, ...] = ()
    fault: Fault | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """Octets that one member, and all members of a bundle together, may have when unpacked; how many members."""

    member: int
    total: int
    members: int
