"""Working days against the published plans: 2012 (State Council, 国办发明电〔2011〕45号) and years without a plan."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.workdays import LAST_YEAR, Calendar, read_overrides

PLAN = Calendar()
DAYS = st.dates(date(2004, 1, 1), date(2040, 12, 31))

KNOWN = [
    (date(2012, 9, 14), True, "a Friday"),
    (date(2012, 9, 15), False, "a Saturday"),
    (date(2012, 9, 29), True, "a Saturday worked for the National Day"),
    (date(2012, 9, 30), False, "a Sunday, Mid-Autumn"),
    (date(2012, 10, 1), False, "National Day, a Monday"),
    (date(2012, 10, 5), False, "a Friday of the holiday week"),
    (date(2012, 10, 8), True, "the Monday after it"),
    (date(2012, 6, 22), False, "Dragon Boat, a Friday"),
]


@pytest.mark.parametrize(("day", "works", "why"), KNOWN)
def test_the_plan_of_2012(day: date, works: bool, why: str) -> None:
    assert PLAN.is_workday(day) is works, why


BEFORE = [
    (date(2012, 9, 14), 0, date(2012, 9, 14)),
    (date(2012, 9, 14), 2, date(2012, 9, 12)),
    (date(2012, 9, 14), 5, date(2012, 9, 7)),
    (date(2012, 9, 16), 0, date(2012, 9, 14)),
    (date(2012, 9, 16), 1, date(2012, 9, 14)),
    (date(2012, 10, 8), 1, date(2012, 9, 29)),
    (date(2012, 10, 5), 0, date(2012, 9, 29)),
]
AFTER = [
    (date(2012, 9, 14), 0, date(2012, 9, 14)),
    (date(2012, 9, 14), 1, date(2012, 9, 17)),
    (date(2012, 9, 14), 3, date(2012, 9, 19)),
    (date(2012, 9, 15), 0, date(2012, 9, 17)),
    (date(2012, 9, 28), 1, date(2012, 9, 29)),
    (date(2012, 9, 29), 1, date(2012, 10, 8)),
]


@pytest.mark.parametrize(("day", "number", "expected"), BEFORE)
def test_working_days_before(day: date, number: int, expected: date) -> None:
    assert PLAN.before(day, number) == expected


@pytest.mark.parametrize(("day", "number", "expected"), AFTER)
def test_working_days_after(day: date, number: int, expected: date) -> None:
    assert PLAN.after(day, number) == expected


@given(DAYS, st.integers(1, 20))
def test_counting_there_is_counting_the_days_between(day: date, number: int) -> None:
    found = PLAN.before(day, number)
    between = [found + timedelta(days=n) for n in range((day - found).days)]
    assert PLAN.is_workday(found)
    assert sum(PLAN.is_workday(one) for one in between) == number
    if PLAN.is_workday(day):
        assert PLAN.after(found, number) == day


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        PLAN.before(date(2012, 9, 14), -1)


def test_a_year_without_a_plan_has_weekends_only_and_says_so() -> None:
    year = LAST_YEAR + 1
    assert PLAN.knows(2012)
    assert not PLAN.knows(year)
    assert [PLAN.is_workday(date(year, 10, 1) + timedelta(days=n)) for n in range(7)] == [
        (date(year, 10, 1) + timedelta(days=n)).weekday() < 5 for n in range(7)
    ]


def test_overrides_win_over_plan_and_weekend() -> None:
    own = Calendar(frozenset({date(2012, 9, 14)}), frozenset({date(2012, 9, 15), date(2012, 10, 1)}))
    assert not own.is_workday(date(2012, 9, 14))
    assert own.is_workday(date(2012, 9, 15))
    assert own.is_workday(date(2012, 10, 1))
    assert own.before(date(2012, 9, 17), 1) == date(2012, 9, 15)


class TestOverrideFile:
    def test_it_is_read(self) -> None:
        reading = read_overrides("holidays = [2035-10-01]\nworkdays = [2035-09-29]\n")
        assert reading.value == Calendar(frozenset({date(2035, 10, 1)}), frozenset({date(2035, 9, 29)}))
        assert reading.value.knows(2035)
        assert read_overrides("").value == PLAN

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("holiday = [2012-01-01]", "holiday: 没有这个键，是不是想写 holidays？"),
            ("holidays = ['2012-01-01']", "holidays"),
            ("holidays = 2012-01-01", "holidays"),
            ("holidays = [2012-01-01T00:00:00]", "holidays"),
            ("holidays = [2012-01-01]\nworkdays = [2012-01-01]", "workdays = '2012-01-01': 同一天"),
            ("holidays = [", "节假日文件: 不是有效的 TOML"),
        ],
    )
    def test_a_fault_is_one_line(self, text: str, expected: str) -> None:
        reading = read_overrides(text)
        assert reading.value is None
        (fault,) = reading.faults
        assert str(fault).startswith(expected)

    @given(st.text(max_size=100))
    def test_no_text_raises(self, text: str) -> None:
        read_overrides(text)
