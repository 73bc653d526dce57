"""Tables that people exchange (xlsx, xls, ods, csv): bytes to rows and back, and the template of the roster."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from mailbot.texts import decode
from rules.model import Kind, Roster, Unit
from rules.roster import EXAMPLE, roster_rows

LARGEST = 20_000_000  # bytes; a roster of a thousand units has a hundredth of that
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WIDTHS = {"单位名称": 34, "别名": 34, "邮箱": 34, "类型": 12, "备注": 30, "电话": 18}


class TableError(ValueError):
    """A file that is no table that can be read; the message says what to do."""


def read_rows(source: Path | bytes, name: str = "") -> list[list[object]]:
    """The rows of the first sheet; empty ones are kept, so that row numbers stay right. The content tells the kind.

    Raises TableError for what is no table, OSError for a file that cannot be read.
    """
    name = name or (source.name if isinstance(source, Path) else "table")
    content = source.read_bytes() if isinstance(source, Path) else source
    if len(content) > LARGEST:
        raise TableError(f"{name}: larger than {LARGEST // 1_000_000} MB, this is no roster")
    if content.startswith(_WORKBOOK):
        return _workbook_rows(content, name)
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError(f"{name}: neither a workbook nor a .csv file; save it as .xlsx")
    return _csv_rows(decode(content), name)


def _workbook_rows(content: bytes, name: str) -> list[list[object]]:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, IndexError) as error:
        raise TableError(
            f"{name}: cannot be read as a workbook ({error}); save it as .xlsx without a password"
        ) from None


def _csv_rows(text: str, name: str) -> list[list[object]]:
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise TableError(f"{name}: cannot be read as .csv ({error})") from None


def write_rows(rows: Sequence[Sequence[str]], sheet: str = "Sheet1", notes: Sequence[str] = ()) -> bytes:
    """An .xlsx file: the first row is the header. Every cell is text, so codes keep zeros and nothing is a formula."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"num_format": "@", "bold": True, "bg_color": "#DDEBF7", "border": 1})
        page = book.add_worksheet(sheet)
        header = rows[0] if rows else []
        for column, title in enumerate(header):
            page.set_column(column, column, _WIDTHS.get(title, 10), text)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell, bold if number == 0 else text)
        page.freeze_panes(1, 0)
        if "类型" in header:
            column = list(header).index("类型")
            choice = {"validate": "list", "source": [kind.value for kind in Kind]}
            page.data_validation(1, column, 5000, column, choice)
        if notes:
            explained = book.add_worksheet("说明")
            explained.set_column(0, 0, 100, text)
            for number, note in enumerate(notes):
                explained.write_string(number, 0, note, text)
    return target.getvalue()


TEMPLATE_NOTES = (
    "每个单位一行；列的顺序可以变，表头的名字不要变。示例行都是虚构的，填好后请删除。",
    "编号：每个单位一个，不能重复；也是材料汇编的顺序。可以是 01、0101 这样的数字，前面的 0 会保留。",
    "类型：党总支、分党委、党支部、直属党支部。",
    "上级：党支部填上级党总支（分党委）的编号或名称；其他类型空着。",
    "别名：平常的叫法，几个之间用 ； 隔开，例如 计算机系一支部；计科教工支部。写得越全，越容易认出材料是谁的。",
    "邮箱：报送和接收通知的邮箱，几个之间用 ； 隔开。党支部可以不填，有事写给上级党总支。",
    "联系人、电话：打电话催报的名单上用。",
    "免报：不用报的填 是，其他空着。",
)


def roster_template() -> bytes:
    """The roster that `mailbot init` writes: one invented unit of every kind, labelled so, and a sheet of notes."""
    note = f"{EXAMPLE}，请删除"
    units = (
        Unit("01", "示例学院党总支", Kind.GENERAL_BRANCH, None, ("示例学院总支", "示例总支"), ("sl@example.edu.cn",),
             "张某", "0595-00000001", False, note),
        Unit("0101", "示例学院教工第一党支部", Kind.BRANCH, "01", ("教工一支部", "教师第一支部"), (), "李某",
             "0595-00000002", False, note),
        Unit("02", "样板学院分党委", Kind.COMMITTEE, None, ("样板学院党委",), ("yb@example.edu.cn",), "王某",
             "0595-00000003", False, note),
        Unit("03", "图书馆直属党支部", Kind.DIRECT_BRANCH, None, ("图书馆支部",), ("tsg@example.edu.cn",), "赵某",
             "0595-00000004", False, note),
    )  # fmt: skip
    return write_rows(roster_rows(Roster(units)), "名册", TEMPLATE_NOTES)
