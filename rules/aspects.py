"""Whether a report speaks of what the notice asks for: each aspect scored by its headings and by its text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rules.aspect.evidence import Evidence, blended, evidence_for, heard_for, score_of
from rules.aspect.outline import ASIDE, Outline, Section
from rules.aspect.prose import Prose
from rules.aspect.text import Sentence, pattern, place
from rules.campaign import Aspect, Campaign
from rules.model import AspectFound, Document
from rules.participation import words_of
from rules.text import fold, squeeze
from rules.vocabulary import words_for
from rules.vocabulary.words import Words

ENOUGH = 0.5
"""The score from which an aspect is there."""
_NAMED = 0.9
"""What a heading alone proves."""
_PASSAGES = 3
THIN = 20
"""Characters: an aspect with less text than this is only named. `min_chars` of the campaign may ask for more."""


def prose_of(document: Document, campaign: Campaign, sentences: Sequence[Sentence]) -> Prose:
    """The text with its outline, for `aspects_of` and `participation_of`. `sentences` as from `sentences_of`."""
    asked = [words_for(aspect) for aspect in campaign.aspects]
    methods = (words_of(method, own) for method, own in campaign.participation.methods.items())
    tables = tuple(table for words in (*asked, *methods) for table in words.tables)
    return Prose(sentences, Outline(document, _labels(tuple(words.headings for words in asked))), tables)


def aspects_of(prose: Prose, campaign: Campaign) -> tuple[AspectFound, ...]:
    """One answer per aspect, in the order of the campaign."""
    sections = prose.outline.sections
    asked = [(aspect, words_for(aspect)) for aspect in campaign.aspects]
    naming = [[section for section in sections if _names(words, section)] for _, words in asked]
    own = prose.outline.thematic([section for row in naming for section in row])
    return tuple(_found(aspect, words, named, own, prose) for (aspect, words), named in zip(asked, naming, strict=True))


def told_of(aspect: Aspect, prose: Prose) -> Iterator[str]:
    """What the report says of an aspect, squeezed: the sections that name it, then the sentences with its cues."""
    words = words_for(aspect)
    yield from (section.text for section in prose.outline.sections if _names(words, section))
    yield from (squeeze(one.sentence.text) for one in evidence_for(words, prose))
    yield from (squeeze(one.sentence.text) for one in heard_for(words, prose) if one.weight >= ENOUGH)


def _found(aspect: Aspect, words: Words, named: list[Section], own: list[Section], prose: Prose) -> AspectFound:
    if named or (own and words.thematic):
        return _headed(aspect, words, named, own, prose)
    evidence, body = _with_heard(evidence_for(words, prose), words, prose)
    if body < ENOUGH:
        return AspectFound(aspect.key, "absent", score=body, passages=_passages(evidence))
    told = _told(evidence)
    return AspectFound(aspect.key, "body", told[0].sentence.where, _length(told), body, _passages(evidence))


def _headed(aspect: Aspect, words: Words, named: list[Section], own: list[Section], prose: Prose) -> AspectFound:
    """Under headings of its own. The learned model costs more than all else: it is asked where little stands there."""
    heading = max(named, key=lambda section: len(section.text)) if named else own[0]
    under = len(heading.text) if named else sum(len(section.text) for section in own)
    evidence = evidence_for(words, prose)
    body = score_of(evidence, words.repeats)
    if under < max(aspect.min_chars, THIN):
        evidence, body = _with_heard(evidence, words, prose)
    titles = {section.heading.at + 1 for section in named if not section.heading.rest}
    spoken = _length(one for one in _told(evidence) if one.sentence.number not in titles)
    where = _where(heading, prose.outline.document)
    score = round(1 - (1 - _NAMED) * (1 - body), 2)
    return AspectFound(aspect.key, "heading", where, max(under, spoken), score, _passages(evidence, where))


def _with_heard(written: list[Evidence], words: Words, prose: Prose) -> tuple[list[Evidence], float]:
    """The evidence with what the learned model is sure of, and the score of both."""
    body = score_of(written, words.repeats)
    if not words.learned:
        return written, body
    heard = heard_for(words, prose)
    return [*written, *(one for one in heard if one.weight >= ENOUGH)], blended(body, heard, words.trust)


def _length(told: Iterable[Evidence]) -> int:
    return sum(len(one.sentence.text) - one.sentence.text.count(" ") for one in told)


def _told(evidence: Sequence[Evidence]) -> list[Evidence]:
    """One for each sentence, in reading order; the weightiest alone where they were enough."""
    strong = [one for one in evidence if one.weight >= ENOUGH] or list(evidence)
    return sorted({one.at: one for one in strong}.values(), key=lambda one: one.at)


def _passages(evidence: Sequence[Evidence], heading: str = "") -> tuple[str, ...]:
    """The heading, then the weightiest, as places."""
    places = [heading] if heading else []
    for sentence in {one.at: one.sentence for one in sorted(evidence, key=lambda one: -one.weight)}.values():
        if len(places) == _PASSAGES:
            break
        if sentence.where not in places:
            places.append(sentence.where)
    return tuple(places)


def _where(section: Section, document: Document) -> str:
    paragraph = document.paragraphs[section.heading.at]
    return place(paragraph.number, section.heading.label(fold(paragraph.text)))


def _names(words: Words, section: Section) -> bool:
    """A word of the aspect in a part of the heading, and in the whole of it, false friends left out."""
    friends, titles = pattern(words.heading_friends), pattern(words.headings)
    parts = (section.line,) if words.asides else section.parts
    if not section.heading.is_section or not parts or not titles.search(section.line):
        return False
    return all(any(titles.search(friends.sub(" ", text)) for text in texts) for texts in (parts, (section.line,)))


@lru_cache(maxsize=16)
def _labels(headings: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """A short line with one of these words is a heading even without number and bold type."""
    return pattern((*(one for each in headings for one in each), ASIDE.pattern))
