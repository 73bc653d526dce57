"""Working days: weekends, national holidays with 调休, the school's own exceptions. Vacations are the campaign's."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar
from chinese_calendar import constants

from rules.faults import Fault, Reading, nearest

# The years that chinesecalendar has the State Council's published plan of (国务院办公厅关于节假日安排的通知).
FIRST_YEAR = min(constants.holidays).year
LAST_YEAR = max(constants.holidays).year
FARTHEST = 3660  # days: more steps than that mean that there is no working day at all
KEYS = ("holidays", "workdays")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that differ from the published plan, over which they win; a year without a plan has weekends only."""

    holidays: frozenset[date] = field(default=frozenset())
    workdays: frozenset[date] = field(default=frozenset())

    def knows(self, year: int) -> bool:
        """Whether the plan of that year is known, or the overrides say something about it."""
        return FIRST_YEAR <= year <= LAST_YEAR or any(day.year == year for day in self.holidays | self.workdays)

    def is_workday(self, day: date) -> bool:
        if day in self.workdays:
            return True
        if day in self.holidays:
            return False
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def before(self, day: date, number: int) -> date:
        """The `number`th working day before `day`. 0: the day itself, or the last working day before it if it is none.

        A deadline on a holiday therefore has its step 0 on the last working day that people are at their desks.
        """
        return self._step(day, number, -1)

    def after(self, day: date, number: int) -> date:
        """The `number`th working day after `day`. 0: the day itself, or the next working day if it is none."""
        return self._step(day, number, 1)

    def _step(self, day: date, number: int, direction: int) -> date:
        if number < 0:
            raise ValueError("a number of working days cannot be negative")
        left = number
        for _ in range(FARTHEST):
            if left == 0 and self.is_workday(day):
                return day
            day += timedelta(days=direction)
            left -= left > 0 and self.is_workday(day)
        raise ValueError("the calendar has no working days")


def read_overrides(text: str) -> Reading[Calendar]:
    """`holidays = [2027-01-01]` and `workdays = [2027-02-14]` as TOML; every fault in one Chinese line."""
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        return Reading(None, (Fault("节假日文件", f"不是有效的 TOML（{error}）"),))
    faults = [_unknown(key) for key in raw if key not in KEYS]
    days: dict[str, frozenset[date]] = {}
    for key in KEYS:
        listed = raw.get(key, [])
        bad = listed if not isinstance(listed, list) else [one for one in listed if type(one) is not date]
        if bad:
            faults.append(Fault(key, "应是日期的列表，例如 [2027-01-01, 2027-01-02]，日期不加引号", str(bad)[:60]))
        else:
            days[key] = frozenset(listed)
    both = days.get("holidays", frozenset()) & days.get("workdays", frozenset())
    faults += [Fault("workdays", "同一天既写成放假又写成上班", str(day)) for day in sorted(both)]
    return Reading(None, tuple(faults)) if faults else Reading(Calendar(days["holidays"], days["workdays"]))


def _unknown(key: str) -> Fault:
    like = nearest(key, KEYS)
    return Fault(key, f"没有这个键，是不是想写 {like}？" if like else f"没有这个键，可用的键：{'、'.join(KEYS)}")
