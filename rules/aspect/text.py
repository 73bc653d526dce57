"""A document cut into sentences, and how a place in it is named to people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules.model import Document, Paragraph
from rules.text import clip, fold, squeeze

MAX_SENTENCE = 300
"""Characters that a pattern of a campaign file sees at once: a hostile text cannot make it slow."""
_OVERLAP = 40
_END = re.compile(r"[。!?！？\n]")
# 一是… 。二是… is one list, whatever stands between its items; a cue may span them.
_ITEM = re.compile(r"^[二三四五六七八九十]是")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (folded, at most MAX_SENTENCE characters) and the number of its paragraph."""

    number: int
    text: str

    @property
    def where(self) -> str:
        return place(self.number, self.text)


def place(number: int, text: str) -> str:
    """How a place is named to people: ¶12 一、主要做法."""
    return f"¶{number} {clip(text)}"


def sentences_of(document: Document) -> tuple[Sentence, ...]:
    """The sentences of the text, title left out (a title names the campaign, it reports nothing)."""
    title = squeeze(document.title)
    paragraphs = (p for p in document.paragraphs if not is_title(p, title))
    return tuple(sentence for paragraph in paragraphs for sentence in _sentences(paragraph))


def is_title(paragraph: Paragraph, title: str) -> bool:
    """Whether a paragraph near the top is (a line of) the squeezed `title`."""
    return bool(title) and paragraph.number <= 12 and squeeze(paragraph.text) in title


def pattern(expressions: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all expressions; an expression that is no regular expression is taken literally."""
    return _compiled(tuple(expressions))


@lru_cache(maxsize=256)
def _compiled(expressions: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_valid(each)})" for each in expressions)) if expressions else _NEVER


def _sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    parts: list[str] = []
    for part in _END.split(paragraph.text):
        text = fold(part)
        if parts and _ITEM.match(text) and len(parts[-1]) + len(text) < MAX_SENTENCE:
            parts[-1] += f"。{text}"
        else:
            parts.append(text)
    for text in parts:
        for start in range(0, len(text), MAX_SENTENCE - _OVERLAP):
            yield Sentence(paragraph.number, text[start : start + MAX_SENTENCE])
            if start + MAX_SENTENCE >= len(text):
                break


def _valid(expression: str) -> str:
    try:
        re.compile(expression)
    except re.error:
        return re.escape(expression)
    return expression
