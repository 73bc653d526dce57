"""The sections of a document: paper, margins, grid, and whether its pages are numbered (ECMA-376 part 1, 17.6)."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from rules.layout.values import length
from rules.model.layout import Sheet
from rules.ooxml.elements import LINK, W, child_of

MILLIMETRE = 72 / 25.4
_REFERENCES = (f"{W}footerReference", f"{W}headerReference")
_PAGE = re.compile(r"\s*PAGE\b", re.IGNORECASE)
_DASH = "[-\u2010-\u2015\u2212\u2500\u4e00\ufe58\uff0d~]"
_BETWEEN_DASHES = re.compile(rf"{_DASH}\s*\0\s*{_DASH}")
_NUMBER = "\0"

Numbers = Mapping[str, tuple[bool, bool]]
"""Of each header and footer, by the id of its relationship: whether it prints the page's number, and between dashes."""


def sheet_of(section: etree._Element, numbers: Numbers, before: Sheet | None) -> Sheet:
    """The section of a w:sectPr. One without footers of its own has those of the section before it."""
    own = [reference for reference in section if reference.tag in _REFERENCES]
    shown = [numbers.get(reference.get(f"{LINK}id", ""), (False, False)) for reference in own]
    paged, dashes = any(one for one, _ in shown), any(both for _, both in shown)
    if not paged and before is not None and not any(one.tag == _REFERENCES[0] for one in own):
        paged, dashes = before.paged, before.dashes
    form = child_of(section, f"{W}pgNumType")
    in_dashes = form is not None and form.get(f"{W}fmt") == "numberInDash"
    grid, characters = _grid(child_of(section, f"{W}docGrid"))
    return Sheet(
        paper=_paper(child_of(section, f"{W}pgSz")),
        margins=_margins(child_of(section, f"{W}pgMar")),
        grid=grid,
        characters=characters,
        paged=paged,
        dashes=paged and (dashes or in_dashes),
    )


def number_in(part: etree._Element | None) -> tuple[bool, bool]:
    """Whether a header or footer prints the page's number, also from a text box, and between dashes."""
    line = "".join(_signs(part)) if part is not None else ""
    return _NUMBER in line, _BETWEEN_DASHES.search(line) is not None


def _signs(part: etree._Element) -> Iterator[str]:
    """The text of a header or footer with NUL for each field that is the page's number; results of fields left out."""
    code, inside, told = "", 0, False
    for element in part.iter():
        tag = element.tag
        if tag == f"{W}p":
            yield "\n"
        elif tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            inside += {"begin": 1, "end": -1}.get(kind or "", 0)
            if kind == "begin":
                code, told = "", False
            elif not told and _PAGE.match(code):
                told = True
                yield _NUMBER
        elif tag == f"{W}instrText":
            code += element.text or ""
        elif tag == f"{W}pgNum" or (tag == f"{W}fldSimple" and _PAGE.match(element.get(f"{W}instr", ""))):
            yield _NUMBER
        elif tag == f"{W}t" and inside <= 0 and not _in_simple_field(element):
            yield element.text or ""


def _in_simple_field(text: etree._Element) -> bool:
    return next(text.iterancestors(f"{W}fldSimple"), None) is not None


def _paper(size: etree._Element | None) -> tuple[float, float] | None:
    if size is None:
        return None
    width, height = (_millimetres(size, side) for side in ("w", "h"))
    return (width, height) if width and height else None


def _margins(margins: etree._Element | None) -> tuple[float, float, float, float] | None:
    """A gutter is added to the left; a margin below zero stands for one that headers do not move."""
    if margins is None:
        return None
    top, bottom, left, right = (_millimetres(margins, side) for side in ("top", "bottom", "left", "right"))
    if top is None or bottom is None or left is None or right is None:
        return None
    return abs(top), abs(bottom), left + (_millimetres(margins, "gutter") or 0.0), right


def _millimetres(element: etree._Element, name: str) -> float | None:
    points = length(element.get(f"{W}{name}"))
    return None if points is None else round(points / MILLIMETRE, 2)


def _grid(grid: etree._Element | None) -> tuple[float | None, float]:
    """(pitch of lines, what is added to each character), both in points. A grid without a type holds nothing."""
    if grid is None or grid.get(f"{W}type", "default") == "default":
        return None, 0.0
    characters = length(grid.get(f"{W}charSpace"), 1 / 4096) or 0.0
    return length(grid.get(f"{W}linePitch")) or None, 0.0 if grid.get(f"{W}type") == "lines" else characters
