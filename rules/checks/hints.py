"""Family H: said, never demanded."""

import re
from collections.abc import Iterator

from rules.aspects_text import place
from rules.checks.rule import Remark, Report
from rules.chinese_dates import CHINESE_YEAR, chinese_year
from rules.model import Paragraph
from rules.text import clip, fold, squeeze

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9/.])(?:[Xx]{2,}|×{2,})(?![A-Za-z0-9/.@])"
    r"|(?<![\d*])\*{2,}(?![\d*])"
    r"|(?:19|20)[xX×*]{1,2}年|(?:19|20)\d[xX×*]年|20_{1,4}年|(?<!_)_{2,8}年|20\s+年"
    r"|(?:单击|点击)(?:此处|这里)|此处(?:输入|填写)|请在此(?:处)?(?:输入|填写)|\[(?:单位|姓名|日期|名称)[^\]]{0,8}\]"
)
_MAYBE = re.compile(r"[Xx×*_击处\[\]]|20\s+年|请在此")  # a sign of each form: most paragraphs have none
_CONTEXT = 3
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\d{4})?(?!\d)(?!\s*(?:学年|级|届))")
_CHINESE = re.compile(rf"({CHINESE_YEAR})\s*年")


def placeholders(report: Report) -> Iterator[Remark]:
    level = report.context.campaign.placeholders
    if level is None:
        return
    found: list[tuple[int, str, re.Match[str]]] = []
    for paragraph in report.document.paragraphs:
        text = fold(paragraph.text)
        if not _MAYBE.search(text):
            continue
        found.extend((paragraph.number, text, match) for match in _PLACEHOLDER.finditer(text))
    if found:
        number, text, match = found[0]
        words = text[match.start() : match.end() + _CONTEXT]
        count = f"（全文共{len(found)}处）" if len(found) > 1 else ""
        yield Remark(f"“{clip(words, 20)}”似为模板残留{count}，请改成实际内容。", place(number, text), level)


def years(report: Report) -> Iterator[Remark]:
    allowed = report.context.campaign.years
    if allowed is None:
        return
    for part, text in (("标题", report.document.title), ("文件名", report.context.file_name)):
        strange = [year for year in _years(fold(text)) if not allowed.first <= year <= allowed.last]
        if strange:
            span = f"{allowed.first}—{allowed.last}年" if allowed.first != allowed.last else f"{allowed.first}年"
            yield Remark(
                f"{part}里的“{strange[0]}”不在活动年份（{span}）之内，请核对是否笔误。", f"{part}：{clip(text)}"
            )
            return


def length(report: Report) -> Iterator[Remark]:
    asked = report.context.campaign.length
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
    for part, text in _texts(report):
        rest = squeeze(text)
        if not any(name in rest for name in wrongs):
            continue
        for name in rights:
            rest = rest.replace(name, "\n")
        wrong = next((name for squeezed, name in wrongs.items() if squeezed in rest), None)
        if wrong is not None:
            part = part if isinstance(part, str) else place(part.number, part.text)
            yield Remark(f"“{wrong}”的规范说法是“{right}”，请顺手改一下。", part)
            return


def leftovers(report: Report) -> Iterator[Remark]:
    document = report.document
    left = [
        f"{count}处{what}" for count, what in ((document.tracked_changes, "修订"), (document.comments, "批注")) if count
    ]
    if left:
        yield Remark(f"文档里还留有{'、'.join(left)}，定稿前请接受或删除（审阅—接受所有修订，删除所有批注）。")


def _texts(report: Report) -> Iterator[tuple[str | Paragraph, str]]:
    """Each text with where it stands."""
    yield "标题", report.document.title
    for paragraph in report.document.paragraphs:
        yield paragraph, paragraph.text
    yield "文件名", report.context.file_name


def _years(text: str) -> list[int]:
    written = [int(match[1]) for match in _YEAR.finditer(text)]
    return [*written, *(chinese_year(match[1]) for match in _CHINESE.finditer(text))]
