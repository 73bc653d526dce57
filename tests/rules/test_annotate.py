"""Comments in a copy of the Word file: what python-docx, and so Word, shows afterwards."""

import io
import zipfile

import pytest
from docx import Document as open_document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.annotate import AUTHOR, INITIALS, annotate
from rules.checks import examine
from rules.model import Document, Finding, Level
from rules.word import read_document
from tests.documents.build import Line, archive, docx, numbering, paragraph, run, table
from tests.documents.invented import context

TITLE = Line("计算机学院教工第一党支部创先争优活动总结", bold=True, centred=True)
TEXT = docx([TITLE, "", "第一段正文。", table([["表里的话", "另一格"]]), Line("做法", number=(1, 0))],
            {"numbering": numbering([("chineseCountingThousand", "%1、")])})  # fmt: skip


def finding(message: str, where: str = "", level: Level = Level.SHOULD) -> Finding:
    return Finding("S1", level, message, where)


def comments(content: bytes | None) -> list[tuple[str, str]]:
    """(what is said, the text it hangs at) of every comment, in order."""
    assert content is not None
    word = open_document(io.BytesIO(content))
    found = []
    for comment in word.comments:
        assert (comment.author, comment.initials) == (AUTHOR, INITIALS)
        start, end = (
            word.element.body.xpath(f".//w:{edge}[@w:id='{comment.comment_id}']")[0]
            for edge in ("commentRangeStart", "commentRangeEnd")
        )
        assert start.getparent() is end.getparent(), "the range stays inside one paragraph"
        found.append((comment.text, "".join(node.text for node in start.getparent().iter(qn("w:t")))))
    return found


def number_of(content: bytes, words: str) -> int:
    read = read_document("x.docx", content)
    assert isinstance(read, Document)
    return next(one.number for one in read.paragraphs if words in one.text)


@pytest.mark.parametrize("words", ["第一段正文。", "表里的话", "另一格", "做法", TITLE.text])
def test_a_comment_hangs_at_the_paragraph_that_the_finding_names(words: str) -> None:
    where = f"¶{number_of(TEXT, words)} {words}"
    assert comments(annotate(TEXT, [finding("改一改", where)])) == [("改一改", words)]


@pytest.mark.parametrize("where", ["", "文件名", "¶999 已经没有", "¶"])
def test_what_names_no_place_stands_at_the_title(where: str) -> None:
    assert comments(annotate(TEXT, [finding("缺一段", where)])) == [("缺一段", TITLE.text)]


def test_every_finding_has_its_own_comment_in_order_but_what_only_the_clerk_may_see() -> None:
    found = [finding("一"), finding("雷同", level=Level.CLERK), finding("二"), finding("三", "¶1")]
    assert [said for said, _ in comments(annotate(TEXT, found))] == ["一", "二", "三"]


def test_without_findings_the_copy_is_readable_and_has_no_comment() -> None:
    assert comments(annotate(TEXT, [])) == []


def test_comments_that_were_there_stay_and_the_text_is_the_same() -> None:
    once = annotate(TEXT, [finding("第一次")])
    assert once is not None
    twice = annotate(once, [finding("第二次")])
    assert [said for said, _ in comments(twice)] == ["第一次", "第二次"]
    before, after = (read_document("x.docx", content) for content in (TEXT, twice or b""))
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert (after.text, after.title) == (before.text, before.title)
    assert after.comments == 2


def test_a_paragraph_of_many_runs_is_marked_from_its_first_to_its_last() -> None:
    content = docx([paragraph(run("前半") + run("后半")), "尾"])
    assert comments(annotate(content, [finding("整段", "¶1 前半后半")])) == [("整段", "前半后半")]


def test_the_findings_of_a_real_examination_can_all_be_written() -> None:
    content = docx([TITLE, "20xx年，我支部认真开展活动。", "党总支意见：", "（盖章）　　年　月　日"])
    read = read_document("总结.docx", content)
    found = examine(read, context(sender=())).findings
    assert len(found) >= 5
    shown = [one.message for one in found if one.level is not Level.CLERK]
    assert [said for said, _ in comments(annotate(content, found))] == shown


@pytest.mark.parametrize("words", ["a\x00b", "a\x0bb", "a\x1b[31mb", "a\u202eb"])
def test_characters_that_xml_forbids_are_left_out(words: str) -> None:
    ((said, _),) = comments(annotate(TEXT, [finding(words)]))
    assert said.startswith("a")
    assert said.endswith("b")
    assert words not in said


@pytest.mark.parametrize(
    "content",
    [
        b"", b"text", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), b"%PDF-1.4",
        b"\x89PNG\r\n\x1a\n",
        archive({"a.txt": b"x"}), archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
        docx([]),
    ],
)  # fmt: skip
def test_what_is_no_word_document_with_text_gives_no_copy_with_comments_and_no_error(content: bytes) -> None:
    copy = annotate(content, [finding("x")])
    assert copy is None or comments(copy) == []


@given(st.integers(0, len(TEXT) - 1), st.binary(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_damage_to_the_file_raises(at: int, junk: bytes) -> None:
    copy = annotate(TEXT[:at] + junk + TEXT[at + len(junk) :], [finding("x", "¶1"), finding("y")])
    assert copy is None or zipfile.is_zipfile(io.BytesIO(copy))


with zipfile.ZipFile(io.BytesIO(TEXT)) as _bundle:
    PARTS = {name: _bundle.read(name) for name in _bundle.namelist()}


@pytest.mark.parametrize("left_out", sorted(PARTS))
def test_no_missing_part_raises(left_out: str) -> None:
    content = archive({name: text for name, text in PARTS.items() if name != left_out})
    copy = annotate(content, [finding("x")])
    assert copy is None or zipfile.is_zipfile(io.BytesIO(copy))


@pytest.mark.parametrize("name", sorted(PARTS))
@pytest.mark.parametrize("new", ["", "<", "<a/>", "<w:document xmlns:w='x'/>"])
def test_no_part_of_other_content_raises(name: str, new: str) -> None:
    copy = annotate(archive({**PARTS, name: new}), [finding("x")])
    assert copy is None or zipfile.is_zipfile(io.BytesIO(copy))
