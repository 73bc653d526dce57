"""The commands. What they print is for people; `--json` is for programs. Errors are one line: what, where, what to do.

Exit codes: 0 done; 1 done, but something needs a person (set aside, findings of level must); 2 wrong usage or
configuration; 3 a server cannot be reached, try later.
"""

from typing import Annotated

import typer

from mailbot import __version__
from mailbot.cli_keep import outbox, replay, roster, set_aside
from mailbot.cli_look import check, demo, doctor, init
from mailbot.cli_run import remind, run, sheet, status

command_line = typer.Typer(
    name="mailbot",
    help="Collects the reports of Party branches by e-mail: files, checks, answers, reminds, keeps the 台账.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for command in (demo, init, doctor, run, status, check, remind, sheet, replay):
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
    command_line()
