"""One expression of the vocabulary, and the plain words without which it cannot occur."""

import re
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[?*+]\??|\{[^}]*\}\??|\(\?<?[:=!]|[()|.^$]|[^\\]")

Anchor = tuple[str, ...]
"""Words of which every match holds at least one."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Every match of `expression` holds a word of each of `anchors`; () when nothing is sure."""

    expression: re.Pattern[str]
    anchors: tuple[Anchor, ...]


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


def anchors_of(expression: str) -> tuple[Anchor, ...]:
    """Those of "取得了?.{0,9}(成效|效果)" are (取得) and (成效, 效果): the plain runs, and groups of nothing else."""
    found: list[Anchor] = []
    run, depth, group = "", 0, ""
    for piece in [*_PIECE.findall(expression), ""]:
        if depth:
            depth += piece.startswith("(") - (piece == ")")
            group += piece if depth else ""
            if not depth:
                found.append(_of_group(group))
            continue
        if piece == "|":
            one = _of_group(f"({expression}")
            return (one,) if one else ()
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
    return tuple(dict.fromkeys(words for words in found if words))


def _of_group(group: str) -> Anchor:
    """Of (甲|乙(?!丙)): the rarest anchor of each alternative; () where one has none, and for looks ahead or behind."""
    if re.match(r"\(\?<?[=!]", group):
        return ()
    each = [anchors_of(one) for one in _split(group[3:] if group.startswith("(?:") else group[1:])]
    if not all(each):
        return ()
    rarest = (max(anchors, key=lambda words: (min(map(len, words)), -len(words))) for anchors in each)
    return tuple(dict.fromkeys(word for words in rarest for word in words))


def _split(alternatives: str) -> list[str]:
    """At each | that is in no group."""
    parts, depth = [""], 0
    for piece in _PIECE.findall(alternatives):
        depth += piece.startswith("(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _without_last(found: list[Anchor], run: str) -> tuple[list[Anchor], str]:
    """What is left when the last character, or the last group, need not be there."""
    if run:
        return ([*found, (run[:-1],)] if run[:-1] else found), ""
    return found[:-1], ""
