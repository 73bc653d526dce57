"""Numbers in front of headings, and which part of a document a paragraph is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.layout.headings import heading_end, number_of
from rules.layout.lines import lines_of
from rules.layout.parts import Part, Told, parts_of
from rules.layout.read import read_with_layout
from rules.model import Document
from tests.documents.build import Line, docx
from tests.documents.formal import LINES
from tests.documents.formal_variants import GOOD


@pytest.mark.parametrize(
    ("line", "level", "right"),
    [
        ("一、特点", 1, ""), ("十二、特点", 1, ""), ("　　一、特点", 1, ""),
        ("一.特点", 1, "一、"), ("一．特点", 1, "一、"), ("一 、特点", 1, "一、"),
        ("（一）特点", 2, ""), ("(一)特点", 2, "（一）"), ("（一)特点", 2, "（一）"), ("（一）、特点", 2, "（一）"),
        ("㈠特点", 2, "（一）"), ("㈠、特点", 2, "（一）"),
        ("1.特点", 3, ""), ("1．特点", 3, ""), ("12.特点", 3, ""),
        ("1、特点", 3, "1."), ("1，特点", 3, "1."), ("⒈特点", 3, "1."), ("１、特点", 3, "1."),
        ("（1）特点", 4, ""), ("(1)特点", 4, "（1）"), ("1）特点", 4, "（1）"),
        ("（1）、特点", 4, "（1）"), ("⑴特点", 4, "（1）"),
    ],
)  # fmt: skip
def test_a_number_has_a_level_and_a_right_form(line: str, level: int, right: str) -> None:
    number = number_of(line)
    assert number is not None
    assert (number.level, number.right) == (level, right)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "1.5倍",
        "3、4月份",
        "2012年",
        "98.3%",
        "一是抓学习",
        "第一，抓学习",
        "①抓学习",
        "三个阶段",
        "(略)",
        "（试行）办法",
    ],
)
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    assert number_of(line) is None


@given(st.text(alphabet="一二十（）()、.．,1２㈠⑴⒈ 　特点", max_size=12))
def test_a_mended_number_is_right(line: str) -> None:
    number = number_of(line)
    if number is not None and number.right:
        again = number_of(number.right + "特点")
        assert again is not None
        assert (again.level, again.right) == (number.level, "")


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("（一）抓学习", "（一）抓学习"),
        ("（一）抓学习。每月一次。", "（一）抓学习"),
        ("（一）抓学习：", "（一）抓学习"),
        ("（一）抓学习；", "（一）抓学习"),
        ("（一）抓学习：每月一次。", None),
        ("（一）" + "学" * 41, None),
        ("（一）", None),
    ],
)
def test_a_heading_ends_where_the_text_behind_it_begins(line: str, heading: str | None) -> None:
    end = heading_end(line, 3)
    assert (line[:end] if end is not None else None) == heading


def told_of(content: bytes) -> tuple[Told, ...]:
    document = read_with_layout("总结.docx", content)
    assert isinstance(document, Document)
    return parts_of(lines_of(document), document.title, document.signature)


_PARTS = {
    "head": Part.ASIDE, "number": Part.NUMBER, "title": Part.TITLE, "addressee": Part.ADDRESSEE, "body": Part.BODY,
    "enclosure": Part.ENCLOSURE, "signature": Part.SIGNATURE, "date": Part.DATE, "imprint": Part.ASIDE,
}  # fmt: skip


def test_the_parts_of_a_formal_document() -> None:
    told = told_of(GOOD.docx())
    assert [one.part for one in told] == [_PARTS.get(kind, Part.HEADING) for kind, _ in LINES]
    assert [one.line.number for one in told] == list(range(1, len(LINES) + 1))


LONG = "学院党总支坚持把创先争优活动与教学科研工作结合起来，组织各党支部开展承诺践诺，做到人人有目标、件件有落实。"


def parts(*lines: Line | str) -> list[str]:
    return [one.part.value for one in told_of(docx(lines))]


TITLE = Line("创先争优活动总结", centred=True, size=44)


def test_a_date_in_brackets_below_the_title_a_subtitle_and_captions_are_asides() -> None:
    lines = (Line("（2012年9月10日）", centred=True), LONG, "图1 座谈会", Line("表2", centred=True), LONG)
    assert parts(TITLE, *lines) == ["标题", "其他", "正文", "其他", "其他", "正文"]


def test_what_follows_the_word_appendix_is_not_looked_at() -> None:
    found = parts(TITLE, LONG, "文学院党总支", "2012年9月10日", "附件", "1、统计表", LONG)
    assert found == ["标题", "正文", "署名", "成文日期", "其他", "其他", "其他"]


def test_a_date_in_the_text_is_no_date_of_the_document() -> None:
    assert parts(TITLE, LONG, "2012年9月10日", LONG)[2] != "成文日期"


def test_a_document_without_a_title_has_text_all_the_same() -> None:
    assert parts(LONG, LONG, "2012年9月10日") == ["正文", "正文", "成文日期"]


def test_automatic_numbers_are_numbers() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{level.format(form, text)}</w:abstractNum>'
        for at, (form, text) in enumerate([("chineseCounting", "(%1)"), ("decimal", "%1．")])
    ) + "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(2))
    content = docx([TITLE, Line("做法", number=(1, 0)), Line("学习", number=(2, 0)), LONG], {"numbering": numbering})
    told = told_of(content)
    assert [(one.number.written, one.number.right) for one in told if one.number] == [("(一)", "（一）"), ("1．", "")]
    assert all(one.line.laid.listed for one in told if one.number)
