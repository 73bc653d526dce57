"""Comments in a copy of the Word file: what python-docx, and so Word, shows afterwards."""

import io
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from docx import Document as open_document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.annotate import AUTHOR, CLOSING, INITIALS, WANTING, annotate
from rules.checks import examine
from rules.model import Document, Finding, Level
from rules.opinion import Opinion, opinion_on
from rules.word import read_document
from tests.documents.build import Line, archive, docx, numbering, paragraph, run, table
from tests.documents.invented import context

TITLE = Line("计算机学院教工第一党支部创先争优活动总结", bold=True, centred=True)
PROSE = "我支部认真组织党员学习，围绕中心工作开展了一系列活动，取得了实际成效。"
LINES = [TITLE, "", "第一段正文。", PROSE, table([["表里的话", "另一格"]]), Line("做法", number=(1, 0)), "2012年9月6日"]
TEXT = docx(LINES, {"numbering": numbering([("chineseCountingThousand", "%1、")])})
AT = datetime(2012, 9, 10, 16, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def finding(message: str, where: str = "", level: Level = Level.SHOULD, rule: str = "H1") -> Finding:
    return Finding(rule, level, message, where)


def opinion(*findings: Finding) -> Opinion:
    return opinion_on(findings, AT)


def copy_of(content: bytes, *findings: Finding) -> bytes:
    copy = annotate(content, opinion(*findings))
    assert copy is not None
    return copy


def comments(content: bytes) -> list[tuple[str, str]]:
    """(what is said, the words that are marked) of every comment of ours, in order."""
    word = open_document(io.BytesIO(content))
    found = []
    for comment in word.comments:
        if comment.author != AUTHOR:
            continue
        assert comment.initials == INITIALS
        marked, inside = "", False
        for element in word.element.body.iter():
            if element.get(qn("w:id")) == str(comment.comment_id):
                inside = {"commentRangeStart": True, "commentRangeEnd": False}.get(element.tag.split("}")[1], inside)
            elif inside and element.tag == qn("w:t"):
                marked += element.text or ""
        assert not inside, "every range ends"
        assert len(word.element.body.xpath(f".//w:commentReference[@w:id='{comment.comment_id}']")) == 1
        found.append((comment.text, marked))
    return found


def marks(content: bytes) -> list[tuple[str, str]]:
    """Without the one that sums up."""
    return comments(content)[1:]


def number_of(content: bytes, words: str) -> int:
    read = read_document("x.docx", content)
    assert isinstance(read, Document)
    return next(one.number for one in read.paragraphs if words in one.text)


@pytest.mark.parametrize("words", ["第一段正文。", "表里的话", "另一格", "做法", TITLE.text])
def test_a_comment_hangs_at_the_paragraph_that_the_finding_names(words: str) -> None:
    where = f"¶{number_of(TEXT, words)} {words}"
    assert marks(copy_of(TEXT, finding("改一改", where))) == [("建议：改一改", words)]


@pytest.mark.parametrize(
    ("message", "where", "marked"),
    [
        ("“中心工作”写得空。", f"¶4 {PROSE}", "中心工作"),
        ("“我支部”写错了。", f"¶4 {PROSE}", "我支部"),
        ("“成效。”写得空。", f"¶4 {PROSE}", "成效。"),
        ("“做法”只有约3字", "¶5 我支部认真组…", "我支部认真组"),
        ("“没有的话”写得空。", "¶4 也没有", PROSE),
    ],
)
def test_a_comment_hangs_at_the_very_words_where_the_finding_quotes_them(message: str, where: str, marked: str) -> None:
    number = number_of(TEXT, PROSE)
    ((_, found),) = marks(copy_of(TEXT, finding(message, f"¶{number}{where[2:]}")))
    assert found == marked


def test_words_that_are_spread_over_runs_full_width_or_spaced_are_found_and_nothing_is_lost() -> None:
    content = docx([TITLE, paragraph(run("我们在２０") + run("xx 年") + run("开展了活动"))])
    copy = copy_of(content, finding("“20xx年”似为模板残留。", "¶2 我们在20xx年"))
    assert marks(copy) == [("建议：“20xx年”似为模板残留。", "２０xx 年")]
    assert [one.text for one in open_document(io.BytesIO(copy)).paragraphs][1] == "我们在２０xx 年开展了活动"


def test_the_same_words_in_two_paragraphs_are_told_apart() -> None:
    content = docx([TITLE, "主要做法", "甲", "主要做法", "乙"])
    word = open_document(io.BytesIO(copy_of(content, finding("空", "¶4 主要做法"))))
    assert [bool(one._p.xpath("./w:commentRangeStart")) for one in word.paragraphs] == [True, False, False, True, False]


def test_a_text_box_is_commented_at_the_paragraph_that_it_hangs_on_and_a_footnote_at_the_one_that_refers_to_it() -> (
    None
):
    content = docx([TITLE, paragraph(run("挂着文本框的段落") + BOX.format(Line("框里的话").xml())), "后面"])
    copy = copy_of(content, finding("改", f"¶{number_of(content, '框里的话')} 框里的话"))
    word = open_document(io.BytesIO(copy))
    assert [bool(one._p.xpath("./w:commentRangeStart")) for one in word.paragraphs] == [True, True, False]
    assert not word.element.body.xpath(".//w:txbxContent//w:commentRangeStart"), "Word knows no comments there"


@pytest.mark.parametrize("where", ["", "文件名：总结.docx", "¶999 已经没有", "¶"])
def test_what_names_no_place_stands_in_the_summary_alone(where: str) -> None:
    ((said, marked),) = comments(copy_of(TEXT, finding("缺一段", where)))
    assert said.splitlines()[:1] == ["要求写的内容都有；有一处可以再看看。"]
    assert said.splitlines()[1].startswith("1. 建议：缺一段")
    assert said.splitlines()[-1] == CLOSING
    assert marked == TITLE.text


def test_the_title_and_the_signature_are_places_too() -> None:
    content = docx([TITLE, PROSE, "数学学院教工党支部", "2012年9月6日"])
    found = (finding("标题不对", f"标题：{TITLE.text}"), finding("落款不对", "落款：数学学院教工党支部 2012年9月6日"))
    assert marks(copy_of(content, *found)) == [("建议：标题不对", TITLE.text), ("建议：落款不对", "数学学院教工党支部")]


def test_what_is_wanting_is_said_once_more_where_it_can_be_written() -> None:
    missing = finding("没有找到“社会评价”的内容。可补一段。", "", Level.MUST, "S1")
    no_people = finding("没有看到群众参与的内容。", "", Level.SHOULD, "P1")
    found = marks(copy_of(TEXT, missing, no_people))
    assert found == [(f"{WANTING}\n{missing.message}\n{no_people.message}", PROSE)]


def test_the_summary_has_the_result_then_the_list_and_nothing_that_the_clerk_alone_may_see() -> None:
    found = (
        finding("一", "", Level.HINT),
        finding("雷同", level=Level.CLERK),
        finding("二", "", Level.MUST),
        finding("三"),
    )
    ((said, _),) = comments(copy_of(TEXT, *found))
    assert said.splitlines() == [
        "还差一处要补正，另有两处可以再看看。", "1. 须补正：二", "2. 建议：三", "3. 提示：一", CLOSING
    ]  # fmt: skip
    assert b"\xe9\x9b\xb7\xe5\x90\x8c" not in b"".join(members(copy_of(TEXT, *found)).values())


def test_without_findings_the_copy_says_so() -> None:
    assert [said.splitlines()[0] for said, _ in comments(copy_of(TEXT))] == ["没有发现要改的地方。"]


def with_comment(content: bytes, words: str, author: str) -> bytes:
    word = open_document(io.BytesIO(content))
    word.add_comment(word.paragraphs[2].runs, text=words, author=author)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def test_comments_of_others_stay_and_ours_of_an_earlier_version_go() -> None:
    before = with_comment(TEXT, "书记：这里再写一点", "某某")
    once = copy_of(before, finding("第一次", f"¶{number_of(TEXT, PROSE)} x"))
    twice = copy_of(once, finding("第二次", f"¶{number_of(TEXT, '第一段')} x"))
    word = open_document(io.BytesIO(twice))
    assert [one.text for one in word.comments if one.author == "某某"] == ["书记：这里再写一点"]
    assert marks(twice) == [("建议：第二次", "第一段正文。")]
    marked = len(word.element.body.xpath(".//w:commentReference"))
    assert marked == len(list(word.comments)) == 3, "no mark is left that belongs to nothing"
    first, again = (read_document("x.docx", content) for content in (TEXT, twice))
    assert isinstance(first, Document)
    assert isinstance(again, Document)
    assert (again.text, again.title) == (first.text, first.title)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def test_the_same_opinion_gives_the_same_bytes_and_dates_follow_the_receipt() -> None:
    found = (finding("一", "¶2 x"), finding("二"))
    assert copy_of(TEXT, *found) == copy_of(TEXT, *found)
    with zipfile.ZipFile(io.BytesIO(copy_of(TEXT, *found))) as bundle:
        assert {member.date_time for member in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    written = members(copy_of(TEXT, *found))["word/comments.xml"]
    assert written.count(b'w:date="2012-09-10T16:42:00Z"') == 2, "as it is on the wall: Word shows it as it is written"


def test_a_paragraph_of_many_runs_is_marked_from_its_first_to_its_last() -> None:
    content = docx([paragraph(run("前半") + run("后半")), "尾"])
    assert marks(copy_of(content, finding("整段", "¶1 没有引文"))) == [("建议：整段", "前半后半")]


def test_insertions_are_marked_and_deletions_are_not() -> None:
    edited = f"<w:ins>{run('新的话')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>{run('接着说')}"
    content = docx([TITLE, paragraph(edited)])
    assert marks(copy_of(content, finding("改", "¶2 新的话接着说"))) == [("建议：改", "新的话接着说")]


def test_the_findings_of_a_real_examination_can_all_be_written() -> None:
    content = docx([TITLE, "20xx年，我支部认真开展活动。", "党总支意见：", "（盖章）　　年　月　日"])
    found = examine(read_document("总结.docx", content), context(sender=())).findings
    assert len(found) >= 5
    ((summary, _), *rest) = comments(copy_of(content, *found))
    assert all(one.message in summary for one in found if one.level is not Level.CLERK)
    assert len(rest) >= 3


@pytest.mark.parametrize("words", ["a\x00b", "a\x0bb", "a\x1b[31mb", "a\u202eb"])
def test_characters_that_xml_forbids_are_left_out(words: str) -> None:
    ((_, _), (said, _)) = comments(copy_of(TEXT, finding(words, "¶1 x")))
    assert said.startswith("建议：a")
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
def test_what_is_no_word_document_with_text_gives_no_copy_and_no_error(content: bytes) -> None:
    assert annotate(content, opinion(finding("x"))) is None


@given(st.integers(0, len(TEXT) - 1), st.binary(max_size=40))
@settings(max_examples=100, deadline=None)
def test_no_damage_to_the_file_raises(at: int, junk: bytes) -> None:
    copy = annotate(TEXT[:at] + junk + TEXT[at + len(junk) :], opinion(finding("x", "¶1"), finding("y")))
    assert copy is None or zipfile.is_zipfile(io.BytesIO(copy))


@given(
    st.lists(st.text(alphabet="一二三20xx年 ２　", max_size=6), min_size=1, max_size=5),
    st.integers(0, 20),
    st.integers(1, 9),
)
@settings(max_examples=60, deadline=None)
def test_wherever_the_words_stand_in_whatever_runs_they_are_marked_and_the_text_is_the_same(
    pieces: list[str], at: int, length: int
) -> None:
    whole = "".join(pieces)
    wanted = whole[at : at + length]
    content = docx([TITLE, paragraph("".join(map(run, pieces)))])
    copy = copy_of(content, finding(f"“{wanted}”", f"¶2 {whole}"))
    assert open_document(io.BytesIO(copy)).paragraphs[1].text == whole
    if whole.strip() and wanted.strip():
        ((_, marked),) = marks(copy)
        assert marked.replace(" ", "").replace("　", "")


PARTS = members(TEXT)


@pytest.mark.parametrize("left_out", sorted(PARTS))
def test_no_missing_part_raises(left_out: str) -> None:
    content = archive({name: text for name, text in PARTS.items() if name != left_out})
    copy = annotate(content, opinion(finding("x")))
    assert copy is None or zipfile.is_zipfile(io.BytesIO(copy))


@pytest.mark.parametrize("name", sorted(PARTS))
@pytest.mark.parametrize("new", ["", "<", "<a/>", "<w:document xmlns:w='x'/>"])
def test_no_part_of_other_content_raises(name: str, new: str) -> None:
    copy = annotate(archive({**PARTS, name: new}), opinion(finding("x")))
    assert copy is None or zipfile.is_zipfile(io.BytesIO(copy))
