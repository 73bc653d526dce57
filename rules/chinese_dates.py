"""Dates as people write them at the foot of a paper: 2012年9月14日, 2012.9.14, 20120914, 二〇一二年九月十四日."""

import re
from collections.abc import Iterator
from datetime import date

_NUMERALS = "一二三四五六七八九"
# 〇 as it is typed: 〇 ○ ◯ 零, the Latin, Greek and Cyrillic letter, the digit 0. All of them stand in real papers.
_ZEROS = "〇○◯零OoΟοОо0"
_DIGITS = dict.fromkeys(_ZEROS, 0) | {sign: number for number, sign in enumerate(_NUMERALS, 1)} | {"两": 2}
_TENS = {"十": 1, "廿": 2, "卅": 3}

CHINESE_YEAR = rf"[二一](?: ?[{_ZEROS}{_NUMERALS}]){{3}}"
_MONTH = rf"(?P<{{0}}_month>\d{{{{1,2}}}}|[{_NUMERALS}十] ?[一二]?)"
_DAY = rf"(?P<{{0}}_day>\d{{{{1,2}}}}|[{_NUMERALS}十廿卅](?: ?[{_NUMERALS}十]){{{{0,2}}}})"
_FORMS = (
    # 2012年9月14日, 2 0 1 2 年 9 月, 2012年九月
    r"(?<!\d)(?P<a_year>(?:1 ?9|2 ?0) ?\d ?\d) ?年 ?" + _MONTH.format("a") + rf" ?月(?: ?{_DAY.format('a')} ?[日号])?",
    rf"(?P<b_year>{CHINESE_YEAR}) ?年 ?" + _MONTH.format("b") + rf" ?月(?: ?{_DAY.format('b')} ?[日号])?",
    r"(?<!\d)(?P<c_year>(?:19|20)\d\d) ?(?P<mark>[./-]) ?(?P<c_month>\d{1,2}) ?(?P=mark) ?(?P<c_day>\d{1,2})(?!\d)",
    r"(?<!\d)(?P<d_year>(?:19|20)\d\d)(?P<d_month>\d\d)(?P<d_day>\d\d)(?!\d)",
)
_DATE = re.compile("|".join(_FORMS))
_SHORT = re.compile(
    r"\(?(?:(?:19|20)\d\d ?[./-] ?(?:0?[1-9]|1[0-2])"
    rf"|(?:\d{{1,2}}|[{_NUMERALS}十]{{1,2}}) ?月(?: ?(?:\d{{1,2}}|[{_NUMERALS}十廿]{{1,4}}) ?[日号])?)\)?"
)
_MAYBE = re.compile(rf"\d ?[./年-]|\d{{8}}|[{_ZEROS}{_NUMERALS}] ?年")


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first full or year-month date in `text` (already folded) with its start and end; day 1 where none is written.

    Text without a date, and impossible dates (2012年13月), give None.
    """
    return next(((found, start, end) for found, _, start, end in _dates(text)), None)


def find_day(text: str) -> date | None:
    """The last date in `text` that names year, month and day."""
    days = [found for found, full, _, _ in _dates(text) if full]
    return days[-1] if days else None


def is_short_date(text: str) -> bool:
    """Whether `text` is nothing but 2012.9, 九月 or 9月10日: a date at the foot of a paper, but nowhere else."""
    return _SHORT.fullmatch(text) is not None


def _dates(text: str) -> Iterator[tuple[date, bool, int, int]]:
    """Every date with whether its day is written, its start and its end."""
    if not _MAYBE.search(text):
        return
    for match in _DATE.finditer(text):
        form = next(name for name in "abcd" if match[f"{name}_year"])
        day = match[f"{form}_day"]
        try:
            found = date(_year(match[f"{form}_year"]), _number(match[f"{form}_month"]), _number(day or "1"))
        except (ValueError, KeyError):
            continue
        yield found, day is not None, match.start(), match.end()


def chinese_year(text: str) -> int:
    """二〇一二 to 2012; KeyError for other characters."""
    return int("".join(str(_DIGITS[character]) for character in text.replace(" ", "")))


def chinese_number(text: str) -> int:
    """一 … 九十九 to 1 … 99, also 廿四 and 卅; KeyError for other characters."""
    text = text.replace(" ", "")
    for sign, tens in _TENS.items():
        before, ten, after = text.partition(sign)
        if ten:
            return (_DIGITS[before] if before else tens) * 10 + (_DIGITS[after] if after else 0)
    return int("".join(str(_DIGITS[character]) for character in text))


def _year(text: str) -> int:
    text = text.replace(" ", "")
    return int(text) if text.isdigit() and text.isascii() else chinese_year(text)


def _number(text: str) -> int:
    text = text.replace(" ", "")
    return int(text) if text.isascii() else chinese_number(text)
