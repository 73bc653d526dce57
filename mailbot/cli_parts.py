"""What the commands share: options, exit codes, one-line errors, the parts opened and closed."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from mailbot.app import App, build
from mailbot.config import ConfigError, load_settings
from mailbot.errors import LoginRefused, OutsideError
from mailbot.lock import AlreadyRunning
from mailbot.logs import set_up_logs
from mailbot.settings import Settings
from rules.campaign import Campaign
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


def out() -> Console:
    """Made at each call: the terminal may have changed, and tests catch what is written."""
    return Console(highlight=False, soft_wrap=True)


def fail(line: str, code: Exit = Exit.WRONG_USAGE) -> NoReturn:
    """One line on stderr, and the end."""
    print(f"mailbot: {line}", file=sys.stderr)
    raise typer.Exit(code)


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Every known failure as one line with its exit code; never a traceback for bad input."""
    try:
        yield
    except ConfigError as error:
        for fault in error.faults:
            print(f"mailbot: {fault}", file=sys.stderr)
        raise typer.Exit(Exit.WRONG_USAGE) from None
    except LoginRefused as error:
        fail(str(error), Exit.UNREACHABLE)
    except OutsideError as error:
        fail(str(error), Exit.UNREACHABLE)
    except StorageError as error:
        fail(f"{error}{'; ' + error.remedy if error.remedy else ''}", Exit.UNREACHABLE)
    except AlreadyRunning as error:
        fail(str(error))


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
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=campaign.tz)


def numbers(words: Sequence[str], what: str) -> list[int]:
    try:
        return [int(word) for word in words]
    except ValueError:
        fail(f"{what}: give the numbers that the list shows")
