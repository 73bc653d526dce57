"""An IMAP and an SMTP server in one thread, on loopback, in memory: what the demo talks to."""

import asyncio
import logging
import threading
from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import Config, DictBackend, Identity, Login
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata
from pysasl.hashing import BuiltinHash

Answer = TypeVar("Answer")
PASSWORD = "demo"  # noqa: S105 - an invented password of an embedded server that listens on loopback only


@dataclass(frozen=True)
class Delivered:
    """A letter that the SMTP server took: envelope addresses and the exact bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class _Config(Config):
    @property
    def greeting(self) -> bytes:
        """Without the name of this machine, which pymap would look up: that can take long where nobody answers."""
        return b"demo IMAP server ready"


class MailServer:
    """One domain with its mailboxes. `clock` gives the INTERNALDATE of what arrives by SMTP.

    `greylisted`: addresses whose next letter is put off once, as careful servers do with senders they do not know.
    """

    def __init__(self, domain: str, addresses: tuple[str, ...], clock: Callable[[], datetime]) -> None:
        self.domain = domain
        self.clock = clock
        self.letters: list[Delivered] = []
        self.greylisted: set[str] = set()
        self.imap_port = 0
        self.smtp_port = 0
        self._addresses = addresses
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="demo mail server", daemon=True)
        self._stack = AsyncExitStack()

    def start(self) -> None:
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns at each login of a thing of its own
        self._thread.start()
        self._call(self._start())

    def stop(self) -> None:
        self._call(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def deliver(self, address: str, content: bytes, received_at: datetime, folder: str = "INBOX") -> None:
        """Puts a mail into a mailbox as a mail server would, byte for byte."""
        self._call(self._append(address, content, received_at, folder))

    def _call(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    async def _start(self) -> None:
        arguments = Namespace(passlib_cfg=None, proxy_protocol=None, no_cpu_subsystem=None)
        # A thousand rounds: these are invented passwords, and each login would otherwise hash for tens of ms.
        config = _Config(
            arguments, demo_data=False, demo_user="", demo_password="", host="127.0.0.1", port=0,
            tls_enabled=False, secure_auth=False, hash_context=BuiltinHash(rounds=1000),
        )  # fmt: skip
        self._login = Login(config)
        hashed = await Passwords(config).hash_password(PASSWORD)
        for address in self._addresses:
            await self._identity(address).set(UserMetadata(config, address, password=hashed))
        await DictBackend(self._login, config).start(self._stack)
        proxy = ProxyProtocolReader(ProxyProtocolVersion.get(None))
        imap = await asyncio.start_server(proxy.get_callback(IMAPServer(self._login, config)), "127.0.0.1", 0)
        smtp = await self._loop.create_server(self._session, "127.0.0.1", 0)
        self._stack.callback(imap.close)
        self._stack.callback(smtp.close)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]

    def _session(self) -> SMTP:
        return SMTP(
            self, hostname=f"mail.{self.domain}", authenticator=_authenticate, auth_require_tls=False, loop=self._loop
        )

    def _identity(self, address: str) -> Identity:
        return Identity(address, self._login, None, frozenset())

    async def _append(self, address: str, content: bytes, received_at: datetime, folder: str) -> None:
        async with self._identity(address).new_session() as session:
            if folder != "INBOX" and folder not in [
                entry.name for entry in (await session.mailbox_set.list_mailboxes()).list()
            ]:
                await session.mailbox_set.add_mailbox(folder)
            mailbox = await session.mailbox_set.get_mailbox(folder)
            await mailbox.append(AppendMessage(content, received_at, frozenset()), recent=True)

    # The two hooks of aiosmtpd: by envelope, unknown recipients refused.

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.lower() not in self._addresses:
            return "550 5.1.1 User unknown"
        if address.lower() in self.greylisted:
            self.greylisted.remove(address.lower())
            return "450 4.7.1 Greylisted, try again later"
        envelope.rcpt_tos.append(address.lower())
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        recipients = tuple(envelope.rcpt_tos)
        self.letters.append(Delivered(envelope.mail_from or "", recipients, content))
        for address in recipients:
            await self._append(address, content, self.clock(), "INBOX")
        return "250 OK"


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    known = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=known, handled=True)


@contextmanager
def mail_server(domain: str, addresses: tuple[str, ...], clock: Callable[[], datetime]) -> Iterator[MailServer]:
    server = MailServer(domain, addresses, clock)
    server.start()
    try:
        yield server
    finally:
        server.stop()
