"""A letter into the outbox: composed, kept as an original, queued under its key in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from mailbot.app import App
from mailbot.compose import compose, message_id_for
from rules.model import Letter
from storage.ledger import Book


def post(app: App, book: Book, letter: Letter, hold_until: datetime | None = None) -> bool:
    """Queues the letter; False when its key was seen before, or there is nobody to send it to. Sends nothing."""
    if not letter.to:
        return False
    now = app.now()
    message_id = message_id_for(letter.key, app.secret, app.department.address.partition("@")[2])
    content = compose(letter, app.department, message_id, now)
    return book.outbox.put(
        letter,
        message_id=message_id,
        content_sha256=app.archive.keep(content),
        now=now,
        hold_until=hold_until,
    )


def post_all(app: App, book: Book, letters: Iterable[Letter], hold_until: datetime | None = None) -> int:
    """How many of them were new."""
    return sum(post(app, book, letter, hold_until) for letter in letters)
