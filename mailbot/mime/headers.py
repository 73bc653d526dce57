"""Header fields as they really come: raw 8-bit, encoded words (RFC 2047), parameters (RFC 2231), addresses, ids."""

import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from mailbot.mime.text import codec, decode, restore
from rules.model import Address

MAX_HEADER = 100_000
"""Bytes of one field that are read; RFC 5322 allows 998 a line, a long To: of real life has some 20,000."""
MAX_IDS = 200
MAX_ADDRESSES = 500
MAX_SEGMENTS = 200

_FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]*")
# The text ends at the first "?=", and before the next word begins, so that a field full of beginnings costs no more.
_WORD = re.compile(
    r"=\?\s?([A-Za-z0-9_.:+-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\s?\?\s?([BbQq])\s?\?((?:(?!\?=|=\?[A-Za-z]).)*)\?=",
    re.DOTALL,
)
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_ID = re.compile(r"<\s*([^<>\s]{1,1000})\s*>")
_SEGMENT = re.compile(r"^(.*?)(?:\*(\d{1,3}))?(\*)?$")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")
_WHERE = re.compile(r"<([^<>]*)>?")


@dataclass(frozen=True, slots=True)
class _Word:
    """An encoded word: its charset as labelled, B or Q, and the text between the last two question marks."""

    charset: str
    encoding: str
    text: str


