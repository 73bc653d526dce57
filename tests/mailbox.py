"""What the tests of the mailbox share: an account with an empty mailbox on a real Dovecot."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from mailbot.inbox import ImapAccount, Inbox
from tests.servers import DOMAIN, PASSWORD, Dovecot

_numbers = itertools.count(1)


def mail(subject: str = "invented", body: bytes = b"words\r\n") -> bytes:
    return b"Subject: " + subject.encode() + b"\r\nFrom: a@example.com\r\n\r\n" + body


def account(server: Dovecot, port: int | None = None, **changed: object) -> ImapAccount:
    """An account of its own, with an empty mailbox."""
    address = server.add_account(f"inbox{next(_numbers)}@{DOMAIN}")
    settings = {"security": "none", "timeout_seconds": 20.0, **changed}
    return ImapAccount(server.host, port or server.imap, username=address, password=lambda: PASSWORD, **settings)


@contextmanager
def opened(server: Dovecot, **changed: object) -> Iterator[tuple[Inbox, str]]:
    settings = account(server, **changed)
    with Inbox(settings) as inbox:
        yield inbox, settings.username
