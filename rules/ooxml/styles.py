"""Word's styles with what they inherit: outline level, bold, centring, size and numbering (ECMA-376 17.7)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from rules.ooxml.package import WORD

W = f"{{{WORD}}}"
_VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING_NAME = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题", "文章标题", "文档标题", "公文标题"})
_BLACK_FACES = frozenset({"黑体", "SimHei", "方正小标宋简体", "方正小标宋_GBK", "方正黑体简体", "方正黑体_GBK"})
BODY_LEVEL = 9
"""Word's outline level of ordinary text, counted from 0."""
_MAX_CHAIN = 20


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

    def over(self, base: "Look") -> "Look":
        """This look where it says something, else the one it is based on."""
        told = self.level is not None or self.body
        return Look(
            level=self.level if told else base.level,
            body=self.body if told else base.body,
            bold=base.bold if self.bold is None else self.bold,
            centred=base.centred if self.centred is None else self.centred,
            size=base.size if self.size is None else self.size,
            number=(self.number[0] or base.number[0], base.number[1] if self.number[1] is None else self.number[1]),
        )


PLAIN = Look()


class Styles:
    """Looks by style id, inheritance followed once and remembered."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Look] = {}
        self.default: str | None = None
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId")
            if name is not None:
                self._elements.setdefault(name, style)
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self.default = name

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
        return self.look(name).number[0] if name in self._elements else None

    def _resolve(self, name: str) -> Look:
        look, seen, current = PLAIN, 0, self._elements.get(name)
        while current is not None and seen < _MAX_CHAIN:
            look = look.over(_own_look(current))
            seen += 1
            based_on = value(current, "basedOn")
            current = self._elements.get(based_on) if based_on else None
        return look


def paragraph_look(properties: etree._Element | None) -> Look:
    """What w:pPr itself says: outline level, alignment, numbering."""
    if properties is None:
        return PLAIN
    outline = _whole(value(properties, "outlineLvl"))
    alignment = value(properties, "jc")
    return Look(
        level=outline + 1 if outline is not None and 0 <= outline < BODY_LEVEL else None,
        body=outline is not None and outline >= BODY_LEVEL,
        centred=None if alignment is None else alignment == "center",
        number=_number(properties.find(f"{W}numPr")),
    )


def run_look(properties: etree._Element | None) -> Look:
    """What w:rPr itself says: bold (黑体 counts, it is how GB/T 9704 sets headings) and size."""
    if properties is None:
        return PLAIN
    return Look(bold=_is_bold(properties), size=_whole(value(properties, "sz")))


def value(parent: etree._Element, name: str) -> str | None:
    """The w:val of a child element, None when there is no such child."""
    child = parent.find(f"{W}{name}")
    return child.get(_VAL) if child is not None else None


def is_on(parent: etree._Element, name: str) -> bool | None:
    """A switch such as w:b: True when present without a value, None when absent."""
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(_VAL, "1") not in _OFF


def _own_look(style: etree._Element) -> Look:
    look = run_look(style.find(f"{W}rPr")).over(paragraph_look(style.find(f"{W}pPr")))
    if look.level is None and not look.body and style.get(f"{W}type") == "paragraph":
        look = replace(look, level=_level_of_name(value(style, "name") or ""))
    return look


@lru_cache(maxsize=512)
def _level_of_name(name: str) -> int | None:
    if name.strip().lower() in _TITLE_NAMES:
        return 0
    match = _HEADING_NAME.match(name.strip())
    return int(match[1]) if match else None


def _is_bold(properties: etree._Element) -> bool | None:
    bold = is_on(properties, "b")
    if bold:
        return True
    fonts = properties.find(f"{W}rFonts")
    face = fonts.get(f"{W}eastAsia") if fonts is not None else None
    return True if face in _BLACK_FACES else bold


def _number(properties: etree._Element | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    return value(properties, "numId"), _whole(value(properties, "ilvl"))


def _whole(written: str | None) -> int | None:
    """A small whole number, None for anything else that a file may hold there."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else None
