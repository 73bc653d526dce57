"""Which fonts are the same to a reader: names in two languages, and types cut by several houses (`fonts.toml`)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from rules.text import squeeze

BOLD = "加粗"
"""What is added to a name in a profile when the font counts only in bold: 宋体加粗."""


@cache
def _tables() -> Mapping[str, Mapping[str, object]]:
    # Part of the program like its code, and read in the same way.
    return tomllib.loads((resources.files("rules.layout") / "fonts.toml").read_text(encoding="utf-8"))


@cache
def _same() -> Mapping[str, str]:
    return {_key(name): str(font) for name, font in _tables()["same"].items()}


@cache
def _types() -> Mapping[str, frozenset[str]]:
    """Keys of the fonts of each type."""
    types = _tables()["types"]
    return {name: frozenset(map(_key, fonts)) for name, fonts in types.items() if isinstance(fonts, list)}


def plain_name(font: str) -> str:
    """The Chinese name of a font: FangSong is 仿宋. "@仿宋" (vertical text) and "仿宋;宋体" (a list) are 仿宋."""
    name = font.partition(";")[0].strip().removeprefix("@")
    return _same().get(_key(name), name)


def fits(font: str, bold: bool, wanted: Sequence[str], exactly: bool = False) -> bool:
    """Whether a font is one of those wanted: types or fonts, with 加粗 behind them where only bold will do.

    `exactly`: names of types mean the font of that name alone.
    """
    key = _key(plain_name(font))
    for name in wanted:
        plain = name.removesuffix(BOLD)
        if name != plain and not bold:
            continue
        if key == _key(plain_name(plain)) or (not exactly and key in _types().get(plain, ())):
            return True
    return False


def _key(name: str) -> str:
    return squeeze(name).lower().replace("-", "").replace("_", "")
