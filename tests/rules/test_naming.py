"""Names cut short, names without 支部, the school's name. The units are invented."""

import pytest

from rules.model import Kind, Roster, Unit
from rules.names import Strength, read_names, words_of
from rules.naming.bare import bare_names, speaks_of_a_part
from rules.naming.forms import index_of
from rules.naming.school import own_key, school_of
from rules.naming.short import claimed_elsewhere, fitting
from rules.naming.tokens import values
from tests.rules.identify_university import university

ROSTER = university("示例师范大学")
INDEX = index_of(ROSTER)


@pytest.mark.parametrize(
    ("said", "top", "units"),
    [
        ("日语", "01", ("0103",)),
        ("外院日语系教工", "01", ("0103",)),
        ("本二", "01", ("0105",)),
        ("研", "01", ("0106",)),
        ("英语", "01", ("0101", "0102")),
        ("教工", "01", ("0101", "0102", "0103")),
        ("学生一", "01", ("0104",)),
        ("学生2", "03", ()),
        ("博士", "03", ("0305",)),
        ("17级硕士", "03", ("0307", "0308")),
        ("17级博士", "03", ()),
        ("观园教师", "07", ("0703",)),
        ("园艺", "07", ()),
        ("法语", "01", ()),
        ("", "01", ()),
    ],
)
def test_what_is_said_fits_the_branches_that_it_can_be_short_for(said: str, top: str, units: tuple[str, ...]) -> None:
    assert fitting(values(said), (top,), INDEX) == units


def test_a_field_that_another_general_branch_has_too_is_known() -> None:
    assert claimed_elsewhere(values("数学院学生一"), ("04",), INDEX)
    assert not claimed_elsewhere(values("数统院学生一"), ("04",), INDEX)


@pytest.mark.parametrize(
    ("text", "top", "named"),
    [
        ("饮食服务中心总结", "09", {"0901": Strength.BARE}),
        ("饮食总结", "09", {"0901": Strength.PARTIAL}),
        ("本科生1", "01", {"0104": Strength.BARE}),
        ("本科生", "01", {"0104": Strength.PARTIAL, "0105": Strength.PARTIAL}),
        ("机关一1", "05", {"0501": Strength.PARTIAL}),
        ("支部总结-日语", "01", {"0103": Strength.PARTIAL}),
        ("总结1", "05", {}),
        ("创先争优活动总结", "01", {}),
        ("外国语学院总结", "01", {}),
    ],
)
def test_a_name_without_its_last_word_is_heard(text: str, top: str, named: dict[str, Strength]) -> None:
    found = bare_names(words_of(text, INDEX), INDEX, frozenset({top}))
    assert {mention.unit: mention.strength for mention in found} == named


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("法语系总结", True),
        ("博士后教工总结", True),
        ("总结", False),
        ("新建 Microsoft Word 文档", False),
        ("党支部", False),
    ],
)
def test_words_for_a_part_of_a_general_branch_are_heard(text: str, part: bool) -> None:
    assert speaks_of_a_part(words_of(text, INDEX), frozenset()) is part


def test_the_schools_name_is_left_out() -> None:
    assert school_of(ROSTER) == values("示例师范大学")
    assert own_key("示例师范大学机关一党总支", ROSTER) == values("机关一党总支")
    assert words_of("中共示例师范大学机关一总支部委员会", INDEX)[0].value == "机关"
    assert school_of(university()) == ()


def test_two_departments_of_one_college_are_no_school() -> None:
    names = (
        "外国语学院英语系党总支",
        "外国语学院日语系党总支",
        "数学系党总支",
        "物理系党总支",
        "化学系党总支",
        "机关党总支",
        "体育系党总支",
    )
    assert school_of(Roster(tuple(Unit(name, name, Kind.GENERAL_BRANCH) for name in names))) == ()


def test_of_a_text_made_of_names_only_the_first_are_understood() -> None:
    read = read_names("外院日语支部总结，" * 40 + "外院本科一支部总结", ROSTER, ("01",))
    assert {mention.unit for mention in read.mentions if mention.strength is Strength.ONLY} == {"0103"}
