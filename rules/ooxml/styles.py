"""Word's styles with what they inherit: outline level, bold, centring, size and numbering (ECMA-376 17.7)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.sax.saxutils import escape, unescape

from lxml import etree

from rules.ooxml.elements import VAL, W, child_of, is_on, value, whole
from rules.ooxml.package import Broken, parse

_HEADING_NAME = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题", "文章标题", "文档标题", "公文标题"})
_BLACK_FACES = frozenset({"黑体", "SimHei", "方正小标宋简体", "方正小标宋_GBK", "方正黑体简体", "方正黑体_GBK"})
BODY_LEVEL = 9
"""Word's outline level of ordinary text, counted from 0."""
_MAX_CUTS = 60
"""Styles cut out of the text of their part one by one; a document that uses more has the whole part parsed."""
_MAX_PIECE = 200_000
_MAX_HEAD = 20_000
_IDENTITY = b'w:styleId="'
_END = b"</w:style>"
_ID = re.compile(rb'w:styleId="([^"]*)"')
_DEFAULT = re.compile(rb'w:default="(?:1|true|on)"')


@dataclass(frozen=True, slots=True)
class Look:
    """What formatting says of a paragraph or run; None where it says nothing. `level` as in `Paragraph.level`.

    `size` in half-points; `number` is (numId, ilvl), numId "0" taking a number away, either None where not said.
    """

    level: int | None = None
    body: bool = False
    bold: bool | None = None
    centred: bool | None = None
    size: int | None = None
    number: tuple[str | None, int | None] = (None, None)
    hidden: bool | None = None

    def over(self, base: "Look") -> "Look":
        """This look where it says something, else the one it is based on."""
        if self is PLAIN or base is PLAIN:
            return base if self is PLAIN else self
        told = self.level is not None or self.body
        return Look(
            level=self.level if told else base.level,
            body=self.body if told else base.body,
            bold=base.bold if self.bold is None else self.bold,
            centred=base.centred if self.centred is None else self.centred,
            size=base.size if self.size is None else self.size,
            number=(self.number[0] or base.number[0], base.number[1] if self.number[1] is None else self.number[1]),
            hidden=base.hidden if self.hidden is None else self.hidden,
        )


PLAIN = Look()


class Styles:
    """Looks by style id, inheritance followed once and remembered.

    A document uses few of the hundred and more styles that its part has: only those are parsed.
    """

    def __init__(self, data: bytes) -> None:
        self._resolved: dict[str, Look] = {}
        self._runs: dict[tuple[object, ...], Look] = {}
        self._elements: dict[str, etree._Element | None] = {}
        self._data = data
        # As Word and its kin write them, under the prefix w:, a style can be cut out of the text of the part.
        start = data.find(b"<w:styles")
        self._head = data[start : data.find(b">", start) + 1] if start >= 0 and _IDENTITY in data else b""
        self._cuts = 0
        self.default: str | None = None
        if 0 < len(self._head) <= _MAX_HEAD:
            self.default = self._default_of_text()
        else:
            self._parse_all()

    @property
    def may_hide(self) -> bool:
        """Whether some style hides text."""
        return b"vanish" in self._data

    def look(self, name: str | None) -> Look:
        """The look of a style with all that it is based on; PLAIN for an unknown one."""
        wanted = name if name is not None else self.default
        if wanted is None:
            return PLAIN
        if wanted not in self._resolved:
            self._resolved[wanted] = self._resolve(wanted)
        return self._resolved[wanted]

    def run(self, properties: etree._Element | None) -> Look:
        """What a w:rPr says, with its character style: bold (so is 黑体, the type of headings), size, hidden."""
        said = _said_of_run(properties)
        known = self._runs.get(said)
        if known is None:
            bold, size, hidden, name = said
            own = Look(bold=bold, size=size, hidden=hidden)
            known = self._runs[said] = own.over(self.look(name)) if name else own
        return known

    def number_of(self, name: str) -> str | None:
        """The numId that a numbering style points at (w:numStyleLink)."""
        return self.look(name).number[0] if self._element(name) is not None else None

    def _default_of_text(self) -> str | None:
        """The style of paragraphs that name none."""
        at = -1
        for _ in range(_MAX_CUTS):
            at = self._data.find(b"w:default=", at + 1)
            if at < 0:
                break
            start = self._data.rfind(b"<", 0, at)
            tag = self._data[start : self._data.find(b">", at)]
            identity = _ID.search(tag)
            if identity and b'w:type="paragraph"' in tag and _DEFAULT.search(tag):
                return unescape(identity[1].decode("utf-8", "replace"))
        return None

    def _parse_all(self) -> None:
        self._head = b""
        try:
            root = parse(self._data, "styles") if self._data else None
        except Broken:
            return  # a damaged part costs the styles and not the text
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId")
            if name is not None:
                self._elements.setdefault(name, style)
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self.default = name

    def _element(self, name: str) -> etree._Element | None:
        if name not in self._elements and self._head:
            self._cuts += 1
            if self._cuts <= _MAX_CUTS:
                self._elements[name] = self._cut(name)
            else:
                self._parse_all()
        return self._elements.get(name)

    def _cut(self, name: str) -> etree._Element | None:
        identity = self._data.find(_IDENTITY + escape(name).encode("utf-8", "replace") + b'"')
        start = self._data.rfind(b"<", 0, max(identity, 0))
        end = self._data.find(_END, identity, identity + _MAX_PIECE)
        if identity < 0 or end < 0:
            return None
        try:
            return parse(self._head + self._data[start:end] + _END + b"</w:styles>", name)[0]
        except (Broken, IndexError):
            return None

    def _resolve(self, name: str) -> Look:
        """Every style of the chain is remembered, so that no chain is followed twice."""
        chain: dict[str, etree._Element] = {}
        current: str | None = name
        while current is not None and current not in self._resolved and current not in chain:
            element = self._element(current)
            if element is None:
                break
            chain[current] = element
            current = value(element, "basedOn")
        look = self._resolved.get(current or "", PLAIN)
        for passed, element in reversed(chain.items()):
            look = self._resolved[passed] = _own_look(element).over(look)
        return look


