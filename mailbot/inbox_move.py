"""Moving mail, and never expunging what other people have marked as deleted."""

from mailbot.inbox_nouns import Client

BATCH = 200
_DELETED = rb"\Deleted"


def move(client: Client, uids: list[int], folder: str) -> None:
    """MOVE (RFC 6851); else COPY, mark, and UID EXPUNGE (RFC 4315) of these alone.

    A server with neither can only expunge everything that is marked: that is done when nothing but these is marked.
    Otherwise they stay as copies marked deleted, as a mail program leaves them.
    """
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    client.copy(uids, folder)
    client.add_flags(uids, [_DELETED], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)
    elif set(client.search(["DELETED"])) == set(uids):
        client.expunge()
