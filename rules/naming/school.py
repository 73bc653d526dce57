"""The school's own name in front of its units': 示例学院机关党总支 is 机关党总支 to everybody inside."""

from collections import Counter
from functools import lru_cache

from rules.model import Roster
from rules.naming.tokens import BRANCH, GENERAL, Key, Token, values

_ENDINGS = ("学院", "大学", "学校")
_SHARE = 3  # one in three of the 总支 bears it, and at least two


@lru_cache(maxsize=8)
def school_of(roster: Roster) -> Key:
    """The words with which the names of several 总支 begin; () when the roster leaves the school's name out."""
    tops = [values(unit.name) for unit in roster.tops()]
    begun: Counter[Key] = Counter()
    for key in tops:
        begun.update(key[:end] for end in range(3, len(key) - 1) if "".join(key[end - 2 : end]) in _ENDINGS)
    found = [(count, -len(key), key) for key, count in begun.items() if count >= max(2, len(tops) / _SHARE)]
    return max(found, default=(0, 0, ()))[2]


def own_key(name: str, roster: Roster) -> Key:
    """The words of a unit's name without the school's."""
    key, school = values(name), school_of(roster)
    rest = key[len(school) :]
    return rest if school and key[: len(school)] == school and rest[0] not in (BRANCH, GENERAL) else key


def without_school(words: tuple[Token, ...], school: Key) -> tuple[Token, ...]:
    """A text without the school's name, but where the school's own 党委 is meant."""
    if not school:
        return words
    kept: list[Token] = []
    place = 0
    while place < len(words):
        end = place + len(school)
        named = words[place].value == school[0] and tuple(word.value for word in words[place:end]) == school
        if not named or (end < len(words) and words[end].value == GENERAL):
            kept.append(words[place])
            place += 1
            continue
        if end < len(words):
            kept.append(Token(words[end].value, gap=True))
        place = end + 1
    return tuple(kept)
