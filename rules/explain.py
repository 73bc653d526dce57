"""Why a report was judged as it was: whose it is and because of what, what led to each mark, which rule said what."""

from collections.abc import Iterator
from dataclasses import replace

from rules.checks import REGISTER
from rules.context import Context
from rules.letter.words import line, listed
from rules.model import Document, Evidence, Examination, Identification, Unreadable
from rules.opinion import LEVELS
from rules.review import from_reviewer, review_of
from rules.reviewing.block import BlockState, opinion_blocks

MARKS = {"heading": "✓ 标题里有", "body": "正文里有", "absent": "✗ 没有找到"}
SOURCES = {
    "title": "标题",
    "signature": "落款",
    "file name": "文件名",
    "sender": "发件人",
    "folder": "文件夹",
    "subject": "邮件主题",
    "body": "邮件正文",
    "text": "正文开头",
    "contact": "联系人",
    "hint": "由人指定",
}
BLOCKS = {BlockState.FILLED: "已填写", BlockState.EMPTY: "空着", BlockState.REFUSED: "意见是不同意"}
FOR_US = "供组织部"
NO_MAIL = "未经邮件，无法判断是否由总支报来"


def explain(
    document: Document | Unreadable, context: Context, owner: Identification, found: Examination
) -> Iterator[str]:
    """Lines for people; indented by what they belong to."""
    yield from _whose(context, owner)
    if isinstance(document, Document):
        yield from _aspects(found)
        yield from _review(document, context)
    yield from _findings(found)


def _whose(context: Context, owner: Identification) -> Iterator[str]:
    unit = context.unit
    sources = listed(SOURCES.get(source, source) for source in owner.because) or "没有可靠的依据"
    yield f"单位：{unit.name if unit is not None else '认不出'}（把握 {owner.confidence:.2f}，依据：{sources}）"
    for other in owner.candidates:
        if other.unit != owner.unit and other.unit in context.roster:
            sources = listed(SOURCES.get(source, source) for source in other.because)
            yield f"  也可能是：{context.roster.unit(other.unit).name}（{other.confidence:.2f}，{sources}）"


def _aspects(found: Examination) -> Iterator[str]:
    yield "各方面："
    for aspect in found.aspects:
        yield f"  {aspect.key}：{MARKS.get(aspect.found, aspect.found)}，把握 {aspect.score:.2f}，约 {aspect.chars} 字"
        yield from (f"    · {line(passage, 100)}" for passage in aspect.passages)
    people = found.participation
    yield f"  群众参与：{listed(people.found) or '✗ 没有找到'}"
    yield from (f"    · {line(words, 100)}" for words in (people.where, *people.counts) if words)


def _review(document: Document, context: Context) -> Iterator[str]:
    """The ladder from the strongest evidence down: what was looked at on each rung, and what was there."""
    if not context.needs_review:
        yield "总支把关：本单位（或这份材料）不需要"
        return
    yield "总支把关（从最可靠的看起）："
    yield f"  由总支发来：{_sent(context)}"
    blocks = opinion_blocks(document)
    yield f"  意见栏：{'没有找到' if not blocks else ''}"
    yield from (
        f"    · {block.where}：{BLOCKS.get(block.state, block.state)} {line(block.words)}".rstrip() for block in blocks
    )
    stated = review_of(document, _counting_only(Evidence.STATEMENT, context))
    yield f"  文字说明：{line(stated.where, 100) if stated is not None else '没有找到'}"
    review = review_of(document, context)
    yield f"  结论：{f'已把关（{line(review.where, 100)}）' if review is not None else '还没有依据'}"


def _sent(context: Context) -> str:
    if not context.sender.address:
        return NO_MAIL
    return f"{'是' if from_reviewer(context) else '不是'}（{context.sender.address}）"


def _counting_only(evidence: Evidence, context: Context) -> Context:
    rules = context.campaign.review.model_copy(update={"evidence": (evidence,)})
    return replace(context, campaign=context.campaign.model_copy(update={"review": rules}))


def _findings(found: Examination) -> Iterator[str]:
    sentences = {rule.id: rule.sentence for rule in REGISTER}
    yield f"意见 {len(found.findings)} 条："
    for finding in found.findings:
        level = LEVELS.get(finding.level, FOR_US)
        yield f"  [{finding.rule} {level}] {finding.message} {finding.where}".rstrip()
        yield f"    规则：{sentences.get(finding.rule, '这条规则已不在册')}"
