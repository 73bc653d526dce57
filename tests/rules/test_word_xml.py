"""Word's XML in reading order: nothing seen is lost, nothing doubled, looks as inherited."""

import pytest

from rules.model import Document, Paragraph, Place
from rules.word import read_document
from tests.documents.build import Line, docx, paragraph, run, style, table, words


def paragraphs(lines: list[Line | str], parts: dict[str, str] | None = None) -> tuple[Paragraph, ...]:
    return document(lines, parts).paragraphs


def document(lines: list[Line | str], parts: dict[str, str] | None = None) -> Document:
    read = read_document("总结.docx", docx(lines, parts))
    assert isinstance(read, Document), read
    return read


def texts(lines: list[Line | str], parts: dict[str, str] | None = None) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(lines, parts)]


def test_tables_are_read_in_place_with_their_rows_numbered_over_the_document() -> None:
    read = paragraphs(["前", table([["甲", "乙\n丙"], ["丁"]]), "中", table([["戊"]]), "后"])
    assert [(p.text, p.row) for p in read] == [
        ("前", 0), ("甲", 1), ("乙", 1), ("丙", 1), ("丁", 2), ("中", 0), ("戊", 3), ("后", 0),
    ]  # fmt: skip
    assert {p.place for p in read if p.row} == {Place.TABLE}


def test_a_table_in_a_table_has_rows_of_its_own() -> None:
    inner = "<w:tbl><w:tr><w:tc>" + table([["里"]]) + Line("外").xml() + "</w:tc></w:tr></w:tbl>"
    assert [(p.text, p.row) for p in paragraphs([inner])] == [("里", 2), ("外", 1)]


