"""Family U: the unit that the document itself names."""

from collections.abc import Iterator

from rules.checks.rule import Remark, Report
from rules.model import Roster, Unit
from rules.names import mentions


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
    if not text:
        return None
    named = [mention.unit for mention in mentions(text, roster, [unit.code]) if mention.strength.firm]
    own = {unit.code, unit.parent}
    return None if not named or own.intersection(named) else roster.unit(named[0])
