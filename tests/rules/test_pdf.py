"""PDF: what is read, and what is refused with which reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.kinds import kind_of
from rules.model import Document, Unreadable
from rules.pdf import MAX_PAGES
from rules.word import read_document
from tests.documents.pdf import SIZE, TOP, WIDTH, Put, flowing, pdf

FULL = "我们支部认真开展创先争优活动取得了明显成效得到师生好的"  # fills a line
TITLE = "计算机学院党总支创先争优活动总结"
REPORT = pdf(
    [
        flowing(
            [
                Put(TITLE, 120, TOP, 22, bold=True), "", "一、主要特点", f"　　{FULL[:25]}", FULL, "一致好评。",
                "　　第二段话，2012年写成。", "二、主要做法", f"　　{FULL[:20]}。", "图书馆直属党支部", "2012年9月6日",
            ]
        )
    ]
)  # fmt: skip


def read(content: bytes, name: str = "总结.pdf") -> Document | Unreadable:
    return read_document(name, content)


def test_lines_become_paragraphs_and_the_title_and_the_signature_are_found() -> None:
    document = read(REPORT)
    assert isinstance(document, Document)
    assert (document.kind, document.title, document.signature) == ("pdf", TITLE, "图书馆直属党支部 2012年9月6日")
    assert [paragraph.text for paragraph in document.paragraphs] == [
        TITLE, "一、主要特点", f"{FULL[:25]}{FULL}一致好评。", "第二段话，2012年写成。", "二、主要做法",
        f"{FULL[:20]}。", "图书馆直属党支部", "2012年9月6日",
    ]  # fmt: skip
    assert [paragraph.number for paragraph in document.paragraphs] == list(range(1, 9))
    assert document.paragraphs[0].bold
    assert not document.paragraphs[2].bold


@pytest.mark.parametrize("name", ["总结.docx", "总结.doc", "总结"])
def test_a_pdf_is_read_under_any_name(name: str) -> None:
    assert kind_of(name, REPORT) == "pdf"
    assert isinstance(read(REPORT, name), Document)


def test_pages_are_read_on_without_their_numbers_and_running_heads() -> None:
    head = "虚构学院学生支部工作简报"
    pages = [
        [Put(head, 200, 810, 9), *flowing(lines), Put(f"— {number} —", 280, 40, 9)]
        for number, lines in enumerate(([f"　　{FULL[:25]}", FULL], [FULL, "到此为止。", "　　又一段话。"]), 1)
    ]
    document = read(pdf(pages))
    assert isinstance(document, Document)
    assert [paragraph.text for paragraph in document.paragraphs] == [
        f"{FULL[:25]}{FULL}{FULL}到此为止。", "又一段话。"
    ]  # fmt: skip


SEALED = b"<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (pdf([[], []], picture=True), "F4"),
        (pdf([[Put("由 扫描王 扫描创建", 400, 20, 8)]] * 3, picture=True), "F4"),
        (pdf([[Put("\u0001\u0002\ue000\ufffd" * 40, 60, TOP, 6)]]), "F4"),
        (pdf([[]]), "F3"),
        (pdf([[]] * (MAX_PAGES + 1)), "F1"),
        (REPORT.replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt " + SEALED), "F2"),
        (REPORT[:300], "F1"),
        (b"%PDF-1.4", "F1"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "F1"),
    ],
    ids=["scan", "scanned by an app", "letters without a table", "blank", "endless", "locked", "cut", "head", "noise"],
)
def test_a_pdf_without_text_says_why(content: bytes, rule: str) -> None:
    found = read(content)
    assert isinstance(found, Unreadable)
    assert (found.kind, found.rule) == ("pdf", rule)


def test_a_gap_between_columns_stays_and_the_spaces_of_typesetting_go() -> None:
    name, post = Put("张三", 80, TOP), Put("书记", 300, TOP)
    close = [Put("在", 80, 700), Put("2012", 80 + SIZE * 1.25, 700), Put("年总结并形成长效机制", 96 + SIZE * 5, 700)]
    lines = [Put("每一位党员都认真对照检查写出了书面的总结材料", 80, 640 - 28 * at) for at in range(3)]
    document = read(pdf([[name, post, *close, *lines]]))
    assert isinstance(document, Document)
    text = document.text.replace("\n", "|")
    assert "张三书记" not in text
    assert "在2012" in text


def test_text_outside_the_page_or_turned_does_no_harm() -> None:
    assert isinstance(
        read(pdf([[*flowing([FULL] * 4), Put("页外", WIDTH * 4, -500), Put("小", 10, 10, 0.01)]])), Document
    )


@settings(max_examples=60)
@given(st.data())
def test_damage_gives_a_document_or_a_reason_and_never_an_exception(data: st.DataObject) -> None:
    content = bytearray(REPORT)
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(9, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = read(bytes(content[: data.draw(st.integers(9, len(content)))]))
    assert isinstance(found, Document) or found.rule in ("F1", "F2", "F3", "F4")
