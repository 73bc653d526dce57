"""Automatic numbers of Word, as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Document, Paragraph
from rules.ooxml.counting import count
from rules.word import read_document
from tests.documents.build import Line, docx, numbering, style


def paragraphs(lines: list[Line | str], parts: dict[str, str]) -> tuple[Paragraph, ...]:
    read = read_document("总结.docx", docx(lines, parts))
    assert isinstance(read, Document), read
    return read.paragraphs


def texts(lines: list[Line | str], parts: dict[str, str]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(lines, parts)]


OFFICIAL = [
    ("chineseCountingThousand", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "%1.%2.%4"),
]


def numbered(*depths: int, number: int = 1) -> list[Line | str]:
    return [Line("段", number=(number, depth)) for depth in depths]


def test_automatic_numbers_are_printed_and_kept_apart() -> None:
    read = paragraphs(numbered(0, 1, 1, 2, 0, 1), {"numbering": numbering(OFFICIAL)})
    assert [p.numbered for p in read] == ["一、", "（一）", "（二）", "1.", "二、", "（一）"]
    assert read[0].text == "一、段"


def test_a_number_of_several_levels_is_put_together() -> None:
    levels = [("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%1.%2.%3)")]
    assert texts(numbered(0, 1, 2, 1, 0), {"numbering": numbering(levels)}) == [
        "1段",
        "1.1段",
        "1.1.a)段",
        "1.2段",
        "2段",
    ]


def test_legal_numbering_prints_every_level_in_arabic_digits() -> None:
    levels = numbering([("chineseCounting", "%1、"), ("decimal", "%1.%2")]).replace(
        '<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:isLgl/>'
    )
    assert texts(numbered(0, 1), {"numbering": levels}) == ["一、段", "1.1段"]


def test_bullets_and_no_number_leave_the_text_alone() -> None:
    lines: list[Line | str] = [Line("点", number=(1, 0)), Line("无", number=(0, 0)), Line("不存在", number=(77, 0))]
    assert texts(lines, {"numbering": numbering([("bullet", "·")])}) == ["点", "无", "不存在"]


RESTART = (
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
)


def test_lists_that_share_a_definition_go_on_counting_unless_one_starts_anew() -> None:
    lines = [*numbered(0, 0), *numbered(0, number=3), *numbered(0, 0, number=2)]
    read = paragraphs(lines, {"numbering": numbering(OFFICIAL, RESTART)})
    assert [p.numbered for p in read] == ["一、", "二、", "三、", "一、", "二、"]


def test_a_number_can_come_from_the_style_and_be_taken_away_again() -> None:
    styles = style("h", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', title="heading 1") + style(
        "sub", '<w:basedOn w:val="h"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>', title="heading 2"
    )
    lines: list[Line | str] = [
        Line("甲", style="h"), Line("乙", style="sub"), Line("丙", style="h", number=(0, 0)), Line("丁", style="h"),
    ]  # fmt: skip
    read = paragraphs(lines, {"numbering": numbering(OFFICIAL), "styles": styles})
    assert [p.text for p in read] == ["一、甲", "（一）乙", "丙", "二、丁"]


def test_a_level_can_be_bound_to_a_style() -> None:
    levels = numbering(OFFICIAL).replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="sub"/>')
    styles = style("sub", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    assert texts([Line("乙", style="sub")], {"numbering": levels, "styles": styles}) == ["（一）乙"]


def test_a_list_can_take_its_levels_from_a_numbering_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="list"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>'
    )
    styles = style("list", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    parts = {"numbering": numbering(OFFICIAL, linked), "styles": styles}
    assert texts(numbered(0, number=9), parts) == ["一、段"]


@pytest.mark.parametrize(
    ("form", "number", "printed"),
    [
        ("chineseCounting", 1, "一"), ("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"), ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"), ("chineseCountingThousand", 1002, "一千零二"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographTraditional", 3, "丙"), ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 12, "亥"), ("ideographDigital", 10, "一〇"), ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircleChinese", 3, "③"), ("decimalEnclosedParen", 2, "⑵"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("upperRoman", 9, "IX"), ("lowerRoman", 14, "xiv"), ("upperLetter", 28, "BB"), ("lowerLetter", 2, "b"),
        ("decimalZero", 7, "07"), ("none", 4, ""), ("decimal", 4, "4"), ("noSuchForm", 4, "4"),
        ("decimalEnclosedCircle", 21, "21"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(form: str, number: int, printed: str) -> None:
    assert count(number, form) == printed


@given(
    st.sampled_from(["chineseCounting", "upperRoman", "upperLetter", "ideographTraditional"]), st.integers(-5, 20_000)
)
def test_any_number_can_be_written(form: str, number: int) -> None:
    assert count(number, form)


def test_a_level_may_count_through_or_start_anew_after_a_certain_level_only() -> None:
    through = numbering(OFFICIAL).replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:lvlRestart w:val="0"/>')
    read = paragraphs(numbered(0, 1, 0, 1), {"numbering": through})
    assert [p.numbered for p in read] == ["一、", "（一）", "二、", "（二）"]
    after_first = numbering(OFFICIAL).replace('<w:lvl w:ilvl="2">', '<w:lvl w:ilvl="2"><w:lvlRestart w:val="1"/>')
    read = paragraphs(numbered(0, 1, 2, 1, 2, 0, 2), {"numbering": after_first})
    assert [p.numbered for p in read] == ["一、", "（一）", "1.", "（二）", "2.", "二、", "1."]


def test_an_overridden_level_belongs_to_its_own_list_alone() -> None:
    level = '<w:start w:val="3"/><w:numFmt w:val="chineseLegalSimplified"/><w:lvlText w:val="第%1部分　"/>'
    own = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:lvl w:ilvl="0">{level}</w:lvl></w:lvlOverride></w:num>'
    )
    lines = [*numbered(0, number=2), *numbered(0)]
    read = paragraphs(lines, {"numbering": numbering(OFFICIAL, own)})
    assert [p.numbered for p in read] == ["第叁部分", "四、"]
