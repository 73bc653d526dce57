"""The roster: every fault is named with its row and column, and nothing is imported unless all rows are right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Kind, Roster, Unit
from rules.roster import COLUMNS, read_roster, roster_changes, roster_rows

HEADER: list[object] = list(COLUMNS)
# Invented units.
GOOD: list[list[object]] = [
    ["01", "甲学院党总支", "党总支", "", "甲总支", "jia@example.edu.cn", "张某", "1", "", ""],
    ["0101", "甲学院教工党支部", "党支部", "01", "教工支部；教师支部", "", "", "", "", ""],
    ["0102", "甲学院学生党支部", "党支部", "甲学院党总支", "", "", "", "", "是", ""],
    ["02", "乙学院分党委", "分党委", "", "", "yi@example.edu.cn", "", "", "否", ""],
    ["0201", "乙学院教工党支部", "党支部", "02", "教工支部", "", "", "", "", ""],
    ["03", "丙直属党支部", "直属党支部", "", "", "bing@example.edu.cn", "", "", "", ""],
]


def changed(row: int, column: str, value: object) -> list[list[object]]:
    """The good rows with the header, one cell of a row (counted as the clerk does) changed."""
    rows: list[list[object]] = [list(HEADER), *(list(cells) for cells in GOOD)]
    rows[row - 1][HEADER.index(column)] = value
    return rows


def roster(rows: list[list[object]]) -> Roster:
    reading = read_roster(rows)
    assert reading.faults == ()
    assert reading.value is not None
    return reading.value


class TestGood:
    def test_it_becomes_a_roster(self) -> None:
        reading = read_roster([HEADER, *GOOD])
        assert reading.warnings == ()
        assert reading.value is not None
        assert [unit.code for unit in reading.value.below("01")] == ["0101", "0102"]
        assert reading.value.unit("0101").aliases == ("教工支部", "教师支部")
        assert [unit.exempt for unit in reading.value.units] == [False, False, True, False, False, False]

    def test_the_order_of_the_columns_is_free_and_empty_rows_are_skipped(self) -> None:
        rows: list[list[object]]
        rows = [["", ""], list(reversed(HEADER)), *(list(reversed(cells)) for cells in GOOD), [None, ""], []]
        assert roster(rows) == roster([HEADER, *GOOD])

    def test_what_a_spreadsheet_makes_of_numbers_is_undone(self) -> None:
        rows = changed(2, "编号", 1.0)
        rows[2][HEADER.index("上级")] = 1
        rows[2][HEADER.index("电话")] = 13800000000.0
        rows[3][HEADER.index("免报")] = True
        found = roster(rows)
        assert found.units[0].code == "1"
        assert found.units[1].parent == "1"
        assert found.units[1].phone == "13800000000"
        assert found.units[2].exempt

    def test_a_parent_whose_code_lost_its_zeros_is_found(self) -> None:
        assert roster(changed(3, "上级", 1.0)).unit("0101").parent == "01"

    def test_full_width_characters_are_folded_but_chinese_punctuation_stays(self) -> None:
        found = roster(changed(4, "单位名称", " 甲学院２０级学生党支部（退休）　")).unit("0102")
        assert found.name == "甲学院20级学生党支部（退休）"

    @pytest.mark.parametrize(
        ("written", "addresses"),
        [
            ("A＠Example.EDU.cn", ("a@example.edu.cn",)),
            ("a@example.com；b@example.com", ("a@example.com", "b@example.com")),
            ("a@example.com;b@example.com、c@example.com", ("a@example.com", "b@example.com", "c@example.com")),
            ("a@example.com\nb@example.com", ("a@example.com", "b@example.com")),
            ("a@example.com b@example.com", ("a@example.com", "b@example.com")),
            ("zzb @example.com", ("zzb@example.com",)),
            ("a@example.com；A@example.com；", ("a@example.com",)),
        ],
    )
    def test_addresses_are_taken_apart(self, written: str, addresses: tuple[str, ...]) -> None:
        assert roster(changed(7, "邮箱", written)).unit("03").addresses == addresses

    @pytest.mark.parametrize(("written", "kind"), [("总支", Kind.GENERAL_BRANCH), ("学院党委", Kind.COMMITTEE)])
    def test_everyday_names_of_the_kinds_are_known(self, written: str, kind: Kind) -> None:
        assert roster(changed(2, "类型", written)).unit("01").kind is kind

    @pytest.mark.parametrize(
        ("written", "exempt"), [("是", True), ("√", True), ("", False), ("否", False), (None, False), (False, False)]
    )
    def test_exempt_may_be_ticked(self, written: object, exempt: bool) -> None:
        assert roster(changed(2, "免报", written)).unit("01").exempt is exempt


FAULTS = [
    (2, "编号", "", "第 2 行「编号」: 缺少编号"),
    (2, "编号", "../x", "第 2 行「编号」 = '../x': 只能用数字"),
    (3, "编号", "0102", "第 4 行「编号」 = '0102': 与第 3 行重复"),
    (3, "单位名称", "", "第 3 行「单位名称」: 缺少单位名称"),
    (3, "单位名称", "甲学院学生 党支部", "第 4 行「单位名称」 = '甲学院学生党支部': 与第 3 行"),
    (5, "单位名称", "甲学院党总支", "第 5 行「单位名称」 = '甲学院党总支': 与第 2 行"),
    (3, "类型", "党小组", "第 3 行「类型」 = '党小组': 只能是 党总支、分党委、党支部、直属党支部"),
    (3, "类型", "", "第 3 行「类型」: 缺少类型"),
    (3, "上级", "", "第 3 行「上级」: 党支部必须填上级"),
    (3, "上级", "甲学院总支", "第 3 行「上级」 = '甲学院总支': 名册里没有这个单位；是不是“甲学院党总支”？"),
    (3, "上级", "09", "第 3 行「上级」 = '09': 名册里没有这个单位"),
    (3, "上级", "0102", "第 3 行「上级」 = '0102': “甲学院学生党支部”是党支部"),
    (3, "上级", "0101", "第 3 行「上级」 = '0101': “甲学院教工党支部”是党支部"),
    (3, "上级", "03", "第 3 行「上级」 = '03': “丙直属党支部”是直属党支部"),
    (7, "上级", "01", "第 7 行「上级」 = '01': 直属党支部没有上级"),
    (5, "上级", "01", "第 5 行「上级」 = '01': 分党委没有上级"),
    (2, "邮箱", "jia@qq", "第 2 行「邮箱」 = 'jia@qq': 不是有效的邮箱地址"),
    (2, "邮箱", "jia@example.com；张三", "第 2 行「邮箱」 = '张三': 不是有效的邮箱地址"),
    (4, "别名", "教师支部", "第 4 行「别名」 = '教师支部': 与第 3 行“甲学院教工党支部”的别名相同"),
    (4, "别名", "甲学院教工党支部", "第 4 行「别名」 = '甲学院教工党支部': 与第 3 行"),
    (7, "别名", "甲总支", "第 7 行「别名」 = '甲总支': 与第 2 行"),
    (2, "免报", "也许", "第 2 行「免报」 = '也许': 只能填 是、否"),
]


@pytest.mark.parametrize(("row", "column", "value", "expected"), FAULTS)
def test_a_fault_names_row_column_and_what_is_allowed(row: int, column: str, value: str, expected: str) -> None:
    reading = read_roster(changed(row, column, value))
    assert reading.value is None
    (fault,) = reading.faults
    assert str(fault).startswith(expected)


def test_branches_that_point_at_each_other_are_refused() -> None:
    rows = changed(3, "上级", "0102")
    rows[3][HEADER.index("上级")] = "0101"
    assert len(read_roster(rows).faults) == 2


def test_all_faults_are_told_at_once_and_no_false_ones_follow_from_them() -> None:
    rows = changed(2, "类型", "？")
    rows[6][HEADER.index("邮箱")] = "x"
    assert [fault.where for fault in read_roster(rows).faults] == ["第 2 行「类型」", "第 7 行「邮箱」"]


WARNINGS = [
    (7, "邮箱", "jia@example.edu.cn", "第 7 行「邮箱」 = 'jia@example.edu.cn': 与第 2 行“甲学院党总支”相同"),
    (7, "邮箱", "", "第 7 行「邮箱」: “丙直属党支部”没有邮箱"),
    (6, "单位名称", "甲学院教工党支部", "第 6 行「单位名称」 = '甲学院教工党支部': 与第 3 行"),
]


@pytest.mark.parametrize(("row", "column", "value", "expected"), WARNINGS)
def test_what_is_odd_is_warned_of(row: int, column: str, value: str, expected: str) -> None:
    reading = read_roster(changed(row, column, value))
    assert reading.value is not None
    (warning,) = reading.warnings
    assert str(warning).startswith(expected)


def test_a_row_of_the_template_is_refused() -> None:
    reading = read_roster(changed(7, "备注", "示例（虚构），请删除"))
    assert reading.value is None
    (fault,) = reading.faults
    assert str(fault).startswith("第 7 行「备注」 = '丙直属党支部': 仍是模板的示例行")


def test_an_address_shared_inside_one_general_branch_is_left_alone() -> None:
    assert read_roster(changed(3, "邮箱", "jia@example.edu.cn")).warnings == ()


class TestHeader:
    def test_no_header_at_all(self) -> None:
        (fault,) = read_roster(GOOD).faults
        assert "没有找到表头" in str(fault)

    @pytest.mark.parametrize("rows", [[], [[]], [HEADER], [HEADER, ["", None]]])
    def test_nothing_in_it(self, rows: list[list[object]]) -> None:
        assert read_roster(rows).value is None

    def test_a_missing_and_a_doubled_column(self) -> None:
        rows = [["编号", "单位名称", "邮箱", "邮箱"], ["01", "甲", "", ""]]
        assert [str(fault) for fault in read_roster(rows).faults] == [
            "表头: 缺少“类型”这一列",
            "表头: “邮箱”这一列出现了不止一次",
        ]

    def test_an_unknown_column_is_said_with_the_nearest_name(self) -> None:
        rows = [["编号", "单位名称", "类型", "联系人员"], ["03", "丙", "直属党支部", "张某"]]
        warnings = [str(warning) for warning in read_roster(rows).warnings]
        assert "表头 = '联系人员': 不认识这一列，没有读取；是不是“联系人”？" in warnings


cells = st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.dates())


@given(st.lists(st.lists(st.one_of(cells, st.sampled_from(COLUMNS)), max_size=11), max_size=6))
def test_no_table_raises(rows: list[list[object]]) -> None:
    read_roster(rows)
    reading = read_roster([HEADER, *rows])
    assert reading.value is None or reading.faults == ()


words = st.text(st.sampled_from("甲乙丙丁教工学生一二三（）"), min_size=1, max_size=6)


@given(st.lists(words, unique=True, min_size=1, max_size=8), st.booleans())
def test_what_is_written_reads_back_the_same(names: list[str], exempt: bool) -> None:
    tops = [Unit("001", "总支部甲乙", Kind.GENERAL_BRANCH, addresses=("a@example.com",), exempt=exempt)]
    below = [Unit(f"001{n}", f"第{n}{name}", Kind.BRANCH, "001", (f"别{n}",)) for n, name in enumerate(names)]
    first = Roster((*tops, *below))
    assert read_roster(roster_rows(first)).value == first


class TestChanges:
    def test_each_is_a_line(self) -> None:
        old = roster([HEADER, *GOOD])
        rows = changed(2, "邮箱", "new@example.edu.cn")
        del rows[6]
        rows.append(["04", "丁直属党支部", "直属党支部"])
        assert [str(change) for change in roster_changes(old, roster(rows))] == [
            "修改 01 甲学院党总支：邮箱 jia@example.edu.cn → new@example.edu.cn",
            "新增 04 丁直属党支部（直属党支部）",
            "删除 03 丙直属党支部（直属党支部）",
        ]

    def test_another_order_is_said_and_the_same_roster_changes_nothing(self) -> None:
        old = roster([HEADER, *GOOD])
        assert roster_changes(old, old) == ()
        assert [str(change) for change in roster_changes(old, Roster(tuple(reversed(old.units))))] == ["排列顺序有变"]
