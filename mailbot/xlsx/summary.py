"""The page 汇总: states and 总支 in numbers, reports per day, and a chart of each that Excel draws itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mailbot.xlsx.cells import FONT, Look
from mailbot.xlsx.page import CELL, HEAD, LEFT, SUBTITLE, TITLE, Page, as_of
from mailbot.xlsx.table import sums
from rules.letter.words import listed
from rules.pages.groups import Tally
from rules.tracking import Tracking, mailbox_sums

_BOLD = Look(bold=True, fill="#DCE6F2")
_BOLD_LEFT = Look(bold=True, fill="#DCE6F2", align="left")
_FIRST = 4
_CHART_COLUMN = 11
_LAST_COLUMN = 20
# Header, field of Tally, colour in the chart.
STATES = (
    ("已接收", "accepted", "#5BB974"),
    ("待把关", "awaiting_review", "#F6D55C"),
    ("待补正", "incomplete", "#F2A541"),
    ("已退回", "returned", "#B07AA1"),
    ("未报", "missing", "#E15759"),
    ("免报", "exempt", "#BDBDBD"),
)


@dataclass(frozen=True)
class _Place:
    """Rows of a table that a chart draws: header row, first and last."""

    sheet: str
    header: int
    first: int
    last: int

    def column(self, number: int) -> list[str | int]:
        return [self.sheet, self.first, number, self.last, number]


def write_summary(workbook: Any, page: Page, tracking: Tracking) -> None:
    """Two tables with their charts to the right of them."""
    for number, width in enumerate((28, 8, *(8,) * len(STATES), 8)):
        page.sheet.set_column(number, number, width)
    page.sheet.set_column(_CHART_COLUMN - 2, _CHART_COLUMN - 1, 2)
    span = (0, _LAST_COLUMN)
    page.banner(0, span, f"{tracking.campaign.title}　汇总", TITLE)
    page.banner(1, span, f"{as_of(tracking)}　　{sums(tracking.total)}", SUBTITLE)
    mail = listed(f"{label} {number}" for label, number in mailbox_sums(tracking.counts))
    page.banner(2, span, f"收件箱共 {tracking.counts.seen} 封：{mail}", SUBTITLE)
    page.sheet.set_row(0, 28)
    groups = _groups(page, tracking)
    high = max(groups.last - groups.first + 3, 12)
    _bars(workbook, page, groups, high * 20)
    below = _FIRST + high + 1
    days = _days(page, tracking, below)
    _line(workbook, page, days)
    page.sheet.print_area(0, 0, max(days.last, below + 15), _LAST_COLUMN)


def _groups(page: Page, tracking: Tracking) -> _Place:
    """Every 总支 in roster order; the branches without one on one line; the sums below."""
    _header(page, _FIRST, ("总支", "应报", *(word for word, _, _ in STATES), "逾期"))
    row = _FIRST
    for group in tracking.groups:
        row += 1
        _counts(page, row, group.name, group.tally, (LEFT, CELL))
    _counts(page, row + 1, "合计", tracking.total, (_BOLD_LEFT, _BOLD))
    return _Place(page.name, _FIRST, _FIRST + 1, max(row, _FIRST + 1))


def _header(page: Page, row: int, words: Sequence[str]) -> None:
    for column, word in enumerate(words):
        page.put(row, column, word, HEAD)


def _counts(page: Page, row: int, name: str, tally: Tally, looks: tuple[Look, Look]) -> None:
    left, middle = looks
    page.put(row, 0, name, left)
    numbers = (tally.owed, *(getattr(tally, field) for _, field, _ in STATES), tally.late)
    for column, number in enumerate(numbers, start=1):
        page.put(row, column, number, middle)


def _bars(workbook: Any, page: Page, place: _Place, height: int) -> None:
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, (_, _, colour) in enumerate(STATES, start=2):
        chart.add_series(
            {
                "name": [place.sheet, place.header, column],
                "categories": place.column(0),
                "values": place.column(column),
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_title({"name": "各总支报送情况", "name_font": _font(12), "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": _font(8), "line": {"none": True}, "interval_unit": 1})
    chart.set_x_axis(
        {"num_font": _font(9), "major_gridlines": _GRID, "num_format": "0", "min": 0, "label_position": "high"}
    )
    chart.set_legend({"position": "bottom", "font": _font(9)})
    _insert(page, chart, place.header, height)


def _days(page: Page, tracking: Tracking, row: int) -> _Place:
    """Reports that arrived on each day."""
    _header(page, row, ("日期", "收到份数"))
    first = row + 1
    for number, (day, count) in enumerate(tracking.days, start=first):
        page.put(number, 0, f"{day.month}.{day.day}", CELL)
        page.put(number, 1, count, CELL)
    return _Place(page.name, row, first, first + max(len(tracking.days), 1) - 1)


def _line(workbook: Any, page: Page, place: _Place) -> None:
    chart = workbook.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": [place.sheet, place.header, 1],
            "categories": place.column(0),
            "values": place.column(1),
            "line": {"color": "#1F3A5F", "width": 2},
            "marker": {"type": "circle", "size": 5, "fill": {"color": "#1F3A5F"}, "border": {"color": "#1F3A5F"}},
        }
    )
    chart.set_title({"name": "每日收到份数", "name_font": _font(12)})
    chart.set_y_axis({"num_font": _font(9), "major_gridlines": _GRID, "min": 0, "num_format": "0"})
    chart.set_x_axis({"num_font": _font(9), "interval_unit": max(1, (place.last - place.first + 1) // 14)})
    chart.set_legend({"none": True})
    _insert(page, chart, place.header, 300)


_GRID = {"visible": True, "line": {"color": "#DDDDDD", "width": 0.5}}


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size, "bold": False}


def _insert(page: Page, chart: Any, row: int, height: int) -> None:
    chart.set_size({"width": 620, "height": height})
    chart.set_chartarea({"border": {"color": "#A6A6A6"}})
    options = {"x_offset": 0, "y_offset": 0, "object_position": 2}
    page.sheet.insert_chart(row, _CHART_COLUMN, chart, options)
