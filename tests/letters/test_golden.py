"""Every kept letter reads as it did; text and HTML say the same; nobody is shouted at."""

import html
import re

import pytest

from mailbot.compose import html_of, text_of
from rules.model import LetterKind
from tests.letters.invented import DEPARTMENT
from tests.letters.situations import SITUATIONS
from tests.letters.write_golden import GOLDEN, golden_text

LONG = {"to-mend-twice-by-a-branch", "bundle", "bundle-all-in", "many-to-mend"}
LINES_ON_A_PHONE = 15
CHARACTERS_IN_A_FIRST_LINE = 60
WORDS_OF_MACHINES = ("校验", "SHA", "UTF", "字段", "解析", "异常", "失败", "错误", "非法", "必须")
BLAME = ("违", "排名", "通报", "责任", "严肃", "!", "！")


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_letter_reads_as_the_golden_one(name: str) -> None:
    kept = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert golden_text(SITUATIONS[name]()) == kept


def test_every_golden_file_has_its_situation() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SITUATIONS)


def test_every_kind_of_letter_is_kept_at_least_once() -> None:
    assert {make().kind for make in SITUATIONS.values()} == set(LetterKind)


@pytest.mark.parametrize("name", SITUATIONS)
def test_text_and_html_say_the_same(name: str) -> None:
    letter = SITUATIONS[name]()
    assert _letters(_visible(html_of(letter, DEPARTMENT))) == _letters(text_of(letter, DEPARTMENT))


@pytest.mark.parametrize("name", SITUATIONS)
def test_html_fetches_nothing_and_runs_nothing(name: str) -> None:
    page = html_of(SITUATIONS[name](), DEPARTMENT).lower()
    for word in ("<script", "<img", "<link", "<style", "url(", "http:", "https:", "javascript", "<form", "@import"):
        assert word not in page


@pytest.mark.parametrize("name", sorted(SITUATIONS.keys() - LONG))
def test_an_ordinary_answer_fits_on_a_phone(name: str) -> None:
    letter = SITUATIONS[name]()
    if letter.kind in (LetterKind.ACKNOWLEDGEMENT, LetterKind.OVERSIZE):
        assert len(text_of(letter, DEPARTMENT).splitlines()) <= LINES_ON_A_PHONE


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_first_line_is_short_and_no_word_of_machines_is_used(name: str) -> None:
    words = text_of(SITUATIONS[name](), DEPARTMENT)
    assert len(words.splitlines()[0]) <= CHARACTERS_IN_A_FIRST_LINE
    assert [word for word in (*WORDS_OF_MACHINES, *BLAME) if word in words] == []


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_letter_is_signed_and_says_whom_to_call(name: str) -> None:
    words = text_of(SITUATIONS[name](), DEPARTMENT)
    assert DEPARTMENT.name in words
    assert DEPARTMENT.contact in words


def _visible(page: str) -> str:
    body = re.sub(r"(?s)<head>.*?</head>", "", page)
    return html.unescape(re.sub(r"<[^>]*>", "", body))


def _letters(words: str) -> str:
    return re.sub(r"[\s｜]", "", words)
