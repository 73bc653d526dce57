"""A mail that ends the connection whenever it is asked for: found by asking one at a time, it stops nothing."""

from collections.abc import Iterator, Sequence

from mailbot.app import App
from mailbot.inbox import FolderState

BATCH = 50  # envelopes at a time


def be_careful(app: App, folder: FolderState, last: int) -> None:
    """From now on the mails up to this UID are asked for one by one: one of them may be to blame."""
    with app.ledger.transaction() as book:
        book.set_setting(_key(app, folder), f"{folder.uidvalidity}:{last}")


def groups(app: App, folder: FolderState, uids: Sequence[int]) -> Iterator[list[int]]:
    """The UIDs (ascending) in the portions in which they are to be asked for."""
    with app.ledger.reading() as book:
        uidvalidity, _, last = (book.setting(_key(app, folder)) or "").partition(":")
    limit = int(last) if uidvalidity == str(folder.uidvalidity) else 0
    yield from ([uid] for uid in uids if uid <= limit)
    rest = [uid for uid in uids if uid > limit]
    for start in range(0, len(rest), BATCH):
        yield rest[start : start + BATCH]


def _key(app: App, folder: FolderState) -> str:
    return f"careful:{app.account}:{folder.name}"
