"""Which expressions can be where in a text: one pass over it, whatever the size of the vocabulary."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add

from rules.aspect.cues import Anchor, Cue, cues

Table = tuple[str, ...]
"""Regular expressions, as in `Words`."""
_COMMON = frozenset(("支部", "党员", "活动", "群众", "学生", "我们", "工作", "师生", "学校", "教师", "服务", "学习"))


class Lexicon:
    """The expressions of many tables by the words that they cannot do without.

    What a sentence costs depends on the words that it holds, not on how many expressions there are.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self.cues: list[Cue] = []
        self.spans: dict[Table, tuple[int, int]] = {}
        for table in tables:
            if table not in self.spans:
                self.spans[table] = len(self.cues), len(self.cues) + len(table)
                self.cues += cues(table)
        self._always = [number for number, cue in enumerate(self.cues) if not cue.anchors]
        bits = {anchor: 1 << at for at, anchor in enumerate({anchor: 0 for cue in self.cues for anchor in cue.anchors})}
        self._needs = [sum(bits[anchor] for anchor in cue.anchors) for cue in self.cues]
        self._words = self._filed(bits)
        self._signs = frozenset(word for word in self._words if len(word) == 1)
        self._begun: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) > 1:
                self._begun[word[:2]].append(word)
        self._pairs = frozenset(self._begun)

    def _filed(self, bits: Mapping[Anchor, int]) -> dict[str, tuple[int, tuple[int, ...]]]:
        """For each word the anchors that it belongs to, as bits, and the expressions that it is the rarest word of."""
        anchors: defaultdict[str, int] = defaultdict(int)
        for anchor, bit in bits.items():
            for word in anchor:
                anchors[word] |= bit
        expressions: defaultdict[str, list[int]] = defaultdict(list)
        for number, cue in enumerate(self.cues):
            for word in rarest(cue.anchors):
                expressions[word].append(number)
        return {word: (said, tuple(expressions[word])) for word, said in anchors.items()}

    def possible(self, text: str) -> list[int]:
        """Numbers of the expressions all of whose anchors are in the text; all others cannot match."""
        signs = list(text)
        words = [*self._signs.intersection(signs)]
        for pair in self._pairs.intersection(map(add, signs, signs[1:])):
            words += [word for word in self._begun[pair] if len(word) == 2 or word in text]
        said, led = 0, [*self._always]
        for word in words:
            anchors, expressions = self._words[word]
            said |= anchors
            led += expressions
        needs = self._needs
        return [number for number in set(led) if needs[number] & said == needs[number]]


class Hits:
    """What a lexicon leaves possible in each of these texts."""

    def __init__(self, lexicon: Lexicon, texts: Sequence[str]) -> None:
        self._lexicon = lexicon
        self._count = count = len(texts)
        found: list[int] = []
        for at, text in enumerate(texts):
            found += [number * count + at for number in lexicon.possible(text)]
        found.sort()
        self._found = found

    def __contains__(self, table: Table) -> bool:
        return table in self._lexicon.spans

    def of(self, table: Table) -> Iterator[tuple[Cue, int]]:
        """(expression, number of a text), expression by expression, the texts in order. KeyError: unknown table."""
        first, last = self._lexicon.spans[table]
        known, count = self._lexicon.cues, self._count
        for one in self._found[bisect_left(self._found, first * count) : bisect_left(self._found, last * count)]:
            yield known[one // count], one % count


@lru_cache(maxsize=16)
def lexicon_of(tables: tuple[Table, ...]) -> Lexicon:
    return Lexicon(tables)


def rarest(anchors: Sequence[Anchor]) -> Anchor:
    """The anchor that the fewest sentences hold, by the length and number of its words; () when there is none."""
    return min(
        anchors, key=lambda words: sum(0.1 if word in _COMMON else 8.0 ** -len(word) for word in words), default=()
    )
