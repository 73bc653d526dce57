"""Family R: whether the 总支 has reviewed the report (把关), and signs that it has not."""

from collections.abc import Iterator

from rules.checks.rule import Remark, Report
from rules.review import draft_mark, from_reviewer, open_blocks
from rules.review_block import BlockState, opinion_blocks
from rules.text import clip


def no_review(report: Report) -> Iterator[Remark]:
    """Keeps a report that is otherwise complete at 待把关."""
    if not report.context.needs_review or report.review is not None:
        return
    reviewer = report.context.reviewer
    name = reviewer.name if reviewer is not None else "党总支"
    refused = [block for block in opinion_blocks(report.document) if block.state is BlockState.REFUSED]
    if refused:
        words = clip(refused[0].words, 30)
        yield Remark(f"{name}的意见是“{words}”，还不能登记；请按意见改好、经{name}同意后再报。", refused[0].where)
    else:
        yield Remark(
            f"还没有看到{name}审核把关的意见。由{name}的邮箱转来，或在文末附上填好的“党总支意见”，或写明“已经{name}审核同意”，都可以。"
        )


def empty_block(report: Report) -> Iterator[Remark]:
    """Not asked for where the 总支 itself sent the report: that is evidence enough."""
    if not report.context.needs_review or from_reviewer(report.context):
        return
    for block in open_blocks(report.document)[:1]:
        yield Remark("“党总支意见”一栏还空着，空栏不能算已审核；请党总支填写意见、签名并写上日期。", block.where)


def draft(report: Report) -> Iterator[Remark]:
    mark = draft_mark(report.document, report.context)
    if mark is not None:
        words, where = mark
        yield Remark(
            f"{where if where in _PLAIN else '文中'}有“{words}”字样，像是未定的稿子；如已定稿，请删去后再发一次。",
            where,
        )


_PLAIN = ("文件名", "标题", "邮件正文")
