"""One mail of the story, and its bytes as its sender's program would write them."""

import email
import email.policy
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.demo.college import DEPARTMENT, DOMAIN

ZONE = ZoneInfo("Asia/Shanghai")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {"docx": WORD, "zip": "application/zip", "jpg": "image/jpeg", "pdf": "application/pdf"}

Named = tuple[str, bytes]
"""File name and bytes."""


@dataclass(frozen=True)
class Post:
    """One mail of the story: when it arrives, who sends it, what it says and what is enclosed.

    `shows` is what it is there for, in a few Chinese words. `replies`: it answers the bot's last letter to that
    address. `bounces`: it brings the bot's last letter to this address back. `raw`: bytes to deliver as they are.
    """

    at: datetime
    sender: str
    subject: str
    body: str = ""
    files: tuple[Named, ...] = ()
    name: str = ""
    shows: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    replies: bool = False
    bounces: str = ""
    raw: bytes | None = field(default=None, repr=False)

    @property
    def about(self) -> str:
        """The mailbox whose last letter from the bot this mail is about; "" when it is about none."""
        return self.bounces or (self.sender if self.replies else "")


def moment(day: int, clock: str) -> datetime:
    """A local time in September 2012."""
    hour, minute = clock.split(":")
    return datetime(2012, 9, day, int(hour), int(minute), tzinfo=ZONE)


def message(post: Post, number: int, letter: bytes = b"") -> bytes:
    """The bytes of a mail. `letter` is the one of ours that it answers, or that it brings back."""
    ours = str(email.message_from_bytes(letter)["Message-ID"]) if letter else ""
    if post.raw is not None:
        return post.raw
    if post.bounces:
        return _bounce(post, number, ours)
    mail = EmailMessage()
    mail["From"] = f"{Header(post.name, 'utf-8').encode()} <{post.sender}>" if post.name else post.sender
    mail["To"] = DEPARTMENT.address
    mail["Date"] = format_datetime(post.at)
    mail["Subject"] = post.subject
    mail["Message-ID"] = f"<story-{number:03}@{post.sender.partition('@')[2]}>"
    if ours:
        mail["In-Reply-To"] = mail["References"] = ours
    for key, value in post.headers:
        mail[key] = value
    mail.set_content(post.body or " ")
    for name, content in post.files:
        _attach(mail, name, content)
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))


def _attach(mail: EmailMessage, name: str, content: bytes) -> None:
    ending = name.rpartition(".")[2]
    if ending == "eml":
        # A mail inside a mail, as "forward as attachment" writes it.
        inner: Any = email.message_from_bytes(content, policy=email.policy.default)
        mail.add_attachment(inner, filename=name)
        return
    kind, _, subtype = _TYPES.get(ending, "application/octet-stream").partition("/")
    mail.add_attachment(content, maintype=kind, subtype=subtype, filename=name)


def _bounce(post: Post, number: int, ours: str) -> bytes:
    """A delivery status notification (RFC 3464) with the headers of the letter that did not arrive."""
    return (
        f"From: Mail Delivery System <{post.sender}>\r\nTo: {DEPARTMENT.address}\r\nSubject: {post.subject}\r\n"
        f"Date: {format_datetime(post.at)}\r\nMessage-ID: <bounce-{number}@{DOMAIN}>\r\nReturn-Path: <>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b2\r\n\r\n"
        f"--b2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n<{post.bounces}>: mailbox is full\r\n"
        "--b2\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mail.{DOMAIN}\r\n\r\n"
        f"Final-Recipient: rfc822; {post.bounces}\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
        f"--b2\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {ours}\r\n\r\n--b2--\r\n"
    ).encode()
