"""检查意见 as a Word document of its own: all of it there, A4, the same bytes for the same opinion, nothing hostile."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from docx import Document as open_document

from rules.findings_document import CLOSING, findings_document
from rules.model import Document, Finding, Level
from rules.opinion import Opinion, opinion_on
from rules.word import read_document

AT = datetime(2012, 9, 10, 16, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
FOUND = (
    Finding("S1", Level.MUST, "没有找到“社会评价”的内容。可补一段。"),
    Finding("H1", Level.HINT, "“20xx年”似为模板残留。", "¶3 20xx年以来"),
    Finding("D1", Level.CLERK, "与别的支部雷同。"),
)


def opinion(words: str = "数学学院教工党支部") -> Opinion:
    return opinion_on(
        FOUND,
        AT,
        unit=words,
        title="创先争优活动总结",
        file=f"{words}.pdf",
        department="示例组织部",
        contact="电话 8512",
    )


def text_of(content: bytes) -> str:
    read = read_document("检查意见.docx", content)
    assert isinstance(read, Document)
    return read.text


def test_it_says_whose_which_file_when_the_result_the_list_and_whom_to_call() -> None:
    text = text_of(findings_document(opinion()))
    for words in (
        "示例组织部",
        "检查意见", "数学学院教工党支部", "创先争优活动总结", "数学学院教工党支部.pdf", "2012年9月10日 16:42",
        "还差一处要补正，另有一处可以再看看。", "1. 须补正：没有找到“社会评价”的内容。可补一段。",
        "2. 提示：“20xx年”似为模板残留。（第 3 段“20xx年以来”）", CLOSING, "2012年9月10日", "联系：电话 8512",
    ):  # fmt: skip
        assert words in text
    assert "雷同" not in text


def test_what_is_not_known_is_left_out() -> None:
    text = text_of(findings_document(opinion_on((), AT)))
    assert "单　　位" not in text
    assert "联系" not in text
    assert "没有发现要改的地方。" in text


def test_it_is_a4_and_the_same_opinion_gives_the_same_bytes() -> None:
    made = findings_document(opinion())
    assert made == findings_document(opinion())
    word = open_document(io.BytesIO(made))
    page = word.sections[0].page_width, word.sections[0].page_height
    assert [round(side.mm) for side in page if side is not None] == [210, 297]
    assert word.core_properties.author == "组织部收件系统"
    assert word.core_properties.created == datetime(2012, 9, 10, 8, 42, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize("words", ["", "\x00a\x1b[31m", "\ud800", "<w:p/>&amp;", "\u202ecod.exe", "长" * 500])
def test_no_name_breaks_it(words: str) -> None:
    assert "检查意见" in text_of(findings_document(opinion(words)))
