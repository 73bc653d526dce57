"""Word's automatic numbers: the definitions of numbering.xml and the counters that run through a document (17.9)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from rules.ooxml.counting import count
from rules.ooxml.elements import W, child_of, is_on, value, whole
from rules.ooxml.styles import Styles

_LEVELS = 9
_LONGEST = 30
"""Characters of the text around a number; Word itself takes less."""
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, the text around it ("（%1）"), where it starts, its paragraph style.

    `restart` (w:lvlRestart): 0 counts through, n starts anew only after level n (from 1) or a higher one.
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    style: str | None = None
    legal: bool = False
    restart: int | None = None


@dataclass(frozen=True)
class List:
    """A w:num: the abstract list whose counters it shares, its own levels, and the levels that it starts anew."""

    abstract: str
    levels: dict[int, Level] = field(repr=False)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each numbered paragraph its number, in document order: a paragraph asks once.

    `load` gives the numbering part; most reports are numbered by hand and never ask for it.
    """

    def __init__(self, load: Callable[[], etree._Element | None], styles: Styles) -> None:
        self._load = load
        self._styles = styles
        self._known: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def next(self, number: tuple[str | None, int | None], style: str | None) -> str:
        """The number of the next paragraph with that (numId, ilvl), as printed; "" for none and for bullets."""
        name, depth = number
        if name is None or name == "0":
            return ""
        found = self._list(name)
        if found is None:
            return ""
        if depth is None:
            depth = next((at for at, level in found.levels.items() if style and level.style == style), 0)
        depth = min(depth, _LEVELS - 1)
        level = found.levels.get(depth)
        if level is None:
            return ""
        counters = self._advance(name, found, depth)
        return "" if level.form == "bullet" else _written(level, found, counters)

    @cached_property
    def _root(self) -> etree._Element | None:
        return self._load()

    @cached_property
    def _abstract(self) -> dict[str, etree._Element]:
        return _by_id(self._root, "abstractNum", "abstractNumId")

    @cached_property
    def _numbers(self) -> dict[str, etree._Element]:
        return _by_id(self._root, "num", "numId")

    def _advance(self, name: str, found: List, depth: int) -> dict[int, int]:
        counters = self._counters.setdefault(found.abstract, {})
        if depth in found.restarts and (name, depth) not in self._restarted:
            self._restarted.add((name, depth))
            counters[depth] = found.restarts[depth]
        else:
            counters[depth] = counters.get(depth, found.levels[depth].start - 1) + 1
        for deeper in [at for at in counters if at > depth and _starts_anew(found.levels.get(at), depth)]:
            del counters[deeper]
        return counters

    def _list(self, name: str) -> List | None:
        if name not in self._lists:
            self._lists[name] = self._read(name)
        return self._lists[name]

    def _read(self, name: str) -> List | None:
        element = self._numbers.get(name)
        abstract = value(element, "abstractNumId") if element is not None else None
        if element is None or abstract is None or abstract not in self._abstract:
            return None
        levels = dict(self._levels(abstract))
        restarts: dict[int, int] = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            depth = _number(override.get(f"{W}ilvl"), 0)
            own = child_of(override, f"{W}lvl")
            if own is not None and depth < _LEVELS:
                levels[depth] = _level(own)
            start = value(override, "startOverride")
            if start is not None:
                restarts[depth] = _number(start, 1)
        return List(abstract, levels, restarts)

    def _levels(self, abstract: str) -> dict[int, Level]:
        if abstract not in self._known:
            own = self._abstract[self._linked(abstract)]
            found = ((_number(lvl.get(f"{W}ilvl"), 0), lvl) for lvl in own.iterchildren(f"{W}lvl"))
            self._known[abstract] = {depth: _level(lvl) for depth, lvl in found if depth < _LEVELS}
        return self._known[abstract]

    def _linked(self, abstract: str) -> str:
        """The list that has the levels: with a w:numStyleLink the one that the numbering style points at."""
        link = value(self._abstract[abstract], "numStyleLink")
        target = self._numbers.get(self._styles.number_of(link) or "") if link is not None else None
        other = value(target, "abstractNumId") if target is not None else None
        return other if other is not None and other in self._abstract else abstract


def _written(level: Level, found: List, counters: dict[int, int]) -> str:
    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        wanted = found.levels.get(at, Level())
        return count(counters.get(at, wanted.start), "decimal" if level.legal else wanted.form)

    return _PLACE.sub(number, level.text).strip()


def _starts_anew(level: Level | None, higher: int) -> bool:
    return level is None or level.restart is None or higher < level.restart


def _level(element: etree._Element) -> Level:
    legal = child_of(element, f"{W}isLgl")
    return Level(
        form=value(element, "numFmt") or "decimal",
        text=(value(element, "lvlText") or "")[:_LONGEST],
        start=_number(value(element, "start"), 0),
        style=value(element, "pStyle"),
        legal=legal is not None and is_on(legal),
        restart=whole(value(element, "lvlRestart")),
    )


def _by_id(root: etree._Element | None, name: str, key: str) -> dict[str, etree._Element]:
    elements = root.iterchildren(f"{W}{name}") if root is not None else ()
    return {identity: element for element in elements if (identity := element.get(f"{W}{key}")) is not None}


def _number(written: str | None, default: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else default
