"""What the first paragraphs of a report say of its author: the lines below the title, how it speaks of itself."""

import re
from collections.abc import Iterator, Sequence

from rules.model import Document, Roster
from rules.names import Mention, read_with, words_of
from rules.naming.forms import Index
from rules.naming.strength import Strength
from rules.naming.tokens import STOPS
from rules.text import squeeze

_OPENING = 40  # paragraphs that are looked at: more than enough to hear how a text speaks of itself
_CLIPPED = 300  # characters of each
_FRONT = 10  # lines at the top that may be title, 落款 or cells of a form
_SHORT = 40
_PROSE = 3  # paragraphs of running text that are read for names
_BEGUN = 160  # characters of each: an author names himself in the first sentences
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[、.])")
_BY_LINE = re.compile(r"^[^。,;!?]{0,30}(?:支部|总支|党委)[^。,;!?]{0,16}$")
_TO_SOMEBODY = re.compile(r"[:]$|^(?:报|送|致|主送|抄送|呈|尊敬)|名称$")  # or the cell before a name
_LED_BY = re.compile(r"^(?:委员会)?的?(?:正确|坚强|直接|统一|具体|大力|亲切|关心|指导|领导)")

_MINE = r"(?:我们?|本|咱们?)"
# 我支部: a branch writes. So it does where a sentence begins with 支部, unless the text speaks as a 总支 would.
_AS_BRANCH = re.compile(rf"{_MINE}(?:[这们]|[一二三四五六七八九\d]个)?党?支部(?!们)")
_LIKE_BRANCH = re.compile(
    r"(?:^|[,。;:!?])(?:党支部|支部)(?!们|共建|生活|之间|和)"
    r"|(?:学生|教工|教师|教职工|本科|研究生|硕士|博士|退休|[一二三四五六七八九十\d])党?支部(?:自|在|现有|共有|坚持|认真|按照|围绕)"
)
# 我总支, 我院下设六个党支部.
_AS_GENERAL = re.compile(
    rf"{_MINE}(?:院|系|处|部|中心)?(?:党?总支|分?党委)(?!的?(?:正确|坚强|领导|指导|关心))"
    r"|(?:下设|下辖|所属|现有|共有)[\d一二三四五六七八九十各]*个?(?:基层|学生|教工|教职工)?党?支部"
)
_MY_GENERAL = re.compile(r"(?:我们?|本)(?:党?总支|分党委)")
_OF_GENERAL = re.compile(r"总支|党委|各党?支部|我院|我系|全院|全系")


def opening_of(document: Document) -> tuple[str, ...]:
    """The first paragraphs of a document, the title among them."""
    return tuple(paragraph.text[:_CLIPPED] for paragraph in document.paragraphs[:_OPENING])


def lines_of_title(title: str, opening: Sequence[str]) -> str:
    """The title with a stroke where one line ends and the next begins: 先锋路上著华章 / 机关第三党支部总结."""
    rest, lines = squeeze(title), []
    for line in opening[:_FRONT]:
        words = squeeze(line)
        if words and rest.startswith(words):
            lines.append(words)
            rest = rest[len(words) :]
    return " / ".join((*lines, rest) if rest else lines) if lines else title


def lines_below_title(title: str, opening: Sequence[str]) -> str:
    """Who wrote it, said on a line of its own above the text (教科院本科学生第二党支部) or in a cell of a form."""
    whole, found = squeeze(title), []
    for line in opening[:_FRONT]:
        words = squeeze(line)
        if not words or words in whole:
            continue
        if _TO_SOMEBODY.search(words):
            continue
        if len(words) > _SHORT or words.endswith(("。", ";")) or _HEADING.match(words):
            break
        if _BY_LINE.match(words):
            found.append(line.strip())
    return " / ".join(found)


def self_named(clues_title: str, opening: Sequence[str], index: Index, tops: frozenset[str]) -> tuple[Mention, ...]:
    """The one unit that the running text begins a sentence with: 机关第三党支部自…以来. Several: a story of others."""
    title = squeeze(clues_title)
    prose = [line for line in opening if len(squeeze(line)) > 12 and squeeze(line) not in title]
    found = [mention for line in prose[:_PROSE] for mention in _subjects(line[:_BEGUN], index, tops)]
    return tuple(found[:1]) if len({mention.unit for mention in found}) == 1 else ()


def _subjects(line: str, index: Index, tops: frozenset[str]) -> Iterator[Mention]:
    words = words_of(line, index)
    for mention in read_with(line, index, tops).mentions:
        before = words[mention.first - 1].value if mention.first else ""
        after = "".join(word.value for word in words[mention.end : mention.end + 4])
        begins = not before or (before in STOPS and before != "、") or before in ("我", "本", "们", "表")
        childless = not index.below.get(mention.unit)
        cut_short = mention.strength in (Strength.ONLY, Strength.BARE) and not childless
        plain = (mention.strength.firm and not cut_short) or (mention.strength is Strength.AREA and childless)
        told_of = _LED_BY.match(after) or (after.startswith("的") and mention.strength.firm)
        if begins and plain and not told_of:
            yield mention


def speaks_as_branch(opening: Sequence[str]) -> bool:
    """The text says 我支部, or has sentences about 支部 and none that a 总支 would write."""
    lines = [squeeze(line) for line in opening]
    if any(_AS_BRANCH.search(line) for line in lines):
        return True
    return any(_LIKE_BRANCH.search(line) for line in lines) and not any(_AS_GENERAL.search(line) for line in lines)


def says_nothing_of_general(opening: Sequence[str]) -> bool:
    """There is a text, and no 总支, no 党委, no 各支部, no 我院 in it."""
    return bool(opening) and not any(_OF_GENERAL.search(squeeze(line)) for line in opening)


def says_my_general(opening: Sequence[str]) -> bool:
    """我总支, 本总支: no branch says so (我院党总支 it may)."""
    return any(_MY_GENERAL.search(squeeze(line)) for line in opening)


def speaks_as_general(opening: Sequence[str]) -> bool:
    return any(_AS_GENERAL.search(squeeze(line)) for line in opening)


def people_named(texts: Sequence[str], roster: Roster, index: Index) -> tuple[str, ...]:
    """Branches whose 联系人 these texts name, one or several of the same name."""
    told = squeeze(" / ".join(texts))
    people = (unit for unit in roster.units if len(unit.contact) >= 2 and unit.contact in told)
    return tuple(unit.code for unit in people if not index.below.get(unit.code))
