"""A roster as rows of a table, and what a new roster would change, in lines that a clerk reads before saying yes."""

from dataclasses import dataclass

from rules.model import Roster, Unit
from rules.roster_cells import COLUMNS


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One change. `column` empty: the whole unit comes (`old` empty) or goes (`new` empty); `code` empty: the order."""

    code: str
    name: str
    column: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        unit = f"{self.code} {self.name}"
        if not self.code:
            return "排列顺序有变"
        if self.column:
            return f"修改 {unit}：{self.column} {self.old or '（空）'} → {self.new or '（空）'}"
        return f"删除 {unit}（{self.old}）" if self.old else f"新增 {unit}（{self.new}）"


def unit_row(unit: Unit) -> list[str]:
    """The cells of a unit, in the order of COLUMNS."""
    return [
        unit.code,
        unit.name,
        unit.kind.value,
        unit.parent or "",
        "；".join(unit.aliases),
        "；".join(unit.addresses),
        unit.contact,
        unit.phone,
        "是" if unit.exempt else "",
        unit.note,
    ]


def roster_rows(roster: Roster) -> list[list[str]]:
    """Header and one row per unit; `read_roster` makes the same roster of it."""
    return [list(COLUMNS), *(unit_row(unit) for unit in roster.units)]


def roster_changes(old: Roster, new: Roster) -> tuple[RosterChange, ...]:
    """What becomes different, unit by unit in the order of the new roster, then what goes."""
    changes: list[RosterChange] = []
    for unit in new.units:
        if unit.code not in old:
            changes.append(RosterChange(unit.code, unit.name, new=_summary(unit)))
            continue
        cells = zip(COLUMNS, unit_row(old.unit(unit.code)), unit_row(unit), strict=True)
        changes += [RosterChange(unit.code, unit.name, *cell) for cell in cells if cell[1] != cell[2]]
    changes += [RosterChange(u.code, u.name, old=_summary(u)) for u in old.units if u.code not in new]
    both = [u.code for u in new.units if u.code in old]
    if both != [u.code for u in old.units if u.code in new]:
        changes.append(RosterChange("", ""))
    return tuple(changes)


def _summary(unit: Unit) -> str:
    return f"{unit.kind}，上级 {unit.parent}" if unit.parent else str(unit.kind)
