"""A paragraph while it is read: its pieces of text with their formatting, and what becomes of them at its end."""

from dataclasses import dataclass, field

from lxml import etree

from rules.model import Paragraph, Place
from rules.ooxml.styles import PLAIN, Look, Styles

_SHORT = 100
"""Characters that a heading may have: only in such a paragraph it is looked how much of it is bold."""
_MOSTLY = 0.75


@dataclass(slots=True)
class Block:
    """A paragraph as read, with what only the reader needs: the size of its first run in half-points."""

    paragraph: Paragraph
    size: int


@dataclass(slots=True)
class Open:
    """A paragraph that is still being read.

    `pieces` with the w:rPr of each in `formats`. `later` are the paragraphs of its text boxes and notes: they follow
    it. `fields` are where the codes of its open fields begin in `pieces`; None once their results have begun.
    `goes_on`: its mark was deleted (tracked), so that the next paragraph continues it.
    """

    style: str | None
    look: Look
    row: int
    place: Place
    pieces: list[str] = field(default_factory=list)
    formats: list[etree._Element | None] = field(default_factory=list)
    later: list[Block] = field(default_factory=list)
    fields: list[int | None] = field(default_factory=list)
    goes_on: bool = False

    def field_character(self, kind: str | None) -> None:
        """w:fldChar: what stands between the beginning of a field and its separator is code, not text (17.16.18)."""
        if kind == "begin":
            self.fields.append(len(self.pieces))
        elif kind == "separate" and self.fields:
            self._drop_code(self.fields[-1])
            self.fields[-1] = None
        elif kind == "end" and self.fields:
            self._drop_code(self.fields.pop())

    def _drop_code(self, start: int | None) -> None:
        if start is not None:
            del self.pieces[start:], self.formats[start:]

    def continues(self, before: "Open") -> None:
        """The mark between two paragraphs was deleted: their text is one, with the properties of the second."""
        before.pieces.extend(self.pieces)
        before.formats.extend(self.formats)
        before.later.extend(self.later)
        self.pieces, self.formats, self.later = before.pieces, before.formats, before.later


def finished(done: Open, number: str, styles: Styles) -> list[Block]:
    """The paragraph as a block, if there is text in it, and those that follow it."""
    text = "".join(done.pieces).strip()
    if not text:
        return done.later
    lead, look = _lead(done, styles), done.look
    bold = look.bold if lead.bold is None else lead.bold
    bold = bool(bold) or (len(text) <= _SHORT and _is_mostly_bold(done, styles))
    paragraph = Paragraph(0, number + text, look.level, number, bold, bool(look.centred), done.place, done.row)
    return [Block(paragraph, lead.size or look.size or 0), *done.later]


def _lead(done: Open, styles: Styles) -> Look:
    """The look of the first run with text."""
    for piece, properties in zip(done.pieces, done.formats, strict=True):
        if piece.strip():
            return styles.run(properties)
    return PLAIN


def _is_mostly_bold(done: Open, styles: Styles) -> bool:
    """领导重视 in bold behind a number or bracket that is not."""
    if len(done.pieces) < 2:
        return False
    bold = letters = 0
    for piece, properties in zip(done.pieces, done.formats, strict=True):
        letters += len(piece)
        if styles.run(properties).over(done.look).bold:
            bold += len(piece)
    return bold >= _MOSTLY * letters
