"""Letters that nobody asked for, as they are kept: reminders, requests, the department's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from rules.letters import (
    AlarmKind,
    DeadLetter,
    Decided,
    Trouble,
    alarm,
    announcement,
    daily,
    decision_letter,
    phone_list,
    reminder,
    review_request,
)
from rules.model import Case, Decision, Enclosure, Letter, MailboxCounts, Roster, State
from rules.reminders import owed, to_phone
from rules.status import decide
from rules.steps import Step
from rules.tracking import Figures
from tests.letters.invented import (
    ARRIVED,
    CAMPAIGN,
    DEPARTMENT,
    LATE,
    NO_REVIEW,
    NO_VALUE,
    ROSTER,
    Office,
    item,
)

SHEET = Enclosure("台账.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"invented")


def _review_request() -> Letter:
    receipt = Office().take(item("学生一支部总结.docx", "0101", NO_REVIEW)).standings[("0101", "report")].receipts[0]
    report = Enclosure("学生一支部总结.docx", "application/octet-stream", b"invented")
    letter = review_request(CAMPAIGN, ROSTER.unit("0101"), ROSTER.unit("01"), receipt, report)
    assert letter is not None
    return letter


def _decision(accepted: bool | None, reason: str = "") -> Letter:
    branch = item("学生一支部总结.docx", "0101", NO_REVIEW)
    standing = Office().take(branch).standings[("0101", "report")]
    decision = Decision(accepted, "组织部", ARRIVED, reason) if accepted is not None else None
    return decision_letter(Decided(CAMPAIGN, ROSTER, decide(standing, 1, decision), 1, decision), 1, ())


CASES = (
    Case(7, "unsure", "总结", "zhangsan@example.com", ARRIVED, "", units=("0101", "0201")),
    Case(8, "new_address", "外语学生一支部总结", "lisi@example.com", ARRIVED, "", units=("0201",)),
    Case(9, "set_aside", "", "tsg@example.edu.cn", ARRIVED, "压缩包层数太多"),
    Case(10, "bounced", "【创先争优总结】还有 2 份待报", "wgy@example.edu.cn", ARRIVED, "对方说没有这个用户"),
)


def _daily() -> Letter:
    figures = Figures(
        now=datetime(2012, 9, 11, 9, 30, tzinfo=UTC),
        accepted=86,
        owed=112,
        new_today=14,
        incomplete=4,
        awaiting=3,
        missing=19,
        cases=CASES,
        counts=MailboxCounts(filed=101, orders=1, automatic=6, own=2, not_ours=30, set_aside=1, duplicate=3),
    )
    return daily(CAMPAIGN, ROSTER, DEPARTMENT, figures, SHEET)


def _daily_with_copies() -> Letter:
    """Reports with much text in common: one line, and the passages once."""
    figures = Figures(
        now=datetime(2012, 9, 12, 9, 30, tzinfo=UTC),
        accepted=90,
        owed=112,
        new_today=6,
        missing=22,
        counts=MailboxCounts(filed=107),
        copies=3,
    )
    compared = Enclosure("创先争优总结文字相近对照 2012-09-12.docx", "application/octet-stream", b"invented")
    return daily(CAMPAIGN, ROSTER, DEPARTMENT, figures, SHEET, compared)


def _phone_list() -> Letter:
    office = Office().take(item("图书馆.docx", "09", NO_VALUE))
    entries = to_phone(CAMPAIGN, COLLEGE, office.standings, ARRIVED)
    return phone_list(CAMPAIGN, COLLEGE, DEPARTMENT, entries, Step("phone-before-0", ARRIVED), ARRIVED)


def _alarm_dead_letters() -> Letter:
    dead = (DeadLetter("nobody@example.edu.cn", "【创先争优总结】还有 1 份待报", "550 user not found"),)
    return alarm(CAMPAIGN, DEPARTMENT, Trouble(AlarmKind.DEAD_LETTERS, ARRIVED, name="1", dead=dead))


def _alarm_inbox() -> Letter:
    return alarm(CAMPAIGN, DEPARTMENT, Trouble(AlarmKind.INBOX, ARRIVED, detail="imap.example.edu.cn:993 timed out"))


BEFORE = Step("before-2", ARRIVED)
AFTER = Step("overdue-1", LATE, overdue=True)
COLLEGE = Roster(tuple(unit for unit in ROSTER.units if not unit.code.startswith("01")))


def _half() -> Office:
    office = Office().take(item("学生一.docx", "0101", NO_VALUE), item("教工二.docx", "0105", NO_REVIEW))
    for code in ("01", "0103", "0104", "0107"):
        office.put(code, State.ACCEPTED)
    return office


def asking(office: Office, code: str, step: Step, now: datetime) -> Letter:
    """The reminder of that step to that unit, as it would go out."""
    later = replace(step, due_at=max(step.due_at, now))
    letters = owed(CAMPAIGN, ROSTER, office.standings, later, now)
    return next(reminder(CAMPAIGN, ROSTER, one, later, now) for one in letters if one.addressee.code == code)


def _reminder() -> Letter:
    return asking(_half(), "01", BEFORE, datetime(2012, 9, 12, 1, 0, tzinfo=UTC))


def _reminder_alone() -> Letter:
    return asking(_half(), "09", BEFORE, datetime(2012, 9, 12, 1, 0, tzinfo=UTC))


def _reminder_last_day() -> Letter:
    return asking(_half(), "01", BEFORE, datetime(2012, 9, 14, 1, 0, tzinfo=UTC))


def _overdue() -> Letter:
    return asking(_half(), "01", AFTER, LATE)


def _overdue_alone() -> Letter:
    return asking(_half(), "09", AFTER, LATE)


def _announcement() -> Letter:
    return announcement(
        CAMPAIGN, DEPARTMENT, (_reminder(), _reminder_alone()), datetime(2012, 9, 11, 1, 0, tzinfo=UTC), BEFORE
    )


def _announcement_waits() -> Letter:
    return announcement(CAMPAIGN, DEPARTMENT, (_reminder_alone(),), None, BEFORE)


OURS: dict[str, Callable[[], Letter]] = {
    "review-request": _review_request,
    "reminder": _reminder,
    "reminder-alone": _reminder_alone,
    "reminder-last-day": _reminder_last_day,
    "overdue": _overdue,
    "overdue-alone": _overdue_alone,
    "announcement": _announcement,
    "announcement-waits": _announcement_waits,
    "daily": _daily,
    "daily-with-copies": _daily_with_copies,
    "phone-list": _phone_list,
    "alarm-dead-letters": _alarm_dead_letters,
    "alarm-inbox": _alarm_inbox,
    "decision-accepted": lambda: _decision(True, "电话核实过，总支已看过"),
    "decision-returned": lambda: _decision(False, "第二部分请补上具体数据"),
    "decision-undone": lambda: _decision(None),
}
