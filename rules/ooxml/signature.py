"""The 落款 of a report: who and when, at its end, right below its title, or as a bracketed 供稿."""

import re
from collections.abc import Sequence

from rules.chinese_dates import find_date, is_short_date
from rules.model import Paragraph, Place
from rules.text import fold, squeeze

_TAIL = 15
"""Paragraphs at the end among which it is looked for."""
_FRONT = 10
"""Paragraphs at the top: the title and the lines below it."""
_LENGTH = 40
_UNIT = re.compile(r"支部|总支|党委|委员会|党组|学院|系$|处$|部$|中心$|馆$|办公室|科$|教研室")
_SUPPLIED = re.compile(r"^[(](?P<who>.{2,30}?)(?:供稿|报送|提供)?(?:\s*\d{4}[.年/-].{0,12})?[)]$")
_BY_LINE = re.compile(
    r"^(?:来源|供稿|供稿单位|报送单位|单位|单位名称|撰稿人?|执笔人?|填报单位|报告单位|所在支部)\s*[::]\s*(?P<who>.{2,40})$"
)
_SOURCE = re.compile(r"^(?:来源|供稿|供稿单位|作者|撰稿人?)\s*:\s*")
_UNIT_LABEL = re.compile(r"^(?:支部|总支|党组织|单位|部门|填报单位|报送单位|所在支部)(?:名称|全称)?:?$")
_LABEL = re.compile(r"^(?:支部|总支|党组织|单位|部门|填报单位|报送单位|所在支部)(?:名称|全称|书记|负责人)?:?$")
# The opinion of the 总支 below a report has a name and a date too, but it is not the author's.
OPINION = re.compile(r"(?:总支|党委|分党委|党工委|党组织|审核|审查|审批|推荐|评审)\S{0,6}意见")
_SIGNED = re.compile(r"签名|签字|签章|盖章|公章|意见|负责人|审核|电话|邮箱|附件|印发|抄送|校对|打印")


def signature_of(paragraphs: Sequence[Paragraph], title: str) -> str:
    """The lines of the 落款 on one line, separated by spaces; "" when there is none."""
    told = [paragraph for paragraph in paragraphs if paragraph.place is not Place.FOOTNOTE]
    front = _folded(told[:_FRONT])
    tail = _before_opinion(_folded(told[max(len(told) - _TAIL, 1) :]))
    under = _below_title(front, title)
    end = _at_end(tail)
    if end and not _UNIT.search(end):
        # Who stands below the title, when at the end.
        end = " ".join((*(line for line in under if _is_unit_line(line) and not find_date(line)), end))
    return end or _bracketed(tail) or " ".join(under) or _bracketed(front[:4])


def _folded(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [fold(paragraph.text.replace("\n", " ")) for paragraph in paragraphs]


def _before_opinion(lines: Sequence[str]) -> Sequence[str]:
    for at, line in enumerate(lines):
        opinion = OPINION.search(squeeze(line))
        if opinion and (len(line) <= _LENGTH or opinion.start() == 0):
            return lines[:at]
    return lines


def _at_end(lines: Sequence[str]) -> str:
    """The last date line with the unit before, after or in it; else a unit alone on the very last line."""
    for at in range(len(lines) - 1, -1, -1):
        if _is_date_line(lines[at]):
            before = [line for line in lines[max(0, at - 2) : at] if _is_unit_line(line)]
            after = [line for line in lines[at + 1 : at + 2] if _is_unit_line(line)]
            return " ".join(_SOURCE.sub("", line.strip("()")) for line in (*before, lines[at], *after))
    last = lines[-1] if lines else ""
    return last.strip("()") if _is_unit_line(last) and len(last) <= 30 else ""


def _below_title(lines: Sequence[str], title: str) -> list[str]:
    """Date and unit on the lines that follow the title; in a form the unit stands behind its label (单位名称)."""
    for at, line in enumerate(lines[:6]):
        if title and squeeze(title).endswith(squeeze(line)):
            under = lines[at + 1 : at + 4]
            if under and _UNIT_LABEL.match(squeeze(under[0])):
                return [line for line in under[1:2] if _is_unit_line(line)]
            return [line for line in under if _is_date_line(line) or _is_unit_line(line)]
    return []


def _bracketed(lines: Sequence[str]) -> str:
    """（党总支供稿 2010.10.29）, （离退休党总支）, 供稿：… at the end or under the title."""
    for line in reversed(lines):
        if match := _BY_LINE.match(line):
            return match["who"]
        match = _SUPPLIED.match(line)
        if match and _UNIT.search(match["who"]) and "审" not in line:
            return line.strip("()")
    return ""


def _is_date_line(line: str) -> bool:
    """A date, alone or after a unit or a name, and nothing else; 九月十日 and 2012.9 only alone."""
    if len(line) > _LENGTH or _SIGNED.search(line):
        return False
    found = find_date(line)
    if found is None:
        return is_short_date(line)
    rest = (line[: found[1]] + line[found[2] :]).strip(" ()。.:")
    if not rest:
        return True
    return len(rest) <= 30 and not re.search(r"[,;。!?]|\d{4}", rest) and found[2] >= len(line) - 3


def _is_unit_line(line: str) -> bool:
    if not 2 <= len(line) <= _LENGTH or _LABEL.match(squeeze(line)):
        return False
    return bool(_UNIT.search(line)) and not _SIGNED.search(line) and not re.search(r"[,;。:!?、]|^\(.{1,3}\)", line)
