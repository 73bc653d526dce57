"""The title of a report and its 落款, in the forms that people use."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.chinese_dates import find_date, find_day, is_short_date
from rules.model import Document
from rules.word import read_document
from tests.documents.build import Line, docx, style, table

TEXT = "　　2010年以来，我支部认真开展创先争优活动，现将有关情况总结如下，请审阅，不当之处请指正。"
UNIT = "示例学院教工第一党支部"
TITLE = f"{UNIT}创先争优活动总结"


def read(lines: list[Line | str], styles: str = "") -> Document:
    document = read_document("总结.docx", docx(lines, {"styles": styles} if styles else None))
    assert isinstance(document, Document)
    return document


TITLES: list[tuple[str, list[Line | str], str]] = [
    ("centred and bold", [Line(TITLE, bold=True, centred=True), TEXT], TITLE),
    ("in plain type", [TITLE, TEXT], TITLE),
    ("larger than the text", [Line("我们这两年", size=44), Line(TEXT, size=32)], "我们这两年"),
    ("over two lines", [Line("中共示例学院总支部委员会", centred=True), Line("创先争优活动总结", centred=True), TEXT],
     "中共示例学院总支部委员会创先争优活动总结"),
    ("broken inside the paragraph", [Line("示例学院党总支\n创先争优活动总结", centred=True), TEXT],
     "示例学院党总支 创先争优活动总结"),
    ("below a red head", [Line("中共示例学院委员会文件", centred=True), Line("示委〔2012〕5号", centred=True),
     Line(TITLE, centred=True), TEXT], TITLE),
    ("below 附件1", ["附件1：", Line(TITLE, centred=True), TEXT], TITLE),
    ("with a date below it", [Line(TITLE, centred=True), Line("（2012年9月6日）", centred=True), TEXT], TITLE),
    ("before a salutation", [Line("发言稿", centred=True), "同志们：", TEXT], "发言稿"),
    ("with a subtitle left alone", [Line(TITLE, centred=True), Line("——以服务为例", centred=True), TEXT], TITLE),
    ("no title at all", [TEXT, "第二段。"], ""),
    ("a salutation first", ["组织部：", TEXT], ""),
    ("a heading first", ["一、主要做法", TEXT], ""),
    ("a short ordinary line first", ["示例学院", TEXT], ""),
    ("a slogan above a whole title", [Line("先锋路上著华章", centred=True), Line(TITLE, centred=True), TEXT],
     f"先锋路上著华章 {TITLE}"),
    ("in a table cell", [table([[TITLE]]), TEXT], TITLE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "title"), [(lines, title) for _, lines, title in TITLES], ids=[n for n, _, _ in TITLES]
)
def test_the_title_is(lines: list[Line | str], title: str) -> None:
    assert read(lines).title == title


def test_a_title_style_wins_over_looks() -> None:
    lines = [Line("大而居中的别的话", bold=True, centred=True), Line(TITLE, style="t"), TEXT]
    assert read(lines, style("t", "", title="Title")).title == TITLE


DATE = "2012年9月6日"
SIGNATURES: list[tuple[str, list[Line | str], str]] = [
    ("unit above date", [TITLE, TEXT, UNIT, DATE], f"{UNIT} {DATE}"),
    ("date above unit", [TITLE, TEXT, DATE, UNIT], f"{DATE} {UNIT}"),
    ("in one line", [TITLE, TEXT, f"{UNIT}　　{DATE}"], f"{UNIT} {DATE}"),
    ("year and month only", [TITLE, TEXT, f"{UNIT} 2012年9月"], f"{UNIT} 2012年9月"),
    ("in Chinese numerals", [TITLE, TEXT, UNIT, "二〇一二年九月六日"], f"{UNIT} 二〇一二年九月六日"),
    ("with the Latin letter O", [TITLE, TEXT, UNIT, "二O一二年九月"], f"{UNIT} 二O一二年九月"),
    ("bracketed supplier", [TITLE, TEXT, "（示例学院党总支供稿 2012.9.6）"], "示例学院党总支供稿 2012.9.6"),
    ("bracketed unit", [TITLE, TEXT, "（离退休党总支）"], "离退休党总支"),
    ("by-line", [TITLE, TEXT, "供稿单位：示例学院党总支"], "示例学院党总支"),
    ("below the title", [Line(TITLE, centred=True), Line(UNIT, centred=True), Line(DATE, centred=True), TEXT, TEXT],
     f"{UNIT} {DATE}"),
    ("unit alone at the end", [TITLE, TEXT, UNIT], UNIT),
    ("two units", [TITLE, TEXT, "中共示例学院委员会", UNIT, DATE], f"中共示例学院委员会 {UNIT} {DATE}"),
    ("above an opinion block", [TITLE, TEXT, UNIT, DATE, "党总支意见：同意报送。", "示例学院党总支", "2012年9月9日"],
     f"{UNIT} {DATE}"),
    ("above a form", [TITLE, TEXT, UNIT, DATE, table([["党总支审核意见", "同意\n2012年9月9日"]])], f"{UNIT} {DATE}"),
    ("the date at the end, the unit below the title", [Line(TITLE, centred=True), Line(UNIT, centred=True), TEXT, DATE],
     f"{UNIT} {DATE}"),
    ("a date without a year", [TITLE, TEXT, UNIT, "九月十日"], f"{UNIT} 九月十日"),
    ("year and month with a point", [TITLE, TEXT, UNIT, "2012.9"], f"{UNIT} 2012.9"),
    ("with its source", [TITLE, TEXT, f"来源：{UNIT} 2012-9-9"], f"{UNIT} 2012-9-9"),
    ("two dates", [TITLE, TEXT, UNIT, "2012年9月6日", "2012年9月12日印发"], f"{UNIT} 2012年9月6日"),
    ("in a form", [Line(TITLE, centred=True), table([["支部名称", UNIT], ["支部书记", "示例"]]), TEXT], UNIT),
    ("not a heading", [Line(TITLE, centred=True), "（二）走到病床边的支部", TEXT, TEXT], ""),
    ("not a span of years", [Line(TITLE, centred=True), "（2010年4月—2012年9月）", TEXT, TEXT], ""),
    ("none", [TITLE, TEXT, "今后我们将继续努力。"], ""),
    ("a date inside the text", [TITLE, TEXT, "会议于2012年9月6日召开，到会的有三十多名党员和群众代表。"], ""),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "signed"), [(s[1], s[2]) for s in SIGNATURES], ids=[s[0] for s in SIGNATURES])
def test_the_signature_is(lines: list[Line | str], signed: str) -> None:
    assert read(lines).signature == signed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012年9月14日", "2012-09-14"), ("2012.9.14", "2012-09-14"), ("2012-9-14", "2012-09-14"),
        ("2012/09/14", "2012-09-14"), ("20120914", "2012-09-14"), ("二〇一二年九月十四日", "2012-09-14"),
        ("二○一二年十二月三十一日", "2012-12-31"),
        ("二O一一年十月", "2011-10-01"), ("二Ο一一年一月二十日", "2011-01-20"), ("二零一二年九月十日", "2012-09-10"),
        ("二0一二年九月", "2012-09-01"), ("二о一二年九月廿四日", "2012-09-24"),
        ("二 〇 一 二 年 九 月 二十 日", "2012-09-20"),
        ("2012年九月十四日", "2012-09-14"), ("2012年9月14号", "2012-09-14"), ("2 0 1 2 年 9 月 6 日", "2012-09-06"),
        ("2012年13月1日 2012年9月3日", "2012-09-03"), ("2012.9", None), ("九月十日", None),
        ("2012 年 9 月 6 日", "2012-09-06"), ("见 2012.9.6 。", "2012-09-06"),
        ("2012年13月1日", None), ("年 月 日", None), ("9月14日", None), ("电话20120914556", None), ("2012.9/14", None),
        ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, day: str | None) -> None:
    found = find_date(text)
    assert (found[0].isoformat() if found else None) == day


def test_the_day_is_the_full_date_of_the_signature() -> None:
    days = [read([TITLE, TEXT, UNIT, written]).day for written in ("二〇一二年九月六日", "2012年9月", "九月六日")]
    assert days == [date(2012, 9, 6), None, None]
    assert find_day("2012.9.1 至 2012.9.6") == date(2012, 9, 6)
    assert [is_short_date(text) for text in ("2012.9", "（九月）", "9月10日", "2012.90", "十三月的")] == [
        True, False, True, False, False,
    ]  # fmt: skip


@given(st.text(alphabet="二〇一○oО0年月日十廿 219.-/号", max_size=24))
def test_any_mixture_of_date_signs_is_read_or_left(text: str) -> None:
    found = find_date(text)
    assert found is None or text[found[1] : found[2]].strip()
