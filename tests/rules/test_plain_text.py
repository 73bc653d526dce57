"""Plain text in the encodings of Chinese machines, and what is no text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Document, Unreadable
from rules.plain_text import encoding_of, text_of
from rules.word import read_document

TEXT = "计算机学院党总支创先争优活动总结\r\n一、特点：我支部共35人，坚持“三会一课”……\r\n"
TRADITIONAL = "計算機學院黨總支創先爭優活動總結\r\n我們學習、討論，聽取群眾的意見。\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize(
    "text",
    [TEXT, "plain words\n", "冯珺玥、李彧、鬯某\n（虚构）", TRADITIONAL],
    ids=["report", "ASCII", "names", "old"],
)
def test_text_is_read_whatever_it_was_saved_as(text: str, encoding: str) -> None:
    assert text_of(text.encode(encoding)) == text


def test_text_from_taiwan_is_read() -> None:
    assert text_of(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_a_character_cut_off_at_the_end_spoils_nothing() -> None:
    assert (text_of(TEXT.encode() + "完".encode()[:2]) or "").startswith(TEXT)


# Seeds of which the old test for "decodes as GB 18030" took some for text.
@pytest.mark.parametrize("size", [64, 200, 1000, 5000])
def test_noise_is_no_text_under_any_name(size: int) -> None:
    for seed in range(12):
        noise = random.Random(f"{size}{seed}").randbytes(size)
        assert encoding_of(noise) is None
        found = read_document("总结.docx", noise)
        assert isinstance(found, Unreadable)
        assert (found.kind, found.rule) == ("docx", "F1")


@pytest.mark.parametrize("name", ["总结.docx", "总结.doc", "总结.txt", "总结"])
def test_plain_text_is_judged_under_any_name(name: str) -> None:
    for encoding in ("gb18030", "utf-16-le", "utf-8"):
        found = read_document(name, TEXT.encode(encoding))
        assert isinstance(found, Document)
        assert (found.kind, found.title) == ("txt", "计算机学院党总支创先争优活动总结")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_not(content: bytes) -> None:
    assert (text_of(content) is None) == (encoding_of(content) is None)
