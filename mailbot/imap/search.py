"""Which mail is new: UIDs after a cursor, at the same cost for any size of folder; where to begin in a big one."""

import imaplib
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from mailbot.imap.nouns import Client, FolderState

WINDOW = 50_000
"""UIDs asked for at a time in a big folder: imaplib refuses an answer line of a megabyte."""

_UID = re.compile(rb"\bUID (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


def uids_after(client: Client, last: int, state: FolderState) -> list[int]:
    """UIDs above `last` in ascending order.

    `n:*` always includes the last mail, however small its UID (RFC 3501, 6.4.8), so smaller ones are dropped, and an
    empty answer comes from an empty folder or from a server that cannot search: then it is asked by FETCH.
    """
    found: set[int] = set()
    first = last + 1
    while state.exists > WINDOW and state.uidnext - first > WINDOW:
        found.update(_search(client, f"{first}:{first + WINDOW - 1}"))
        first += WINDOW
    rest = _search(client, f"{first}:*") or _fetched(client, f"{first}:*")
    return sorted(uid for uid in found.union(rest) if uid > last)


def _search(client: Client, uids: str) -> list[int]:
    try:
        return list(client.search(["UID", uids]))
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ValueError):
        return _fetched(client, uids)


def _fetched(client: Client, uids: str) -> list[int]:
    """By `imaplib`, because `imapclient.fetch` takes no ranges."""
    _, lines = client._imap.uid("FETCH", uids, "(UID)")
    return [int(match[1]) for line in lines if isinstance(line, bytes) and (match := _UID.search(line))]


def last_uid(client: Client) -> int:
    """UID of the last mail; 0 in an empty folder."""
    return max(_fetched(client, "*"), default=0)


def first_uid_since(client: Client, day: date, state: FolderState) -> int:
    """The UID to begin with when only mail that arrived on `day` or later is of interest; `uidnext` when there is none.

    May be too small, never too big: servers cut days in their own zone. Where SEARCH finds nothing (NetEase answers
    most searches with nothing) the place is found by halving, as if mail lay in the order of its arrival.
    """
    eve = day - timedelta(days=1)
    try:
        found = client.search(["SINCE", eve])
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, ValueError):
        found = []
    return min(found) if found else _halve(client, eve, state)


def _halve(client: Client, day: date, state: FolderState) -> int:
    first, end = 1, state.exists + 1
    uid = state.uidnext
    while first < end:
        middle = (first + end) // 2
        arrived = next(_arrivals(client, middle), None)
        if arrived is not None and arrived[1] < day:
            first = middle + 1
        else:
            end = middle
            uid = arrived[0] if arrived is not None else uid
    return uid


def _arrivals(client: Client, number: int) -> Iterator[tuple[int, date]]:
    """UID and day of arrival of the mail with that sequence number."""
    _, lines = client._imap.fetch(str(number), "(UID INTERNALDATE)")
    for line in lines:
        if isinstance(line, bytes) and (uid := _UID.search(line)) and (moment := _DATE.search(line)):
            yield int(uid[1]), datetime.strptime(moment[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z").date()
