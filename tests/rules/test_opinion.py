"""What goes back with a report: the result in one line, what is worth a copy, and the list."""

from datetime import UTC, datetime

import pytest

from rules.model import Finding, Level
from rules.opinion import numbered, opinion_on, place_of, result_of, worth_returning

MUST, SHOULD, HINT, CLERK = Level.MUST, Level.SHOULD, Level.HINT, Level.CLERK
AT = datetime(2012, 9, 10, tzinfo=UTC)


def finding(level: Level, where: str = "", rule: str = "S1") -> Finding:
    return Finding(rule, level, "说一句", where)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((), "没有发现要改的地方。"),
        ((HINT,), "要求写的内容都有；有一处可以再看看。"),
        ((SHOULD, HINT), "要求写的内容都有；有两处可以再看看。"),
        ((MUST, MUST), "还差两处要补正。"),
        ((MUST, SHOULD, HINT), "还差一处要补正，另有两处可以再看看。"),
    ],
)
def test_the_first_line_is_the_result(levels: tuple[Level, ...], said: str) -> None:
    assert result_of(map(finding, levels)) == said


@pytest.mark.parametrize(
    ("findings", "worth"),
    [
        ((), False),
        ((finding(MUST),), True),
        ((finding(SHOULD),), True),
        ((finding(HINT),), False),
        ((finding(HINT, "文件名：总结.docx"),), False),
        ((finding(HINT, "¶3 20xx年"),), True),
        ((finding(CLERK, "¶3 雷同"),), False),
        ((finding(MUST, rule="F2"),), False),
    ],
)
def test_a_copy_goes_back_when_there_is_something_to_mend_in_a_file_that_could_be_read(
    findings: tuple[Finding, ...], worth: bool
) -> None:
    assert worth_returning(findings) is worth


def test_an_opinion_is_in_the_order_of_weight_and_without_what_the_clerk_alone_may_see() -> None:
    found = (finding(CLERK), finding(HINT), finding(MUST), finding(SHOULD))
    opinion = opinion_on(found, AT, unit="某支部")
    assert [one.level for one in opinion.findings] == [MUST, SHOULD, HINT]
    assert (opinion.result, opinion.unit) == ("还差一处要补正，另有两处可以再看看。", "某支部")
    assert opinion_on(found, AT, result="预审").result == "预审"


def test_the_list_is_numbered_and_says_the_same_thing_about_the_same_place_once() -> None:
    found = (finding(MUST), finding(MUST), finding(MUST, "¶3 一、做法"))
    assert list(numbered(found)) == ["1. 须补正：说一句", "2. 须补正：说一句（第 3 段“一、做法”）"]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("", ""),
        ("¶12 一、主要特点", "第 12 段“一、主要特点”"),
        ("¶5", "第 5 段"),
        ("文件名：a", "文件名：a"),
        ("  ", ""),
    ],
)
def test_a_place_is_said_as_people_say_it(where: str, said: str) -> None:
    assert place_of(where) == said
