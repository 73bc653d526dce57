"""The shipped campaign on the invented reports: its words find at least what a careful reader finds."""

from pathlib import Path

import pytest

import rules
from rules.campaign import Campaign
from rules.campaign_file import read_campaign
from rules.checks import examine
from rules.word import read_document
from tests.documents.invented import FIRST, GENERAL, context, text_of
from tests.documents.reports import PLAIN, SAMPLES, Sample

FILE = Path(rules.__file__).parent / "campaigns" / "chuangxian-zhengyou-2012.toml"


@pytest.fixture(scope="module")
def shipped() -> Campaign:
    reading = read_campaign(FILE.read_text(encoding="utf-8"))
    assert reading.value is not None, reading.faults
    return reading.value


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_report_that_has_an_aspect_is_never_returned_for_it(sample: Sample, shipped: Campaign) -> None:
    examination = examine(read_document("总结.docx", sample.docx()), context(campaign=shipped))
    for aspect, letter in zip(examination.aspects, sample.found, strict=True):
        assert letter == "a" or aspect.found != "absent", aspect


def test_an_empty_phrase_is_returned_for_all_that_it_lacks(shipped: Campaign) -> None:
    examination = examine(text_of(PLAIN), context(FIRST, (GENERAL,), campaign=shipped))
    assert [finding.rule for finding in examination.findings].count("S1") >= 4
