"""The roster from the rows of a table: every unit right, or one clear line per fault and nothing at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from rules.faults import Fault, Reading, nearest
from rules.model import Kind, Roster, Unit
from rules.roster_cells import COLUMNS, EXAMPLE, REQUIRED, Row, cell_text, fold_inside, header_of, unit_of
from rules.roster_changes import RosterChange, roster_changes, roster_rows
from rules.text import squeeze

__all__ = ["COLUMNS", "EXAMPLE", "RosterChange", "read_roster", "roster_changes", "roster_rows"]

MOST_ROWS = 5000

Pair = tuple[Row, Unit]


def read_roster(rows: Sequence[Sequence[object]]) -> Reading[Roster]:
    """The roster, or all faults with the row numbers of the table (the first row is 1). Warnings stop nothing."""
    header = header_of(rows)
    if header is None:
        return Reading(None, (Fault("表头", "前 10 行里没有找到表头，应有：" + "、".join(COLUMNS)),))
    index, columns = header
    faults, warnings = _header_faults(rows[index]), _header_warnings(columns)
    read = [
        Row(number, {name: cells[place] for name, place in columns.items() if place < len(cells)})
        for number, cells in enumerate(rows[index + 1 :], index + 2)
        if any(cell_text(cell) for cell in cells)
    ]
    if not read or len(read) > MOST_ROWS:
        faults.append(Fault("名册", f"应有 1 至 {MOST_ROWS} 个单位", str(len(read))))
    if faults:
        return Reading(None, tuple(faults), tuple(warnings))
    pairs = [(row, unit) for row in read if (unit := unit_of(row))]
    pairs = _with_parents(pairs, complete=len(pairs) == len(read))
    _same_codes(pairs)
    warnings += [*_same_labels(pairs), *_address_warnings(pairs)]
    found = (*(fault for row in read for fault in row.faults), *_examples(pairs))
    return Reading(None if found else Roster(tuple(unit for _, unit in pairs)), found, tuple(warnings))


def _header_faults(cells: Sequence[object]) -> list[Fault]:
    names = [cell_text(cell).replace(" ", "") for cell in cells]
    missing = [Fault("表头", f"缺少“{column}”这一列") for column in REQUIRED if column not in names]
    doubled = [Fault("表头", f"“{column}”这一列出现了不止一次") for column in COLUMNS if names.count(column) > 1]
    return missing + doubled


def _header_warnings(columns: Mapping[str, int]) -> list[Fault]:
    odd = []
    for name in columns:
        if name not in COLUMNS:
            like = nearest(name, [column for column in COLUMNS if column not in columns])
            odd.append(Fault("表头", "不认识这一列，没有读取" + (f"；是不是“{like}”？" if like else ""), name))
    return odd


def _with_parents(pairs: list[Pair], complete: bool) -> list[Pair]:
    """Every `parent` as a code. `complete` false: rows are missing, so an unknown parent may be one of those."""
    found: list[Pair] = []
    for row, unit in pairs:
        if unit.kind is not Kind.BRANCH:
            if unit.parent:
                row.fault("上级", f"{unit.kind}没有上级，应空着", unit.parent)
            found.append((row, unit))
            continue
        if not unit.parent:
            row.fault("上级", "党支部必须填上级党总支的编号或名称；没有上级的，类型应为直属党支部")
            continue
        parent = _named(unit.parent, [other for _, other in pairs])
        if parent is None and complete:
            known = [other.name for _, other in pairs if other.kind.reviews]
            like = nearest(unit.parent, known)
            row.fault("上级", "名册里没有这个单位" + (f"；是不是“{like}”？" if like else ""), unit.parent)
        elif parent is not None and not parent.kind.reviews:
            row.fault("上级", f"“{parent.name}”是{parent.kind}，上级只能是党总支或分党委", unit.parent)
        found.append((row, replace(unit, parent=parent.code if parent else None)))
    return found


def _named(written: str, units: Sequence[Unit]) -> Unit | None:
    """The unit that 上级 means: by code, by name, or by a code that lost its zeros in a spreadsheet."""
    wanted = squeeze(written)
    named = [unit for unit in units if squeeze(unit.name) == wanted]
    without_zeros = [unit for unit in units if wanted.isdigit() and unit.code.lstrip("0") == wanted.lstrip("0")]
    found = [unit for unit in units if unit.code == wanted] or sorted(named, key=lambda unit: not unit.kind.reviews)
    if found:
        return found[0]
    return without_zeros[0] if len(without_zeros) == 1 else None


def _same_codes(pairs: Sequence[Pair]) -> None:
    first: dict[str, Row] = {}
    for row, unit in pairs:
        # Codes become names of folders, and some disks do not tell A from a.
        earlier = first.setdefault(unit.code.lower(), row)
        if earlier is not row:
            row.fault("编号", f"与第 {earlier.number} 行重复", unit.code)


def _same_labels(pairs: Sequence[Pair]) -> Iterator[Fault]:
    """Names and aliases that mean two units. Inside one 总支 nobody could tell them apart: a fault."""
    holders: dict[str, list[tuple[Row, Unit, str]]] = {}
    for row, unit in pairs:
        own = {squeeze(unit.name): "单位名称"}
        own = {squeeze(alias): "别名" for alias in unit.aliases} | own
        for label, column in own.items():
            holders.setdefault(label, []).append((row, unit, column))
    for label, held in holders.items():
        for (earlier, one, its), (later, other, column) in combinations(held, 2):
            message = f"与第 {earlier.number} 行“{one.name}”的{its}相同"
            if _family(one) == _family(other) or one.parent is other.parent is None:
                later.fault(column, message + "，无法区分", label)
            elif "单位名称" in (its, column):
                yield Fault(f"第 {later.number} 行「{column}」", message + "，只能靠上级或发件邮箱区分", label)


def _examples(pairs: Sequence[Pair]) -> Iterator[Fault]:
    """Rows of the template that were not deleted: an invented unit would be counted, and written to."""
    for row, unit in pairs:
        if fold_inside(unit.note).startswith(EXAMPLE):
            yield Fault(f"第 {row.number} 行「备注」", "仍是模板的示例行，请删除这一行", unit.name)


def _family(unit: Unit) -> str:
    return unit.parent or unit.code


def _address_warnings(pairs: Sequence[Pair]) -> Iterator[Fault]:
    owners: dict[str, Pair] = {}
    for row, unit in pairs:
        for address in unit.addresses:
            earlier, other = owners.setdefault(address, (row, unit))
            if _family(other) != _family(unit):
                message = f"与第 {earlier.number} 行“{other.name}”相同，而两者不在同一总支，请核对"
                yield Fault(f"第 {row.number} 行「邮箱」", message, address)
        if not unit.addresses and unit.parent is None and not unit.exempt:
            yield Fault(f"第 {row.number} 行「邮箱」", f"“{unit.name}”没有邮箱，无法发信催报，只能打电话")
