"""What the department is told when something stopped: what, since when, what is safe, what to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.campaign import Campaign
from rules.letter.words import line, moment
from rules.model import Department, Letter, LetterKind

DEAD_SHOWN = 15


class AlarmKind(StrEnum):
    """What stopped; the words for each (what, what is safe, what to do) stand in the template."""

    INBOX = "inbox"
    LOGIN = "login"
    SENDING = "sending"
    DISK = "disk"
    SET_ASIDE = "set_aside"
    DEAD_LETTERS = "dead_letters"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    RELEASED = "released"
    NOT_OBEYED = "not_obeyed"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A letter that was given up: to whom, its subject, and what the server said."""

    to: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stopped and since when (aware). `name` tells one trouble from the next of its kind (it is in the key)."""

    kind: AlarmKind
    since: datetime
    detail: str = ""
    name: str = ""
    dead: tuple[DeadLetter, ...] = ()


@dataclass(frozen=True, slots=True)
class AlarmFacts:
    kind: AlarmKind
    since: str
    detail: str
    dead: tuple[DeadLetter, ...]
    more: int


ALARM_SUBJECTS = {
    AlarmKind.INBOX: "收件箱连不上了",
    AlarmKind.LOGIN: "邮箱登录被拒绝",
    AlarmKind.SENDING: "信发不出去了",
    AlarmKind.DISK: "存不下新邮件了",
    AlarmKind.SET_ASIDE: "有邮件没能处理，请看一下",
    AlarmKind.DEAD_LETTERS: "有信送不到，请核对地址",
    AlarmKind.UNKNOWN: "收件程序遇到问题",
    AlarmKind.STOPPED: "催报已按您的回复暂停",
    AlarmKind.RELEASED: "催报已按您的回复放行",
    AlarmKind.NOT_OBEYED: "您的回信没有办理",
}


def alarm(campaign: Campaign, department: Department, trouble: Trouble) -> Letter:
    """What stopped, since when, what is safe, what to do. Key `alarm:<kind>:<name or instant>`: once per trouble."""
    since = moment(trouble.since, campaign)
    return Letter(
        key=f"alarm:{trouble.kind}:{trouble.name or trouble.since.isoformat()}",
        kind=LetterKind.ALARM,
        to=department.staff,
        subject=line(f"【收件提醒】{ALARM_SUBJECTS[trouble.kind]}（{since} 起）", 120),
        facts=AlarmFacts(
            kind=trouble.kind,
            since=since,
            detail=line(trouble.detail, 160) if trouble.detail else "",
            dead=tuple(
                DeadLetter(line(dead.to), line(dead.subject), line(dead.reason, 120))
                for dead in trouble.dead[:DEAD_SHOWN]
            ),
            more=max(len(trouble.dead) - DEAD_SHOWN, 0),
        ),
        automatic="auto-generated",
    )
