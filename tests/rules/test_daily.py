"""When the department gets its sheet: pairs of moments on either side of every edge."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.campaign import Campaign, Reminders, Vacation
from rules.daily import DAYS_AFTER, Milestone, milestones, sheet_due
from rules.tracking import Figures
from rules.workdays import Calendar
from tests.documents.invented import campaign

SHANGHAI = ZoneInfo("Asia/Shanghai")
UTC = ZoneInfo("UTC")
AT = time(17, 30)
CALENDAR = Calendar()
PLAIN = campaign(reminders=Reminders(earliest=time(8), latest=time(20)))


def moment(text: str) -> datetime:
    """A local time of 2012, as "09-10 17:30"."""
    return datetime.fromisoformat(f"2012-{text}").replace(tzinfo=SHANGHAI)


def figures(accepted: int, owed: int) -> Figures:
    return Figures(now=moment("09-10 09:00"), accepted=accepted, owed=owed, new_today=0)


# The deadline is Friday, 2012-09-14. From 09-30 to 10-07 is National Day, for which Saturday 09-29 is worked.
@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("09-10 17:29", False), ("09-10 17:30", True), ("09-10 23:59", True),
        ("09-11 00:00", False),
        ("09-08 17:30", False), ("09-09 17:30", False),  # a weekend
        ("08-24 17:30", False), ("08-27 17:30", True),  # it opens on Monday, 08-27
        ("09-28 17:30", True), ("09-29 17:30", False),  # the tenth working day after the deadline is the last
    ],
)  # fmt: skip
def test_the_sheet_is_due_at_its_hour_on_working_days_while_the_campaign_lasts(at: str, due: bool) -> None:
    assert sheet_due(PLAIN, CALENDAR, AT, moment(at)) is due
    assert sheet_due(PLAIN, CALENDAR, AT, moment(at).astimezone(UTC)) is due


@pytest.mark.parametrize(
    ("at", "due"), [("09-29 18:00", True), ("09-30 18:00", False), ("10-08 18:00", True), ("10-09 18:00", False)]
)
def test_a_campaign_that_says_when_it_closes_has_its_last_sheet_then(at: str, due: bool) -> None:
    assert sheet_due(campaign(closes=date(2012, 10, 8)), CALENDAR, AT, moment(at)) is due


def test_the_school_s_own_holidays_and_working_days_win() -> None:
    own = Calendar(holidays=frozenset({date(2012, 9, 10)}), workdays=frozenset({date(2012, 9, 9)}))
    assert not sheet_due(PLAIN, own, AT, moment("09-10 18:00"))
    assert sheet_due(PLAIN, own, AT, moment("09-09 18:00"))


@given(st.integers(0, 120 * 24 * 60).map(lambda minutes: moment("08-01 00:00") + timedelta(minutes=minutes)))
def test_a_sheet_that_is_due_stays_due_until_midnight(now: datetime) -> None:
    if sheet_due(PLAIN, CALENDAR, AT, now):
        assert sheet_due(PLAIN, CALENDAR, AT, now.replace(hour=23, minute=59))
        assert not sheet_due(PLAIN, CALENDAR, AT, now.replace(hour=17, minute=29))


@pytest.mark.parametrize(
    ("at", "reached"),
    [
        ("09-14 19:59", False),  # the deadline is the last second of this day
        ("09-15 09:00", False),  # a Saturday: said on Monday
        ("09-17 07:59", False), ("09-17 08:00", True), ("09-17 20:01", False),
        ("09-28 09:00", True), ("10-08 09:00", False),  # after so many working days it would be no news
    ],
)  # fmt: skip
def test_the_deadline_is_a_milestone_in_the_hours_of_letters_after_it(at: str, reached: bool) -> None:
    found = milestones(PLAIN, CALENDAR, figures(1, 2), moment(at))
    assert found == ((Milestone.DEADLINE,) if reached else ())


@pytest.mark.parametrize(("accepted", "owed", "reached"), [(2, 2, True), (1, 2, False), (0, 0, False), (29, 29, True)])
def test_everybody_accepted_is_a_milestone_and_nobody_owing_anything_is_none(
    accepted: int, owed: int, reached: bool
) -> None:
    found = milestones(PLAIN, CALENDAR, figures(accepted, owed), moment("09-10 09:00"))
    assert found == ((Milestone.ALL_IN,) if reached else ())


def test_both_can_be_reached_at_once_and_none_in_a_vacation() -> None:
    now = moment("09-17 09:00")
    assert milestones(PLAIN, CALENDAR, figures(2, 2), now) == (Milestone.DEADLINE, Milestone.ALL_IN)
    vacation: Any = Vacation(first=date(2012, 9, 15), last=date(2012, 9, 20))
    away: Campaign = PLAIN.model_copy(update={"vacations": (vacation,)})
    assert milestones(away, CALENDAR, figures(2, 2), now) == ()


def test_so_many_working_days_after_the_deadline_is_the_day_of_the_last_sheet() -> None:
    assert CALENDAR.after(PLAIN.last_day, DAYS_AFTER) == date(2012, 9, 28)
