"""What the demo shows while it plays: a line for all that happens, and on a terminal a bar with the date."""

from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from mailbot.demo.letters import KINDS, STRANGER, addressee, said, short
from mailbot.demo.mail import Post
from mailbot.demo.server import Delivered
from rules.model import LetterKind, Outcome, Roster
from rules.pages.lists import OUTCOMES
from storage.nouns import Outgoing

WEEKDAYS = "一二三四五六日"
STYLES = {
    Outcome.FILED: "green",
    Outcome.ORDER: "cyan",
    Outcome.SET_ASIDE: "yellow",
    Outcome.AUTOMATIC: "bright_black",
    Outcome.NOT_OURS: "bright_black",
    Outcome.OWN: "bright_black",
    Outcome.DUPLICATE: "bright_black",
}
SUBJECT = 30


class Screen:
    """The one place that writes while the story runs; without a terminal the bar is left out, the lines stay."""

    def __init__(self, console: Console, roster: Roster, mails: int) -> None:
        self._console = console
        self._roster = roster
        self._letters = 0
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("封来信 · {task.fields[letters]} 封去信"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=mails, letters=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def time(self, at: datetime) -> None:
        self._bar.update(self._task, description=moment(at))

    def mail(self, post: Post, outcome: Outcome | None) -> None:
        """One mail that came, what it is there for, and what became of it."""
        sender = who(post, self._roster)
        label = OUTCOMES[outcome] if outcome is not None else "没有处理"
        style = STYLES[outcome] if outcome is not None else "red"
        files = f" +{len(post.files)}" if post.files else ""
        line = Text.assemble(
            (f"{moment(post.at)}  来  ", "bright_black"),
            f"{sender}：{short(post.subject, SUBJECT) or '（无主题）'}{files}",
            (f"  〔{post.shows}〕" if post.shows else "", "italic"),
            ("  " + label, style),
        )
        self._write(line)
        self._bar.advance(self._task)

    def hour(self, at: datetime) -> None:
        self._write(Text(f"{moment(at)}  到点", "bright_black"))

    def letter(self, letter: Delivered, kind: LetterKind) -> None:
        """One letter that the mail server took."""
        self._letters += 1
        self._bar.update(self._task, letters=self._letters)
        to = addressee(letter.recipients[0], self._roster)
        self._write(Text.assemble("      去  ", (KINDS[kind], "bold"), f" → {to}：{said(letter)}"))

    def put_off(self, letter: Outgoing) -> None:
        """A letter that the mail server did not take yet."""
        self._trouble(letter, "稍后再发")

    def given_up(self, letter: Outgoing) -> None:
        """A letter that cannot be delivered."""
        self._trouble(letter, "放弃，告知工作人员")

    def _trouble(self, letter: Outgoing, fate: str) -> None:
        to = addressee(letter.recipients[0], self._roster)
        why = short(letter.last_error, SUBJECT)
        self._write(Text(f"      未送达  {KINDS[letter.kind]} → {to}：{why}；{fate}", "red"))

    def _write(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)


def moment(at: datetime) -> str:
    return f"{at:%m-%d} 周{WEEKDAYS[at.weekday()]} {at:%H:%M}"


def who(post: Post, roster: Roster) -> str:
    """The sender in our words where we know it, else as the mail says."""
    known = addressee(post.sender, roster)
    return known if known != STRANGER else short(post.name or post.sender, SUBJECT)
