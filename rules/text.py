"""Words as people type them, brought to one form before anything is compared."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"[\s\u3000]+")
_WIDE = (
    ("，", ","),
    ("：", ":"),
    ("；", ";"),
    ("（", "("),
    ("）", ")"),
    ("％", "%"),
    ("！", "!"),
    ("？", "?"),
    ("…", "..."),
)
"""What NFKC changes in nearly every text: replaced first, it finds nothing more to do and takes a tenth of its time."""
_REMEMBERED = 2000
"""Characters: the rules ask for the same paragraphs again and again; longer text is not kept."""


def visible(text: str) -> str:
    """Without control, zero-width and bidirectional characters; line breaks and tabs stay."""
    # What is printable (no control or format character, no space but the plain one) has nothing to take out.
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """NFKC (full width to half width), visible, runs of white space to one space, stripped: for comparing."""
    return _folded(text) if len(text) <= _REMEMBERED else _fold(text)


def squeeze(text: str) -> str:
    """`fold` without any space at all: Chinese text is compared like this."""
    return fold(text).replace(" ", "")


def clip(text: str, length: int = 40) -> str:
    """At most `length` characters of one line, with … where something was cut: for quoting a passage."""
    line = _one_line(visible(text))
    return line if len(line) <= length else line[: length - 1] + "…"


def _fold(text: str) -> str:
    if not text.isascii():
        for wide, narrow in _WIDE:
            if wide in text:
                text = text.replace(wide, narrow)
        text = unicodedata.normalize("NFKC", text)
    return _one_line(visible(text))


_folded = lru_cache(maxsize=512)(_fold)


def _one_line(text: str) -> str:
    if not text.isprintable() or "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip()
