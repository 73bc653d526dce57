"""Where the written forms of names stand in a text. The longest name wins; what stands before it may spoil it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules.naming.forms import Form, Index
from rules.naming.strength import Strength
from rules.naming.tokens import BRANCH, STOPS, Token

# Words that may stand before a name. Anything else may be the front part of a longer one: 软件|工程学院, 本科|学生支部.
_BEFORE_ANY = (
    *(
        "报送",
        "上报",
        "转报",
        "补报",
        "呈送",
        "上交",
        "提交",
        "发送",
        "呈报",
        "转发",
        "回复",
        "关于",
        "将",
        "由",
        "为",
        "发",
        "交",
        "送",
        "给",
        "对",
    ),
    *("我", "我们", "本", "该", "的", "是", "请", "代", "总结", "报告", "汇报", "材料", "附件", "小结", "稿", "版"),
    *("单位", "名称", "年", "月", "日", "号", "份", "新", "支部", "总支", "党员", "及其", "以及", "优", "动", "转"),
)
_BEFORE_WHOLE = (*_BEFORE_ANY, "学院", "大学", "学校", "师院", "我院", "校")
BEFORE_SHORT = (*_BEFORE_ANY, "和", "与", "及", "我院", "我系", "我校", "全校", "下属", "所属", "下设", "#1个")
_AFTER_BARE = ("总结", "汇报", "报告", "小结", "创先", "争先", "创优", "工作", "活动")
# A digit behind these counts files: 附件1支部总结.
_COUNTED = ("附件", "材料", "总结", "报告", "文件", "稿", "版")
LIST_SIGNS = frozenset("、,和与及")
_STRANGE = ("学院", "系", "处", "馆", "中心")


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in a text, how plainly, and the words (in normal form) from word `first` up to `end`."""

    unit: str
    strength: Strength
    words: str
    first: int
    end: int


class Scopes:
    """Inside which 总支 a short name at a place is meant: the one named last before it, else the known ones."""

    def __init__(self, full: Sequence[Mention], index: Index, tops: frozenset[str]) -> None:
        self._named = [(mention.end, index.top[mention.unit]) for mention in full if mention.strength >= Strength.AREA]
        named = frozenset(top for _, top in self._named)
        self._otherwise = tops or (named if len(named) == 1 else frozenset())

    def at(self, place: int) -> frozenset[str]:
        before = [(end, top) for end, top in self._named if end <= place]
        last = max((end for end, _ in before), default=None)
        return frozenset(top for end, top in before if end == last) or self._otherwise


def names_in(words: Sequence[Token], index: Index, tops: frozenset[str]) -> tuple[list[Mention], Scopes]:
    """Full names and lists of them, then the short ones that stand between; and inside which 总支 each place is."""
    full = keep_apart(_found(words, index, None))
    full = [*full, *(found for found in _from_lists(words, index, full, tops) if found not in full)]
    scopes = Scopes(full, index, tops)
    full = [_of_another(mention, full, words, index, tops) for mention in full]
    plain = [mention for mention in full if mention.strength is not Strength.LOOSE]
    short = keep_apart(_found(words, index, scopes), covered(plain))
    better = covered(short)
    kept = (mention for mention in full if mention in plain or better.isdisjoint(range(mention.first, mention.end)))
    return sorted({*kept, *short}, key=lambda found: (found.first, -found.end)), scopes


def _of_another(
    mention: Mention, full: Sequence[Mention], words: Sequence[Token], index: Index, tops: frozenset[str]
) -> Mention:
    """数学学院机关第一党支部 is not 机关第一党支部; a name alone, sent by another 总支, may be one of its own."""
    top = index.top[mention.unit]
    before = any(other.end == mention.first and index.top[other.unit] != top for other in full)
    strange = bool(tops) and top not in tops and (mention.unit, mention.words) in index.alone
    if (before and not words[mention.first].gap) or strange:
        return replace(mention, strength=min(mention.strength, Strength.LOOSE))
    return mention


def covered(found: Iterable[Mention]) -> frozenset[int]:
    return frozenset(place for mention in found for place in range(mention.first, mention.end))


def keep_apart(found: Iterable[Mention], taken: frozenset[int] = frozenset()) -> list[Mention]:
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


def is_free(words: Sequence[Token], first: int, allowed: tuple[str, ...]) -> bool:
    """Nothing before it belongs to the name. A dash frees a short name only where no strange 学院 stands before it."""
    before = "".join(word.value for word in words[max(0, first - 4) : first])
    if not before or before[-1] in STOPS or before.endswith(allowed):
        return True
    return words[first].gap and not (allowed is BEFORE_SHORT and before.endswith(_STRANGE))


def _found(words: Sequence[Token], index: Index, scopes: Scopes | None) -> Iterator[Mention]:
    """Every form that stands somewhere in the text: full names without `scopes`, else short ones."""
    for place, word in enumerate(words):
        tables = (
            (index.anywhere,)
            if scopes is None
            else (index.inside[top] for top in scopes.at(place) & index.inside.keys())
        )
        for form in (form for table in tables for form in table.get(word.value, ())):
            if not _stands(form.key, words, place):
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
    return not (key[0].startswith("#") and is_counted(words, place))


def is_counted(words: Sequence[Token], place: int) -> bool:
    before = "".join(word.value for word in words[max(0, place - 2) : place])
    return before.endswith(_COUNTED) and not words[place].gap


def _strength(form: Form, words: Sequence[Token], first: int, end: int) -> Strength | None:
    """How plain a form is where it stands; None when it is no name there at all."""
    if form.strength is Strength.BARE and not _ends_bare(words, end):
        return Strength.AREA if form.scope is None and is_free(words, first, _BEFORE_WHOLE) else None
    if form.scope is not None:
        return form.strength if is_free(words, first, BEFORE_SHORT) else None
    if is_free(words, first, _BEFORE_WHOLE if form.whole else BEFORE_SHORT):
        return form.strength
    return None if form.strength in (Strength.AREA, Strength.BARE) else Strength.LOOSE


def _ends_bare(words: Sequence[Token], end: int) -> bool:
    """教工一 is a name at the end or before 总结; 教工第一阶段 is none."""
    after = "".join(word.value for word in words[end : end + 3])
    return not after or words[end].gap or after[0] in STOPS or after.startswith(_AFTER_BARE)


def _from_lists(
    words: Sequence[Token], index: Index, full: Sequence[Mention], tops: frozenset[str]
) -> Iterator[Mention]:
    """机关第七、八、十党支部 are three: each number is tried with the words before the list and 支部 after it."""
    joint = covered(mention for mention in full if "、" in mention.words)
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
    full = keep_apart(_found(alone, index, None))
    short = keep_apart(_found(alone, index, Scopes(full, index, tops)))
    hits = [hit for hit in full if hit.end == len(alone)]
    return hits or [hit for hit in short if hit.end == len(alone)]


def _lists(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where numbers are listed before a 支部: place of the first number, place of 支部."""
    for last in (place for place, word in enumerate(words) if word.value == BRANCH):
        first = last
        while first and (words[first - 1].number or words[first - 1].value in LIST_SIGNS):
            first -= 1
        while first < last and not words[first].number:
            first += 1
        if last - first > 2 and sum(number.number for number in words[first:last]) > 1:
            yield first, last
