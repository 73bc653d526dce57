"""Passages show the same words on both sides, at their places, with what differs between them."""

from hypothesis import given
from hypothesis import strategies as st

from rules.copying.passages import BRIDGE, LEAST, compare, passages
from rules.copying.text import own_text
from tests.copies_texts import document, independent, with_own_figures

ONE = "支部组织党员到社区开展义务维修，两年来共修好电脑一百二十台，社区送来锦旗一面，居民说党员就在身边。"
OTHER = "图书馆延长开放时间到晚上十点半，读者满意率由去年的八成上升到今年的九成六，先后收到表扬信十七封。"


def test_the_same_words_stand_side_by_side_with_their_places() -> None:
    (found,) = passages(document("一、开头说别的。", ONE), document(OTHER, "　　" + ONE, OTHER))
    assert (found.first.where, found.second.where) == ("¶2", "¶2")
    assert found.first.text == found.second.text == ONE
    assert found.characters == len(own_text(document(ONE)).folded)
    assert all(piece.same for piece in (*found.first.pieces, *found.second.pieces))


def test_small_changes_inside_a_passage_are_bridged_and_shown() -> None:
    changed = ONE.replace("社区送来", "敬老院送来").replace("一百二十", "八十")
    (found,) = passages(document(ONE), document(changed))
    assert [piece.text for piece in found.second.pieces if not piece.same] == ["八十台，敬老院"]
    assert found.second.text == changed


def test_a_gap_that_is_too_long_makes_two_passages() -> None:
    between = "与此毫不相干的另外一些话放在了这里隔开"
    assert len(between) > BRIDGE
    assert len(passages(document(ONE + OTHER), document(ONE + between + OTHER))) == 2


def test_moved_paragraphs_are_two_passages_in_the_order_of_the_first() -> None:
    found = passages(document(ONE, OTHER), document(OTHER, "隔开", ONE))
    assert [(one.first.where, one.second.where) for one in found] == [("¶1", "¶3"), ("¶2", "¶1")]


def test_a_passage_over_paragraphs_names_both_ends() -> None:
    (found,) = passages(document(ONE, OTHER), document(ONE + OTHER))
    assert (found.first.where, found.second.where) == ("¶1–¶2", "¶1")


def test_a_short_phrase_is_no_passage() -> None:
    phrase = "充分发挥战斗堡垒作用和先锋模范作用"
    assert len(phrase) < LEAST
    assert passages(document(phrase + ONE), document(phrase + OTHER)) == ()


def test_shares_are_of_each_report_and_a_text_used_twice_counts_once() -> None:
    found = compare(document(ONE), document(ONE, OTHER, ONE))
    assert found.of_first == 1
    assert 0.3 < found.of_second < 0.4
    again = compare(document(ONE, OTHER, ONE), document(ONE))
    assert (again.of_second, again.of_first > 0.3) == (1, True)


def test_words_of_the_notice_are_no_passage_and_count_for_neither() -> None:
    notice = document(OTHER)
    found = compare(document(ONE, OTHER), document(OTHER, ONE), [notice])
    assert (found.of_first, found.of_second) == (1, 1)
    assert [one.first.text for one in found.passages] == [ONE]
    nothing = compare(document(OTHER), document(OTHER), [notice])
    assert (nothing.of_first, nothing.of_second, nothing.passages) == (0, 0, ())


def test_a_copy_with_other_figures_is_told_nearly_whole() -> None:
    lines = next(iter(independent(800).values()))
    found = compare(document(*lines), document(*with_own_figures(lines, 1)))
    assert found.of_first > 0.8


TEXT = st.text(alphabet="甲乙丙丁，。\n ", max_size=120)


@given(TEXT, TEXT)
def test_what_is_called_the_same_is_the_same(one: str, other: str) -> None:
    found = compare(document(one), document(other))
    assert 0 <= found.of_first <= 1
    assert 0 <= found.of_second <= 1
    for passage in found.passages:
        sides = [
            own_text(document("".join(piece.text for piece in side.pieces if piece.same))).folded
            for side in (passage.first, passage.second)
        ]
        assert sides[0] == sides[1]
        assert len(sides[0]) == passage.characters >= LEAST
        assert passage.first.text in one
        assert passage.second.text in other


@given(TEXT, TEXT)
def test_turning_the_two_around_turns_the_answer_around(one: str, other: str) -> None:
    if len(own_text(document(one)).folded) != len(own_text(document(other)).folded):
        there, back = compare(document(one), document(other)), compare(document(other), document(one))
        assert (there.of_first, there.of_second) == (back.of_second, back.of_first)
