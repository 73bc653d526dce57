"""The tables and paths at the end of the demo."""

import shutil
import sys

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailbot.demo.ending import Ending
from mailbot.demo.letters import KINDS
from rules.model import LetterKind, State
from rules.status import LABELS
from rules.tracking import mailbox_sums
from storage.nouns import SendState

Rows = tuple[tuple[str, int], ...]


def show(console: Console, ending: Ending) -> None:
    """Four short tables that add up, the checks, and where everything lies."""
    failed = sum(letter.state is SendState.FAILED for letter in ending.letters)
    kinds = tuple((KINDS[kind], ending.kinds[kind]) for kind in LetterKind if ending.kinds[kind])
    tables = Table.grid(padding=(0, 4))
    tables.add_row(_table("单位", _units(ending), "名单单位"), _table("去信", kinds, "已发出"))
    tables.add_row("", "")
    mail = _table("来信", mailbox_sums(ending.counts), "收件箱看到")
    tables.add_row(mail, _table("邮箱文件夹", tuple(ending.folders.items()), "合计"))
    console.print()
    console.print(tables)
    console.print()
    console.print(
        f"其中逾期 {ending.tracking.total.late} 个单位；待人工 {len(ending.tracking.cases)} 件；放弃投递 {failed} 封。"
    )
    console.print()
    for one in ending.sums:
        mark = Text("一致  ", "green") if one.holds else Text("不一致", "bold red")
        console.print(mark + Text(f"  {one.sentence}（{one.left} / {one.right}）", ""), soft_wrap=True)
    console.print()
    _paths(console, ending)


def _units(ending: Ending) -> Rows:
    total = ending.tracking.total
    numbers = {
        State.ACCEPTED: total.accepted,
        State.AWAITING_REVIEW: total.awaiting_review,
        State.INCOMPLETE: total.incomplete,
        State.RETURNED: total.returned,
        State.MISSING: total.missing,
        State.EXEMPT: total.exempt,
    }
    return tuple((LABELS[state], number) for state, number in numbers.items())


def _table(title: str, rows: Rows, total: str) -> Table:
    """Words and numbers, and their sum below a line."""
    table = Table(box=box.ASCII_DOUBLE_HEAD, show_footer=True)
    table.add_column(title, total)
    table.add_column("", str(sum(number for _, number in rows)), justify="right")
    for name, number in rows:
        table.add_row(name, str(number))
    return table


def _paths(console: Console, ending: Ending) -> None:
    data = ending.folder / "var"
    sheets = sorted((data / "台账").glob("*.xlsx"))
    for what, path in (
        ("最后一份台账", sheets[-1] if sheets else data / "台账"),
        ("全部台账", data / "台账"),
        ("收件目录", data / "收件"),
        ("发出的信（.eml）", ending.folder / "letters"),
    ):
        console.print(f"{what}：{path}", soft_wrap=True, markup=False)
    command = "mailbot" if shutil.which("mailbot") else f"{sys.executable} -m mailbot"
    config = ending.folder / "config.toml"
    console.print(f"还可以看：{command} status --config {config}", soft_wrap=True, markup=False)
