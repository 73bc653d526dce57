"""When reminders may go out: working days, no vacations, by day; the last due step and no other."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.campaign import Campaign
from rules.campaign_file import read_campaign
from rules.steps import escalation_step, in_vacation, latest_step, may_send, reminder_steps
from rules.workdays import Calendar

CHINA = ZoneInfo("Asia/Shanghai")
PLAN = Calendar()
TEXT = """
id = "test"
title = "示例活动"
opens = 2012-08-27
[deadline]
text = "9月14日前"
at = 2012-09-14
[[deliverables]]
key = "report"
title = "总结"
by = ["党支部"]
[reminders]
steps = [{before = 5, at = "09:00"}, {before = 2, at = "09:00"}, {before = 0, at = "10:00"}]
overdue = [{after = 1, at = "09:00"}, {after = 3, at = "09:00"}]
[escalation]
before = [{before = 0, at = "15:00"}]
after = [{after = 1, at = "09:30"}]
"""


def campaign(text: str = TEXT, old: str = "", new: str = "") -> Campaign:
    value = read_campaign(text.replace(old, new) if old else text).value
    assert value is not None
    return value


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def name(moment: str, chosen: Campaign | None = None) -> str | None:
    step = latest_step(chosen or campaign(), PLAN, at(moment))
    return step.name if step else None


def test_the_steps_stand_on_working_days() -> None:
    steps = [(step.name, step.due_at.strftime("%m-%d %H:%M")) for step in reminder_steps(campaign(), PLAN)]
    assert steps == [
        ("before-5", "09-07 09:00"),
        ("before-2", "09-12 09:00"),
        ("before-0", "09-14 10:00"),
        ("overdue-1", "09-17 09:00"),
        ("overdue-3", "09-19 09:00"),
    ]


def test_a_deadline_in_the_holidays_counts_from_the_last_working_day_before() -> None:
    steps = reminder_steps(campaign(old="at = 2012-09-14", new="at = 2012-10-03"), PLAN)
    assert [step.due_at.strftime("%m-%d") for step in steps] == ["09-25", "09-28", "09-29", "10-08", "10-10"]


MOMENTS = [
    ("2012-09-07 08:59", None, "not yet"),
    ("2012-09-07 09:00", "before-5", "on the minute"),
    ("2012-09-07 19:59", "before-5", "later the same day"),
    ("2012-09-07 20:00", None, "evening"),
    ("2012-09-07 23:30", None, "night"),
    ("2012-09-08 10:00", None, "Saturday"),
    ("2012-09-10 07:59", None, "Monday before eight"),
    ("2012-09-10 08:00", "before-5", "the next working morning"),
    ("2012-09-12 09:00", "before-2", "the next step"),
    ("2012-09-14 09:59", "before-2", "only the last that is due"),
    ("2012-09-14 10:00", "before-0", "the last day"),
    ("2012-09-17 08:30", None, "what was before the deadline lapses with it"),
    ("2012-09-17 09:00", "overdue-1", "overdue"),
    ("2012-09-20 09:00", "overdue-3", "after three days of outage only the last"),
    ("2012-09-26 19:59", "overdue-3", "five working days later"),
    ("2012-09-27 09:00", None, "too old"),
]


@pytest.mark.parametrize(("moment", "expected", "why"), MOMENTS)
def test_the_step_of_a_moment(moment: str, expected: str | None, why: str) -> None:
    assert name(moment) == expected, why


def test_a_vacation_is_kept_free_and_its_step_comes_after_it() -> None:
    chosen = campaign(TEXT + "[[vacations]]\nfirst = 2012-09-05\nlast = 2012-09-09\n")
    assert name("2012-09-07 09:00", chosen) is None
    assert name("2012-09-10 08:00", chosen) == "before-5"


def test_a_campaign_reminds_neither_before_it_opens_nor_after_it_closes() -> None:
    chosen = campaign(old="opens = 2012-08-27", new="opens = 2012-09-10\ncloses = 2012-09-18")
    assert name("2012-09-10 10:00", chosen) is None
    assert name("2012-09-18 10:00", chosen) == "overdue-1"
    assert name("2012-09-19 10:00", chosen) is None


def test_a_step_before_the_deadline_that_would_come_after_it_is_dropped() -> None:
    chosen = campaign(old="at = 2012-09-14", new="at = 2012-09-14T09:30:00")
    assert [step.name for step in reminder_steps(chosen, PLAN)][:3] == ["before-5", "before-2", "overdue-1"]


def test_the_telephone_list_has_steps_of_its_own() -> None:
    chosen = campaign()
    found = [escalation_step(chosen, PLAN, at(moment)) for moment in ("2012-09-14 15:00", "2012-09-17 09:30")]
    assert [step and step.name for step in found] == ["phone-before-0", "phone-overdue-1"]
    assert escalation_step(chosen, PLAN, at("2012-09-14 14:59")) is None


VACATIONS = st.lists(st.tuples(st.dates(date(2012, 8, 1), date(2012, 11, 1)), st.integers(0, 20)), max_size=3)
MINUTES = st.integers(0, 120 * 24 * 60)


def with_vacations(spans: list[tuple[date, int]], deadline: date) -> Campaign:
    parts = [f"[[vacations]]\nfirst = {first}\nlast = {first + timedelta(days=days)}\n" for first, days in spans]
    return campaign(TEXT.replace("at = 2012-09-14", f"at = {deadline}") + "".join(parts))


@given(VACATIONS, st.dates(date(2012, 8, 27), date(2012, 10, 20)), MINUTES)
def test_never_at_night_on_a_free_day_or_in_a_vacation(
    spans: list[tuple[date, int]], deadline: date, minutes: int
) -> None:
    chosen = with_vacations(spans, deadline)
    now = at("2012-08-01 00:00") + timedelta(minutes=minutes)
    for step in (latest_step(chosen, PLAN, now), escalation_step(chosen, PLAN, now)):
        if step is not None:
            local = now.astimezone(CHINA)
            assert may_send(chosen, PLAN, now)
            assert PLAN.is_workday(local.date())
            assert not in_vacation(chosen, local.date())
            assert time(8) <= local.time() < time(20)
            assert step.due_at <= now
            assert step.overdue == (now > chosen.deadline.at)


@given(MINUTES, MINUTES)
def test_steps_never_go_backwards_as_time_goes_on(one: int, other: int) -> None:
    chosen, start = campaign(), at("2012-08-01 00:00")
    first, second = (latest_step(chosen, PLAN, start + timedelta(minutes=n)) for n in sorted((one, other)))
    assert first is None or second is None or first.due_at <= second.due_at
