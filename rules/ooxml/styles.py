"""Word's styles with what they inherit: outline level, bold, centring, size and numbering (ECMA-376 17.7)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from rules.ooxml.elements import VAL, W, child_of, is_on, value, whole
from rules.ooxml.package import Broken, parse

_HEADING_NAME = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题", "文章标题", "文档标题", "公文标题"})
_BLACK_FACES = frozenset({"黑体", "SimHei", "方正小标宋简体", "方正小标宋_GBK", "方正黑体简体", "方正黑体_GBK"})
BODY_LEVEL = 9
"""Word's outline level of ordinary text, counted from 0."""
_MAX_CHAIN = 20
_STYLE = b"<w:style "
_ID = re.compile(rb'[^>]*?\bw:styleId="([^"]*)"')
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
        self._elements: dict[str, etree._Element] = {}
        self._pieces: dict[str, bytes] = {}
        self._head = b""
        self.default: str | None = None
        self.may_hide = b"vanish" in data
        head, *pieces = data.split(_STYLE)
        if pieces:
            self._cut(head, pieces)
        elif data:
            self._parse_all(data)

    def look(self, name: str | None) -> Look:
        """The look of a style with all that it is based on; PLAIN for an unknown one."""
        wanted = name if name is not None else self.default
        if wanted is None:
            return PLAIN
        if wanted not in self._resolved:
            self._resolved[wanted] = self._resolve(wanted)
        return self._resolved[wanted]

    def number_of(self, name: str) -> str | None:
        """The numId that a numbering style points at (w:numStyleLink)."""
        return self.look(name).number[0] if self._element(name) is not None else None

    def _cut(self, head: bytes, pieces: list[bytes]) -> None:
        """The styles as Word and its kin write them, under the prefix w: their text, not yet parsed."""
        self._head = head[head.find(b"<w:styles") :].partition(b">")[0] + b">"
        for piece in pieces:
            identity = _ID.match(piece)
            if identity is None:
                continue
            name = identity[1].decode("utf-8", "replace")
            self._pieces.setdefault(name, piece)
            start = piece.partition(b">")[0]
            if b"w:default" in start and b'w:type="paragraph"' in start and _DEFAULT.search(start):
                self.default = name

    def _parse_all(self, data: bytes) -> None:
        try:
            root = parse(data, "styles")
        except Broken:
            return
        for style in root.iterchildren(f"{W}style"):
            name = style.get(f"{W}styleId")
            if name is not None:
                self._elements.setdefault(name, style)
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self.default = name

    def _element(self, name: str) -> etree._Element | None:
        piece = self._pieces.pop(name, None)
        if piece is not None:
            body, end, _ = piece.partition(b"</w:style>")
            try:
                whole_part = parse(self._head + _STYLE + body + end + b"</w:styles>", name)
                self._elements[name] = whole_part[0]
            except (Broken, IndexError):
                return None  # a damaged style costs the style and not the text
        return self._elements.get(name)

    def _resolve(self, name: str) -> Look:
        look, seen, current = PLAIN, 0, self._element(name)
        while current is not None and seen < _MAX_CHAIN:
            look = look.over(_own_look(current))
            seen += 1
            based_on = value(current, "basedOn")
            current = self._element(based_on) if based_on else None
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


def run_look(properties: etree._Element | None) -> Look:
    """What w:rPr itself says: bold (黑体 counts, it is how GB/T 9704 sets headings), size, hidden."""
    bold: bool | None = None
    size: int | None = None
    black, hidden = False, None
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
    bold = True if black else bold
    if bold is None and size is None and hidden is None:
        return PLAIN
    return Look(bold=bold, size=size, hidden=hidden)


_ALIGNMENT, _NUMBER, _OUTLINE = f"{W}jc", f"{W}numPr", f"{W}outlineLvl"
_BOLD, _SIZE, _FONTS, _HIDDEN, _EAST_ASIA = f"{W}b", f"{W}sz", f"{W}rFonts", f"{W}vanish", f"{W}eastAsia"


def _own_look(style: etree._Element) -> Look:
    look = run_look(child_of(style, f"{W}rPr")).over(paragraph_look(child_of(style, f"{W}pPr")))
    if look.level is None and not look.body and style.get(f"{W}type") == "paragraph":
        look = replace(look, level=_level_of_name(value(style, "name") or ""))
    return look


@lru_cache(maxsize=512)
def _level_of_name(name: str) -> int | None:
    if name.strip().lower() in _TITLE_NAMES:
        return 0
    match = _HEADING_NAME.match(name.strip())
    return int(match[1]) if match else None
