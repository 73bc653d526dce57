"""What the running text says for an aspect: cues weighed where they stand, and their sum."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod

from rules.aspect.cues import cues
from rules.aspect.prose import Prose
from rules.aspect.text import Sentence
from rules.vocabulary.words import Words

STRONG = 0.7
WEAK = 0.3
_AT_HOME = 0.15
"""What a weak cue weighs more in the place where the aspect is usually told."""
_COUNTED = 6
AUDIBLE = 0.2
"""How likely a sentence must be to be listened to at all."""
LEARNED = "learned"


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
    weak = frozenset(cue.expression.pattern for cue in cues(words.weak))
    settled = set() if words.asides else set(prose.silent)
    sure: set[str | tuple[str, int]] = set()
    usual = (prose.anywhere(table, words.friends, settled) for table in (words.strong, words.weak))
    for cue, match, at in chain(*usual, prose.anywhere(words.anywhere)):
        expression = cue.expression.pattern
        if (expression, at) in found or prose.speaks_of(words.others, at) or _is_undone(words, prose, match, at):
            continue
        sentence = prose.sentences[at]
        weight = _weight(WEAK if expression in weak else STRONG, sentence, words.home, prose)
        found[expression, at] = Evidence(at, sentence, weight, expression)
        if weight >= STRONG:
            sure.add((expression, at) if words.repeats else expression)
            if len(sure) >= _COUNTED:
                # No more of them are counted: only sentences that have not been heard of yet can add anything.
                settled.add(at)
    return list(found.values())


def _is_undone(words: Words, prose: Prose, match: re.Match[str], at: int) -> bool:
    if words.asides:
        return False
    return prose.is_planned(match, at) or (words.hopes and prose.is_wished(match, at))


def score_of(evidence: Sequence[Evidence], repeats: bool = False) -> float:
    """0…1: one strong cue is enough, so are two different weak ones; the same again adds nothing unless `repeats`."""
    heaviest: dict[tuple[str, int], float] = {}
    for one in evidence:
        key = (one.cue, one.at if repeats else 0)
        heaviest[key] = max(one.weight, heaviest.get(key, 0.0))
    best = sorted(heaviest.values(), reverse=True)[:_COUNTED]
    return round(1 - prod(1 - weight for weight in best), 2)


def heard_for(words: Words, prose: Prose) -> list[Evidence]:
    """The sentences that the learned model hears telling of it, likelier than not, the likeliest first."""
    likely = ((at, found.get(words.learned, 0.0)) for at, found in prose.heard.items()) if words.learned else ()
    heard = [Evidence(at, prose.sentences[at], round(chance, 2), LEARNED) for at, chance in likely if chance >= AUDIBLE]
    return sorted(heard, key=lambda one: -one.weight)


def blended(written: float, heard: Sequence[Evidence], trust: tuple[float, float]) -> float:
    """0…1: what the written cues and the learned model say together, each trusted as the vocabulary says."""
    likely = heard[0].weight if heard else 0.0
    return round(min(1.0, trust[0] * written + trust[1] * likely), 2)


def _weight(weight: float, sentence: Sentence, home: str, prose: Prose) -> float:
    outline = prose.outline
    at_home = (home == "lead" and outline.is_lead(sentence.number)) or (
        home == "last" and outline.is_last(sentence.number)
    )
    return weight + _AT_HOME if at_home and weight < STRONG else weight
