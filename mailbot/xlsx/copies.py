"""The page 文字相近: reports with much text in common, side by side. Only there when there is something to show."""

from mailbot.xlsx.cells import Look
from mailbot.xlsx.page import CELL, FIRST_ROW, HEADER_ROW, Column, Manner, Page, as_of, finish, head
from rules.pages.copies import CopyRow, copy_rows
from rules.tracking import Tracking

TITLE = "文字相近（仅供组织部了解）"
MEANING = (
    "“相同文字”：一份报告自己的文字有多少也见于另一份；标题、落款、意见栏和通知原文不计。"
    "¶ 后是段落序号。怎样看待，由人判断。"
)
_PAIR = Manner(bold=True, fill="#DCE6F2")
_PASSAGE = Manner(level=1)
_TEXT = Look(align="left", size=9)

COLUMNS: tuple[Column[CopyRow], ...] = (
    Column("key", "序号", 6, lambda row: row.number, CELL),
    Column("heading", "对照", 12, lambda row: row.heading, CELL),
    Column("first", "甲", 56, lambda row: row.first, _TEXT),
    Column("second", "乙", 56, lambda row: row.second, _TEXT),
    Column("share", "相同文字", 11, lambda row: row.share, CELL),
    Column("note", "说明", 26, lambda row: row.note, _TEXT),
)


def write_copies(page: Page, tracking: Tracking) -> None:
    """A row per pair, its longest passages below it."""
    head(page, COLUMNS, (TITLE, as_of(tracking), f"共 {len(tracking.copies)} 对。{MEANING}"))
    rows = copy_rows(tracking.copies)
    for number, row in enumerate(rows, start=FIRST_ROW):
        page.row(number, COLUMNS, row, _PAIR if row.head else _PASSAGE)
    finish(page, COLUMNS, HEADER_ROW + len(rows))
