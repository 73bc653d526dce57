"""The table of states, and what follows from it for versions, punctuality and resends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import (
    Decision,
    Evidence,
    Examination,
    Finding,
    Identification,
    Item,
    Level,
    Review,
    Standing,
    State,
)
from rules.status import TRANSITIONS, Delivery, Event, decide, happen, make_current, receive

START = datetime(2012, 9, 10, 8, tzinfo=UTC)
MISSING_ASPECT = Finding("S1", Level.MUST, "没有找到“社会评价”的内容。")
NO_REVIEW = Finding("R1", Level.MUST, "没有看到总支把关的记录。")
BY_SENDER = Review(Evidence.SENDER, "某某党总支（虚构）")
EMPTY = Standing("0101", "report")

INCOMPLETE = Examination(findings=(MISSING_ASPECT,))
UNREVIEWED = Examination(findings=(NO_REVIEW,))
COMPLETE = Examination(review=BY_SENDER)


def item(examination: Examination, sha256: str = "a" * 64) -> Item:
    return Item("总结.docx", sha256, 1000, "docx", Identification("0101", 0.9), examination, "report")


def arrive(standing: Standing, examination: Examination, sha256: str, hours: int = 0) -> Standing:
    delivery = Delivery(1, "jsj@example.edu.cn", START + timedelta(hours=hours))
    return receive(standing, item(examination, sha256), delivery).after


def test_the_table_has_a_cell_for_every_state_of_a_report_and_every_event() -> None:
    assert set(TRANSITIONS) == set(State) - {State.PARTIAL, State.COMPLETE}
    assert all(set(row) == set(Event) for row in TRANSITIONS.values())


@pytest.mark.parametrize(
    ("examination", "state"),
    [(INCOMPLETE, State.INCOMPLETE), (UNREVIEWED, State.AWAITING_REVIEW), (COMPLETE, State.ACCEPTED)],
)
def test_a_first_report_decides_the_state_by_what_is_in_it(examination: Examination, state: State) -> None:
    after = arrive(EMPTY, examination, "a")
    assert after.state is state
    assert after.current == 1
    assert [receipt.version for receipt in after.receipts] == [1]


def test_the_first_complete_version_decides_punctuality() -> None:
    standing = arrive(EMPTY, INCOMPLETE, "a", hours=0)
    assert standing.completed_at is None
    standing = arrive(standing, COMPLETE, "b", hours=5)
    standing = arrive(standing, COMPLETE, "c", hours=500)
    assert standing.completed_at == START + timedelta(hours=5)
    assert standing.current == 3


def test_a_report_that_only_lacks_review_is_punctual() -> None:
    assert arrive(EMPTY, UNREVIEWED, "a", hours=2).completed_at == START + timedelta(hours=2)


def test_an_identical_resend_changes_nothing() -> None:
    standing = arrive(EMPTY, COMPLETE, "a")
    change = receive(standing, item(COMPLETE, "a"), Delivery(2, "x@example.edu.cn", START + timedelta(days=30)))
    assert change.effect == "same"
    assert change.after == standing


def test_the_same_report_from_the_general_branch_brings_the_review() -> None:
    standing = arrive(EMPTY, UNREVIEWED, "a")
    change = receive(standing, item(COMPLETE, "a"), Delivery(2, "zz@example.edu.cn", START + timedelta(days=1)))
    assert change.effect == "review_added"
    assert change.after.state is State.ACCEPTED
    assert len(change.after.receipts) == 1


def test_a_newer_version_replaces_an_older_one() -> None:
    standing = arrive(arrive(EMPTY, COMPLETE, "a"), COMPLETE, "b", hours=1)
    assert (standing.current, standing.state) == (2, State.ACCEPTED)


def test_a_newer_incomplete_version_does_not_unseat_a_complete_one() -> None:
    standing = arrive(EMPTY, COMPLETE, "a")
    change = receive(standing, item(INCOMPLETE, "b"), Delivery(2, "x@example.edu.cn", START))
    assert change.effect == "kept"
    assert (change.after.current, change.after.state) == (1, State.ACCEPTED)
    assert len(change.after.receipts) == 2


def test_an_accepted_version_counts_until_the_newer_one_is_reviewed() -> None:
    accepted = arrive(EMPTY, COMPLETE, "a")
    change = receive(accepted, item(UNREVIEWED, "b"), Delivery(2, "x@example.edu.cn", START))
    assert change.effect == "kept"
    assert (change.after.current, change.after.state) == (1, State.ACCEPTED)
    reviewed = receive(change.after, item(COMPLETE, "b"), Delivery(3, "zz@example.edu.cn", START))
    assert reviewed.effect == "review_added"
    assert (reviewed.after.current, reviewed.after.state) == (2, State.ACCEPTED)


def test_a_late_review_of_an_older_version_does_not_bring_it_back() -> None:
    standing = arrive(arrive(EMPTY, UNREVIEWED, "a"), COMPLETE, "b", hours=1)
    after = arrive(standing, COMPLETE, "a", hours=2)
    assert (after.current, after.state) == (2, State.ACCEPTED)


def test_a_report_that_was_sent_back_is_replaced_by_whatever_comes_next() -> None:
    sent_back = happen(arrive(EMPTY, COMPLETE, "a"), Event.SENT_BACK)
    assert sent_back is not None
    assert sent_back.state is State.RETURNED
    again = arrive(sent_back, INCOMPLETE, "b")
    assert (again.current, again.state) == (2, State.INCOMPLETE)


def test_what_never_came_cannot_be_sent_back() -> None:
    assert happen(EMPTY, Event.SENT_BACK) is None


def test_an_exempt_unit_may_send_and_stays_exempt_until_it_owes_again() -> None:
    exempt = happen(EMPTY, Event.EXEMPTED)
    assert exempt is not None
    sent = arrive(exempt, COMPLETE, "a")
    assert sent.state is State.EXEMPT
    assert len(sent.receipts) == 1
    owed = happen(sent, Event.OWED_AGAIN)
    assert owed is not None
    assert owed.state is State.ACCEPTED
    never_sent = happen(exempt, Event.OWED_AGAIN)
    assert never_sent is not None
    assert never_sent.state is State.MISSING


def test_any_earlier_version_can_be_made_current_again() -> None:
    standing = arrive(arrive(EMPTY, UNREVIEWED, "a"), COMPLETE, "b", hours=1)
    back = make_current(standing, 1)
    assert (back.current, back.state) == (1, State.AWAITING_REVIEW)
    with pytest.raises(ValueError, match="no version 9"):
        make_current(standing, 9)


def decided(accepted: bool, reason: str = "") -> Decision:
    return Decision(accepted, "组织部", START + timedelta(days=3), reason)


ACCEPTED, SENT_BACK = decided(True, "电话核实过"), decided(False, "请补数据")


@pytest.mark.parametrize("examination", [INCOMPLETE, UNREVIEWED, COMPLETE])
def test_what_staff_decide_wins_over_what_the_rules_found_and_can_be_taken_back(examination: Examination) -> None:
    came = arrive(EMPTY, examination, "a")
    accepted, returned = decide(came, 1, ACCEPTED), decide(came, 1, SENT_BACK)
    assert (accepted.state, returned.state) == (State.ACCEPTED, State.RETURNED)
    assert accepted.completed_at == START
    assert decide(accepted, 1, None) == decide(returned, 1, None) == came
    assert decide(accepted, 1, SENT_BACK) == returned


def test_a_decision_stays_with_its_version_and_a_newer_one_is_judged_anew() -> None:
    returned = decide(arrive(EMPTY, COMPLETE, "a"), 1, SENT_BACK)
    newer = arrive(returned, INCOMPLETE, "b", hours=9)
    assert (newer.current, newer.state) == (2, State.INCOMPLETE)
    mended = arrive(newer, COMPLETE, "c", hours=10)
    assert (mended.current, mended.state) == (3, State.ACCEPTED)
    assert [receipt.decision for receipt in mended.receipts] == [SENT_BACK, None, None]
    accepted = decide(arrive(EMPTY, INCOMPLETE, "a"), 1, ACCEPTED)
    worse = receive(accepted, item(INCOMPLETE, "b"), Delivery(2, "x@example.edu.cn", START))
    assert (worse.effect, worse.after.current, worse.after.state) == ("kept", 1, State.ACCEPTED)


def test_the_same_bytes_again_do_not_undo_what_staff_decided() -> None:
    returned = decide(arrive(EMPTY, UNREVIEWED, "a"), 1, SENT_BACK)
    change = receive(returned, item(COMPLETE, "a"), Delivery(2, "zz@example.edu.cn", START + timedelta(days=4)))
    assert (change.effect, change.after.state) == ("same", State.RETURNED)
    assert change.after.receipts[0].examination.review == BY_SENDER, "the review is known once the decision is undone"
    assert decide(change.after, 1, None).state is State.ACCEPTED


def test_a_returned_version_gives_way_to_a_newer_one_that_came_meanwhile() -> None:
    standing = arrive(arrive(EMPTY, COMPLETE, "a"), UNREVIEWED, "b", hours=1)
    assert standing.current == 1
    returned = decide(standing, 1, SENT_BACK)
    assert (returned.current, returned.state) == (2, State.AWAITING_REVIEW)


def test_the_word_of_staff_is_the_evidence_of_review_where_the_rules_would_not_have_accepted() -> None:
    for examination in (UNREVIEWED, INCOMPLETE):
        receipt = decide(arrive(EMPTY, examination, "a"), 1, ACCEPTED).receipt
        assert receipt is not None
        assert receipt.review == Review(Evidence.STAFF, "组织部", ACCEPTED.at, "电话核实过")
    for decision in (SENT_BACK, None):
        unreviewed = decide(arrive(EMPTY, UNREVIEWED, "a"), 1, decision).receipt
        assert unreviewed is not None
        assert unreviewed.review is None
    complete = decide(arrive(EMPTY, COMPLETE, "a"), 1, ACCEPTED).receipt
    assert complete is not None
    assert complete.review == BY_SENDER


def test_an_exempt_unit_stays_exempt_whatever_is_decided_and_a_version_that_never_came_cannot_be() -> None:
    exempt = happen(arrive(EMPTY, COMPLETE, "a"), Event.EXEMPTED)
    assert exempt is not None
    assert decide(exempt, 1, SENT_BACK).state is State.EXEMPT
    owed = happen(decide(exempt, 1, SENT_BACK), Event.OWED_AGAIN)
    assert owed is not None
    assert owed.state is State.RETURNED
    with pytest.raises(ValueError, match="no version 2"):
        decide(exempt, 2, ACCEPTED)


READ = st.sampled_from([INCOMPLETE, UNREVIEWED, COMPLETE])
ARRIVALS = st.tuples(st.just("came"), READ, st.integers(0, 4).map(str))
DECISIONS = st.tuples(st.just("decided"), st.sampled_from([ACCEPTED, SENT_BACK, None]), st.integers(1, 5))


@given(st.lists(ARRIVALS, max_size=12))
def test_whatever_comes_in_whatever_order_nothing_is_lost(history: list[tuple[str, Examination, str]]) -> None:
    standing = EMPTY
    for hours, (_, examination, sha256) in enumerate(history):
        standing = arrive(standing, examination, sha256, hours)
    assert {receipt.sha256 for receipt in standing.receipts} == {sha256 for *_, sha256 in history}
    assert [receipt.version for receipt in standing.receipts] == list(range(1, len(standing.receipts) + 1))
    complete = [receipt.received_at for receipt in standing.receipts if receipt.examination.complete]
    assert standing.completed_at == (complete[0] if complete else None)
    assert (standing.receipt is None) == (not history)
    if standing.state is State.ACCEPTED:
        assert standing.receipt is not None
        assert standing.receipt.examination.acceptable
    if standing.completed_at is not None:
        assert standing.state in (State.AWAITING_REVIEW, State.ACCEPTED)


@given(st.lists(st.one_of(ARRIVALS, DECISIONS), max_size=14))
def test_whatever_comes_and_is_decided_the_state_follows_from_the_versions_alone(history: list[Any]) -> None:
    standing = EMPTY
    for hours, (what, how, which) in enumerate(history):
        if what == "came":
            before = [receipt.decision for receipt in standing.receipts]
            standing = arrive(standing, how, which, hours)
            assert [receipt.decision for receipt in standing.receipts][: len(before)] == before
        elif which <= len(standing.receipts):
            known = standing.receipts[which - 1].decision
            after = decide(standing, which, how)
            assert after.receipts[which - 1].decision == how
            assert decide(after, which, known) == standing, "taken back, everything is as it was"
            standing = after
    receipt = standing.receipt
    if receipt is not None and receipt.decision is not None:
        assert standing.state is (State.ACCEPTED if receipt.decision.accepted else State.RETURNED)
    decisions = [one.decision for one in standing.receipts if one.decision is not None]
    if decisions and decisions[-1].accepted:
        assert standing.state is State.ACCEPTED, "nothing newer pushes out what staff accepted, but what is as good"
    if standing.state is State.RETURNED:
        assert receipt is not None
        assert receipt.decision is not None
