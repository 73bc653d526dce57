"""The answer to a mail: what it says of each case."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from rules.letter.reports import told
from rules.letters import (
    AcknowledgementFacts,
    Result,
    acknowledgement,
)
from rules.model import Address, Finding, Identification, Level, Refused, Standing, State, Unit, Verdict
from tests.letters.invented import (
    ARRIVED,
    CAMPAIGN,
    LATE,
    NO_LESSONS,
    NO_REVIEW,
    NO_VALUE,
    ROSTER,
    TEMPLATE,
    Office,
    item,
    mail,
)
from tests.letters.situations import answer

SHANGHAI = ZoneInfo("Asia/Shanghai")


def facts_of(office: Office, sender: tuple[str, ...] = ("01",), at: datetime = ARRIVED) -> AcknowledgementFacts:
    facts = answer(office, sender, at=at).facts
    assert isinstance(facts, AcknowledgementFacts)
    return facts


@pytest.mark.parametrize(
    ("office", "sender", "result"),
    [
        (Office().take(item("a.docx", "01")), ("01",), Result.COMPLETE),
        (Office().take(item("a.docx", "01", NO_VALUE)), ("01",), Result.MEND),
        (Office().take(item("a.docx", "0101", NO_REVIEW)), ("0101",), Result.AWAITING),
        (Office().take(item("a.docx", "0101", NO_REVIEW)), ("01",), Result.MEND),
        (Office().take(item("a.docx", "01")).take(item("b.docx", "01", NO_VALUE)), ("01",), Result.OLDER_COUNTS),
        (Office().take(item("a.docx", "01")).take(item("a.docx", "01")), ("01",), Result.SAME),
        (Office().take(item("a.docx", "01", NO_VALUE)).take(item("a.docx", "01", NO_VALUE)), ("01",), Result.MEND),
        (Office().put("0107", State.EXEMPT).take(item("a.docx", "0107")), ("0107",), Result.EXEMPT),
        (Office().take(item("a.docx", None)), (), Result.WHO),
        (Office().take(item("a.docx", None), item("b.docx", None)), (), Result.BUNDLE),
        (Office(), ("01",), Result.NOTE),
    ],
)
def test_the_first_line_follows_from_what_came(office: Office, sender: tuple[str, ...], result: Result) -> None:
    assert facts_of(office, sender).result is result


def test_a_mail_that_speaks_of_an_attachment_and_has_none_is_told_so() -> None:
    letter = answer(Office(), about=mail(text="总结见附件"))
    assert isinstance(letter.facts, AcknowledgementFacts)
    assert letter.facts.result is Result.NO_ATTACHMENT


def test_what_the_mail_only_quotes_does_not_count_as_speaking_of_an_attachment() -> None:
    quoted = "请问截止哪天？\n\n------------------ 原始邮件 ------------------\n发件人: x\n主题: y\n\n请附上附件"
    letter = answer(Office(), about=mail("请问", text=quoted))
    assert isinstance(letter.facts, AcknowledgementFacts)
    assert letter.facts.result is Result.NOTE


def test_the_missing_review_is_no_fault_of_the_branch() -> None:
    report = facts_of(Office().take(item("a.docx", "0101", NO_REVIEW)), ("0101",)).reports[0]
    assert report.musts == ()
    assert report.reviewer == "计算机学院党总支"


def test_the_sums_of_a_bundle_agree() -> None:
    office = Office().take(item("a.docx", "01"))
    office.take(
        item("a.docx", "01"),
        item("b.docx", "0101", NO_LESSONS),
        item("c.docx", "0102"),
        item("d.docx", None),
        item("e.docx", "0103", NO_REVIEW),
    )
    tally = facts_of(office).tally
    parts = (tally.complete, tally.mend, tally.awaiting, tally.older_counts, tally.returned, tally.same, tally.exempt)
    assert tally.files == sum(parts) + tally.unknown == 5
    assert tally.units == 4


def test_a_bundle_says_in_a_few_words_what_each_report_lacks_and_once_how_to_mend_it() -> None:
    refused = item("d.docx", "0103", NO_REVIEW)
    office = Office().take(item("a.docx", "0101", NO_LESSONS, NO_VALUE), item("b.docx", "0102", NO_LESSONS), refused)
    facts = facts_of(office)
    assert [report.lacks for report in facts.to_mend[:2]] == ["缺“社会评价”、“经验启示”", "缺“经验启示”"]
    assert facts.to_mend[2].lacks.startswith(NO_REVIEW.message[:6])
    assert facts.remedies == (NO_LESSONS.message, NO_VALUE.message, NO_REVIEW.message)
    assert facts_of(Office().take(item("a.docx", "0101"), item("b.docx", "0102", NO_LESSONS))).remedies == ()


def test_a_hint_of_two_reports_of_one_unit_names_the_unit_once() -> None:
    office = Office().take(item("a.docx", "0101", TEMPLATE), item("b.docx", "0101", NO_LESSONS, TEMPLATE))
    assert [units for units, _ in facts_of(office).advised] == ["学生第一党支部"]


def test_what_came_in_time_and_is_read_after_the_deadline_is_not_called_late() -> None:
    office = Office().take(item("a.docx", "0101", NO_LESSONS))
    situation = replace(office.situation(LATE), received_at=ARRIVED)
    letter = acknowledgement(mail(), Verdict(CAMPAIGN.id, ("01",)), office.standings, situation)
    assert isinstance(letter.facts, AcknowledgementFacts)
    assert not letter.facts.reports[0].late
    assert facts_of(Office().take(item("a.docx", "0101", NO_LESSONS), at=LATE), at=LATE).reports[0].late


def test_a_bundle_names_what_is_missing_and_what_came_earlier_and_still_lacks_something() -> None:
    office = Office().put("0106", State.INCOMPLETE).put("0107", State.EXEMPT)
    left = facts_of(office.take(item("a.docx", "01"), item("b.docx", "0101", NO_LESSONS))).outstanding
    assert left.missing == ("学生第二党支部", "学生第三党支部", "教工第一党支部", "教工第二党支部")
    assert left.incomplete == ("教工第三党支部",)
    assert left.only_branches


def test_a_branch_is_not_told_what_its_sisters_owe() -> None:
    assert facts_of(Office().take(item("a.docx", "0101")), ("0101",)).outstanding.missing == ()


def test_paper_is_asked_for_until_it_has_come() -> None:
    office = Office().take(item("a.docx", "01"))
    (due,) = facts_of(office).paper
    assert (due.what, due.copies, due.place, due.due) == ("正式文件", 1, "行政楼512室", "9月14日17:30前")
    assert facts_of(office.paper("01")).paper == ()


def test_an_extension_counts() -> None:
    office = Office()
    until = datetime(2012, 9, 20, 17, 0, tzinfo=SHANGHAI)
    office.standings[("01", "report")] = Standing("01", "report", extended_to=until)
    facts = facts_of(office.take(item("a.docx", "01", NO_VALUE), at=LATE), at=LATE)
    assert facts.terms.due == "9月20日（星期四）17:00前"
    assert not facts.terms.past
    assert not facts.reports[0].late


def test_late_is_said_and_accepted() -> None:
    facts = facts_of(Office().take(item("a.docx", "01"), at=LATE), at=LATE)
    assert facts.result is Result.COMPLETE
    assert facts.reports[0].late


def test_a_better_version_of_a_punctual_report_is_not_late() -> None:
    office = Office().take(item("a.docx", "01")).take(item("b.docx", "01"), at=LATE)
    assert not facts_of(office, at=LATE).reports[0].late


def test_an_identical_resend_is_told_when_the_first_one_came() -> None:
    office = Office().take(item("a.docx", "01")).take(item("a.docx", "01"), at=LATE)
    assert facts_of(office, at=LATE).reports[0].received == "9月10日 16:42"


def test_findings_for_the_clerk_are_not_said_to_the_sender() -> None:
    secret = Finding("D1", Level.CLERK, "与另一单位的总结很像")
    report = facts_of(Office().take(item("a.docx", "01", secret))).reports[0]
    assert (report.musts, report.advice, report.hints) == ((), (), ())


def test_a_unit_that_left_the_roster_makes_no_letter_fail() -> None:
    assert facts_of(Office().take(item("a.docx", "99")), ("98",)).result is Result.WHO


def test_a_refused_file_of_a_bundle_is_named_with_its_container() -> None:
    letter = answer(Office(), ignored=(Refused("x.exe", "不是文档", ("材料.zip", "内.zip")),))
    assert isinstance(letter.facts, AcknowledgementFacts)
    assert letter.facts.unused[0].file.via == "材料.zip、内.zip"


def test_an_answer_is_threaded_and_known_by_the_bytes_of_the_mail() -> None:
    about = replace(mail("总结"), reply_to=(Address("", "office@example.edu.cn"),))
    letter = answer(Office(), about=about)
    assert letter.key == f"ack:{about.sha256}"
    assert letter.answers == about.message_id
    assert letter.thread == about.references
    assert letter.to == ("office@example.edu.cn",)
    assert letter.about == ()


def test_an_office_that_does_not_close_is_given_the_deadline_itself() -> None:
    open_late = CAMPAIGN.model_copy(update={"deadline": CAMPAIGN.deadline.model_copy(update={"office_close": None})})
    office = Office().take(item("a.docx", "01"))
    situation = replace(office.situation(), campaign=open_late)
    verdict = Verdict(CAMPAIGN.id, ("01",), tuple(change.item for change in office.changes))
    facts = acknowledgement(mail(), verdict, office.standings, situation).facts
    assert isinstance(facts, AcknowledgementFacts)
    assert facts.paper[0].due == "9月14日（星期五）24时前"
    assert CAMPAIGN.deadline.office_close == time(17, 30)


def test_a_direct_branch_is_asked_for_no_review() -> None:
    unit: Unit = ROSTER.unit("09")
    report = facts_of(Office().take(item("a.docx", unit.code)), (unit.code,)).reports[0]
    assert report.reviewer == ""


def test_an_open_review_is_told_to_the_head_that_sent_the_report_and_not_to_the_branch() -> None:
    lacking = item("学生一支部总结.docx", "0101", NO_REVIEW, NO_VALUE)
    for sender, rules in (("01", ["R1", "S4"]), ("0101", ["S4"])):
        found = told(lacking, Verdict(CAMPAIGN.id, (sender,), (lacking,)), ROSTER)
        assert [finding.rule for finding in found] == rules
    lost = replace(lacking, identification=Identification("9999", 0.9))
    assert [finding.rule for finding in told(lost, Verdict(CAMPAIGN.id, ("01",), (lost,)), ROSTER)] == ["S4"]
