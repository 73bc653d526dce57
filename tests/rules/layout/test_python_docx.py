"""The same document made by another hand: Word's own template, Title and Heading styles, own looks on top."""

import io

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGNED
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from tests.documents.formal import LINES
from tests.documents.formal_asked import findings

_STYLES = {"title": "Title", "h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3"}
_FACES = {
    "head": ("方正小标宋简体", 48),
    "title": ("方正小标宋简体", 22),
    "h1": ("黑体", 16),
    "h2": ("楷体_GB2312", 16),
}
_TEXT = ("仿宋_GB2312", 16)
_MIDDLE, _RIGHT, _FLUSH = ("head", "number", "title"), ("signature", "date"), ("addressee",)


def page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = section.footer.paragraphs[0].add_run()
        sign = OxmlElement("w:instrText" if code else "w:fldChar")
        sign.text = code or None
        if kind:
            sign.set(qn("w:fldCharType"), kind)
        run._r.append(sign)


def write(paragraph: Paragraph, kind: str, text: str) -> None:
    form = paragraph.paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(28), Pt(0), Pt(0)
    if kind in _MIDDLE:
        paragraph.alignment = ALIGNED.CENTER
    elif kind in _RIGHT:
        paragraph.alignment = ALIGNED.RIGHT
    elif kind not in _FLUSH:
        form.first_line_indent = Pt(32)
    for piece, (font, size) in zip(text.split("|"), (_FACES.get(kind, _TEXT), _TEXT), strict=False):
        run = paragraph.add_run(piece)
        run.font.name, run.font.size, run.bold = font, Pt(size), False
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def test_a_document_on_the_template_of_word_gives_no_alarm() -> None:
    made = new_document()
    page(made.sections[0])
    for kind, text in LINES:
        write(made.add_paragraph(style=_STYLES.get(kind, "Normal")), kind, text)
    buffer = io.BytesIO()
    made.save(buffer)
    assert findings(buffer.getvalue()) == []
