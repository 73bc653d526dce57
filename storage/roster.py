"""The roster as it was last imported, and small facts by name."""

from sqlmodel import col, delete, select

from rules.model import Roster
from storage.page import Page
from storage.records import unit_of, unit_row
from storage.tables import SettingRow, UnitRow


class RosterPages(Page):
    """Standings name units by code alone, so that a new roster loses nothing that arrived."""

    def roster(self) -> Roster:
        """All units in roster order; without any before the first import."""
        found = select(UnitRow).order_by(col(UnitRow.position))
        return Roster(tuple(unit_of(row) for row in self._session.exec(found)))

    def replace_roster(self, roster: Roster) -> None:
        """The whole roster at once. StorageConflict when a code occurs twice or a parent is not among the units."""
        self._session.exec(delete(UnitRow))
        self._session.add_all(unit_row(unit, position) for position, unit in enumerate(roster.units, start=1))
        self._session.flush()

    def setting(self, key: str) -> str | None:
        row = self._session.get(SettingRow, key)
        return None if row is None else row.value

    def set_setting(self, key: str, value: str) -> None:
        self._session.merge(SettingRow(key=key, value=value))
