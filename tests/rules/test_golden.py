"""Corrections as text: the project's own set still holds, and the form is read and written without loss."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.campaign import Campaign
from rules.campaign_file import read_campaign
from rules.checks import REGISTER
from rules.golden import RULES, read_golden, says
from rules.golden_text import document_of, header_text, lines_of, next_number
from rules.model import Paragraph, Place

ROOT = Path(__file__).resolve().parents[2]
SET = sorted((ROOT / "tests" / "documents").glob("*/*.txt"))
HEAD = '+++\nrule = "S1"\nverdict = "clear"\naspect = "特点"\n'


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    text = (ROOT / "rules" / "campaigns" / "chuangxian-zhengyou-2012.toml").read_text("utf-8")
    made = read_campaign(text).value
    assert made is not None
    return made


@pytest.mark.parametrize("path", SET, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_was_corrected_once_stays_so(path: Path, campaign: Campaign) -> None:
    reading = read_golden(path.read_text("utf-8"))
    assert reading.faults == ()
    golden = reading.value
    assert golden is not None
    assert golden.header.rule == path.parent.name
    assert says(golden, campaign) is golden.found, golden.header.note


def test_the_set_has_both_verdicts_of_every_rule_that_it_is_about() -> None:
    verdicts: dict[str, set[bool]] = {}
    for path in SET:
        golden = read_golden(path.read_text("utf-8")).value
        assert golden is not None
        verdicts.setdefault(path.parent.name, set()).add(golden.found)
    assert {"S1", "S2", "P1", "R1", "R2", "R3", "H1"} <= set(verdicts)
    assert {rule for rule, seen in verdicts.items() if seen != {True, False}} == set()


def test_a_correction_that_does_not_hold_is_seen(campaign: Campaign) -> None:
    text = SET[0].read_text("utf-8")
    turned = text.replace('verdict = "clear"', 'verdict = "x"').replace('"found"', '"clear"').replace('"x"', '"found"')
    golden = read_golden(turned).value
    assert golden is not None
    assert says(golden, campaign) is not golden.found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "header"),
        ("rule = 1", "header"),
        ("+++\nrule =\n+++\n", "no TOML"),
        ('+++\nrule = "S1"\n+++\n', "verdict"),
        (f"{HEAD}verdikt = 1\n+++\n", "verdikt"),
        (HEAD.replace("S1", "F1") + "+++\n", "rule"),
        (HEAD.replace("clear", "perhaps") + "+++\n", "verdict"),
        (f'{HEAD}kind = "党小组"\n+++\n', "kind"),
    ],
)
def test_a_faulty_head_is_one_fault_and_no_exception(text: str, fault: str) -> None:
    reading = read_golden(text)
    assert reading.value is None
    assert fault in "; ".join(map(str, reading.faults))


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_no_text_raises(text: str) -> None:
    read_golden(text)
    read_golden(f"{HEAD}+++\n{text}")


def test_every_mark_is_read_as_what_it_stands_for() -> None:
    lines = [
        "^题", "^^居中", "*粗", "%一级", "%%二级", "@做法", "@@其一", "@@其二", "@成效", "@@其一",
        "&甲 / 乙", "&丙", "~框", "#注", "\\*星号", "正文{br}换行", "有{+加+}有{-删-}有{?批?}",
    ]  # fmt: skip
    document = document_of("\n".join(lines), "题", "", (1, 1))
    assert (document.comments, document.tracked_changes) == (2, 3)
    looks = [
        (one.text, one.level, one.numbered, one.bold, one.centred, one.place, one.row) for one in document.paragraphs
    ]
    body, table = Place.BODY, Place.TABLE
    assert looks == [
        ("题", None, "", True, True, body, 0), ("居中", None, "", False, True, body, 0),
        ("粗", None, "", True, False, body, 0), ("一级", 1, "", False, False, body, 0),
        ("二级", 2, "", False, False, body, 0), ("一、做法", None, "一、", False, False, body, 0),
        ("（一）其一", None, "（一）", False, False, body, 0), ("（二）其二", None, "（二）", False, False, body, 0),
        ("二、成效", None, "二、", False, False, body, 0), ("（一）其一", None, "（一）", False, False, body, 0),
        ("甲", None, "", False, False, table, 1), ("乙", None, "", False, False, table, 1),
        ("丙", None, "", False, False, table, 2), ("框", None, "", False, False, Place.TEXT_BOX, 0),
        ("注", None, "", False, False, Place.FOOTNOTE, 0), ("*星号", None, "", False, False, body, 0),
        ("正文\n换行", None, "", False, False, body, 0), ("有加有有", None, "", False, False, body, 0),
    ]  # fmt: skip


PLAIN = st.text(alphabet="一二三甲乙*&@^%~#\\ ，。年x2", min_size=1, max_size=12).map(str.strip).filter(bool)
LOOKS = st.sampled_from(
    [{}, {"bold": True}, {"centred": True}, {"bold": True, "centred": True}, {"level": 1}, {"level": 3},
     {"place": Place.TEXT_BOX}, {"place": Place.FOOTNOTE}, {"place": Place.TABLE}]
)  # fmt: skip


@given(st.lists(st.tuples(PLAIN, LOOKS), max_size=12))
@settings(max_examples=80)
def test_what_is_written_is_read_back_as_it_was(given_: list[tuple[str, dict[str, object]]]) -> None:
    rows, paragraphs = 0, []
    for number, (text, looks) in enumerate(given_, start=1):
        rows += looks.get("place") is Place.TABLE
        row = rows if looks.get("place") is Place.TABLE else 0
        paragraphs.append(Paragraph(number, text.replace(" / ", "／"), row=row, **looks))  # type: ignore[arg-type]
    written = "\n".join(lines_of(paragraphs))
    assert list(document_of(written, "", "", (0, 0)).paragraphs) == paragraphs


def test_automatic_numbers_that_count_on_become_marks_and_others_are_typed() -> None:
    made = [Paragraph(1, "一、甲", numbered="一、"), Paragraph(2, "（一）乙", numbered="（一）"),
            Paragraph(3, "三、丙", numbered="三、"), Paragraph(4, "二、丁", numbered="二、")]  # fmt: skip
    assert list(lines_of(made)) == ["@甲", "@@乙", "三、丙", "@丁"]
    counters = [0, 0]
    counted = [next_number(counters, 1) for _ in range(21)]
    assert counted[8:12] + counted[18:] == ["九、", "十、", "十一、", "十二、", "十九、", "二十、", "二十一、"]


def test_the_head_says_only_what_there_is_and_holds_any_words() -> None:
    assert list(header_text({"rule": "S1", "note": "", "comments": 0, "title": '他说“好”\n"x"\\\x07'})) == [
        'rule = "S1"',
        'title = "他说“好” \\"x\\"\\\\"',
    ]


def test_the_rules_that_can_be_taught_are_those_about_the_text() -> None:
    assert {rule.id for rule in REGISTER} - RULES == {rule.id for rule in REGISTER if rule.id[0] in "FU"}
