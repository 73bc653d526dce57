"""python -m tests.accuracy.learn [--write]: learns `rules/learned.txt` from the labelled sentences, tested crosswise.

Nothing of report/ is used. Adagrad over sparse features in plain Python: a minute, the same bytes every time.
"""

import argparse
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.aspect.text import sentences_of
from rules.learned import Learned, clauses, packed, runs
from rules.model import Document
from rules.word import read_document
from tests.accuracy.figures import score
from tests.accuracy.labelled import ASPECTS, Labelled, labelled

HERE = Path(__file__).parent
PLAIN = HERE.parent / "documents" / "sentences.txt"
CODES = {"特": "特点", "做": "做法", "效": "成效", "评": "社会评价", "启": "经验启示"}
OTHER_CODES = "访座卷网无"
"""Kinds of 群众参与, told well by written cues, and nothing at all."""
LABELS = tuple(CODES.values())
ROUNDS = 10
RATE = 0.4
DECAY = 2e-5
LEAST = 1.0
"""Runs whose weights are all smaller are left out of the file: they decide nothing."""
FOLDS = 5


@dataclass(frozen=True)
class Sentence:
    """One line of sentences/: what it tells, as a careful clerk would say."""

    text: str
    labels: frozenset[str]
    heading: bool
    known: frozenset[str] = frozenset(LABELS)


def sentences() -> list[Sentence]:
    """All labelled sentences. AssertionError for a line that is not as README.md says."""
    found = []
    for path in sorted((HERE / "sentences").glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            codes, tab, text = line.partition("\t")
            heading = codes.startswith("H")
            codes = codes.removeprefix("H")
            well_formed = tab and text.strip() and codes and set(codes) <= {*CODES, *OTHER_CODES}
            assert well_formed, f"{path.name}:{number}: {line}"
            found.append(Sentence(text.strip(), frozenset(CODES[code] for code in codes if code in CODES), heading))
    return found


def plain_sentences() -> Iterator[Sentence]:
    """The sentences of tests/documents/sentences.txt, each a yes or a no to one aspect."""
    aspect = ""
    for line in PLAIN.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            aspect = line[3:].strip()
        elif line[:2] in ("+ ", "- ") and aspect in LABELS:
            told = frozenset({aspect}) if line.startswith("+") else frozenset()
            yield Sentence(line[2:].strip(), told, False, frozenset({aspect}))


def of_reports(labels: Sequence[Labelled], first: Learned) -> Iterator[Sentence]:
    """Sentences of whole reports. Where an aspect is absent none of them tells it; where it is there one does, and the
    likeliest by a `first` model is taken for it; of the others nothing is known.
    """
    for one in labels:
        document = read_document("a.docx", one.docx())
        if not isinstance(document, Document):
            continue
        texts = [text for sentence in sentences_of(document) for text in clauses(sentence.text)]
        likely = [first.probabilities(text) for text in texts]
        absent = frozenset(aspect for aspect, found in one.aspects.items() if found == "absent")
        told: dict[int, set[str]] = {}
        for label in set(ASPECTS) - absent:
            best = max(range(len(texts)), key=lambda at, label=label: likely[at][label])
            told.setdefault(best, set()).add(label)
        for at, text in enumerate(texts):
            here = frozenset(told.get(at, ()))
            yield Sentence(text, here, False, absent | here)


def learned(examples: Sequence[Sentence], seed: int = 1) -> Learned:
    """Logistic regression, one label beside the other; features as `rules.learned.runs` gives them."""
    featured = [(sorted(runs(one.text, one.heading)), one) for one in examples]
    counts = Counter(run for features, _ in featured for run in features)
    kept = {run for run, count in counts.items() if count > 1}
    data = [([run for run in features if run in kept], one) for features, one in featured]
    width = len(LABELS)
    weights = {run: [0.0] * width for run in kept}
    squares = {run: [1e-6] * width for run in kept}
    bias = [0.0] * width
    order = list(range(len(data)))
    shuffled = random.Random(seed)
    for _ in range(ROUNDS):
        shuffled.shuffle(order)
        for at in order:
            _step(data[at], weights, squares, bias)
    rows = {run: tuple(row) for run, row in weights.items() if max(map(abs, row)) >= LEAST}
    return Learned(LABELS, tuple(bias), rows)


def _step(
    example: tuple[list[str], Sentence],
    weights: dict[str, list[float]],
    squares: dict[str, list[float]],
    bias: list[float],
) -> None:
    features, sentence = example
    scale = 1 / math.sqrt(len(features)) if features else 0.0
    rows = [weights[run] for run in features]
    for at, label in enumerate(LABELS):
        if label not in sentence.known:
            continue
        total = bias[at] + scale * sum(row[at] for row in rows)
        error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - (label in sentence.labels)
        if abs(error) < 0.01:
            continue
        bias[at] -= 0.05 * error
        step = error * scale
        for run, row in zip(features, rows, strict=True):
            slope = step + DECAY * row[at]
            square = squares[run]
            square[at] += slope * slope
            row[at] -= RATE * slope / math.sqrt(square[at])


def model_of(examples: Sequence[Sentence]) -> Learned:
    """From the sentences first, then from them and the reports as the first model hears them; none of report/."""
    taught = [*examples, *plain_sentences()]
    first = learned(taught)
    return learned([*taught, *of_reports([*labelled("tune"), *labelled("second")], first)])


def tested(examples: Sequence[Sentence]) -> Iterator[str]:
    """Precision, recall and F1 of each label, each sentence judged by a model that has not seen its fold."""
    judged: dict[str, list[tuple[bool, bool]]] = {label: [] for label in LABELS}
    for fold in range(FOLDS):
        model = learned([one for at, one in enumerate(examples) if at % FOLDS != fold])
        for one in examples[fold::FOLDS]:
            found = model.probabilities(one.text, one.heading)
            for label in LABELS:
                judged[label].append((label in one.labels, found[label] >= 0.5))
    for label, pairs in judged.items():
        row = score(label, pairs)
        figures = f"precision {row.precision:.3f}, recall {row.recall:.3f}, F1 {row.f1:.3f}"
        yield f"{label}: {figures} of {row.hit + row.missed}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.learn", description="Learns rules/learned.txt.")
    parser.add_argument("--write", action="store_true", help="write the model into the package")
    examples = sentences()
    asked = parser.parse_args()
    print(f"{len(examples)} sentences")
    for line in tested(examples):
        print(line)
    if asked.write:
        text = packed(model_of(examples))
        (HERE.parents[1] / "rules" / "learned.txt").write_text(text, encoding="utf-8")
        print(f"{len(text.splitlines()) - 2} runs written")


if __name__ == "__main__":
    main()