def paragraph_look(properties: etree._Element | None) -> Look:
    """What w:pPr itself says: outline level, alignment, numbering."""
    outline: int | None = None
    centred: bool | None = None
    number: tuple[str | None, int | None] = (None, None)
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _ALIGNMENT:
            centred = child.get(VAL) == "center"
        elif tag == _NUMBER:
            number = value(child, "numId"), whole(value(child, "ilvl"))
        elif tag == _OUTLINE:
            outline = whole(child.get(VAL))
    if outline is None and centred is None and number == (None, None):
        return PLAIN
    return Look(
        level=outline + 1 if outline is not None and 0 <= outline < BODY_LEVEL else None,
        body=outline is not None and outline >= BODY_LEVEL,
        centred=centred,
        number=number,
    )


def _said_of_run(properties: etree._Element | None) -> tuple[bool | None, int | None, bool | None, str | None]:
    """(bold, size, hidden, character style) of a w:rPr."""
    bold: bool | None = None
    size: int | None = None
    black, hidden, style = False, None, None
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _BOLD:
            bold = is_on(child)
        elif tag == _SIZE:
            size = whole(child.get(VAL))
        elif tag == _FONTS:
            black = child.get(_EAST_ASIA) in _BLACK_FACES
        elif tag == _HIDDEN:
            hidden = is_on(child)
        elif tag == _RUN_STYLE:
            style = child.get(VAL)
    return True if black else bold, size, hidden, style


_ALIGNMENT, _NUMBER, _OUTLINE = f"{W}jc", f"{W}numPr", f"{W}outlineLvl"
_BOLD, _SIZE, _FONTS, _HIDDEN, _EAST_ASIA, _RUN_STYLE = (
    f"{W}b",
    f"{W}sz",
    f"{W}rFonts",
    f"{W}vanish",
    f"{W}eastAsia",
    f"{W}rStyle",
)


def _own_look(style: etree._Element) -> Look:
    bold, size, hidden, _ = _said_of_run(child_of(style, f"{W}rPr"))
    look = Look(bold=bold, size=size, hidden=hidden).over(paragraph_look(child_of(style, f"{W}pPr")))
    if look.level is None and not look.body and style.get(f"{W}type") == "paragraph":
        look = replace(look, level=_level_of_name(value(style, "name") or ""))
    return look


@lru_cache(maxsize=512)
def _level_of_name(name: str) -> int | None:
    if name.strip().lower() in _TITLE_NAMES:
        return 0
    match = _HEADING_NAME.match(name.strip())
    return int(match[1]) if match else None
