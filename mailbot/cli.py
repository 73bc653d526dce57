"""The commands. What they print is for people; `--json` is for programs. Errors are one line: what, where, what to do.

Exit codes: 0 done; 1 done, but something needs a person (set aside, findings of level must); 2 wrong usage or
configuration; 3 a server cannot be reached, try later.
"""

import sys
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mailbot import __version__
from mailbot.commands.copies import copies
from mailbot.commands.decide import decide
from mailbot.commands.judge import check, teach
from mailbot.commands.keep import outbox, replay, roster, set_aside
from mailbot.commands.look import demo, doctor, init
from mailbot.commands.parts import Exit, complain
from mailbot.commands.run import remind, run, sheet, status


class OneLine(TyperGroup):
    """Wrong usage is one line, like every other error; typer alone writes four."""

    def main(self, *arguments: Any, **more: Any) -> Any:
        try:
            sys.exit(super().main(*arguments, **{**more, "standalone_mode": False}))
        except typer.Abort:
            complain("no answer, nothing was changed; --yes goes ahead without asking")
            sys.exit(Exit.NEEDS_A_PERSON)
        except typer.TyperException as error:
            context = getattr(error, "ctx", None)
            asked_nothing = context is not None and error.message == context.get_help()
            if asked_nothing:
                print(error.message, file=sys.stderr)
            else:
                tip = f" Try: {context.command_path} --help" if context is not None else ""
                complain(error.format_message() + tip)
            sys.exit(Exit.WRONG_USAGE)


command_line = typer.Typer(
    cls=OneLine,
    name="mailbot",
    help="Collects the reports of Party branches by e-mail: files, checks, answers, reminds, keeps the 台账.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for command in (demo, init, doctor, run, status, check, teach, decide, remind, sheet, copies, replay):
    command_line.command()(command)
command_line.add_typer(roster, name="roster")
command_line.add_typer(outbox, name="outbox")
command_line.add_typer(set_aside, name="set-aside")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"zuzhib-mailbot {__version__}")
        raise typer.Exit


@command_line.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Which version.")
    ] = False,
) -> None:
    """Collects the reports of Party branches by e-mail: files, checks, answers, reminds, keeps the 台账."""


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows writes files in GBK, which has no ✓: better a question mark than no answer.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    command_line()
