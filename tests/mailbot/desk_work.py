"""A bot without servers whose reader works in this process: mail goes in, letters are read out of the outbox."""

import email
import email.policy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mailbot.app import App
from mailbot.demo import college
from mailbot.reading import Reader
from mailbot.replay import replay_one
from rules.model import Outcome
from storage.nouns import Outgoing
from tests.commands import IN_TIME, INBOX, Home
from tests.path_mails import Files, Letter, mail, to_bytes


class ReaderHere(Reader):
    """Reads without a child: these files are our own."""

    def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)


def opened(home: Home) -> App:
    return replace(home.open(), reader=ReaderHere())


def take(app: App, who: str, subject: str, files: Files = (), body: str = "请查收。", **headers: str) -> Outcome:
    """A mail from an invented account of the college, or a whole address."""
    sender = who if "@" in who else college.address(who)
    return replay_one(app, to_bytes(mail(sender, INBOX, subject, body, files, **{"Date": IN_TIME, **headers})))


def owed(app: App) -> list[Outgoing]:
    with app.ledger.reading() as book:
        return list(book.outbox.listing())


def letter(app: App, sent: Outgoing) -> Letter:
    return Letter(app.archive.read(sent.content_sha256))


def last(app: App) -> Letter:
    """The newest letter."""
    return letter(app, owed(app)[-1])


def parsed(raw: bytes) -> Any:
    return email.message_from_bytes(raw, policy=email.policy.default)
