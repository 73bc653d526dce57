"""Plain text out of bytes of any encoding that Chinese machines write, or that it is no text at all."""

import codecs
import unicodedata

_HEAD = 65_536
"""Bytes that are looked at to tell whether it is text; enough for any decision, too little for a burden."""
_LEAST_USUAL = 0.6
"""Share of the characters beyond ASCII that must be usual ones: noise has 0.3, prose 0.98, a list of names 0.9."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Without a mark, in this order: UTF-8 excludes the others by its form, GB 18030 and Big5 are told by what they give.
_UNMARKED = ("utf-8", "gb18030", "big5hkscs")
_LINE_SIGNS = "\t\n\r\f\v\x1a\x1b"
_STRANGE = frozenset({"Cc", "Cn", "Co", "Cs"})


def encoding_of(content: bytes) -> str | None:
    """The name of the encoding (Python's), None for what is no text. A character cut off at the end is forgiven."""
    head = content[:_HEAD]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name if _decodes(head, name) else None
    return next((name for name in _candidates(head) if _decodes(head, name)), None)


def text_of(content: bytes) -> str | None:
    """All of it, with U+FFFD for what breaks off or is damaged further on; None for what is no text."""
    name = encoding_of(content)
    return content.decode(name, "replace") if name is not None else None


def _candidates(head: bytes) -> tuple[str, ...]:
    """Zero bytes are halves of ASCII letters and line ends in UTF-16: they stand second in LE, first in BE."""
    if b"\0" not in head:
        return _UNMARKED
    return ("utf-16-le",) if head[1::2].count(0) >= head[::2].count(0) else ("utf-16-be",)


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except (UnicodeDecodeError, ValueError):
        return False
    # UTF-8 is told by its form alone; a private or unassigned character in it is still a writer's.
    return _is_plausible(text) if not encoding.startswith("utf-8") else not _has_controls(text)


def _has_controls(text: str) -> bool:
    return any(letter < " " and letter not in _LINE_SIGNS for letter in text)


def _is_plausible(text: str) -> bool:
    """Whether somebody wrote it: no control characters, and mostly characters in everyday use."""
    if _has_controls(text):
        return False
    beyond = [letter for letter in text if letter > "\x7f"]
    if not beyond:
        return True
    strange = sum(unicodedata.category(letter) in _STRANGE for letter in beyond)
    usual = max(_encodable(beyond, "gb2312"), _encodable(beyond, "big5"))
    return strange <= len(beyond) * 0.02 and usual >= len(beyond) * _LEAST_USUAL


def _encodable(letters: list[str], encoding: str) -> int:
    return sum(1 for letter in "".join(letters).encode(encoding, "replace").decode(encoding) if letter != "?")
