"""The servers of the crash tests: the embedded one of the demo, and a real Dovecot with a recording SMTP server."""

import itertools
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Protocol

from mailbot.demo.college import DEPARTMENT, DOMAIN, roster
from mailbot.demo.server import PASSWORD as DEMO_PASSWORD
from mailbot.demo.server import MailServer
from tests.crash_mails import NOW, STAFF, STRANGER, UNKNOWN_TO_SERVER, Sent
from tests.fakes_smtp import RecordingServer
from tests.servers import PASSWORD, Dovecot

_numbers = itertools.count(1)


class Servers(Protocol):
    """Where mail comes from and letters go to. `letters`: (recipients, bytes) in the order in which they were taken."""

    imap_port: int
    smtp_port: int
    user: str
    password: str

    def put(self, mails: Iterable[Sent]) -> None: ...

    @property
    def letters(self) -> list[tuple[tuple[str, ...], bytes]]: ...


class Embedded:
    """The mail server of the demo, in this process."""

    user, password = DEPARTMENT.address, DEMO_PASSWORD

    def __init__(self, stack: ExitStack) -> None:
        people = {address for unit in roster().units for address in unit.addresses} | {self.user, STRANGER, *STAFF}
        self._server = MailServer(DOMAIN, tuple(people - set(UNKNOWN_TO_SERVER)), lambda: NOW)
        self._server.start()
        stack.callback(self._server.stop)
        self.imap_port, self.smtp_port = self._server.imap_port, self._server.smtp_port

    def put(self, mails: Iterable[Sent]) -> None:
        for mail in mails:
            self._server.deliver(self.user, mail.raw, mail.at)

    @property
    def letters(self) -> list[tuple[tuple[str, ...], bytes]]:
        return [(letter.recipients, letter.content) for letter in self._server.letters]


class Real:
    """A mailbox of its own on a running Dovecot, and an SMTP server that records what it takes."""

    password = PASSWORD

    def __init__(self, dovecot: Dovecot, stack: ExitStack) -> None:
        self._dovecot = dovecot
        self.user = dovecot.add_account(f"zuzhib{next(_numbers)}@{DOMAIN}")
        self._smtp = stack.enter_context(RecordingServer())
        for address in UNKNOWN_TO_SERVER:
            self._smtp.answers[f"RCPT {address}"] = [b"550 5.1.1 User unknown"] * 1000
        self.imap_port, self.smtp_port = dovecot.imap, self._smtp.port

    def put(self, mails: Iterable[Sent]) -> None:
        for mail in mails:
            self._dovecot.append(self.user, mail.raw, mail.at)

    @property
    def letters(self) -> list[tuple[tuple[str, ...], bytes]]:
        return [(letter.recipients, letter.content) for letter in self._smtp.taken]
