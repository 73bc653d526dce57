"""The title of a report: its Title style, or else the first line or lines that look like one."""

import re
from collections.abc import Sequence

from rules.chinese_dates import find_date
from rules.model import Paragraph, Place
from rules.ooxml.paragraphs import Block
from rules.text import fold, squeeze

_LINES = 12
"""Paragraphs at the top among which a title is looked for."""
_LENGTH = 60
_LONGEST = 100
_SIZE = 32
"""Half-points from which a line of a formal paper is larger than its text (16 pt)."""
TITLE_WORD = re.compile(r"总结|小结|汇报|报告|材料|体会|讲话|发言|思路|述职|评议|方案|通知|汇总表|登记表|审批表")
_UNIT = re.compile(r"支部|总支|党委|委员会")
SALUTATION = re.compile(
    r"(?:同志们|同志|各位\S{0,10}|尊敬的\S{0,12}|组织部|领导|老师|党委|总支|委员会|代表们|朋友们)[::,]$"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)]|\d{1,2}[、.](?!\d)|第[一二三])"
)
_DOCUMENT_NUMBER = re.compile(r"[〔\[(【]\d{2,4}[〕\])】]\s*\d{0,4}\s*号")
_NO_TITLE = re.compile(
    r"^(?:附件|附[:：]|密级|紧急程度|签发人|主题词|作者|撰稿|执笔|报送单位|单位|时间|日期|姓名)\s*\d*\s*(?:[:：]|$)"
)


def title_of(blocks: Sequence[Block]) -> str:
    """The title on one line, its lines joined without a space where Chinese meets Chinese; "" when none can be told."""
    front = [block for block in blocks[:_LINES] if block.paragraph.place is not Place.FOOTNOTE]
    styled = [fold(block.paragraph.text[:_LONGEST]) for block in front if block.paragraph.level == 0]
    lines = styled[:3] or _lines(front, _ordinary_size(blocks))
    return _joined([line for line in lines if line])


def _lines(front: Sequence[Block], ordinary: int) -> list[str]:
    """Up to three lines from the first one that may be a title until a title word has been read."""
    lines: list[str] = []
    for block in front:
        line = fold(block.paragraph.text.replace("\n", " "))
        if _is_aside(line):
            if lines:
                break
            continue
        if _ends_the_front(line) or (lines and not _stands_out(block, ordinary) and not TITLE_WORD.search(line)):
            break
        lines.append(line)
        if TITLE_WORD.search(line) or len(lines) == 3:
            break
    return lines if _is_title(lines, front, ordinary) else []


def _is_title(lines: list[str], front: Sequence[Block], ordinary: int) -> bool:
    """A title has a title word, or its first line stands out from the text."""
    if any(TITLE_WORD.search(line) for line in lines):
        return True
    del lines[1:]
    first = next(
        (block for block in front if lines and fold(block.paragraph.text.replace("\n", " ")) == lines[0]), None
    )
    return first is not None and _stands_out(first, ordinary)


def _is_aside(line: str) -> bool:
    """Lines that may stand above or below a title without being part of it: number, date, 附件1, (供稿)."""
    if _DOCUMENT_NUMBER.search(line) or _NO_TITLE.match(line) or line.endswith("文件"):
        return True
    found = find_date(line)
    return found is not None and len(squeeze(line)) - (found[2] - found[1]) <= 4


def _ends_the_front(line: str) -> bool:
    long = len(line) > _LENGTH
    return long or line.endswith(("。", ";")) or bool(SALUTATION.search(line) or _NUMBERED.match(line))


def _stands_out(block: Block, ordinary: int) -> bool:
    paragraph: Paragraph = block.paragraph
    larger = block.size >= _SIZE and block.size > ordinary
    return paragraph.centred or larger or paragraph.bold or paragraph.level == 0


def _ordinary_size(blocks: Sequence[Block]) -> int:
    """The size that most characters have."""
    weights: dict[int, int] = {}
    for block in blocks:
        weights[block.size] = weights.get(block.size, 0) + len(block.paragraph.text)
    return max(weights, key=lambda size: weights[size], default=0)


def _joined(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        wide = text and (ord(text[-1]) > 0x2E80 or ord(line[0]) > 0x2E80)
        text += line if not text or (wide and not _is_title_of_its_own(text, line)) else f" {line}"
    return text


def _is_title_of_its_own(before: str, line: str) -> bool:
    """先锋路上著华章 above 机关第三党支部创先争优活动总结: joined, nobody could tell where the name begins."""
    starts = _UNIT.search(line)
    return (
        starts is not None and not _UNIT.search(before) and TITLE_WORD.search(line) is not None and line[0] not in "—-("
    )
