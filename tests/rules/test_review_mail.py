"""What a mail says of the review beside its own sentences: subject, signature, a passed-on mail, enclosed forms."""

from dataclasses import replace

import pytest

from rules.checks import examine
from rules.context import Context
from rules.model import Address, Evidence, Level, Review
from rules.review import review_of
from tests.documents.build import table
from tests.documents.invented import FIRST, GENERAL, context, document, text_of
from tests.documents.reports import DOING
from tests.rules.checks.case import GOOD

TEXT = text_of(DOING)
BY_BRANCH = context(sender=(FIRST,))
PASSED_ON = "请查收。\n\n-----原始邮件-----\n发件人：<{address}>\n收件人：jg1@example.edu.cn\n主题：总结\n\n{words}"
FORM = document("创先争优总结审核表", table([["党总支意见", "同意报送。 书记签名：赵某 2012年9月7日"]]))


def found(**changes: object) -> Review | None:
    return review_of(TEXT, replace(BY_BRANCH, **changes))  # type: ignore[arg-type]


def r1(**changes: object) -> str:
    at = replace(BY_BRANCH, **changes)  # type: ignore[arg-type]
    return next(finding.message for finding in examine(GOOD, at).findings if finding.rule == "R1")


def test_the_subject_may_say_it_and_the_text_takes_it_back() -> None:
    assert found(subject="教工一支部总结（总支已审）") is not None
    assert found(subject="教工一支部总结（总支已审）", mail_text="更正：总支还没有审核。") is None


def test_a_mail_signed_by_the_general_branch_need_not_name_it_again() -> None:
    text = "组织部：这是教工一支部的总结，已经我们看过。\n计算机学院党总支"
    assert found(mail_text=text, sender_units=()) is not None
    assert found(mail_text="组织部：这是教工一支部的总结，已经我们看过。\n教工一支部", sender_units=()) is None


@pytest.mark.parametrize("words", ["已审阅，请报组织部。", "同意上报", "看过了，没意见，可以报。"])
def test_a_mail_of_the_general_branch_that_is_passed_on_counts(words: str) -> None:
    review = found(mail_whole=PASSED_ON.format(address="jsj@example.edu.cn", words=words))
    assert review is not None
    assert review.evidence is Evidence.STATEMENT
    assert "jsj@example.edu.cn" in review.where


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("jsj@example.edu.cn", "请各支部尽快把总结报来。"),
        ("jsj@example.edu.cn", "再改改，成效不够具体。"),
        ("jsj@example.edu.cn", "不同意上报。"),
        ("math@example.edu.cn", "已审阅，请报组织部。"),
    ],
)
def test_another_mail_that_is_passed_on_does_not(address: str, words: str) -> None:
    assert found(mail_whole=PASSED_ON.format(address=address, words=words)) is None


def test_a_form_beside_the_only_report_is_evidence() -> None:
    review = found(enclosed=(("审核表.docx", FORM),))
    assert review is not None
    assert review.evidence is Evidence.BLOCK
    assert review.where.startswith("审核表.docx ¶")


def test_a_form_counts_for_the_unit_that_it_names() -> None:
    own = (("教工第一党支部审核表.docx", FORM),)
    other = (("计算机学院教工第二党支部审核表.docx", FORM),)
    assert found(enclosed=own, reports=3) is not None
    assert found(enclosed=(("审核表.docx", FORM),), reports=3) is None
    assert found(enclosed=other) is None
    assert found(enclosed=other, reports=3) is None


def test_a_copy_to_the_general_branch_is_no_review_and_the_answer_says_so() -> None:
    assert found(copied_to=(Address("", GENERAL.addresses[0]),)) is None
    assert "抄送党总支还不能算已审核" in r1(copied_to=(Address("", GENERAL.addresses[0]),))
    assert "抄送" not in r1()


def test_a_review_still_to_come_is_answered_as_such() -> None:
    assert "还没有审完" in r1(mail_text="先报上，待总支审核后再报盖章件。")


def test_a_picture_beside_it_is_shown_to_the_department_only() -> None:
    at = replace(BY_BRANCH, pictures=("盖章页.jpg",))
    assert [one.level for one in examine(GOOD, at).findings if one.rule == "R4"] == [Level.CLERK]
    assert review_of(GOOD, at) is None


def test_nothing_is_asked_of_a_context_without_a_general_branch() -> None:
    nobody: Context = context(None, (), mail_whole="发件人：jsj@example.edu.cn\n同意")
    assert review_of(TEXT, nobody) is None
