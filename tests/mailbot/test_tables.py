"""Tables: what people's spreadsheets hold, and what ours can never hold."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from mailbot.tables import TableError, read_rows, roster_template, write_rows
from rules.roster import COLUMNS, read_roster

ROWS = [["编号", "单位名称"], ["01", "甲学院党总支"], ["0101", "=1+1"], ["", "@SUM(A1)"], ["-3", "http://example.com"]]


def test_what_is_written_reads_back_with_its_zeros() -> None:
    assert read_rows(write_rows(ROWS), "roster.xlsx") == ROWS


def test_no_cell_is_ever_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(write_rows(ROWS))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page


def test_the_template_is_a_good_roster_of_labelled_examples(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(roster_template())
    rows = read_rows(path)
    assert len([fault for fault in read_roster(rows).faults if "示例行" in fault.message]) == 4
    note = next(place for row in rows for place, cell in enumerate(row) if cell == "备注")
    mended = [[cell if place != note or cell == "备注" else "" for place, cell in enumerate(row)] for row in rows]
    reading = read_roster(mended)
    assert reading.faults == ()
    assert reading.value is not None
    assert len({unit.kind for unit in reading.value.units}) == 4


def test_empty_rows_keep_their_numbers() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        for column, name in enumerate(COLUMNS):
            page.write_string(2, column, name)
        page.write_number(5, 0, 1)
        page.write_string(5, 1, "甲")
    reading = read_roster(read_rows(target.getvalue()))
    assert [fault.where for fault in reading.faults] == ["第 6 行「类型」"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_comes_in_any_encoding(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in (["编号", "单位名称"], ["01", "甲"], ["", ""]))
    assert read_rows(text.encode(encoding), "名册.csv") == [["编号", "单位名称"], ["01", "甲"], ["", ""]]


def test_a_quoted_cell_may_hold_a_new_line() -> None:
    assert read_rows('编号,邮箱\n01,"a@example.com\nb@example.com"\n'.encode(), "x.csv")[1] == [
        "01",
        "a@example.com\nb@example.com",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"\x89PNG\r\n\x1a\n\x00\x00",
        write_rows(ROWS)[:900],
    ],
    ids=["zip", "ole", "picture", "cut off"],
)
def test_what_is_no_table_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(TableError, match=r"roster\.xlsx"):
        read_rows(content, "roster.xlsx")


def test_a_zip_that_is_no_workbook_is_one_clear_error() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(TableError):
        read_rows(target.getvalue(), "x.xlsx")
