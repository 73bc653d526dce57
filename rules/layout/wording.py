"""What a finding about layout says: looks, lengths and places in the words of an office."""

from collections import Counter
from collections.abc import Sequence

from rules.layout.fonts import plain_name
from rules.layout.lines import Line, Look
from rules.layout.sizes import name_of
from rules.layout.wishes import Range
from rules.model import Setting

_NAMED = 3
"""Places that are named by their number; the others are counted."""


def look_words(look: Look) -> str:
    """小四宋体, 3号黑体加粗."""
    return f"{name_of(look.size)}{plain_name(look.font) if look.font else ''}{'加粗' if look.bold else ''}"


def wanted_words(fonts: Sequence[str] | None, sizes: Sequence[float] | None) -> str:
    """3号仿宋, 2号或小二小标宋: the first font stands for all that are the same."""
    return "或".join(map(name_of, sizes or ())) + (fonts[0] if fonts else "")


def range_words(span: Range, unit: str = "") -> str:
    """26—30磅, or 28磅."""
    least, most = span
    return f"{least:g}{unit}" if least == most else f"{least:g}—{most:g}{unit}"


def places(lines: Sequence[Line], among: int = 0) -> str:
    """第3、5、7段等6处; 全部 where it is all of more than a few (`among`: how many there are)."""
    if among > _NAMED and len(lines) == among:
        return "全部"
    numbers = [str(line.number) for line in lines if line.number]
    if not numbers:
        return f"{len(lines)}处"
    named = f"第{'、'.join(numbers[:_NAMED])}段"
    return named if len(lines) <= _NAMED else f"{named}等{len(lines)}处"


def most_common(words: Sequence[str]) -> str:
    """The word that most of them are, with 等 where there are others."""
    counted = Counter(words).most_common()
    return counted[0][0] + ("等" if len(counted) > 1 else "")


def pitch_words(setting: Setting) -> str:
    """固定值28磅, 最小值20磅, 单倍行距, 1.5倍行距."""
    if setting.line_rule == "exact":
        return f"固定值{setting.line:.3g}磅"
    if setting.line_rule == "atLeast":
        return f"最小值{setting.line:.3g}磅"
    return "单倍行距" if abs(setting.line - 1) < 0.02 else f"{setting.line:.3g}倍行距"
