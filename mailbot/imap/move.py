"""Moving mail, and never expunging what other people have marked as deleted."""

from collections.abc import Iterator
from email.parser import BytesHeaderParser
from typing import Any

from mailbot.imap.nouns import Client

BATCH = 200
_DELETED = rb"\Deleted"
_SAME = ["INTERNALDATE", "RFC822.SIZE"]  # COPY keeps both (RFC 3501, 6.4.7)
_MESSAGE_ID = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


def move(client: Client, uids: list[int], folder: str, copied: frozenset[int] = frozenset()) -> None:
    """MOVE (RFC 6851); else COPY, mark, and UID EXPUNGE (RFC 4315) of these alone. Those `copied` are not once more.

    A server with neither can only expunge everything that is marked: that is done when nothing but these is marked.
    Otherwise they stay as copies marked deleted, as a mail program leaves them.
    """
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    if left := [uid for uid in uids if uid not in copied]:
        client.copy(left, folder)
    client.add_flags(uids, [_DELETED], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)
    elif set(client.search(["DELETED"])) <= set(uids):
        client.expunge()


def copied(client: Client, uids: list[int], source: str, target: str) -> frozenset[int]:
    """Those of which the target has a copy: COPY went through, and then the line or the process died.

    A copy has the Message-ID, the arrival and the size. The source is selected again at the end.
    """
    if client.has_capability("MOVE"):
        return frozenset()
    mine = client.fetch(uids, [*_SAME, _MESSAGE_ID])
    client.select_folder(target, readonly=True)
    found = frozenset(uid for uid, parts in mine.items() if _same(parts) in set(_twins(client, _message_id(parts))))
    client.select_folder(source)
    return found


def _twins(client: Client, message_id: str) -> Iterator[tuple[Any, Any]]:
    found = client.search(["HEADER", "Message-ID", message_id]) if message_id else []
    return (_same(parts) for parts in (client.fetch(found, _SAME) if found else {}).values())


def _same(parts: dict[bytes, Any]) -> tuple[Any, Any]:
    return parts.get(b"INTERNALDATE"), parts.get(b"RFC822.SIZE")


def _message_id(parts: dict[bytes, Any]) -> str:
    header = next((value for name, value in parts.items() if name.startswith(b"BODY[HEADER")), b"")
    written = str(BytesHeaderParser().parsebytes(header).get("Message-ID", "")) if isinstance(header, bytes) else ""
    return written.strip() if written.isascii() and written.isprintable() else ""
