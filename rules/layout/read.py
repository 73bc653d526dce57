"""Reads the layout that a .docx declares: what stands in it, not what a program makes of it on the page."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml import etree

from rules.layout.sheets import number_in, sheet_of
from rules.layout.styles import Looks, setting_of
from rules.layout.theme import theme_fonts
from rules.model.documents import Document, Unreadable
from rules.model.layout import LaidParagraph, PageLayout, Sheet, Stretch
from rules.ooxml.elements import W, child_of, word
from rules.ooxml.package import Broken, Links, Package, open_package, parse
from rules.word import read_document

MAX_BYTES = 4 * 1024 * 1024
"""Of the main part. A formal document of ten pages has about two hundred thousand; a larger one is a book."""
MAX_PARAGRAPHS = 4000
_MAX_DEPTH = 40
_MAX_FOOTERS = 24

_HOLDS_PARAGRAPHS = word("sdt sdtContent customXml ins moveTo")
_HOLDS_RUNS = word("hyperlink ins moveTo smartTag customXml sdt sdtContent fldSimple dir bdo")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_with_layout(name: str, content: bytes) -> Document | Unreadable:
    """As `read_document`, and the layout of a .docx with it: for campaigns that have a layout profile."""
    document = read_document(name, content)
    if isinstance(document, Unreadable) or document.kind != "docx":
        return document
    return replace(document, layout=read_layout(content))


def read_layout(content: bytes) -> PageLayout | None:
    """The layout of a Word document; None for what is none, for a damaged one, and beyond the limits. Never raises."""
    try:
        return _read(content)
    except Broken:
        return None


def _read(content: bytes) -> PageLayout | None:
    package = open_package(content)
    main = package.links("").first("officeDocument") or "word/document.xml"
    source = package.data(main)
    if source is None or len(source) > MAX_BYTES:
        return None
    body = child_of(parse(source, main), f"{W}body")
    if body is None:
        return None
    links = package.links(main)
    looks = _looks(package, links)
    sheets: list[Sheet] = []
    paragraphs: list[LaidParagraph] = []
    numbers = _numbers(package, links)
    for section, elements in _sections(body):
        sheet = sheet_of(section, numbers, sheets[-1] if sheets else None) if section is not None else Sheet()
        sheets.append(sheet)
        for element in elements:
            laid = _paragraph(element, looks, sheet.grid, len(sheets) - 1)
            if laid is not None:
                paragraphs.append(laid)
    return PageLayout(tuple(sheets), tuple(paragraphs)) if len(paragraphs) <= MAX_PARAGRAPHS else None


def _numbers(package: Package, links: Links) -> dict[str, tuple[bool, bool]]:
    """What each header and footer prints of the page's number, by the id that sections refer to."""
    margins = ((identity, name) for identity, kind, name in links.rows if kind in ("footer", "header"))
    return {identity: number_in(package.optional(name)) for identity, name in islice(margins, _MAX_FOOTERS)}


def _looks(package: Package, links: Links) -> Looks:
    theme, settings, styles = (package.optional(links.first(kind)) for kind in ("theme", "settings", "styles"))
    return Looks(styles, theme_fonts(theme, settings))


def _sections(body: etree._Element) -> Iterator[tuple[etree._Element | None, list[etree._Element]]]:
    """Each w:sectPr with the paragraphs before it; the last one is the body's own."""
    waiting: list[etree._Element] = []
    for paragraph in _below(body, _HOLDS_PARAGRAPHS, f"{W}p"):
        waiting.append(paragraph)
        properties = child_of(paragraph, f"{W}pPr")
        section = child_of(properties, f"{W}sectPr") if properties is not None else None
        if section is not None:
            yield section, waiting
            waiting = []
    yield child_of(body, f"{W}sectPr"), waiting


def _paragraph(element: etree._Element, looks: Looks, grid: float | None, sheet: int) -> LaidParagraph | None:
    """None for a paragraph without text."""
    values = looks.of_paragraph(child_of(element, f"{W}pPr"))
    stretches: list[Stretch] = []
    for run in _below(element, _HOLDS_RUNS, f"{W}r"):
        text = "".join(_text(run))
        look = looks.of_run(child_of(run, f"{W}rPr"), str(values["style"])) if text else None
        if look is None or look.hidden:
            continue
        last = stretches[-1] if stretches else None
        if last is not None and (last.font, last.size, last.bold) == (look.font, look.size, look.bold):
            stretches[-1] = replace(last, text=last.text + text)
        else:
            stretches.append(Stretch(text, look.font, look.size, look.bold))
    if not any(stretch.text.strip() for stretch in stretches):
        return None
    return LaidParagraph(tuple(stretches), setting_of(values, grid), sheet, bool(values.get("listed")))


def _text(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS and child.get(f"{W}type") not in ("page", "column"):
            yield _SIGNS[str(child.tag)]


def _below(
    element: etree._Element, holders: frozenset[str], tag: str, depth: int = _MAX_DEPTH
) -> Iterator[etree._Element]:
    """The elements of that tag right below, or inside of what only holds them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in holders and depth:
            yield from _below(child, holders, tag, depth - 1)
