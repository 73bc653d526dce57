"""What is said about a mailbox: the account, the state of a folder, the envelope of a mail. Plain data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """How to reach a mailbox. `security`: tls, starttls or none. `password` is asked for at each login, never kept."""

    host: str
    port: int
    security: str
    username: str
    password: Callable[[], str] = field(repr=False)
    timeout_seconds: float = 60
    ca_file: Path | None = None

    @property
    def where(self) -> str:
        return f"IMAP {self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class FolderState:
    """A selected folder (RFC 3501, 2.3.1.1): UIDs mean something only together with `uidvalidity`."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """What can be known of a mail without its body.

    `received_at` is INTERNALDATE (aware, UTC), `size` RFC822.SIZE in bytes, `header` the raw header, `file_names` those
    of its parts, decoded. `has_attachment` is True too where the server could not say. `problem` is empty, or says why
    the server did not give the rest.
    """

    uid: int
    received_at: datetime
    size: int
    header: bytes = field(repr=False)
    file_names: tuple[str, ...] = field(default=(), repr=False)
    has_attachment: bool = False
    problem: str = ""


class Client(Protocol):
    """What is used of `imapclient.IMAPClient`, which has no types of its own. `_imap` is its imaplib connection."""

    _imap: Any

    def has_capability(self, capability: str) -> bool: ...
    def list_folders(self, directory: str = "", pattern: str = "*") -> list[tuple[Any, Any, str]]: ...
    def namespace(self) -> Any: ...
    def create_folder(self, folder: str) -> object: ...
    def subscribe_folder(self, folder: str) -> object: ...
    def select_folder(self, folder: str, readonly: bool = False) -> Any: ...
    def search(self, criteria: list[Any]) -> list[int]: ...
    def fetch(self, messages: list[int], data: list[str]) -> dict[int, dict[bytes, Any]]: ...
    def add_flags(self, messages: list[int], flags: list[bytes], silent: bool = False) -> object: ...
    def copy(self, messages: list[int], folder: str) -> object: ...
    def move(self, messages: list[int], folder: str) -> object: ...
    def uid_expunge(self, messages: list[int]) -> object: ...
    def expunge(self) -> object: ...
    def idle(self) -> None: ...
    def idle_check(self, timeout: float | None = None) -> list[tuple[Any, ...]]: ...
    def idle_done(self) -> tuple[bytes, list[tuple[Any, ...]]]: ...
