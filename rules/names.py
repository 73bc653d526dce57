"""What a free text says of units: a file name, a title, a 落款, a subject. The most particular plain name wins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rules.model import Roster
from rules.naming.forms import Index, index_of, normal_forms
from rules.naming.found import BEFORE_SHORT, LIST_SIGNS, Mention, Scopes, covered, is_counted, is_free, names_in
from rules.naming.school import without_school
from rules.naming.short import claimed_elsewhere, fitting
from rules.naming.strength import Strength
from rules.naming.tokens import BRANCH, GENERAL, ROLES, STOPS, Token, normal_form, tokens

__all__ = [
    "Mention",
    "Reading",
    "Strength",
    "mentions",
    "normal_form",
    "normal_forms",
    "read_names",
    "read_with",
    "words_of",
]

_LONGEST = 2000  # words of a text that are looked at; names stand at its beginning
_AT_MOST = 40  # names cut short that are understood in one text; a list of hundreds is made to keep us busy
_HIGHEST = 200  # no branch has a higher number: 2012支部总结
_SOMEBODY_ELSE = ("各", "经", "报", "交", "给", "请", "由", "被", "送")
_ANY_ONE = ("每", "同", "哪", "任", "某", "另", "又", "之", "唯", "第", "统", "个")
_A_TOPIC = ("作用", "建设", "工作法")  # 加强学生党支部建设 names no branch


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
    return read_with(text, index_of(roster), within)


def read_with(text: str, index: Index, within: Iterable[str] = ()) -> Reading:
    """`read_names` for those who hold the index of the roster already (to look it up costs more than to read)."""
    words = words_of(text, index)
    tops = frozenset(index.top[code] for code in within if code in index.top)
    found, scopes = names_in(words, index, tops)
    found = _with_shortened(words, found, scopes, index)
    return _weigh(words, index, found)


def words_of(text: str, index: Index) -> tuple[Token, ...]:
    """The words that the places of a mention count: without the school's own name."""
    return without_school(tokens(text[: _LONGEST * 2])[:_LONGEST], index.school)


def _with_shortened(words: Sequence[Token], found: list[Mention], scopes: Scopes, index: Index) -> list[Mention]:
    """Names cut short, where no plain one stands; what only might be the end of a longer name gives way."""
    plain = covered(mention for mention in found if mention.strength is not Strength.LOOSE)
    made: list[Mention] = []
    open_ends = (place for place, word in enumerate(words) if word.value == BRANCH and place not in plain)
    for place in islice(open_ends, _AT_MOST):
        if not _is_topic(words, place):
            made += _shortened(words, place, plain, scopes, index)
    ends = {mention.end for mention in made}
    kept = [mention for mention in found if mention.strength is not Strength.LOOSE or mention.end not in ends]
    return sorted([*kept, *made], key=lambda mention: (mention.first, -mention.end))


def _shortened(
    words: Sequence[Token], place: int, plain: frozenset[int], scopes: Scopes, index: Index
) -> Iterator[Mention]:
    """The longest words before this 支部 that can be meant for branches of the 总支."""
    for first in _starts(words, place, plain):
        said = tuple(word.value for word in words[first:place])
        tops = scopes.at(first)
        units = fitting(said, tops, index)
        if units:
            sure = len(units) == 1 and not claimed_elsewhere(said, tops, index)
            strength = Strength.ONLY if sure else Strength.PARTIAL
            yield from (Mention(unit, strength, "".join(said), first, place + 1) for unit in units)
            return


def _starts(words: Sequence[Token], place: int, plain: frozenset[int]) -> list[int]:
    """Where a name that ends with this 支部 may begin, the longest first: nothing before it belongs to it."""
    first, found = place, []
    while first and first - 1 not in plain and place - first < 16 and words[first - 1].value not in STOPS:
        first -= 1
        whole = first - 1 in plain or is_free(words, first, BEFORE_SHORT)
        if whole and not _is_any_one(words, first, place):
            found.append(first)
    return found[::-1]


