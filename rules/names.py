"""Finds the units that a free text names: a file name, a title, a 落款, a subject. The longest name wins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules.model import Roster
from rules.naming.forms import Form, Index, Strength, index_of, normal_forms
from rules.naming.tokens import BRANCH, GENERAL, ROLES, STOPS, Token, normal_form, tokens

__all__ = ["Mention", "Reading", "Strength", "mentions", "normal_form", "normal_forms", "read_names"]

_LONGEST = 2000  # words of a text that are looked at; names stand at its beginning

# Words that may stand before a name. Anything else may be the front part of a longer one: 软件|工程学院, 本科|学生支部.
_BEFORE_ANY = (
    *("报送", "上报", "提交", "发送", "呈报", "转发", "回复", "关于", "将", "由", "为", "发", "交", "送", "给", "对"),
    *("我", "本", "该", "的", "是", "请", "代", "总结", "报告", "汇报", "材料", "附件", "小结", "稿", "版", "优", "动"),
    *("单位", "名称", "年", "月", "日", "号", "份", "新", "支部", "总支", "党员", "及其", "以及"),
)
_BEFORE_FULL = (*_BEFORE_ANY, "学院", "大学", "学校", "师院", "我院", "校")
_BEFORE_SHORT = (*_BEFORE_ANY, "和", "与", "及", "我院", "我系", "我校", "下属", "所属", "下设")
_AFTER_BARE = ("总结", "汇报", "报告", "小结", "创先", "争先", "创优", "工作", "活动")
_LIST_SIGNS = frozenset("、,和与及")
_SOMEBODY_ELSE = ("各", "经", "报", "交", "给", "请", "由", "被", "送")


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in a text, how plainly, and the words (in normal form) from word `first` up to `end`."""

    unit: str
    strength: Strength
    words: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of units. `strangers`: branches it names that the roster does not know, in normal form;
    `branch`: it speaks of branches without a name (党支部总结); `general`: of a 总支 without saying which (总支总结).
    """

    mentions: tuple[Mention, ...] = ()
    strangers: tuple[tuple[str, ...], ...] = ()
    branch: bool = False
    general: bool = False

    @property
    def firm(self) -> tuple[Mention, ...]:
        return tuple(mention for mention in self.mentions if mention.strength.firm)


def mentions(text: str, roster: Roster, within: Iterable[str] = ()) -> tuple[Mention, ...]:
    """The units that `text` names, in order. Short names count only inside a 总支: `within` (codes) or named before."""
    return read_names(text, roster, within).mentions


def read_names(text: str, roster: Roster, within: Iterable[str] = ()) -> Reading:
    """All that a text says of units; never raises, whatever the text."""
    words = tokens(text[: _LONGEST * 2])[:_LONGEST]
    index = index_of(roster)
    tops = frozenset(index.top[code] for code in within if code in index.top)
    full = _keep_apart(_found(words, index, None))
    full = [*full, *(found for found in _from_lists(words, index, full, tops) if found not in full)]
    known = _covered(full)
    short = _keep_apart(_found(words, index, _Scopes(full, index, tops)), known)
    return _weigh(words, index, sorted({*full, *short}, key=lambda found: (found.first, -found.end)))


class _Scopes:
    """Inside which 总支 a short name at a place is meant: the one named last before it, else the known ones."""

    def __init__(self, full: Sequence[Mention], index: Index, tops: frozenset[str]) -> None:
        self._named = [(mention.end, index.top[mention.unit]) for mention in full if mention.strength >= Strength.AREA]
        named = frozenset(top for _, top in self._named)
        self._otherwise = tops or (named if len(named) == 1 else frozenset())

    def at(self, place: int) -> frozenset[str]:
        before = [(end, top) for end, top in self._named if end <= place]
        last = max((end for end, _ in before), default=None)
        return frozenset(top for end, top in before if end == last) or self._otherwise


def _found(words: Sequence[Token], index: Index, scopes: _Scopes | None) -> Iterator[Mention]:
    """Every form that stands somewhere in the text: full names without `scopes`, else short ones."""
    for place, word in enumerate(words):
        for form in index.by_first.get(word.value, ()):
            if (form.scope is None) is not (scopes is None) or not _stands(form.key, words, place):
                continue
            if scopes is not None and form.scope not in scopes.at(place):
                continue
            end = place + len(form.key)
            strength = _strength(form, words, place, end)
            if strength is not None:
                yield Mention(form.unit, strength, "".join(form.key), place, end)


def _stands(key: Sequence[str], words: Sequence[Token], place: int) -> bool:
    """The words are there, and no dash parts a number from its 支部 ("1-支部总结" is not 第一支部)."""
    if place + len(key) > len(words):
        return False
    for offset, value in enumerate(key):
        word = words[place + offset]
        if word.value != value or (word.gap and offset and value == BRANCH and words[place + offset - 1].number):
            return False
    return True


def _strength(form: Form, words: Sequence[Token], first: int, end: int) -> Strength | None:
    """How plain a form is where it stands; None when it is no name there at all."""
    if form.strength is Strength.BARE and not _ends_bare(words, end):
        return None
    if form.scope is not None:
        return form.strength if _free(words, first, _BEFORE_SHORT) else None
    if _free(words, first, _BEFORE_FULL):
        return form.strength
    return None if form.strength is Strength.AREA else Strength.LOOSE


def _free(words: Sequence[Token], first: int, allowed: tuple[str, ...]) -> bool:
    """Nothing before it belongs to the name. A dash frees a short name only where no strange 学院 stands before it."""
    before = "".join(word.value for word in words[max(0, first - 4) : first])
    if not before or before[-1] in STOPS or before.endswith(allowed):
        return True
    return words[first].gap and not (allowed is _BEFORE_SHORT and before.endswith(("学院", "系", "处", "馆", "中心")))


def _ends_bare(words: Sequence[Token], end: int) -> bool:
    """教工一 is a name at the end or before 总结; 教工第一阶段 is none."""
    after = "".join(word.value for word in words[end : end + 3])
    return not after or words[end].gap or after[0] in STOPS or after.startswith(_AFTER_BARE)


def _keep_apart(found: Iterable[Mention], taken: frozenset[int] = frozenset()) -> list[Mention]:
    """Of names that share words the longest; two units under the very same words both stay."""
    kept: list[Mention] = []
    used = set(taken)
    spans: set[tuple[int, int]] = set()
    for mention in sorted(found, key=lambda mention: (mention.first - mention.end, mention.first)):
        span = (mention.first, mention.end)
        if span in spans or used.isdisjoint(range(*span)):
            kept.append(mention)
            spans.add(span)
            used.update(range(*span))
    return kept


def _covered(found: Iterable[Mention]) -> frozenset[int]:
    return frozenset(place for mention in found for place in range(mention.first, mention.end))


def _from_lists(
    words: Sequence[Token], index: Index, full: Sequence[Mention], tops: frozenset[str]
) -> Iterator[Mention]:
    """机关第七、八、十党支部 are three: each number is tried with the words before the list and 支部 after it."""
    joint = _covered(mention for mention in full if "、" in mention.words)
    for first, last in _lists(words):
        if first in joint:
            continue
        numbers = [number for number in words[first:last] if number.number]
        hits = [
            _with_number((*words[max(0, first - 24) : first], number, words[last]), index, tops) for number in numbers
        ]
        for hit in (hit for each in hits for hit in each):
            strength = hit.strength if all(hits) else min(hit.strength, Strength.LOOSE)
            yield replace(hit, strength=strength, first=first, end=last + 1)


def _with_number(alone: Sequence[Token], index: Index, tops: frozenset[str]) -> list[Mention]:
    """The units named by the words before a list with one of its numbers."""
    full = _keep_apart(_found(alone, index, None))
    short = _keep_apart(_found(alone, index, _Scopes(full, index, tops)))
    hits = [hit for hit in full if hit.end == len(alone)]
    return hits or [hit for hit in short if hit.end == len(alone)]


def _lists(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where numbers are listed before a 支部: place of the first number, place of 支部."""
    for last in (place for place, word in enumerate(words) if word.value == BRANCH):
        first = last
        while first and (words[first - 1].number or words[first - 1].value in _LIST_SIGNS):
            first -= 1
        while first < last and not words[first].number:
            first += 1
        if last - first > 2 and sum(number.number for number in words[first:last]) > 1:
            yield first, last


