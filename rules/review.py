"""The ladder of evidence that the 总支 has reviewed a report (把关), strongest first."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from rules.aspect.text import MAX_SENTENCE, Sentence
from rules.context import Context
from rules.model import Document, Evidence, Review, Unreadable
from rules.names import mentions
from rules.reviewing.block import BlockState, OpinionBlock, opinion_blocks
from rules.reviewing.mail import about_others, forwarded_approval, is_credit, mail_says, states
from rules.reviewing.words import Said, plain
from rules.text import clip, fold, squeeze

_HINTS = ("总支", "党委", "党工委", "党组织", "书记")
_END = re.compile(r"[。!?！？\n]")
_EDGE = 6
"""Paragraphs at either end where a line may speak of the paper that it stands on: （经党总支审核）."""
_SHORT = 60
_MOST = 500
"""Sentences that name the 总支 and are looked at; no report has so many."""
_THIS = re.compile(
    r"(?:本|此|该|以上|上述|这[份篇]|现将)[^。;,]{0,8}?(?:总结|报告|材料|汇报|小结|案例|文稿|稿件|文(?!化|明|件)|稿|情况)"
    r"|[本此该](?:件|表(?!现|彰|明))"
)
# What may stand before the 总支 in a line that speaks of its own paper: 本总结已经计算机学院, 经支委会讨论、.
_LEADS = re.compile(
    r"^(?:注|说明|备注|附|审[核阅定签](?:人|单位)?)?[::]?(?:[本该此我])?(?:党?支部)?(?:创先争优|活动|工作|年度|专题|的)*(?:总结|报告|材料|汇报|小结|案例|文稿|稿件?)*"
    r"(?:均|已|也|业|现|并|,)*(?:经[^,;]{0,10}(?:支委会|支部|大会)[^,;]{0,8}[,、])?(?:均|已|也|业|并|再)*"
    r"(?:(?:经过?|由|请|报|送|交|通过|征得|获)[一-鿿]{0,24}|[一-鿿]{0,12}(?:学院|学部|系|院|处|机关|退休|后勤|中心|馆|所在|上级|所属))?$"
)
_OFFICE = re.compile(r"党?总支|分党委|党工委|(?:学院|系|院)?党委|(?:上级|所在)党组织|[一-鿿]书记")


def review_of(document: Document | Unreadable, context: Context) -> Review | None:
    """The strongest evidence that counts in this campaign; None when there is none, or when none is needed."""
    if not context.needs_review:
        return None
    return next(_evidence(document, context), None)


def _evidence(document: Document | Unreadable, context: Context) -> Iterator[Review]:
    counted = context.campaign.review.evidence
    by = context.reviewer.name if context.reviewer is not None else context.reviewing
    if Evidence.SENDER in counted and from_reviewer(context):
        yield Review(Evidence.SENDER, by, context.received_at, f"发件人 {context.sender.address}")
    if Evidence.BLOCK in counted:
        for name, paper in _papers(document, context):
            for block in opinion_blocks(paper):
                if block.state is BlockState.FILLED:
                    where = f"{name}{block.where}：{clip(block.words)}"
                    yield Review(Evidence.BLOCK, by, _instant(block, context), where)
    if Evidence.STATEMENT in counted:
        yield from _statements(document, context, by)


def from_reviewer(context: Context) -> bool:
    """Whether the mail comes from an address of the 总支 above the unit."""
    parent = context.unit.parent if context.unit is not None else None
    return parent is not None and any(unit.code == parent for unit in context.sender_units)


def open_block(document: Document) -> OpinionBlock | None:
    """The first opinion block that is empty or half filled in; None once any of them is filled in."""
    blocks = opinion_blocks(document)
    if any(block.state is BlockState.FILLED for block in blocks):
        return None
    return next((block for block in blocks if block.state in (BlockState.EMPTY, BlockState.HALF)), None)


def said_open(document: Document, context: Context) -> str | None:
    """Where mail or report says that the review is still to come; None when neither does."""
    said = mail_says(context) or document_says(document, context)
    return said[1] if said is not None and said[0] is Said.OPEN else None


def document_says(document: Document, context: Context) -> tuple[Said, str] | None:
    """The last word of the report on its own review, and where it stands."""
    if not any(hint in document.text for hint in _HINTS):
        return None
    found: tuple[Said, str] | None = None
    in_block = {number for block in opinion_blocks(document) for number in range(block.first, block.last + 1)}
    for sentence in islice(_speaking(document), _MOST):
        if sentence.number not in in_block and _of_this_report(sentence, document):
            said = states(sentence.text, context)
            if said is not None:
                found = (said, sentence.where)
    return found


def _speaking(document: Document) -> Iterator[Sentence]:
    """The sentences that name the 总支 at all; most paragraphs do not, and are not cut."""
    for paragraph in document.paragraphs:
        if any(hint in paragraph.text for hint in _HINTS):
            for part in _END.split(paragraph.text):
                if any(hint in part for hint in _HINTS):
                    yield Sentence(paragraph.number, fold(part[:MAX_SENTENCE]))


def _papers(document: Document | Unreadable, context: Context) -> Iterator[tuple[str, Document]]:
    """The report, then forms that came with it and are this unit's (审批表): by name, or because there is only one."""
    if isinstance(document, Document):
        yield "", document
    for name, form in context.enclosed:
        if context.unit is None:
            continue
        text = f"{name}\n{form.title}\n{form.text[:3000]}"
        named = {mention.unit for mention in mentions(text, context.roster, [context.unit.code])}
        if context.unit.code in named or (context.reports == 1 and not named - {context.unit.parent}):
            yield f"{name} ", form


def _statements(document: Document | Unreadable, context: Context, by: str) -> Iterator[Review]:
    """The mail speaks later than the report: what it says counts."""
    passed_on = forwarded_approval(context)
    if passed_on is not None:
        yield Review(Evidence.STATEMENT, by, context.received_at, passed_on)
    said = mail_says(context)
    if said is not None:
        if said[0] is Said.REVIEWED:
            yield Review(Evidence.STATEMENT, by, context.received_at, said[1])
        return
    if isinstance(document, Document):
        said = document_says(document, context)
        if said is not None and said[0] is Said.REVIEWED:
            yield Review(Evidence.STATEMENT, by, None, said[1])


def _of_this_report(sentence: Sentence, document: Document) -> bool:
    """A report tells of many reviews; only one that names the report, or stands alone at its edge, is about itself."""
    if _THIS.search(sentence.text):
        return True
    if about_others(sentence.text):
        return False
    at_edge = sentence.number <= _EDGE or sentence.number > len(document.paragraphs) - _EDGE
    if not at_edge or len(squeeze(document.paragraphs[sentence.number - 1].text)) > _SHORT:
        return False
    office = _OFFICE.search(text := plain(sentence.text))
    return office is not None and _LEADS.match(text[: office.start()]) is not None and not is_credit(text)


def _instant(block: OpinionBlock, context: Context) -> datetime | None:
    """Noon of the day written in the block, local time, as UTC."""
    if block.day is None:
        return None
    zone: ZoneInfo = context.campaign.tz
    return datetime.combine(block.day, time(12), zone).astimezone(UTC)
