"""Mails as branches send them, letters as they get them, and the campaign in days of our choice. All invented."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.demo import college
from mailbot.demo.reports import Report, write
from rules.model import Roster
from tests.servers import DOMAIN

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHIPPED = Path(__file__).parents[1] / "rules" / "campaigns" / "chuangxian-zhengyou-2012.toml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Files = Sequence[tuple[str, bytes]]


def account(name: str) -> str:
    """The address of an invented account of these tests."""
    return f"path-{name}@{DOMAIN}"


CLERK = account("clerk")
STRANGER = account("lixx")  # somebody's private address: in no roster


def roster() -> Roster:
    """The invented college of the demo, with accounts that no other test uses."""
    return Roster(
        tuple(
            replace(unit, addresses=tuple(account(address.partition("@")[0]) for address in unit.addresses))
            for unit in college.roster().units
        )
    )


def september(day: int, clock: str) -> datetime:
    """A local time in September 2012: the days of the shipped campaign."""
    return datetime.fromisoformat(f"2012-09-{day:02}T{clock}:00").replace(tzinfo=SHANGHAI)


def campaign_around(deadline: datetime, opens: str = "") -> str:
    """The shipped campaign with another deadline, open for ten days already: for mail that arrives today."""
    local = deadline.astimezone(SHANGHAI)
    changes = {
        r"^opens\b.*$": f"opens = {opens or (datetime.now(SHANGHAI) - timedelta(days=10)).date()}",
        r"^at +=.*$": f"at = {local.isoformat(timespec='seconds')}",
        r"^text .*$": f'text = "{local.month}月{local.day}日前"',
        r"^weekday .*$": f'weekday = "周{"一二三四五六日"[local.weekday()]}"',
    }
    text = SHIPPED.read_text("utf-8")
    for pattern, line in changes.items():
        text, found = re.subn(pattern, line, text, flags=re.MULTILINE)
        assert found == 1, pattern
    tomllib.loads(text)
    return text


def midnight(days: int) -> datetime:
    """The last second of the day that is so many days from now."""
    day = datetime.now(SHANGHAI) + timedelta(days=days)
    return day.replace(hour=23, minute=59, second=59, microsecond=0)


def report(unit: str, name: str = "", **how: Any) -> tuple[str, bytes]:
    """File name and bytes of an invented report; `how` as in `mailbot.demo.reports.Report`."""
    return (name or f"{unit}创先争优活动总结.docx", write(Report(unit, **how)))


class Letter:
    """A letter as it lies in somebody's mailbox."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.mail: Any = message_from_bytes(raw, policy=policy.default)

    def __getitem__(self, header: str) -> str:
        return str(self.mail[header] or "")

    @property
    def text(self) -> str:
        return str(self.mail.get_body(("plain",)).get_content())

    @property
    def html(self) -> str:
        return str(self.mail.get_body(("html",)).get_content())

    @property
    def first_line(self) -> str:
        return self.text.splitlines()[0]

    @property
    def files(self) -> dict[str, bytes]:
        return {part.get_filename(): part.get_content() for part in self.mail.iter_attachments()}


def mail(sender: str, to: str, subject: str, body: str = "请查收。", files: Files = (), **headers: str) -> EmailMessage:
    """A mail as a usual program writes it. Headers by keyword: `In_Reply_To="<…>"`."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = format_datetime(datetime.now(SHANGHAI))
    made["Message-ID"] = make_msgid(domain=sender.partition("@")[2].strip(">"))
    for key, value in headers.items():
        name = key.replace("_", "-")
        del made[name]
        made[name] = value
    made.set_content(body)
    for name, content in files:
        kind, _, subtype = (WORD if name.endswith(".docx") else "application/octet-stream").partition("/")
        made.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    return made


def to_bytes(message: EmailMessage) -> bytes:
    return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
