"""The door to documents: bytes to a Document, or why there is none. Word's XML is read directly, text files too."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.chinese_dates import find_day
from rules.kinds import kind_by_content, kind_of
from rules.model import Document, Paragraph, Unreadable
from rules.ooxml.numbering import Numbering
from rules.ooxml.package import Broken, open_package, parse
from rules.ooxml.paragraphs import Block
from rules.ooxml.parts import Parts
from rules.ooxml.signature import signature_of
from rules.ooxml.styles import Styles
from rules.ooxml.title import title_of
from rules.ooxml.walk import Walk
from rules.passwords import OLE2, asks_for_password
from rules.pdf import paragraphs_of_pdf
from rules.plain_text import text_of
from rules.text import visible

MAX_CHARACTERS = 500_000
"""A hundred times a report: longer text is refused, so that no rule has to read it."""
TOO_LONG = f"more than {MAX_CHARACTERS} characters"

NEEDS_CONVERTER = ("doc", "wps", "rtf", "odt")
"""Kinds that are read once somebody has made .docx of them; until then they are F4."""


def read_document(name: str, content: bytes) -> Document | Unreadable:
    """The document in a file, whatever the file holds. Never raises; `Unreadable.rule` says what is wrong with it."""
    kind = kind_by_content(name, content)
    if kind is None:
        kind = kind_of(name, content)
        if not content:
            return Unreadable(kind, "F3", "0 bytes")
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
    main = package.links("").first("officeDocument") or "word/document.xml"
    source = package.data(main)
    if source is None:
        raise Broken("F1", f"{main} is missing")
    links = package.links(main)
    styles = Styles(package.optional_data(links.first("styles")))
    numbering = Numbering(lambda: package.optional(links.first("numbering")), styles)
    parts = Parts(package, links)
    walk = Walk(styles, numbering, parts)
    walk.over(parse(source, main), source)
    left = Left(walk.comments, walk.tracked_changes, parts.comments() if walk.comments else (), parts.headers())
    return _document("docx", walk.blocks, left)


@dataclass(frozen=True, slots=True)
class Left:
    """What a Word file holds beside its paragraphs: counts of comments and changes, comments, headers."""

    comments: int = 0
    tracked_changes: int = 0
    comment_texts: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()


_NOTHING_LEFT = Left()


def _document(kind: str, blocks: Sequence[Block], left: Left = _NOTHING_LEFT) -> Document:
    if not any(visible(block.paragraph.text).strip() for block in blocks):
        raise Broken("F3", "no text")
    if sum(len(block.paragraph.text) for block in blocks) > MAX_CHARACTERS:
        raise Broken("F1", TOO_LONG)
    paragraphs = tuple(_numbered(number, block.paragraph) for number, block in enumerate(blocks, 1))
    title = title_of(blocks)
    signature = signature_of(paragraphs, title)
    return Document(
        kind=kind,
        paragraphs=paragraphs,
        title=title,
        signature=signature,
        comments=left.comments,
        tracked_changes=left.tracked_changes,
        comment_texts=left.comment_texts,
        day=find_day(signature),
        headers=left.headers,
    )


def _numbered(number: int, read: Paragraph) -> Paragraph:
    return Paragraph(
        number, read.text, read.level, read.numbered, read.bold, read.centred, read.place, read.row
    )  # dataclasses.replace costs four times as much, and this runs for every paragraph


def _lines(content: bytes) -> list[Paragraph]:
    text = text_of(content) or ""
    return [Paragraph(0, line.strip()) for line in text.splitlines() if line.strip()]
