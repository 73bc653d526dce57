"""Who might be meant where no name fits: a slip of the pen, or half a name. For asking a person, never for deciding."""

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from rules.names import Mention, Reading
from rules.naming.forms import Index
from rules.naming.strength import Strength
from rules.naming.tokens import BRANCH, GENERAL, ROLES, Key, values

_AT_MOST = 3  # unknown names of one text that are guessed at; a list of twenty is no report's title
_ALIKE = 74  # of 100: one wrong sign in five


def guesses(text: str, reading: Reading, index: Index, within: Iterable[str] = ()) -> tuple[Mention, ...]:
    """Units that the unknown branches of a text may be. 计算机学苑教工一支部: FUZZY; 学生支部: PARTIAL."""
    tops = frozenset(index.top[code] for code in within if code in index.top)
    best: dict[str, Strength] = {}
    for phrase in list(dict.fromkeys(reading.strangers or _general_phrases(text, reading)))[:_AT_MOST]:
        for unit, strength in (*_slips(phrase, index, tops), *_halves(phrase, index, tops)):
            best[unit] = max(strength, best.get(unit, Strength.FUZZY))
    return tuple(Mention(unit, strength, "", 0, 0) for unit, strength in best.items())


def _general_phrases(text: str, reading: Reading) -> tuple[Key, ...]:
    words = values(text[:400])
    if reading.mentions or GENERAL not in words:
        return ()
    return (words[: words.index(GENERAL) + 1],)


def _slips(phrase: Key, index: Index, tops: frozenset[str]) -> Iterator[tuple[str, Strength]]:
    """Nearly the words of a name, with the same numbers and the same 教工, 学生, 支部."""
    before = phrase[-2:-1] if _fixed(phrase[-2:-1]) else ()
    for table in (index.anywhere, *(index.inside[top] for top in sorted(tops & index.inside.keys()))):
        for form in (form for forms in table.values() for form in forms):
            if len(form.key) < 3 or form.key[-1] != phrase[-1] or (before and form.key[-2:-1] != before):
                continue  # most forms: a cheap look at their last two words
            window = phrase[-len(form.key) :]
            if _fixed(window) != _fixed(form.key):
                continue
            if fuzz.ratio(_proper(window), _proper(form.key)) >= _ALIKE:
                yield form.unit, Strength.FUZZY


def _fixed(key: Key) -> list[str]:
    return [word for word in key if word.startswith("#") or word in ROLES or word in (BRANCH, GENERAL)]


def _proper(key: Key) -> str:
    """What is left without numbers and roles, which all 总支 share: 计算机学院."""
    return "".join(word for word in key if word not in _fixed(key))


def _halves(phrase: Key, index: Index, tops: frozenset[str]) -> Iterator[tuple[str, Strength]]:
    """Inside a known 总支: every branch that has all that was said (学生支部: the first and the second)."""
    said = {word for word in phrase if word.startswith("#") or word in ROLES}
    if not said or phrase[-1] != BRANCH:
        return
    for unit, tails in index.tails.items():
        if index.top[unit] in tops and index.top[unit] != unit and any(said <= set(tail) for tail in tails):
            yield unit, Strength.PARTIAL
