"""The door to documents: bytes to a Document, or why there is none. Word's XML is read directly, text files too."""

from collections.abc import Sequence

from lxml import etree
from rules.kinds import kind_by_content, kind_of
from rules.model import Document, Paragraph, Unreadable
from rules.ooxml.numbering import Numbering
from rules.ooxml.package import Broken, Package, open_package
from rules.ooxml.signature import signature_of
from rules.ooxml.styles import Styles
from rules.ooxml.title import title_of
from rules.ooxml.walk import Block, Walk, notes_of
from rules.passwords import OLE2, asks_for_password
from rules.pdf import paragraphs_of_pdf
from rules.plain_text import text_of
from rules.text import visible

MAX_CHARACTERS = 3_000_000
"""Longer text is no report: it is refused, so that no rule has to read it."""

NEEDS_CONVERTER = ("doc", "wps", "rtf", "odt")
"""Kinds that are read once somebody has made .docx of them; until then they are F4."""


def read_document(name: str, content: bytes) -> Document | Unreadable:
    """The document in a file, whatever the file holds. Never raises; `Unreadable.rule` says what is wrong with it."""
    kind = kind_of(name, content)
    if not content:
        return Unreadable(kind, "F3", "0 bytes")
    if kind_by_content(name, content) is None:
        return Unreadable(kind, "F3", "blank") if not content.strip() else Unreadable(kind, "F1", "no known format")
    try:
        return _read(kind, content)
    except Broken as broken:
        return Unreadable(kind, broken.rule, broken.detail)


def _read(kind: str, content: bytes) -> Document:
    """Raises Broken with the rule that says why there is no document."""
    if kind in ("docx", *NEEDS_CONVERTER) and asks_for_password(kind, content):
        raise Broken("F2", "encrypted")
    if kind == "docx":
        return _from_word(content)
    if kind == "txt":
        return _document("txt", [Block(paragraph, 0) for paragraph in _lines(content)])
    if kind == "pdf":
        return _document("pdf", [Block(paragraph, size) for paragraph, size in paragraphs_of_pdf(content)])
    # A format that needs a converter, or one that nobody can read: the sender is asked for .docx.
    raise Broken("F4", kind)


def _from_word(content: bytes) -> Document:
    if content.startswith(OLE2):
        raise Broken("F1", "OLE2 package")
    package = open_package(content)
    main = package.related("").get("officeDocument", "word/document.xml")
    root = package.part(main)
    if root is None:
        raise Broken("F1", f"{main} is missing")
    related = package.related(main)
    styles = Styles(package.optional(related.get("styles")))
    numbering = Numbering(package.optional(related.get("numbering")), styles)
    walk = Walk(styles, numbering, _notes(package, related))
    walk.over(root)
    return _document("docx", walk.blocks, walk.comments, walk.tracked_changes)


def _notes(package: Package, related: dict[str, str]) -> dict[tuple[str, str], etree._Element]:
    notes: dict[tuple[str, str], etree._Element] = {}
    for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote")):
        notes.update(notes_of(package.optional(related.get(part)), kind))
    return notes


def _document(kind: str, blocks: Sequence[Block], comments: int = 0, tracked_changes: int = 0) -> Document:
    if not any(visible(block.paragraph.text).strip() for block in blocks):
        raise Broken("F3", "no text")
    if sum(len(block.paragraph.text) for block in blocks) > MAX_CHARACTERS:
        raise Broken("F1", f"more than {MAX_CHARACTERS} characters")
    paragraphs = tuple(_numbered(number, block.paragraph) for number, block in enumerate(blocks, 1))
    title = title_of(blocks)
    return Document(kind, paragraphs, title, signature_of(paragraphs, title), comments, tracked_changes)


def _numbered(number: int, read: Paragraph) -> Paragraph:
    return Paragraph(
        number, read.text, read.level, read.numbered, read.bold, read.centred, read.place, read.row
    )  # dataclasses.replace costs four times as much, and this runs for every paragraph


def _lines(content: bytes) -> list[Paragraph]:
    text = text_of(content) or ""
    return [Paragraph(0, line.strip()) for line in text.splitlines() if line.strip()]
