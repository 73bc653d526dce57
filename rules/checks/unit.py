"""Family U: the unit that the document itself names."""

import re
from collections.abc import Iterator

from rules.aspect.text import place
from rules.checks.rule import Remark, Report
from rules.model import Roster, Unit
from rules.names import mentions
from rules.text import squeeze

# 我外语系党总支, 我数学学院学生党支部: what a report calls itself. 我院学生第二党支部 is a neighbour.
_SELF = re.compile(
    r"(?:我|本)(?![院校系们处部馆市省室区县局所党支总国人]|学院|学校)(?P<name>[一-鿿]{2,18}?(?:党支部|党总支|支部|总支))"
)
_QUOTED = re.compile(r"“[^”]{0,400}”|《[^》]{0,100}》")


def another_unit(report: Report) -> Iterator[Remark]:
    """The title or 落款 plainly names a unit that is neither this one nor the 总支 above it, and not this one too."""
    unit = report.context.unit
    if unit is None:
        return
    for part, text in (("标题", report.document.title), ("落款", report.document.signature)):
        other = _other(text, unit, report.context.roster)
        if other is not None:
            yield Remark(
                f"{part}写的是“{other.name}”，但这份材料是按“{unit.name}”登记的。请核对：写错了请改正，发错了请换成{unit.name}的总结。",
                f"{part}：{text}",
            )
            return


def _other(text: str, unit: Unit, roster: Roster) -> Unit | None:
    if not text or _names_it(text, unit, roster):
        return None
    named = [mention.unit for mention in mentions(text, roster, [unit.code]) if mention.strength.firm]
    own = {unit.code, unit.parent}
    return None if not named or own.intersection(named) else roster.unit(named[0])


def _names_it(text: str, unit: Unit, roster: Roster) -> bool:
    """The whole name stands there, and is no part of a longer one: quickly seen, and true of most titles."""
    return unit.name in squeeze(text) and not any(unit.name in other.name for other in roster.units if other != unit)


def named_as_own(report: Report) -> Iterator[Remark]:
    """The text calls itself by the name of another unit: a passage taken from that one's report."""
    unit, roster = report.context.unit, report.context.roster
    if unit is None:
        return
    for sentence in report.sentences:
        if "我" not in sentence.text and "本" not in sentence.text:
            continue
        for match in _SELF.finditer(_QUOTED.sub("“”", sentence.text)):
            other = _other(match["name"], unit, roster)
            if other is not None and unit.code != other.parent:
                said = f"正文里自称“{match[0]}”，与本单位不一致，可能是借用别的材料时没有改过来，请核对。"
                yield Remark(said, place(sentence.number, match[0]))
                return