def _weigh(words: Sequence[Token], index: Index, found: Sequence[Mention]) -> Reading:
    """Leaves out a 总支 that only says where a branch belongs; notes what the roster does not know."""
    covered = _covered(found)
    strangers = [place for place in range(len(words)) if place not in covered and _stranger(words, place, covered)]
    kept: list[Mention] = []
    for mention in found:
        top = index.top[mention.unit] == mention.unit
        if top and _belongs_to(mention, words, index, found):
            continue
        if top and any(0 <= place - mention.end <= 12 for place in strangers):
            mention = replace(mention, strength=min(mention.strength, Strength.AREA))
        kept.append(_after_a_list(mention, words, covered))
    return Reading(
        tuple(kept),
        tuple(_phrase(words, place, covered) for place in strangers),
        any(word.value == BRANCH and place not in covered for place, word in enumerate(words)),
        any(
            word.value == GENERAL and place not in covered and _own(words, place) and _no_branch_next(words, place)
            for place, word in enumerate(words)
        ),
    )


def _belongs_to(mention: Mention, words: Sequence[Token], index: Index, found: Sequence[Mention]) -> bool:
    """计算机学院党总支教工第一党支部: the 总支 stands there for its branch. 总支和教工第一支部: for itself."""
    below = [other for other in found if other.unit != mention.unit and index.top[other.unit] == mention.unit]
    if mention.strength is Strength.AREA:
        return bool(below)
    between = (words[mention.end : other.first] for other in below if 0 <= other.first - mention.end <= 6)
    return any(not any(word.value in _LIST_SIGNS for word in part) for part in between)


def _after_a_list(mention: Mention, words: Sequence[Token], covered: frozenset[int]) -> Mention:
    """教工第一、学生第二党支部: the first of the two was not understood, so the second is not all that is said."""
    first = mention.first
    if first >= 2 and words[first - 1].value in _LIST_SIGNS and words[first - 2].number and first - 2 not in covered:
        return replace(mention, strength=min(mention.strength, Strength.LOOSE))
    return mention


def _stranger(words: Sequence[Token], place: int, covered: frozenset[int]) -> bool:
    """A 支部 with a number or a role before it is a certain one: 教工第九支部, not 各党支部."""
    if words[place].value != BRANCH or not place or place - 1 in covered:
        return False
    before = words[place - 1]
    return (before.number and not words[place].gap) or before.value in ROLES or before.value in "室组班系科所院馆处办业"


def _phrase(words: Sequence[Token], place: int, covered: frozenset[int]) -> tuple[str, ...]:
    first = place
    while first and first - 1 not in covered and place - first < 16 and words[first - 1].value not in STOPS:
        first -= 1
    return tuple(word.value for word in words[first : place + 1])


def _own(words: Sequence[Token], place: int) -> bool:
    before = words[place - 1].value if place else ""
    return before not in _SOMEBODY_ELSE and before not in ("所属", "下属", "属", "层", "个")


def _no_branch_next(words: Sequence[Token], place: int) -> bool:
    following = words[place + 1].value if place + 1 < len(words) else ""
    return following not in (BRANCH, "审", "意", "把")
