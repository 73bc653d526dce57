"""Walks the XML of a Word document in reading order and gives its paragraphs: nothing seen is lost, nothing doubled."""

from collections.abc import Callable, Iterable

from lxml import etree

from rules.model import Place
from rules.ooxml.elements import CHOICES, DIAGRAM, DRAWING, LINK, MATH, VAL, W, word
from rules.ooxml.numbering import Numbering
from rules.ooxml.package import Broken
from rules.ooxml.paragraphs import Block, Open, finished
from rules.ooxml.parts import Parts
from rules.ooxml.signs import SIGNS, symbol
from rules.ooxml.styles import Look, Styles, paragraph_look

MAX_DEPTH = 250
"""Elements inside each other. Word's own files stay below 60."""
MAX_PARAGRAPHS = 50_000
"""Empty ones among them. A report has a few hundred."""

_GONE, _NEW = word("del moveFrom"), word("ins moveTo")
_FORMAT_CHANGES = word("rPrChange pPrChange tblPrChange trPrChange tcPrChange sectPrChange tblGridChange")
_CHANGES = (*_GONE, *_NEW, *_FORMAT_CHANGES)
# Nothing in these is text of the document: settings, hidden field codes, the reading of a ruby character.
_SKIPPED = word(
    "sdtPr sdtEndPr tblPr tblGrid trPr tcPr tblPrEx sectPr instrText delText delInstrText rt rPr proofErr "
    "bookmarkStart bookmarkEnd lastRenderedPageBreak ffData rubyPr"
)
_P, _R, _T, _ROW, _BOX = f"{W}p", f"{W}r", f"{W}t", f"{W}tr", f"{W}txbxContent"
_PARAGRAPH, _RUN, _ROW_PROPERTIES = f"{W}pPr", f"{W}rPr", f"{W}trPr"
_CHOICE, _FALLBACK = f"{CHOICES}Choice", f"{CHOICES}Fallback"
_MARKS_IN_RUNS = (b"vanish", b"rPrChange", b":ins ", b":del ")


