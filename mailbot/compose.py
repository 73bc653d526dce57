"""A letter to the bytes that go out: words from the templates, plain text and HTML, threading, enclosures."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.policy import compat32
from email.utils import format_datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from css_inline import CSSInliner
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rules.letter.words import line
from rules.model import Department, Enclosure, Letter

TEMPLATES = Path(__file__).parent / "letters"
REFERENCES_KEPT = 10
NAME_LENGTH = 75  # characters: 12 octets each in RFC 2231 at worst, on one line of at most 998

_ZONE = ZoneInfo("Asia/Shanghai")
_WIRE = compat32.clone(linesep="\r\n", max_line_length=None)  # headers are folded here, by hand
_KEPT = "\n\t"
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
_LINE_BREAK = re.compile(r"\s*\n\s*| {2,}")
_BLANK_LINES = re.compile(r"\n{3,}")
_MESSAGE_ID = re.compile(r"[!-;=?-~]{1,250}")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")


def message_id_for(key: str, secret: bytes, domain: str) -> str:
    """The Message-ID of the letter with that key, without angle brackets: the same every time, and unguessable.

    HMAC-SHA256, so that a reply which names it proves that its writer has seen the letter. ValueError without a secret.
    """
    if not secret:
        raise ValueError("a Message-ID needs a secret")
    digest = hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()
    return f"{digest[:40]}@{domain}"


def compose(letter: Letter, department: Department, message_id: str, date: datetime) -> bytes:
    """The message, ready for SMTP: CRLF, 7 bit, no line over 998 octets (RFC 5321 4.5.3.1.6). `date` is aware.

    The same arguments give the same bytes. ValueError for an address or Message-ID that cannot stand in a header.
    """
    if date.tzinfo is None:
        raise ValueError("the date of a letter needs a zone")
    body = _alternatives(letter, department, message_id)
    message = _with_enclosures(body, letter.enclosures, message_id) if letter.enclosures else body
    for name, value in _headers(letter, department, message_id, date):
        message[name] = value.encode()
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=_WIRE).flatten(message)
    return out.getvalue()


def text_of(letter: Letter, department: Department) -> str:
    """The plain text of a letter: what `remind --preview` shows, and samples in an announcement."""
    filled = _fill(letter, department, html=False)
    lines = "\n".join(part.rstrip() for part in filled.strip().splitlines())
    return _BLANK_LINES.sub("\n\n", lines) + "\n"


def html_of(letter: Letter, department: Department) -> str:
    """The HTML of a letter, styles inlined: mail clients drop style sheets."""
    inliner = CSSInliner(load_remote_stylesheets=False)
    return inliner.inline(_fill(letter, department, html=True))


@cache
def environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    """The templates. Values are never template code; in HTML every value is escaped; nothing undefined passes."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=html,
        undefined=StrictUndefined,
        finalize=_plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.clear()
    made.filters["joined"] = _joined
    return made


def _fill(letter: Letter, department: Department, *, html: bool) -> str:
    return (
        environment(html=html)
        .get_template("base.html.j2" if html else "base.txt.j2")
        .render(
            facts=letter.facts,
            department=department,
            body=f"{letter.kind}.j2",
            subject=letter.subject,
            text_of=partial(text_of, department=department),
        )
    )


def _plain(value: object) -> object:
    """Words of others without characters that cannot be seen: they could turn a line around or hide a part of it."""
    if hasattr(value, "__html__") or not isinstance(value, str):  # escaped already, or no words
        return value
    return "".join(char for char in value if char in _KEPT or unicodedata.category(char) not in _HIDDEN)


def _joined(value: str) -> str:
    """Lines of a template as one: Chinese needs no space where a line was broken or indented."""
    return type(value)(_LINE_BREAK.sub("", value).strip())


