"""The mailbox over IMAP: new envelopes, mails, moving, waiting. The only importer of imapclient.

One object is one connection at a time, for one thread. Looking changes nothing on the server; only `ensure_folder` and
`move` do. Every failure comes as one of `mailbot.errors`; after one that ended the connection, `open` makes a new one.
"""

import contextlib
import imaplib
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Self

from imapclient import IMAPClient, SocketTimeout

from mailbot import __version__
from mailbot.errors import (
    ConnectionLost,
    FolderMissing,
    OutsideError,
    ServerRefused,
)
from mailbot.imap import fetch as inbox_fetch
from mailbot.imap import folders as inbox_folders
from mailbot.imap import idle as inbox_idle
from mailbot.imap import move as inbox_move
from mailbot.imap import search as inbox_search
from mailbot.imap.fetch import Clock
from mailbot.imap.nouns import Envelope, FolderState, ImapAccount
from mailbot.imap.trouble import Refusal, refuse, translate

__all__ = ["Envelope", "FolderState", "ImapAccount", "Inbox"]

CONNECT_SECONDS = 30.0
MAX_BATCH_BYTES = 8 * 1024 * 1024
_ID = ("name", "zuzhib-mailbot", "version", __version__)
_NEEDS_ID = ("163.com", "126.com", "126.net", "yeah.net", "188.com", "netease.com")
_UNSAFE = "unsafe login"  # NetEase to a client that has not said its name


def _clock() -> datetime:
    return datetime.now(UTC)


