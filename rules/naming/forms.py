"""Under which words each unit of a roster can be found: full names, aliases, other endings, short names in its 总支."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rules.model import Roster, Unit
from rules.naming.school import own_key, school_of
from rules.naming.strength import Strength
from rules.naming.tokens import BRANCH, GENERAL, ROLES, Key, wider

_ENDINGS: tuple[Key, ...] = tuple(tuple(ending) for ending in ("学院", "中心", "系", "部", "处", "院"))
_TRIMMINGS: tuple[Key, ...] = tuple(
    tuple(words) for words in ("科学与技术", "科学与工程", "与技术", "与工程", "科学", "工程", "技术")
)
_OF_THE_SCHOOL = ("校部", "校", "学校", "院部")
_OTHER_SENSES = frozenset(map(tuple, ("教育部", "老干部")))


@dataclass(frozen=True, slots=True)
class Form:
    """Words that name a unit. `scope`: only inside the 总支 with this code; None: anywhere. `whole`: with its 总支."""

    key: Key
    unit: str
    strength: Strength
    scope: str | None = None
    whole: bool = True


@dataclass(frozen=True)
class Index:
    """All forms of a roster by their first word, the longest first: `anywhere`, and `inside` each 总支. `top`: each
    unit's 总支 (or itself); `tails`: of each branch its names without the 总支; `below`: the branches of each 总支;
    `areas`: the words for its field; `alone`: names that are plain without their 总支 only because no other unit has
    them; `school`: the words with which names begin that everybody leaves out.
    """

    anywhere: Mapping[str, tuple[Form, ...]]
    inside: Mapping[str, Mapping[str, tuple[Form, ...]]]
    top: Mapping[str, str]
    tails: Mapping[str, frozenset[Key]]
    below: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, Mapping[Key, Strength]]
    alone: frozenset[tuple[str, str]]
    school: Key


@lru_cache(maxsize=8)
def index_of(roster: Roster) -> Index:
    areas = _areas_of(roster)
    top = {unit.code: _top(unit, roster).code for unit in roster.units}
    tails = {unit.code: frozenset(_tails(unit, areas.get(top[unit.code], {}), roster)) for unit in roster.units}
    alone = tuple(_alone(roster, top, tails))
    every = [*(form for unit in roster.units for form in normal_forms(unit, roster)), *alone]
    found: dict[str | None, list[Form]] = {}
    for form in _clear(every):
        found.setdefault(form.scope, []).append(form)
    return Index(
        _by_first(found.pop(None, [])),
        MappingProxyType({scope: _by_first(forms) for scope, forms in found.items() if scope is not None}),
        MappingProxyType(top),
        MappingProxyType(tails),
        MappingProxyType(
            {unit.code: tuple(branch.code for branch in roster.below(unit.code)) for unit in roster.tops()}
        ),
        areas,
        frozenset((form.unit, "".join(form.key)) for form in alone),
        school_of(roster),
    )


def _by_first(forms: Iterable[Form]) -> Mapping[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for form in sorted(forms, key=lambda form: -len(form.key)):
        found.setdefault(form.key[0], []).append(form)
    return MappingProxyType({first: tuple(begun) for first, begun in found.items()})


def _alone(roster: Roster, top: Mapping[str, str], tails: Mapping[str, frozenset[Key]]) -> Iterable[Form]:
    """Names in the roster that fit one branch only in the whole school: 机关第三党支部, 学生21党支部."""
    known = [(code, wider(tail)) for code, of_unit in tails.items() if top[code] != code for tail in of_unit]
    for unit in roster.units:
        for key in {own_key(name, roster) for name in (unit.name, *unit.aliases)} if unit.parent else ():
            if key[-1:] != (BRANCH,) or len(key) < 3 or distinctive(key) or key not in tails[unit.code]:
                continue
            if not any(words.issuperset(key) for code, words in known if code != unit.code):
                yield Form(key, unit.code, Strength.FULL, whole=False)


def normal_forms(unit: Unit, roster: Roster) -> tuple[Form, ...]:
    """Every form of one unit; the same words may belong to several units: whoever finds them has several candidates."""
    top = _top(unit, roster)
    areas = _areas_of(roster).get(top.code, {})
    made = _forms_of_branch(unit, top, areas, roster) if top.code != unit.code else _forms_of_top(unit, areas, roster)
    best: dict[tuple[Key, str | None], Form] = {}
    for form in made:
        known = best.get((form.key, form.scope))
        if form.key and (known is None or known.strength < form.strength):
            best[form.key, form.scope] = form
    return tuple(best.values())


def _forms_of_top(unit: Unit, areas: Mapping[Key, Strength], roster: Roster) -> Iterable[Form]:
    ending = GENERAL if unit.kind.reviews else BRANCH
    for area, strength in areas.items():
        yield Form((*area, ending), unit.code, strength)
        if ending == BRANCH and strength is Strength.FULL:
            yield Form(area, unit.code, Strength.BARE)
        if area[-1:] != ("机",) and (strength is Strength.FULL or area[-1] in "院系部处心"):
            yield Form(area, unit.code, Strength.AREA)
    for name in (unit.name, *unit.aliases):
        key = own_key(name, roster)
        if BRANCH in key or GENERAL in key:
            yield Form(key, unit.code, Strength.FULL)


def _forms_of_branch(unit: Unit, top: Unit, areas: Mapping[Key, Strength], roster: Roster) -> Iterable[Form]:
    for tail, strength in _tails(unit, areas, roster).items():
        yield Form(tail, unit.code, min(strength, Strength.SHORT), top.code)
        if distinctive(tail):
            yield Form(tail, unit.code, strength, whole=False)
        if BRANCH in tail:
            for area, of_area in areas.items():
                yield Form((*area, *tail), unit.code, min(strength, of_area))
                yield Form((*area, GENERAL, *tail), unit.code, min(strength, of_area))
        if len(tail) > 2 and tail[-1] == BRANCH and (tail[-2].startswith("#") or distinctive(tail)):
            yield Form(tail[:-1], unit.code, Strength.BARE, top.code)


def _tails(unit: Unit, areas: Mapping[Key, Strength], roster: Roster) -> dict[Key, Strength]:
    """What is left of a branch's names without the 总支, and how else that is written."""
    found: dict[Key, Strength] = {}
    for name in (unit.name, *unit.aliases):
        key = own_key(name, roster)
        area = max((area for area in areas if key[: len(area)] == area), key=len, default=())
        tail = key[len(area) :]
        tail = tail[1:] if tail[:1] == (GENERAL,) else tail
        for other, strength in _other_writings(tail):
            found[other] = max(strength, found.get(other, Strength.FUZZY))
        for inner in _inside(key, areas):
            found.setdefault(inner, Strength.DERIVED)
    return found


