"""What can go wrong outside: for now or for good, and who must act. One line each: where, what, what to do."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar

from mailbot.mime.text import decode
from rules.text import clip

MAX_TEXT = 200
HIDDEN = "***"


class Who(StrEnum):
    """Who must act before it can work again."""

    NOBODY = "nobody: it is tried again"
    DEPARTMENT = "the department: settings or password"
    POSTMASTER = "the administrators of the mail server"


class OutsideError(Exception):
    """A server, a network or a disk does not do its part. `temporary`: worth trying again as things are."""

    temporary: ClassVar[bool] = True
    who: ClassVar[Who] = Who.NOBODY
    remedy: ClassVar[str] = "it is tried again by itself"

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        """`where`: "IMAP imap.example.edu.cn:993"; `what`: plain words, never with a secret in them."""
        self.where = where
        self.what = what
        self.todo = remedy or self.remedy
        super().__init__(f"{where}: {what}; {self.todo}")


class ServerUnreachable(OutsideError):
    """No connection: no such host, nobody listens, no way there."""

    remedy = "check host, port and the network; it is tried again by itself"


class ServerHung(OutsideError):
    """The server is there and says nothing for longer than the time-out."""


class ConnectionLost(OutsideError):
    """The connection ended in the middle: a BYE, a reset, a line that is no IMAP or SMTP."""


class ServerRefused(OutsideError):
    """The server understood and said no, or did not understand."""

    who = Who.POSTMASTER
    remedy = "it is tried again; if it stays like this, show the line to the administrators of the mail server"


class ServerBusy(OutsideError):
    """The server wants less from us, or nothing for a while."""

    def __init__(self, where: str, what: str, pause_seconds: float) -> None:
        self.pause_seconds = pause_seconds
        super().__init__(where, what, f"nothing is sent to it for {pause_seconds:g} s")


class TlsFailed(OutsideError):
    """No encrypted connection: wrong port, unknown certificate, no STARTTLS."""

    temporary = False
    who = Who.DEPARTMENT
    remedy = "check security, port and the certificate of the server"


class LoginRefused(OutsideError):
    """Name or password are not accepted. Tried again slowly: QQ and others refuse right ones for hours at times."""

    temporary = False
    who = Who.DEPARTMENT
    remedy = "check username and password (163, QQ and others want their 授权码 instead of the password)"


class FolderMissing(OutsideError):
    """A folder of the settings does not exist."""

    temporary = False
    who = Who.DEPARTMENT
    remedy = "make the folder in the mailbox or correct its name in the settings"


def server_text(said: bytes | str, secrets: Iterable[str] = ()) -> str:
    """What a server said, fit for a log: utf-8 or gb18030 (QQ), one line, clipped, without the secrets given."""
    text = decode(said) if isinstance(said, bytes) else said
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    return clip(text, MAX_TEXT)
