"""The page 总表: one row per unit under its 总支, marks with their reasons, made to be pinned to the wall."""

from collections.abc import Callable, Iterator, Sequence

from mailbot.xlsx.cells import Look
from mailbot.xlsx.page import CELL, CODE, FIRST_ROW, Column, Manner, Page, as_of, finish, head
from rules.campaign import Medium
from rules.pages.groups import Group, Tally
from rules.pages.marks import Shown
from rules.pages.rows import Row
from rules.tracking import Tracking

GROUP_FILL = "#DCE6F2"
HEAD_ROW = Manner(bold=True, fill=GROUP_FILL, flush=True)
BRANCH_ROW = Manner(level=1)
_WORD = Look(size=9)
_NAME = Look(align="left", indent=1)
_TEXT = Look(size=9, align="left")
_BAND = Look(bold=True, fill=GROUP_FILL, number="@")
_BAND_NAME = Look(bold=True, fill=GROUP_FILL, align="left")
_NUMBERS = Look(size=9, number="@")
LEGEND = "✓ 有专门标题　　正文 正文里写到　　✗ 全文没有找到　　– 未收到或未检查　　　鼠标停在带红角的格子上可看依据"


def columns_of(tracking: Tracking) -> tuple[Column[Row], ...]:
    """The columns that this campaign needs, in the order of the page. Keys are for ever: an edited sheet comes back."""
    return (*_who(), *_aspects(tracking), *_how(tracking), *_contact())


def _who() -> Iterator[Column[Row]]:
    yield Column("key", "键", 4, lambda row: row.key, CODE, hidden=True)
    yield Column("code", "编号", 7, lambda row: row.unit.code, CODE)
    yield Column("name", "单位", 35, lambda row: row.unit.name, _NAME)
    yield Column("kind", "类型", 9.8, lambda row: row.unit.kind.value, _WORD)
    yield Column(
        "tally", "已接收\n/应报", 6.6, lambda row: "", CODE, "本总支及所属支部：已接收的个数 / 应报的个数（免报不算）"
    )
    yield Column("state", "状态", 12.8, lambda row: row.status, CELL)


def _aspects(tracking: Tracking) -> Iterator[Column[Row]]:
    for number, aspect in enumerate(tracking.campaign.aspects):
        why = "" if aspect.required else "这一项不是必须写的"
        yield Column(f"aspect:{aspect.key}", _stacked(aspect.key), 5.2, _aspect(number), CELL, why)
    if tracking.campaign.participation.any_of:
        yield Column("participation", "群众\n参与", 5.2, lambda row: row.participation, CELL)


def _stacked(word: str) -> str:
    """社会评价 in two lines of two, for a narrow column."""
    return f"{word[:2]}\n{word[2:]}" if len(word) == 4 else word


def _aspect(number: int) -> Callable[[Row], Shown]:
    return lambda row: row.aspects[number]


def _how(tracking: Tracking) -> Iterator[Column[Row]]:
    owed = tracking.campaign.deliverables
    if any(one.review for one in owed):
        yield Column("review", "审核", 9, lambda row: row.review, _WORD, "总支把关的依据")
    yield Column("version", "版本", 4.8, lambda row: row.version, CELL, "现在算数的是第几版；3/4 是共 4 版、算第 3 版")
    yield Column("received_at", "收到时间", 12.6, lambda row: row.received_at, _WORD, "服务器收到的时间")
    yield Column("late", "逾期", 10.6, lambda row: row.late, _WORD)
    yield Column(
        "reminded", "催报", 4.8, lambda row: Shown(f"{row.reminded or ''}", row.reminded_why), CELL, "催报次数"
    )
    if any(one.medium is Medium.PAPER for one in owed):
        yield Column("paper", "纸质件", 9.2, lambda row: row.paper, _WORD, "已交份数 / 应交份数")
    if sum(one.medium is Medium.EMAIL for one in owed) > 1:
        yield Column("others", "其他材料", 18, lambda row: row.others, _TEXT)
    yield Column(
        "hints", "提示", 4.8, lambda row: Shown(f"{row.hints or ''}", row.hints_why), CELL, "不影响接收的提示条数"
    )


def _contact() -> Iterator[Column[Row]]:
    yield Column("contact", "联系人", 8, lambda row: row.unit.contact, _WORD)
    yield Column("phone", "电话", 16, lambda row: row.unit.phone, _NUMBERS)
    yield Column("note", "备注", 12.8, lambda row: row.note, _TEXT)


def write_table(page: Page, tracking: Tracking) -> int:
    """Writes the page; returns its last row."""
    columns = columns_of(tracking)
    title = f"{tracking.campaign.title}　收报台账"
    head(page, columns, (title, f"{as_of(tracking)}　　{sums(tracking.total)}", LEGEND))
    page.sheet.outline_settings(True, False, False, False)
    number = FIRST_ROW
    for group in tracking.groups:
        number = _group(page, columns, group, number)
    finish(page, columns, number - 1, frozen_columns=3)
    return number - 1


def sums(total: Tally) -> str:
    """已登记 86 / 应报 112　未报 12　… : all counts of the page in one line."""
    parts = {
        "未报": total.missing,
        "待补正": total.incomplete,
        "待把关": total.awaiting_review,
        "已退回": total.returned,
        "免报": total.exempt,
        "逾期": total.late,
    }
    counted = "　".join(f"{word} {number}" for word, number in parts.items() if number)
    return f"已登记 {total.accepted} / 应报 {total.owed}　　{counted}".rstrip()


def _group(page: Page, columns: Sequence[Column[Row]], group: Group, number: int) -> int:
    """A 总支 in bold with its counts, its branches below it (they can be folded away); returns the next free row."""
    keys = [column.key for column in columns]
    if not group.key:
        _band(page, len(columns), number, (keys.index("name"), group.name))
    for place, row in enumerate(group.rows, start=number if group.key else number + 1):
        page.row(place, columns, row, HEAD_ROW if row.key == group.key else BRANCH_ROW)
    page.put(number, keys.index("tally"), f"{group.tally.accepted}/{group.tally.owed}", _BAND)
    return number + len(group.rows) + (0 if group.key else 1)


def _band(page: Page, columns: int, number: int, name: tuple[int, str]) -> None:
    """A line over units that have no 总支; it has no key, for it is no unit."""
    for place in range(columns):
        page.put(number, place, name[1] if place == name[0] else "", _BAND_NAME if place == name[0] else _BAND)
    page.sheet.set_row(number, 18)