class Inbox:
    """A mailbox on a server. Use as a context manager, or `open` and `close`."""

    def __init__(self, account: ImapAccount, now: Clock = _clock) -> None:
        """`now` is asked only for the arrival of a mail for which the server gives no date."""
        self._account = account
        self._now = now
        self._client: Any = None
        self._state: FolderState | None = None
        self._named = False

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Connect, log in, say our name (RFC 2971): NetEase lets nobody select a folder without that."""
        self.close()
        with self._speaking("connect"):
            self._client = self._connect()
            self._prepare(self._client)
        with self._speaking("login"):
            self._client.login(self._account.username, self._account.password())
        self._named = False
        if self._client.has_capability("ID") or self._account.host.lower().endswith(_NEEDS_ID):
            self._say_name()

    def close(self) -> None:
        """Log out if that goes quickly, hang up in any case. Never raises."""
        client, self._client, self._state = self._client, None, None
        if client is None:
            return
        with contextlib.suppress(Exception):
            client.socket().settimeout(2)
            client.logout()
        with contextlib.suppress(Exception):
            client.shutdown()

    @property
    def is_open(self) -> bool:
        return self._client is not None

    @property
    def capabilities(self) -> frozenset[str]:
        """What the server says it can do after login, in capitals ("IDLE", "MOVE", "ID" …)."""
        with self._speaking("capability") as client:
            return frozenset(word.decode("ascii", "replace").upper() for word in client.capabilities())

    def folders(self) -> tuple[str, ...]:
        """Names of all folders that can hold mail, decoded from modified UTF-7, as the server writes their paths."""
        with self._speaking("list") as client:
            return inbox_folders.names(client)

    def ensure_folder(self, name: str) -> str:
        """Make a folder where there is none, and subscribe to it so that mail programs show it. Gives its full path.

        "/" in the name is whatever separates levels on this server; below the personal namespace if it has one
        ("INBOX.已归档").
        """
        with self._speaking("create") as client:
            return inbox_folders.find(client, name) or inbox_folders.make(client, name)

    def select(self, folder: str) -> FolderState:
        """Work in this folder from now on. FolderMissing when the server has none of that name."""
        found = self._select(self._path(folder))
        with self._speaking("select") as client:
            uidnext = found.get(b"UIDNEXT") or inbox_search.last_uid(client) + 1
        self._state = FolderState(folder, found.get(b"UIDVALIDITY", 0), uidnext, found[b"EXISTS"])
        return self._state

    def uids_after(self, last_uid: int) -> list[int]:
        """UIDs above the cursor, ascending. The steady poll: one small command, whatever the folder holds."""
        with self._speaking("search") as client:
            return inbox_search.uids_after(client, last_uid, self._selected)

    def first_uid_since(self, day: date) -> int:
        """Where to begin in a big inbox: no mail that arrived on `day` or later has a smaller UID."""
        with self._speaking("search") as client:
            return inbox_search.first_uid_since(client, day, self._selected)

    def envelopes(self, uids: Sequence[int]) -> Iterator[Envelope]:
        """What can be known without the bodies, in batches, in the order asked for; mail that has gone is left out."""
        for batch in inbox_fetch.batches(uids, inbox_fetch.ENVELOPES):
            with self._speaking("fetch") as client:
                found = inbox_fetch.envelopes(client, batch, self._now)
            yield from found

    def fetch(self, uids: Sequence[int], max_bytes: int = MAX_BATCH_BYTES) -> Iterator[tuple[int, bytes]]:
        """The exact bytes of mails, in batches of at most `max_bytes` together; a bigger one comes alone.

        Left out: mail that has gone meanwhile, or that the server refuses to give. \\Seen is not set.
        """
        for group in inbox_fetch.batches(uids, inbox_fetch.ENVELOPES):
            with self._speaking("fetch") as client:
                size = inbox_fetch.sizes(client, group)
            for batch in inbox_fetch.by_size([uid for uid in group if uid in size], size, max_bytes):
                with self._speaking("fetch") as client:
                    found = inbox_fetch.mails(client, batch)
                yield from found

    def move(self, uids: Sequence[int], folder: str, again: bool = False) -> None:
        """Into another folder, which must be there. What is no longer in this folder is left out silently.

        `again`: an earlier try may have ended half way, with the copy made and the mail still here.
        """
        if not uids:
            return
        source, path = self._path(self._selected.name), self._path(folder)
        for batch in inbox_fetch.batches(uids, inbox_move.BATCH):
            with self._speaking("move") as client:
                copied = inbox_move.copied(client, batch, source, path) if again else frozenset()
                inbox_move.move(client, batch, path, copied)

    def idle(self, seconds: float, stop: threading.Event) -> bool:
        """Wait for mail: True at once when some arrives, False when the time is up or `stop` is set."""
        with self._speaking("idle") as client:
            return inbox_idle.wait(client, seconds, stop)

    def _path(self, folder: str) -> str:
        with self._speaking("list") as client:
            path = inbox_folders.find(client, folder)
        if path is None:
            raise FolderMissing(self._account.where, f"there is no folder {folder}")
        return path

    @property
    def _selected(self) -> FolderState:
        if self._state is None:
            raise ConnectionLost(self._account.where, "no folder is selected")
        return self._state

    def _connect(self) -> IMAPClient:
        account = self._account
        return IMAPClient(
            account.host,
            account.port,
            ssl=account.security == "tls",
            ssl_context=self._context() if account.security == "tls" else None,
            timeout=SocketTimeout(min(CONNECT_SECONDS, account.timeout_seconds), account.timeout_seconds),
        )

    def _prepare(self, client: IMAPClient) -> None:
        client._imap.debug = 0  # 80 % of the time of a big fetch goes into debug lines that nobody sees
        client._check_resp = refuse
        client.normalise_times = False
        if self._account.security == "starttls":
            client.starttls(self._context())
        line = client.socket()
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # imapclient writes a command in small pieces
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def _context(self) -> ssl.SSLContext:
        """Certificate and host name are checked, always."""
        return ssl.create_default_context(cafile=self._account.ca_file)

    def _say_name(self) -> None:
        """By imaplib: imapclient refuses ID where it is not announced. A server that does not know it says BAD."""
        self._named = True
        words = " ".join(f'"{word}"' for word in _ID)
        with self._speaking("id") as client, contextlib.suppress(imaplib.IMAP4.error):
            client._imap._simple_command("ID", f"({words})")

    def _select(self, path: str) -> dict[bytes, Any]:
        try:
            with self._speaking("select") as client:
                found: dict[bytes, Any] = client.select_folder(path)
                return found
        except ServerRefused as error:
            if _UNSAFE not in error.what.lower() or self._named:
                raise
        self._say_name()
        return self._select(path)

    @contextlib.contextmanager
    def _speaking(self, command: str) -> Iterator[Any]:
        """The client to speak with; what goes wrong meanwhile as one of our errors, the connection dropped if dead."""
        if self._client is None and command != "connect":
            raise ConnectionLost(self._account.where, "not connected")
        try:
            yield self._client
        except OutsideError:
            raise
        except (imaplib.IMAP4.error, OSError, UnicodeError, ValueError) as error:
            trouble = translate(error, command, self._account)
            if not isinstance(error, Refusal):
                self._drop()
            raise trouble from None

    def _drop(self) -> None:
        """Hang up without a word: a broken connection answers no LOGOUT."""
        client, self._client, self._state = self._client, None, None
        with contextlib.suppress(Exception):
            client.shutdown()
