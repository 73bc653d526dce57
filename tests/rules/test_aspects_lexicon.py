"""Expressions are found from the words of a text: the same that asking each of them of each sentence finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.aspect.cues import cue
from rules.aspect.lexicon import Hits, lexicon_of, rarest
from rules.aspect.outline import Outline
from rules.aspect.prose import Prose
from rules.aspect.text import Sentence
from rules.model import Document, Paragraph
from rules.vocabulary.praise import PRAISE
from rules.vocabulary.results import RESULTS

TABLE = (
    "得到.{0,6}(?:好评|肯定)",
    "(?:群众|师生)满意",
    "夸",
    r"\d+%",
    "(?:由|从)[^,]{1,4}(?:升|降)",
    "满意(?!不)",
    "(?:非常|很)?满意率",
    "[一二]是",
    "(坏",
)
FRIENDS = ("师生满意度调查", "不夸")
TEXTS = st.lists(
    st.sampled_from(
        [
            "得到",
            "好评",
            "肯定",
            "群众",
            "师生",
            "满意",
            "夸",
            "99%",
            "由",
            "降",
            "率",
            "一是",
            "(坏",
            "不",
            "度调查",
            "很",
        ]
    ),
    max_size=8,
).map("".join)


def prose(texts: list[str], tables: tuple[tuple[str, ...], ...] = ()) -> Prose:
    nothing = Outline(Document("docx", (Paragraph(1, "正文"),), "", ""), re.compile("(?!)"))
    return Prose([Sentence(1, text) for text in texts], nothing, tables)


def plainly(texts: list[str], table: tuple[str, ...], friends: tuple[str, ...] = ()) -> list[tuple[str, str, int]]:
    """Each expression of each sentence in turn, false friends blanked first."""
    blanked = list(texts)
    for friend in friends:
        blanked = [re.sub(friend, lambda match: " " * len(match[0]), text) for text in blanked]
    found = ((cue(one).expression, at, text) for one in table for at, text in enumerate(blanked))
    return [(one.pattern, match[0], at) for one, at, text in found if (match := one.search(text))]


@pytest.mark.parametrize("together", [True, False], ids=["looked for together", "asked for alone"])
@settings(max_examples=60)
@given(texts=st.lists(TEXTS, max_size=5))
def test_the_same_is_found_as_when_each_is_asked_of_each_sentence(together: bool, texts: list[str]) -> None:
    seen = prose(texts, (TABLE, FRIENDS) if together else ())
    found = [(one.expression.pattern, match[0], at) for one, match, at in seen.anywhere(TABLE, FRIENDS)]
    assert found == plainly(texts, TABLE, FRIENDS)


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(st.sampled_from(sorted("师生群众都说好评满意率提高了由从升到降%9,很夸感谢信奖")), max_size=20),
        max_size=3,
    )
)
def test_the_vocabularies_lose_nothing(signs: list[list[str]]) -> None:
    texts = ["".join(each) for each in signs]
    tables = (PRAISE.strong, PRAISE.weak, RESULTS.strong, RESULTS.weak)
    seen = prose(texts, tables)
    for table in tables:
        found = [(one.expression.pattern, match[0], at) for one, match, at in seen.anywhere(table)]
        assert found == plainly(texts, table)


def test_what_needs_a_word_that_is_not_there_is_not_possible() -> None:
    lexicon = lexicon_of((("得到.{0,6}好评", "群众"), ("群众", "满意")))
    possible = [
        (one.expression.pattern, at)
        for one, at in Hits(lexicon, ["群众好评", "得到了好评"]).of(("得到.{0,6}好评", "群众"))
    ]
    assert possible == [("得到.{0,6}好评", 1), ("群众", 0)]


def test_the_rarest_anchor_is_the_longest_and_no_everyday_word() -> None:
    assert rarest((("支部",), ("感谢信", "锦旗"), ("送",))) == ("感谢信", "锦旗")
    assert rarest(()) == ()
