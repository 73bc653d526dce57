"""Lengths that a paragraph comes to: the pitch of its lines, where its first line begins."""

import math

from rules.layout.lines import Line
from rules.model import Sheet

SIZE = 16.0
"""Points of a character where a line has no Chinese in it."""
_NATURAL = 1.3
"""Height of a line of Chinese to the size of its characters, as Word sets it."""


def size_of(line: Line) -> float:
    look = line.look()
    return look.size if look is not None else SIZE


def pitch(line: Line, sheet: Sheet) -> float:
    """Points from line to line: as declared, or what a multiple comes to on the grid or without one."""
    setting = line.setting
    natural = _NATURAL * size_of(line)
    if setting.line_rule == "exact":
        return setting.line
    if setting.line_rule == "atLeast":
        return max(setting.line, natural)
    if sheet.grid and setting.snaps:
        return setting.line * sheet.grid * max(1, math.ceil(natural / sheet.grid - 0.05))
    return setting.line * natural


def begins_at(line: Line) -> float:
    """Characters from the margin to the first line's text: indents and typed spaces."""
    setting, size = line.setting, size_of(line)
    first = setting.first_chars if setting.first_chars is not None else setting.first / size
    left = setting.left_chars if setting.left_chars is not None else setting.left / size
    return first + left + typed_indent(line.raw)


def typed_indent(raw: str) -> float:
    """Characters of the spaces in front: a full-width one is one, others are half of one, a tab is two."""
    front = raw[: len(raw) - len(raw.lstrip())]
    return sum(1.0 if sign == "\u3000" else 2.0 if sign == "\t" else 0.5 for sign in front)
