"""Envelopes and whole mails in batches. Looking only: every section is asked for with PEEK. One odd mail stops none."""

import imaplib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import Any

from mailbot.errors import server_text
from mailbot.imap.nouns import Client, Envelope
from mailbot.imap.structure import file_names, has_attachment

ENVELOPES = 100
MAILS = 20
MAX_HEADER = 256 * 1024
"""Bytes of a header that are kept; what comes after is no header that anybody wrote."""

_PLAIN = ["INTERNALDATE", "RFC822.SIZE", "BODY.PEEK[HEADER]"]
_FULL = ["BODYSTRUCTURE", *_PLAIN]
# imapclient reads answers with asserts and unpacking: an odd one ends in any of these, the connection still in step.
_ODD = (imaplib.IMAP4.error, ValueError, TypeError, LookupError, AssertionError, RecursionError)

Clock = Callable[[], datetime]


def batches(uids: Sequence[int], count: int) -> Iterator[list[int]]:
    for start in range(0, len(uids), count):
        yield list(uids[start : start + count])


def envelopes(client: Client, uids: list[int], now: Clock) -> list[Envelope]:
    """Those of one batch that are still there, in the order asked for."""
    try:
        found = client.fetch(uids, _FULL)
        return [_envelope(uid, found[uid], now) for uid in uids if uid in found]
    except imaplib.IMAP4.abort:
        raise
    except _ODD as error:
        if len(uids) == 1:
            return _odd_envelope(client, uids[0], now, error)
    return [envelope for uid in uids for envelope in envelopes(client, [uid], now)]


def _odd_envelope(client: Client, uid: int, now: Clock, error: Exception) -> list[Envelope]:
    """A mail whose BODYSTRUCTURE cannot be had or read: without it; or, last, the bare fact that it is there."""
    try:
        found = client.fetch([uid], _PLAIN)
        return [_envelope(uid, found[uid], now)] if uid in found else []
    except imaplib.IMAP4.abort:
        raise
    except _ODD:
        return [Envelope(uid, now(), 0, b"", has_attachment=True, problem=server_text(str(error)) or "cannot be read")]


def _envelope(uid: int, parts: dict[bytes, Any], now: Clock) -> Envelope:
    header = _section(parts, b"BODY[HEADER]")[:MAX_HEADER]
    size = parts.get(b"RFC822.SIZE")
    structure = parts.get(b"BODYSTRUCTURE")
    return Envelope(
        uid=uid,
        received_at=_arrival(parts.get(b"INTERNALDATE"), header, now),
        size=size if isinstance(size, int) else 0,
        header=header,
        file_names=file_names(structure),
        has_attachment=structure is None or has_attachment(structure),
    )


def _section(parts: dict[bytes, Any], name: bytes) -> bytes:
    value = parts.get(name)
    return value if isinstance(value, bytes) else b""


def _arrival(moment: object, header: bytes, now: Clock) -> datetime:
    """INTERNALDATE; where a server gives none, what it wrote into the topmost Received; else this moment."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC)
    received = BytesHeaderParser().parsebytes(header).get("Received", "")
    try:
        written = parsedate_to_datetime(str(received).rpartition(";")[2])
    except (ValueError, TypeError, IndexError, OverflowError):
        return now()
    return written.astimezone(UTC) if written.tzinfo is not None else now()


def sizes(client: Client, uids: list[int]) -> dict[int, int]:
    """RFC822.SIZE in bytes of those that are still there."""
    found = client.fetch(uids, ["RFC822.SIZE"])
    return {uid: parts.get(b"RFC822.SIZE") or 0 for uid, parts in found.items()}


def by_size(uids: Sequence[int], size: dict[int, int], most: int) -> Iterator[list[int]]:
    """Batches of at most `MAILS` mails and `most` bytes; a mail that is bigger on its own comes alone."""
    batch: list[int] = []
    total = 0
    for uid in uids:
        if batch and (len(batch) == MAILS or total + size.get(uid, 0) > most):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size.get(uid, 0)
    if batch:
        yield batch


def mails(client: Client, uids: list[int]) -> list[tuple[int, bytes]]:
    """The exact bytes of those that the server gives; one that it refuses is left out, the others come."""
    try:
        found = client.fetch(uids, ["BODY.PEEK[]"])
    except imaplib.IMAP4.abort:
        raise
    except _ODD:
        return [] if len(uids) == 1 else [mail for uid in uids for mail in mails(client, [uid])]
    bodies = ((uid, found[uid].get(b"BODY[]")) for uid in uids if uid in found)
    return [(uid, body) for uid, body in bodies if isinstance(body, bytes)]
