"""How texts are made fit for a cell, and how high a row must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.xlsx.cells import CELL_LIMIT, Look, clean, lines, row_height, width


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x1bc\x7fd", "abcd"),
        ("甲\u202e乙\u200b丙", "甲乙丙"),
        ("\ud800x\udfff", "x"),
        ("<r><t>x</t></r>", " <r><t>x</t></r>"),
    ],
)
def test_what_a_cell_cannot_hold_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["=1+1", "第一行\n第二行\t尾", "😀表情", "（全角）　空格", "r>", "a<r>"])
def test_what_a_cell_can_hold_is_left_alone(text: str) -> None:
    assert clean(text) == text


@given(st.text(st.characters(codec=None)), st.integers(1, 50))
def test_a_cleaned_text_fits_and_can_be_encoded(text: str, limit: int) -> None:
    made = clean(text, limit)
    assert len(made.encode("utf-16-le")) // 2 <= limit
    assert clean(made, limit + 1).strip() == made.strip()


def test_the_limit_is_that_of_excel() -> None:
    assert len(clean("x" * 100_000)) == CELL_LIMIT == 32_767


def test_chinese_is_twice_as_wide() -> None:
    assert width("ab甲乙") == 6
    assert lines("甲乙丙丁", 4) == 2
    assert lines("甲\n\n乙", 10) == 3
    assert lines("", 10) == 1


def test_a_row_is_as_high_as_its_longest_text_within_reason() -> None:
    look = Look()
    one = row_height([("短", 10, look)])
    two = row_height([("短", 10, look), ("这一句要写成两行才放得下", 15, look)])
    assert one == 20
    assert two > one
    assert row_height([("字" * 1000, 10, look)]) < 130
    assert row_height([]) == one


def test_large_letters_need_more_room() -> None:
    text = "九个汉字刚好放得下"
    assert row_height([(text, 19, Look(size=9))]) < row_height([(text, 19, Look(size=14))])
