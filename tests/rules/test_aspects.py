"""The five aspects and 群众参与, found where people write them."""

import pytest

from rules.aspect.headings import headings_of
from rules.aspect.text import MAX_SENTENCE, pattern, sentences_of
from rules.aspects import aspects_of, prose_of
from rules.campaign import Campaign, ParticipationRule
from rules.model import AspectFound, Document, Participation
from rules.participation import participation_of
from rules.word import read_document
from tests.documents.build import Line, docx
from tests.documents.invented import METHODS, campaign, text_of
from tests.documents.reports import DOING, LESSON, PLAIN, RESULT, SAMPLES, Sample

LETTER = {"heading": "h", "body": "b", "absent": "a"}


def found(document: Document, asked: Campaign | None = None) -> dict[str, AspectFound]:
    asked = asked or campaign()
    aspects = aspects_of(prose_of(document, asked, sentences_of(document)), asked)
    return {aspect.key: aspect for aspect in aspects}


def asking(document: Document) -> Participation:
    rule = ParticipationRule(any_of=1, methods=METHODS)
    return participation_of(prose_of(document, campaign(), sentences_of(document)), rule)


def read(sample: Sample) -> Document:
    document = read_document("总结.docx", sample.docx())
    assert isinstance(document, Document)
    return document


def test_there_are_at_least_forty_samples_with_names_of_their_own() -> None:
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES) >= 40


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_careful_reader_finds_the_same(sample: Sample) -> None:
    document = read(sample)
    assert "".join(LETTER[aspect.found] for aspect in found(document).values()) == sample.found
    assert asking(document).found == sample.methods


def test_the_place_is_the_heading_with_its_number() -> None:
    aspects = found(text_of("一、主要做法。" + DOING, "二、取得的成效", RESULT))
    assert aspects["做法"].where == "¶1 一、主要做法"
    assert aspects["成效"].where == "¶2 二、取得的成效"


def test_the_length_is_that_of_the_section_down_to_the_next_of_its_level() -> None:
    aspects = found(
        text_of("一、主要做法", "（一）领导重视", "甲" * 50, "（二）学习扎实", "乙" * 30, "二、成效", "丙" * 10)
    )
    assert aspects["做法"].chars == len("（一）领导重视") + 50 + len("（二）学习扎实") + 30
    assert aspects["成效"].chars == 10


def test_a_label_without_a_number_holds_the_items_below_it_and_ends_at_the_next_label() -> None:
    aspects = found(text_of("主要做法：", "（一）领导重视", "甲" * 50, "取得成效：", "乙" * 10))
    assert aspects["做法"].chars == len("（一）领导重视") + 50
    assert aspects["成效"].chars == 10


def test_the_signature_is_no_part_of_the_last_section() -> None:
    document = text_of(
        "一、启示", "计算机学院教工第一党支部", "2012年9月6日", signature="计算机学院教工第一党支部 2012年9月6日"
    )
    lesson = found(document)["经验启示"]
    assert (lesson.found, lesson.where, lesson.chars) == ("heading", "¶1 一、启示", 0)


def test_a_cue_may_span_the_items_of_a_list() -> None:
    assert found(text_of("一是抓好学习。二是抓好服务。"))["做法"].found == "body"


def test_the_title_is_no_evidence() -> None:
    document = text_of("创先争优活动经验体会", PLAIN, title="创先争优活动经验体会")
    assert found(document)["经验启示"].found == "absent"
    assert found(text_of("经验体会", LESSON, title="别的"))["经验启示"].found == "heading"


def test_a_document_all_in_bold_has_no_bold_headings() -> None:
    lines = [*(Line(text, bold=True) for text in ("加强领导", "服务师生", PLAIN, RESULT))]
    document = read_document("总结.docx", docx(lines))
    assert isinstance(document, Document)
    assert found(document)["做法"].found != "heading"


@pytest.mark.parametrize(
    "line", ["一、" + "长" * 41, "2012.9.6", "1.5万元经费到位", "一是" + "长" * 60, "党员一、二人"]
)
def test_a_long_clause_or_a_figure_is_no_heading(line: str) -> None:
    assert headings_of(text_of(line, PLAIN), pattern(())) == []


def test_titles_in_brackets_and_plain_short_lines_are_headings() -> None:
    document = text_of("【经过】支部从自己改起。", "【回声】有人说好。")
    assert [heading.text for heading in headings_of(document, pattern(()))] == ["经过", "回声"]
    lost = text_of("开头的话。", "加强领导，精心组织", PLAIN * 2, "服务师生", PLAIN * 2, "2012年9月")
    assert [heading.text for heading in headings_of(lost, pattern(()))] == ["加强领导,精心组织", "服务师生"]
    assert found(lost)["做法"].found == "heading"


def test_a_sentence_that_goes_on_behind_a_colon_is_no_label() -> None:
    assert found(text_of("大家明白一个理：做事要有恒。"))["经验启示"].found == "body"


def test_an_ordinary_extra_section_is_no_measure() -> None:
    assert found(text_of("一、存在问题", PLAIN, "二、下一步打算", PLAIN))["做法"].found == "absent"


def test_participation_names_the_methods_and_shows_a_sentence_with_figures() -> None:
    document = text_of("支部召开了座谈会。", "网上共征求意见。", "向师生发放测评表53份，收回53份。")
    seen = asking(document)
    assert seen.found == ("座谈会", "问卷", "网络测评")
    assert seen.where.startswith("¶3 向师生发放测评表53份")


def test_a_hostile_paragraph_is_matched_in_short_pieces_and_nothing_is_lost_between() -> None:
    document = text_of("一" * 295 + "师生满意率达到98%" + "是" * 100_000)
    sentences = sentences_of(document)
    assert max(len(sentence.text) for sentence in sentences) <= MAX_SENTENCE
    assert found(document)["社会评价"].found == "body"


def test_an_expression_that_is_none_is_taken_literally() -> None:
    assert pattern(("好评(",)).search("一致好评(群众)")
