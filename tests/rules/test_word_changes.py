"""Tracked changes, fields and alternatives: what a reader of the final text sees, and nothing else."""

import pytest

from rules.model import Document, Place
from rules.word import read_document
from tests.documents.build import Line, docx, paragraph, run, style, table, words


def read(lines: list[Line | str], parts: dict[str, str] | None = None) -> Document:
    document = read_document("总结.docx", docx(lines, parts))
    assert isinstance(document, Document), document
    return document


def texts(lines: list[Line | str], parts: dict[str, str] | None = None) -> list[str]:
    return [paragraph.text for paragraph in read(lines, parts).paragraphs]


def marked(text: str, mark: str, more: str = "") -> str:
    """A paragraph whose own mark was deleted, moved or inserted."""
    return f'<w:p><w:pPr>{more}<w:rPr><w:{mark} w:id="1"/></w:rPr></w:pPr>{run(text) if text else ""}</w:p>'


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_a_deleted_paragraph_mark_joins_two_paragraphs(mark: str) -> None:
    document = read([marked("甲", mark), "乙", "丙"])
    assert [p.text for p in document.paragraphs] == ["甲乙", "丙"]
    assert document.tracked_changes == 1


def test_several_deleted_marks_in_a_row_join_them_all_and_the_last_ones_properties_win() -> None:
    last = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>' + run("丙") + "</w:p>"
    (one,) = read([marked("甲", "del"), marked("乙", "del"), last]).paragraphs
    assert (one.text, one.centred) == ("甲乙丙", True)


def test_an_inserted_mark_and_a_deleted_one_at_the_end_join_nothing() -> None:
    assert texts([marked("甲", "ins"), "乙", marked("丙", "del")]) == ["甲", "乙", "丙"]


def test_a_deleted_mark_joins_nothing_across_the_edge_of_a_table() -> None:
    assert texts([marked("甲", "del"), table([["格"]]), "乙"]) == ["甲", "格", "乙"]


def test_a_wholly_deleted_paragraph_leaves_nothing_and_takes_no_number() -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = (
        f"<w:p><w:pPr>{number}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    levels = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    lines: list[Line | str] = [Line("甲", number=(1, 0)), gone, Line("乙", number=(1, 0))]
    assert texts(lines, {"numbering": levels}) == ["1.甲", "2.乙"]


def test_a_deleted_table_row_is_not_read_and_an_inserted_one_is() -> None:
    rows = "".join(
        f"<w:tr><w:trPr><w:{mark}/></w:trPr><w:tc>{Line(mark).xml()}</w:tc></w:tr>" for mark in ("del", "ins")
    )
    document = read(["前", f"<w:tbl>{rows}</w:tbl>"])
    assert (document.text, document.tracked_changes) == ("前\nins", 2)


def test_moved_text_is_read_once_where_it_went() -> None:
    moved = f"<w:moveFrom>{run('搬走')}</w:moveFrom>"
    assert texts([paragraph(run("甲") + moved), paragraph(f"<w:moveTo>{run('搬走')}</w:moveTo>")]) == ["甲", "搬走"]


CODE = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (CODE.format(kind) for kind in ("begin", "separate", "end"))
NESTED = BEGIN + run(" IF ") + BEGIN + "<w:r><w:instrText>DATE</w:instrText></w:r>" + SEPARATE + run("内") + END


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (BEGIN + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + SEPARATE + run("3") + END, "前3后"),
        (NESTED + SEPARATE + run("果") + END, "前果后"),
        (BEGIN + run("代码") + END, "前后"),
        (BEGIN + run("没有结束"), "前没有结束后"),
        (END + SEPARATE + run("没有开始"), "前没有开始后"),
    ],
    ids=["a page number", "a field in a field's code", "no result", "never ended", "never begun"],
)  # fmt: skip
def test_of_a_field_only_the_result_is_text(inner: str, text: str) -> None:
    assert texts([paragraph(run("前") + inner + run("后"))]) == [text]


def test_a_field_over_several_paragraphs_keeps_its_result() -> None:
    first = paragraph(BEGIN + "<w:r><w:instrText>TOC</w:instrText></w:r>" + SEPARATE + run("一、做法"))
    assert texts([first, "二、成效", paragraph(END + run("正文"))]) == ["一、做法", "二、成效", "正文"]


def test_when_the_first_alternative_has_no_text_the_fallback_is_read() -> None:
    box = "<v:textbox><w:txbxContent>" + Line("框中").xml() + "</w:txbxContent></v:textbox>"
    both = f"<mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    (read_box,) = read([paragraph(f"<w:r>{both}</w:r>")]).paragraphs
    assert (read_box.text, read_box.place) == ("框中", Place.TEXT_BOX)


def test_text_hidden_by_its_style_is_not_text() -> None:
    styles = style("secret", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    styles += style("note", "<w:rPr><w:vanish/></w:rPr>")
    hidden = f'<w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr>{words("藏")}</w:r>'
    shown = f'<w:r><w:rPr><w:rStyle w:val="secret"/><w:vanish w:val="0"/></w:rPr>{words("露")}</w:r>'
    lines: list[Line | str] = [paragraph(run("见") + hidden + shown), Line("全藏", style="note")]
    assert texts(lines, {"styles": styles}) == ["见露"]


def test_a_table_inside_a_text_box_and_a_box_inside_a_table_know_their_place() -> None:
    inside = f"<w:txbxContent>{table([['框格']])}{Line('框').xml()}</w:txbxContent>"
    box = f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(run('格') + box)}</w:tc></w:tr></w:tbl>"
    assert [(p.text, p.place, p.row) for p in read([cell]).paragraphs] == [
        ("格", Place.TABLE, 1), ("框格", Place.TEXT_BOX, 2), ("框", Place.TEXT_BOX, 0),
    ]  # fmt: skip


def test_ticked_boxes_of_symbol_fonts_are_read_and_their_pictures_are_not() -> None:
    signs = '<w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:char="2605"/>'
    assert texts([paragraph(f"<w:r>{signs}</w:r>" + run("同意"))]) == ["☑★同意"]


def test_a_heading_whose_number_alone_is_not_bold_is_bold() -> None:
    bold = f"<w:r><w:rPr><w:b/></w:rPr>{words('加强组织领导，落实工作责任')}</w:r>"
    long = f"<w:r><w:rPr><w:b/></w:rPr>{words('加强组织领导' * 20)}</w:r>"
    lines: list[Line | str] = [
        paragraph(run("一、") + bold),
        paragraph(run("一、") + long),
        paragraph(run("字" * 9) + bold),
    ]
    assert [p.bold for p in read(lines).paragraphs] == [True, False, False]
