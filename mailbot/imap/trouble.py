"""From the errors of imaplib, sockets and TLS to ours."""

import ast
import imaplib
import re
import socket
import ssl

from mailbot.errors import (
    ConnectionLost,
    FolderMissing,
    LoginRefused,
    OutsideError,
    ServerHung,
    ServerRefused,
    ServerUnreachable,
    TlsFailed,
    server_text,
)
from mailbot.imap.nouns import ImapAccount

_REPR = re.compile(r"b'(?:[^'\\]|\\.)*'|b\"(?:[^\"\\]|\\.)*\"")


class Refusal(imaplib.IMAP4.error):
    """A tagged NO: the server has understood, said no, and the connection is in step."""


def refuse(expected: str, command: str, answer: str, data: list[bytes]) -> None:
    """In place of imapclient's own check, which drops every byte of the server's words that is not ASCII."""
    if answer != expected:
        raise Refusal(data[0] if data and data[0] is not None else answer.encode("ascii", "replace"))


def translate(error: Exception, command: str, account: ImapAccount) -> OutsideError:
    """Which of our errors it is. No secret survives: the password is cut out of whatever the server echoed."""
    said = _said(error, account)
    where = account.where
    if isinstance(error, UnicodeError) and command == "login":
        return LoginRefused(where, "user name or password hold characters other than ASCII")
    if isinstance(error, ssl.SSLError):
        return TlsFailed(where, said)
    if isinstance(error, TimeoutError) or "timed out" in said:
        return ServerHung(where, f"silent for more than {account.timeout_seconds:g} s ({command})")
    if isinstance(error, OSError) and command == "connect":
        what = f"no such host: {account.host}" if isinstance(error, socket.gaierror) else said
        return ServerUnreachable(where, what)
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return ConnectionLost(where, f"{said} ({command})")
    return _refused(said, command, where)


def _refused(said: str, command: str, where: str) -> OutsideError:
    if command == "login":
        return LoginRefused(where, said)
    if command == "connect" and "STARTTLS" in said.upper():
        return TlsFailed(where, "the server offers no STARTTLS")
    if "[TRYCREATE]" in said or "[NONEXISTENT]" in said:
        return FolderMissing(where, said)
    return ServerRefused(where, f"{command}: {said}")


def _said(error: Exception, account: ImapAccount) -> str:
    """The words of the server, or of the operating system. imaplib hands some on as the repr of bytes."""
    words = error.args[0] if error.args else ""
    if isinstance(error, OSError) and error.strerror:
        words = error.strerror
    if not isinstance(words, bytes):
        pieces = _REPR.findall(str(words))
        words = b" ".join(ast.literal_eval(piece) for piece in pieces) if pieces else str(words)
    return server_text(words, (account.password(),)) or type(error).__name__
