"""The running text of a report as one string: each expression is looked for once, and asides are blank."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from rules.aspects_cues import Anchor, Cue, cues
from rules.aspects_outline import Outline
from rules.aspects_text import Sentence
from rules.learned import clauses, shipped

# The notice retold: 总结要包括特点、做法、成效、社会评价和经验启示.
_ASKED = re.compile(r"特点.{0,4}做法.{0,4}成效|(?:总结|材料|报告)(?:要|应)(?:包括|写明|体现)")
# 下一步要…, 今后…: what follows in the sentence has not happened.
_PLAN = re.compile(
    r"(?:^|[,;。:])[^,;。:]{0,6}(?:下一步|下步|下阶段|下一阶段|今后|接下来|明年|下学期|下半年|未来)|打算|计划(?:在|今后)|"
    r"(?:^|[,;。])(?:我们|支部)?(?:将|拟|准备)(?:继续|进一步|努力|在|对|要|把)"
)
# 力争…, 为了…: nor has the rest of that clause.
_HOPE = re.compile(
    r"力争|争取|努力(?:使|让|做到|实现|营造|提高|形成|打造|取得|争)|希望|期望|旨在|为了|以期|以便|确保|保证|要求|务求|力求|目标是|"
    r"还要|(?<!必)须(?!坚持)|应当?(?!用|邀|聘|急|届|对)|尽快|早日|努力$|(?:^|[,;])要(?!问|数|说)|能不能|怎样才|是否|要想|有待|仍需|还需|需要"
)
_DENIED = re.compile(r"(?:没有|未能|尚未|还没|缺乏|缺少|不够|谈不上|很少|较少|没)[^,;。]{0,8}$")
_FALLS_SHORT = re.compile(
    r"^[^,;。]{0,8}(?:不够|不多|不高|不足|不明显|不强|不太|不是很|还不|有待|欠缺|欠佳|较少|很少|不好|不平衡|还差)"
)
_SHORTCOMING = re.compile(
    r"^(?:但|但是|然而|不过|不足|存在|当然|同时也|也存在|还存在)[^。]{0,30}(?:不足|问题|差距|不够|欠缺)|(?:存在|有).{0,12}(?:不足|差距)"
)


Place = tuple[Cue, re.Match[str], int]


class Prose:
    """All sentences of a document, joined. `outline` says where each stands; sections of 问题, 打算, 背景 are blank."""

    def __init__(self, sentences: Sequence[Sentence], outline: Outline) -> None:
        self.outline = outline
        self.sentences = sentences
        self._starts: list[int] = []
        lines, start = [], 0
        for sentence in sentences:
            self._starts.append(start)
            number = sentence.number
            silent = outline.is_aside(number) or outline.is_heading(number) or _ASKED.search(sentence.text)
            lines.append(" " * len(sentence.text) if silent else sentence.text)
            start += len(sentence.text) + 1
        self._text = "\n".join(lines)
        self._holding: dict[str, list[int]] = {}
        self._having: dict[tuple[Anchor, ...], list[int]] = {}
        self._whole = "\n".join(sentence.text for sentence in sentences)
        self._silent = frozenset(at for at, line in enumerate(lines) if not line.strip())

    @cached_property
    def heard(self) -> Mapping[int, Mapping[str, float]]:
        """How likely each sentence tells of each aspect, as the learned model hears it; what is silent is left out."""
        return {
            at: _loudest([shipped().probabilities(piece) for piece in clauses(sentence.text)])
            for at, sentence in enumerate(self.sentences)
            if at not in self._silent
        }

    def places(self, expressions: Sequence[Cue], friends: tuple[str, ...] = ()) -> Iterator[Place]:
        """(cue, match, number of the sentence) for all that is not part of a false friend (推广经验 …)."""
        return self._places(expressions, self._without(friends, self._text))

    def anywhere(self, expressions: Sequence[Cue], friends: tuple[str, ...] = ()) -> Iterator[Place]:
        """As `places`, in asides too."""
        return self._places(expressions, self._without(friends, self._whole))

    def _places(self, expressions: Sequence[Cue], text: str) -> Iterator[Place]:
        for cue in expressions:
            for at in self._sentences_with(cue.anchors):
                start = self._starts[at]
                match = cue.expression.search(text, start, start + len(self.sentences[at].text))
                if match:
                    yield cue, match, at

    def _sentences_with(self, anchors: tuple[Anchor, ...]) -> Sequence[int]:
        """Plain search first: it costs a fiftieth of an expression, and most words are in no sentence of a report."""
        if not anchors:
            return range(len(self.sentences))
        if anchors not in self._having:
            having = (set().union(*(self._sentences_of(word) for word in words)) for words in anchors)
            self._having[anchors] = sorted(set.intersection(*having))
        return self._having[anchors]

    def _sentences_of(self, word: str) -> list[int]:
        if word not in self._holding:
            held, at = [], self._whole.find(word)
            while at >= 0:
                held.append(bisect_right(self._starts, at) - 1)
                at = self._whole.find(word, self._starts[held[-1] + 1] if held[-1] + 1 < len(self._starts) else at + 1)
            self._holding[word] = held
        return self._holding[word]

    def is_planned(self, match: re.Match[str], at: int) -> bool:
        """下一步要…, and what follows 但存在不足."""
        before = self.before(match, at)
        return bool(_PLAN.search(before + match[0][:4]) or _SHORTCOMING.search(before))

    def is_wished(self, match: re.Match[str], at: int) -> bool:
        """力争…, 为了…, 没有…, …不够 in the same clause."""
        clause = re.split(r"[,;。:]", self.before(match, at))[-1]
        after = match.string[match.end() : match.end() + 16].partition("\n")[0]
        return bool(_HOPE.search(clause) or _DENIED.search(clause) or _FALLS_SHORT.search(after))

    def before(self, match: re.Match[str], at: int) -> str:
        """What stands before it in its sentence."""
        return match.string[self._starts[at] : match.start()]

    def _without(self, friends: tuple[str, ...], text: str) -> str:
        """The text with false friends blanked, so that a cue inside them is not seen."""
        for friend in cues(friends):
            for at in self._sentences_with(friend.anchors):
                start = self._starts[at]
                end = start + len(self.sentences[at].text)
                if friend.expression.search(text, start, end):
                    blank = friend.expression.sub(lambda match: " " * len(match[0]), text[start:end])
                    text = text[:start] + blank + text[end:]
        return text


def _loudest(pieces: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """For each label the likeliest piece of a sentence."""
    return {label: max(piece[label] for piece in pieces) for label in (pieces[0] if pieces else ())}
