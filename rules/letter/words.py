"""How sizes, fingerprints, times, names and subjects are said in a letter."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from rules.campaign import Campaign
from rules.model import Decision, Roster, Unit

_WEEKDAYS = "一二三四五六日"
_SMALL = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_REPLY = re.compile(r"^\s*(?:re|回复|回覆|答复|答覆)\s*(?:[\[(（]\d{1,3}[\])）])?\s*[:：]\s*", re.IGNORECASE)
_HEAD_ENDING = re.compile(r"(?:中共)?(.+?)(?:党总支|总支|分党委|党委|党工委)(?:部|委员会)?$")


def line(text: str, length: int = 60) -> str:
    """Words from outside on one line: nothing invisible, white space as one space, the middle cut when too long.

    The end is kept: there a file name has its number and its ending. An empty text becomes （无名）.
    """
    shown = " ".join(
        "".join(
            char if unicodedata.category(char) not in _UNSEEN else " " * (char in "\t\r\n\v\f") for char in text
        ).split()
    )
    if len(shown) <= length:
        return shown or "（无名）"
    tail = length // 3
    return f"{shown[: length - tail - 1]}…{shown[-tail:]}"


def fingerprint(sha256: str) -> str:
    """The first eight hexadecimal digits as two groups: 9f2c-41aa. Enough to compare over the telephone."""
    return f"{sha256[:4]}-{sha256[4:8]}"


def size(octets: int) -> str:
    """38 KB, 2.5 MB; units of 1024, rounded up so that nothing is 0 KB."""
    if octets < 1024 * 1000:
        return f"{-(-octets // 1024)} KB"
    return f"{octets / 1024 / 1024:.1f}".removesuffix(".0") + " MB"


def count(number: int) -> str:
    """一, 两 … 十, then digits: 还差一处, 还差两处."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def moment(at: datetime, campaign: Campaign) -> str:
    """9月10日 16:42, in the campaign's zone; with the year when it is not the deadline's."""
    local = at.astimezone(campaign.tz)
    return f"{_day(local, campaign)} {local:%H:%M}"


def day(at: datetime, campaign: Campaign) -> str:
    """9月14日, in the campaign's zone."""
    return _day(at.astimezone(campaign.tz), campaign)


def deadline(at: datetime, campaign: Campaign) -> str:
    """9月14日（星期五）24时前: the last second of a day, and midnight after it, are said as 24时."""
    local = at.astimezone(campaign.tz)
    clock = f"{local:%H:%M}"
    if clock == "00:00":
        local, clock = local - timedelta(minutes=1), "24时"
    elif clock == "23:59":
        clock = "24时"
    return f"{_day(local, campaign)}（星期{_WEEKDAYS[local.weekday()]}）{clock}前"


def _day(local: datetime, campaign: Campaign) -> str:
    year = "" if local.year == campaign.deadline.at.astimezone(campaign.tz).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日"


def reply_subject(subject: str, campaign: Campaign | None) -> str:
    """`Re: ` and the sender's own subject, however many Re:, 回复： and 答复: it already carries."""
    own = line(subject, 120)
    while (shorter := _REPLY.sub("", own)) != own:
        own = shorter
    if own and own != "（无名）":
        return f"Re: {own}"
    return f"Re: 【{campaign.label}】材料" if campaign else "Re: 您的来信"


def subject(campaign: Campaign, words: str) -> str:
    """【创先争优总结】what, for whom."""
    return line(f"【{campaign.label}】{words}", 120)


def short_name(unit: Unit, roster: Roster) -> str:
    """A branch among its sisters: without the name of the college that its 总支 carries already."""
    head = roster.unit(unit.parent).name if unit.parent is not None and unit.parent in roster else ""
    stem = _HEAD_ENDING.match(head)
    rest = unit.name.removeprefix(stem[1]) if stem else unit.name
    return line(rest if len(rest) >= 4 else unit.name)


def decided(decision: Decision | None) -> str:
    """按组织部意见退回（请补数据）; "" when nothing was decided."""
    if decision is None:
        return ""
    reason = f"（{line(decision.reason, 120)}）" if decision.reason.strip() else ""
    return f"按组织部意见{'接收' if decision.accepted else '退回'}{reason}"


def listed(names: Iterable[str]) -> str:
    """甲、乙、丙."""
    return "、".join(names)
