"""What the running text says for an aspect: cues weighed where they stand, and their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod

from rules.aspects_cues import cues
from rules.aspects_prose import Prose
from rules.aspects_text import Sentence
from rules.vocabulary.words import Words

STRONG = 0.7
WEAK = 0.3
_AT_HOME = 0.2
"""What a weak cue weighs more in the place where the aspect is usually told."""
_COUNTED = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cue in sentence number `at` (of the list of sentences), and what it weighs there."""

    at: int
    sentence: Sentence
    weight: float
    cue: str


def evidence_for(words: Words, prose: Prose) -> list[Evidence]:
    """At most one for each cue and sentence, in the order of the vocabulary."""
    found: dict[tuple[str, int], Evidence] = {}
    weights = dict.fromkeys(cues(words.strong), STRONG) | dict.fromkeys(cues(words.weak), WEAK)
    elsewhere = {at for _, _, at in prose.places(cues(words.others), ())} if words.others else set()
    places = chain(prose.places(tuple(weights), words.friends), prose.anywhere(cues(words.anywhere)))
    for cue, match, at in places:
        expression = cue.expression.pattern
        if (expression, at) in found or at in elsewhere or prose.is_planned(match, at):
            continue
        if words.hopes and prose.is_wished(match, at):
            continue
        sentence = prose.sentences[at]
        found[expression, at] = Evidence(
            at, sentence, _weight(weights.get(cue, STRONG), sentence, words.home, prose), expression
        )
    return list(found.values())


def score_of(evidence: Sequence[Evidence]) -> float:
    """0…1: one strong cue is enough, so are two weak ones; more of the same adds little."""
    best = sorted((one.weight for one in evidence), reverse=True)[:_COUNTED]
    return round(1 - prod(1 - weight for weight in best), 2)


def _weight(weight: float, sentence: Sentence, home: str, prose: Prose) -> float:
    outline = prose.outline
    at_home = (home == "lead" and outline.is_lead(sentence.number)) or (
        home == "last" and outline.is_last(sentence.number)
    )
    return weight + _AT_HOME if at_home and weight < STRONG else weight
