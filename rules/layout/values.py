"""What one w:rPr or w:pPr says, as plain values under short names: what is not said is not there."""

import re
from collections.abc import Callable, Mapping

from lxml import etree

from rules.ooxml.elements import VAL, W, is_on

Values = Mapping[str, str | float | bool]
"""Of runs: font (a theme's name begins with @), size in points, bold, hidden, style.

Of paragraphs: style, align, line with line_rule, before, after, first, hanging, left, right in points, the same with
`_chars` or `_lines`, before_auto, after_auto, snaps, contextual, listed.
"""
_LENGTH = re.compile(r"(-?\d{1,7}(?:\.\d{1,6})?)(pt|in|cm|mm|pc|pi)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}
TWIP = 1 / 20


def length(written: str | None, unit: float = TWIP) -> float | None:
    """A length in points: a number of `unit` (twentieths of a point), or one with its own unit; None for all else."""
    match = _LENGTH.fullmatch(written.strip()) if written else None
    return float(match[1]) * (_POINTS[match[2]] if match[2] else unit) if match else None


def run_values(properties: etree._Element | None) -> dict[str, str | float | bool]:
    values: dict[str, str | float | bool] = {}
    for child in properties if properties is not None else ():
        read = _RUN.get(str(child.tag))
        if read is not None:
            read(child, values)
    return values


def paragraph_values(properties: etree._Element | None) -> dict[str, str | float | bool]:
    values: dict[str, str | float | bool] = {}
    for child in properties if properties is not None else ():
        read = _PARAGRAPH.get(str(child.tag))
        if read is not None:
            read(child, values)
    return values


def over(own: Values, base: Values) -> dict[str, str | float | bool]:
    """What `own` says, else `base`. An indent of one kind takes the other kind away."""
    merged = dict(base)
    for this, other in (("first", "hanging"), ("hanging", "first")):
        if this in own or f"{this}_chars" in own:
            merged.pop(other, None)
            merged.pop(f"{other}_chars", None)
    merged.update(own)
    return merged


_Read = Callable[[etree._Element, dict[str, str | float | bool]], None]


def _fonts(element: etree._Element, values: dict[str, str | float | bool]) -> None:
    """The font of Chinese characters. w:hint only moves quotation marks and dashes, by which no look is judged."""
    theme, name = element.get(f"{W}eastAsiaTheme"), element.get(f"{W}eastAsia")
    if theme:
        values["font"] = f"@{theme}"
    elif name and name.strip():
        values["font"] = name.strip()


def _size(element: etree._Element, values: dict[str, str | float | bool]) -> None:
    points = length(element.get(VAL), 0.5)
    if points is not None and points > 0:
        values["size"] = points


def _switch(name: str) -> _Read:
    def read(element: etree._Element, values: dict[str, str | float | bool]) -> None:
        values[name] = is_on(element)

    return read


def _style(element: etree._Element, values: dict[str, str | float | bool]) -> None:
    values["style"] = element.get(VAL) or ""


def _align(element: etree._Element, values: dict[str, str | float | bool]) -> None:
    written = element.get(VAL) or ""
    values["align"] = {"start": "left", "end": "right"}.get(written, written)


def _spacing(element: etree._Element, values: dict[str, str | float | bool]) -> None:
    rule = element.get(f"{W}lineRule") or "auto"
    line = length(element.get(f"{W}line"), 1 / 240 if rule == "auto" else TWIP)
    if line is not None and line > 0:
        values["line"], values["line_rule"] = line, rule
    for side in ("before", "after"):
        _put(values, side, length(element.get(f"{W}{side}")))
        _put(values, f"{side}_lines", length(element.get(f"{W}{side}Lines"), 0.01))
        automatic = element.get(f"{W}{side}Autospacing")
        if automatic is not None:
            values[f"{side}_auto"] = automatic in ("1", "true", "on")


def _indent(element: etree._Element, values: dict[str, str | float | bool]) -> None:
    for name, written in (
        ("first", ("firstLine",)),
        ("hanging", ("hanging",)),
        ("left", ("start", "left")),
        ("right", ("end", "right")),
    ):
        for one in written:
            _put(values, name, length(element.get(f"{W}{one}")))
            _put(values, f"{name}_chars", length(element.get(f"{W}{one}Chars"), 0.01))


def _put(values: dict[str, str | float | bool], name: str, number: float | None) -> None:
    if number is not None:
        values[name] = number


def _number(element: etree._Element, values: dict[str, str | float | bool]) -> None:
    identity = next(element.iterchildren(f"{W}numId"), None)
    values["listed"] = identity is not None and identity.get(VAL) not in (None, "0")


_RUN: Mapping[str, _Read] = {
    f"{W}rFonts": _fonts,
    f"{W}sz": _size,
    f"{W}b": _switch("bold"),
    f"{W}vanish": _switch("hidden"),
    f"{W}rStyle": _style,
}
_PARAGRAPH: Mapping[str, _Read] = {
    f"{W}pStyle": _style,
    f"{W}jc": _align,
    f"{W}spacing": _spacing,
    f"{W}ind": _indent,
    f"{W}numPr": _number,
    f"{W}snapToGrid": _switch("snaps"),
    f"{W}contextualSpacing": _switch("contextual"),
}