def field_of(message: Message, name: str) -> str:
    """The first field of that name as it came ("" when none): `Message.get` would put U+FFFD for raw 8-bit bytes."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def raw_text(value: str | bytes) -> str:
    """A field as the standard library hands it out (surrogates for 8-bit bytes), unfolded, its raw bytes decoded."""
    data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogateescape")
    text = decode(data[:MAX_HEADER])
    # A line may be broken in the middle of an encoded word or of Chinese text, where no space is meant; the space
    # that folding needs stays, and goes away between encoded words.
    return _FOLD.sub(" ", text).strip()


def header_text(value: str | bytes) -> str:
    """The field as people read it: raw bytes and encoded words decoded."""
    return words(raw_text(value))


def words(text: str) -> str:
    """Decode the encoded words of RFC 2047, those of one charset that stand side by side joined before decoding."""
    if "=?" not in text:
        return text
    out: list[str] = []
    run: list[_Word] = []
    position = 0
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        word = _Word(match[1], match[2].upper(), match[3])
        if run and (between.strip() or codec(word.charset) != codec(run[0].charset)):
            out.append(_joined(run))
            run = []
        if between.strip() or not position:
            out.append(between)
        run.append(word)
        position = match.end()
    if run:
        out.append(_joined(run))
    out.append(text[position:])
    return "".join(out)


def _joined(run: list[_Word]) -> str:
    """One run of words of the same charset. A Base64 text cut at a place that is no multiple of four is glued first."""
    data = bytearray()
    carry = ""
    for word in run:
        if word.encoding == "Q":
            data += loose_base64(carry) + _quoted(word.text)
            carry = ""
            continue
        carry += "".join(word.text.split())
        if carry.endswith("=") or len(carry) % 4 == 0:
            data += loose_base64(carry)
            carry = ""
    return decode(bytes(data + loose_base64(carry)), run[0].charset)


def loose_base64(text: str) -> bytes:
    """What can be read of it: characters outside the alphabet are skipped, padding is made good."""
    clean = re.sub(r"[^A-Za-z0-9+/]", "", text.replace("-", "+"))
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + "=" * (-len(clean) % 4))


def _quoted(text: str) -> bytes:
    data = text.replace("_", " ").encode("utf-8", "surrogatepass")
    return _HEX.sub(lambda match: bytes([int(match[1], 16)]), data)


def parameters(value: str | bytes) -> tuple[str, dict[str, str]]:
    """Content-Type or Content-Disposition: the value in lower case, and its parameters, names in lower case.

    RFC 2231 continuations and charsets come before a plain parameter of the same name; encoded words are decoded
    wherever they stand, also inside continuations, which no standard allows and many mailers send.
    """
    first, *rest = _split(raw_text(value), ";")
    plain: dict[str, str] = {}
    parts: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in rest[:MAX_SEGMENTS]:
        name, found, content = piece.partition("=")
        match = _SEGMENT.match(name.strip().lower())
        if not found or not match:
            continue
        content = _unquote(content.strip())
        if match[2] is None and match[3] is None:
            plain.setdefault(match[1], _plain(content))
        else:
            parts.setdefault(match[1], {}).setdefault(int(match[2] or 0), (content, bool(match[3])))
    extended = {name: _extended([part for _, part in sorted(found.items())]) for name, found in parts.items()}
    return first.strip().lower(), plain | {name: text for name, text in extended.items() if text}


def _plain(content: str) -> str:
    text = words(content)
    if "%" in text and text.isascii():
        data = unquote_to_bytes(text)
        if not data.isascii():
            return decode(data)
    return text


def _extended(parts: list[tuple[str, bool]]) -> str:
    """Segments of RFC 2231, in order: (text, percent-encoded?)."""
    if not any(encoded for _, encoded in parts):
        return _plain("".join(text for text, _ in parts))
    charset = ""
    first, encoded = parts[0]
    if encoded and first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
        parts = [(first, encoded), *parts[1:]]
    data = b"".join(unquote_to_bytes(text) if percent else text.encode("utf-8") for text, percent in parts)
    return words(decode(data, charset))


def _unquote(text: str) -> str:
    whole = len(text) >= 2 and text[0] == text[-1] == '"'
    return re.sub(r'\\(["\\])', r"\1", text[1:-1] if whole else text.strip('"'))


def _split(text: str, at: str) -> list[str]:
    """Cut at a character that stands outside of quotes and angle brackets; an open quote ends with the text."""
    pieces: list[str] = []
    start, quoted, angle, skip = 0, False, False, False
    for position, character in enumerate(text):
        if skip:
            skip = False
        elif character == "\\" and quoted:
            skip = True
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "<>":
            angle = character == "<" and at == ","
        elif character == at and not quoted and not angle:
            pieces.append(text[start:position])
            start = position + 1
    pieces.append(text[start:])
    return pieces


def addresses(value: str | bytes) -> tuple[Address, ...]:
    """The mailboxes of From, To, Cc or Reply-To, also of broken fields; comments and group names are left out."""
    found = (_address(piece) for piece in _split(raw_text(value), ",")[:MAX_ADDRESSES])
    return tuple(address for address in found if address.address or address.name)


def _address(piece: str) -> Address:
    where = _WHERE.findall(piece)
    plain = where[-1] if where else piece
    tries = (plain, _without_comments(plain), piece, words(piece))
    match = next((found for found in map(_ADDRESS.search, tries) if found), None)
    name = piece.rpartition("<")[0] if where else _ADDRESS.sub("", piece)
    name = words(_unquote(name.strip(" ;:()\t"))).strip(" '\"\t")
    return Address(restore(" ".join(name.split())), match[0].strip(".'").lower() if match else "")


def _without_comments(text: str) -> str:
    return re.sub(r"\s*\((?:[^()\\]++|\\.)*\)\s*", "", text)


def ids(value: str | bytes) -> tuple[str, ...]:
    """Message-IDs without their angle brackets, each once, in order; a bare one without brackets counts as well."""
    text = raw_text(value)
    found = _ID.findall(text) or [word for word in text.split() if "@" in word][:1]
    return tuple(dict.fromkeys(found[:MAX_IDS]))


def date(value: str | bytes) -> datetime | None:
    """The Date field, aware; "-0000" and a missing zone are read as UTC. None when it is no date."""
    try:
        when = parsedate_to_datetime(raw_text(value)[:200])
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
