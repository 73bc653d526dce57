"""What stands beside the text of a Word document: comments, headers, diagrams, embedded texts, and damage to styles."""

import email.message
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Document, Place, Unreadable
from rules.ooxml.chunk import lines_of
from rules.word import MAX_CHARACTERS, read_document
from tests.documents.build import Line, archive, docx, paragraph, relations, run, style

DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(content: bytes) -> Document:
    document = read_document("总结.docx", content)
    assert isinstance(document, Document), document
    return document


def with_part(content: bytes, kind: str, name: str, part: str | bytes) -> bytes:
    """The document with one more part, which the relationship r0 points to."""
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        members: dict[str, str | bytes] = {member: bundle.read(member) for member in bundle.namelist()}
    members["word/_rels/document.xml.rels"] = relations({kind: name})
    return archive({**members, f"word/{name}": part})


def test_the_words_of_comments_are_kept_beside_the_text() -> None:
    comments = f'<w:comment w:id="0">{Line("请补数字").xml()}{Line("再核").xml()}</w:comment><w:comment w:id="1"/>'
    document = read(
        docx([paragraph(run("正文") + '<w:r><w:commentReference w:id="0"/></w:r>')], {"comments": comments})
    )
    assert (document.text, document.comments, document.comment_texts) == ("正文", 1, ("请补数字\n再核",))


def test_comments_that_nothing_refers_to_are_none() -> None:
    document = read(docx(["正文"], {"comments": f'<w:comment w:id="0">{Line("旧").xml()}</w:comment>'}))
    assert (document.comments, document.comment_texts) == (0, ())


def test_headers_are_kept_beside_the_text() -> None:
    head = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    head += (
        Line("内部资料").xml() + paragraph(f"<w:del>{run('旧')}</w:del>") + Line("示委〔2012〕5号").xml() + "</w:hdr>"
    )
    document = read(with_part(docx(["正文"]), "header", "header1.xml", head))
    assert (document.text, document.headers) == ("正文", ("内部资料", "示委〔2012〕5号"))


def test_the_words_of_a_diagram_are_read_once_where_it_stands() -> None:
    points = "".join(f"<d:pt><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>" for text in ("学习", "服务"))
    data = f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{DRAWING}">{points}</d:dataModel>'
    shape = f'<w:r><w:drawing><d:relIds xmlns:d="{DIAGRAM}" xmlns:r="{LINKS}" r:dm="r0"/></w:drawing></w:r>'
    content = with_part(docx([paragraph(run("如图") + shape + shape), "后"]), "diagramData", "data1.xml", data)
    assert [(p.text, p.place) for p in read(content).paragraphs] == [
        ("如图", Place.BODY), ("学习", Place.TEXT_BOX), ("服务", Place.TEXT_BOX), ("后", Place.BODY),
    ]  # fmt: skip


def web_archive(page: bytes) -> bytes:
    message = email.message.Message()
    message["Content-Type"] = "text/html; charset=gb2312"
    message["Content-Transfer-Encoding"] = "8bit"
    message.set_payload(page)
    return b"MIME-Version: 1.0\r\n" + message.as_bytes()


PAGE = (
    "<html><head><meta charset=gb2312><title>x</title><style>p{}</style></head>"
    "<body><p>一、做法</p><p>召开<b>座谈会</b></p>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", PAGE.encode("gb18030")),
        ("a.htm", PAGE.replace("gb2312", "utf-8").encode()),
        ("a.mht", web_archive(PAGE.encode("gb18030"))),
        ("a.txt", "一、做法\r\n\r\n召开座谈会".encode()),
    ],
)  # fmt: skip
def test_a_report_that_the_document_only_embeds_is_read(name: str, data: bytes) -> None:
    content = with_part(docx([f'<w:altChunk xmlns:r="{LINKS}" r:id="r0"/>', "后"]), "aFChunk", name, data)
    assert [p.text for p in read(content).paragraphs] == ["一、做法", "召开座谈会", "后"]


@given(st.sampled_from(["a.html", "a.mht", "a.txt", "a.rtf", ""]), st.binary(max_size=300))
def test_an_embedded_text_never_raises(name: str, data: bytes) -> None:
    assert all(line.strip() for line in lines_of(name, data))


def test_styles_under_another_prefix_are_read_too() -> None:
    content = docx([Line("题", style="t"), "正文"], {"styles": style("t", "", title="Title")})
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    styles = members["word/styles.xml"].replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b" w:", b" x:")
    members["word/styles.xml"] = styles.replace(b"xmlns:w=", b"xmlns:x=")
    assert read(archive(members)).title == "题"


def test_a_style_with_an_ampersand_in_its_name_and_a_hundred_styles_are_found() -> None:
    styles = style("a&amp;b", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    styles += "".join(style(f"s{n}", f'<w:pPr><w:outlineLvl w:val="{n % 9}"/></w:pPr>') for n in range(100))
    named = Line("甲", style="a&amp;b")
    lines: list[Line | str] = [named, *(Line("乙", style=f"s{n}") for n in range(100))]
    levels = [p.level for p in read(docx(lines, {"styles": styles})).paragraphs]
    assert levels == [2, *(n % 9 + 1 for n in range(100))]


def test_a_document_type_is_refused() -> None:
    document = read_document("总结.docx", archive({"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'x'>]><x>&a;</x>"}))
    assert isinstance(document, Unreadable)
    assert (document.rule, "document type" in document.detail) == ("F1", True)


def test_text_without_end_is_refused_by_its_length() -> None:
    exactly = read_document("总结.txt", ("字" * MAX_CHARACTERS).encode())
    more = read_document("总结.txt", ("字" * (MAX_CHARACTERS + 1)).encode())
    assert isinstance(exactly, Document)
    assert isinstance(more, Unreadable)
    assert (more.rule, more.detail) == ("F1", f"more than {MAX_CHARACTERS} characters")


@pytest.mark.parametrize("inner", ["<w:p/>" * 50_001, "<w:sdt>" * 251 + "</w:sdt>" * 251])
def test_elements_without_end_are_refused(inner: str) -> None:
    document = read_document("总结.docx", docx([inner, "正文"]))
    assert isinstance(document, Unreadable)
    assert document.rule == "F1"
