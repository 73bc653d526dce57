"""Findings as comments in a copy of the Word file, each at its place; what has none stands at the title.

Comments go through python-docx (ECMA-376 part 1, 17.13.4), so that Word, WPS and LibreOffice show them.
"""

import io
import re
from collections.abc import Iterable, Iterator

from docx import Document as open_document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from rules.model import Document, Finding, Level
from rules.text import squeeze, visible
from rules.word import read_document

AUTHOR = "组织部收件系统"
INITIALS = "收"
_PLACE = re.compile(r"¶\s*(\d+)")


def annotate(content: bytes, findings: Iterable[Finding]) -> bytes | None:
    """A copy with a comment for each finding; None when it is no .docx that python-docx can write.

    What only the clerk may see is left out. The bytes given are not changed.
    """
    document = read_document("copy.docx", content)
    if not isinstance(document, Document) or document.kind != "docx":
        return None
    try:
        return _written(content, findings, document)
    except Exception:  # noqa: BLE001 - python-docx, less patient than our reader, raises whatever it likes
        return None


def _written(content: bytes, findings: Iterable[Finding], document: Document) -> bytes:
    word = open_document(io.BytesIO(content))
    for finding in findings:
        runs = _runs_for(finding, document, word)
        if finding.level is not Level.CLERK and runs:
            word.add_comment([runs[0], runs[-1]], text=visible(finding.message), author=AUTHOR, initials=INITIALS)
    copy = io.BytesIO()
    word.save(copy)
    return copy.getvalue()


def _runs_for(finding: Finding, document: Document, word: WordDocument) -> list[Run]:
    """Where the comment hangs: the paragraph that the finding names, else the first one with text."""
    place = _PLACE.search(finding.where)
    with_text = list(_paragraphs(word))
    if place is not None:
        number = int(place.group(1))
        wanted = next((squeeze(one.text) for one in document.paragraphs if one.number == number), "")
        for paragraph in with_text:
            text = squeeze(paragraph.text)
            # The reader's text begins with the automatic number, which is not in the file.
            if wanted and (wanted == text or (wanted.endswith(text) and len(wanted) - len(text) <= 8)):
                return paragraph.runs
    return with_text[0].runs if with_text else []


def _paragraphs(word: WordDocument) -> Iterator[WordParagraph]:
    """Every paragraph with a run of its own, tables and content controls included, in document order."""
    for element in word.element.body.iter(qn("w:p")):
        paragraph = WordParagraph(element, word)
        if paragraph.runs and paragraph.text.strip():
            yield paragraph
