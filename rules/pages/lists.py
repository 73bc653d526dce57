"""Two lists of the 台账: what waits for a person, and the log of mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.campaign import Campaign
from rules.letter.words import fingerprint
from rules.model import Case, LogEntry, Outcome, Roster

OUTCOMES = {
    Outcome.FILED: "已归档",
    Outcome.ORDER: "办理指令",
    Outcome.AUTOMATIC: "自动回信",
    Outcome.OWN: "本邮箱发出",
    Outcome.NOT_OURS: "其他邮件",
    Outcome.SET_ASIDE: "待人工处理",
    Outcome.DUPLICATE: "重复邮件",
}
# Kind of case: how it is called, and the one thing to answer ({units}: names of the units it is about).
CASES = {
    "unsure": ("认不出单位", "这份材料是哪个单位的？{units}"),
    "doubtful": ("是否本次材料", "这封信是不是报送本次材料的？是 / 不是"),
    "set_aside": ("未能处理", "请打开原信看一下：需要登记，还是可以不管？"),
    "bounced": ("退信", "通知没有送到，正确的邮箱是什么？{units}"),
    "new_address": ("新邮箱", "这个邮箱以后可以代表该单位报送吗？可以的话，加到名册“邮箱”栏再导入{units}"),
}
PRELIMINARY = "preliminary"
"""The reason of a mail that asked for a look only (预审): it is in the sums, and on no page."""
# Why a mail has its outcome, as the log of the bot has it, and as people read it; what is not here is Chinese already.
REASONS = {
    "bounce": "退信",
    "auto-reply": "自动回复",
    "auto-generated": "系统自动发出",
    "null return path": "系统自动发出",
    "receipt": "已读回执",
    "list": "邮件列表",
    "complaint": "系统报告",
    "report": "系统报告",
    "from our own address": "本邮箱自己发出",
    "a short reply without attachment": "简短回复，没有附件",
    "answered, nothing to file": "已回信，没有可登记的材料",
    "doubtful": "不能确定是不是本次材料",
    "set_aside": "需要人看一下，见“待处理”",
    "mass mail: stop": "叫停了催报通知",
    "mass mail: go": "同意发出催报通知",
    "not understood": "工作人员的回信，没有看懂，已回信说明",
}
_SAME = "the same as mail "
OTHER_CASE = ("请过目", "请看一下，这封信怎么处理？")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One thing that needs a person: `what` it is, `question` the one thing to answer."""

    id: int
    what: str
    question: str
    units: tuple[str, ...]
    subject: str
    sender: str
    received_at: datetime
    detail: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One mail that the server showed, and what became of it."""

    mail: int
    received_at: datetime
    sender: str
    subject: str
    outcome: Outcome
    label: str
    reason: str
    files: int
    fingerprint: str


def open_cases(cases: Iterable[Case], campaign: Campaign) -> tuple[Case, ...]:
    """Cases of this campaign and those of none, oldest first: they wait longest."""
    ours = (case for case in cases if case.campaign in ("", campaign.id))
    return tuple(sorted(ours, key=lambda case: (case.received_at, case.id)))


def case_row(case: Case, campaign: Campaign, roster: Roster) -> CaseRow:
    what, question = CASES.get(case.kind, OTHER_CASE)
    units = tuple(roster.unit(code).name for code in case.units if code in roster)
    return CaseRow(
        id=case.id,
        what=what,
        question=question.replace("{units}", f"（{'、'.join(units)}）" if units else ""),
        units=units,
        subject=case.subject,
        sender=case.sender,
        received_at=case.received_at.astimezone(campaign.tz),
        detail=case.detail,
        fingerprint=fingerprint(case.sha256) if case.sha256 else "",
    )


def log_of(log: Iterable[LogEntry], campaign: Campaign) -> tuple[LogRow, ...]:
    """All mail, newest first; without what was looked at beforehand (预审): the department is not shown that."""
    shown = (entry for entry in log if entry.reason != PRELIMINARY)
    newest = sorted(shown, key=lambda entry: (entry.received_at, entry.mail), reverse=True)
    return tuple(
        LogRow(
            mail=entry.mail,
            received_at=entry.received_at.astimezone(campaign.tz),
            sender=entry.sender,
            subject=entry.subject,
            outcome=entry.outcome,
            label=OUTCOMES[entry.outcome],
            reason=reason_of(entry),
            files=entry.files,
            fingerprint=fingerprint(entry.sha256) if entry.sha256 else "",
        )
        for entry in newest
    )


def reason_of(entry: LogEntry) -> str:
    """Why a mail has its outcome, in words for people."""
    if entry.reason.startswith(_SAME):
        return f"与第 {entry.reason.removeprefix(_SAME)} 号邮件相同"
    return REASONS.get(entry.reason, entry.reason)
