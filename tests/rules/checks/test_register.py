"""Every rule flags what it should and leaves alone what only looks like it; register, docs and cases agree."""

import re
from pathlib import Path

import pytest

from rules.checks import REGISTER, examine
from rules.checks.register import FILE_RULES
from rules.model import Level, Unreadable
from rules.word import read_document
from tests.documents.invented import FIRST, campaign, context, text_of
from tests.documents.reports import SAMPLES, Sample
from tests.rules.checks.case import GOOD, Case
from tests.rules.checks.flagged import FLAGGED
from tests.rules.checks.left_alone import LEFT_ALONE

DOCS = Path(__file__).parents[3] / "docs" / "rules.md"
IDS = [rule.id for rule in REGISTER]
LEVELS = {rule.id: rule.level for rule in REGISTER}

flagged = [pytest.param(rule, case, id=f"{rule} {case.name}") for rule, cases in FLAGGED.items() for case in cases]
left_alone = [
    pytest.param(rule, case, id=f"{rule} {case.name}") for rule, cases in LEFT_ALONE.items() for case in cases
]


@pytest.mark.parametrize(("rule", "case"), flagged)
def test_it_is_flagged(rule: str, case: Case) -> None:
    found = [finding for finding in examine(case.document, case.context).findings if finding.rule == rule]
    assert found
    assert any(case.says in finding.message and case.where in finding.where for finding in found), found


@pytest.mark.parametrize(("rule", "case"), left_alone)
def test_it_is_left_alone(rule: str, case: Case) -> None:
    assert [finding for finding in examine(case.document, case.context).findings if finding.rule == rule] == []


def test_every_rule_has_cases_of_both_kinds_and_every_case_a_rule() -> None:
    assert set(FLAGGED) == set(IDS) == set(LEFT_ALONE)
    assert all(FLAGGED[rule] and LEFT_ALONE[rule] for rule in IDS)


def test_ids_are_unique_and_sentences_are_there() -> None:
    assert len(set(IDS)) == len(IDS)
    assert all(re.fullmatch(r"[A-Z]\d+", rule.id) and rule.sentence for rule in REGISTER)


def test_no_id_was_ever_given_up() -> None:
    assert set(IDS) >= {
        "F1",
        "F2",
        "F3",
        "F4",
        "S1",
        "S2",
        "S3",
        "P1",
        "P2",
        "R1",
        "R2",
        "R3",
        "U1",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
    }


def test_the_documentation_has_an_entry_for_every_rule_with_its_level() -> None:
    entries = dict(re.findall(r"^## (\w+) · (\w+) ·", DOCS.read_text(encoding="utf-8"), re.MULTILINE))
    assert entries == {rule.id: rule.level.value for rule in REGISTER}


@pytest.mark.parametrize("case", [case for cases in FLAGGED.values() for case in cases], ids=lambda case: case.name)
def test_what_people_read_is_plain_chinese(case: Case) -> None:
    for finding in examine(case.document, case.context).findings:
        assert re.search(r"[一-鿿]{6}", finding.message)
        assert finding.message.endswith("。")
        assert not re.search(r"校验|解析|失败|错误|异常|正则|！|None|\b[FSPRUH]\d\b", finding.message), finding.message
        assert len(finding.message) <= 120


def test_a_good_report_from_the_general_branch_has_nothing_against_it() -> None:
    examination = examine(GOOD, context())
    assert examination.findings == ()
    assert examination.acceptable
    assert examination.complete
    assert examination.chars == sum(len(paragraph.text) for paragraph in GOOD.paragraphs)


def test_only_the_missing_review_keeps_a_whole_report_waiting() -> None:
    examination = examine(GOOD, context(sender=(FIRST,)))
    assert [finding.rule for finding in examination.at(Level.MUST)] == ["R1"]
    assert examination.complete
    assert not examination.acceptable


def test_a_missing_aspect_that_is_not_required_is_only_asked_for() -> None:
    asked = campaign().aspects[3].model_copy(update={"required": False})
    findings = examine(text_of("正文。"), context(campaign=campaign(aspects=(asked,)))).findings
    assert [finding.level for finding in findings if finding.rule == "S1"] == [Level.SHOULD]


@pytest.mark.parametrize("rule", [rule.id for rule in FILE_RULES])
def test_an_unread_file_is_never_accepted_and_asked_for_once(rule: str) -> None:
    examination = examine(Unreadable("docx", rule), context(sender=(FIRST,)))
    assert [finding.rule for finding in examination.findings] == [rule]
    assert not examination.complete


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_nothing_is_asked_for_that_a_sample_has(sample: Sample) -> None:
    findings = examine(read_document("总结.docx", sample.docx()), context()).findings
    missing = {finding.message.split("”")[0].split("“")[1] for finding in findings if finding.rule == "S1"}
    keys = [aspect.key for aspect in campaign().aspects]
    assert missing == {key for key, letter in zip(keys, sample.found, strict=True) if letter == "a"}
