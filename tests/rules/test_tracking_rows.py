"""Every mark of a row says what the ledger knows, and why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rules.campaign import Deliverable, Medium, ParticipationRule
from rules.model import (
    AspectFound,
    Decision,
    Evidence,
    Examination,
    Finding,
    Kind,
    Level,
    Participation,
    Review,
    Standing,
    State,
    Unit,
)
from rules.pages.marks import Tone
from rules.pages.rows import Row, label_of, row_of
from tests.tracking_college import (
    BEFORE,
    HINT,
    NO_EVALUATION,
    NO_REVIEW,
    NOW,
    PAPER,
    REPORT,
    SENDER,
    SHANGHAI,
    branch,
    by_key,
    campaign,
    direct_branch,
    examination,
    general_branch,
    receipt,
    sent,
)

CAME = datetime(2012, 9, 10, 8, 42, tzinfo=UTC)
HEAD = general_branch("01", "计算机学院")
BRANCH = branch("0101", "计算机学院教工第一党支部", "01")


def row(unit: Unit, *standings: Standing, now: datetime = BEFORE, **changed: object) -> Row:
    return row_of(unit, 1, campaign(**changed), by_key(*standings), now)


@pytest.mark.parametrize(
    ("state", "medium", "label"),
    [
        (State.MISSING, Medium.EMAIL, "未报"),
        (State.INCOMPLETE, Medium.EMAIL, "已收·待补正"),
        (State.AWAITING_REVIEW, Medium.EMAIL, "待把关"),
        (State.RETURNED, Medium.EMAIL, "已退回"),
        (State.ACCEPTED, Medium.EMAIL, "已接收"),
        (State.EXEMPT, Medium.EMAIL, "免报"),
        (State.MISSING, Medium.PAPER, "未交"),
        (State.PARTIAL, Medium.PAPER, "部分"),
        (State.COMPLETE, Medium.PAPER, "已交"),
        (State.EXEMPT, Medium.PAPER, "免报"),
    ],
)
def test_every_state_has_its_word(state: State, medium: Medium, label: str) -> None:
    assert label_of(state, medium) == label


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        (State.ACCEPTED, Tone.GREEN),
        (State.INCOMPLETE, Tone.YELLOW),
        (State.AWAITING_REVIEW, Tone.YELLOW),
        (State.RETURNED, Tone.YELLOW),
        (State.EXEMPT, Tone.GREY),
    ],
)
def test_the_colour_follows_the_state(state: State, tone: Tone) -> None:
    assert row(BRANCH, sent("0101", state, CAME, examination())).status.tone is tone


def test_a_unit_of_which_nothing_is_known_has_not_reported() -> None:
    shown = row(BRANCH)
    assert (shown.state, shown.status.text, shown.status.tone) == (State.MISSING, "未报", Tone.RED)
    assert (shown.version.text, shown.received_at, shown.hints) == ("", None, 0)
    assert [mark.text for mark in shown.aspects] == ["–"] * 5
    assert not shown.is_late


def test_the_state_says_when_from_whom_which_file_and_which_bytes() -> None:
    why = row(BRANCH, sent("0101", State.INCOMPLETE, CAME, examination(NO_EVALUATION))).status.why
    for words in (
        "9月10日 16:42",
        "jsj-dzz@example.edu.cn",
        "总结.docx",
        "38 KB",
        "9f2c-41aa",
        "S4 没有找到“社会评价”",
    ):
        assert words in why


def test_a_report_that_was_sent_back_says_why() -> None:
    shown = row(BRANCH, sent("0101", State.RETURNED, CAME, examination(), note="请补数据"))
    assert "退回：请补数据" in shown.status.why
    assert shown.note == "请补数据"


def test_aspects_show_how_they_were_found() -> None:
    found = (AspectFound("特点", "heading", "¶3 一、主要特点", 300), AspectFound("做法", "body"))
    made = Examination(aspects=(*found, AspectFound("社会评价", "absent")), findings=(NO_EVALUATION,))
    marks = row(BRANCH, sent("0101", State.INCOMPLETE, CAME, made)).aspects
    assert [mark.text for mark in marks] == ["✓", "正文", "–", "✗", "–"]
    assert "¶3 一、主要特点" in marks[0].why
    assert "300" in marks[0].why
    assert NO_EVALUATION.message in marks[3].why
    assert marks[3].tone is Tone.RED


def test_a_file_that_cannot_be_read_is_not_said_to_lack_anything() -> None:
    unreadable = Examination(findings=(Finding("F1", Level.MUST, "文件加了密码，打不开。"),))
    shown = row(BRANCH, sent("0101", State.INCOMPLETE, CAME, unreadable))
    assert {mark.text for mark in (*shown.aspects, shown.participation)} == {"–"}


@pytest.mark.parametrize(("methods", "wanted", "text"), [((), 1, "✗"), (("问卷",), 1, "✓"), (("问卷",), 2, "✗")])
def test_participation_counts_the_methods(methods: tuple[str, ...], wanted: int, text: str) -> None:
    made = replace(examination(), participation=Participation(methods, "¶5"))
    rule = ParticipationRule(any_of=wanted, methods={"问卷": ("问卷",)})
    shown = row(BRANCH, sent("0101", State.ACCEPTED, CAME, made), participation=rule).participation
    assert shown.text == text
    assert all(method in shown.why for method in methods)


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (Evidence.SENDER, "总支报送"),
        (Evidence.BLOCK, "意见栏"),
        (Evidence.STATEMENT, "有说明"),
        (Evidence.REPLY, "总支回复"),
        (Evidence.STAFF, "组织部"),
    ],
)
def test_the_review_says_by_which_evidence(evidence: Evidence, text: str) -> None:
    review = Review(evidence, "示例甲", CAME, "¶9 同意报送")
    shown = row(BRANCH, sent("0101", State.ACCEPTED, CAME, examination(review=review))).review
    assert shown.text == text
    for words in ("示例甲", "9月10日 16:42", "¶9 同意报送"):
        assert words in shown.why


def test_a_review_that_is_open_is_not_taken_for_one_that_nobody_owes() -> None:
    open_one = row(BRANCH, sent("0101", State.AWAITING_REVIEW, CAME, examination(NO_REVIEW)))
    assert (open_one.review.text, open_one.review.tone) == ("未见", Tone.YELLOW)
    assert row(HEAD).review.text == "不需"
    assert row(direct_branch("91", "校医院")).review.text == "不需"
    assert row(BRANCH).review.text == "–"


def test_late_is_what_came_complete_after_the_deadline_or_has_not_come() -> None:
    after = datetime(2012, 9, 14, 16, 0, 1, tzinfo=UTC)
    in_time = datetime(2012, 9, 14, 15, 59, 59, tzinfo=UTC)
    assert row(BRANCH, now=NOW).late.text == "逾期"
    assert row(BRANCH, sent("0101", State.ACCEPTED, after, examination()), now=NOW).late.text == "逾期"
    assert row(BRANCH, sent("0101", State.ACCEPTED, in_time, examination()), now=NOW).late.text == ""
    assert row(BRANCH, now=BEFORE).late.text == ""


def test_an_accepted_report_that_was_late_stays_green_and_says_late() -> None:
    after = datetime(2012, 9, 15, 1, 0, tzinfo=UTC)
    shown = row(BRANCH, sent("0101", State.ACCEPTED, after, examination()), now=NOW)
    assert (shown.status.tone, shown.late.tone) == (Tone.GREEN, Tone.RED)
    assert "9月15日 09:00" in shown.late.why


def test_an_extension_moves_the_deadline_and_is_said() -> None:
    until = datetime(2012, 9, 20, 23, 59, 59, tzinfo=SHANGHAI)
    extended = Standing("0101", "report", extended_to=until)
    assert row(BRANCH, extended, now=NOW).late.text == "延至9月20日"
    over = row(BRANCH, extended, now=datetime(2012, 9, 21, 1, 0, tzinfo=UTC))
    assert over.late.text == "逾期延至9月20日"
    assert "9月20日（星期四）24时前" in over.late.why


def test_exempt_by_the_roster_is_exempt_whatever_the_ledger_has() -> None:
    unit = replace(BRANCH, exempt=True)
    for standings in ((), (Standing("0101", "report"),)):
        shown = row(unit, *standings, now=NOW)
        assert (shown.state, shown.status.text, shown.status.tone) == (State.EXEMPT, "免报", Tone.GREY)
        assert not shown.is_late


@pytest.mark.parametrize(
    ("copies", "text", "tone"),
    [
        (0, "未交 0/2", Tone.RED),
        (1, "部分 1/2", Tone.YELLOW),
        (2, "已交 2/2", Tone.GREEN),
        (3, "已交 3/2", Tone.GREEN),
    ],
)
def test_paper_is_counted(copies: int, text: str, tone: Tone) -> None:
    paper = row(HEAD, Standing("01", "paper", copies=copies)).paper
    assert (paper.text, paper.tone) == (text, tone)
    assert "正式文件 2 份，送行政楼512室" in paper.why


def test_a_branch_that_owes_no_paper_shows_none() -> None:
    assert row(BRANCH).paper.text == ""


def test_what_is_optional_is_shown_only_when_it_has_come() -> None:
    photos = Deliverable(key="photos", title="照片", by=frozenset(Kind), optional=True)
    table = Deliverable(key="table", title="汇总表", by=frozenset(Kind))
    owed = {"deliverables": (REPORT, PAPER, photos, table)}
    assert row(BRANCH, **owed).others.text == "汇总表 未报"
    came = Standing("0101", "photos", State.ACCEPTED)
    assert row(BRANCH, came, **owed).others.text == "照片 已接收；汇总表 未报"


def test_the_version_that_counts_may_be_an_older_one() -> None:
    first, second = receipt(CAME, examination()), receipt(CAME, examination(NO_EVALUATION), version=2, name="新.docx")
    shown = row(BRANCH, Standing("0101", "report", State.ACCEPTED, (first, second), 1, CAME)).version
    assert shown.text == "1/2"
    assert "新.docx" in shown.why


def test_hints_are_counted_and_told_musts_are_not_among_them() -> None:
    thin = Finding("P1", Level.SHOULD, "没有看到群众参与。")
    copied = Finding("D1", Level.CLERK, "与另一单位的材料很像。")
    shown = row(BRANCH, sent("0101", State.INCOMPLETE, CAME, examination(NO_EVALUATION, HINT, thin, copied)))
    assert shown.hints == 3
    assert shown.hints_why.split("\n")[0].startswith("〔建议〕P1")
    assert "S4" not in shown.hints_why


def test_a_unit_of_a_kind_that_owes_nothing_is_in_no_state() -> None:
    only_heads = Deliverable(key="report", title="总结报告", by=frozenset({Kind.GENERAL_BRANCH}), review=True)
    shown = row(BRANCH, now=NOW, deliverables=(only_heads,))
    assert (shown.state, shown.status.text, shown.late.text, shown.review.text) == (None, "不需报送", "", "")


def test_times_are_those_of_the_campaign() -> None:
    shown = row(BRANCH, sent("0101", State.ACCEPTED, CAME, examination(review=SENDER)))
    assert shown.received_at is not None
    assert f"{shown.received_at:%Y-%m-%d %H:%M}" == "2012-09-10 16:42"


@pytest.mark.parametrize(
    ("accepted", "state", "said"),
    [
        (True, State.ACCEPTED, "按组织部意见接收（电话核实过）"),
        (False, State.RETURNED, "按组织部意见退回（电话核实过）"),
    ],
)
def test_what_staff_decided_stands_in_the_note_and_beside_the_state_and_the_version(
    accepted: bool, state: State, said: str
) -> None:
    decision = Decision(accepted, "组织部", CAME, "电话核实过")
    standing = sent("0101", state, CAME, examination(NO_REVIEW, review=None))
    standing = replace(standing, receipts=(replace(standing.receipts[0], decision=decision),), note="延期过")
    found = row(BRANCH, standing)
    assert found.note == f"{said}；延期过"
    assert f"{said}，组织部，9月10日 16:42" in found.status.why
    assert found.version.why.endswith(said)
    assert found.review.text == ("组织部" if accepted else "未见")
