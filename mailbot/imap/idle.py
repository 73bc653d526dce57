"""Waiting for new mail: IDLE (RFC 2177) in short slices, renewed before servers and routers give up."""

import imaplib
import threading
import time
from typing import Any

from mailbot.imap.nouns import Client

SLICE = 1.0
RENEW = 9 * 60.0
"""Seconds. The slice is how soon a stop is heard; RFC 2177 allows 29 minutes, routers in between often 10."""


def wait(client: Client, seconds: float, stop: threading.Event) -> bool:
    """True as soon as something arrives, False when the time is up or somebody said stop.

    Where IDLE is not offered it only waits. imaplib's errors when the connection ends meanwhile.
    """
    if not client.has_capability("IDLE"):
        stop.wait(seconds)
        return False
    end = time.monotonic() + seconds
    while not stop.is_set() and (left := end - time.monotonic()) > 0:
        try:
            if _idle(client, min(left, RENEW), stop):
                return True
        except imaplib.IMAP4.error as error:
            # Whatever was misread in the middle of IDLE, the connection is out of step.
            raise imaplib.IMAP4.abort(*error.args) from error
    return False


def _idle(client: Client, seconds: float, stop: threading.Event) -> bool:
    client.idle()
    end = time.monotonic() + seconds
    arrived = _news(_read_already(client))
    while not arrived and not stop.is_set() and (left := end - time.monotonic()) > 0:
        began, length = time.monotonic(), min(SLICE, left)
        lines = client.idle_check(timeout=length)
        arrived = _news(lines)
        if not lines and time.monotonic() - began < length / 2:
            break  # the end of the connection looks like this, for ever: DONE tells it from a mere hiccup
    _, rest = client.idle_done()
    return arrived or _news(rest)


def _read_already(client: Client) -> list[tuple[bytes, ...]]:
    """Lines that came in one piece with "+ idling": imaplib has them in its buffer, where no poll sees them."""
    lines = []
    while _buffered(client):
        lines.append(tuple(client._imap._get_line().split()[1:]))
    return lines


def _buffered(client: Client) -> bool:
    imap = client._imap
    if hasattr(imap, "_readbuf"):  # Python 3.14 and later
        return bool(imap._readbuf)
    timeout = imap.sock.gettimeout()
    imap.sock.setblocking(False)
    try:
        return bool(imap.file.peek(1))
    except OSError:  # TLS: nothing to be had at the moment
        return False
    finally:
        imap.sock.settimeout(timeout)


def _news(lines: list[tuple[Any, ...]]) -> bool:
    """Whether mail arrived; flags, expunges and "still here" are no news, BYE is the end."""
    for line in lines:
        if line[:1] == (b"BYE",):
            raise imaplib.IMAP4.abort("the server says BYE")
    return any(line[1:2] == (b"EXISTS",) for line in lines)
