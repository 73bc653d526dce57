"""E-mail addresses as people type them: one form, or None when it cannot be one."""

import re
import unicodedata

_ADDRESS = re.compile(
    r"(?P<local>[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@"
    r"(?P<domain>localhost|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63})"
)
_SPACE = re.compile(r"[\s\u200b-\u200f\ufeff]+")


def plain_address(text: str) -> str | None:
    """The addr-spec in lower case (RFC 5321 lengths), full-width characters and stray spaces mended; else None."""
    folded = _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower().removeprefix("mailto:").strip("<>")
    found = _ADDRESS.fullmatch(folded)
    if found is None or len(folded) > 254 or len(found["local"]) > 64:
        return None
    return folded
