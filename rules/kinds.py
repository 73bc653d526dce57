"""What a file is, told by its first bytes and its inner names; the file's own name only breaks ties."""

import io
import re
import zipfile
import zlib

from rules.plain_text import encoding_of

MAX_MEMBERS = 10_000
"""A zip with more members is an archive without looking inside; Word needs a few dozen."""
_MEMBER = 76
"""Bytes that a member takes at least: its header and its row in the directory."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"MSCF", "archive"),
)
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_BY_NAME = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".dotm": "docx", ".doc": "doc", ".dot": "doc", ".wps": "wps",
    ".wpt": "wps", ".rtf": "rtf", ".odt": "odt", ".txt": "txt", ".pdf": "pdf", ".zip": "archive", ".rar": "archive",
    ".7z": "archive", ".xls": "sheet", ".xlsx": "sheet", ".et": "sheet", ".csv": "sheet", ".eml": "mail",
    ".msg": "mail",
}  # fmt: skip
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "sheet",
}
_OTHER_PACKAGE = re.compile(r"ofd\.xml|index/document\.iwa")
"""Members that a document of OFD (GB/T 33190) or of Apple's Pages has: zip files, and no archives to be opened."""
_MAIL_HEADER = re.compile(
    rb"^(?:From|To|Cc|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|X-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_WORD_XML = (b'progid="Word.Document"', b"schemas.microsoft.com/office/word/2003", b"xmlPackage")


def kind_of(name: str, content: bytes) -> str:
    """One of docx, doc, wps, rtf, odt, txt, pdf, image, archive, mail, sheet, other. Never raises.

    An encrypted OOXML document is "docx". Where the bytes say nothing (empty, cut off, noise) the name decides.
    """
    return kind_by_content(name, content) or _BY_NAME.get(suffix_of(name), "other")


def kind_by_content(name: str, content: bytes) -> str | None:
    """The kind as the bytes show it, or None when they show none. `name` chooses between .wps and .doc and the like."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith(_ZIP):
        return _zip_kind(name, content)
    if content.startswith(_OLE2):
        return _ole_kind(name, content)
    return _by_other_marks(content) or _text_kind(name, content)


def suffix_of(name: str) -> str:
    """The extension in lower case with its dot, "" when there is none."""
    _, dot, suffix = name.strip().rpartition(".")
    return f".{suffix.lower()}" if dot else ""


def _by_other_marks(content: bytes) -> str | None:
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image"
    if content.startswith(b"BM") and len(content) >= 54 and content[6:10] == b"\x00\x00\x00\x00":
        return "image"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        return "image"
    return "archive" if content[257:262] == b"ustar" else None


def _zip_kind(name: str, content: bytes) -> str:
    """What a zip holds. A damaged one is what its readable names, or else its own name, say."""
    if len(content) > MAX_MEMBERS * _MEMBER and content.count(b"PK\x01\x02") > MAX_MEMBERS:
        return "archive"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _package_kind({member.replace("\\", "/") for member in package.namelist()}, package)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, KeyError, zlib.error):
        pass
    if b"word/document" in content[:1_000_000] and b"[Content_Types].xml" in content[:1_000_000]:
        return "docx"
    return _BY_NAME.get(suffix_of(name), "archive")


def _package_kind(members: set[str], package: zipfile.ZipFile) -> str:
    lower = {member.lower() for member in members}
    if "word/document.xml" in lower:
        return "docx"
    if "[content_types].xml" in lower:
        types = _beginning(package, next(m for m in package.namelist() if m.lower() == "[content_types].xml"))
        for mark, kind in ((b"wordprocessingml", "docx"), (b"spreadsheetml", "sheet")):
            if mark in types:
                return kind
        return "other" if any(member.startswith(("ppt/", "visio/")) for member in lower) else "archive"
    if "mimetype" in lower and {"content.xml", "encrypted-package"} & lower:
        return _OPEN_DOCUMENT.get(_beginning(package, "mimetype").strip(), "other")
    return "other" if any(map(_OTHER_PACKAGE.fullmatch, lower)) else "archive"


def _beginning(package: zipfile.ZipFile, member: str) -> bytes:
    """The first 64 KB of a member: enough for a list of content types, too little for a bomb."""
    if package.getinfo(member).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    with package.open(member) as part:
        return part.read(65_536)


def _ole_kind(name: str, content: bytes) -> str:
    """OLE2 compound files carry the names of their streams in UTF-16 ([MS-CFB] 2.6.1)."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    by_name = _BY_NAME.get(suffix_of(name))
    if has("EncryptedPackage"):
        return "sheet" if by_name == "sheet" else "docx"
    word, table = has("WordDocument"), has("Workbook") or has("Book")
    if word and not (table and by_name == "sheet"):
        return "wps" if by_name == "wps" else "doc"
    if table:
        return "sheet"
    if has("__substg1.0_"):
        return "mail"
    return by_name if by_name in ("wps", "doc") and not has("PowerPoint Document") else "other"


def _text_kind(name: str, content: bytes) -> str | None:
    """txt, mail or sheet (csv); Word's own XML and web pages named .doc are "doc". None for what is no text."""
    head = content[:65_536]
    if not head.strip() or encoding_of(head) is None:
        return None
    by_name = _BY_NAME.get(suffix_of(name))
    start = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")[:2048]  # in UTF-16 too
    marked = start.lower().startswith((b"<?xml", b"<html", b"<!doctype html"))
    if marked and (by_name in ("doc", "docx", "wps") or any(mark in head for mark in _WORD_XML)):
        return "doc"
    if marked:
        return "other"
    if len({header.lower() for header in _MAIL_HEADER.findall(start)}) >= 2 and _MAIL_HEADER.match(start):
        return "doc" if by_name in ("doc", "docx", "wps") else "mail"
    return by_name if by_name in ("sheet", "mail") else "txt"
