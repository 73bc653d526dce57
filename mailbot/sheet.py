"""The 台账 as an Excel file: its five pages, and a hidden one by which an edited sheet is known when it comes back."""

from datetime import UTC
from io import BytesIO
from typing import Any

import xlsxwriter

from mailbot.xlsx.cells import Look, Looks, clean, put
from mailbot.xlsx.copies import write_copies
from mailbot.xlsx.lists import write_calls, write_cases, write_log
from mailbot.xlsx.page import FIRST_ROW, HEADER_ROW, open_page
from mailbot.xlsx.summary import write_summary
from mailbot.xlsx.table import columns_of, write_table
from rules.tracking import Tracking

FORMAT_VERSION = 1
SETTINGS_PAGE = "mailbot"
# Guessing at what a string means is off, for every way of writing: nothing from outside may become a formula or a link.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def write_sheet(tracking: Tracking) -> bytes:
    """The .xlsx (ECMA-376) of these rows; the same rows give the same bytes."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        _properties(workbook, tracking)
        looks = Looks(workbook)
        table = open_page(workbook, looks, "总表", tracking)
        last_row = write_table(table, tracking)
        write_calls(open_page(workbook, looks, "未报名单", tracking), tracking)
        write_cases(open_page(workbook, looks, "待处理", tracking), tracking)
        if tracking.copies:
            write_copies(open_page(workbook, looks, "文字相近", tracking), tracking)
        write_log(open_page(workbook, looks, "收件日志", tracking), tracking)
        write_summary(workbook, open_page(workbook, looks, "汇总", tracking), tracking)
        _settings(workbook, looks, tracking, last_row)
        table.sheet.activate()
    return target.getvalue()


def _properties(workbook: Any, tracking: Tracking) -> None:
    campaign = tracking.campaign
    created = tracking.as_of.astimezone(UTC).replace(tzinfo=None)
    workbook.set_properties({"title": clean(f"{campaign.title} 台账", 200), "created": created})
    workbook.set_custom_property("mailbot-campaign", campaign.id, "text")
    workbook.set_custom_property("mailbot-format", FORMAT_VERSION, "number")
    workbook.set_size(2400, 1400)


def _settings(workbook: Any, looks: Looks, tracking: Tracking, last_row: int) -> None:
    """Names and values: how to read the 总表 when somebody sends it back edited. Rows and columns count from 0."""
    sheet = workbook.add_worksheet(SETTINGS_PAGE)
    sheet.very_hidden()
    values: list[tuple[str, str | int]] = [
        ("format", FORMAT_VERSION),
        ("campaign", tracking.campaign.id),
        ("as_of", tracking.as_of.isoformat()),
        ("sheet", "总表"),
        ("header_row", HEADER_ROW),
        ("first_row", FIRST_ROW),
        ("last_row", last_row),
        *((f"column:{column.key}", number) for number, column in enumerate(columns_of(tracking))),
    ]
    plain = Look(border=False, align="left", wrap=False)
    for row, (name, value) in enumerate(values):
        put(sheet, looks, (row, 0), name, plain)
        put(sheet, looks, (row, 1), value, plain)
