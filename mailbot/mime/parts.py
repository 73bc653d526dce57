"""The parts of a MIME tree: which are the text, which are files, what a file is called, what its bytes are."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import InvalidBase64LengthDefect, MessageError
from email.message import Message
from pathlib import PurePosixPath

from mailbot.mime.headers import field_of, header_text, loose_base64, parameters
from mailbot.mime.text import decode, restore
from rules.kinds import kind_of
from rules.text import visible

MAX_PARTS = 1_000
"""Parts of one mail that are looked at; `limits.files` is far below."""
MAX_DEPTH = 50
"""Levels of nested multiparts; mail of real life has up to six."""
MAX_NAME = 150
"""Characters of a file name; file systems allow 255 bytes, which is 85 Chinese characters."""

# What the standard library may raise on a part that is not as the standards say.
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)

_EXTENSIONS = {
    "application/msword": ".doc",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/rtf": ".rtf",
}
_TEXT = ("text/plain", "text/html", "text/enriched", "text/richtext")
_EXTENSION_OF_KIND = {"docx": ".docx", "doc": ".doc", "wps": ".wps", "rtf": ".rtf", "odt": ".odt", "pdf": ".pdf"}
_BREAKS = re.compile("[\r\n\t\u2028\u2029]+")
# Base64 in pieces that are padded one by one: the standard library stops at the first. Nothing but Base64 may follow.
_PADDED_INSIDE = re.compile(r"\A[A-Za-z0-9+/\s]*+=+\s*+[A-Za-z0-9+/]{4,}[A-Za-z0-9+/=\s]*+\Z")
_ENCODING = re.compile(r"[a-z0-9-]+")
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_UU = re.compile(
    r"^begin [0-7]{3,4} (?P<name>[^\r\n]{1,255})\r?\n(?P<lines>(?:[ -`]{1,64}\r?\n)+?)end[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True)
class Part:
    """A leaf of the tree. `group` numbers the multipart/alternative that it belongs to, 0 when none."""

    message: Message = field(repr=False)
    content_type: str
    charset: str
    name: str
    disposition: str
    group: int = 0

    @property
    def is_text(self) -> bool:
        """Plain or HTML text that is part of what the reader sees, not a file of its own."""
        return self.content_type in _TEXT and not self.name and self.disposition != "attachment"

    @property
    def content_id(self) -> str:
        return header_text(field_of(self.message, "content-id")).strip("<> ")


def leaves(root: Message, defects: list[str]) -> Iterator[Part]:
    """The leaves in reading order; attached messages are leaves. What the limits cut off is told in `defects`."""
    stack: list[tuple[Message, int, int, str]] = [(root, 0, 0, "")]
    groups = seen = 0
    while stack:
        message, depth, group, charset = stack.pop()
        seen += 1
        if seen > MAX_PARTS:
            defects.append(f"more than {MAX_PARTS} parts: the rest was not read")
            return
        # Asked for as text, a leaf would be decoded by its label, which may be anything.
        children = message.get_payload() if message.is_multipart() else None
        if isinstance(children, list) and message.get_content_maintype() == "multipart":
            if depth >= MAX_DEPTH:
                defects.append(f"nested deeper than {MAX_DEPTH} levels: what is inside was not read")
                continue
            if message.get_content_subtype() == "alternative":
                groups += 1
                group = groups
            inside = [child for child in children if isinstance(child, Message)]
            charset = parameters(field_of(message, "content-type"))[1].get("charset", charset)
            stack.extend((child, depth + 1, group, charset) for child in reversed(inside))
        else:
            yield _part(message, group, charset)


def _part(message: Message, group: int, charset: str) -> Part:
    """`charset` is that of the multipart around it, for parts without one of their own."""
    disposition, placed = parameters(field_of(message, "content-disposition"))
    content_type, described = parameters(field_of(message, "content-type"))
    if message.is_multipart():
        content_type = message.get_content_type()
    elif "/" not in content_type or content_type.startswith("multipart/"):
        content_type = "text/plain"
    name = _better(placed.get("filename", ""), described.get("name", ""))
    return Part(message, content_type, described.get("charset", charset), name, disposition, group)


def _better(first: str, second: str) -> str:
    """`filename` before `name`, unless it is empty or did not survive the journey."""
    first, second = clean_name(first), clean_name(second)
    if not first or ("\ufffd" in first and second and "\ufffd" not in second):
        return second
    return first


def one_line(text: str) -> str:
    """Visible characters only, white space as single spaces; full width stays full width."""
    return " ".join(visible(_BREAKS.sub(" ", text)).split())


def clean_name(name: str) -> str:
    """A file name to show: wrong readings undone, without folders, controls and doubled spaces, of bearable length."""
    name = one_line(re.split(r"[\\/]", restore(name).rstrip("\\/"))[-1])
    if len(name) <= MAX_NAME:
        return name
    suffix = PurePosixPath(name).suffix[:12]
    return name[: MAX_NAME - len(suffix) - 1] + "…" + suffix


def name_for(content_type: str, content: bytes, number: int) -> str:
    """A name for a part that brought none: its number and what it is."""
    suffix = _EXTENSIONS.get(content_type) or _EXTENSION_OF_KIND.get(kind_of("", content), "")
    if not suffix:
        suffix = ".txt" if content_type.startswith("text/") else ".zip" if content[:4] == b"PK\x03\x04" else ".bin"
    return f"无名附件{number}{suffix}"


def content(part: Part) -> bytes:
    """The bytes of a leaf: transfer encoding undone, also where it is misspelt; an attached message flattened."""
    message = part.message
    if message.is_multipart():
        return _attached_message(message)
    encoding = _ENCODING.search(field_of(message, "content-transfer-encoding").lower())
    del message["Content-Transfer-Encoding"]
    message["Content-Transfer-Encoding"] = encoding[0] if encoding else "8bit"
    found = message.get_payload(decode=True)
    if not isinstance(found, bytes):
        return b""
    if encoding and encoding[0] == "base64":
        whole = _as_written(message)
        if any(isinstance(defect, InvalidBase64LengthDefect) for defect in message.defects):
            return loose_base64(whole)
        if "=" in whole.rstrip("= \t\r\n") and _PADDED_INSIDE.search(whole):
            return b"".join(loose_base64(piece) for piece in re.split("=+", whole))
    return found


def _as_written(message: Message) -> str:
    """The payload before its encoding is undone; "" when its 8-bit bytes have a label that Python stumbles over."""
    try:
        return str(message.get_payload())
    except (ValueError, TypeError, LookupError):
        return ""


def _attached_message(message: Message) -> bytes:
    inside = message.get_payload()
    flat = b"".join(_flat(child) for child in inside if isinstance(child, Message))
    encoding = field_of(message, "content-transfer-encoding").strip().lower()
    if encoding == "base64":
        # RFC 2046 forbids it, some mailers do it: the standard library then takes the Base64 text for a message.
        try:
            return binascii.a2b_base64(flat)
        except binascii.Error:
            return flat
    return flat


def _flat(message: Message) -> bytes:
    """The bytes of an attached message. A field with a line in it that looks like another one cannot be written."""
    try:
        return message.as_bytes()
    except MessageError:
        for part in message.walk():
            fields = list(part.raw_items())
            for name in set(part.keys()):
                del part[name]
            for name, value in fields:
                part[name] = " ".join(str(value).splitlines())
        return message.as_bytes()


def message_name(message: Message) -> str:
    """An attached message is called by its subject."""
    inside = message.get_payload()
    first = inside[0] if isinstance(inside, list) and inside else None
    subject = one_line(header_text(field_of(first, "subject"))) if isinstance(first, Message) else ""
    return clean_name(subject.replace("/", "／").replace("\\", "＼") + ".eml") if subject else ""


def text_of(part: Part) -> str:
    """A body part as text, line ends as "\\n". HTML without a label is asked for its own."""
    data = content(part)
    charset = part.charset
    if part.content_type == "text/html" and not charset:
        meta = _META_CHARSET.search(data[:4096])
        charset = meta[1].decode("ascii") if meta else ""
    return decode(data, charset).replace("\r\n", "\n").replace("\r", "\n")


def uuencoded(text: str) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """Files that stand in the text as `begin 644 name` … `end`: the text without them, and (name, bytes)."""
    if "\nend" not in text or not _UU.search(text):
        return text, ()
    found = []
    for match in _UU.finditer(text):
        try:
            lines = [binascii.a2b_uu(line.encode("ascii")) for line in match["lines"].splitlines()]
        except (binascii.Error, ValueError):
            continue
        found.append((clean_name(match["name"]), b"".join(lines)))
    return _UU.sub("", text) if found else text, tuple(found)
