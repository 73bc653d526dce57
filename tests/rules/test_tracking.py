"""The 台账 has every unit once, its counts add up, and its lists are in the order that people expect."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.model import MailboxCounts, Outcome, Roster, Standing, State
from rules.pages.groups import DIRECT, STRAY
from rules.pages.marks import Tone
from rules.tracking import Figures, Tracking, TrackingFacts, figures, mailbox_sums, track
from tests.tracking_college import (
    BEFORE,
    NO_EVALUATION,
    NO_REVIEW,
    NOW,
    SHANGHAI,
    branch,
    by_key,
    campaign,
    case,
    college,
    direct_branch,
    entry,
    examination,
    general_branch,
    receipt,
    sent,
)

CAME = datetime(2012, 9, 10, 8, 42, tzinfo=UTC)
ROSTER = Roster(
    (
        direct_branch("91", "校医院"),
        general_branch("02", "数学学院", contact="示例丙", phone="0595-00000002"),
        branch("0202", "数学学院学生党支部", "02", phone=""),
        branch("0201", "数学学院教工党支部", "02"),
        general_branch("01", "文学院"),
        branch("0101", "文学院教工党支部", "01", exempt=True),
    )
)


def tracking(*standings: Standing, now: datetime = BEFORE, **changed: object) -> Tracking:
    facts = TrackingFacts(campaign=campaign(), roster=ROSTER, standings=by_key(*standings), now=now)
    return track(replace(facts, **changed))  # type: ignore[arg-type]


def test_groups_are_in_roster_order_and_direct_branches_come_last() -> None:
    shown = [(group.name, [row.key for row in group.rows]) for group in tracking().groups]
    assert shown == [
        ("数学学院党总支", ["02", "0202", "0201"]),
        ("文学院党总支", ["01", "0101"]),
        (DIRECT, ["91"]),
    ]


def test_a_unit_whose_parent_is_nowhere_is_not_lost() -> None:
    odd = Roster((*ROSTER.units, branch("7701", "示例支部", "77"), branch("7801", "自己的上级", "7801")))
    last = tracking(roster=odd).groups[-1]
    assert (last.name, [row.key for row in last.rows]) == (STRAY, ["7701", "7801"])


def test_a_unit_below_a_branch_of_a_head_stays_in_its_family() -> None:
    nested = Roster((*ROSTER.units, branch("020101", "教工党支部第一党小组", "0201")))
    rows = tracking(roster=nested).groups[0].rows
    assert [(row.key, row.depth) for row in rows] == [("02", 0), ("0202", 1), ("0201", 1), ("020101", 2)]


def test_counts_add_up() -> None:
    shown = track(college(25, 110))
    rows = [row for group in shown.groups for row in group.rows]
    total = shown.total
    assert len({row.key for row in rows}) == len(rows) == 138
    assert total.owed + total.exempt == 138
    assert total.accepted == sum(group.tally.accepted for group in shown.groups) > 0
    assert total.missing == sum(row.state is State.MISSING for row in rows) > 0
    assert total.late == sum(row.is_late for row in rows) > 0
    assert min(total.incomplete, total.awaiting_review, total.returned, total.exempt) > 0


def test_exempt_units_are_not_owed() -> None:
    total = tracking().total
    assert (total.owed, total.exempt, total.missing) == (5, 1, 5)


def test_the_figures_are_those_of_the_rows() -> None:
    shown = tracking(
        sent("02", State.ACCEPTED, CAME, examination()),
        sent("0201", State.RETURNED, CAME, examination(), note="重写"),
        sent("0202", State.AWAITING_REVIEW, BEFORE, examination(NO_REVIEW)),
        cases=(case(1, "unsure"), case(2, "bounced", campaign="another")),
    )
    made = figures(shown, "截止日")
    assert isinstance(made, Figures)
    assert (made.accepted, made.owed, made.pending, made.new_today) == (1, 5, 1, 1)
    assert (made.incomplete, made.awaiting, made.missing) == (1, 1, 2)
    assert made.accepted + made.incomplete + made.awaiting + made.missing == made.owed
    assert (made.milestone, made.now) == ("截止日", BEFORE)


@given(st.lists(st.integers(0, 10_000), min_size=7, max_size=7))
def test_the_sums_of_the_mailbox_add_up_to_what_was_seen(numbers: list[int]) -> None:
    counts = MailboxCounts(*numbers)
    assert sum(number for _, number in mailbox_sums(counts)) == counts.seen
    assert len(dict(mailbox_sums(counts))) == len(Outcome)


def test_new_today_goes_by_the_local_day() -> None:
    late_evening = datetime(2012, 9, 11, 16, 30, tzinfo=UTC)  # 00:30 of the 12th in Shanghai
    shown = tracking(sent("02", State.ACCEPTED, late_evening, examination()))
    assert figures(shown).new_today == 1
    assert figures(tracking(sent("02", State.ACCEPTED, CAME, examination()))).new_today == 0


def test_days_have_no_gap_and_count_every_version() -> None:
    twice = (receipt(CAME, examination()), receipt(CAME + timedelta(hours=1), examination(), version=2))
    shown = tracking(Standing("02", "report", State.ACCEPTED, twice, 2, CAME))
    assert [(day.day, count) for day, count in shown.days] == [(10, 2), (11, 0), (12, 0)]


def test_a_long_campaign_shows_its_last_days() -> None:
    long_ago = datetime(2010, 1, 1, tzinfo=UTC)
    days = tracking(sent("02", State.ACCEPTED, long_ago, examination())).days
    assert len(days) == 120
    assert days[-1][0] == BEFORE.date()


def test_nothing_received_is_one_quiet_day() -> None:
    assert tracking().days == ((BEFORE.date(), 0),)


def test_calls_say_what_is_missing_and_whom_to_ask() -> None:
    calls = {call.key: call for call in tracking(sent("01", State.INCOMPLETE, CAME, examination(NO_EVALUATION))).calls}
    assert list(calls) == ["02", "0202", "0201", "01", "91"]
    assert calls["02"].missing == "总结报告未报；纸质件未交 0/2"
    assert (calls["02"].contact, calls["02"].phone, calls["02"].tone) == ("示例丙", "0595-00000002", Tone.RED)
    assert calls["0202"].contact == "示例丙（总支）"
    assert calls["0202"].phone == "0595-00000002"
    assert calls["01"].missing.startswith("总结报告待补正：")
    assert "社会评价" in calls["01"].missing
    assert calls["01"].tone is Tone.YELLOW


def test_a_report_that_waits_for_review_is_asked_of_its_general_branch() -> None:
    calls = {
        call.key: call for call in tracking(sent("0201", State.AWAITING_REVIEW, CAME, examination(NO_REVIEW))).calls
    }
    assert "0201" not in calls
    assert "请把关：教工党支部" in calls["02"].missing or "请把关：数学学院教工党支部" in calls["02"].missing


def test_a_report_sent_back_is_asked_for_with_the_reason() -> None:
    calls = tracking(sent("0201", State.RETURNED, CAME, examination(), note="请补数据")).calls
    assert next(call for call in calls if call.key == "0201").missing == "总结报告已退回，等重报：请补数据"


def test_nobody_is_called_who_owes_nothing() -> None:
    everything = [
        *(sent(unit.code, State.ACCEPTED, CAME, examination()) for unit in ROSTER.units),
        *(Standing(code, "paper", copies=2) for code in ("01", "02")),
    ]
    assert tracking(*everything, now=NOW).calls == ()


def test_cases_are_oldest_first_and_end_in_one_question() -> None:
    later = datetime(2012, 9, 12, 1, 0, tzinfo=UTC)
    cases = (
        case(1, "new_address", ("0201",), received_at=later),
        case(2, "unsure", ("0201", "0202")),
        case(3, "never heard of"),
        case(4, "set_aside", campaign="example-2012"),
        case(5, "unsure", campaign="another"),
    )
    shown = tracking(cases=cases)
    assert [row.id for row in shown.cases] == [2, 3, 4, 1]
    assert [one.id for one in shown.open_cases] == [2, 3, 4, 1]
    assert all(row.question.count("？") == 1 for row in shown.cases)
    assert "数学学院教工党支部、数学学院学生党支部" in shown.cases[0].question


def test_the_log_is_newest_first_with_local_times_and_words() -> None:
    shown = tracking(log=(entry(1), entry(3, Outcome.SET_ASIDE), entry(2, Outcome.AUTOMATIC))).log
    assert [(row.mail, row.label) for row in shown] == [(3, "待人工处理"), (2, "自动回信"), (1, "已归档")]
    assert shown[0].received_at.tzinfo == SHANGHAI


def test_the_same_facts_give_the_same_pages() -> None:
    assert track(college(3, 9)) == track(college(3, 9))


@given(st.sets(st.sampled_from([unit.code for unit in ROSTER.units])), st.sampled_from([BEFORE, NOW]))
def test_whoever_has_reported_everybody_is_counted_once(codes: set[str], now: datetime) -> None:
    total = tracking(*(sent(code, State.ACCEPTED, CAME, examination()) for code in codes), now=now).total
    assert total.accepted == len(codes - {"0101"})
    assert total.owed == 5
    assert total.late == (total.missing if now is NOW else 0)
