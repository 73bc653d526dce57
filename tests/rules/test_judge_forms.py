"""One report in two forms in one mail: a PDF beside a Word file, a scan beside a PDF."""

import pytest

from rules.judge import ReadFile
from rules.model import File, Unit, Unreadable, Verdict
from tests.documents.build import docx
from tests.documents.invented import FIRST, GENERAL, SECOND
from tests.documents.pdf import LEFT, SIZE, TOP, Put, pdf
from tests.documents.reports import DOING, LESSON, PRAISE, RESULT, TRAIT
from tests.rules.test_judge import PNG, judged, read, report

ACROSS = 27


def as_pdf(unit: Unit, title: str = "", *, seal: str = "") -> bytes:
    """The same report as `report` gives, typeset in lines."""
    sections = (
        "一、主要特点",
        TRAIT,
        "二、主要做法",
        DOING,
        "三、成效",
        RESULT,
        "四、社会评价",
        PRAISE,
        "五、经验启示",
        LESSON,
    )
    paragraphs = [title or f"{unit.name}创先争优活动总结", *"\n".join(sections).split("\n"), "召开座谈会五次。"]
    lines = [line for text in (*paragraphs, unit.name, "2012年9月6日", seal) if text for line in _lines(text)]
    pages = [lines[at : at + 24] for at in range(0, len(lines), 24)]
    return pdf([[Put(text, LEFT, TOP - 28 * row, SIZE) for row, text in enumerate(page)] for page in pages])


def _lines(text: str) -> list[str]:
    return [text[at : at + ACROSS] for at in range(0, len(text), ACROSS)]


SCAN = pdf([[]], picture=True)
LOCKED = ReadFile(File("总结.docx", b"x"), "docx", Unreadable("docx", "F2", "encrypted"))


def names(verdict: Verdict) -> list[str]:
    return [item.name for item in verdict.items]


def ignored(verdict: Verdict) -> dict[str, str]:
    return {one.name: one.reason for one in verdict.ignored}


def test_a_pdf_alone_is_judged_like_any_report() -> None:
    (item,) = judged(read("总结.pdf", as_pdf(FIRST))).items
    assert (item.unit, item.kind, item.examination.acceptable) == (FIRST.code, "pdf", True)


@pytest.mark.parametrize("title", ["", "创先争优活动总结"])
@pytest.mark.parametrize("sender", [FIRST, GENERAL])
@pytest.mark.parametrize("name", ["总结（盖章版）.pdf", "IMG0001.pdf"])
def test_a_pdf_beside_the_same_report_in_word_is_no_second_report(title: str, sender: Unit, name: str) -> None:
    word = read("总结.docx", report(FIRST, title=title))
    for files in ((word, read(name, as_pdf(FIRST, title, seal="（盖章）"))), (read(name, as_pdf(FIRST, title)), word)):
        verdict = judged(*files, sender=sender)
        assert names(verdict) == ["总结.docx"]
        assert verdict.items[0].unit == FIRST.code
        assert list(ignored(verdict)) == [name]
        assert "总结.docx" in ignored(verdict)[name] or "存档" in ignored(verdict)[name]


def test_reports_of_two_units_are_both_judged_whatever_their_format() -> None:
    verdict = judged(read(f"{FIRST.name}.docx", report(FIRST)), read(f"{SECOND.name}总结.pdf", as_pdf(SECOND)))
    assert [item.unit for item in verdict.items] == [FIRST.code, SECOND.code]
    assert verdict.ignored == ()


def test_where_only_the_pdf_can_be_read_it_is_judged_and_the_word_file_is_named() -> None:
    verdict = judged(LOCKED, read("总结.pdf", as_pdf(FIRST)), sender=FIRST)
    assert names(verdict) == ["总结.pdf"]
    assert "打不开" in ignored(verdict)["总结.docx"]


@pytest.mark.parametrize(("name", "content"), [("扫描.pdf", SCAN), ("盖章页总结.png", PNG)])
def test_a_picture_counts_only_where_nothing_can_be_read(name: str, content: bytes) -> None:
    assert names(judged(read(name, content), read("总结.pdf", as_pdf(FIRST)))) == ["总结.pdf"]
    assert names(judged(read(name, content), read("总结.docx", report(FIRST)))) == ["总结.docx"]
    (item,) = judged(read(name, content)).items
    assert [finding.rule for finding in item.examination.findings] == ["F4"]


def test_a_pdf_that_says_nothing_of_a_report_is_an_enclosure_beside_word_and_a_report_alone() -> None:
    leaflet = pdf(
        [[Put("欢迎参观虚构学院，图书馆周一至周五开放，凭证入内。" * 2, LEFT, TOP - 28 * row) for row in range(4)]]
    )
    assert names(judged(read("总结.docx", report(FIRST)), read("资料.pdf", leaflet))) == ["总结.docx"]
    assert names(judged(read("资料.pdf", leaflet))) == ["资料.pdf"]


def test_an_empty_pdf_beside_nothing_is_said_to_be_empty() -> None:
    (item,) = judged(read("总结.pdf", pdf([[]]))).items
    assert [finding.rule for finding in item.examination.findings] == ["F3"]


def test_two_word_files_of_one_unit_are_left_as_they_are() -> None:
    assert len(judged(read("a总结.docx", report(FIRST)), read("b总结.docx", docx(["总结", FIRST.name]))).items) == 2