def _alternatives(letter: Letter, department: Department, message_id: str) -> MIMEMultipart:
    both = MIMEMultipart("alternative", _boundary("alternative", message_id))
    both.attach(_words(text_of(letter, department), "plain"))
    both.attach(_words(html_of(letter, department), "html"))
    return both


def _words(words: str, subtype: str) -> Message:
    """Text in base64 (half the size of quoted-printable for Chinese), its lines ending in CRLF (RFC 2046 4.1.1)."""
    return _part(f'text/{subtype};\n charset="utf-8"', words.replace("\n", "\r\n").encode())


def _with_enclosures(body: MIMEMultipart, enclosures: Iterable[Enclosure], message_id: str) -> MIMEMultipart:
    mixed = MIMEMultipart("mixed", _boundary("mixed", message_id))
    mixed.attach(body)
    for enclosure in enclosures:
        mixed.attach(_enclosed(enclosure))
    return mixed


def _enclosed(enclosure: Enclosure) -> Message:
    """The name as RFC 2231 wants it, and in the RFC 2047 form, without which QQ shows tcmime.1.bin."""
    name = line(enclosure.name, NAME_LENGTH)
    kind = enclosure.content_type if _TYPE.fullmatch(enclosure.content_type) else "application/octet-stream"
    word = Header(name, "utf-8", maxlinelen=10_000).encode()
    part = _part(f'{kind};\n name="{word}"', enclosure.content)
    part["Content-Disposition"] = f"attachment;\n filename=\"{word}\";\n filename*=utf-8''{quote(name, safe='')}"
    return part


def _part(content_type: str, content: bytes) -> Message:
    part = Message()
    part["Content-Type"] = content_type
    part.set_payload(content)
    encode_base64(part)
    return part


def _headers(letter: Letter, department: Department, message_id: str, date: datetime) -> Iterable[tuple[str, Header]]:
    """Every header as a `Header`, which refuses a line break in a value."""
    us = _address(department.address)
    yield "From", _named_address(department.name, us)
    yield "To", Header(", ".join(map(_address, letter.to)), header_name="To")
    yield "Reply-To", Header(us, header_name="Reply-To")
    yield "Subject", Header(line(letter.subject, 150), "utf-8", header_name="Subject")
    yield "Date", Header(format_datetime(date.astimezone(_ZONE)))
    yield "Message-ID", Header(_bracketed(message_id))
    if letter.answers and _MESSAGE_ID.fullmatch(letter.answers):
        yield "In-Reply-To", Header(_bracketed(letter.answers), header_name="In-Reply-To")
        yield "References", Header(" ".join(_references(letter)), header_name="References")
    yield "Auto-Submitted", Header(letter.automatic if letter.automatic == "auto-replied" else "auto-generated")
    yield "X-Auto-Response-Suppress", Header("All")
    yield "Content-Language", Header("zh-CN")


def _references(letter: Letter) -> list[str]:
    """RFC 5322 3.6.4: the thread and the mail itself; of a long thread the first and the latest."""
    known = [identity for identity in letter.thread if _MESSAGE_ID.fullmatch(identity)]
    thread = list(dict.fromkeys([*known, letter.answers]))
    if len(thread) > REFERENCES_KEPT:
        thread = [thread[0], *thread[1 - REFERENCES_KEPT :]]
    return [_bracketed(identity) for identity in thread]


def _named_address(name: str, address: str) -> Header:
    shown = Header(line(name), "utf-8", header_name="From")
    shown.append(f"<{address}>", "us-ascii")
    return shown


def _bracketed(identity: str) -> str:
    if not _MESSAGE_ID.fullmatch(identity):
        raise ValueError(f"no Message-ID: {identity[:80]!r}")
    return f"<{identity}>"


def _address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"no mail address: {address[:80]!r}")
    return address


def _boundary(what: str, message_id: str) -> str:
    """Made from the Message-ID, so that a letter composed again is the same; "=_" cannot stand in base64."""
    return f"=_{hashlib.sha256(f'{what} {message_id}'.encode()).hexdigest()[:32]}"