class Walk:
    """One pass over a document: `blocks` in reading order (paragraph numbers still 0), and what is left of editing."""

    def __init__(self, styles: Styles, numbering: Numbering, parts: Parts, place: Place = Place.BODY) -> None:
        self._styles = styles
        self._numbering = numbering
        self._parts = parts
        self._where = place
        self._open: list[Open] = []
        self._broken_off: Open | None = None
        self._rows: list[int] = []
        self._row = 0
        self._boxes = 0
        self._depth = 0
        self._letters = 0
        self._paragraphs = 0
        self._format: etree._Element | None = None
        self._hidden = False
        self._looks: dict[tuple[str | None, Look], Look] = {}
        self._careful = True
        self.blocks: list[Block] = []
        self.tracked_changes = 0
        self.comments = 0

    def over(self, root: etree._Element, source: bytes = b"") -> None:
        """Reads everything below `root` once. `source` is its text, where the caller has it: it saves work."""
        # Every run's formatting is looked into only where something may be hidden or changed in it.
        plain = source.startswith((b"<?xml", b"<w:")) and not any(mark in source for mark in _MARKS_IN_RUNS)
        self._careful = not plain or (b"rStyle" in source and self._styles.may_hide)
        self._inside(root)
        self._flush()

    def _inside(self, element: etree._Element) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Broken("F1", f"more than {MAX_DEPTH} elements inside each other")
        for child in element:
            act = _ACTS.get(child.tag)
            if act is None:
                self._inside(child)
            else:
                act(self, child)
        self._depth -= 1

    def _nothing(self, element: etree._Element) -> None:
        pass

    def _paragraph(self, element: etree._Element) -> None:
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise Broken("F1", f"more than {MAX_PARAGRAPHS} paragraphs")
        style = self._styles.default
        row = self._rows[-1] if self._rows else 0
        current = Open(style, self._styles.look(style), row, self._place())
        self._open.append(current)
        outer, self._format, self._hidden = (self._format, self._hidden), None, False
        self._inside(element)
        self._format, self._hidden = outer
        self._open.pop()
        before = self._broken_off
        if before is not None and before.row == row and before.place is current.place and not self._open:
            current.continues(before)
            self._broken_off = None
        if current.goes_on and not self._open:
            self._broken_off = current
        else:
            self._close(current)

    def _close(self, current: Open) -> None:
        number = current.look.number
        printed = self._numbering.next(number, current.style) if number[0] is not None else ""
        (self._open[-1].later if self._open else self.blocks).extend(finished(current, printed, self._styles))

    def _flush(self) -> None:
        """A paragraph whose mark was deleted and that nothing continues."""
        if self._broken_off is not None:
            self.blocks.extend(finished(self._broken_off, "", self._styles))
            self._broken_off = None

    def _paragraph_properties(self, element: etree._Element) -> None:
        """Marks of change count, their old values do not; a deleted mark joins the paragraph to the next."""
        if not self._open:
            return
        current = self._open[-1]
        for child in element:
            tag = child.tag
            if tag == _STYLE:
                current.style = child.get(VAL) or current.style
            elif tag == _RUN:
                for mark in child:
                    if mark.tag in _CHANGES:
                        self.tracked_changes += 1
                        current.goes_on = current.goes_on or mark.tag in _GONE
            elif tag in _FORMAT_CHANGES:
                self.tracked_changes += 1
        own = paragraph_look(element)
        known = self._looks.get((current.style, own))
        if known is None:
            known = self._looks[current.style, own] = own.over(self._styles.look(current.style))
        current.look = known

    def _run(self, element: etree._Element) -> None:
        if not self._open:
            return self._inside(element)
        current = self._open[-1]
        outer, self._format, self._hidden = (self._format, self._hidden), None, current.look.hidden is True
        for child in element:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text and not self._hidden:
                    current.pieces.append(text)
                    current.formats.append(self._format)
                    self._letters += len(text)
            elif tag == _RUN:
                self._format = child
                if self._careful:
                    self._look_into(child, current)
            else:
                act = _ACTS.get(tag)
                if act is None:
                    self._inside(child)
                else:
                    act(self, child)
        self._format, self._hidden = outer
        return None

    def _look_into(self, properties: etree._Element, current: Open) -> None:
        self.tracked_changes += sum(1 for child in properties if child.tag in _CHANGES)
        self._hidden = bool(self._styles.run(properties).over(current.look).hidden)

    def _text(self, element: etree._Element) -> None:
        if self._open and not self._hidden and element.text:
            self._write(element.text)

    def _write(self, text: str) -> None:
        if self._open and not self._hidden:
            current = self._open[-1]
            current.pieces.append(text)
            current.formats.append(self._format)
            self._letters += len(text)

    def _sign(self, element: etree._Element) -> None:
        if element.get(f"{W}type") not in ("page", "column"):
            self._write(SIGNS[str(element.tag)])

    def _symbol(self, element: etree._Element) -> None:
        self._write(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")))

    def _field(self, element: etree._Element) -> None:
        if self._open:
            self._open[-1].field_character(element.get(f"{W}fldCharType"))

    def _table_row(self, element: etree._Element) -> None:
        for properties in element.iterchildren(_ROW_PROPERTIES):
            marks = [child.tag for child in properties if child.tag in _CHANGES]
            self.tracked_changes += len(marks)
            if not _GONE.isdisjoint(marks):
                return
        self._flush()
        self._row += 1
        self._rows.append(self._row)
        self._inside(element)
        self._rows.pop()

    def _text_box(self, element: etree._Element) -> None:
        rows, self._rows = self._rows, []
        self._boxes += 1
        self._inside(element)
        self._boxes -= 1
        self._rows = rows

    def _alternatives(self, element: etree._Element) -> None:
        """They say the same thing to different programs: the first that has text is read, else the fallback."""
        for child in element:
            if child.tag in (_CHOICE, _FALLBACK):
                before = self._letters
                self._inside(child)
                if self._letters > before:
                    break

    def _deleted(self, element: etree._Element) -> None:
        self.tracked_changes += 1

    def _inserted(self, element: etree._Element) -> None:
        self.tracked_changes += 1
        self._inside(element)

    def _comment(self, element: etree._Element) -> None:
        self.comments += 1

    def _note(self, element: etree._Element) -> None:
        """A footnote or endnote is read where it is referred to, once, after the paragraph that refers to it."""
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        if self._where is Place.FOOTNOTE or not self._open:
            return
        note = self._parts.note(kind, element.get(f"{W}id", ""))
        if note is not None:
            inner = Walk(self._styles, self._numbering, self._parts, Place.FOOTNOTE)
            inner.over(note)
            self._open[-1].later.extend(inner.blocks)
            self.tracked_changes += inner.tracked_changes

    def _diagram(self, element: etree._Element) -> None:
        self._add(self._parts.diagram(element.get(f"{LINK}dm")), Place.TEXT_BOX)

    def _chunk(self, element: etree._Element) -> None:
        self._flush()
        self._add(self._parts.chunk(element.get(f"{LINK}id")), self._place())

    def _add(self, lines: Iterable[str], place: Place) -> None:
        target = self._open[-1].later if self._open else self.blocks
        for line in lines:
            apart = Open(None, self._styles.look(None), 0, place, [line], [None])
            target.extend(finished(apart, "", self._styles))

    def _place(self) -> Place:
        if self._where is not Place.BODY:
            return self._where
        if self._boxes:
            return Place.TEXT_BOX
        return Place.TABLE if self._rows else Place.BODY


_STYLE = f"{W}pStyle"
_ACTS: dict[object, Callable[[Walk, etree._Element], None]] = {
    _P: Walk._paragraph,
    _R: Walk._run,
    _T: Walk._text,
    f"{MATH}t": Walk._text,
    f"{DRAWING}t": Walk._text,
    _PARAGRAPH: Walk._paragraph_properties,
    _ROW: Walk._table_row,
    _BOX: Walk._text_box,
    f"{CHOICES}AlternateContent": Walk._alternatives,
    f"{W}sym": Walk._symbol,
    f"{W}fldChar": Walk._field,
    f"{W}footnoteReference": Walk._note,
    f"{W}endnoteReference": Walk._note,
    f"{W}commentReference": Walk._comment,
    f"{DIAGRAM}relIds": Walk._diagram,
    f"{W}altChunk": Walk._chunk,
    **dict.fromkeys(SIGNS, Walk._sign),
    **dict.fromkeys(_GONE, Walk._deleted),
    **dict.fromkeys(_NEW, Walk._inserted),
    **dict.fromkeys(_FORMAT_CHANGES, Walk._deleted),
    **dict.fromkeys(_SKIPPED, Walk._nothing),
}
