"""The 台账 opens, prints, explains itself, and can hold anything that people put into names and subjects."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from mailbot.sheet import FORMAT_VERSION, write_sheet
from mailbot.xlsx.lists import LOG_ROWS
from mailbot.xlsx.page import FIRST_ROW, HEADER_ROW
from rules.campaign import Aspect, ParticipationRule
from rules.model import Finding, Level, MailboxCounts, Outcome, Roster, State
from rules.tracking import TrackingFacts, track
from tests.tracking_college import (
    BEFORE,
    NO_EVALUATION,
    REPORT,
    branch,
    by_key,
    campaign,
    case,
    college,
    direct_branch,
    entry,
    examination,
    general_branch,
    receipt,
    sent,
)

PAGES = ["总表", "未报名单", "待处理", "收件日志", "汇总"]
CAME = datetime(2012, 9, 10, 8, 42, tzinfo=UTC)
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1", "http://example.com/a", "=HYPERLINK(\"http://example.com\")",
           "<r><t>x</t></r>", "\x00\x07\x1b[31m", "\ud800", "a\ufffe", "x" * 40_000, "_x0041_", "{=1}", "'=1",
           "mailto:a@example.com", "internal:Sheet1!A1", "1e5", "\t=1+1", "\u202egpj.exe"]  # fmt: skip


def book(facts: TrackingFacts) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(write_sheet(track(facts))))


def rows(facts: TrackingFacts, page: str) -> list[list[Any]]:
    return book(facts).get_sheet_by_name(page).to_python(skip_empty_area=False)


def parts(facts: TrackingFacts) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(write_sheet(track(facts)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def hostile(text: str) -> TrackingFacts:
    """Every place that outside words can come to, filled with this text."""
    head = replace(general_branch("01", text), name=text, contact=text, phone=text, note=text)
    member = replace(branch("0101", text, "01"), code=f"0101{text}"[:50], contact=text, note=text)
    finding = Finding("S4", Level.MUST, text, text)
    made = examination(finding, replace(finding, level=Level.HINT))
    standing = sent(member.code, State.RETURNED, CAME, made, note=text)
    named = replace(receipt(CAME, made, name=text), sender=text)
    return TrackingFacts(
        campaign=campaign(title=text or "题", short_title=text),
        roster=Roster((head, member)),
        standings=by_key(replace(standing, receipts=(named,))),
        now=BEFORE,
        cases=(case(1, "unsure", ("01",), subject=text, sender=text, detail=text),),
        log=(entry(1, subject=text, sender=text, reason=text),),
        counts=MailboxCounts(filed=1),
    )


def test_the_pages_are_there_and_the_settings_are_out_of_sight() -> None:
    found = parts(college(3, 9))
    assert book(college(3, 9)).sheet_names == [*PAGES, "mailbot"]
    assert re.search(r'name="mailbot" sheetId="6" state="veryHidden"', found["xl/workbook.xml"])


def test_the_table_has_a_row_per_unit_under_its_general_branch() -> None:
    found = rows(college(2, 5), "总表")
    header = found[HEADER_ROW]
    assert [str(word).replace("\n", "") for word in header] == [
        "键", "编号", "单位", "类型", "已接收/应报", "状态", "特点", "做法", "成效", "社会评价", "经验启示", "群众参与",
        "审核", "版本", "收到时间", "逾期", "催报", "纸质件", "提示", "联系人", "电话", "备注",
    ]  # fmt: skip
    body = found[FIRST_ROW:]
    assert [row[1] for row in body] == ["01", "0101", "0102", "0103", "02", "0201", "0202", "", "Z1", "Z2", "Z3"]
    assert [row[0] for row in body] == [row[1] for row in body]
    assert body[7][2] == "直属党支部"
    first = dict(zip(header, body[0], strict=True))
    assert (first["单位"], first["状态"], first["纸质件"]) == ("计算机科学学院党总支", "已接收", "未交 0/2")
    assert re.fullmatch(r"\d/4", first["已接收\n/应报"])
    assert f"{first['收到时间']:%Y-%m-%d %H:%M}" == "2012-09-05 08:00"
    incomplete = dict(zip(header, body[1], strict=True))
    assert (incomplete["状态"], incomplete["社会\n评价"], incomplete["特点"]) == ("已收·待补正", "✗", "正文")


def test_the_top_says_campaign_time_and_sums() -> None:
    found = rows(college(2, 5), "总表")
    assert "创先争优活动总结（示例）" in found[0][1]
    assert "截至 2012年9月17日 09:30" in found[1][1]
    assert "9月14日（星期五）24时前" in found[1][1]
    assert re.search(r"已登记 \d+ / 应报 \d+", found[1][1])


def test_columns_that_a_campaign_does_not_need_are_left_out() -> None:
    report = REPORT.model_copy(update={"review": False})
    nobody_asked = ParticipationRule(any_of=0)
    plain = campaign(aspects=(Aspect(key="亮点"),), participation=nobody_asked, deliverables=(report,))
    header = rows(replace(college(2, 5), campaign=plain), "总表")[HEADER_ROW]
    assert "亮点" in header
    assert not {"群众\n参与", "审核", "纸质件", "特点"} & set(header)


def test_the_call_list_reads_unit_missing_name_number() -> None:
    found = rows(college(2, 5), "未报名单")
    assert found[HEADER_ROW][1:] == ["总支", "单位", "还缺什么", "联系人", "电话", "已催", "通话记录"]
    first = ["计算机科学学院党总支", "计算机科学学院党总支", "纸质件未交 0/2；请把关：教工第二党支部"]
    assert found[FIRST_ROW][1:6] == [*first, "示例甲", "0595-00000001"]


def test_an_empty_college_says_that_nothing_is_open() -> None:
    nobody = TrackingFacts(campaign(), Roster(()), {}, BEFORE)
    assert "全部单位都已报齐。" in rows(nobody, "未报名单")[2][1]
    assert "没有需要人工处理的邮件。" in rows(nobody, "待处理")[2][0]


def test_cases_and_log_are_listed() -> None:
    facts = college(2, 5)
    cases = rows(facts, "待处理")[FIRST_ROW:]
    assert [row[1] for row in cases] == ["认不出单位", "是否本次材料", "未能处理", "退信", "新邮箱"]
    log = rows(facts, "收件日志")
    assert "共 79 封" in log[2][0]
    assert [row[0] for row in log[FIRST_ROW:]] == list(range(79, 0, -1))
    assert {row[4] for row in log[FIRST_ROW:]} <= {
        "已归档", "办理指令", "自动回信", "本邮箱发出", "其他邮件", "待人工处理", "重复邮件",
    }  # fmt: skip


@pytest.mark.slow
def test_a_very_long_log_is_cut_and_says_so() -> None:
    log = tuple(entry(number, Outcome.NOT_OURS) for number in range(1, LOG_ROWS + 6))
    facts = replace(college(1, 1), log=log, counts=MailboxCounts(not_ours=len(log)))
    found = rows(facts, "收件日志")
    assert f"只列最近 {LOG_ROWS} 封" in found[2][0]
    assert len(found) == FIRST_ROW + LOG_ROWS


def test_the_summary_adds_up_and_has_two_charts() -> None:
    facts = college(4, 13)
    found = rows(facts, "汇总")
    header = found[4][:9]
    assert header == ["总支", "应报", "已接收", "待把关", "待补正", "已退回", "未报", "免报", "逾期"]
    body = [row[:9] for row in found[5:10]]
    total = found[10][:9]
    assert [row[0] for row in body][-1] == "直属党支部"
    assert total == ["合计", *(sum(row[column] for row in body) for column in range(1, 9))]
    assert all(row[1] == sum(row[2:7]) for row in (*body, total))
    charts = [text for name, text in parts(facts).items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert '<c:grouping val="stacked"/>' in charts[0]
    assert charts[0].count("<c:ser>") == 6
    assert "<c:lineChart>" in charts[1]
    assert "汇总!$A$6:$A$10" in charts[0]


def test_it_prints_on_a4_landscape_one_page_wide_with_repeated_header() -> None:
    found = parts(college(25, 110))
    for number in range(1, 6):
        sheet = found[f"xl/worksheets/sheet{number}.xml"]
        assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"' in sheet
        assert '<pageSetUpPr fitToPage="1"/>' in sheet
        assert "第 &amp;P 页 共 &amp;N 页" in sheet
    workbook = found["xl/workbook.xml"]
    assert workbook.count('name="_xlnm.Print_Titles"') == 4
    assert "总表!$1:$4" in workbook
    assert workbook.count('name="_xlnm.Print_Area"') == 5


def test_the_header_stays_and_filters() -> None:
    sheet = parts(college(3, 9))["xl/worksheets/sheet1.xml"]
    assert '<pane xSplit="3" ySplit="4" topLeftCell="D5" activePane="bottomRight" state="frozen"/>' in sheet
    assert '<autoFilter ref="B4:V20"/>' in sheet


def test_comments_say_why() -> None:
    head, member = general_branch("01", "文学院"), branch("0101", "文学院教工党支部", "01")
    standing = sent("0101", State.INCOMPLETE, CAME, examination(NO_EVALUATION))
    found = parts(TrackingFacts(campaign(), Roster((head, member)), by_key(standing), BEFORE))
    comments = {
        node.get("ref"): "".join(node.itertext())
        for node in etree.fromstring(found["xl/comments1.xml"].encode()).iter("{*}comment")
    }
    state = comments["F6"]
    for words in ("9月10日 16:42", "jsj-dzz@example.edu.cn", "总结.docx", "9f2c-41aa", "S4", NO_EVALUATION.message):
        assert words in state
    assert "标题中找到" in comments["G6"]
    assert NO_EVALUATION.message in comments["J6"]


def test_states_have_their_colours_and_general_branches_are_bold() -> None:
    facts = college(25, 110)
    found = parts(facts)
    styles = etree.fromstring(found["xl/styles.xml"].encode())
    fills = [fill.find(".//{*}fgColor") for fill in styles.find("{*}fills")]
    bold = [font.find("{*}b") is not None for font in styles.find("{*}fonts")]
    looks = list(styles.find("{*}cellXfs"))
    cells = dict(re.findall(r'<c r="([CF]\d+)" s="(\d+)"', found["xl/worksheets/sheet1.xml"]))
    seen = {}
    for number, row in enumerate(rows(facts, "总表")[FIRST_ROW:], start=FIRST_ROW + 1):
        if row[0]:
            name, state = (looks[int(cells[f"{column}{number}"])] for column in "CF")
            assert bold[int(name.get("fontId"))] == (row[3] == "党总支")
            seen[row[5]] = fills[int(state.get("fillId"))].get("rgb")
    assert seen == {
        "已接收": "FFC6E7CE",
        "已收·待补正": "FFFFE9A8",
        "待把关": "FFFFE9A8",
        "已退回": "FFFFE9A8",
        "未报": "FFF8C9C4",
        "免报": "FFE4E4E4",
    }


def test_rows_carry_keys_and_the_file_says_what_it_is() -> None:
    facts = college(2, 5)
    found = dict(row[:2] for row in rows(facts, "mailbot"))
    assert (found["format"], found["campaign"], found["sheet"]) == (FORMAT_VERSION, "example-2012", "总表")
    assert (found["header_row"], found["first_row"], found["last_row"]) == (HEADER_ROW, FIRST_ROW, FIRST_ROW + 10)
    header = rows(facts, "总表")[HEADER_ROW]
    assert header[int(found["column:state"])] == "状态"
    assert header[int(found["column:aspect:社会评价"])] == "社会\n评价"
    assert found["column:key"] == 0
    custom = parts(facts)["docProps/custom.xml"]
    assert "mailbot-campaign" in custom
    assert "example-2012" in custom
    hidden = re.search(r'<col min="1" max="1" [^>]*hidden="1"', parts(facts)["xl/worksheets/sheet1.xml"])
    assert hidden


def test_the_same_rows_give_the_same_bytes() -> None:
    assert write_sheet(track(college(3, 9))) == write_sheet(track(college(3, 9)))
    assert "2012-09-17T01:30:00Z" in parts(college(3, 9))["docProps/core.xml"]


def assert_harmless(found: dict[str, str]) -> None:
    for name, text in found.items():
        if name.startswith("xl/worksheets/sheet"):
            assert "<f>" not in text, name
            assert "<f " not in text, name
            assert "<hyperlink" not in text, name
        assert "externalLink" not in name
        etree.fromstring(text.encode())  # well-formed


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_outside_becomes_a_formula_or_a_link(text: str) -> None:
    facts = hostile(text)
    assert_harmless(parts(facts))
    assert len(rows(facts, "总表")) == FIRST_ROW + 2


def test_a_formula_is_shown_as_the_text_that_it_is_even_when_edited() -> None:
    facts = hostile("=1+1")
    assert rows(facts, "总表")[FIRST_ROW][2] == "=1+1"
    assert rows(facts, "收件日志")[FIRST_ROW][3] == "=1+1"
    assert rows(facts, "未报名单")[FIRST_ROW][2] == "=1+1"
    found = parts(facts)
    styles = etree.fromstring(found["xl/styles.xml"].encode())
    quoted = [number for number, xf in enumerate(styles.find("{*}cellXfs")) if xf.get("quotePrefix") == "1"]
    cell = re.search(r'<c r="C5" s="(\d+)" t="s">', found["xl/worksheets/sheet1.xml"])
    assert cell
    assert int(cell[1]) in quoted


def test_raw_xml_in_a_name_stays_a_name() -> None:
    assert rows(hostile("<r><t>x</t></r>"), "总表")[FIRST_ROW][2].strip() == "<r><t>x</t></r>"


def test_a_text_that_is_too_long_for_a_cell_is_cut() -> None:
    assert len(rows(hostile("x" * 40_000), "收件日志")[FIRST_ROW][3]) == 32_767
    wide = rows(hostile("\U00020000" * 20_000), "收件日志")[FIRST_ROW][3]
    assert len(wide.encode("utf-16-le")) // 2 <= 32_767


def test_a_title_with_signs_of_the_footer_language_stays_one_footer() -> None:
    sheet = parts(replace(college(1, 1), campaign=campaign(short_title="R&D 2012&P")))["xl/worksheets/sheet1.xml"]
    assert "R&amp;&amp;D 2012&amp;&amp;P" in sheet


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_words_give_a_file_that_opens(text: str) -> None:
    facts = hostile(text)
    assert_harmless(parts(facts))
    found = book(facts)
    assert found.sheet_names[:5] == PAGES
    assert len(found.get_sheet_by_name("总表").to_python(skip_empty_area=False)) == FIRST_ROW + 2


def test_direct_branches_alone_make_a_sheet_too() -> None:
    only = TrackingFacts(campaign(), Roster((direct_branch("91", "校医院"),)), {}, BEFORE)
    assert [row[2] for row in rows(only, "总表")[FIRST_ROW:]] == ["直属党支部", "校医院直属党支部"]


@pytest.mark.slow
def test_five_thousand_units_are_written() -> None:
    facts = college(250, 4747)
    assert len(rows(facts, "总表")) == FIRST_ROW + 5000 + 1
