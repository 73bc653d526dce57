"""群众参与: how this unit asked people what they think of it, and the figures that are given."""

import re
from functools import lru_cache

from rules.aspect.prose import Prose
from rules.campaign import ParticipationRule
from rules.model import Participation
from rules.text import clip
from rules.vocabulary.asking import METHODS, OPINION
from rules.vocabulary.words import FIGURE, Words

_COUNTED = re.compile(
    rf"(?:发放|发出|印发|下发|收回|回收|收到|征求到?|征集到?|收集到?|梳理出?|访谈|走访|谈心|座谈|召开|开了|参加|到会|投票|测评|评议|提了|提出|共|记下|问了|找了|请了|填了|归成|归纳)"
    rf"[^,;。:]{{0,20}}?{FIGURE}\s?(?:余|多|来)?(?:份|人次|人|次|条|场|张|名|位|户|票|个|件|封|家)|(?:满意|认为|赞成)[^,;。]{{0,16}}?\d[\d.]*%"
)
_COUNTS = 4
_CLIP = 24
# What stands before it in the sentence and says that it has not been done: 下一步要发放…, 没有开过…, 要求…
_NOT_DONE = re.compile(
    r"(?:^|[,;。:])[^,;。:]{0,8}(?:下一步|今后|接下来|明年|下学期|打算|计划|准备|拟)|(?:没有|没|未|未能|尚未)(?:系统地?|认真|专门|很好|充分|及时)?(?:地)?"
    r"(?:听取|开展|组织|征求|发放?|召开|开过?|与|和)?[^,;。]{0,6}$|要(?:组织|开展|召开|多|请|通过)[^,;。]{0,10}$|(?:希望|缺少|缺乏|不够|将|可以|能够|应|应当|应该)[^,;。]{0,8}$"
)
# What stands behind it and says the same: 问卷至今没有印出来, 个别访谈拟安排在下月.
_NOT_YET = re.compile(
    r"^[^。]{0,30}(?:没有|没|未能?|尚未)(?:开|印|挂|发|办|搞|组织)(?:起来|出来|出去|成|过|展)|^[^,;。]{0,4}(?:拟|还要|准备|尚待)"
)


def participation_of(prose: Prose, rule: ParticipationRule) -> Participation:
    """The methods that were used, in the order of the campaign; the place has figures if any place has."""
    words = {method: words_of(method, tuple(own)) for method, own in rule.methods.items()}
    sure = {method: _told(prose, each, each.strong) for method, each in words.items()}
    taken = {at for told in sure.values() for at in told}
    hits = {method: sure[method] | _hinted(prose, each, taken) for method, each in words.items()}
    found = tuple(method for method, told in hits.items() if told)
    told = sorted({at for each in hits.values() for at in each})
    if not told:
        return Participation()
    counts = {at: _counts(prose.sentences[at].text) for at in told}
    shown = next((at for at in told if counts[at]), told[0])
    written = tuple(dict.fromkeys(clip(each, _CLIP) for at in told for each in counts[at]))
    return Participation(found, prose.sentences[shown].where, written[:_COUNTS])


def _told(prose: Prose, words: Words, expressions: tuple[str, ...]) -> set[int]:
    """Numbers of the sentences that tell of the method as done, by this unit and for itself."""
    return {
        at
        for _, match, at in prose.places(expressions, words.friends)
        if not prose.speaks_of(words.others, at) and not prose.is_planned(match, at) and _done(prose, match)
    }


def _done(prose: Prose, match: re.Match[str]) -> bool:
    rest = match.string[match.end() : match.end() + 40]
    return not _NOT_DONE.search(prose.before(match)) and not _NOT_YET.search(rest)


def _hinted(prose: Prose, words: Words, taken: set[int]) -> set[int]:
    """A weak word needs an opinion asked for beside it, and no plain method in the same sentence."""
    told = _told(prose, words, words.weak) - taken
    return {at for at in told if OPINION.search(prose.sentences[at].text)}


@lru_cache(maxsize=64)
def words_of(method: str, own: tuple[str, ...]) -> Words:
    """The built-in words of a method with those of the campaign on top."""
    usual = next((words for names, words in METHODS if re.search(names, method)), Words())
    return Words(strong=(*usual.strong, *own), weak=usual.weak, friends=usual.friends, others=usual.others)


def _counts(text: str) -> list[str]:
    return [match[0] for match in _COUNTED.finditer(text)]
