"""What the first paragraphs say of their author. The units are invented."""

import pytest

from rules.identify import Clues, identify
from rules.identity.text import (
    lines_below_title,
    lines_of_title,
    opening_of,
    people_named,
    says_my_general,
    says_nothing_of_general,
    self_named,
    speaks_as_branch,
    speaks_as_general,
)
from rules.model import Document, Paragraph
from rules.naming.forms import index_of
from tests.rules.identify_university import university

ROSTER = university()
INDEX = index_of(ROSTER)
TITLE = "创先争优活动总结"


def test_the_lines_of_a_title_are_told_apart() -> None:
    opening = ("先锋路上著华章", "人事处党支部总结", "一、做法")
    assert lines_of_title("先锋路上著华章人事处党支部总结", opening) == "先锋路上著华章 / 人事处党支部总结"
    assert lines_of_title("总结", ()) == "总结"


@pytest.mark.parametrize(
    ("opening", "below"),
    [
        ((TITLE, "人事处党支部", "两年来，我们做了三件事。"), "人事处党支部"),
        ((TITLE, "人事处党支部书记 某某", "各位领导："), "人事处党支部书记 某某"),
        ((TITLE, "各位领导：", "人事处党支部 某某"), "人事处党支部 某某"),
        (("支部名称", "人事处党支部", "人数", "9"), "人事处党支部"),
        ((TITLE, "学校党委组织部：", "两年来做了三件事。"), ""),
        ((TITLE, "一、做法", "人事处党支部"), ""),
        ((TITLE, "两年来，我们做了三件事。", "人事处党支部"), ""),
        ((TITLE, "报：机关一党总支", "两年来做了三件事。"), ""),
    ],
)
def test_who_wrote_it_may_stand_on_a_line_below_the_title(opening: tuple[str, ...], below: str) -> None:
    assert lines_below_title(TITLE, opening) == below


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("日语系教工党支部自活动开展以来，坚持每周学习一次。", "0103"),
        ("自活动开展以来，外国语学院日语系教工党支部坚持学习。", "0103"),
        ("我们外国语学院研究生党支部共有党员二十名，分在三个年级。", "0106"),
        ("我们到外国语学院研究生党支部学习，收获很大。", None),
        ("在外国语学院党总支的正确领导下，我们做了三件事。", None),
        ("外国语学院党总支的领导十分重视，多次来指导工作。", None),
        ("外国语学院研究生党支部的做法给了我们很大启发。", None),
        ("研究生党支部和日语系教工党支部一起做了三件事。研究生党支部出人，日语系教工党支部出钱。", None),
    ],
)
def test_the_unit_that_a_sentence_begins_with_is_the_author(line: str, unit: str | None) -> None:
    named = self_named(TITLE, (TITLE, line), INDEX, frozenset({"01"}))
    assert [mention.unit for mention in named] == ([unit] if unit else [])


@pytest.mark.parametrize(
    ("line", "branch", "general", "mine"),
    [
        ("我支部有党员十名。", True, False, False),
        ("本党支部坚持学习。", True, False, False),
        ("两年来，支部坚持学习。", True, False, False),
        ("学生22党支部自活动开展以来坚持学习。", True, False, False),
        ("我总支下设六个党支部。支部书记带头学习。", False, True, True),
        ("我院党总支认真组织，各支部积极参加。", False, True, False),
        ("在我院党总支的正确领导下做了三件事。", False, False, False),
        ("各党支部积极参加，党支部共建有声有色。", False, False, False),
    ],
)
def test_a_text_speaks_of_itself(line: str, branch: bool, general: bool, mine: bool) -> None:
    assert (speaks_as_branch((line,)), speaks_as_general((line,)), says_my_general((line,))) == (branch, general, mine)


def test_a_text_without_a_word_of_a_general_branch_is_told_from_no_text() -> None:
    assert says_nothing_of_general(("大家都来读书。",))
    assert not says_nothing_of_general(("各支部都来读书。",))
    assert not says_nothing_of_general(())


def test_a_contact_names_every_branch_that_has_it_and_no_general_branch() -> None:
    assert people_named(("乙示例发言稿",), ROSTER, INDEX) == ("0102",)
    assert people_named(("丙示例发言稿",), ROSTER, INDEX) == ("0703", "0704")
    assert people_named(("",), ROSTER, INDEX) == ()


def test_the_opening_of_a_document_is_short() -> None:
    document = Document("docx", tuple(Paragraph(number, "字" * 1000) for number in range(1, 100)))
    assert sum(map(len, opening_of(document))) < 20_000


def test_a_forwarded_report_of_some_branch_is_asked_about_and_the_branches_come_first() -> None:
    clues = Clues(
        ("02",), file_name="支部总结2.docx", title=f"党支部{TITLE}", subject="转发：支部总结", body="国际学院党总支"
    )
    found = identify(clues, ROSTER)
    assert found.unit is None
    assert all(candidate.confidence <= 0.1 for candidate in found.candidates)