BOX = "<w:txbxContent>" + Line("框中").xml() + "</w:txbxContent>"
ALTERNATIVES = (
    f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{BOX}</wps:txbx></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    read = paragraphs([paragraph(run("锚前") + f"<w:r>{ALTERNATIVES}</w:r>" + run("锚后")), "下段"])
    assert [(p.text, p.place) for p in read] == [
        ("锚前锚后", Place.BODY), ("框中", Place.TEXT_BOX), ("下段", Place.BODY),
    ]  # fmt: skip


def test_an_old_text_box_without_alternatives_is_read() -> None:
    assert texts([paragraph(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>")]) == ["框中"]


def test_a_fallback_without_a_choice_is_read() -> None:
    alone = f"<mc:AlternateContent><mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent>"
    assert texts([paragraph(f"<w:r>{alone}</w:r>")]) == ["框中"]


def test_content_controls_hyperlinks_and_fields_are_text_and_their_settings_are_not() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:alias w:val='单位'/></w:sdtPr><w:sdtContent>"
        + Line("控件").xml()
        + "</w:sdtContent></w:sdt>"
    )
    link = paragraph(run("见") + "<w:hyperlink>" + run("链接") + "</w:hyperlink>")
    field = paragraph(
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='DATE'>" + run("九月") + "</w:fldSimple>"
    )
    assert texts([control, link, field]) == ["控件", "见链接", "九月"]


def test_insertions_are_text_deletions_are_not_and_both_are_counted() -> None:
    changed = paragraph(
        run("原") + f"<w:ins>{run('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>"
    )
    read = document([changed])
    assert read.text == "原增新处"
    assert read.tracked_changes == 4


def test_a_change_of_format_is_counted_and_its_old_values_are_not_read() -> None:
    changed = paragraph(f"<w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>{words('正')}</w:r>")
    read = document([changed])
    assert (read.text, read.tracked_changes, read.paragraphs[0].bold) == ("正", 1, False)


def test_a_clean_document_has_no_changes_and_no_comments() -> None:
    read = document(["正文"])
    assert (read.tracked_changes, read.comments) == (0, 0)


def test_comments_are_counted_where_they_are_attached() -> None:
    assert document([paragraph(run("正文") + '<w:r><w:commentReference w:id="0"/></w:r>')]).comments == 1


def test_footnotes_and_endnotes_follow_the_paragraph_that_refers_to_them_once() -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{Line("注文").xml()}</w:footnote>'
        f'<w:footnote w:id="3">{Line("没人引").xml()}</w:footnote>'
    )
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    endnotes = f'<w:endnote w:id="2">{Line("尾注").xml()}</w:endnote>'
    lines: list[Line | str] = [
        paragraph(run("有注") + reference + reference),
        paragraph(run("有尾注") + '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        "后",
    ]
    read = paragraphs(lines, {"footnotes": notes, "endnotes": endnotes})
    assert [(p.text, p.place) for p in read] == [
        ("有注", Place.BODY), ("注文", Place.FOOTNOTE), ("有尾注", Place.BODY), ("尾注", Place.FOOTNOTE),
        ("后", Place.BODY),
    ]  # fmt: skip


def test_signs_between_words_are_kept() -> None:
    page = "<w:noBreakHyphen/><w:br w:type='page'/>"
    signs = f"{words('甲')}<w:tab/>{words('乙')}<w:br/>{words('丙')}{page}{words('丁')}"
    assert texts([paragraph(f"<w:r>{signs}</w:r>")]) == ["甲\t乙\n丙-丁"]


def test_hidden_text_is_not_text() -> None:
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr>{words('藏')}</w:r>"
    assert texts([paragraph(run("见") + hidden + run("得"))]) == ["见得"]


def test_the_reading_of_a_character_is_left_out() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('xi')}</w:rt><w:rubyBase>{run('习')}</w:rubyBase></w:ruby></w:r>"
    assert texts([paragraph(ruby)]) == ["习"]


def test_mathematics_is_text() -> None:
    assert texts([paragraph("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")]) == ["x=1"]


STYLES = (
    style("a", "", title="Normal").replace("<w:style ", '<w:style w:default="1" ')
    + style("1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>', title="heading 1")
    + style("my", '<w:basedOn w:val="1"/>', title="我的标题")
    + style("named", "", title="标题 2")
    + style("plain", '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>', title="像标题的正文")
    + style("t", '<w:pPr><w:jc w:val="center"/></w:pPr>', title="Title")
    + style("loop", '<w:basedOn w:val="loop2"/>')
    + style("loop2", '<w:basedOn w:val="loop"/>')
    + style("strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    + style("light", '<w:basedOn w:val="1"/><w:rPr><w:b w:val="0"/></w:rPr>')
)


@pytest.mark.parametrize(
    ("name", "level", "bold", "centred"),
    [
        ("1", 1, True, False), ("my", 1, True, False), ("named", 2, False, False), ("plain", None, True, False),
        ("t", 0, False, True), ("loop", None, False, False), ("unknown", None, False, False),
        ("light", 1, False, False), ("", None, False, False),
    ],
)  # fmt: skip
def test_a_style_gives_what_it_inherits(name: str, level: int | None, bold: bool, centred: bool) -> None:
    (read,) = paragraphs([Line("文字", style=name)], {"styles": STYLES})
    assert (read.level, read.bold, read.centred) == (level, bold, centred)


def test_a_paragraphs_own_outline_level_wins_over_its_style() -> None:
    own = f'<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="2"/></w:pPr>{run("三级")}</w:p>'
    body = f'<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr>{run("正文")}</w:p>'
    assert [p.level for p in paragraphs([own, body], {"styles": STYLES})] == [3, None]


def test_bold_is_told_by_the_leading_run() -> None:
    bold = f"<w:r><w:rPr><w:b/></w:rPr>{words('领导重视。')}</w:r>"
    by_style = f'<w:r><w:rPr><w:rStyle w:val="strong"/></w:rPr>{words("领导重视。")}</w:r>'
    face = f'<w:r><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr>{words("领导重视。")}</w:r>'
    off = f'<w:r><w:rPr><w:b w:val="false"/></w:rPr>{words("领导重视。")}</w:r>'
    lines: list[Line | str] = [
        paragraph(bold + run("正文")),
        paragraph(by_style),
        paragraph(face),
        paragraph(off),
        paragraph(run("正文") + bold),
    ]
    assert [p.bold for p in paragraphs(lines, {"styles": STYLES})] == [True, True, True, False, False]
