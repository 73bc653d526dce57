"""Who is asked for what: one letter per addressee, and never to those who owe nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.campaign import Campaign
from rules.campaign_file import read_campaign
from rules.model import Examination, Finding, Kind, Level, Receipt, Roster, Standing, State, Unit
from rules.reminders import Owed, Step, latest_step, owed, reminder_key, to_phone
from rules.workdays import Calendar

SHIPPED = Path(__file__).resolve().parents[2] / "rules/campaigns/chuangxian-zhengyou-2012.toml"
NOW = datetime.fromisoformat("2012-09-12T09:00:00+08:00")
LATER = datetime.fromisoformat("2012-09-17T09:00:00+08:00")

# Invented units: a 总支 with three branches, one without an address, a direct branch, and one that nobody can write to.
ROSTER = Roster(
    (
        Unit("01", "甲党总支", Kind.GENERAL_BRANCH, addresses=("jia@example.com",), contact="张某", phone="1"),
        Unit("0101", "甲一支部", Kind.BRANCH, "01", addresses=("jia1@example.com",), contact="李某", phone="2"),
        Unit("0102", "甲二支部", Kind.BRANCH, "01"),
        Unit("0103", "甲三支部", Kind.BRANCH, "01", exempt=True),
        Unit("02", "乙党总支", Kind.GENERAL_BRANCH, contact="王某", phone="3"),
        Unit("0201", "乙一支部", Kind.BRANCH, "02", addresses=("yi1@example.com",)),
        Unit("0202", "乙二支部", Kind.BRANCH, "02"),
        Unit("03", "丙直属党支部", Kind.DIRECT_BRANCH, addresses=("bing@example.com",)),
    )
)


def campaign() -> Campaign:
    value = read_campaign(SHIPPED.read_text(encoding="utf-8")).value
    assert value is not None
    return value


NOTICE = campaign()


def step_at(now: datetime) -> Step:
    step = latest_step(NOTICE, Calendar(), now)
    assert step is not None
    return step


def standing(unit: str, state: State, key: str = "report", **more: Any) -> dict[tuple[str, str], Standing]:
    return {(unit, key): Standing(unit, key, state, **more)}


def receipt(received_at: datetime, *findings: Finding) -> Receipt:
    examination = Examination(findings=findings)
    return Receipt(1, "a.docx", "00", 1, received_at, "x@example.com", 1, examination)


def letters(
    standings: dict[tuple[str, str], Standing], now: datetime = NOW, busy: frozenset[str] = frozenset(),
    chosen: Campaign = NOTICE,
) -> dict[str, Owed]:  # fmt: skip
    found = owed(chosen, ROSTER, standings, step_at(now), now, busy)
    assert len({letter.addressee.code for letter in found}) == len(found)
    return {letter.addressee.code: letter for letter in found}


def asked(letter: Owed) -> list[tuple[str, str]]:
    return [(item.unit.code, item.deliverable.key) for item in letter.items]


class TestWho:
    def test_a_general_branch_gets_one_letter_for_itself_and_its_branches(self) -> None:
        letter = letters({})["01"]
        assert letter.to == ("jia@example.com",)
        assert asked(letter) == [("01", "report"), ("01", "paper"), ("0101", "report"), ("0102", "report")]
        assert letter.about == ("01", "0101", "0102")
        assert (letter.came, letter.wanted) == (0, 4)

    def test_a_branch_whose_general_branch_has_no_address_is_written_to_itself(self) -> None:
        found = letters({})
        assert "02" not in found
        assert asked(found["0201"]) == [("0201", "report")]
        assert "0202" not in found

    def test_a_direct_branch_is_written_to_itself(self) -> None:
        assert asked(letters({})["03"]) == [("03", "report")]

    def test_unmerged_each_unit_gets_its_own_and_the_review_stays_with_the_general_branch(self) -> None:
        chosen = NOTICE.model_copy(update={"reminders": NOTICE.reminders.model_copy(update={"merged": False})})
        found = letters({}, chosen=chosen)
        assert asked(found["0101"]) == [("0101", "report")]
        assert asked(found["01"]) == [("01", "report"), ("01", "paper"), ("0102", "report")]
        waiting = letters(standing("0101", State.AWAITING_REVIEW), chosen=chosen)
        assert ("0101", "report") in asked(waiting["01"])
        assert "0101" not in waiting


class TestWhat:
    @pytest.mark.parametrize("state", [State.ACCEPTED, State.EXEMPT])
    def test_what_is_settled_is_not_asked_for(self, state: State) -> None:
        letter = letters(standing("0101", state))["01"]
        assert ("0101", "report") not in asked(letter)
        assert (letter.came, letter.wanted) == ((1, 4) if state is State.ACCEPTED else (0, 3))

    @pytest.mark.parametrize("state", [State.MISSING, State.INCOMPLETE, State.RETURNED, State.AWAITING_REVIEW])
    def test_what_is_open_is_asked_for_with_its_findings(self, state: State) -> None:
        must, hint = Finding("S4", Level.MUST, "没有找到社会评价"), Finding("P1", Level.HINT, "XX")
        came = (receipt(NOW - timedelta(days=3), must, hint),) if state is not State.MISSING else ()
        standings = standing("0101", state, receipts=came, current=len(came), note="请补", reminded=1)
        item = next(item for item in letters(standings)["01"].items if item.unit.code == "0101")
        assert item.state is state
        assert item.findings == ((must,) if came else ())
        assert (item.note, item.reminded, item.late) == ("请补", 1, False)
        assert item.due_at == NOTICE.deadline.at

    @pytest.mark.parametrize(("copies", "open_"), [(0, True), (1, False)])
    def test_paper_is_counted(self, copies: int, open_: bool) -> None:
        letter = letters(standing("01", State.MISSING, "paper", copies=copies))["01"]
        assert (("01", "paper") in asked(letter)) is open_

    def test_nothing_optional_and_nothing_of_exempt_units(self) -> None:
        everything = [pair for letter in letters({}).values() for pair in asked(letter)]
        assert all(key != "summary_table" for _, key in everything)
        assert all(unit != "0103" for unit, _ in everything)

    def test_after_the_deadline_it_is_late(self) -> None:
        assert all(item.late for letter in letters({}, LATER).values() for item in letter.items)

    def test_an_extension_that_still_runs_is_no_debt_and_one_that_ended_is(self) -> None:
        longer = standing("03", State.MISSING, extended_to=LATER + timedelta(days=1))
        assert "03" not in letters(longer, LATER)
        assert letters(longer, NOW)["03"].items[0].due_at == LATER + timedelta(days=1)
        ended = standing("03", State.MISSING, extended_to=LATER - timedelta(hours=1))
        assert letters(ended, LATER)["03"].items[0].late


class TestHowOften:
    def test_a_unit_at_its_cap_is_left_alone(self) -> None:
        assert "03" not in letters(standing("03", State.MISSING, reminded=4))
        assert "03" in letters(standing("03", State.MISSING, reminded=3))

    def test_the_cap_is_the_units_not_the_deliverables(self) -> None:
        assert ("01", "paper") not in asked(letters(standing("01", State.INCOMPLETE, reminded=4))["01"])

    def test_who_was_asked_by_this_step_is_not_asked_again(self) -> None:
        assert "03" not in letters(standing("03", State.MISSING, reminded=1, reminded_at=NOW))
        assert "03" in letters(standing("03", State.MISSING, reminded=1, reminded_at=NOW - timedelta(days=3)))

    def test_who_was_answered_since_the_step_was_due_is_not_reminded_as_well(self) -> None:
        now = NOW + timedelta(hours=2)
        fresh = standing("03", State.INCOMPLETE, receipts=(receipt(NOW + timedelta(hours=1)),), current=1)
        stale = standing("03", State.INCOMPLETE, receipts=(receipt(NOW - timedelta(hours=1)),), current=1)
        assert "03" not in letters(fresh, now)
        assert "03" in letters(stale, now)

    def test_a_busy_unit_is_left_out(self) -> None:
        found = letters({}, busy=frozenset({"0101", "03"}))
        assert "03" not in found
        assert "0101" not in found["01"].about

    def test_with_a_busy_general_branch_all_its_branches_are_left_out(self) -> None:
        found = letters({}, busy=frozenset({"01", "02"}))
        assert set(found) == {"03"}

    def test_the_key_names_campaign_unit_and_step(self) -> None:
        assert reminder_key(NOTICE, ROSTER.unit("01"), step_at(NOW)) == "remind:chuangxian-zhengyou-2012:01:before-2"
        assert reminder_key(NOTICE, "01", step_at(LATER)) == "remind:chuangxian-zhengyou-2012:01:overdue-1"


class TestTelephone:
    def test_everyone_who_owes_is_on_the_list_with_a_number(self) -> None:
        entries = to_phone(NOTICE, ROSTER, {}, LATER)
        assert [entry.unit.code for entry in entries] == ["01", "0101", "0102", "02", "0201", "0202", "03"]
        assert [(entry.contact, entry.phone) for entry in entries][:4] == [
            ("张某", "1"), ("李某", "2"), ("张某", "1"), ("王某", "3"),
        ]  # fmt: skip

    def test_an_open_review_is_the_general_branchs_matter(self) -> None:
        entries = {e.unit.code: e for e in to_phone(NOTICE, ROSTER, standing("0101", State.AWAITING_REVIEW), LATER)}
        assert "0101" not in entries
        assert ("0101", State.AWAITING_REVIEW) in [(item.unit.code, item.state) for item in entries["01"].items]

    def test_the_cap_on_letters_is_none_on_calls(self) -> None:
        entries = to_phone(NOTICE, ROSTER, standing("03", State.MISSING, reminded=4), LATER)
        assert "03" in [entry.unit.code for entry in entries]


KEYS = [(unit.code, one.key) for unit in ROSTER.units for one in NOTICE.owed_by(unit)]
STATES = st.sampled_from([state for state in State if state not in (State.PARTIAL, State.COMPLETE)])
LEDGERS = st.dictionaries(st.sampled_from(KEYS), st.tuples(STATES, st.integers(0, 5), st.integers(0, 1)))


def ledger(drawn: dict[tuple[str, str], tuple[State, int, int]]) -> dict[tuple[str, str], Standing]:
    return {key: Standing(*key, state, reminded=n, copies=copies) for key, (state, n, copies) in drawn.items()}


@given(LEDGERS, st.sampled_from([NOW, LATER]), st.frozensets(st.sampled_from([unit.code for unit in ROSTER.units])))
def test_nobody_who_owes_nothing_is_written_to(
    drawn: dict[tuple[str, str], tuple[State, int, int]], now: datetime, busy: frozenset[str]
) -> None:
    standings = ledger(drawn)
    for letter in letters(standings, now, busy).values():
        assert letter.items
        assert letter.to
        assert letter.came < letter.wanted
        for item in letter.items:
            kept = standings.get((item.unit.code, item.deliverable.key))
            assert kept is None or kept.state not in (State.ACCEPTED, State.EXEMPT) or item.deliverable.key == "paper"
            assert not item.unit.exempt
            assert not item.deliverable.optional
            assert item.unit.code not in busy
            assert item.reminded < NOTICE.reminders.cap
            assert letter.addressee.code in (item.unit.code, item.unit.parent)


@given(LEDGERS, st.lists(st.integers(0, 60 * 24 * 30), min_size=1, max_size=6))
def test_a_clock_that_jumps_repeats_keys_and_invents_none(
    drawn: dict[tuple[str, str], tuple[State, int, int]], minutes: list[int]
) -> None:
    standings, sent = ledger(drawn), set()
    for offset in [*minutes, *reversed(minutes)]:
        now = datetime.fromisoformat("2012-08-27T00:00:00+08:00") + timedelta(minutes=offset)
        step = latest_step(NOTICE, Calendar(), now)
        if step is not None:
            keys = [reminder_key(NOTICE, one.addressee, step) for one in owed(NOTICE, ROSTER, standings, step, now)]
            assert len(set(keys)) == len(keys)
            sent |= set(keys)
    steps = len(NOTICE.reminders.steps) + len(NOTICE.reminders.overdue)
    assert all(sum(key.split(":")[2] == unit.code for key in sent) <= steps for unit in ROSTER.units)


def test_a_roster_without_units_owes_nothing() -> None:
    assert owed(NOTICE, Roster(()), {}, step_at(NOW), NOW) == ()
    assert to_phone(NOTICE, replace(ROSTER, units=()), {}, NOW) == ()


def test_for_paper_alone_nobody_is_written_to_or_called() -> None:
    accepted = standing("01", State.ACCEPTED) | standing("0101", State.ACCEPTED) | standing("0102", State.ACCEPTED)
    assert "01" not in letters(accepted), "all reports are there; only the paper, which nobody can enter yet, is open"
    assert "01" not in {entry.unit.code for entry in to_phone(NOTICE, ROSTER, accepted, LATER)}
    assert "01" in letters(standing("01", State.ACCEPTED)), "with a report open, the paper is named beside it"
