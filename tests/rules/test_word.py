"""The door to documents: what becomes a Document, what does not and why, and that nothing in a file raises."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from rules.model import Document, Place, Unreadable
from rules.word import read_document
from tests.documents.build import STRICT, WORD, Line, archive, docx, package

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(content: bytes, name: str = "总结.docx") -> Document:
    document = read_document(name, content)
    assert isinstance(document, Document), document
    return document


def rule(content: bytes, name: str = "总结.docx") -> tuple[str, str]:
    unreadable = read_document(name, content)
    assert isinstance(unreadable, Unreadable)
    return unreadable.kind, unreadable.rule


UNREADABLE = [
    ("总结.docx", b"", "docx", "F3"),
    ("总结.docx", b"   \n", "docx", "F3"),
    ("总结.docx", bytes(range(256)), "docx", "F1"),
    ("总结.docx", docx(["正文" * 50])[:300], "docx", "F1"),
    ("总结.docx", docx([]), "docx", "F3"),
    ("总结.docx", docx(["", "　　"]), "docx", "F3"),
    ("总结.docx", archive({"word/document.xml": "<no xml"}), "docx", "F1"),
    ("总结.docx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "docx", "F2"),
    ("总结.doc", OLE2 + bytes(504) + "WordDocument".encode("utf-16-le"), "doc", "F4"),
    ("总结.wps", OLE2 + bytes(504) + "WordDocument".encode("utf-16-le"), "wps", "F4"),
    ("总结.rtf", b"{\\rtf1}", "rtf", "F4"),
    ("扫描.pdf", b"%PDF-1.4", "pdf", "F1"),
    ("盖章页.jpg", b"\xff\xd8\xff\xe0", "image", "F4"),
    ("空.txt", b"\xef\xbb\xbf \r\n", "txt", "F3"),
]


@pytest.mark.parametrize(("name", "content", "kind", "said"), UNREADABLE)
def test_a_file_that_gives_no_document_says_why(name: str, content: bytes, kind: str, said: str) -> None:
    assert rule(content, name) == (kind, said)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_encodings_people_have(encoding: str) -> None:
    document = read("创先争优活动总结\r\n\r\n　　一、主要做法\r\n镕堃".encode(encoding), "总结.txt")
    assert document.kind == "txt"
    assert [p.text for p in document.paragraphs] == ["创先争优活动总结", "一、主要做法", "镕堃"]
    assert document.title == "创先争优活动总结"


def test_a_word_file_with_the_wrong_name_is_read_all_the_same() -> None:
    for name in ("总结.doc", "总结.docm", "总结.dotx", "总结"):
        assert read(docx(["正文"]), name).text == "正文"


def test_strict_open_xml_is_read_like_the_other_kind() -> None:
    content = package(
        f'<w:document xmlns:w="{STRICT}"><w:body><w:p><w:r><w:t>严格</w:t></w:r></w:p></w:body></w:document>', {}
    )
    assert read(content).text == "严格"


def test_the_main_part_is_found_under_another_name() -> None:
    whole = docx(["正文"])
    with zipfile.ZipFile(io.BytesIO(whole)) as bundle:
        members = {name.replace("document.xml", "document22.xml"): bundle.read(name) for name in bundle.namelist()}
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"document.xml", b"document22.xml")
    assert read(archive(members)).text == "正文"


def test_a_damaged_styles_part_costs_the_styles_and_not_the_text() -> None:
    assert read(docx(["正文"], {"styles": "<w:style"})).text == "正文"


def test_paragraphs_are_numbered_from_one_without_the_blank_ones() -> None:
    document = read(docx(["甲", "", "乙"]))
    assert [(p.number, p.text) for p in document.paragraphs] == [(1, "甲"), (2, "乙")]


def bomb(size: int) -> bytes:
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": b"<a>" + b" " * size + b"</a>"})


def test_a_small_bomb_is_refused_for_its_ratio_and_a_large_one_for_its_size() -> None:
    for size in (5_000_000, 40_000_000):
        unreadable = read_document("总结.docx", bomb(size))
        assert isinstance(unreadable, Unreadable)
        assert unreadable.rule == "F1"
        assert "document.xml" in unreadable.detail
    assert "unpacked" in unreadable.detail


def test_a_member_count_without_end_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for number in range(10_001):
            bundle.writestr(f"{number}", "")
    assert isinstance(read_document("总结.docx", buffer.getvalue()), Unreadable)


def test_an_encrypted_zip_is_called_encrypted() -> None:
    content = bytearray(docx(["正文"]))
    start = content.find(b"PK\x01\x02", 0)
    while start >= 0:  # the flag stands in the directory entry of every member
        content[start + 8] |= 1
        start = content.find(b"PK\x01\x02", start + 4)
    assert rule(bytes(content)) == ("docx", "F2")


def test_a_document_with_a_password_is_called_encrypted() -> None:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(docx(["正文"]))).encrypt("秘密", buffer)
    assert rule(buffer.getvalue()) == ("docx", "F2")
    assert rule(buffer.getvalue(), "总结.doc") == ("docx", "F2")


def test_an_old_document_with_a_password_is_told_from_one_without() -> None:
    """locked.doc: a .doc that says in its first block (FIB, [MS-DOC] 2.5.1, fEncrypted) that it has a password."""
    locked = (Path(__file__).parents[1] / "documents" / "locked.doc").read_bytes()
    assert rule(locked, "总结.doc") == ("doc", "F2")
    unlocked = bytearray(locked)
    unlocked[locked.find(b"\xec\xa5") + 11] &= 0xFE
    assert rule(bytes(unlocked), "总结.wps") == ("wps", "F4")


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname"><!ENTITY a "哈哈哈哈">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


def test_entities_are_never_put_in() -> None:
    body = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>前&secret;&b;后</w:t></w:r></w:p></w:body></w:document>'
    )
    document = read_document("总结.docx", package(ENTITIES + body, {}))
    text = document.text if isinstance(document, Document) else ""
    assert "哈" not in text
    assert Path("/etc/hostname").read_text().strip() not in text or not text


@pytest.mark.parametrize("depth", [100, 240, 3000])
def test_deep_nesting_is_read_or_refused_and_never_raises(depth: int) -> None:
    inner = "<w:sdt><w:sdtContent>" * depth + "<w:p><w:r><w:t>深</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * depth
    document = read_document("总结.docx", docx([inner]))
    assert isinstance(document, Document) or document.rule == "F1"
    if depth == 100:
        assert isinstance(document, Document)


def test_what_python_docx_writes_is_read(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.add_heading("计算机学院教工第一党支部创先争优活动总结", level=0)
    made.add_heading("一、主要做法", level=1)
    made.add_paragraph("正文在这里。")
    made.add_table(rows=1, cols=2).rows[0].cells[1].text = "格中"
    buffer = io.BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue())
    assert document.title == "计算机学院教工第一党支部创先争优活动总结"
    assert [(p.text, p.level, p.place) for p in document.paragraphs] == [
        ("计算机学院教工第一党支部创先争优活动总结", 0, Place.BODY),
        ("一、主要做法", 1, Place.BODY),
        ("正文在这里。", None, Place.BODY),
        ("格中", None, Place.TABLE),
    ]


WHOLE = docx([Line("总结", bold=True, centred=True), "一、主要做法", "正文。" * 30], {"numbering": "", "styles": ""})


@given(st.integers(0, len(WHOLE)))
def test_a_cut_off_file_never_raises(length: int) -> None:
    assert isinstance(read_document("总结.docx", WHOLE[:length]), Document | Unreadable)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_a_file_with_damaged_bytes_never_raises(damage: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, value in damage:
        content[place] = value
    assert isinstance(read_document("总结.docx", bytes(content)), Document | Unreadable)


@given(
    st.sampled_from([b"", OLE2, b"PK\x03\x04", b"PK\x05\x06"]),
    st.binary(max_size=2000),
    st.sampled_from(["a.doc", "a.docx", "a.wps"]),
)
def test_random_bytes_never_raise(start: bytes, rest: bytes, name: str) -> None:
    assert isinstance(read_document(name, start + rest), Document | Unreadable)


TAGS = (
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "txbxContent",
    "footnoteReference",
    "pPr",
    "rPr",
)
TREES = st.recursive(
    st.tuples(st.sampled_from(TAGS), st.just([])),
    lambda children: st.tuples(st.sampled_from(TAGS), st.lists(children, max_size=4)),
    max_leaves=30,
)


def as_xml(tree: tuple[str, list[Any]]) -> str:
    tag, children = tree
    return f"<w:{tag}>" + ("文" if tag == "t" else "") + "".join(map(as_xml, children)) + f"</w:{tag}>"


@settings(max_examples=60)
@given(TREES)
def test_any_nesting_of_words_own_elements_is_read(tree: tuple[str, list[Any]]) -> None:
    assert isinstance(read_document("总结.docx", docx([as_xml(tree)])), Document | Unreadable)
