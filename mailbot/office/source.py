"""What LibreOffice is given: a file under our own name, told by its bytes, with the filter that must read it."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from mailbot.texts import decode

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 65_536
_WORD_XML = b"schemas.microsoft.com/office/word/2003/wordml"
_FLAT_PACKAGE = b"schemas.microsoft.com/office/2006/xmlPackage"
_CHARSET = re.compile(r"<meta[^>]{0,200}charset\s*=[^>]{0,200}>", re.IGNORECASE)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_UTF_8 = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
_WEB_PAGE = (b"<html", b"<!doctype html", b"<?xml")


@dataclass(frozen=True, slots=True)
class Source:
    """`filter` is LibreOffice's name of the reader; "" lets it choose among those for Word's many old formats."""

    name: str
    filter: str
    content: bytes = field(repr=False)


def source_of(content: bytes) -> Source | None:
    """None for what is none of these formats: LibreOffice would "convert" that too, as if it were text."""
    head = content[:_HEAD]
    start = _start(head)
    if head.startswith(_OLE2):
        return Source("in.doc", "", content)  # .wps and Word 95 among them: a filter that is named refuses these
    if head.startswith(b"{\\rtf"):
        return Source("in.rtf", "Rich Text Format", content)
    if head.startswith(b"PK\x03\x04"):
        return Source("in.odt", "writer8", content)
    if _WORD_XML in head:
        return Source("in.xml", "MS Word 2003 XML", content)
    if _FLAT_PACKAGE in head:
        return Source("in.xml", "", content)
    if start.startswith(b"mime-version:") or b"\nmime-version:" in start[:2048]:
        content = _page_of_web_archive(content)
        start = _start(content[:_HEAD])
    if b"<html" in start and start.startswith(_WEB_PAGE):
        return Source("in.html", "HTML (StarWriter)", _in_utf_8(content))
    return None


def _start(head: bytes) -> bytes:
    """Lower case, without marks, blanks and the zero bytes of UTF-16."""
    return head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()


def _page_of_web_archive(content: bytes) -> bytes:
    """The page of a "single file web page" that Word saves as .doc; b"" when there is none."""
    for part in message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            return _payload(part)
    return b""


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _in_utf_8(content: bytes) -> bytes:
    """With the mark of its encoding: pages that say gb2312 hold GB 18030, and some say nothing."""
    declared = _DECLARED.search(content[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    text = content.decode("gb18030", "replace") if name in ("gb2312", "gbk", "gb18030") else decode(content)
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", _CHARSET.sub("", text))
    head = re.search(r"<head[^>]{0,200}>", text, re.IGNORECASE)
    at = head.end() if head else 0
    return (text[:at] + _UTF_8 + text[at:]).encode("utf-8", "replace")
