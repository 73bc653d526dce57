"""`mailbot doctor`: looks at everything that the bot will need and says in one line each what is wrong with it.

It sends nothing, makes nothing on the servers (selecting a folder is all it does there) and nothing on the disk: the
database and data_dir stay absent where they are absent; a probe of the disk is taken away again.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from mailbot.checkup.check import Check, Level, Subject, exit_code, ok, problem
from mailbot.checkup.disk import examine_data_dir, examine_database, examine_running
from mailbot.checkup.files import examine_campaigns, examine_roster
from mailbot.checkup.imap import examine_imap
from mailbot.checkup.machine import examine_bundles, examine_clock, examine_converters
from mailbot.checkup.settings import examine_settings
from mailbot.checkup.smtp import examine_smtp
from mailbot.config import ConfigError, load_settings
from mailbot.settings import Settings
from storage.condition import Condition, condition
from storage.errors import StorageError

__all__ = ["Check", "Level", "Subject", "examine", "exit_code"]

# Faults of load_settings that people meet first, and what to do about them; else _MEND.
_MEND = "correct this key; docs/configuration.md explains every one"
_REMEDIES = (
    ("password_file", "make this file with the password in its first line, or clear the key and use the environment"),
    ("mailbot init", "make a configuration first"),
    ("not valid TOML", "correct that line: texts stand in quotes, lists in [ ], every key only once"),
)


def examine(config_path: Path, environ: Mapping[str, str], now: datetime) -> Iterator[Check]:
    """Every check, one after the other, as they are made; one that fails does not keep the others from being made."""
    yield from _guarded(Subject.CLOCK, examine_clock(now))
    try:
        settings = load_settings(config_path, environ)
    except ConfigError as error:
        for fault in error.faults:
            yield problem(Subject.CONFIGURATION, str(fault), _remedy(str(fault)))
        return
    yield ok(Subject.CONFIGURATION, f"{config_path} is understood")
    yield from _guarded(Subject.CONFIGURATION, examine_settings(settings, config_path, environ))
    yield from _guarded(Subject.CONVERTERS, examine_converters(settings))
    yield from _guarded(Subject.BUNDLES, examine_bundles())
    yield from _guarded(Subject.CAMPAIGN, examine_campaigns(settings, now))
    yield from _examine_storage(settings, now)
    yield from _guarded(Subject.IMAP, examine_imap(settings, now))
    yield from _guarded(Subject.SMTP, examine_smtp(settings))


def _examine_storage(settings: Settings, now: datetime) -> Iterator[Check]:
    yield from _guarded(Subject.DATA_DIR, examine_data_dir(settings))
    found = _condition(settings)
    yield from _guarded(Subject.DATABASE, examine_database(settings, found))
    yield from _guarded(Subject.RUNNING, examine_running(settings, now))
    kept = found.roster if isinstance(found, Condition) else None
    yield from _guarded(Subject.ROSTER, examine_roster(settings, kept))


def _condition(settings: Settings) -> Condition | Exception:
    try:
        return condition(settings.database_url)
    except (StorageError, ImportError) as error:
        return error


def _remedy(fault: str) -> str:
    return next((remedy for words, remedy in _REMEDIES if words in fault), _MEND)


def _guarded(what: Subject, checks: Iterator[Check]) -> Iterator[Check]:
    try:
        yield from checks
    except Exception as error:  # noqa: BLE001 - the other checks are made whatever happens to this one
        yield problem(what, f"could not be examined: {type(error).__name__}", "report this as a fault of the program")
