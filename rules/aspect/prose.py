"""The running text of a report: where expressions of the vocabulary are in it; headings and asides are silent."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from rules.aspect.cues import Cue
from rules.aspect.lexicon import Hits, Table, lexicon_of
from rules.aspect.outline import Outline
from rules.aspect.text import Sentence
from rules.learned import clauses, shipped

# The notice retold: 总结要包括特点、做法、成效、社会评价和经验启示.
# So is the opinion of the 总支 below the report: 党总支审核意见:缺少群众评价和体会.
_ASKED = re.compile(
    r"特点.{0,4}做法.{0,4}成效|(?:总结|材料|报告)(?:要|应)(?:包括|写明|体现)|^.{0,8}(?:总支|党委|党组织)(?:审核|审查|审批)?意见[:]"
)
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
_DATED = re.compile(r"^\D{0,12}(?:19|20|二[〇○0零])\S{0,3}[年.\-/]\s?\S{1,3}[月.\-/]\s?\S{1,3}日?[。.]?$")
_CLAUSE = re.compile(r"[,;。:]")
_ASKED_TABLE: Table = (_ASKED.pattern,)
_PLANS: Table = (_PLAN.pattern, _SHORTCOMING.pattern)
_WISHES: Table = (_HOPE.pattern, _DENIED.pattern, _FALLS_SHORT.pattern)
_USUAL: tuple[Table, ...] = (_ASKED_TABLE, _PLANS, _WISHES)

Place = tuple[Cue, re.Match[str], int]


class Prose:
    """All sentences of a document. `outline` says where each stands; sections of 问题, 打算, 背景 are silent.

    `tables` are those that will be asked for; they are looked for together, any other one when it is asked for.
    """

    def __init__(self, sentences: Sequence[Sentence], outline: Outline, tables: tuple[Table, ...] = ()) -> None:
        self.outline = outline
        self.sentences = sentences
        self._texts = [sentence.text for sentence in sentences]
        self._hits = Hits(lexicon_of((*_USUAL, *tables)), self._texts)
        self._others: dict[Table, Hits] = {}
        self._by_sentence: dict[Table, dict[int, list[Cue]]] = {}
        self._told: dict[Table, dict[int, str]] = {}
        self._planning = {at for _, at in self._hits.of(_PLANS)}
        self._wishing = {at for _, at in self._hits.of(_WISHES)}
        asked = {at for _, at in self._hits.of(_ASKED_TABLE) if _ASKED.search(self._texts[at])}
        self.silent = frozenset(at for at, sentence in enumerate(sentences) if self._is_aside(sentence)) | asked

    def _is_aside(self, sentence: Sentence) -> bool:
        return self.outline.is_aside(sentence.number) or self.outline.is_heading(sentence.number)

    @cached_property
    def heard(self) -> Mapping[int, Mapping[str, float]]:
        """How likely each sentence tells of each aspect, as the learned model hears it; what is silent is left out."""
        return {
            at: _loudest([shipped().probabilities(piece) for piece in clauses(sentence.text)])
            for at, sentence in enumerate(self.sentences)
            if at not in self.silent and not _DATED.search(sentence.text)
        }

    def places(self, table: Table, friends: Table = ()) -> Iterator[Place]:
        """(cue, match, number of the sentence) for all that is not part of a false friend (推广经验 …)."""
        return self.anywhere(table, friends, self.silent)

    def anywhere(self, table: Table, friends: Table = (), but: AbstractSet[int] = frozenset()) -> Iterator[Place]:
        """As `places`, in asides too; sentences in `but` are passed over, also such as are put there meanwhile."""
        blanked = self._told.setdefault(friends, {})
        for cue, at in self._hits_of(table):
            if at in but:
                continue
            if at not in blanked:
                blanked[at] = self._without(friends, at)
            match = cue.expression.search(blanked[at])
            if match:
                yield cue, match, at

    def speaks_of(self, table: Table, at: int) -> bool:
        """Whether an expression of the table is in sentence number `at`; what is silent speaks of nothing."""
        cues = self._cues_of(table).get(at, ())
        return at not in self.silent and any(cue.expression.search(self._texts[at]) for cue in cues)

    def is_planned(self, match: re.Match[str], at: int) -> bool:
        """下一步要…, and what follows 但存在不足."""
        if at not in self._planning:
            return False
        before = self.before(match)
        return bool(_PLAN.search(before + match[0][:4]) or _SHORTCOMING.search(before))

    def is_wished(self, match: re.Match[str], at: int) -> bool:
        """力争…, 为了…, 没有…, …不够 in the same clause."""
        if at not in self._wishing:
            return False
        clause = _CLAUSE.split(self.before(match))[-1]
        after = match.string[match.end() : match.end() + 16]
        return bool(_HOPE.search(clause) or _DENIED.search(clause) or _FALLS_SHORT.search(after))

    def before(self, match: re.Match[str]) -> str:
        """What stands before it in its sentence."""
        return match.string[: match.start()]

    def _without(self, friends: Table, at: int) -> str:
        """The sentence with false friends blanked, so that a cue inside them is not seen."""
        text = self._texts[at]
        for friend in self._cues_of(friends).get(at, ()) if friends else ():
            text = friend.expression.sub(_blank, text)
        return text

    def _cues_of(self, table: Table) -> dict[int, list[Cue]]:
        """The expressions that can be in each sentence, in the order of the table."""
        if table not in self._by_sentence:
            found = self._by_sentence[table] = {}
            for cue, at in self._hits_of(table):
                found.setdefault(at, []).append(cue)
        return self._by_sentence[table]

    def _hits_of(self, table: Table) -> Iterator[tuple[Cue, int]]:
        if table in self._hits:
            return self._hits.of(table)
        if table not in self._others:
            self._others[table] = Hits(lexicon_of((table,)), self._texts)
        return self._others[table].of(table)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _loudest(pieces: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """For each label the likeliest piece of a sentence."""
    return {label: max(piece[label] for piece in pieces) for label in (pieces[0] if pieces else ())}
