"""Letters that nobody asked for: reminders, requests, the department's own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.compose import text_of
from rules.letter.remind import reminder_facts
from rules.letter.reports import gap
from rules.letters import (
    AlarmKind,
    Trouble,
    alarm,
    announcement,
    daily,
    owing,
    reminder,
    review_request,
)
from rules.model import Case, Enclosure, Finding, LetterKind, Level, State
from rules.reminders import Owed, OwedItem
from rules.steps import Step
from rules.tracking import Figures
from tests.letters.invented import (
    ARRIVED,
    CAMPAIGN,
    DEPARTMENT,
    LATE,
    NO_LESSONS,
    NO_REVIEW,
    NO_VALUE,
    ROSTER,
    Office,
    item,
)
from tests.letters.situations_ours import SHEET


def _owed(*owing: tuple[str, str, State], head: str = "01") -> Owed:
    items = tuple(
        OwedItem(ROSTER.unit(code), CAMPAIGN.deliverable(key), state, late=False, due_at=CAMPAIGN.deadline.at)
        for code, key, state in owing
    )
    return Owed(ROSTER.unit(head), ("x@example.edu.cn",), items, came=0, wanted=len(items))


BEFORE = Step("before-2", ARRIVED)
MISSING = State.MISSING


def test_a_reminder_has_the_key_of_its_step_and_is_about_every_unit_once() -> None:
    asked = _owed(("0102", "report", MISSING), ("01", "report", MISSING), ("01", "paper", MISSING))
    letter = reminder(CAMPAIGN, ROSTER, asked, BEFORE, ARRIVED)
    assert letter.key == "remind:chuangxian-zhengyou-2012:01:before-2"
    assert letter.kind is LetterKind.REMINDER
    assert letter.to == ("x@example.edu.cn",)
    assert letter.about == ("0102", "01")
    assert letter.subject == "【创先争优总结】计算机学院党总支：还有 2 份待报、1 项纸质件待交（9月14日截止）"
    assert letter.automatic == "auto-generated"


def test_after_the_deadline_it_is_another_letter() -> None:
    step = Step("overdue-1", LATE, overdue=True)
    letter = reminder(CAMPAIGN, ROSTER, _owed(("0102", "report", MISSING)), step, LATE)
    assert letter.kind is LetterKind.OVERDUE
    assert letter.subject.endswith("（仍可补报）")


def test_a_letter_about_paper_alone_does_not_ask_for_mail() -> None:
    words = text_of(reminder(CAMPAIGN, ROSTER, _owed(("01", "paper", MISSING)), BEFORE, ARRIVED), DEPARTMENT)
    assert "正式文件 1 份，送行政楼512室（9月14日17:30前）" in words
    assert "附上文件" not in words


@pytest.mark.parametrize(
    ("now", "last"),
    [(datetime(2012, 9, 13, 15, 59, tzinfo=UTC), False), (datetime(2012, 9, 13, 16, 0, tzinfo=UTC), True)],
)
def test_the_last_day_is_a_day_in_the_campaigns_zone(now: datetime, last: bool) -> None:
    facts = reminder_facts(CAMPAIGN, ROSTER, _owed(("0102", "report", MISSING)), now)
    assert facts.last_day is last


def test_a_review_request_waits_for_an_address_of_the_head() -> None:
    receipt = Office().take(item("a.docx", "0101", NO_REVIEW)).standings[("0101", "report")].receipts[0]
    report = Enclosure("a.docx", "application/octet-stream", b"x")
    silent = replace(ROSTER.unit("01"), addresses=())
    assert review_request(CAMPAIGN, ROSTER.unit("0101"), silent, receipt, report) is None
    letter = review_request(CAMPAIGN, ROSTER.unit("0101"), ROSTER.unit("01"), receipt, report)
    assert letter is not None
    assert letter.key == "review:chuangxian-zhengyou-2012:0101:1"
    assert letter.enclosures == (report,)


@pytest.mark.parametrize(
    ("owing_now", "said"),
    [
        (("0101", "report", MISSING), "总结没有报"),
        (("0101", "report", State.AWAITING_REVIEW), "总结等党总支把关"),
        (("0101", "report", State.RETURNED), "总结要修改后再报"),
        (("01", "paper", MISSING), "正式文件 1 份没有交"),
        (("01", "paper", State.PARTIAL), "正式文件 1 份没有交齐"),
    ],
)
def test_what_is_owed_can_be_read_over_the_telephone(owing_now: tuple[str, str, State], said: str) -> None:
    assert owing(_owed(owing_now).items, CAMPAIGN, ROSTER, owing_now[0]) == said


def test_a_head_is_told_whose_report_it_is_about() -> None:
    items = _owed(("0101", "report", State.AWAITING_REVIEW)).items
    assert owing(items, CAMPAIGN, ROSTER, "01") == "学生第一党支部总结等党总支把关"


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ((NO_VALUE, NO_LESSONS), "缺“社会评价”、“经验启示”"),
        ((NO_VALUE, NO_REVIEW), "缺“社会评价”"),
        ((Finding("F2", Level.MUST, "文件加了密码，打不开。请取消密码。"),), "文件有打开密码"),
        ((Finding("T1", Level.HINT, "“特点”较短"),), ""),
    ],
)
def test_a_gap_is_said_in_a_few_words(findings: tuple[Finding, ...], said: str) -> None:
    assert gap(findings, CAMPAIGN) == said


@pytest.mark.parametrize(("letters", "shown"), [(1, 1), (2, 2), (3, 3), (40, 3)])
def test_an_announcement_shows_at_most_three_letters_in_full(letters: int, shown: int) -> None:
    one = reminder(CAMPAIGN, ROSTER, _owed(("0102", "report", MISSING)), BEFORE, ARRIVED)
    many = [replace(one, key=str(number)) for number in range(letters)]
    facts = announcement(CAMPAIGN, DEPARTMENT, many, ARRIVED + timedelta(hours=2), BEFORE).facts
    samples = facts.samples
    assert len(samples) == shown
    assert len({sample.key for sample in samples}) == shown


def test_there_is_nothing_to_announce_without_letters() -> None:
    with pytest.raises(ValueError, match="nothing"):
        announcement(CAMPAIGN, DEPARTMENT, (), None, BEFORE)


def test_the_sheet_has_one_key_a_local_day_and_another_for_a_milestone() -> None:
    evening = datetime(2012, 9, 10, 16, 30, tzinfo=UTC)
    figures = Figures(now=evening, accepted=1, owed=2, new_today=0)
    key = "sheet:chuangxian-zhengyou-2012:2012-09-11"
    assert daily(CAMPAIGN, ROSTER, DEPARTMENT, figures, SHEET).key == key
    milestone = replace(figures, milestone="deadline")
    assert daily(CAMPAIGN, ROSTER, DEPARTMENT, milestone, SHEET).key == f"{key}:deadline"


def test_many_cases_are_counted_and_the_first_ones_shown() -> None:
    cases = tuple(Case(n, "unsure", "总结", "a@example.com", ARRIVED, "") for n in range(20))
    facts = daily(CAMPAIGN, ROSTER, DEPARTMENT, Figures(ARRIVED, 0, 9, 0, cases=cases), SHEET).facts
    assert facts.pending == 20
    assert len(facts.cases) + facts.more == 20


@pytest.mark.parametrize("kind", AlarmKind)
def test_an_alarm_is_raised_once_per_trouble(kind: AlarmKind) -> None:
    first = alarm(CAMPAIGN, DEPARTMENT, Trouble(kind, ARRIVED, name="7"))
    again = alarm(CAMPAIGN, DEPARTMENT, Trouble(kind, LATE, name="7"))
    other = alarm(CAMPAIGN, DEPARTMENT, Trouble(kind, LATE))
    assert first.key == again.key != other.key
    assert first.to == DEPARTMENT.staff


def test_a_report_that_staff_sent_back_is_asked_for_with_their_reason_and_not_with_what_the_rules_found() -> None:
    back = OwedItem(
        ROSTER.unit("0102"), CAMPAIGN.deliverable("report"), State.RETURNED, False, CAMPAIGN.deadline.at, (NO_VALUE,)
    )
    for note, said in (("请补数据", "已退回：请补数据"), ("", "已退回")):
        asked = Owed(ROSTER.unit("01"), ("x@example.edu.cn",), (replace(back, note=note),), came=0, wanted=1)
        assert [one.gap for one in reminder_facts(CAMPAIGN, ROSTER, asked, ARRIVED).to_mend] == [said]