def _is_any_one(words: Sequence[Token], first: int, place: int) -> bool:
    """每一支部, 2012支部总结, 附件1支部总结: a number alone that is no name. 1-支部总结 neither."""
    if place - first != 1 or not words[first].number:
        return False
    high = int(words[first].value[1:]) > _HIGHEST
    before = words[first - 1].value if first else ""
    return high or words[place].gap or before in _ANY_ONE or is_counted(words, first)


def _is_topic(words: Sequence[Token], place: int) -> bool:
    return "".join(word.value for word in words[place + 1 : place + 4]).startswith(_A_TOPIC)


def _weigh(words: Sequence[Token], index: Index, found: Sequence[Mention]) -> Reading:
    """Leaves out a 总支 that only says where a branch belongs; notes what the roster does not know."""
    known = covered(found)
    strangers = [place for place in range(len(words)) if place not in known and _stranger(words, place, known)]
    kept: list[Mention] = []
    for mention in found:
        top = index.top[mention.unit] == mention.unit
        if top and _belongs_to(mention, words, index, found):
            continue
        if top and any(0 <= place - mention.end <= 12 for place in strangers):
            mention = replace(mention, strength=min(mention.strength, Strength.AREA))
        kept.append(_after_a_list(mention, words, known))
    return Reading(
        tuple(kept),
        tuple(_phrase(words, place, known) for place in strangers),
        any(word.value == BRANCH and place not in known for place, word in enumerate(words)),
        any(
            word.value == GENERAL and place not in known and _own(words, place) and _no_branch_next(words, place)
            for place, word in enumerate(words)
        ),
    )


def _belongs_to(mention: Mention, words: Sequence[Token], index: Index, found: Sequence[Mention]) -> bool:
    """计算机学院党总支教工第一党支部: the 总支 stands there for its branch. 总支和教工第一支部: for itself."""
    below = [other for other in found if other.unit != mention.unit and index.top[other.unit] == mention.unit]
    if mention.strength is Strength.AREA:
        return bool(below)
    between = (words[mention.end : other.first] for other in below if 0 <= other.first - mention.end <= 6)
    return any(not any(word.value in LIST_SIGNS for word in part) for part in between)


def _after_a_list(mention: Mention, words: Sequence[Token], known: frozenset[int]) -> Mention:
    """教工第一、学生第二党支部: the first of the two was not understood, so the second is not all that is said."""
    first = mention.first
    if first < 2 or words[first - 1].value not in LIST_SIGNS or first - 2 in known:
        return mention
    if words[first - 2].number or words[first - 2].value in ROLES:
        return replace(mention, strength=min(mention.strength, Strength.LOOSE))
    return mention


def _stranger(words: Sequence[Token], place: int, known: frozenset[int]) -> bool:
    """A 支部 with a number or a role before it is a certain one: 教工第九支部, not 各党支部."""
    if words[place].value != BRANCH or not place or place - 1 in known or _is_topic(words, place):
        return False
    before = words[place - 1]
    if before.number:
        return not words[place].gap and not _is_any_one(words, place - 1, place)
    return before.value in ROLES or before.value in "室组班系科所院馆处办业"


def _phrase(words: Sequence[Token], place: int, known: frozenset[int]) -> tuple[str, ...]:
    first = place
    while first and first - 1 not in known and place - first < 16 and words[first - 1].value not in STOPS:
        first -= 1
    return tuple(word.value for word in words[first : place + 1])


def _own(words: Sequence[Token], place: int) -> bool:
    before = words[place - 1].value if place else ""
    return before not in _SOMEBODY_ELSE and before not in ("所属", "下属", "属", "层", "个")


def _no_branch_next(words: Sequence[Token], place: int) -> bool:
    following = words[place + 1].value if place + 1 < len(words) else ""
    return following not in (BRANCH, "审", "意", "把")
