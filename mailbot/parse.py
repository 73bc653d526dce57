"""Bytes to Mail. Never fails: whatever the bytes, what can be read is read and the rest is named in `defects`."""

import hashlib
import re
from collections.abc import Iterable
from email import message_from_bytes
from email.errors import MissingHeaderBodySeparatorDefect
from email.message import Message
from email.parser import BytesHeaderParser

from mailbot.mime.headers import MAX_HEADER, addresses, date, header_text, ids
from mailbot.mime.html import html_text
from mailbot.mime.parts import (
    MALFORMED,
    Part,
    content,
    leaves,
    message_name,
    name_for,
    one_line,
    text_of,
    uuencoded,
)
from rules.model import Address, File, Mail
from rules.text import visible

MAX_WORK = 50_000_000
"""Boundaries times lines: the standard library looks for every open boundary in every line. 60 MB of Base64 with 50."""
MAX_FIELDS = 500
MAX_FIELD_BYTES = 1_000_000
"""All header fields together."""
MAX_TEXT = 1_000_000
"""Characters of the text."""
MAX_SUBJECT = 1_000
MAX_DEFECTS = 50

# A field whose name has a space in it (X-Virus Scanned: …), with its continuation lines.
_ODD_FIELD = re.compile(rb"(?<=\n)[!-9;-~]++[ \t]++[^:\r\n]{0,100}:[^\n]*+\n(?:[ \t][^\n]*+\n)*")
_END_OF_HEADERS = re.compile(rb"\n\r?\n")


def parse(raw: bytes) -> Mail:
    """Read one message, RFC 5322 and MIME or whatever it is. Never raises; work is bounded (the constants above).

    `files` are all parts that are not the text, whatever their disposition says, attached messages among them;
    `File.inline` is true for those that the HTML shows in place by their Content-ID.
    """
    defects: list[str] = []
    message = _tree(raw, defects)
    text, links, files = _inside(message, defects)
    fields = _Fields(message, defects)
    subject = one_line(header_text(fields.first("subject")))
    if len(subject) > MAX_SUBJECT:
        defects.append(f"subject of {len(subject)} characters clipped")
    return Mail(
        message_id=next(iter(ids(fields.first("message-id"))), ""),
        sender=next(iter(_usable(fields.addresses("from"))), Address()),
        subject=subject[:MAX_SUBJECT],
        text=text,
        reply_to=fields.addresses("reply-to"),
        to=fields.addresses("to"),
        cc=fields.addresses("cc"),
        date=date(fields.first("date")),
        in_reply_to=ids(fields.first("in-reply-to")),
        references=ids(fields.first("references")),
        headers=fields.all(),
        content_type=message.get_content_type(),
        files=files,
        defects=tuple(dict.fromkeys(defects))[:MAX_DEFECTS],
        size=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        links=links,
    )


def _tree(raw: bytes, defects: list[str]) -> Message:
    raw = raw.lstrip(b"\r\n")  # mail saved by hand or passed on by a script often starts with an empty line
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    if raw.lower().count(b"boundary") * lines > MAX_WORK:
        defects.append("too many nested parts: only the headers were read")
    else:
        try:
            message = message_from_bytes(raw)
            if any(isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in message.defects):
                message = message_from_bytes(_without_odd_fields(raw))
            return message
        except MALFORMED as error:
            defects.append(f"the structure cannot be read ({type(error).__name__}): only the headers were read")
    message = BytesHeaderParser().parsebytes(raw[:MAX_FIELD_BYTES])
    message.set_payload("")
    return message


def _without_odd_fields(raw: bytes) -> bytes:
    """Gateways write such fields; the standard library takes them for the text, and every attachment would be lost."""
    end = _END_OF_HEADERS.search(raw[:MAX_FIELD_BYTES])
    return _ODD_FIELD.sub(b"", raw[: end.start() + 1]) + raw[end.start() + 1 :] if end else raw


class _Fields:
    """The header fields of the message, as many as will be read; raw values until they are asked for."""

    def __init__(self, message: Message, defects: list[str]) -> None:
        self._fields: list[tuple[str, str]] = []
        total = 0
        for name, value in message.raw_items():
            value = str(value)
            total += min(len(value), MAX_HEADER)
            if len(self._fields) >= MAX_FIELDS or total > MAX_FIELD_BYTES:
                defects.append("too many header fields: the rest was not read")
                break
            if len(value) > MAX_HEADER:
                defects.append(f"header field of {len(value)} characters clipped")
            self._fields.append((visible(name).lower(), value[:MAX_HEADER]))

    def first(self, name: str) -> str:
        return next((value for key, value in self._fields if key == name), "")

    def addresses(self, name: str) -> tuple[Address, ...]:
        return addresses(self.first(name))

    def all(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, visible(header_text(value)).strip()) for name, value in self._fields)


def _usable(found: Iterable[Address]) -> list[Address]:
    """Those with an address first; of several From addresses the first counts."""
    return sorted(found, key=lambda address: not address.address)


def _inside(message: Message, defects: list[str]) -> tuple[str, tuple[str, ...], tuple[File, ...]]:
    """Text, links and files."""
    texts: list[tuple[Part, str]] = []
    parts: list[Part] = []
    files: list[File] = []
    for part in leaves(message, defects):
        defects.extend(type(defect).__name__ for defect in part.message.defects)
        if not part.is_text:
            parts.append(part)
            continue
        try:
            text, found = uuencoded(text_of(part))
        except MALFORMED as error:
            defects.append(f"a text part cannot be read ({type(error).__name__})")
            continue
        texts.append((part, text))
        files.extend(File(name, data) for name, data in found)
    body, links, shown = _body(texts, defects)
    for part in parts:
        files.append(_file(part, shown, len(files) + 1, defects))
    return body, links, tuple(files)


def _body(texts: list[tuple[Part, str]], defects: list[str]) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """What the reader sees: of alternatives the plain one unless it is blank; parts side by side all of them."""
    plain = {part.group for part, text in texts if part.content_type == "text/plain" and text.strip()}
    pieces: list[str] = []
    links: dict[str, None] = {}
    shown: set[str] = set()
    for part, text in texts:
        if part.content_type == "text/html":
            text, found, pictures = html_text(text)
            links |= dict.fromkeys(found)
            shown |= pictures
        if part.content_type != "text/plain" and part.group and part.group in plain:
            continue
        pieces.append(visible(text).strip())
    whole = "\n\n".join(piece for piece in pieces if piece)
    if len(whole) > MAX_TEXT:
        defects.append(f"text of {len(whole)} characters clipped")
    return whole[:MAX_TEXT], tuple(links), frozenset(shown)


def _file(part: Part, shown: frozenset[str], number: int, defects: list[str]) -> File:
    try:
        data = content(part)
    except MALFORMED as error:
        defects.append(f"a part cannot be read ({type(error).__name__})")
        data = b""
    name = part.name
    if part.content_type == "message/rfc822":
        name = name or message_name(part.message)
    name = name or name_for(part.content_type, data, number)
    inline = bool(part.content_id) and part.content_id in shown
    return File(name, data, part.content_type, inline)
