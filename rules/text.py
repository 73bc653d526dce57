"""Words as people type them, brought to one form before anything is compared."""

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"[\s\u3000]+")


def visible(text: str) -> str:
    """Without control, zero-width and bidirectional characters; line breaks and tabs stay."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """NFKC (full width to half width), visible, runs of white space to one space, stripped: for comparing."""
    return _SPACES.sub(" ", visible(unicodedata.normalize("NFKC", text))).strip()


def squeeze(text: str) -> str:
    """`fold` without any space at all: Chinese text is compared like this."""
    return fold(text).replace(" ", "")


def clip(text: str, length: int = 40) -> str:
    """At most `length` characters of one line, with … where something was cut: for quoting a passage."""
    line = _SPACES.sub(" ", visible(text)).strip()
    return line if len(line) <= length else line[: length - 1] + "…"
