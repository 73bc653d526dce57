"""Invented reports for tests of near-copies: independent ones of the labelled set, and copies of them."""

import random
import re
from functools import cache
from pathlib import Path

from rules.model import Document, Kind, Paragraph, Roster, Unit

TUNE = Path(__file__).parent / "accuracy" / "tune"
SLOGANS = (
    "以邓小平理论和“三个代表”重要思想为指导，深入贯彻落实科学发展观，",
    "紧紧围绕“推动科学发展、促进社会和谐、服务人民群众、加强基层组织”的总体要求，",
    "充分发挥基层党组织的战斗堡垒作用和共产党员的先锋模范作用，",
    "在上级党组织的正确领导下，在全体党员的共同努力下，",
    "进一步增强了党组织的创造力、凝聚力和战斗力。",
)
_MARK = re.compile(r"^(?:\^\^?|\*|%%?|@@?|[&~#])")
_MADE = re.compile(r"\{[+?-][^}]*\}")


def document(*lines: str, title: str = "", signature: str = "") -> Document:
    return Document("docx", tuple(Paragraph(n, line) for n, line in enumerate(lines, 1)), title, signature)


@cache
def independent(least: int = 0) -> dict[str, tuple[str, ...]]:
    """Name → lines of every report of the labelled set's half for tuning with so many characters, without title.

    Those with the fewest figures come first: a copyist changes figures.
    """
    texts = {path.stem: _lines(path) for path in sorted(TUNE.glob("*.txt"))}
    long = {name: "".join(lines) for name, lines in texts.items() if len("".join(lines)) >= least}
    return {name: texts[name] for name in sorted(long, key=lambda name: len(re.findall(r"\d", long[name])))}


def _lines(path: Path) -> tuple[str, ...]:
    body = path.read_text(encoding="utf-8").split("+++\n", 2)[2]
    lines = (_MADE.sub("", _MARK.sub("", line)) for line in body.splitlines() if not line.startswith("^"))
    return tuple(line for line in lines if line.strip())


def with_slogans(lines: tuple[str, ...], seed: int) -> tuple[str, ...]:
    """Everybody's phrases, put in anywhere."""
    chance = random.Random(seed)
    mixed = list(lines)
    for slogan in SLOGANS:
        mixed.insert(chance.randrange(len(mixed) + 1), slogan)
    return tuple(mixed)


def with_own_figures(lines: tuple[str, ...], seed: int) -> tuple[str, ...]:
    """Copied, with another unit's name and other figures."""
    chance = random.Random(seed)
    named = (re.sub(r"[一-鿿]{2,6}(?:学院|系)", "外国语学院", line) for line in lines)
    return tuple(re.sub(r"\d+", lambda _: str(chance.randint(2, 99)), line) for line in named)


def edited(lines: tuple[str, ...], every: int, seed: int) -> tuple[str, ...]:
    """Two characters changed in about `every`; at 7 hardly a phrase is left as it was."""
    chance = random.Random(seed)
    return tuple(_edited(line, every, chance) for line in lines)


def _edited(line: str, every: int, chance: random.Random) -> str:
    characters = list(line)
    at = chance.randint(1, every)
    while at < len(characters) - 2:
        characters[at : at + 2] = chance.choice(("进行", "加强", "工作", "继续", "", "不断"))
        at += chance.randint(every // 2, every * 3 // 2)
    return "".join(characters)


def college(*codes: str) -> Roster:
    """Four-figure codes are branches of the 总支 with the first two; every 总支 that is named is there too."""
    heads = dict.fromkeys(code[:2] for code in codes if len(code) == 2)
    units = [Unit(code, f"示例{code}党总支", Kind.GENERAL_BRANCH) for code in heads]
    units += [
        Unit(code, f"示例{code}党支部", Kind.BRANCH, code[:2] if code[:2] in heads else None)
        for code in codes
        if len(code) > 2
    ]
    return Roster(tuple(units))
