"""Units and the roster."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a unit is (column 类型 of the roster)."""

    GENERAL_BRANCH = "党总支"
    COMMITTEE = "分党委"
    BRANCH = "党支部"
    DIRECT_BRANCH = "直属党支部"

    @property
    def reviews(self) -> bool:
        """Has branches below it, and reviews their reports (把关)."""
        return self in (Kind.GENERAL_BRANCH, Kind.COMMITTEE)


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the roster. `addresses` are lower case; `parent` is the code of the 总支, None at the top."""

    code: str
    name: str
    kind: Kind
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    exempt: bool = False
    note: str = ""


@dataclass(frozen=True)
class Roster:
    """All units in roster order (a 总支 before its branches, as the clerk wrote them)."""

    units: tuple[Unit, ...]

    @cached_property
    def _by_code(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    def unit(self, code: str) -> Unit:
        """The unit with that code; KeyError when there is none."""
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def below(self, code: str) -> tuple[Unit, ...]:
        """The branches of a 总支, in roster order."""
        return tuple(unit for unit in self.units if unit.parent == code)

    def tops(self) -> tuple[Unit, ...]:
        """Units without a parent: 总支, 分党委 and 直属党支部, in roster order."""
        return tuple(unit for unit in self.units if unit.parent is None)

    def owners(self, address: str) -> tuple[Unit, ...]:
        """Units that have registered this address; several may share one."""
        wanted = address.strip().lower()
        return tuple(unit for unit in self.units if wanted in unit.addresses)
