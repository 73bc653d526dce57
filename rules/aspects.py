"""Whether a report speaks of what the notice asks for: each aspect by headings and by text, and 群众参与."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rules.aspects_headings import Heading, headings_of, sections_of
from rules.aspects_text import Sentence, found_in, pattern, place, without
from rules.campaign import Aspect, Campaign, ParticipationRule
from rules.model import AspectFound, Document, Participation
from rules.text import fold, squeeze

# Sections that real reports have beside the aspects: they tell of no measure.
_ORDINARY = re.compile(
    r"背景|问题|不足|差距|打算|设想|努力方向|今后|下一步|下步|基本情况|概况|简介|意见$|附件|署名|落款"
)
_THEMATIC = 2
"""So many sections with titles of their own are an account of what was done."""
_COUNTED = re.compile(r"\d+\s*(?:余|多)?\s*(?:份|人|次|条|场|张|名|户|%)")


def aspects_of(document: Document, campaign: Campaign, sentences: Sequence[Sentence]) -> tuple[AspectFound, ...]:
    """One answer per aspect, in the order of the campaign. `sentences` as from `sentences_of`."""
    words = tuple(word for aspect in campaign.aspects for word in aspect.headings)
    headings = headings_of(document, _words(words))
    named = _Headings(document, headings, sections_of(document, headings), campaign.aspects)
    return tuple(_found(aspect, named, sentences) for aspect in campaign.aspects)


class _Headings:
    """The headings of one document with the text under each, and which of them name an aspect."""

    def __init__(
        self, document: Document, headings: Sequence[Heading], texts: Sequence[str], aspects: Sequence[Aspect]
    ) -> None:
        self._document = document
        self._pairs = list(zip(headings, texts, strict=True))
        self._aspects = aspects

    def naming(self, aspect: Aspect) -> list[tuple[Heading, int]]:
        """Headings with a word of the aspect, false friends left out, and the length of the text under each."""
        return [(heading, len(text)) for heading, text in self._pairs if _names(aspect, heading)]

    def thematic(self) -> list[tuple[Heading, int]]:
        """Sections of the highest level that name no aspect and are none of the ordinary extras."""
        sections = [(heading, len(text)) for heading, text in self._pairs if heading.is_section]
        top = min((heading.rank for heading, _ in sections), default=0)
        own = [
            (heading, length)
            for heading, length in sections
            if heading.rank == top
            and not _ORDINARY.search(heading.text)
            and not any(_names(aspect, heading) for aspect in self._aspects)
        ]
        return own if len(own) >= _THEMATIC else []

    def where(self, heading: Heading) -> str:
        paragraph = self._document.paragraphs[heading.at]
        return place(paragraph.number, heading.label(fold(paragraph.text)))


def _found(aspect: Aspect, headings: _Headings, sentences: Sequence[Sentence]) -> AspectFound:
    named = headings.naming(aspect)
    cues = found_in(sentences, pattern(aspect.body), pattern(aspect.false_friends))
    spoken = sum(len(squeeze(sentence.text)) for sentence in cues)
    if named:
        heading, length = max(named, key=lambda pair: pair[1])
        return AspectFound(aspect.key, "heading", headings.where(heading), max(length, spoken))
    thematic = headings.thematic() if aspect.accept_thematic else []
    if thematic:
        told = sum(length for _, length in thematic)
        return AspectFound(aspect.key, "heading", headings.where(thematic[0][0]), max(told, spoken))
    if cues:
        return AspectFound(aspect.key, "body", cues[0].where, spoken)
    return AspectFound(aspect.key, "absent")


def _names(aspect: Aspect, heading: Heading) -> bool:
    text = without(heading.text, pattern(aspect.false_friends)).replace(" ", "")
    return bool(_words(aspect.headings).search(text))


@lru_cache(maxsize=64)
def _words(headings: tuple[str, ...]) -> re.Pattern[str]:
    """Words of headings as one pattern, to be looked for in folded text without spaces."""
    return pattern(tuple(re.escape(squeeze(word)) for word in headings if squeeze(word)))


def participation_of(sentences: Sequence[Sentence], rule: ParticipationRule) -> Participation:
    """The methods of 群众参与 that are spoken of; the place is a sentence with figures (发放53份) if there is one."""
    hits = {method: found_in(sentences, pattern(tuple(expressions))) for method, expressions in rule.methods.items()}
    found = tuple(method for method, where in hits.items() if where)
    places = [sentence for method in found for sentence in hits[method]]
    if not places:
        return Participation()
    counted = next((sentence for sentence in places if _COUNTED.search(sentence.text)), places[0])
    return Participation(found, counted.where)
