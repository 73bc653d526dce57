"""Commands that look and prepare: demo, init, doctor, check."""

import importlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mailbot.commands.parts import CONFIG, ConfigOption, Exit, fail, guarded, say
from mailbot.doctor import examine, exit_code
from mailbot.init import init as write_files
from mailbot.init import next_steps
from mailbot.logs import set_up_logs


def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo writes its files.")] = Path("demo"),
) -> None:
    """An invented college's fortnight against an embedded mail server.

    Example: mailbot demo --dir demo
    """
    with guarded():
        try:
            # Its mail server is an optional extra, so it cannot be imported above.
            play = importlib.import_module("mailbot.demo.play").play
        except ImportError as error:
            cure = "install the wheel with [demo] behind its name, or run python3 dev.py demo in a checkout"
            fail(f"the demo needs its mail server ({error.name} is missing): {cure}")
        set_up_logs("console", "error")
        if not play(folder).holds:
            fail("the sums of the demo do not add up: see above", Exit.NEEDS_A_PERSON)


def init(folder: Annotated[Path, typer.Argument(help="A folder for the bot.", metavar="DIR")]) -> None:
    """Writes config.toml, roster.xlsx and campaign.toml to start from.

    Example: mailbot init /srv/mailbot
    """
    with guarded():
        write_files(folder)
        for step in next_steps(folder):
            say(step)


def doctor(config: ConfigOption = CONFIG) -> None:
    """Says what is wrong with the set-up and what to do; sends nothing.

    Example: mailbot doctor
    """
    checks = []
    for one in examine(config, os.environ, datetime.now(UTC)):
        checks.append(one)
        say(one)
    raise typer.Exit(exit_code(checks))
