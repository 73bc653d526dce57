"""Walks the XML of a Word document in reading order and gives its paragraphs: nothing seen is lost, nothing doubled."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from rules.model import Paragraph, Place
from rules.ooxml.numbering import Numbering
from rules.ooxml.styles import PLAIN, Look, Styles, W, is_on, paragraph_look, run_look, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHANGES = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange")
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_NEW = frozenset(f"{W}{name}" for name in ("ins", "moveTo"))
_FORMAT_CHANGES = frozenset(f"{W}{name}" for name in _CHANGES)
# Nothing in these is text of the document: settings, hidden field codes, the reading of a ruby character.
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText", "rt")
)
_TEXT = frozenset({f"{W}t", f"{_MATH}t", f"{_DRAWING}t"})
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_FOOTNOTE = f"{W}footnoteReference"
_NOTES = frozenset({_FOOTNOTE, f"{W}endnoteReference"})
_P, _R, _ROW, _BOX = f"{W}p", f"{W}r", f"{W}tr", f"{W}txbxContent"
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES = f"{W}pPr", f"{W}rPr"
_ALTERNATIVES, _CHOICE, _FALLBACK = (f"{_CHOICES}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_COMMENT = f"{W}commentReference"
_STRUCTURE = (_P, _R, _ROW, _BOX, _ALTERNATIVES)


@dataclass
class Block:
    """A paragraph as read, with what only the reader needs: the size of its first run in half-points."""

    paragraph: Paragraph
    size: int


@dataclass
class _Open:
    """A paragraph that is still being read. `later` are paragraphs of its text boxes and notes: they follow it."""

    style: str | None = None
    look: Look = PLAIN
    row: int = 0
    place: Place = Place.BODY
    pieces: list[str] = field(default_factory=list)
    lead: Look | None = None
    later: list[Block] = field(default_factory=list)


class Walk:
    """One pass over a document: `blocks` in reading order (paragraph numbers still 0), and what is left of editing."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], etree._Element]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._open: list[_Open] = []
        self._rows: list[int] = []
        self._row = 0
        self._boxes = 0
        self._note = False
        self._alternatives: list[bool] = []
        self._run = PLAIN
        self._hidden = False
        self.blocks: list[Block] = []
        self.tracked_changes = 0
        self.comments = 0

    def over(self, root: etree._Element) -> None:
        """Reads everything below `root` once."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif self._is_left_out(element):
                walker.skip_subtree()
            else:
                self._enter(element)

    def _is_left_out(self, element: etree._Element) -> bool:
        tag = element.tag
        if tag in _GONE or tag in _FORMAT_CHANGES:
            self.tracked_changes += 1
            return True
        if tag in (_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES):
            self._read_properties(element)
            return True
        if tag in (_CHOICE, _FALLBACK):
            return self._is_told_already(tag)
        return tag in _SKIPPED

    def _is_told_already(self, tag: str) -> bool:
        """The alternatives say the same thing to different programs: the first choice is read, else the fallbacks."""
        if not self._alternatives:
            return False
        told = self._alternatives[-1]
        if tag == _CHOICE:
            self._alternatives[-1] = True
        return told

    def _read_properties(self, element: etree._Element) -> None:
        """Paragraph and run properties; marks of change in them count, their old values do not."""
        self.tracked_changes += sum(1 for _ in element.iter(*_FORMAT_CHANGES, *_GONE, *_NEW))
        if not self._open:
            return
        if element.tag == _PARAGRAPH_PROPERTIES:
            current = self._open[-1]
            current.style = value(element, "pStyle") or self._styles.default
            current.look = paragraph_look(element).over(self._styles.look(current.style))
        else:
            own = run_look(element)
            name = value(element, "rStyle")
            self._run = own.over(self._styles.look(name)) if name else own
            self._hidden = bool(is_on(element, "vanish"))

    def _enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _TEXT:
            self._write(element.text or "")
        elif tag in _STRUCTURE:
            self._enter_structure(tag)
        elif tag in _SIGNS:
            page = element.get(f"{W}type") in ("page", "column")
            self._write("" if page else _SIGNS[tag])
        elif tag == f"{W}sym":
            self._write(_symbol(element.get(f"{W}char", "")))
        elif tag in _NOTES:
            self._read_note(element)
        elif tag in _NEW:
            self.tracked_changes += 1
        elif tag == _COMMENT:
            self.comments += 1

    def _enter_structure(self, tag: str) -> None:
        if tag == _P:
            style = self._styles.default
            self._open.append(
                _Open(style, self._styles.look(style), self._rows[-1] if self._rows else 0, self._place())
            )
        elif tag == _R:
            self._run, self._hidden = PLAIN, False
        elif tag == _ROW:
            self._row += 1
            self._rows.append(self._row)
        elif tag == _ALTERNATIVES:
            self._alternatives.append(False)
        else:
            self._boxes += 1

    def _leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == _P:
            self._close_paragraph()
        elif tag == _ROW:
            self._rows.pop()
        elif tag == _BOX:
            self._boxes -= 1
        elif tag == _ALTERNATIVES:
            self._alternatives.pop()
        elif tag == _R:
            self._run, self._hidden = PLAIN, False

    def _place(self) -> Place:
        if self._note:
            return Place.FOOTNOTE
        if self._boxes:
            return Place.TEXT_BOX
        return Place.TABLE if self._rows else Place.BODY

    def _write(self, text: str) -> None:
        if not self._open or self._hidden:
            return
        current = self._open[-1]
        current.pieces.append(text)
        if current.lead is None and text.strip():
            current.lead = self._run

    def _close_paragraph(self) -> None:
        done = self._open.pop()
        number = self._numbering.next(done.look.number, done.style)
        text = "".join(done.pieces)
        made: list[Block] = []
        if text.strip():
            lead = (done.lead or PLAIN).over(done.look)
            paragraph = Paragraph(
                number=0,
                text=number + text.strip(),
                level=done.look.level,
                numbered=number,
                bold=bool(lead.bold),
                centred=bool(done.look.centred),
                place=done.place,
                row=done.row,
            )
            made.append(Block(paragraph, lead.size or 0))
        target = self._open[-1].later if self._open else self.blocks
        target.extend((*made, *done.later))

    def _read_note(self, element: etree._Element) -> None:
        """A footnote or endnote is read where it is referred to, once, after the paragraph that refers to it."""
        kind = "footnote" if element.tag == _FOOTNOTE else "endnote"
        note = self._notes.pop((kind, element.get(f"{W}id", "")), None)
        if note is None or self._note or not self._open:
            return
        inner = Walk(self._styles, self._numbering, {})
        inner._note = True
        inner.over(note)
        self._open[-1].later.extend(inner.blocks)
        self.tracked_changes += inner.tracked_changes


def notes_of(root: etree._Element | None, kind: str) -> Iterator[tuple[tuple[str, str], etree._Element]]:
    """The notes of a notes part by (kind, id); separators are no notes."""
    for note in root.iterchildren(f"{W}{kind}") if root is not None else ():
        if note.get(f"{W}type", "normal") == "normal":
            yield (kind, note.get(f"{W}id", "")), note


def _symbol(code: str) -> str:
    """A w:sym: code points of symbol fonts (private use area) stand for pictures, not for text."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= number <= 0xF8FF or not 0x20 <= number < 0xD800 else chr(number)
