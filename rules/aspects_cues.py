"""One expression of the vocabulary, and the plain words without which it cannot occur."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[?*+]\??|\{[^}]*\}\??|\(\?<?[:=!]|[()|.^$]|[^\\]")
_MANY = 100
"""Places of one expression that are looked at: a text of one word a million times costs no more."""


@dataclass(frozen=True, slots=True)
class Cue:
    """At least one of `anchors` stands in every match of `expression`; () means unknown."""

    expression: re.Pattern[str]
    anchors: tuple[str, ...]

    def may_be_in(self, text: str) -> bool:
        """Plain search first: it costs a fiftieth of the expression and nearly always says no."""
        return not self.anchors or any(anchor in text for anchor in self.anchors)

    def places(self, text: str) -> Iterator[re.Match[str]]:
        """At most a hundred places of it in folded text."""
        if self.may_be_in(text):
            for match, _ in zip(self.expression.finditer(text), range(_MANY), strict=False):
                yield match


@lru_cache(maxsize=4096)
def cue(expression: str) -> Cue:
    """An expression that is no regular expression is taken literally."""
    try:
        compiled = re.compile(expression, re.MULTILINE)
    except re.error:
        expression = re.escape(expression)
        compiled = re.compile(expression)
    return Cue(compiled, anchors_of(expression))


@lru_cache(maxsize=64)
def cues(expressions: tuple[str, ...]) -> tuple[Cue, ...]:
    return tuple(cue(expression) for expression in expressions)


@lru_cache(maxsize=256)
def anchors_of(expression: str) -> tuple[str, ...]:
    """Words of which every match holds at least one: "取得.{0,9}(成效|效果)" gives 成效, 效果. () when none is sure."""
    found: list[tuple[str, ...]] = []
    run, depth, group = "", 0, ""
    for piece in [*_PIECE.findall(expression), ""]:
        if depth:
            depth += piece.startswith("(") - (piece == ")")
            group += piece if depth else ""
            if not depth:
                found.append(_alternatives(group))
            continue
        if piece == "|":
            return ()
        if piece[:1] in ("?", "*", "{"):
            found, run = _without_last(found, run)
        if len(piece) == 1 and piece not in "?*+()|.^$[]{}":
            run += piece
            continue
        found += [(run,)] if run else []
        run = ""
        if piece.startswith("("):
            depth, group = 1, piece
        elif piece[:1] in (".", "[", "\\"):
            found.append(())
    sure = [words for words in found if words]
    return max(sure, key=lambda words: (min(map(len, words)), -len(words)), default=())


def _alternatives(group: str) -> tuple[str, ...]:
    """The words of "(甲|乙)"; () for a group with anything but words in it, or with an empty one."""
    inner = group.removeprefix("(?:") if group.startswith("(?:") else group[1:]
    plain = not re.search(r"[\\()\[\]{}.^$?*+]", inner)
    return tuple(inner.split("|")) if plain and all(inner.split("|")) else ()


def _without_last(found: list[tuple[str, ...]], run: str) -> tuple[list[tuple[str, ...]], str]:
    """What is left when the last character, or the last group, need not be there."""
    if run:
        return ([*found, (run[:-1],)] if run[:-1] else found), ""
    return found[:-1] if found else found, ""
