"""The words of a unit's name, one written form for each: 教职工 = 教师 = 教工, 第一 = 一 = 1 = 第1, 党支部 = 支部."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rules.text import fold

BRANCH = "支部"
GENERAL = "总支"
STOPS = frozenset("、,;。")
Key = tuple[str, ...]
ROLES = frozenset({"教工", "学生", "本科生", "研究生", "硕士生", "博士生", "退休", "离退休", "联合", "机关"})

# Said of a wider circle: a branch of 本科生 is one of 学生 too.
WIDER = {
    "本科生": ("学生",),
    "研究生": ("学生",),
    "硕士生": ("研究生", "学生"),
    "博士生": ("研究生", "学生"),
    "退休": ("离退休",),
    "离退休": ("退休",),
}

# Form, then what people write for it; the first that fits at a place is taken, so longer words stand before shorter.
# A word whose form is "" is left out: it says nothing about which unit it is.
_WORDS: tuple[tuple[str, str], ...] = (
    ("", r"中国共产党|中共|直属(?=党?支部|党?总支|第|[〇零一二三四五六七八九十])"),
    (GENERAL, r"党?总支部?委员会|党?总支部(?![分门署])|党?总支|分党委|党工委|基层党委|党委(?!组织|宣传|办|书记|副)"),
    (BRANCH, r"党?支部委员会|党?支部"),
    (GENERAL, r"(?<!员)委员会(?!组织|宣传|办)"),
    ("教工", r"教职员工|教职工|教职员|教工|教师"),
    ("离退休", r"离、?退休"),
    ("退休", r"退休"),
    ("硕士生", r"硕士研究生|硕士生|硕士"),
    ("博士生", r"博士研究生|博士生|博士"),
    ("本科生", r"本科学生|本科生|本科"),
    ("研究生", r"研究生"),
    ("学生", r"学生"),
    ("联合", r"联合"),
    ("机关", r"机关"),
)
_NUMBER = r"第?(?:\d{1,9}|[〇零○一二两三四五六七八九十百]{1,6})"
_BLANK = r"[x×某]{2,6}(?:学院|系|大学|学校)|某(?:学院|系)"  # what is left of a template
_GAP = _BLANK + r"|[\s()\[\]{}<>《》〈〉「」『』【】“”\"'‘’·・•—–―\-_+~.:/\\|=*#&@!?%^…]+"
_SCANNER = re.compile(
    "|".join(
        [
            *(f"(?P<w{number}>{pattern})" for number, (_, pattern) in enumerate(_WORDS)),
            f"(?P<number>{_NUMBER})",
            f"(?P<gap>{_GAP})",
            "(?P<other>.)",
        ]
    ),
    re.DOTALL,
)
_SPACE_OUTSIDE_NUMBERS = re.compile(r"(?<!\d) | (?!\d)")
_DIGITS = {**{sign: value for value, sign in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name in its written form; a number is "#7". `gap`: a dash, bracket or dot stands before it."""

    value: str
    gap: bool = False

    @property
    def number(self) -> bool:
        return self.value.startswith("#")


def number_of(words: str) -> int:
    """第十一 → 11, 21 → 21, 二〇一二 → 2012. `words` is what the number pattern matched."""
    words = words.removeprefix("第")
    if words.isdecimal():
        return int(words)
    if not any(sign in words for sign in "十百"):
        return int("".join(str(_DIGITS[sign]) for sign in words))
    total, digit = 0, 0
    for sign in words:
        if sign in "十百":
            total += (digit or (0 if total and sign == "百" else 1)) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in reading order. Spaces are dropped (标 题 is often spaced out), stops are kept as words."""
    found: list[Token] = []
    gap = False
    for match in _SCANNER.finditer(_SPACE_OUTSIDE_NUMBERS.sub("", fold(text).lower())):
        group = match.lastgroup or "other"
        if group == "gap":
            gap = True
            continue
        value = _form(group, match.group())
        if value:
            found.append(Token(value, gap))
        gap = False
    return tuple(_short_years(found))


def _form(group: str, words: str) -> str:
    if group == "number":
        return f"#{number_of(words)}"
    return _WORDS[int(group[1:])][0] if group.startswith("w") else words


def _short_years(found: list[Token]) -> Iterable[Token]:
    """2015级 and 15级 are the same year of students."""
    for place, token in enumerate(found):
        following = found[place + 1].value if place + 1 < len(found) else ""
        if token.number and following in ("级", "届") and 2000 <= int(token.value[1:]) < 2100:
            yield Token(f"#{int(token.value[1:]) % 100}", token.gap)
        else:
            yield token


def values(text: str) -> tuple[str, ...]:
    return tuple(token.value for token in tokens(text))


def normal_form(name: str) -> str:
    """One form for all ways of writing a name; equal forms are the same name: 计算机学院教工#1支部."""
    return "".join(values(name))


def wider(key: Key) -> frozenset[str]:
    """The words of a name and those that say the same of a wider circle."""
    return frozenset(key) | {other for word in key for other in WIDER.get(word, ())}
