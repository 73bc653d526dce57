"""Opinion blocks as they come back: filled in, half filled in, empty, ticked, refused. All names are invented."""

import pytest

from rules.reviewing.block import opinion_blocks
from tests.documents.build import table
from tests.documents.invented import document, text_of

LINES = [
    ("filled", ["党总支意见：☑同意上报 □不同意", "书记签名：赵某　2012年9月7日"]),
    ("empty", ["党总支意见：□同意 □不同意", "书记签名：　　　年　月　日"]),
    ("filled", ["党总支意见：同意（√）　不同意（　）", "书记：赵某某 2012.9.8"]),
    ("filled", ["党总支意见：同意√　不同意", "书记：赵某某 2012.9.8"]),
    ("filled", ["党总支意见：√同意 不同意", "书记签名：赵某某 2012.9.8"]),
    ("refused", ["党总支意见：□同意 ☑不同意", "书记签名：赵某 2012.9.8"]),
    ("empty", ["党总支意见：同意／不同意", "书记签名：　　　年　月　日"]),
    ("half", ["党总支意见：同意上报。", "书记签名：　　　　20  年  月  日"]),
    ("half", ["党总支意见：同意上报。", "书记签名：赵某某　　20  年  月  日"]),
    ("filled", ["党总支意见：同意上报。"]),
    ("filled", ["党总支审核意见：情况属实，同意报送。（盖章）"]),
    ("half", ["党总支审核意见：", "书记签名：赵某某"]),
    ("empty", ["党总支意见：（由党总支填写审核意见并盖章）", "书记签名：　　　年　月　日"]),
    ("empty", ["党总支审核意见", "（签署意见并盖章）", "年　月　日"]),
    ("filled", ["党总支书记签字：赵示例　2012年9月10日"]),
    ("half", ["党总支书记签字：赵示例"]),
    ("empty", ["党总支书记（签字）：________　　年　月　日"]),
    ("filled", ["党总支审核：同意报送。 赵示例 2012.9.9"]),
    ("refused", ["党总支意见：缺经验启示，请支部补上。", "书记签名：赵示例 2012.9.9"]),
    ("filled", ["党总支意见：第一稿缺社会评价，已按要求修改后同意上报。", "书记签名：赵示例 2012.9.9"]),
    ("filled", ["党总支意见：无不同意见。", "书记签名：赵示例 2012.9.9"]),
    ("refused", ["党总支意见：修改后同意上报。", "书记签名：赵示例 2012.9.9"]),
    ("filled", ["校部机关党总支意见：同意。", "书记签名：赵示例 2012.9.9"]),
    ("filled", ["所在党总支评语：该支部工作扎实，材料属实。", "书记签名：赵示例 2012.9.9"]),
    ("empty", ["党总支意见：", "　", "日期："]),
    ("empty", ["学院党委审核意见：", "负责人签字：", "公章", "年  月  日"]),
    ("filled", ["分党委意见：同意。韩示例 九月八日"]),
    ("filled", ["（总支审核意见：已审核，请报组织部。陈　2012.9.10）"]),
    ("filled", ["党总支审核意见：材料真实，无需修改，同意报送。", "书记签名：赵示例 2012.9.9"]),
]
TABLES = [
    ("filled", [["党总支意见", "同意上报"]]),
    ("empty", [["党总支意见", " "]]),
    ("filled", [["党总支\n审核\n意见", "☑同意\n□不同意\n书记签字：赵某\n2012年9月7日"]]),
    ("filled", [["支部意见", "同意"], ["党总支意见", "情况属实，同意。 书记签字：赵某 2012.9.8"]]),
    ("half", [["党总支意见", "同意"], ["书记签字", "  年 月 日"]]),
    ("empty", [["支部意见", "同意上报 书记：李某 2012.9.8"], ["党总支意见", "（盖章）  年  月  日"]]),
]


@pytest.mark.parametrize(("state", "lines"), LINES, ids=[lines[0] + lines[-1] for _, lines in LINES])
def test_a_block_in_lines(state: str, lines: list[str]) -> None:
    assert [block.state.value for block in opinion_blocks(text_of(*lines))] == [state]


@pytest.mark.parametrize(("state", "rows"), TABLES, ids=[str(number) for number in range(len(TABLES))])
def test_a_block_in_a_table(state: str, rows: list[list[str]]) -> None:
    assert [block.state.value for block in opinion_blocks(document("总结", table(rows)))] == [state]


def test_the_name_of_the_branch_below_an_empty_block_does_not_fill_it() -> None:
    read = text_of("党总支意见：", "", "计算机学院教工第一党支部", "2012年9月10日")
    assert [block.state.value for block in opinion_blocks(read)] == ["empty"]


def test_a_line_that_says_reviewed_is_no_label() -> None:
    assert opinion_blocks(text_of("（经系党总支审核）", "本总结已经党总支审阅")) == []
