"""Family H: years and dates that cannot be right: 2009 in the title, 2102年, 9月31日, a 落款 of last year."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from rules.aspect.text import place
from rules.checks.rule import Remark, Report
from rules.chinese_dates import CHINESE_YEAR, chinese_year
from rules.context import Context
from rules.text import clip, fold

_LONGEST = 3000
_BEFORE = timedelta(days=60)
"""A 落款 so long before the campaign opened belongs to an older paper."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\d{4})?(?!\d)(?!\s*(?:学年|级|届))")
_CHINESE = re.compile(rf"({CHINESE_YEAR})\s*年")
_DAY = re.compile(
    r"(?:(?<!\d)(?P<year>\d{4}) ?年 ?)?(?<!\d)(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号](?!报)"
    r"|(?<![\d.])(?P<y>(?:19|20)\d\d) ?(?P<mark>[./-]) ?(?P<m>\d{1,2}) ?(?P=mark) ?(?P<d>\d{1,2})(?![\d.%])"
)
_ONLY_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d ?年 ?(?P<month>\d{1,2}) ?月(?! ?\d)(?!份?至)")
_ODD_YEAR = re.compile(r"(?<!\d)(?P<year>2[1-9]\d\d) ?年")
_PLANNED = re.compile(r"前|底|之前|将|拟|计划|打算|准备|下一步|力争|预计|届时|即将|规划|争取|到|至|今后|目标|截止")
_MAYBE = re.compile(r"\d ?[月年]|\d[./-]\d")


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


def dates(report: Report) -> Iterator[Remark]:
    """At most one remark, on the first date that cannot be right; the 落款 where the text has none."""
    found = list(_strange(report))
    if found:
        words, why, where = found[0]
        count = f"（类似的共{len(found)}处）" if len(found) > 1 else ""
        yield Remark(f"“{words}”{why}{count}，请核对是否笔误。", where)


def _strange(report: Report) -> Iterator[tuple[str, str, str]]:
    """(the date as written, what is wrong with it, the place)."""
    today = _today(report.context)
    for paragraph in report.document.paragraphs:
        if not _MAYBE.search(paragraph.text):
            continue
        text = fold(paragraph.text[:_LONGEST])
        where = place(paragraph.number, text)
        for match in _DAY.finditer(text):
            why = _wrong(match, text, today)
            if why:
                yield match[0], why, where
        for match in _ONLY_MONTH.finditer(text):
            if not 1 <= int(match["month"]) <= 12:
                yield match[0], "没有这个月份", where
        for match in _ODD_YEAR.finditer(text):
            yield match[0], "不像真实的年份", where
    yield from _signature(report, today)


def _wrong(match: re.Match[str], text: str, today: date) -> str:
    year = match["year"] or match["y"]
    month, day = int(match["month"] or match["m"]), int(match["day"] or match["d"])
    number = int(year) if year and 1900 <= int(year) <= 2099 else 0
    # A leap year where none is written: 2月29日 is right in some year.
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(number or 2012, month)[1]:
        return "不是日历上有的日子" if match["mark"] in (None, ".") else ""  # 2012-22-33 may be any number
    if (
        number
        and date(number, month, day) > today
        and not _PLANNED.search(text[max(0, match.start() - 30) : match.end() + 4])
    ):
        return "在收到材料的日期之后"
    return ""


def _signature(report: Report, today: date) -> Iterator[tuple[str, str, str]]:
    """The 落款: dated after both receipt and deadline was told above; long before the campaign belongs elsewhere."""
    day, opens = report.document.day, report.context.campaign.opens
    if day is not None and day < opens - _BEFORE:
        said = f"{day.year}年{day.month}月{day.day}日"
        yield (
            said,
            f"的落款早于这次活动总结（{opens.year}年{opens.month}月）",
            f"落款：{clip(report.document.signature)}",
        )


def _today(context: Context) -> date:
    """The last day that a paper may bear: people date it ahead, to the deadline."""
    received = context.received_at.astimezone(context.campaign.tz).date()
    return max(received + timedelta(days=1), context.campaign.last_day)


def _years(text: str) -> list[int]:
    written = [int(match[1]) for match in _YEAR.finditer(text)]
    return [*written, *(chinese_year(match[1]) for match in _CHINESE.finditer(text))]
