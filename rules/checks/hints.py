"""Family H: what the notice asks of length, names and subject; said, never demanded."""

import re
from collections.abc import Iterator

from rules.aspect.text import pattern, place
from rules.checks.rule import Remark, Report
from rules.model import Paragraph
from rules.text import clip, fold, squeeze

_NAME_LENGTH = 120
"""Characters of a file name or subject that an expression of the campaign file sees."""
_ANSWER = re.compile(r"^\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：]", re.IGNORECASE)
_ENDING = re.compile(r"\.\w{1,5}$")


def length(report: Report) -> Iterator[Remark]:
    asked = report.context.campaign.length
    if asked.min is None and asked.max is None:
        return
    count = len(squeeze(report.document.text))
    if asked.min is not None and count < asked.min * (1 - asked.tolerance):
        yield Remark(f"全文约{count}字，通知要求不少于{asked.min}字，可以再充实一些。")
    if asked.max is not None and count > asked.max * (1 + asked.tolerance):
        yield Remark(f"全文约{count}字，通知要求不超过{asked.max}字，可以再精简一些。")


def campaign_name(report: Report) -> Iterator[Remark]:
    campaign = report.context.campaign
    right = campaign.names[0] if campaign.names else campaign.title
    rights = [squeeze(name) for name in (*campaign.names, campaign.title)]
    wrongs = {squeeze(name): name for name in campaign.wrong_names if name}
    found: list[tuple[str, str]] = []
    for part, text in _texts(report):
        if not any(name[0] in text and name[-1] in text for name in wrongs):
            continue
        rest = squeeze(text)
        for name in rights:
            rest = rest.replace(name, "\n")
        # 创争优秀党员 is no name of the campaign.
        wrong = next(
            (name for key, name in wrongs.items() if re.search(f"{re.escape(key)}(?!秀|良|质|异)", rest)), None
        )
        if wrong is not None:
            found.append((wrong, part if isinstance(part, str) else place(part.number, part.text)))
    if found:
        wrong, where = found[0]
        count = f"（共{len(found)}处）" if len(found) > 1 else ""
        yield Remark(f"“{wrong}”的规范说法是“{right}”{count}，请顺手改一下。", where)


def file_name(report: Report) -> Iterator[Remark]:
    """The file name and, of a mail that brings this report alone, its subject; as the notice asks for them."""
    asked, context = report.context.campaign.naming, report.context
    name = fold(context.file_name[:_NAME_LENGTH])
    if asked.pattern and name and not _fits(asked.pattern, name):
        yield Remark(f"文件名“{clip(name, 30)}”与通知要求的写法不一样{_like(asked.example)}。", "文件名")
    subject = fold(context.subject[:_NAME_LENGTH])
    plain = context.reports == 1 and not _ANSWER.match(subject)
    if asked.subject and subject and plain and not _fits(asked.subject, subject):
        like = _like(asked.subject_example)
        yield Remark(f"邮件主题“{clip(subject, 30)}”与通知要求的写法不一样{like}。", "邮件主题")


def _fits(expression: str, text: str) -> bool:
    """With or without the ending of a file name."""
    wanted = pattern((expression,))
    return any(wanted.search(one) for one in (text, _ENDING.sub("", text)))


def _like(example: str) -> str:
    return f"，下次请写成“{clip(example, 40)}”这样" if example else "，下次请按通知要求命名"


def _texts(report: Report) -> Iterator[tuple[str | Paragraph, str]]:
    """Each text with where it stands."""
    yield "标题", report.document.title
    for paragraph in report.document.paragraphs:
        yield paragraph, paragraph.text
    yield "文件名", report.context.file_name
