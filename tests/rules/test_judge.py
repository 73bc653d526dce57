"""A mail to its verdict: what counts as a report, whose it is, and that what is wrong is found with the right eyes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.campaign import Campaign, Deliverable
from rules.judge import ReadFile, Submission, judge
from rules.kinds import kind_of
from rules.model import Address, Evidence, File, Item, Kind, Mail, Roster, Unit, Unreadable, Verdict
from rules.word import read_document
from tests.documents.build import Line, docx
from tests.documents.invented import DIRECT, FIRST, GENERAL, OTHER, ROSTER, SECOND, campaign
from tests.documents.reports import DOING, LESSON, PRAISE, RESULT, TRAIT

CAMPAIGN = campaign()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PDF = b"%PDF-1.4\n" + bytes(40)


def report(unit: Unit, *more: str, title: str = "") -> bytes:
    """A complete report of that unit."""
    head = title or f"{unit.name}创先争优活动总结"
    sections = (f"一、主要特点\n{TRAIT}", f"二、主要做法\n{DOING}", f"三、成效\n{RESULT}", f"四、社会评价\n{PRAISE}")
    text = "\n".join((*sections, f"五、经验启示\n{LESSON}", "召开座谈会五次。", *more)).split("\n")
    return docx([Line(head, bold=True, centred=True), *text, unit.name, "2012年9月6日"])


def read(name: str, content: bytes, via: tuple[str, ...] = ()) -> ReadFile:
    return ReadFile(File(name, content, via=via), kind_of(name, content), read_document(name, content))


def judged(*files: ReadFile, sender: Unit | None = GENERAL, rules: Campaign = CAMPAIGN, **how: Any) -> Verdict:
    address = sender.addresses[0] if sender else "somebody@example.com"
    mail = Mail("m1@example.com", Address("", address), how.pop("subject", "总结"), how.pop("text", "请查收。"))
    arrived = datetime(2012, 9, 10, 2, tzinfo=UTC)
    return judge(Submission(mail, arrived, files, **how), rules, ROSTER)


def only(verdict: Verdict) -> Item:
    (item,) = verdict.items
    return item


def rules_of(item: Item) -> set[str]:
    return {finding.rule for finding in item.examination.findings}


def test_a_complete_report_from_its_general_branch_is_acceptable_and_says_why() -> None:
    verdict = judged(read("总结.docx", report(FIRST)))
    item = only(verdict)
    assert (item.unit, item.deliverable, item.kind) == (FIRST.code, "report", "docx")
    assert item.examination.acceptable
    assert item.examination.review is not None
    assert item.examination.review.evidence is Evidence.SENDER
    assert (verdict.campaign, verdict.sender_units) == ("invented-2012", (GENERAL.code,))
    assert (verdict.ignored, verdict.cloud, verdict.unsure) == ((), (), ())


def test_the_same_report_from_the_branch_itself_lacks_only_the_review() -> None:
    item = only(judged(read("总结.docx", report(FIRST)), sender=FIRST))
    assert item.examination.complete
    assert not item.examination.acceptable
    assert "R1" in rules_of(item)


def test_the_words_of_the_mail_count_as_evidence_and_quoted_ones_do_not() -> None:
    said = only(judged(read("总结.docx", report(FIRST)), sender=FIRST, text="经党总支审核同意，现报上。"))
    quoted = only(judged(read("总结.docx", report(FIRST)), sender=FIRST, text="请查收。\n> 经党总支审核同意，现报上。"))
    assert "R1" not in rules_of(said)
    assert "R1" in rules_of(quoted)


def test_a_file_keeps_its_name_size_hash_and_the_way_it_came() -> None:
    content = report(FIRST)
    item = only(judged(read("报告.docx", content, ("材料.zip", "一.zip"))))
    assert (item.name, item.size, item.via) == ("报告.docx", len(content), ("材料.zip", "一.zip"))
    assert item.sha256 == File("", content).sha256


def test_a_bundle_gives_one_item_for_each_report_in_order() -> None:
    units = (GENERAL, FIRST, SECOND)
    verdict = judged(*(read(f"{unit.name}总结.docx", report(unit)) for unit in units))
    assert [item.unit for item in verdict.items] == [unit.code for unit in units]


# A table of what is a report beside one, and what is not. "alone": what the same file counts as when nothing else came.
@pytest.mark.parametrize(
    ("name", "content", "why", "alone"),
    [
        ("汇总表.docx", docx(["总结汇总表", "序号　支部"]), "汇总表", False),
        ("关于报送总结的通知.docx", docx(["关于报送创先争优活动总结的通知"]), "通知", False),
        ("活动照片.png", PNG, "不是总结", True),
        ("总结扫描件.pdf", PDF, "扫描件或照片", True),
        ("会议记录.docx", docx(["会议记录", "地点：会议室"]), "不是总结", False),
        ("名单.xlsx", b"PK\x03\x04xl/workbook.xml", "", False),
    ],
)
def test_what_is_no_report_is_named_with_the_reason_and_a_scan_counts_where_nothing_else_came(
    name: str, content: bytes, why: str, alone: bool
) -> None:
    beside = judged(read("总结.docx", report(FIRST)), read(name, content))
    assert [item.name for item in beside.items] == ["总结.docx"]
    (ignored,) = beside.ignored
    assert ignored.name == name
    assert why in ignored.reason
    single = judged(read(name, content))
    assert [item.name for item in single.items] == ([name] if alone else [])
    assert len(single.items) + len(single.ignored) == 1


def test_what_unpacking_refused_stays_in_the_verdict_before_what_was_ignored() -> None:
    refused = judged(read("汇总表.docx", docx(["汇总表"]))).ignored[0]
    first = replace(refused, name="材料.rar", reason="打不开")
    verdict = judged(read("总结.docx", report(FIRST)), read("汇总表.docx", docx(["汇总表"])), refused=(first,))
    assert [one.name for one in verdict.ignored] == ["材料.rar", "汇总表.docx"]


def test_an_unreadable_file_is_an_item_that_says_so() -> None:
    item = only(judged(ReadFile(File("总结.doc", b"x"), "doc", Unreadable("doc", "F4"))))
    assert rules_of(item) >= {"F4"}
    assert not item.examination.complete


def test_nobody_is_named_where_nobody_can_be_told_and_a_human_s_word_settles_it() -> None:
    plain = read("总结.docx", docx([Line("创先争优活动总结", bold=True, centred=True), TRAIT, DOING, RESULT]))
    item = only(judged(plain, sender=None))
    assert (item.unit, item.deliverable) == (None, None)
    assert judged(plain, sender=None).unsure == (item,)
    settled = only(judged(plain, sender=None, hints={plain.file.sha256: OTHER.code}))
    assert (settled.unit, settled.deliverable) == (OTHER.code, "report")
    other_file = only(judged(plain, sender=None, hints={"0" * 64: OTHER.code}))
    assert other_file.unit is None


def test_a_unit_that_owes_no_report_gets_none() -> None:
    branches_only = campaign(deliverables=(Deliverable(key="report", title="总结", by=frozenset({Kind.BRANCH})),))
    item = only(judged(read("总结.docx", report(DIRECT)), sender=None, rules=branches_only))
    assert (item.unit, item.deliverable) == (None, None)
    assert DIRECT.code in [candidate.unit for candidate in item.identification.candidates]
    assert only(judged(read("总结.docx", report(DIRECT)), sender=None)).unit == DIRECT.code


def test_cloud_attachments_are_named_from_text_and_links() -> None:
    text = "请查收\n从QQ邮箱发来的超大附件\n总结.docx (60.00M, 2012年10月10日 16:00 到期)\n进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=1"
    verdict = judged(text=text)
    assert verdict.items == ()
    assert len(verdict.cloud) == 1
    assert "总结.docx" in verdict.cloud[0]


names = st.text(alphabet="总结汇表通知照片.docxpfng第一党支部（）/\\ \u202e\x00", max_size=20)
contents = st.sampled_from([b"", b"text", PNG, PDF, report(FIRST), docx(["x"]), b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])


@given(st.lists(st.tuples(names, contents), max_size=5), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_mail_raises_and_every_file_is_either_judged_or_named(
    files: list[tuple[str, bytes]], subject: str, text: str
) -> None:
    verdict = judged(*(read(*file) for file in files), subject=subject, text=text)
    named = [item.name for item in verdict.items] + [one.name for one in verdict.ignored]
    assert sorted(named) == sorted(name for name, _ in files)
    for item in verdict.items:
        assert (item.unit is None) == (item.deliverable is None)
        assert item.unit is None or item.unit in ROSTER


def test_without_a_roster_nobody_is_named() -> None:
    mail = Mail("m", Address("", "a@example.com"), "总结")
    verdict = judge(Submission(mail, datetime(2012, 9, 10, tzinfo=UTC), (read("总结.docx", report(FIRST)),)), CAMPAIGN,
                    Roster(()))  # fmt: skip
    assert only(verdict).unit is None
    assert verdict.sender_units == ()
