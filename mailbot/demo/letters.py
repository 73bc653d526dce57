"""The bot's letters as the demo shows them: a line on the screen, and an .eml file with a name of our own words."""

import email
import email.policy
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from mailbot.demo.college import DEPARTMENT
from mailbot.demo.server import Delivered
from rules.filing import clean
from rules.model import LetterKind, Roster
from rules.text import visible

KINDS = {
    LetterKind.ACKNOWLEDGEMENT: "回信",
    LetterKind.OVERSIZE: "邮件过大",
    LetterKind.REVIEW_REQUEST: "请把关",
    LetterKind.REMINDER: "催报",
    LetterKind.OVERDUE: "逾期催报",
    LetterKind.ANNOUNCEMENT: "催报预告",
    LetterKind.PHONE_LIST: "电话名单",
    LetterKind.DAILY: "台账",
    LetterKind.ALARM: "提醒工作人员",
}
STRANGER = "名单外的邮箱"
LINE = 56


def addressee(address: str, roster: Roster) -> str:
    """Whose mailbox it is, in our words: the first unit that registered it."""
    owners = roster.owners(address)
    if owners:
        return owners[0].name
    if address == DEPARTMENT.address:
        return "本邮箱"
    return "组织部工作人员" if address in DEPARTMENT.staff else STRANGER


def opened(content: bytes) -> EmailMessage:
    """A letter of ours, taken apart."""
    return email.message_from_bytes(content, policy=email.policy.default)


def message_id(letter: Delivered) -> str:
    """Without angle brackets, as the outbox knows it."""
    return str(email.message_from_bytes(head_of(letter.content))["Message-ID"]).strip("<> ")


def head_of(content: bytes) -> bytes:
    """The header alone: a letter with a tracking sheet is long."""
    return content.partition(b"\r\n\r\n")[0]


def said(letter: Delivered) -> str:
    """What the letter says first: the result, or where it answers nothing, its subject."""
    mail = opened(letter.content)
    body = mail.get_body(("plain",))
    first = str(body.get_content()).partition("\n")[0] if body is not None and mail["In-Reply-To"] else ""
    return short(first or str(mail["Subject"]), LINE)


def short(text: str, length: int) -> str:
    """One line that shows nothing invisible and turns nothing around, cut to so many characters."""
    line = " ".join(visible(text).split())
    return line if len(line) <= length else line[: length - 1] + "…"


@dataclass
class Pile:
    """Where the letters are laid, one file each. Names: time, kind and addressee; never a word from outside."""

    folder: Path
    roster: Roster
    names: set[str] = field(default_factory=set)

    def lay(self, letter: Delivered, kind: LetterKind, at: datetime) -> Path:
        to = addressee(letter.recipients[0], self.roster)
        stem = clean(f"{at:%Y-%m-%d %H%M} {KINDS[kind]} {to}")
        name, count = stem, 1
        while name in self.names:
            count += 1
            name = f"{stem} {count}"
        self.names.add(name)
        path = self.folder / f"{name}.eml"
        path.write_bytes(letter.content)
        return path
