"""检查意见 as a Word document of its own, for reports that can carry no comments: .doc, .wps, PDF, plain text …

A note of the department on A4: its name on top, whose report it is, the result, what was found and how to mend it.
"""

import io
from datetime import UTC

from docx import Document as open_document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from rules.annotate import AUTHOR, packed_again
from rules.letter.words import line
from rules.opinion import Opinion, numbered
from rules.text import visible

HEADING = "检查意见"
CLOSING = "改好后直接把报告再发一次即可；这份意见不用寄回。"
RED = RGBColor(0xC0, 0x10, 0x10)
# Fonts that Word and WPS have on every Chinese machine; LibreOffice takes what stands in for them.
SONG, FANG_SONG, BLACK = "宋体", "仿宋", "黑体"
LATIN = "Times New Roman"
LABEL, VALUE = Mm(24), Mm(132)


def findings_document(opinion: Opinion) -> bytes:
    """The .docx. The same opinion gives the same bytes."""
    word = open_document()
    _page(word)
    _properties(word, opinion)
    if opinion.department:
        _ruled(_line(word, opinion.department, SONG, 22, RED, WD_ALIGN_PARAGRAPH.CENTER))
    heading = _line(word, HEADING, BLACK, 18, None, WD_ALIGN_PARAGRAPH.CENTER)
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(14)
    _facts(word, opinion)
    _findings(word, opinion)
    _foot(word, opinion)
    made = io.BytesIO()
    word.save(made)
    return packed_again(made.getvalue())


def _page(word: WordDocument) -> None:
    """A4, text in 仿宋 of size 四号; less room above and below than GB/T 9704-2012 has (37 and 35 mm), so that six
    findings fit on the page."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(28), Mm(22)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = word.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        normal.font.name, normal.font.size = LATIN, Pt(14)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG_SONG)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = Pt(20)


def _properties(word: WordDocument, opinion: Opinion) -> None:
    """Times of the properties are UTC; the template of the library would say 2013 and python-docx."""
    properties = word.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.title, properties.comments = HEADING, ""
    properties.created = properties.modified = opinion.at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _facts(word: WordDocument, opinion: Opinion) -> None:
    """Whose, which file, when, and what it comes to: what is not known is left out."""
    at = opinion.at
    rows = (
        ("单　　位", opinion.unit),
        ("材　　料", opinion.title),
        ("文　　件", opinion.file),
        ("收到时间", f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"),
        ("结　　果", opinion.result),
    )
    shown = [(label, words) for label, words in rows if words]
    table = word.add_table(rows=len(shown), cols=2, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, (LABEL, VALUE), strict=True):
        column.width = width
    for row, (label, words) in zip(table.rows, shown, strict=True):
        for cell, width in zip(row.cells, (LABEL, VALUE), strict=True):
            cell.width = width
        _write(row.cells[0].paragraphs[0], label, BLACK, 12)
        _write(row.cells[1].paragraphs[0], line(words, 120), FANG_SONG, 14)


def _findings(word: WordDocument, opinion: Opinion) -> None:
    for number, words in enumerate(numbered(opinion.findings)):
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(14 if number == 0 else 4)
        paragraph.paragraph_format.first_line_indent = Pt(28)
        head, colon, rest = words.partition("：")
        _write(paragraph, head + colon, BLACK, 14)
        _write(paragraph, rest, FANG_SONG, 14)


def _foot(word: WordDocument, opinion: Opinion) -> None:
    closing = _line(word, CLOSING, FANG_SONG, 14)
    closing.paragraph_format.first_line_indent, closing.paragraph_format.space_before = Pt(28), Pt(14)
    at = opinion.at
    signed = (opinion.department, f"{at.year}年{at.month}月{at.day}日")
    for number, words in enumerate(filter(None, signed)):
        paragraph = _line(word, words, FANG_SONG, 14, None, WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.space_before = Pt(20 if number == 0 else 0)
    if opinion.contact:
        contact = _line(word, f"联系：{opinion.contact}", FANG_SONG, 12)
        contact.paragraph_format.space_before = Pt(10)


def _line(
    word: WordDocument,
    words: str,
    font: str,
    points: int,
    colour: RGBColor | None = None,
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph.alignment = alignment
    if points > 16:
        paragraph.paragraph_format.line_spacing = Pt(points * 2)
    run = _write(paragraph, words, font, points)
    if colour is not None:
        run.font.color.rgb, run.bold = colour, True
    return paragraph


def _write(paragraph: Paragraph, words: str, font: str, points: int) -> Run:
    """Words from outside without anything that XML forbids or nobody sees."""
    run = paragraph.add_run(visible(words))
    run.font.name, run.font.size = LATIN, Pt(points)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _ruled(paragraph: Paragraph) -> None:
    """The red line below a department's name."""
    rule = f'<w:bottom w:val="single" w:sz="12" w:space="6" w:color="{RED}"/>'
    edges = parse_xml(f"<w:pBdr {nsdecls('w')}>{rule}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(edges, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")
