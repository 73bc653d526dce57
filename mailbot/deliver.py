"""The outbox to SMTP: the only file that sends, and the only importer of aiosmtplib."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from mailbot.errors import (
    ConnectionLost,
    LoginRefused,
    OutsideError,
    ServerBusy,
    ServerHung,
    ServerRefused,
    ServerUnreachable,
    TlsFailed,
    server_text,
)
from rules.refusals import LOST, Kind, Refusal, judge_refusal

LETTERS_PER_CONNECTION = 20
"""NetEase counts letters and recipients of a connection; a new one now and then costs little."""


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """How to send. `security`: tls, starttls or none. `username` "" sends without a login.

    `password` is asked for at each login, never kept. `local_hostname` is what we call ourselves in EHLO; "": the
    domain of the sender (asking the machine for its name can take a look-up that nobody answers).
    """

    host: str
    port: int
    security: str
    username: str
    password: Callable[[], str] = field(repr=False)
    timeout_seconds: float = 60
    ca_file: Path | None = None
    local_hostname: str = ""

    @property
    def where(self) -> str:
        """For messages and logs."""
        return f"SMTP {self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A recipient for whom the server did not take the letter, and what it said."""

    address: str
    refusal: Refusal
    said: str


class Courier:
    """Hands letters over, many per connection. An async context manager; connects when there is something to send."""

    def __init__(self, account: SmtpAccount, sender: str) -> None:
        """`sender` is the envelope's From of every letter: the department's address."""
        self._account = account
        self._sender = sender
        self._smtp: SMTP | None = None
        self._carried = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def where(self) -> str:
        return self._account.where

    async def close(self) -> None:
        """Take leave if the server still listens, hang up in any case. Never raises what a server can cause."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            transport = smtp.transport  # aiosmtplib forgets it when the server hangs up first
            with contextlib.suppress(SMTPException, OSError):
                if smtp.is_connected:
                    await smtp.quit(timeout=2)
            await _hang_up(smtp, transport)

    async def hand_over(self, recipients: Sequence[str], content: bytes) -> tuple[NotTaken, ...]:
        """One letter to one group of recipients. Gives those for whom it was not taken; none: all is well.

        An OutsideError when there is no connection to be had: then nothing of this letter was said. A connection lost
        while it was being handed over is no error but LOST for all: it may have arrived.
        """
        smtp = await self.connect()
        self._carried += 1
        try:
            refused, _ = await smtp.sendmail(self._sender, list(recipients), content)
        except SMTPRecipientsRefused as error:
            return tuple(self._not_taken(each.recipient, each.code, each.message) for each in error.recipients)
        except SMTPResponseException as error:
            return tuple(self._not_taken(address, error.code, error.message) for address in recipients)
        except (SMTPNotSupported, ValueError) as error:
            return tuple(self._not_taken(address, 553, f"no such address: {error}") for address in recipients)
        except (SMTPException, OSError) as error:
            await self.close()
            return tuple(NotTaken(address, LOST, server_text(str(error))) for address in recipients)
        return tuple(self._not_taken(address, *answer) for address, answer in refused.items())

    def _not_taken(self, address: str, code: int, said: str) -> NotTaken:
        text = self._text(said)
        return NotTaken(address, judge_refusal(code, text), f"{code} {text}")

    def _text(self, said: str) -> str:
        """aiosmtplib keeps what is no utf-8 (QQ writes GBK) as surrogates."""
        return server_text(said.encode("utf-8", "surrogateescape"), (self._account.password(),))

    async def connect(self) -> SMTP:
        """A connection that can carry a letter: the one there is, or a new one. OutsideError when there is none."""
        if self._smtp is not None and (self._carried >= LETTERS_PER_CONNECTION or not self._smtp.is_connected):
            await self.close()
        if self._smtp is None:
            smtp = self._new()
            try:
                await self._introduce(smtp)
            except (SMTPException, OSError, UnicodeError) as error:
                await _hang_up(smtp, smtp.transport)
                raise self._trouble(error) from None
            self._smtp, self._carried = smtp, 0
        return self._smtp

    def _new(self) -> SMTP:
        account = self._account
        return SMTP(
            hostname=account.host,
            port=account.port,
            local_hostname=account.local_hostname or self._sender.partition("@")[2],
            timeout=account.timeout_seconds,
            use_tls=account.security == "tls",
            start_tls=False,  # step by step, in `_introduce`
            tls_context=None if account.security == "none" else ssl.create_default_context(cafile=account.ca_file),
        )

    async def _introduce(self, smtp: SMTP) -> None:
        await smtp.connect()
        if self._account.security == "starttls":
            await smtp.starttls()
        if self._account.username:
            await smtp.login(self._account.username, self._account.password())

    def _trouble(self, error: Exception) -> OutsideError:
        """Why there is no connection, as one of our errors."""
        where = self._account.where
        cause = error.__cause__ or error.__context__
        if isinstance(error, ssl.SSLError) or isinstance(cause, ssl.SSLError):
            return TlsFailed(where, self._text(str(cause or error)))
        if isinstance(error, UnicodeError):
            return LoginRefused(where, "user name or password hold characters other than ASCII")
        if isinstance(error, SMTPResponseException):
            return self._refused(error)
        text = self._text(str(error)) or type(error).__name__
        if isinstance(error, SMTPTimeoutError | TimeoutError):
            return ServerHung(where, f"silent for more than {self._account.timeout_seconds:g} s")
        if isinstance(error, SMTPServerDisconnected):
            return ConnectionLost(where, text)
        if isinstance(error, SMTPConnectError | OSError):
            return ServerUnreachable(where, text)
        if "STARTTLS" in text:
            return TlsFailed(where, "the server offers no STARTTLS")
        return LoginRefused(where, text) if "AUTH" in text.upper() else ServerRefused(where, text)

    def _refused(self, error: SMTPResponseException) -> OutsideError:
        """A greeting or a login that was answered with no."""
        text = self._text(error.message)
        said, refusal = f"{error.code} {text}", judge_refusal(error.code, text)
        if refusal.kind is Kind.ACCOUNT or (isinstance(error, SMTPAuthenticationError) and error.code >= 500):
            return LoginRefused(self._account.where, said)
        if refusal.kind is Kind.BUSY:
            return ServerBusy(self._account.where, said, refusal.pause_seconds)
        return ServerRefused(self._account.where, said)


async def _hang_up(smtp: SMTP, transport: asyncio.BaseTransport | None) -> None:
    """Close the line now: saying goodbye in TLS would outlive the loop that delivers."""
    smtp.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
    await asyncio.sleep(0)
