"""Names without 支部, as file names and subjects have them: 学前总结.docx, 英师1.docx. They hint at a branch."""

from collections.abc import Iterator, Sequence

from rules.naming.forms import Index, distinctive
from rules.naming.found import BEFORE_SHORT, Mention, is_free
from rules.naming.short import claimed_elsewhere, elements, fitting
from rules.naming.strength import Strength
from rules.naming.tokens import BRANCH, ROLES, STOPS, Token

# Where the words about the paper begin, or those about something else.
_PAPER = (
    "创先",
    "争先",
    "争优",
    "活动",
    "工作",
    "总结",
    "小结",
    "汇报",
    "报告",
    "材料",
    "情况",
    "发言",
    "案例",
    "的",
    "关于",
)
_OFFICES = "处室系科办组班馆部心"
_WHOLE = ("机关", "联合", "离退休")  # kinds that are a 总支 more often than a part of one


def bare_names(words: Sequence[Token], index: Index, tops: frozenset[str]) -> Iterator[Mention]:
    """Branches of a known 总支 that a piece of the text before 总结 may be short for. BARE where it is just one, and
    all is said: number and kind, or a name of its own; else, and where a 支部 is spoken of besides, PARTIAL.
    """
    besides = any(word.value == BRANCH for word in words)
    for first, end in _pieces(words):
        for start in range(first, end):
            if start > first and not is_free(words, start, BEFORE_SHORT):
                continue
            said = tuple(word.value for word in words[start:end])
            units = fitting(said, tops, index) if _enough(said) else ()
            if units:
                sure = len(units) == 1 and _says_all(said, units[0], index) and not claimed_elsewhere(said, tops, index)
                strength = Strength.BARE if sure and not besides else Strength.PARTIAL
                yield from (Mention(unit, strength, "".join(said), start, end) for unit in units)
                break


def speaks_of_a_part(words: Sequence[Token], known: frozenset[int]) -> bool:
    """Words for a kind of people or for an office, in no name that is known: 英语系教工总结, 人事处.docx."""
    for first, end in _pieces(words):
        left = [words[place].value for place in range(first, end) if place not in known]
        if any(word in ROLES and word not in _WHOLE for word in left) or (left and left[-1] in _OFFICES):
            return True
    return False


def _pieces(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Runs of words between strokes and stops, each up to the words about the paper."""
    first = 0
    for place in range(len(words) + 1):
        if place < len(words) and not words[place].gap and words[place].value not in STOPS:
            continue
        end = next((at for at in range(first, place) if _is_paper(words, at)), place)
        if first < end and all(word.value != BRANCH for word in words[first:end]):
            yield first, end
        first = place + (place < len(words) and words[place].value in STOPS)


def _is_paper(words: Sequence[Token], at: int) -> bool:
    return "".join(word.value for word in words[at : at + 3]).startswith(_PAPER)


def _enough(said: Sequence[str]) -> bool:
    """A number alone counts files."""
    return any(word in ROLES for word in said) or sum(not word.startswith("#") for word in said) > 1


def _says_all(said: tuple[str, ...], unit: str, index: Index) -> bool:
    """英师学生1 and 软件教研室 do; 学前, and 机关1 that may be the first of several files, do not."""
    numbered = any(word.startswith("#") for word in said)
    if numbered and not any(word in ROLES and word != "机关" for word in said):
        return False
    return numbered or any(elements(tail) == elements(said) and distinctive(tail) for tail in index.tails[unit])
