"""A small linear model that says what a sentence tells: one more voice beside the written cues.

Logistic regression over runs of one to three characters, one yes-or-no question for each aspect. The weights were
learned from the invented sentences under tests/accuracy (`python -m tests.accuracy.learn`) and ship with the package.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise

from rules.text import squeeze

MAX_CHARACTERS = 160
"""Of a sentence that are looked at: what is longer is no sentence."""
START, END = "⟨", "⟩"
_FIGURE = re.compile(r"\d")
_END = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True)
class Learned:
    """`weights`: run of characters to one weight per label, in the order of `labels`; `bias` alike."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]] = field(repr=False)

    def probabilities(self, sentence: str, heading: bool = False) -> dict[str, float]:
        """How likely the sentence tells each of the labels, 0 … 1 each."""
        found = self._known & runs(sentence, heading)
        if not found:
            return dict(zip(self.labels, map(_squashed, self.bias), strict=True))
        scale = 1 / math.sqrt(len(found))
        columns = zip(*map(self.weights.__getitem__, found), strict=True)
        sums = (bias + scale * sum(column) for bias, column in zip(self.bias, columns, strict=True))
        return dict(zip(self.labels, map(_squashed, sums), strict=True))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.weights)


def _squashed(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def clauses(text: str) -> Iterator[str]:
    """The pieces of a text that are judged one by one: sentences, and what semicolons part."""
    for piece in _END.split(text):
        if len(piece.strip()) > 3:
            yield piece.strip()


def runs(sentence: str, heading: bool = False) -> set[str]:
    """The different runs of a folded sentence; figures are all alike, its start and end are marked."""
    text = START + _FIGURE.sub("0", squeeze(sentence)[:MAX_CHARACTERS]) + END
    found = set(text)
    found.update(map("".join, pairwise(text)))
    found.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
    if heading:
        found.add("heading")
    return found


@cache
def shipped() -> Learned:
    """The model of the package."""
    return unpacked((files("rules") / "learned.txt").read_text(encoding="utf-8"))


def unpacked(text: str) -> Learned:
    """The model as it is stored: a line of labels, a line of their bias, then a run and its weights, in tenths."""
    labels, bias, *rows = (line.split("\t") for line in text.split("\n") if line and not line.startswith("# "))
    weights = {run: tuple(int(weight) / 10 for weight in row) for run, *row in rows}
    return Learned(tuple(labels), tuple(int(one) / 10 for one in bias), weights)


def packed(model: Learned) -> str:
    """The model as `unpacked` reads it."""
    rows = (
        model.labels,
        _tenths(model.bias),
        *((run, *_tenths(row)) for run, row in sorted(model.weights.items())),
    )
    return "".join("\t".join(row) + "\n" for row in rows)


def _tenths(numbers: Iterable[float]) -> tuple[str, ...]:
    return tuple(str(round(10 * number)) for number in numbers)
