"""Dates as people write them at the foot of a paper: 2012年9月14日, 2012.9.14, 20120914, 二〇一二年九月十四日."""

import re
from datetime import date

_DIGITS = {"〇": 0, "○": 0, "零": 0, "O": 0, "o": 0, "Ο": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_ZERO = "〇○零OoΟ"
_NUMERAL = "一二三四五六七八九"

# 二〇一二, 二○一二 (U+25CB), 二O一一 (Latin), 二Ο一一 (Greek): all are seen in real papers.
CHINESE_YEAR = rf"[二一][{_ZERO}{_NUMERAL}]{{3}}"
_CHINESE_DATE = rf"({CHINESE_YEAR})\s*年\s*([{_NUMERAL}十]{{1,3}})\s*月(?:\s*([{_NUMERAL}十]{{1,4}})\s*日)?"
_WITH_SIGNS = r"年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?"
_WITH_MARKS = r"([./-])\s*(\d{1,2})\s*\4\s*(\d{1,2})(?!\d)"
_ARABIC_DATE = rf"(?<!\d)((?:19|20)\d{{2}})\s*(?:{_WITH_SIGNS}|{_WITH_MARKS})"
_COMPACT_DATE = r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)"

_ARABIC = re.compile(_ARABIC_DATE)
_COMPACT = re.compile(_COMPACT_DATE)
_CHINESE = re.compile(_CHINESE_DATE)


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first full or year-month date in `text` (already folded) with its start and end; day 1 where none is written.

    Text without a date, and impossible dates (2012年13月), give None.
    """
    found: list[tuple[int, int, tuple[int, int, int]]] = []
    if match := _ARABIC.search(text):
        year, month, day, _, other_month, other_day = match.groups()
        found.append((match.start(), match.end(), (int(year), int(month or other_month), int(day or other_day or 1))))
    if match := _COMPACT.search(text):
        found.append((match.start(), match.end(), (int(match[1]), int(match[2]), int(match[3]))))
    if match := _CHINESE.search(text):
        parts = (chinese_year(match[1]), chinese_number(match[2]), chinese_number(match[3] or "一"))
        found.append((match.start(), match.end(), parts))
    for start, end, parts in sorted(found):
        if (day_found := _date(*parts)) is not None:
            return day_found, start, end
    return None


def chinese_year(text: str) -> int:
    """二〇一二 to 2012; KeyError for other characters."""
    return int("".join(str(_DIGITS[character]) for character in text))


def chinese_number(text: str) -> int:
    """一 … 九十九 to 1 … 99."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_DIGITS[character]) for character in text))
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones[:1], 0))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
