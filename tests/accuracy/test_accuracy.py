"""The labelled set is well formed, and its figures stand in docs/accuracy.md as the rules give them."""

import pytest

from tests.accuracy.figures import score, scores, whole
from tests.accuracy.judged import as_word, judged
from tests.accuracy.labelled import ASPECTS, FORMATS, FOUND, METHODS, PARTS, labelled
from tests.accuracy.learn import sentences
from tests.accuracy.page import confused, figures, text_of, written


@pytest.mark.slow
def test_the_page_says_what_the_rules_give() -> None:
    for part in ("report", "second"):
        assert written(part) == text_of(figures(part)), "python -m tests.accuracy write"
    assert written("confusion") == text_of(confused("report"))


@pytest.mark.slow
def test_no_report_of_the_set_goes_to_a_wrong_unit_and_all_are_read() -> None:
    for part in PARTS:
        reports = judged(labelled(part), as_word)
        counts = whole(reports)
        assert counts.wrong_unit == 0, [one.label.name for one in reports if one.unit and one.unit != one.label.unit]
        assert counts.read == counts.reports


def test_every_label_is_one_of_the_words_of_the_readme() -> None:
    names: list[str] = []
    for label in (each for part in PARTS for each in labelled(part)):
        header = label.header
        names.append(label.name)
        assert set(label.aspects) == set(ASPECTS), label.name
        assert set(label.aspects.values()) <= set(FOUND), label.name
        assert set(header["participation"]) <= set(METHODS), label.name
        assert header["review"] in ("sender", "block", "statement", "none", "not needed"), label.name
        assert header["from"] in ("parent", "unit", "stranger"), label.name
        assert label.file.rpartition(".")[2] in FORMATS, label.name
        assert label.lines, label.name
    assert len(names) == len(set(names)) >= 200


def test_sentences_are_well_formed_and_many() -> None:
    assert len(sentences()) > 2000


def test_the_figures_are_counted_right() -> None:
    row = score("an aspect", [(True, True), (True, False), (False, True), (True, True), (False, False)])
    assert (row.hit, row.false, row.missed, row.clear) == (2, 1, 1, 1)
    assert round(row.precision, 3) == round(row.recall, 3) == round(row.f1, 3) == 0.667
    assert [one.name for one in scores([])][:2] == ["特点: present", "特点: absent"]
