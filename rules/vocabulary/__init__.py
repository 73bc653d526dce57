"""The language of reports: for each usual aspect and each way of asking the people, the words that it is told in."""

import re
from functools import lru_cache

from rules.campaign_parts import Aspect
from rules.text import squeeze
from rules.vocabulary.lessons import LESSONS
from rules.vocabulary.measures import MEASURES
from rules.vocabulary.others import BACKGROUND, PLANS, PROBLEMS, SITUATION
from rules.vocabulary.praise import PRAISE
from rules.vocabulary.results import RESULTS
from rules.vocabulary.traits import TRAITS
from rules.vocabulary.words import Words

_USUAL: tuple[tuple[str, Words], ...] = (
    ("问题|不足|差距|教训", PROBLEMS),
    ("打算|今后|下一步|努力方向|计划|设想", PLANS),
    ("背景|缘起", BACKGROUND),
    ("基本情况|概况", SITUATION),
    ("特点|特色|亮点|创新", TRAITS),
    ("做法|措施|举措|过程|开展情况", MEASURES),
    ("成效|成果|成绩|效果|实效", RESULTS),
    ("评价|反响|反映|测评|满意", PRAISE),
    ("经验|启示|体会|感悟", LESSONS),
)
"""Keys of aspects as notices write them (群众评价, 主要成效 …), and their words. The first that fits is taken."""
_OWN = Words()


@lru_cache(maxsize=64)
def words_for(aspect: Aspect) -> Words:
    """The built-in words of the aspect with those of the campaign on top; an unknown key is its own word."""
    usual = _OWN if aspect.only_own_words else _usual(aspect.key)
    named = aspect.headings if usual is not _OWN else (aspect.key, *aspect.headings)
    own = tuple(re.escape(squeeze(word)) for word in named if squeeze(word))
    return Words(
        headings=(*usual.headings, *own),
        strong=(*usual.strong, *aspect.body),
        weak=(*usual.weak, *aspect.weak),
        anywhere=usual.anywhere,
        others=usual.others,
        friends=(*usual.friends, *aspect.false_friends),
        heading_friends=(*usual.heading_friends, *aspect.false_friends),
        home=usual.home,
        hopes=usual.hopes,
        thematic=usual.thematic or aspect.accept_thematic,
        repeats=usual.repeats,
        asides=usual.asides,
        learned=usual.learned,
        trust=usual.trust,
    )


def _usual(key: str) -> Words:
    return next((words for names, words in _USUAL if re.search(names, key)), _OWN)
