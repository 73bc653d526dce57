"""HTML to the text that a reader sees. Nothing is fetched, nothing is run."""

import re

from lxml import etree

MAX_HTML = 2_000_000
"""Characters of one HTML part that are read."""
MAX_LINKS = 200
MAX_LINK = 2_000

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg", "select", "textarea"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "tbody", "thead", "tfoot", "tr", "ul"}
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
# How programs mark what they quote: Apple and Thunderbird, Gmail, NetEase, Yahoo.
_QUOTE = re.compile(r"gmail_quote|isReplyContent|yahoo_quoted|cite", re.IGNORECASE)


def html_text(html: str) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """The visible text, the web addresses that it links to, and the Content-IDs of the pictures that it shows.

    Quoted blocks get "> " before each line, as in plain mail.
    """
    root = _tree(html[:MAX_HTML])
    if root is None:
        return "", (), frozenset()
    reader = _Reader()
    reader.read(root)
    pictures = (str(element.get("src", "")).strip() for element in root.iter("img"))
    shown = frozenset(source[4:].strip("<>") for source in pictures if source.lower().startswith("cid:"))
    return reader.text(), _links(root), shown


def _tree(html: str) -> etree._Element | None:
    """None for nothing readable. libxml2 itself stops at 256 levels."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    data = _DECLARATION.sub("", html).replace("\x00", "").encode("utf-8", "replace")
    try:
        return etree.fromstring(data, parser) if data.strip() else None
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _links(root: etree._Element) -> tuple[str, ...]:
    found = (str(element.get("href", "")).strip() for element in root.iter("a", "area"))
    real = (link for link in found if link.lower().startswith(("http://", "https://")) and len(link) <= MAX_LINK)
    return tuple(dict.fromkeys(real))[:MAX_LINKS]


def _unseen(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _quoted(element: etree._Element) -> bool:
    if element.tag not in ("blockquote", "div"):
        return False
    marks = (element.get("class", ""), element.get("id", ""), element.get("type", ""))
    return any(_QUOTE.search(str(mark)) for mark in marks if mark)


class _Reader:
    """Collects lines while it walks; a walk of its own, because recursion is what hostile HTML hopes for."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0

    def read(self, root: etree._Element) -> None:
        """Document order: an element's text, its children, then the text behind it."""
        stack: list[tuple[etree._Element, bool]] = [(root, False)]
        while stack:
            element, left = stack.pop()
            if left:
                self._leave(element)
                self._say(element.tail)
            elif _unseen(element):
                self._say(element.tail)
            else:
                self._enter(element)
                self._say(element.text)
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))

    def _enter(self, element: etree._Element) -> None:
        if element.tag == "br" or element.tag in _BLOCKS:
            self._break()
        elif element.tag in _CELLS:
            self._line.append(" ")
        if _quoted(element):
            self._depth += 1

    def _leave(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._break()
        if element.tag == "p":
            self._lines.append("")
        if _quoted(element):
            self._depth -= 1

    def _say(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def _break(self) -> None:
        line = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line = []
        if line:
            self._lines.append("> " * min(self._depth, 3) + line)

    def text(self) -> str:
        self._break()
        return _BLANK_LINES.sub("\n\n", "\n".join(self._lines)).strip()
