"""BODYSTRUCTURE (RFC 3501, 7.4.2) as the server sent it, in nested tuples: the names of the files in a mail."""

from collections.abc import Iterator

from mailbot.mime.headers import parameters
from mailbot.mime.parts import clean_name

MAX_PARTS = 500
MAX_DEPTH = 30
_TEXT = ("text/plain", "text/html")


def file_names(structure: object) -> tuple[str, ...]:
    """The names that parts carry, decoded (RFC 2047, RFC 2231, raw GBK), in order, each once. Never raises."""
    names = (_name(part) for part in _parts(structure))
    return tuple(dict.fromkeys(name for name in names if name))


def has_attachment(structure: object) -> bool:
    """Whether anything but text is in it: a named part, or one of another type (mailers forget names and 附件)."""
    return any(_name(part) or _type(part) not in _TEXT for part in _parts(structure))


def _parts(structure: object, depth: int = 0) -> Iterator[tuple[object, ...]]:
    """The leaves: tuples that begin with type and subtype. An attached mail is a leaf, and so is what is inside it."""
    if not isinstance(structure, tuple) or not structure or depth > MAX_DEPTH:
        return
    first = structure[0]
    # imapclient puts the parts of a multipart in a list; a structure that it did not touch has bare tuples.
    inner = first if isinstance(first, list) else [part for part in structure if isinstance(part, tuple)]
    if isinstance(first, list | tuple):
        for part in inner[:MAX_PARTS]:
            yield from _parts(part, depth + 1)
        return
    yield structure
    if _type(structure) == "message/rfc822" and len(structure) > 8:
        yield from _parts(structure[8], depth + 1)


def _type(part: tuple[object, ...]) -> str:
    return b"/".join(_bytes(word) for word in part[:2]).decode("ascii", "replace").lower()


def _name(part: tuple[object, ...]) -> str:
    """Name of the disposition before that of the type, as RFC 2183 has it."""
    disposition = next((words for extra in part[3:] if (words := _disposition(extra)) is not None), [])
    for name, pairs in (("filename", disposition), ("name", _pairs(part[2] if len(part) > 2 else None))):
        field = b"; ".join([b"x/x", *(key + b"=" + _quoted(value) for key, value in pairs)])
        if found := clean_name(parameters(field)[1].get(name, "")):
            return found
    return ""


def _disposition(extra: object) -> list[tuple[bytes, bytes]] | None:
    """("attachment" ("filename" "…")): a word and parameters. No other extension of a part looks like it."""
    if isinstance(extra, tuple) and len(extra) == 2 and isinstance(extra[0], bytes) and isinstance(extra[1], tuple):
        return _pairs(extra[1])
    return None


def _pairs(words: object) -> list[tuple[bytes, bytes]]:
    if not isinstance(words, tuple):
        return []
    return [(_bytes(name), _bytes(value)) for name, value in zip(words[::2], words[1::2], strict=False)]


def _bytes(word: object) -> bytes:
    return word if isinstance(word, bytes) else str(word).encode() if isinstance(word, int) else b""


def _quoted(value: bytes) -> bytes:
    return b'"' + value.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
