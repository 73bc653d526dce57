"""Cells of the roster table to values: codes, names, kinds, addresses, yes and no. A fault names row and column."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules.addresses import plain_address
from rules.faults import Fault
from rules.model import Kind, Unit
from rules.text import fold, visible

COLUMNS = ("编号", "单位名称", "类型", "上级", "别名", "邮箱", "联系人", "电话", "免报", "备注")
REQUIRED = ("编号", "单位名称", "类型")
EXAMPLE = "示例（虚构）"

_SEPARATOR = re.compile(r"[；;、，,\r\n]+")
_CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{0,19}")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]")
_LONGEST = 80

# Everyday names of the kinds; 分党委 and its like stand in the place of a 总支 (DOMAIN: levels of units).
KINDS: Mapping[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    "总支": Kind.GENERAL_BRANCH,
    "总支部": Kind.GENERAL_BRANCH,
    "党总支部": Kind.GENERAL_BRANCH,
    "党委": Kind.COMMITTEE,
    "学院党委": Kind.COMMITTEE,
    "党工委": Kind.COMMITTEE,
    "支部": Kind.BRANCH,
    "直属支部": Kind.DIRECT_BRANCH,
}
YES = frozenset({"是", "√", "✓", "✔", "免", "免报", "y", "yes", "true", "1"})
NO = frozenset({"", "否", "×", "x", "不", "n", "no", "false", "0", "-", "无"})


@dataclass
class Row:
    """One row while it is read: its number as the clerk sees it, its cells by column, and what is wrong with it."""

    number: int
    cells: Mapping[str, object]
    faults: list[Fault] = field(default_factory=list)

    def text(self, column: str) -> str:
        return cell_text(self.cells.get(column))

    def fault(self, column: str, message: str, value: str = "") -> None:
        self.faults.append(Fault(f"第 {self.number} 行「{column}」", message, value))


def cell_text(cell: object) -> str:
    """A cell as text: whole numbers without ".0", full-width letters and digits folded, Chinese punctuation kept."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    half = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), visible(str(cell)))
    return half.strip(" \t\r\n")


def listed(text: str) -> tuple[str, ...]:
    """The parts of a cell with several values (；;、， or a new line between), each once, in order."""
    parts = (fold_inside(part) for part in _SEPARATOR.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def fold_inside(text: str) -> str:
    return " ".join(text.split())


def unit_of(row: Row) -> Unit | None:
    """The unit of a row, `parent` still as written; None when something is wrong with it (see `row.faults`)."""
    before = len(row.faults)
    unit = Unit(
        code=_code(row),
        name=_name(row),
        kind=_kind(row),
        parent=row.text("上级") or None,
        aliases=listed(row.text("别名")),
        addresses=_addresses(row),
        contact=fold_inside(row.text("联系人")),
        phone=fold(row.text("电话")),
        exempt=_yes(row),
        note=fold_inside(row.text("备注")),
    )
    return unit if len(row.faults) == before else None


def _code(row: Row) -> str:
    code = fold(row.text("编号"))
    if not code:
        row.fault("编号", "缺少编号，每个单位一个，不能重复")
    elif not _CODE.fullmatch(code):
        row.fault("编号", "只能用数字、字母、汉字、点、减号和下划线，不超过 20 个字", code)
    return code


def _name(row: Row) -> str:
    name = fold_inside(row.text("单位名称"))
    if not name:
        row.fault("单位名称", "缺少单位名称")
    elif len(name) > _LONGEST:
        row.fault("单位名称", f"太长，不超过 {_LONGEST} 个字", name[:20] + "…")
    return name


def _kind(row: Row) -> Kind:
    written = fold(row.text("类型"))
    kind = KINDS.get(written)
    if kind is None:
        row.fault("类型", "只能是 " + "、".join(Kind), written) if written else row.fault(
            "类型", "缺少类型，只能是 " + "、".join(Kind)
        )
    return kind or Kind.BRANCH


def _addresses(row: Row) -> tuple[str, ...]:
    found: list[str] = []
    for part in listed(row.text("邮箱")):
        # Two addresses with only a space between; a lone space inside of one is a slip of the keyboard.
        for written in part.split() if part.count("@") + part.count("＠") > 1 else (part,):
            address = plain_address(written)
            if address is None:
                row.fault("邮箱", "不是有效的邮箱地址，应像 zb@example.edu.cn；几个地址用 ； 隔开", written)
            else:
                found.append(address)
    return tuple(dict.fromkeys(found))


def _yes(row: Row) -> bool:
    written = fold(row.text("免报")).lower()
    if written not in YES | NO:
        row.fault("免报", "只能填 是、否 或空着", written)
    return written in YES


def header_of(rows: Sequence[Sequence[object]]) -> tuple[int, Mapping[str, int]] | None:
    """(index of the header row, column name to its index): the first of ten rows that names two required columns."""
    for index, cells in enumerate(rows[:10]):
        names = [cell_text(cell).replace(" ", "") for cell in cells]
        if sum(column in names for column in REQUIRED) >= 2:
            return index, {name: place for place, name in reversed(list(enumerate(names))) if name}
    return None
