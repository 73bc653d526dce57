"""Names cut short: which branches of a 总支 the words before a 支部 can be meant for. 英师二 for 英语师范学生第二."""

from collections.abc import Iterable

from rules.naming.forms import Index
from rules.naming.tokens import BRANCH, ROLES, WIDER, Key

_MOST = 40  # words of one name
_KINDS = ("学生", "研究生")  # where branches bear these very words, they do not stand for 本科生 and 硕士生 alone


def fitting(said: Key, tops: Iterable[str], index: Index) -> tuple[str, ...]:
    """The branches of these 总支 that all the words said can be meant for; those that have no number or kind left
    unsaid alone where there are any. Nothing where the words may just as well be the 总支's own.
    """
    said = elements(said)
    if not said or len(said) > _MOST:
        return ()
    fits: dict[str, bool] = {}
    for top in tops:
        areas = index.areas.get(top, {})
        if any(_shortens(said, area) for area in areas):
            return ()
        names = [(unit, elements(tail)) for unit in index.below.get(top, ()) for tail in index.tails[unit]]
        kinds = [word for word in said if word in _KINDS and any(word in tail for _, tail in names)]
        rests = tuple(_rests(said, areas))
        for unit, tail in names:
            if any(_shortens(rest, tail) for rest in rests):
                fits[unit] = fits.get(unit, False) or _nothing_left(said, tail)
        if kinds and not any(unit in fits and all(kind in tail for kind in kinds) for unit, tail in names):
            return ()
    exact = tuple(unit for unit, whole in fits.items() if whole)
    return exact or tuple(fits)


def claimed_elsewhere(said: Key, tops: Iterable[str], index: Index) -> bool:
    """The words begin like the field of another 总支 too: 数学院 for 数学与统计学院, where there is a 数学学院."""
    said = elements(said)
    fields = {top: areas for top, areas in index.areas.items() if top not in set(tops)}
    starts = [said[:end] for end in range(2, len(said) + 1) if _proper(said[:end])]
    own = [area for top in tops for area in index.areas.get(top, ())]
    for start in (start for start in starts if any(_shortens(start, area) for area in own)):
        if start not in own and any(_shortens(start, area) for areas in fields.values() for area in areas):
            return True
    return False


def elements(words: Key) -> Key:
    """The words of a name without 支部; 16 and 级 as one."""
    found: list[str] = []
    for word in words:
        if word in ("级", "届") and found and found[-1].startswith("#"):
            found[-1] += "级"
        elif word != BRANCH:
            found.append(word)
    return tuple(found)


def _rests(said: Key, areas: Iterable[Key]) -> Iterable[Key]:
    """What is said of the branch itself: all, or what follows words that can be meant for the 总支."""
    yield said
    for end in range(1, len(said)):
        if any(_shortens(said[:end], area) for area in areas):
            yield said[end:]


def _shortens(short: Key, long: Key) -> bool:
    """英师二 can stand for 英语师范学生第二: in order, from its first word on, or a piece of it (师范二)."""
    if not short or not _in_order(short, long):
        return False
    proper = _proper(short)
    if not proper:
        return True
    whole = _proper(long)
    return _means(short[0], long[0]) or (len(proper) > 1 and proper in whole) or _is_role_sign(short, long)


def _is_role_sign(short: Key, long: Key) -> bool:
    """研二支部: one sign for the kind of a branch, behind what distinguishes it or before its number."""
    return any(word in ROLES and word[0] == short[0] for word in long) and len(short) > 1 and short[1].startswith("#")


def _in_order(short: Key, long: Key) -> bool:
    at = 0
    for word in short:
        while at < len(long) and not _means(word, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _means(said: str, word: str) -> bool:
    return said == word or said in WIDER.get(word, ()) or (len(said) == 1 and word in ROLES and word[0] == said)


def _proper(words: Key) -> str:
    return "".join(word for word in words if not _told(word))


def _told(word: str) -> bool:
    return word in ROLES or word.startswith("#")


def _nothing_left(said: Key, tail: Key) -> bool:
    """Every number and kind of the branch is said, and of its subject at least something."""
    told = all(wanted in said for wanted in tail if _told(wanted))
    return told and (not _proper(tail) or bool(_proper(said)))
