"""The report comes back: a copy of the Word file with a comment at each defect, and one on the title that sums up.

Comments go through python-docx (ECMA-376 part 1, 17.13.4), so that Word, WPS and LibreOffice show them. They stand in
the body only: Word knows none in text boxes and notes, so what is said of those stands at the paragraph they hang on.
"""

import io
import zipfile
from collections.abc import Iterable
from typing import cast

from docx import Document as open_document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.text.run import Run
from lxml import etree

from rules.anchors import Anchors, Element
from rules.model import Document, Finding
from rules.opinion import LEVELS, Opinion, numbered
from rules.text import visible
from rules.word import read_document

AUTHOR = "组织部收件系统"
INITIALS = "收"
CLOSING = "批注只加在这份副本里，您发来的原件没有改动；定稿前请把批注删去。"
WANTING = "下面的内容可以补在这里，或者补在合适的地方："
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member of the zip: the same copy has the same bytes whenever it is made."""
_ASKED_FOR = ("S", "P")
"""Families of rules that miss something: where nothing is, their place is the end of the text."""
_MARKS = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))


def annotate(content: bytes, opinion: Opinion) -> bytes | None:
    """A copy with comments; None when it is no .docx that python-docx can write (.docm, .dotx, strict …).

    Comments of others stay, ours of an earlier version go. The bytes given are not changed.
    """
    document = read_document("copy.docx", content)
    if not isinstance(document, Document) or document.kind != "docx":
        return None
    try:
        return _written(content, opinion, document)
    except Exception:  # noqa: BLE001 - python-docx, less patient than our reader, raises whatever it likes
        return None


def _written(content: bytes, opinion: Opinion, document: Document) -> bytes | None:
    word = open_document(io.BytesIO(content))
    _take_out_ours(word)
    anchors = Anchors(word.element.body, document)
    title = anchors.title()
    if title is None:
        return None
    _comment(word, title, "\n".join((opinion.result, *numbered(opinion.findings), CLOSING)), opinion)
    for finding in dict.fromkeys(opinion.findings):
        place = anchors.of(finding)
        if place is not None and finding.level in LEVELS:
            _comment(word, place, f"{LEVELS[finding.level]}：{finding.message}", opinion)
    wanting = [finding.message for finding in opinion.findings if _is_wanting(finding)]
    end = anchors.end() if wanting else None
    if end is not None:
        _comment(word, end, "\n".join((WANTING, *dict.fromkeys(wanting))), opinion)
    copy = io.BytesIO()
    word.save(copy)
    return packed_again(copy.getvalue())


def _is_wanting(finding: Finding) -> bool:
    return not finding.where and finding.level in LEVELS and finding.rule.startswith(_ASKED_FOR)


def _comment(word: WordDocument, place: tuple[Element, Element], words: str, opinion: Opinion) -> None:
    """At the runs from the first to the last. Word shows the time as it is written, whatever zone it names."""
    runs = [Run(cast(CT_R, element), word) for element in place]
    comment = word.add_comment(runs, text=visible(words), author=AUTHOR, initials=INITIALS)
    comment._comment_elm.set(qn("w:date"), f"{opinion.at:%Y-%m-%dT%H:%M:%S}Z")


def _take_out_ours(word: WordDocument) -> None:
    """What an earlier version was told, when its writer worked on in the copy that came back."""
    ours = {str(comment.comment_id): comment for comment in word.comments if comment.author == AUTHOR}
    for comment in ours.values():
        _remove(comment._comment_elm)
    for mark in list(word.element.body.iter(*_MARKS)):
        if ours and mark.get(qn("w:id")) in ours:
            run = mark.getparent()
            alone = mark.tag == _MARKS[2] and all(one is mark or one.tag == qn("w:rPr") for one in run)
            _remove(run if alone else mark)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def packed_again(content: bytes) -> bytes:
    """The same members with a fixed date: python-docx stamps them with the clock."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in _names(old.namelist()):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return packed.getvalue()


def _names(names: Iterable[str]) -> list[str]:
    """Each once: a package that names a part twice is written with both."""
    return list(dict.fromkeys(names))
