"""What a file is, by its bytes."""

import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.kinds import kind_of
from tests.documents.build import archive, docx

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(*streams: str) -> bytes:
    return OLE2 + b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)


OFFICE = "application/vnd.openxmlformats-officedocument"
SHEET_TYPES = f'<Types><Override ContentType="{OFFICE}.spreadsheetml.sheet.main+xml"/></Types>'
WORD_TYPES = f'<Types><Override ContentType="{OFFICE}.wordprocessingml.template.main+xml"/></Types>'
MAIL = b"Received: from a\r\nFrom: a@example.com\r\nSubject: =?gb18030?B?1tC5+g==?=\r\n\r\nbody\r\n"

TOLD_BY_CONTENT = [
    ("总结.docx", docx(["正文"]), "docx"),
    ("总结.doc", docx(["正文"]), "docx"),
    ("总结.docm", docx(["正文"]), "docx"),
    ("模板.dotx", archive({"[Content_Types].xml": WORD_TYPES, "word/other.xml": "<a/>"}), "docx"),
    ("汇总表.xlsx", archive({"[Content_Types].xml": SHEET_TYPES, "xl/workbook.xml": "<a/>"}), "sheet"),
    ("汇总表.docx", archive({"[Content_Types].xml": SHEET_TYPES, "xl/workbook.xml": "<a/>"}), "sheet"),
    ("幻灯.pptx", archive({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}), "other"),
    ("总结.ofd", archive({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), "other"),
    ("总结.pages", archive({"Index/Document.iwa": "x", "preview.jpg": "x"}), "other"),
    ("材料.zip", archive({"总结.docx": docx(["正文"])}), "archive"),
    ("材料.docx", archive({"总结.docx": docx(["正文"])}), "archive"),
    ("stored.zip", archive({"a.docx": docx(["正文"])}, zipfile.ZIP_STORED), "archive"),
    ("空.zip", b"PK\x05\x06" + bytes(18), "archive"),
    ("总结.odt", archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "odt"),
    ("表.ods", archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "sheet"),
    ("加密.odt", archive({"mimetype": "application/vnd.oasis.opendocument.text", "encrypted-package": "x"}), "odt"),
    ("总结.doc", ole("WordDocument"), "doc"),
    ("总结.wps", ole("WordDocument"), "wps"),
    ("总结", ole("WordDocument", "Workbook"), "doc"),
    ("表.xls", ole("WordDocument", "Workbook"), "sheet"),
    ("表.et", ole("Workbook"), "sheet"),
    ("加密.docx", ole("EncryptionInfo", "EncryptedPackage"), "docx"),
    ("加密.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "sheet"),
    ("信.msg", ole("__substg1.0_0037001F"), "mail"),
    ("旧.wps", ole("MatOST"), "wps"),
    ("总结.doc", b"{\\rtf1\\ansi}", "rtf"),
    ("扫描.pdf", b"%PDF-1.4\n", "pdf"),
    ("扫描.doc", b"\n%PDF-1.4\n", "pdf"),
    ("章.png", b"\x89PNG\r\n\x1a\n" + bytes(8), "image"),
    ("章.doc", b"\xff\xd8\xff\xe0" + bytes(8), "image"),
    ("章.gif", b"GIF89a" + bytes(8), "image"),
    ("章.bmp", b"BM" + bytes(60), "image"),
    ("章.tif", b"II*\x00" + bytes(8), "image"),
    ("章.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
    ("章.heic", b"\x00\x00\x00\x18ftypheic" + bytes(8), "image"),
    ("材料.rar", b"Rar!\x1a\x07\x01\x00", "archive"),
    ("材料.7z", b"7z\xbc\xaf\x27\x1c", "archive"),
    ("材料.gz", b"\x1f\x8b\x08", "archive"),
    ("材料.tar", bytes(257) + b"ustar\x0000", "archive"),
    ("转发.eml", MAIL, "mail"),
    ("转发", MAIL, "mail"),
    ("网页存的.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "doc"),
    ("网页存的.doc", b"<html><body>x</body></html>", "doc"),
    ("flat.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "doc"),
    ("网页存的.doc", "<html><body>总结</body></html>".encode("utf-16"), "doc"),
    ("page.html", b"<!DOCTYPE html><p>x", "other"),
    ("总结.docx", "我支部的总结".encode("gb18030"), "txt"),
    ("总结.doc", "我支部的总结\r\n".encode("utf-16-le"), "txt"),
    ("总结.docx", b"%PDF-1.4\n", "pdf"),
    ("总结.docx", b"\xff\xd8\xff\xe0" + bytes(8), "image"),
    ("总结.docx", random.Random(1).randbytes(3000), "docx"),
    ("总结.txt", "我支部的总结".encode("gb18030"), "txt"),
    ("总结", "我支部的总结".encode(), "txt"),
    ("总结.txt", "我支部的总结".encode("utf-16"), "txt"),
    ("名单.csv", "编号,名称\n".encode(), "sheet"),
    ("说明.txt", "From: 这里说的是来源\n没有别的".encode(), "txt"),
    ("noise.bin", bytes(range(256)) * 4, "other"),
]


@pytest.mark.parametrize(("name", "content", "kind"), TOLD_BY_CONTENT, ids=[f"{n} {k}" for n, _, k in TOLD_BY_CONTENT])
def test_the_bytes_tell_the_kind(name: str, content: bytes, kind: str) -> None:
    assert kind_of(name, content) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("总结.DOCX", "docx"),
        ("总结.doc ", "doc"),
        ("总结.wps", "wps"),
        ("汇总.xls", "sheet"),
        ("无名", "other"),
        ("", "other"),
    ],
)
def test_an_empty_file_is_what_its_name_says(name: str, kind: str) -> None:
    assert kind_of(name, b"") == kind


def test_a_cut_off_word_file_is_still_called_a_word_file() -> None:
    whole = docx(["一段很长的文字"] * 50)
    assert kind_of("总结.docx", whole[: len(whole) // 2]) == "docx"
    assert kind_of("未命名", whole[: len(whole) - 30]) == "docx"


def test_a_zip_with_very_many_members_is_not_looked_into() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        bundle.writestr("word/document.xml", "<a/>")
        for number in range(10_001):
            bundle.writestr(f"{number}", "")
    assert kind_of("总结.docx", buffer.getvalue()) == "archive"


def test_a_text_cut_inside_a_character_at_the_limit_is_still_text() -> None:
    assert kind_of("长.txt", ("a" + "总" * 65_536).encode()) == "txt"


@given(
    st.text(max_size=12),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE2[:8], b"%PDF", b"From: "]),
    st.binary(max_size=400),
)
def test_any_bytes_have_a_kind(name: str, start: bytes, rest: bytes) -> None:
    known = {"docx", "doc", "wps", "rtf", "odt", "txt", "pdf", "image", "archive", "mail", "sheet", "other"}
    assert kind_of(name, start + rest) in known
