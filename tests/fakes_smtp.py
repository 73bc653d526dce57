"""A recording SMTP server that answers as it is told: the refusals of real providers, and lines that break."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers_start import free_ports

DROP = b"drop the line"
"""In place of an answer: hang up. At DATA that is after the final dot: the letter was taken, nobody knows."""


@dataclass(frozen=True)
class Taken:
    """A letter as the server took it, and the number of the connection it came by."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    connection: int


class RecordingServer:
    """`answers["RCPT"] = [b"450 MI:CEL"]` answers so once, then as usual; "RCPT a@b", "MAIL", "DATA", "EHLO" alike."""

    def __init__(self, password: str | None = None, tls_context: Any = None) -> None:
        self.taken: list[Taken] = []
        self.answers: defaultdict[str, list[bytes]] = defaultdict(list)
        self.connections = 0
        self.names: list[str] = []
        self._controller = _Controller(self, password, tls_context)
        self.port: int = self._controller.port

    def __enter__(self) -> "RecordingServer":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_EHLO(
        self, server: SMTP, session: Session, _: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        self.names.append(hostname)
        return responses

    async def handle_MAIL(self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]) -> Any:
        if answer := self._answer(server, "MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]) -> Any:
        if answer := self._answer(server, f"RCPT {address}", "RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> Any:
        answer = self.answers["DATA"].pop(0) if self.answers["DATA"] else b"250 taken"
        if answer == DROP or answer.startswith(b"2"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            self.taken.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), content, self.connections))
        if answer == DROP:
            server.transport.abort()
        return answer

    def _answer(self, server: SMTP, *steps: str) -> bytes | None:
        for step in steps:
            if self.answers[step]:
                answer = self.answers[step].pop(0)
                if answer == DROP:
                    server.transport.abort()
                return answer
        return None


class _Controller(Controller):
    def __init__(self, owner: RecordingServer, password: str | None, tls_context: Any) -> None:
        super().__init__(owner, hostname="127.0.0.1", port=free_ports(1)[0], ready_timeout=20)
        self._password = password
        self._tls_context = tls_context

    def factory(self) -> SMTP:
        def login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
            right = isinstance(data, LoginPassword) and data.password == (self._password or "").encode()
            return AuthResult(success=right, handled=False, message=None if right else "535 Login fail")

        return SMTP(
            self.handler,
            hostname="mx.example.edu.cn",
            authenticator=login,
            auth_require_tls=False,
            tls_context=self._tls_context,
        )
