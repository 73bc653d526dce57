"""Text that a Word document only points to (w:altChunk): web systems export whole reports like that."""

import email
import email.policy
from collections.abc import Iterator

from lxml import etree

_NO_TEXT = frozenset({"head", "script", "style", "title", "template"})
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "body", "html"}
)


def lines_of(name: str, data: bytes) -> Iterator[str]:
    """The lines of a plain text, web page or web archive (.mht); nothing for other formats. Never raises."""
    suffix = name.rpartition(".")[2].lower()
    if suffix == "txt":
        text = data.decode("utf-8", "replace")
    elif suffix in ("htm", "html", "xhtml", "mht", "mhtml"):
        text = _page(_from_archive(data) if suffix.startswith("mht") else data)
    else:
        return
    yield from (line.strip() for line in text.splitlines() if line.strip())


def _from_archive(data: bytes) -> bytes:
    """The web page in a MIME message (RFC 2557)."""
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return b""


def _page(data: bytes) -> str:
    """The text of a web page, a line for each block."""
    encoding = "gb18030" if b"charset=gb" in data[:2048].lower() else "utf-8"
    parser = etree.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.LxmlError:
        return ""
    return "".join(_pieces(root)) if root is not None else ""


def _pieces(root: etree._Element) -> Iterator[str]:
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        block = element.tag in _BLOCKS
        if event == "start":
            if element.tag in _NO_TEXT:
                walker.skip_subtree()
            else:
                yield ("\n" if block else "") + " ".join((element.text or "").split())
        else:
            yield ("\n" if block else "") + " ".join((element.tail or "").split())
