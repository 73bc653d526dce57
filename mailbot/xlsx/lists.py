"""The pages that are plain lists: 未报名单, 待处理, 收件日志."""

from collections.abc import Sequence

from mailbot.xlsx.cells import Look
from mailbot.xlsx.page import CELL, CODE, FIRST_ROW, HEADER_ROW, LEFT, Column, Page, R, as_of, finish, head
from rules.letter.words import listed
from rules.model import Outcome
from rules.pages.calls import CallRow
from rules.pages.lists import CaseRow, LogRow
from rules.pages.marks import Shown, Tone
from rules.tracking import Tracking, mailbox_sums

LOG_ROWS = 10_000
_BOLD_LEFT = Look(align="left", bold=True)
_SMALL_LEFT = Look(align="left", size=9)
_NUMBER = Look(align="left", number="@", size=11, bold=True)
_LOG_TONES = {Outcome.SET_ASIDE: Tone.YELLOW, Outcome.FILED: Tone.GREEN}

CALLS: tuple[Column[CallRow], ...] = (
    Column("key", "键", 4, lambda row: row.key, CODE, hidden=True),
    Column("group", "总支", 24, lambda row: row.group, LEFT),
    Column("unit", "单位", 34, lambda row: row.unit, _BOLD_LEFT),
    Column("missing", "还缺什么", 50, lambda row: Shown(row.missing, "", row.tone), LEFT),
    Column("contact", "联系人", 17, lambda row: row.contact, CELL),
    Column("phone", "电话", 20, lambda row: row.phone, _NUMBER),
    Column("reminded", "已催", 6, lambda row: f"{row.reminded} 次" if row.reminded else "", CELL),
    Column("told", "通话记录", 26, lambda row: "", LEFT),
)
CASES: tuple[Column[CaseRow], ...] = (
    Column("key", "序号", 6, lambda row: row.id, CELL),
    Column("what", "类别", 15, lambda row: Shown(row.what, "", Tone.YELLOW), CELL),
    Column("question", "请答复", 46, lambda row: row.question, _BOLD_LEFT),
    Column("subject", "邮件主题", 34, lambda row: row.subject or "（无主题）", LEFT),
    Column("sender", "发件人", 26, lambda row: row.sender, _SMALL_LEFT),
    Column("received_at", "收到时间", 14, lambda row: row.received_at, CELL),
    Column("detail", "说明", 40, lambda row: row.detail, _SMALL_LEFT),
    Column("fingerprint", "指纹", 11, lambda row: row.fingerprint, CELL),
)
LOG: tuple[Column[LogRow], ...] = (
    Column("key", "编号", 7, lambda row: row.mail, CELL),
    Column("received_at", "收到时间", 15, lambda row: row.received_at, CELL),
    Column("sender", "发件人", 32, lambda row: row.sender, LEFT),
    Column("subject", "主题", 48, lambda row: row.subject or "（无主题）", LEFT),
    Column("outcome", "结果", 12, lambda row: Shown(row.label, "", _LOG_TONES.get(row.outcome, Tone.PLAIN)), CELL),
    Column("reason", "说明", 42, lambda row: row.reason, _SMALL_LEFT),
    Column("files", "附件", 6, lambda row: row.files, CELL),
    Column("fingerprint", "指纹", 12, lambda row: row.fingerprint, CELL),
)


def write_calls(page: Page, tracking: Tracking) -> None:
    """Whom to telephone, to be read out: unit, what is missing, name, number; room for a note in pencil."""
    calls = tracking.calls
    line = f"共 {len(calls)} 个单位还有材料没有办结；打完电话可在最后一栏记一笔。" if calls else "全部单位都已报齐。"
    _write(page, CALLS, calls, ("未报名单（电话联系用）", as_of(tracking), line))


def write_cases(page: Page, tracking: Tracking) -> None:
    """What waits for a person, each with one thing to answer."""
    cases = tracking.cases
    line = f"共 {len(cases)} 件，处理完用 mailbot set-aside 登记。" if cases else "没有需要人工处理的邮件。"
    _write(page, CASES, cases, ("待处理", as_of(tracking), line))


def write_log(page: Page, tracking: Tracking) -> None:
    """All mail of this inbox, newest first, with what became of it."""
    log = tracking.log[:LOG_ROWS]
    left_out = f"；只列最近 {LOG_ROWS} 封" if len(tracking.log) > LOG_ROWS else ""
    sums = listed(f"{label} {number}" for label, number in mailbox_sums(tracking.counts) if number)
    line = f"共 {tracking.counts.seen} 封" + (f"：{sums}{left_out}" if sums else "")
    _write(page, LOG, log, ("收件日志", as_of(tracking), line))


def _write(page: Page, columns: Sequence[Column[R]], rows: Sequence[R], words: tuple[str, str, str]) -> None:
    head(page, columns, words)
    for number, row in enumerate(rows, start=FIRST_ROW):
        page.row(number, columns, row)
    finish(page, columns, HEADER_ROW + len(rows))
