"""The grammar of unit names. The college is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Kind, Roster, Unit
from rules.names import Strength, mentions, normal_form, normal_forms, read_names
from rules.naming.forms import index_of
from rules.naming.guess import guesses
from rules.naming.tokens import number_of

TOPS = (
    Unit("01", "计算机学院党总支", Kind.GENERAL_BRANCH),
    Unit("02", "数学与统计学院党总支", Kind.GENERAL_BRANCH, aliases=("数统学院",)),
    Unit("03", "机关党总支", Kind.GENERAL_BRANCH),
    Unit("04", "图书馆直属党支部", Kind.DIRECT_BRANCH),
    Unit("05", "外国语学院分党委", Kind.COMMITTEE),
    Unit("06", "离退休党总支", Kind.GENERAL_BRANCH),
)
COMMON = ("教工第一党支部", "教工第二党支部", "学生第一党支部", "学生第十一党支部", "研究生第一党支部")
ROSTER = Roster(
    (
        *TOPS,
        *(Unit(f"01{n:02}", f"计算机学院{name}", Kind.BRANCH, "01") for n, name in enumerate(COMMON, 1)),
        *(Unit(f"02{n:02}", f"数学与统计学院{name}", Kind.BRANCH, "02") for n, name in enumerate(COMMON, 1)),
        Unit("0211", "应用数学教职工党支部", Kind.BRANCH, "02"),
        Unit("0301", "机关第一党支部", Kind.BRANCH, "03"),
        Unit("0307", "机关第七党支部", Kind.BRANCH, "03"),
        Unit("0308", "校部机关第八党支部", Kind.BRANCH, "03", aliases=("校长办公室党支部",)),
        Unit("0310", "机关第十党支部（退休）", Kind.BRANCH, "03"),
        Unit("0501", "英语师范学生第一党支部", Kind.BRANCH, "05"),
        Unit("0502", "日语教师党支部-16级日语硕士研究生党支部", Kind.BRANCH, "05"),
        Unit("0503", "2015级本科一支部", Kind.BRANCH, "05"),
        Unit("0601", "离退休党总支退休第一党支部", Kind.BRANCH, "06"),
    )
)


def named(text: str, within: str | None = None) -> list[str]:
    return sorted({mention.unit for mention in read_names(text, ROSTER, [within] if within else []).firm})


@pytest.mark.parametrize(
    "text",
    [
        "计算机学院教工第一党支部",
        "计算机学院教职工第一党支部",
        "计算机学院教师第1党支部",
        "计算机学院教工一支部",
        "计算机学院教工1支部创先争优总结.docx",
        "计算机系教师第一党支部",
        "计算机教工第一支部",
        "计算机学院第一教工支部",
        "计算机学院党总支教工第一党支部",
        "计算机学院-教工第一党支部-总结",
        "计算机学院（教工第一党支部）总结",
        "计 算 机 学 院 教 工 第 一 党 支 部",
        "计算机学院教工第１党支部",
        "中共示例学院计算机学院教工第一支部委员会",
        "关于报送计算机学院教工第一党支部总结的报告",
    ],
)
def test_every_way_of_writing_a_branch_finds_it(text: str) -> None:
    assert named(text) == ["0101"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("计算机学院党总支创先争优活动总结", ["01"]),
        ("中共示例学院计算机学院总支部委员会", ["01"]),
        ("计算机系总支", ["01"]),
        ("数统学院党委", ["02"]),
        ("外国语学院分党委总结", ["05"]),
        ("图书馆党支部", ["04"]),
        ("校长办公室党支部", ["0308"]),
        ("机关第八党支部", ["0308"]),
        ("机关第十党支部", ["0310"]),
        ("机关第十党支部(退休)", ["0310"]),
        ("机关第七、八、十党支部", ["0307", "0308", "0310"]),
        ("机关第七、第八支部", ["0307", "0308"]),
        ("日语教师党支部--16级日语硕士研究生党支部", ["0502"]),
        ("外国语学院15级本科第一党支部", ["0503"]),
        ("离退休党总支退休第一党支部", ["0601"]),
        ("应用数学教师支部", ["0211"]),
        ("计算机学院学生第十一党支部", ["0104"]),
        ("计算机学院研究生第一党支部", ["0105"]),
        ("计算机学院党总支和教工第一党支部", ["01", "0101"]),
    ],
)
def test_the_longest_name_wins(text: str, units: list[str]) -> None:
    assert named(text) == units


@pytest.mark.parametrize(
    "text",
    [
        "教工第一党支部总结",
        "计算机学院教工第十一党支部",
        "计算机学院研究生第二党支部",
        "软件计算机学院教工第一党支部",
        "计算机学院党总支教工第九党支部",
        "机关第七、九党支部",
        "计算机学院教工第一、学生第一党支部",
        "计算机学院创先争优活动总结",
        "计算机学苑教工第一党支部",
        "创先争优活动第一阶段总结8.19",
        "各党总支、直属党支部",
        "经校党委研究",
        "",
    ],
)
def test_what_only_looks_like_a_unit_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "within", "units"),
    [
        ("教工第一党支部总结", "01", ["0101"]),
        ("教工第一党支部总结", "02", ["0201"]),
        ("教工一总结.docx", "01", ["0101"]),
        ("数统学院党总支报送的教工第一党支部总结", "01", ["0201"]),
        ("16级日语硕士生党支部", "05", ["0502"]),
        ("教工第一党支部和学生第一党支部", "01", ["0101", "0103"]),
        ("第七、十支部", "03", ["0307", "0310"]),
        ("教工第一阶段总结", "01", []),
        ("本科学生第一党支部", "01", []),
        ("学生第一党支部", "05", []),
        ("物理学院-教工第一党支部", "01", []),
        ("总结1-支部", "03", []),
        ("教工第三党支部", "01", []),
    ],
)
def test_a_short_name_counts_only_inside_its_general_branch(text: str, within: str, units: list[str]) -> None:
    assert named(text, within) == [unit for unit in units if unit not in ("01", "02")]


def test_the_college_alone_hints_at_its_general_branch() -> None:
    (mention,) = mentions("计算机学院创先争优活动总结", ROSTER)
    assert (mention.unit, mention.strength) == ("01", Strength.AREA)


def test_a_name_after_unknown_words_may_be_the_end_of_a_longer_one() -> None:
    (mention,) = mentions("软件计算机学院教工第一党支部", ROSTER)
    assert mention.strength is Strength.LOOSE


def test_a_branch_that_nobody_knows_is_noted() -> None:
    assert read_names("计算机学院教工第九党支部", ROSTER).strangers
    assert not read_names("所属各党支部", ROSTER).strangers


def test_two_units_under_the_same_words_are_both_named() -> None:
    twins = Roster(
        (
            Unit("1", "甲学院党总支", Kind.GENERAL_BRANCH),
            Unit("2", "乙学院党总支", Kind.GENERAL_BRANCH),
            Unit("11", "应用化学教工党支部", Kind.BRANCH, "1"),
            Unit("21", "应用化学教工党支部", Kind.BRANCH, "2"),
        )
    )
    assert {mention.unit for mention in mentions("应用化学教工支部", twins)} == {"11", "21"}


def test_a_changed_ending_that_another_unit_has_is_not_borrowed() -> None:
    both = Roster((Unit("1", "体育学院党总支", Kind.GENERAL_BRANCH), Unit("2", "体育部直属党支部", Kind.DIRECT_BRANCH)))
    assert [mention.unit for mention in mentions("体育部党支部", both)] == ["2"]
    assert [mention.unit for mention in mentions("体育学院党总支", both)] == ["1"]
    assert mentions("体育系党总支", both) == ()


@pytest.mark.parametrize(
    ("text", "within", "units"),
    [
        ("计算机学苑教工第一党支部", (), {"0101"}),
        ("计祘机学院党总支", (), {"01"}),
        ("计算机学苑教工第九党支部", (), set()),
        ("计算机学院教工第一党支部", (), set()),
    ],
)
def test_a_slip_of_the_pen_or_half_a_name_gives_only_guesses(
    text: str, within: tuple[str, ...], units: set[str]
) -> None:
    found = guesses(text, read_names(text, ROSTER, within), index_of(ROSTER), within)
    assert {mention.unit for mention in found} == units
    assert not any(mention.strength.firm for mention in found)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("第一", 1),
        ("十", 10),
        ("第十一", 11),
        ("二十", 20),
        ("二十一", 21),
        ("一百零三", 103),
        ("二〇一二", 2012),
        ("第21", 21),
    ],
)
def test_chinese_numbers_are_read(words: str, number: int) -> None:
    assert number_of(words) == number


def test_equal_names_have_one_normal_form() -> None:
    assert normal_form("计算机学院教职工第一党支部") == normal_form(" 计算机学院 教师１支部")
    assert normal_form("学生第一党支部") != normal_form("学生第十一党支部")
    assert normal_form("学生第一党支部") != normal_form("研究生第一党支部")


@pytest.mark.parametrize("unit", ROSTER.units, ids=lambda unit: unit.code)
def test_every_unit_is_found_under_its_own_name(unit: Unit) -> None:
    assert normal_forms(unit, ROSTER)
    assert named(unit.name, unit.parent) == [unit.code]


@given(
    st.text(alphabet="计算机学院教工第一二十、党支总部-12 （）直属中共 abc。和", max_size=60),
    st.sampled_from(["01", "03", None]),
)
def test_any_text_is_read_without_failing(text: str, within: str | None) -> None:
    for mention in mentions(text, ROSTER, [within] if within else []):
        assert mention.unit in ROSTER
        assert mention.first < mention.end


def test_only_the_first_unknown_names_of_a_text_are_guessed_at() -> None:
    many = "".join(f"教工第{number}支部表扬研究生第{number}支部，" for number in range(20, 40)) + "学生支部"
    assert guesses(many, read_names(many, ROSTER, ("01",)), index_of(ROSTER), ("01",)) == ()