def _inside(key: Key, areas: Mapping[Key, Strength]) -> Iterable[Key]:
    """校部机关第八支部 is also 机关第八支部: the 总支 behind a word for the school. 应用|数学|教工支部 is not."""
    for area in areas:
        for place in (len(words) for words in _OF_THE_SCHOOL if key[: len(words)] == tuple(words)):
            if key[place : place + len(area)] == area and len(key) - place - len(area) > 1:
                yield key[place + len(area) :]


def _other_writings(tail: Key) -> Iterable[tuple[Key, Strength]]:
    """第一教工支部 for 教工第一支部; 第十支部 for 第十支部（退休）; either half of a joint branch, inside its 总支."""
    if not tail or all(word.startswith("#") for word in tail):
        return
    yield tail, Strength.FULL
    if BRANCH not in tail:
        return
    first = tail.index(BRANCH) + 1
    if BRANCH in tail[first:]:
        yield tail[:first], Strength.SHORT
        yield tail[first:], Strength.SHORT
    elif first < len(tail):
        yield tail[:first], Strength.DERIVED
    if len(tail) > 2 and tail[-1] == BRANCH and tail[-2].startswith("#"):
        yield (tail[-2], *tail[:-2], BRANCH), Strength.DERIVED


def distinctive(tail: Key) -> bool:
    """Says which branch it is without the 总支: 校长办公室支部 does, 教工第一支部 does not."""
    plain = [word for word in tail if word not in ROLES and word not in (BRANCH, GENERAL, "级", "届")]
    return len([word for word in plain if not word.startswith("#")]) >= 2


@lru_cache(maxsize=8)
def _areas_of(roster: Roster) -> Mapping[str, Mapping[Key, Strength]]:
    """For each top unit the words for its field: 计算机学院 and, where no other unit claims them, 计算机系, 计算机."""
    tops = [unit for unit in roster.units if _top(unit, roster) is unit]
    exact = {unit.code: {area for name in (unit.name, *unit.aliases) if (area := _area(name, roster))} for unit in tops}
    derived = {code: {other for area in areas for other in _other_endings(area)} for code, areas in exact.items()}
    return MappingProxyType(
        {
            code: MappingProxyType(
                {other: Strength.DERIVED for other in derived[code] if not _claimed(other, code, exact, derived)}
                | dict.fromkeys(exact[code], Strength.FULL)
            )
            for code in exact
        }
    )


def _claimed(area: Key, code: str, exact: Mapping[str, set[Key]], derived: Mapping[str, set[Key]]) -> bool:
    return any(area in exact[other] or area in derived[other] for other in exact if other != code)


def _area(name: str, roster: Roster) -> Key:
    """The name up to 总支 or 支部."""
    key = own_key(name, roster)
    ends = [key.index(word) for word in (GENERAL, BRANCH) if word in key]
    area = key[: min(ends, default=len(key))]
    numbered = area[-1:] and area[-1].startswith("#")  # 机关一党总支 has branches, 直属第一党支部 has no field
    return area if len("".join(area)) >= 2 and not (numbered and GENERAL not in key) else ()


def _other_endings(area: Key) -> Iterable[Key]:
    ending = next((ending for ending in _ENDINGS if area[-len(ending) :] == ending), None)
    if ending is None:
        return
    stem = area[: -len(ending)]
    trimmed = next((stem[: -len(words)] for words in _TRIMMINGS if stem[-len(words) :] == words), stem)
    for short in {stem, trimmed}:
        if len(short) >= 2:
            made = (short + other for other in _ENDINGS if other not in (("中", "心"), ("处",)))
            yield from (other for other in made if other not in _OTHER_SENSES)
            yield short


def _top(unit: Unit, roster: Roster) -> Unit:
    return roster.unit(unit.parent) if unit.parent is not None and unit.parent in roster else unit


def _clear(forms: Iterable[Form]) -> Iterable[Form]:
    """Where a derived form of one unit is the plain name of another, only the plain name stays."""
    best: dict[tuple[Key, str | None], list[Form]] = {}
    for form in forms:
        known = best.setdefault((form.key, form.scope), [])
        if known and known[0].strength < form.strength:
            known.clear()
        if not known or known[0].strength == form.strength:
            known.append(form)
    for same in best.values():
        yield from same
