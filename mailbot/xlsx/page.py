"""What all pages of the sheet have in common: title, header, print settings, frozen panes, filter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from mailbot.xlsx.cells import Look, Looks, clean, explain, put, row_height
from rules.letter.words import deadline
from rules.pages.marks import Shown, Tone
from rules.tracking import Tracking

TITLE = Look(bold=True, size=16, border=False, wrap=False)
SUBTITLE = Look(size=10, border=False, wrap=False, colour="#404040")
HEAD = Look(bold=True, fill="#1F3A5F", colour="#FFFFFF")
CELL = Look()
LEFT = Look(align="left")
CODE = Look(number="@")
A4 = 9  # paper size of ECMA-376 18.3.1.63
HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1

R = TypeVar("R")
Value = str | int | datetime | Shown | None


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: a permanent key, the header, its width in characters, what a row shows in it, and how.

    `why` is the header's own comment. `hidden` columns are for the program.
    """

    key: str
    header: str
    width: float
    value: Callable[[R], Value]
    look: Look = CELL
    why: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How a whole row differs from others. `level` is that of the outline; `flush`: without the column's indent."""

    bold: bool = False
    fill: str = ""
    level: int = 0
    flush: bool = False

    def of(self, look: Look) -> Look:
        """The look of a column, in such a row."""
        indent = 0 if self.flush else look.indent
        return replace(look, bold=self.bold or look.bold, fill=self.fill or look.fill, indent=indent)


PLAIN_ROW = Manner()


@dataclass(frozen=True)
class Page:
    """A worksheet with its formats; `sheet` is xlsxwriter's."""

    name: str
    sheet: Any
    looks: Looks

    def put(self, row: int, column: int, value: Value, look: Look) -> None:
        """One cell; of a `Shown` its text, with the reason as its comment and its tone over the look's."""
        if isinstance(value, Shown):
            toned = look if value.tone is Tone.PLAIN else replace(look, tone=value.tone)
            put(self.sheet, self.looks, (row, column), value.text, toned)
            explain(self.sheet, (row, column), value.why)
        else:
            put(self.sheet, self.looks, (row, column), value, look)

    def row(self, number: int, columns: Sequence[Column[R]], row: R, manner: Manner = PLAIN_ROW) -> None:
        """One row of a table, high enough for its longest text."""
        values = [column.value(row) for column in columns]
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            self.put(number, place, value, manner.of(column.look))
        shown = [pair for pair in zip(columns, values, strict=True) if not pair[0].hidden]
        texts = [(words_of(value), column.width, manner.of(column.look)) for column, value in shown]
        self.sheet.set_row(number, row_height(texts), None, {"level": manner.level})

    def banner(self, row: int, span: tuple[int, int], text: str, look: Look) -> None:
        """Text over several columns. The merge is written empty: xlsxwriter would guess at what a text means."""
        first, last = span
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.looks.format(look))
        put(self.sheet, self.looks, (row, first), text, look)


def open_page(workbook: Any, looks: Looks, name: str, tracking: Tracking) -> Page:
    """An empty page: A4 landscape, one page wide, with page numbers and the campaign at the foot."""
    sheet = workbook.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.6)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    campaign = clean(tracking.campaign.label, 60).replace("\n", " ").replace("&", "&&")
    stamp = f"{tracking.as_of:%Y-%m-%d %H:%M}"
    sheet.set_footer(f"&L&9{_apart(campaign)} {name}&C&9第 &P 页 共 &N 页&R&9截至 {stamp}")
    return Page(name, sheet, looks)


def _apart(text: str) -> str:
    """A digit right behind the font size would be read as part of it."""
    return f" {text}" if text[:1].isdigit() else text


def head(page: Page, columns: Sequence[Column[R]], words: tuple[str, str, str]) -> None:
    """Title, a line of figures, a line of explanation, and the header row, which stays in sight and on every page."""
    sheet = page.sheet
    shown = [number for number, column in enumerate(columns) if not column.hidden]
    span = (shown[0], shown[-1])
    for row, (text, look, high) in enumerate(zip(words, (TITLE, SUBTITLE, SUBTITLE), (28, 18, 18), strict=True)):
        page.banner(row, span, text, look)
        sheet.set_row(row, high)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width, None, {"hidden": column.hidden})
        page.put(HEADER_ROW, number, column.header, HEAD)
        explain(sheet, (HEADER_ROW, number), column.why)
    headers = [(column.header, column.width, HEAD) for column in columns if not column.hidden]
    sheet.set_row(HEADER_ROW, row_height(headers, most=3, least=24))
    sheet.repeat_rows(0, HEADER_ROW)


def finish(page: Page, columns: Sequence[Column[R]], last_row: int, frozen_columns: int = 0) -> None:
    """The filter, the frozen panes and what is printed, once it is known how long the page is."""
    shown = [number for number, column in enumerate(columns) if not column.hidden]
    page.sheet.freeze_panes(FIRST_ROW, frozen_columns)
    page.sheet.autofilter(HEADER_ROW, shown[0], max(last_row, HEADER_ROW), shown[-1])
    page.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.sheet.print_area(0, shown[0], max(last_row, FIRST_ROW), shown[-1])


def as_of(tracking: Tracking) -> str:
    """截至 9月10日 17:30　报送截止 9月14日（星期五）24时前"""
    campaign, now = tracking.campaign, tracking.as_of
    until = deadline(campaign.deadline.at, campaign)
    return f"截至 {now.year}年{now.month}月{now.day}日 {now:%H:%M}　　报送截止：{until}"


def words_of(value: Value) -> str:
    """The words of a cell, for reckoning how high its row must be."""
    if isinstance(value, Shown):
        return value.text
    return value if isinstance(value, str) else ""
