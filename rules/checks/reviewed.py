"""Family R: whether the 总支 has reviewed the report (把关), and signs that it has not."""

from collections.abc import Iterator

from rules.checks.rule import Remark, Report
from rules.context import Context
from rules.review import from_reviewer, open_block, said_open
from rules.reviewing.block import BlockState, opinion_blocks
from rules.reviewing.draft import draft_mark
from rules.text import clip

_NAMED = ("文件名", "标题", "邮件正文", "邮件主题")


def no_review(report: Report) -> Iterator[Remark]:
    """Keeps a report that is otherwise complete at 待把关."""
    context = report.context
    if not context.needs_review or report.review is not None:
        return
    name = context.reviewer.name if context.reviewer is not None else context.reviewing
    refused = [block for block in opinion_blocks(report.document) if block.state is BlockState.REFUSED]
    if refused:
        words = clip(refused[0].words, 30)
        yield Remark(f"{name}的意见是“{words}”，还不能登记；请按意见改好、经{name}同意后再报。", refused[0].where)
        return
    opened = said_open(report.document, context)
    if opened is not None:
        yield Remark(f"来件说明{name}还没有审完，先收下；审核同意后请回复一句，或由{name}转来，即可登记。", opened)
        return
    copied = f"抄送{context.reviewing}还不能算已审核。" if _is_copied(context) else ""
    yield Remark(
        f"还没有看到{name}审核把关的意见。{copied}由{name}的邮箱转来，或在文末附上填好的“{context.reviewing}意见”，"
        f"或写明“已经{context.reviewing}审核同意”，都可以。"
    )


def empty_block(report: Report) -> Iterator[Remark]:
    """Not asked for where the 总支 itself sent the report: that is evidence enough."""
    if not report.context.needs_review or from_reviewer(report.context):
        return
    block = open_block(report.document)
    if block is None:
        return
    if block.state is BlockState.HALF:
        written = f"写了“{clip(block.words, 20)}”" if block.words else "有签名"
        yield Remark(f"“{block.label}”一栏{written}，但没有填全；请{_by(report)}补上意见、签名和日期。", block.where)
    else:
        asked = f"请{_by(report)}填写意见、签名并写上日期"
        yield Remark(f"“{block.label}”一栏还空着，空栏不能算已审核；{asked}。", block.where)


def draft(report: Report) -> Iterator[Remark]:
    mark = draft_mark(report.document, report.context)
    if mark is not None:
        words, where = mark
        place = where if where in _NAMED else "文中"
        yield Remark(f"{place}有“{words}”字样，像是未定的稿子；如已定稿，请删去后再发一次。", where)


def pictures(report: Report) -> Iterator[Remark]:
    """A scan may be the page with the signature: only a person can tell."""
    context = report.context
    if context.needs_review and report.review is None and context.pictures:
        names = "、".join(f"“{clip(name, 24)}”" for name in context.pictures[:2])
        more = f"等{len(context.pictures)}个" if len(context.pictures) > 2 else ""
        yield Remark(
            f"随信还有{names}{more}图片或扫描件，程序读不出，可能是{context.reviewing}签字盖章的页，请人工核对。"
        )


def _by(report: Report) -> str:
    return report.context.reviewing


def _is_copied(context: Context) -> bool:
    addresses = context.reviewer.addresses if context.reviewer is not None else ()
    return any(other.address in addresses for other in context.copied_to)
