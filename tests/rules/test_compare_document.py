"""The Word file of passages side by side opens, marks what is the same, and holds whatever stands in a report."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document as open_document
from docx.oxml.ns import qn

from rules.compare_document import PASSAGES, TINT, Heading, comparison_document
from rules.copying.passages import passages
from rules.pages.copies import CopyPair
from tests.copies_texts import document

HEADING = Heading("文字相近的报告", ("某次活动",), datetime(2012, 9, 11, tzinfo=UTC))
ONE = "支部组织党员到社区开展义务维修，两年来共修好电脑一百二十台，社区送来锦旗一面，居民说党员就在身边。"


def pair(first: str, second: str, name: str = "甲支部\n总结.docx（第 1 版）", note: str = "") -> CopyPair:
    found = passages(document(*first.split("\n")), document(*second.split("\n")))
    return CopyPair(1, "两个单位", name, "乙支部\n总结.docx（第 2 版）", "甲 92%\n乙 85%", note, found)


def test_a_pair_has_its_share_its_names_and_its_passages_side_by_side() -> None:
    word = open_document(io.BytesIO(comparison_document([pair(ONE, ONE.replace("一百二十", "八"))], HEADING)))
    assert [one.text for one in word.paragraphs[:3]] == [
        "文字相近的报告",
        "某次活动",
        "1．两个单位：相同文字 甲 92%、乙 85%",
    ]
    (names, words) = word.tables[0].rows
    assert [cell.text for cell in names.cells] == [
        "甲　甲支部\n总结.docx（第 1 版）",
        "乙　乙支部\n总结.docx（第 2 版）",
    ]
    assert words.cells[0].text == f"¶1　{ONE}"
    tinted = ["".join(run.text for run in words.cells[1].paragraphs[0].runs if is_tinted(run))]
    assert tinted == [ONE.replace("一百二十", "")]


def is_tinted(run: object) -> bool:
    shades = run._r.iter(qn("w:shd"))  # type: ignore[attr-defined]
    return [shade.get(qn("w:fill")) for shade in shades] == [TINT]


def test_only_the_longest_passages_are_listed_and_the_rest_is_counted() -> None:
    lines = [
        f"第{number}段讲的是各不相同的一件事情其编号依次为{number * 7919}号与{number * 104729}号"
        for number in range(40)
    ]
    made = pair("\n".join(lines), "\n换一换顺序隔开前后两段免得连成一片。\n".join(reversed(lines)))
    assert len(made.passages) > PASSAGES
    word = open_document(io.BytesIO(comparison_document([made], HEADING)))
    assert len(word.tables[0].rows) == PASSAGES + 1
    assert word.paragraphs[-1].text == f"另有 {len(made.passages) - PASSAGES} 处较短，没有列出。"


@pytest.mark.parametrize("odd", ["\x00\x07", "\ud800", "a\ufffe", "\u202egpj", "<w:p/>", "&amp;", "{{ x }}"])
def test_odd_characters_do_no_harm(odd: str) -> None:
    content = comparison_document([pair(ONE + odd, ONE + odd, name=odd, note=odd)], HEADING)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert "支部组织党员" in open_document(io.BytesIO(content)).tables[0].rows[1].cells[0].text


def test_the_properties_name_no_library() -> None:
    properties = open_document(io.BytesIO(comparison_document([], HEADING))).core_properties
    assert (properties.author, properties.title, properties.comments) == ("组织部收件系统", "文字相近的报告", "")
    assert properties.created == HEADING.created
