"""What a .docx declares of its layout, with all that is inherited: defaults, styles, theme, own formatting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rules.layout.read import MAX_PARAGRAPHS, read_layout
from rules.layout.sheets import number_in
from rules.layout.styles import Looks, setting_of
from rules.layout.theme import theme_fonts
from rules.layout.values import length
from rules.model import Setting
from rules.ooxml.elements import DRAWING, WORD
from tests.documents.build import docx

NS = f'xmlns:w="{WORD}"'


def parsed(xml: str) -> etree._Element:
    name = xml.split(">")[0].split()[0].strip("</")
    return etree.fromstring(xml.replace(f"<{name}", f"<{name} {NS}", 1))


def looks(styles: str, **fonts: str) -> Looks:
    return Looks(parsed(f"<w:styles>{styles}</w:styles>"), fonts)


def style(name: str, runs: str = "", paragraphs: str = "", kind: str = "paragraph", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}">{base}<w:pPr>{paragraphs}</w:pPr><w:rPr>{runs}</w:rPr></w:style>'
    )


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="Arial" w:eastAsia="{name}"/>'


DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/><w:sz w:val="21"/></w:rPr>'
    '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="300" w:lineRule="auto"/></w:pPr>'
    "</w:pPrDefault></w:docDefaults>"
)


def test_the_nearest_that_says_anything_counts() -> None:
    resolved = looks(
        DEFAULTS
        + style("a", font("仿宋"), '<w:jc w:val="both"/>')
        + style("b", '<w:sz w:val="32"/>', '<w:ind w:firstLineChars="200"/>', based_on="a")
        + style("mark", font("楷体"), kind="character"),
        minorEastAsia="宋体",
    )
    assert [resolved.of_run(None, name).font for name in ("", "a", "b")] == ["宋体", "仿宋", "仿宋"]
    assert [resolved.of_run(None, name).size for name in ("", "a", "b")] == [10.5, 10.5, 16]
    marked = resolved.of_run(parsed('<w:rPr><w:rStyle w:val="mark"/></w:rPr>'), "b")
    assert (marked.font, marked.size) == ("楷体", 16)
    own = resolved.of_run(parsed(f'<w:rPr><w:rStyle w:val="mark"/>{font("黑体")}</w:rPr>'), "b")
    assert own.font == "黑体"
    assert resolved.of_run(parsed('<w:rPr><w:rFonts w:ascii="黑体" w:hAnsi="黑体"/></w:rPr>'), "b").font == "仿宋"
    values = resolved.of_paragraph(parsed('<w:pPr><w:pStyle w:val="b"/></w:pPr>'))
    assert setting_of(values, None) == Setting(align="both", line=1.25, after=8, first_chars=2)


def test_a_theme_in_the_same_place_counts_more_than_a_name_and_one_further_off_less() -> None:
    resolved = looks(style("a", '<w:rFonts w:eastAsia="宋体" w:eastAsiaTheme="majorEastAsia"/>'), majorEastAsia="黑体")
    assert resolved.of_run(None, "a").font == "黑体"
    assert resolved.of_run(parsed(f"<w:rPr>{font('仿宋')}</w:rPr>"), "a").font == "仿宋"
    assert resolved.of_run(parsed('<w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr>'), "a").font is None


def test_bold_in_a_bold_paragraph_is_thin_and_own_bold_is_bold() -> None:
    resolved = looks(style("a", "<w:b/>") + style("strong", "<w:b/>", kind="character"))
    strong = '<w:rStyle w:val="strong"/>'
    assert resolved.of_run(None, "a").bold
    assert resolved.of_run(parsed(f"<w:rPr>{strong}</w:rPr>"), "").bold
    assert not resolved.of_run(parsed(f"<w:rPr>{strong}</w:rPr>"), "a").bold
    assert resolved.of_run(parsed(f"<w:rPr>{strong}<w:b/></w:rPr>"), "a").bold
    assert not resolved.of_run(parsed('<w:rPr><w:b w:val="0"/></w:rPr>'), "a").bold


def test_styles_that_are_based_on_each_other_and_unknown_ones_do_no_harm() -> None:
    resolved = looks(style("a", font("仿宋"), based_on="b") + style("b", based_on="a"))
    assert resolved.of_run(None, "b").font == "仿宋"
    assert resolved.of_run(None, "none").font is None
    assert resolved.of_paragraph(parsed('<w:pPr><w:pStyle w:val="none"/></w:pPr>'))["style"] == ""


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:spacing w:line="560" w:lineRule="exact"/>', Setting(line=28, line_rule="exact")),
        ('<w:spacing w:line="360" w:lineRule="auto"/>', Setting(line=1.5)),
        ('<w:spacing w:before="240" w:beforeLines="100" w:afterLines="50"/>', Setting(before=28.95, after=14.475)),
        ('<w:spacing w:beforeAutospacing="1" w:before="100"/>', Setting(before=14)),
        ('<w:spacing w:after="200"/><w:contextualSpacing/>', Setting()),
        ('<w:ind w:firstLine="640"/>', Setting(first=32)),
        ('<w:ind w:firstLine="640" w:firstLineChars="200"/>', Setting(first=32, first_chars=2)),
        ('<w:ind w:left="420" w:hanging="420"/>', Setting(left=21, first=-21)),
        ('<w:ind w:hangingChars="100"/>', Setting(first_chars=-1)),
        ('<w:ind w:start="32pt" w:endChars="400"/>', Setting(left=32, right_chars=4)),
        ('<w:jc w:val="end"/><w:snapToGrid w:val="0"/>', Setting(align="right", snaps=False)),
    ],
)
def test_what_is_declared_of_a_paragraph(properties: str, expected: Setting) -> None:
    values = looks("").of_paragraph(parsed(f"<w:pPr>{properties}</w:pPr>"))
    assert setting_of(values, 28.95) == expected


def test_a_hanging_indent_of_ones_own_ends_the_first_line_indent_of_the_style() -> None:
    resolved = looks(style("a", paragraphs='<w:ind w:firstLine="640" w:firstLineChars="200"/>'))
    values = resolved.of_paragraph(parsed('<w:pPr><w:pStyle w:val="a"/><w:ind w:hanging="320"/></w:pPr>'))
    assert setting_of(values, None) == Setting(first=-16)
    resolved = looks(style("a", paragraphs='<w:ind w:hanging="640" w:hangingChars="200"/>'))
    values = resolved.of_paragraph(parsed('<w:pPr><w:pStyle w:val="a"/><w:ind w:firstLine="320"/></w:pPr>'))
    assert setting_of(values, None) == Setting(first=16)


def theme(minor: str) -> etree._Element:
    space = DRAWING.strip("{}")
    return etree.fromstring(
        f'<a:theme xmlns:a="{space}"><a:fontScheme><a:minorFont>{minor}</a:minorFont></a:fontScheme></a:theme>'
    )


@pytest.mark.parametrize(
    ("language", "ea", "expected"),
    [
        ("zh-CN", "", "宋体"),
        ("", "", "宋体"),
        ("zh-TW", "", "新細明體"),
        ("ja-JP", "", "游明朝"),
        ("zh-CN", "仿宋", "仿宋"),
    ],
)
def test_the_font_of_a_theme_is_its_own_choice_or_that_of_the_language(language: str, ea: str, expected: str) -> None:
    scripts = (("Jpan", "游明朝"), ("Hans", "宋体"), ("Hant", "新細明體"))
    fonts = "".join(f'<a:font script="{script}" typeface="{face}"/>' for script, face in scripts)
    settings = parsed(f'<w:settings><w:themeFontLang w:eastAsia="{language}"/></w:settings>')
    found = theme_fonts(theme(f'<a:latin typeface="Arial"/><a:ea typeface="{ea}"/>{fonts}'), settings)
    assert found["minorEastAsia"] == expected
    assert found["minorHAnsi"] == "Arial"


def field(code: str, result: str = "1") -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    written = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return sign("begin") + written + sign("separate") + f"<w:r><w:t>{result}</w:t></w:r>" + sign("end")


def words(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        (field(" PAGE "), (True, False)),
        (words("— ") + field("PAGE  \\* MERGEFORMAT") + words(" —"), (True, True)),
        (
            words("－") + '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>' + words("－"),
            (True, True),
        ),
        (words("第") + field("PAGE") + words("页 共") + field("NUMPAGES") + words("页"), (True, False)),
        (f"<w:r><w:pict><w:txbxContent><w:p>{field('PAGE')}</w:p></w:txbxContent></w:pict></w:r>", (True, False)),
        ("<w:r><w:pgNum/></w:r>", (True, False)),
        (field("NUMPAGES"), (False, False)),
        (field("PAGEREF _Toc1"), (False, False)),
        (words("— 1 —"), (False, False)),
    ],
)
def test_the_number_of_the_page_in_a_footer(footer: str, expected: tuple[bool, bool]) -> None:
    assert number_in(parsed(f"<w:ftr><w:p>{footer}</w:p></w:ftr>")) == expected


SECTION = (
    '<w:sectPr><w:pgSz w:w="{w}" w:h="{h}"/><w:pgMar w:top="-2098" w:bottom="1984" w:left="1587" w:right="1474" '
    'w:gutter="57"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)


def test_each_section_has_its_sheet_and_each_paragraph_its_section() -> None:
    first = f"<w:p><w:pPr>{SECTION.format(w=11906, h=16838)}</w:pPr>{words('一')}</w:p>"
    layout = read_layout(docx([first, "二", "", SECTION.format(w=16838, h=11906)]))
    assert layout is not None
    assert [(one.text, one.sheet) for one in layout.paragraphs] == [("一", 0), ("二", 1)]
    upright = layout.sheets[0]
    assert upright.paper == (210.01, 297.0)
    assert upright.margins == (37.01, 35.0, 29.0, 26.0)
    assert upright.grid == pytest.approx(28.95)
    assert [sheet.upright for sheet in layout.sheets] == [True, False]


def test_tables_boxes_deletions_and_hidden_text_are_left_out_and_what_only_holds_text_is_not() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    runs = (
        f"<w:ins>{words('一')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>{hidden}"
        f"<w:hyperlink>{words('二')}</w:hyperlink><w:sdt><w:sdtContent>{words('三')}</w:sdtContent></w:sdt>"
        f"<w:r><w:pict><w:txbxContent><w:p>{words('框')}</w:p></w:txbxContent></w:pict></w:r>"
    )
    body = f"<w:sdt><w:sdtContent><w:p>{runs}</w:p></w:sdtContent></w:sdt>"
    cell = f"<w:tbl><w:tr><w:tc><w:p>{words('格')}</w:p></w:tc></w:tr></w:tbl>"
    layout = read_layout(docx([body, cell]))
    assert layout is not None
    assert [one.text for one in layout.paragraphs] == ["一二三"]


def test_more_paragraphs_than_any_formal_document_has_are_not_laid_out() -> None:
    assert read_layout(docx(["一"] * (MAX_PARAGRAPHS + 1))) is None


@given(st.text(max_size=20))
def test_a_length_is_a_number_of_points_or_nothing(written: str) -> None:
    found = length(written)
    assert found is None or isinstance(found, float)


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("640", 32.0),
        ("-20", -1.0),
        ("32pt", 32.0),
        ("1in", 72.0),
        ("2.54cm", 72.0),
        ("x", None),
        ("", None),
        (None, None),
    ],
)
def test_lengths(written: str | None, points: float | None) -> None:
    assert length(written) == (pytest.approx(points) if points is not None else None)
