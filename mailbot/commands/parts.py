"""What the commands share: options, exit codes, one-line errors, the parts opened and closed."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from mailbot.app import App, build
from mailbot.config import ConfigError, load_settings
from mailbot.errors import OutsideError
from mailbot.lock import AlreadyRunning
from mailbot.logs import set_up_logs
from mailbot.settings import Settings
from rules.campaign import Campaign
from rules.text import visible
from storage.errors import StorageError


class Exit(IntEnum):
    """The table of exit codes (`docs/commands.md`)."""

    DONE = 0
    NEEDS_A_PERSON = 1
    WRONG_USAGE = 2
    UNREACHABLE = 3


ConfigOption = Annotated[
    Path,
    typer.Option("--config", envvar="MAILBOT_CONFIG", help="The configuration file.", show_default="./config.toml"),
]
CampaignOption = Annotated[
    str, typer.Option("--campaign", help="The id of a campaign; without it, the first of the configuration.")
]
CONFIG = Path("config.toml")
LAST_YEAR = 2200


WIDE = 1000
"""Columns where nobody looks on: a file or a pipe gets every row on one line, and nothing cut off."""


def out(wrap: bool = False) -> Console:
    """Made at each call: the terminal may have changed, and tests catch what is written."""
    width = None if sys.stdout.isatty() else WIDE
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=not wrap, width=width)


def say(words: object) -> None:
    """For people, on stdout. Subjects and names come from outside: nothing in them steers the terminal."""
    out().print(visible(str(words)))


def show(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for people, on stdout."""
    table = Table(*header, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(visible(cell).replace("\n", " ") for cell in row))
    out(wrap=True).print(table)


def fail(line: str, code: Exit = Exit.WRONG_USAGE) -> NoReturn:
    """One line on stderr, and the end."""
    complain(line)
    raise typer.Exit(code)


def complain(line: object) -> None:
    print(f"mailbot: {visible(str(line))}".replace("\n", " "), file=sys.stderr)


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Every known failure as one line with its exit code; never a traceback for bad input."""
    try:
        yield
    except ConfigError as error:
        for fault in error.faults:
            complain(fault)
        raise typer.Exit(Exit.WRONG_USAGE) from None
    except OutsideError as error:
        fail(str(error), outside(error))
    except StorageError as error:
        code = Exit.UNREACHABLE if error.again else Exit.WRONG_USAGE
        fail(f"{error}{'; ' + error.remedy if error.remedy else '; try again later'}", code)
    except AlreadyRunning as error:
        fail(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{error.filename or 'disk'}: {error.strerror or error}; look at the path, the rights and the space on it")


def outside(error: OutsideError) -> Exit:
    """Trying later helps, or a person has to mend the configuration: a login, a certificate, a folder."""
    return Exit.UNREACHABLE if error.temporary else Exit.WRONG_USAGE


def settings_of(config: Path) -> Settings:
    settings = load_settings(config, os.environ)
    set_up_logs(settings.log.format, settings.log.level)
    return settings


@contextlib.contextmanager
def open_app(config: Path) -> Iterator[App]:
    """The parts, for one command."""
    with guarded():
        app = build(settings_of(config))
        try:
            yield app
        finally:
            app.close()


def campaign_of(app: App, wanted: str) -> Campaign:
    if not wanted:
        return app.campaigns[0]
    campaign = app.campaign(wanted)
    if campaign is None:
        fail(f"--campaign {wanted}: unknown; the configuration has {', '.join(one.id for one in app.campaigns)}")
    return campaign


def moment_of(text: str, campaign: Campaign, option: str = "--at") -> datetime:
    """ISO 8601; without a zone it is meant in the campaign's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        fail(f'{option} {text}: not a time; write it as "2012-09-10 09:00"')
    if not 1970 <= moment.year <= LAST_YEAR:
        fail(f"{option} {text}: no campaign is then; the year is from 1970 to {LAST_YEAR}")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=campaign.tz)


def numbers(words: Sequence[str], what: str) -> list[int]:
    try:
        return [int(word) for word in words]
    except ValueError:
        fail(f"{what}: give the numbers that the list shows")
