"""Reports with much text in common as a small Word file: two columns, the same words on a tint. For the clerk alone."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from rules.copying.passages import Side
from rules.pages.copies import CopyPair, longest

PASSAGES = 30
"""Of one pair, the longest ones; a whole copy is told by a few."""
TINT = "FFF2B3"
_HEAD_TINT = "DCE6F2"
_FONT, _WIDE_FONT = "Times New Roman", "宋体"
# What XML 1.0 (2.2 Char) forbids, and bidirectional marks that make a text look otherwise.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above: the title, lines below it, and when the file was made (for its properties)."""

    title: str
    lines: tuple[str, ...]
    created: datetime


def comparison_document(pairs: Sequence[CopyPair], heading: Heading) -> bytes:
    """The .docx of these pairs, each with its share and its passages side by side."""
    word = new_document()
    _set_up(word, heading)
    _line(word, heading.title, 16, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in heading.lines:
        _line(word, line, 10).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for pair in pairs:
        share = pair.share.replace("\n", "、")
        above = _line(word, f"{pair.number}．{pair.heading}：相同文字 {share}", 12, bold=True)
        above.paragraph_format.space_before = Pt(14)
        above.paragraph_format.keep_with_next = True
        _table(word, pair)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _set_up(word: WordDocument, heading: Heading) -> None:
    """A4 with narrow margins, Chinese fonts, and our own name in the properties."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)
    font = word.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for script, name in (("w:ascii", _FONT), ("w:hAnsi", _FONT), ("w:eastAsia", _WIDE_FONT)):
        font.set(qn(script), name)
    properties = word.core_properties
    properties.title, properties.author, properties.comments = _clean(heading.title)[:200], "组织部收件系统", ""
    properties.created = properties.modified = heading.created


def _line(word: WordDocument, text: str, size: float, bold: bool = False) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(3)
    _run(paragraph, text, size).bold = bold
    return paragraph


def _table(word: WordDocument, pair: CopyPair) -> None:
    """Names above, which every page repeats; a row per passage; what was left out below."""
    table = word.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    etree.SubElement(table.rows[0]._tr.get_or_add_trPr(), qn("w:tblHeader"))
    for cell, words in zip(table.rows[0].cells, (f"甲　{pair.first}", f"乙　{pair.second}"), strict=True):
        _tint(cell._tc.get_or_add_tcPr(), _HEAD_TINT)
        _run(cell.paragraphs[0], words, 10).bold = True
    for passage in longest(pair.passages, PASSAGES):
        for cell, side in zip(table.add_row().cells, (passage.first, passage.second), strict=True):
            _fill(cell.paragraphs[0], side)
    left_out = len(pair.passages) - PASSAGES
    said = [pair.note] if pair.note else []
    for words in [*said, *([f"另有 {left_out} 处较短，没有列出。"] if left_out > 0 else [])]:
        _line(word, words, 9)


def _fill(paragraph: Paragraph, side: Side) -> None:
    """The place, then the words, those that both have on a tint."""
    _run(paragraph, f"{side.where}　", 9).italic = True
    for piece in side.pieces:
        run = _run(paragraph, piece.text, 10)
        if piece.same:
            _tint(run._r.get_or_add_rPr(), TINT)


def _run(paragraph: Paragraph, text: str, size: float) -> Run:
    run = paragraph.add_run(_clean(text))
    run.font.size = Pt(size)
    return run


def _tint(properties: etree._Element, colour: str) -> None:
    """ECMA-376 part 1, 17.3.2.32 and 17.4.32; it stands behind what python-docx writes there."""
    shade = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): colour}
    etree.SubElement(properties, qn("w:shd"), shade)


def _clean(text: str) -> str:
    """What a Word file can hold."""
    return _UNSAFE.sub("", text)
