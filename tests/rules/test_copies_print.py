"""A print is the same for the same words, however they are set, and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.copying.print import BYTES, NO_PRINT, TextPrint, print_of
from rules.copying.text import MAX_CHARACTERS, own_text
from rules.model import Document, Paragraph, Place
from tests.copies_texts import document, independent

TEXT = "支部组织党员到社区开展义务维修，两年来共修好电脑一百二十台，社区送来锦旗一面，群众说党员就在身边。"


def numbers(*lines: str) -> set[int]:
    return set(print_of(document(*lines)).numbers())


def test_white_space_width_punctuation_and_line_breaks_do_not_matter() -> None:
    assert own_text(document("我们  在２０１２年，\n“努力”！Ａbc")).folded == "我们在2012年努力abc"
    broken = document(TEXT[:20] + "　" + TEXT[20:30], TEXT[30:].replace("，", ","))
    assert print_of(broken) == print_of(document(TEXT))


def test_the_words_for_the_own_unit_do_not_matter() -> None:
    assert own_text(document("我校党员与本支部同志")).folded == "党员与同志"
    assert own_text(document("我园党员与我总支同志")).folded == "党员与同志"


def test_title_signature_opinion_and_footnotes_are_left_out() -> None:
    made = Document(
        "docx",
        (
            Paragraph(1, "示例学院教工党支部"),
            Paragraph(2, "创先争优活动总结"),
            Paragraph(3, TEXT),
            Paragraph(4, "脚注里的话", place=Place.FOOTNOTE),
            Paragraph(5, "示例学院教工党支部"),
            Paragraph(6, "2012年9月5日"),
            Paragraph(7, "党总支意见：情况属实，同意报送。"),
            Paragraph(8, "书记签名：某某某　2012年9月6日"),
        ),
        title="示例学院教工党支部创先争优活动总结",
        signature="示例学院教工党支部 2012年9月5日",
    )
    assert print_of(made) == print_of(document(TEXT))
    assert own_text(made).paragraph(0) == 3


def test_a_report_behind_an_opinion_block_in_a_table_is_kept() -> None:
    cells = [Paragraph(1, "党总支意见", place=Place.TABLE, row=1), Paragraph(2, "同意", place=Place.TABLE, row=1)]
    made = Document("docx", (*cells, Paragraph(3, TEXT, place=Place.TABLE, row=2)))
    assert own_text(made).folded == own_text(document(TEXT)).folded


def test_each_character_knows_where_it_stands() -> None:
    found = own_text(document("一、㎏的，", "我校二"))
    assert found.folded == "一kg的二"
    assert [found.raw[at] for at in found.at] == ["一", "㎏", "㎏", "的", "二"]
    assert [found.paragraph(at) for at in found.at] == [1, 1, 1, 1, 2]


def test_a_print_is_the_same_in_every_version() -> None:
    kept = print_of(document(TEXT))
    assert (kept.characters, kept.hashes.hex()) == KNOWN


KNOWN = (
    45,
    "38f85db31bd4959652b061bf991ef70254301bb3a949274ed1f259023c7e464ed21f38450847ee41db1a06288545a3a1ef6ee31ba9b87140",
)


def test_a_print_is_small_ascending_and_has_each_hash_once() -> None:
    longest = max(independent().values(), key=lambda lines: len("".join(lines)))
    kept = print_of(document(*longest, *longest))
    assert list(kept.numbers()) == sorted(set(kept.numbers()))
    assert 0.06 < len(kept.numbers()) / len("".join(longest)) < 0.16
    assert len(kept.hashes) < 2048


def test_a_part_has_a_part_of_the_print() -> None:
    (lines, *_) = independent(800).values()
    assert numbers(*lines[:5]) <= numbers(*lines)
    assert not numbers(*lines[:5]) & numbers(TEXT)


def test_what_is_no_report_has_a_print_all_the_same() -> None:
    assert print_of(document("。")) == NO_PRINT
    assert print_of(Document("txt", ())) == NO_PRINT
    huge = print_of(document("创先争优" * MAX_CHARACTERS))
    assert huge.characters == MAX_CHARACTERS
    assert len(huge.numbers()) <= 4


@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=20))
def test_no_text_is_too_odd(lines: list[str], title: str) -> None:
    kept = print_of(document(*lines, title=title, signature=title))
    assert kept == print_of(document(*lines, title=title, signature=title))
    assert len(kept.hashes) % BYTES == 0


def test_broken_bytes_are_no_print() -> None:
    with pytest.raises(ValueError, match="not a print"):
        TextPrint(1, b"1234567")
