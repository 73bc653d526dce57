"""The ladder of evidence that the 总支 has reviewed a report (把关), strongest first, and what speaks against it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from rules.aspects_text import Sentence, place, sentences_of
from rules.context import Context
from rules.model import Document, Evidence, Review, Unreadable
from rules.review_block import BlockState, OpinionBlock, opinion_blocks
from rules.text import clip, fold, squeeze

_WHO = r"(?:党?总支部?|分党委|党工委|(?:学院|系)党委|上级党组织)"
_BEFORE = r"[^。;,:]{0,12}?"
# 经计算机学院党总支教工第一党支部支委会讨论通过 is the branch's own step.
_BETWEEN = r"(?:(?!支部|支委)[^。;,:]){0,12}?"
_VERB = r"(?:审核|审阅|审查|审定|把关|审批)"
_AGREED = r"(?:研究|讨论)(?:[^。;,]{0,6}?)(?:通过|同意)"
# 经（我|本）党总支（认真）审核; 已由总支书记审阅; 党总支已把关; 通过了总支审核
_PASSIVE = re.compile(rf"(?:经|经过|已由|业经|通过了?){_BEFORE}{_WHO}{_BETWEEN}(?:{_VERB}|{_AGREED})")
_ACTIVE = re.compile(
    rf"{_WHO}(?:书记|副书记|委员会)?{_BETWEEN}(?:已经?|业已|均已|都已|进行了|作了|做了){_BETWEEN}{_VERB}"
)
_STAMPED = re.compile(rf"{_WHO}(?:书记)?{_VERB}(?:同意|通过|意见[::]?\s*(?:同意|情况属实|已审))")
_STATEMENTS = (_PASSIVE, _ACTIVE, _STAMPED)
# What stands right before a statement and turns it into a wish or a duty: 未经, 待, 请, 要经, 须经 …
_NOT_YET = re.compile(
    r"(?:未|没有?|尚|待|请|(?<![现兹])将|拟|须|需|需要|应|应当|必须|(?<!主)要|凡|准备|争取|希望|再|后续)[^。;,]{0,6}$"
)
_FUTURE = re.compile(r"^[^。;,]{0,4}(?:后再|后方可|后方能|后才)")
# The same words about something else: members, candidates, teaching, decisions, web credits, the branch's own step.
_ABOUT_OTHERS = re.compile(
    r"发展党员|发展对象|党员发展|积极分子|预备党员|转正|入党|候选|推荐(?:对象|人选)|申报|课题|教学|教材|论文|采购|经费|预算|方案|计划|"
    r"制度|办法|决定|成立|评选|[一二三初复终]审|责任编辑|撰稿"
)
_ABOUT_REPORT = re.compile(r"总结|(?:本|此|该)(?:报告|材料|汇报|文|稿)|文稿|稿件")
_SHORT = 40
_EDGE = 6
"""A short line of its own among the first or last lines (（经党总支审核）) speaks of the paper it stands on."""

DRAFT = re.compile(
    r"初稿|草稿|征求意见稿|讨论稿|送审稿|审议稿|待审稿?|未定稿|请(?:党)?总支[^。;,]{0,4}(?:审阅|审核|审定|审查|把关)"
)


def review_of(document: Document | Unreadable, context: Context) -> Review | None:
    """The strongest evidence that counts in this campaign; None when there is none, or when none is needed."""
    if not context.needs_review:
        return None
    return next(_evidence(document, context), None)


def _evidence(document: Document | Unreadable, context: Context) -> Iterator[Review]:
    counted = context.campaign.review.evidence
    by = context.reviewer.name if context.reviewer is not None else "党总支"
    if Evidence.SENDER in counted and from_reviewer(context):
        yield Review(Evidence.SENDER, by, context.received_at, f"发件人 {context.sender.address}")
    if Evidence.BLOCK in counted and isinstance(document, Document):
        for block in opinion_blocks(document):
            if block.state is BlockState.FILLED:
                yield Review(Evidence.BLOCK, by, _instant(block, context), f"{block.where}：{clip(block.words)}")
    if Evidence.STATEMENT in counted:
        yield from _statements(document, context, by)


def from_reviewer(context: Context) -> bool:
    """Whether the mail comes from an address of the 总支 above the unit."""
    parent = context.unit.parent if context.unit is not None else None
    return parent is not None and any(unit.code == parent for unit in context.sender_units)


def open_blocks(document: Document) -> list[OpinionBlock]:
    """Opinion blocks that are there but not filled in; none once any of them is filled in."""
    blocks = opinion_blocks(document)
    if any(block.state is BlockState.FILLED for block in blocks):
        return []
    return [block for block in blocks if block.state is BlockState.EMPTY]


def draft_mark(document: Document, context: Context) -> tuple[str, str] | None:
    """(the words, the place) that call it a draft: in the file name, the title, the first and last lines, the mail."""
    for text, where in ((context.file_name, "文件名"), (document.title, "标题"), (context.mail_text, "邮件正文")):
        if (mark := DRAFT.search(squeeze(text))) and (where != "邮件正文" or mark[0].startswith("请")):
            return mark[0], where
    edges = (*document.paragraphs[:5], *document.paragraphs[-5:])
    for paragraph in edges:
        text = squeeze(paragraph.text)
        mark = DRAFT.search(text)
        if mark and len(text) <= _SHORT and "《" not in text:
            return mark[0], place(paragraph.number, paragraph.text)
    return None


def _statements(document: Document | Unreadable, context: Context, by: str) -> Iterator[Review]:
    for line in re.split(r"[。!！\n]", context.mail_text):
        if _states(fold(line)[:300]):
            yield Review(Evidence.STATEMENT, by, context.received_at, f"邮件正文：{clip(line)}")
    if isinstance(document, Document):
        for sentence in sentences_of(document):
            if _states(sentence.text) and _of_this_report(sentence, document):
                yield Review(Evidence.STATEMENT, by, None, sentence.where)


def _states(text: str) -> bool:
    if "总支" not in text and "党委" not in text and "党工委" not in text and "党组织" not in text:
        return False
    if _ABOUT_OTHERS.search(text):
        return False
    matches = (match for pattern in _STATEMENTS for match in pattern.finditer(text))
    return any(not _NOT_YET.search(text[: m.start()]) and not _FUTURE.match(text[m.end() :]) for m in matches)


def _of_this_report(sentence: Sentence, document: Document) -> bool:
    """A report tells of many reviews; only one that names the report, or stands alone at its edge, is about itself."""
    if _ABOUT_REPORT.search(sentence.text):
        return True
    at_edge = sentence.number <= _EDGE or sentence.number > len(document.paragraphs) - _EDGE
    return at_edge and len(squeeze(document.paragraphs[sentence.number - 1].text)) <= _SHORT


def _instant(block: OpinionBlock, context: Context) -> datetime | None:
    """Noon of the day written in the block, local time, as UTC."""
    if block.day is None:
        return None
    zone: ZoneInfo = context.campaign.tz
    return datetime.combine(block.day, time(12), zone).astimezone(UTC)
