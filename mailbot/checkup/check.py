"""What a check of `mailbot doctor` says: one line, and what it means for the exit code."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

CONFIGURATION, UNREACHABLE = 2, 3  # exit codes (INTERFACE: Commands)


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"  # it works, but somebody should look
    PROBLEM = "problem"  # it will not work like this


class Subject(StrEnum):
    """What is looked at; docs/doctor.md has a row for each."""

    CLOCK = "clock"
    CONVERTERS = "converters"
    BUNDLES = "bundles"
    CONFIGURATION = "configuration"
    PASSWORD = "password"  # noqa: S105 - a heading
    STAFF = "staff"
    SENDER = "sender"
    LIMITS = "limits"
    CAMPAIGN = "campaign"
    CALENDAR = "calendar"
    DATA_DIR = "data_dir"
    DATABASE = "database"
    RUNNING = "running"
    ROSTER = "roster"
    IMAP = "imap"
    IMAP_LOGIN = "imap login"
    IMAP_ABILITIES = "imap abilities"
    FOLDER = "folder"
    SMTP = "smtp"
    SMTP_LOGIN = "smtp login"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `todo` is empty where nothing is to be done.

    `away`: a server that cannot be reached now; it may be back later without anybody's help.
    """

    what: Subject
    level: Level
    said: str
    todo: str = ""
    away: bool = False

    def __str__(self) -> str:
        """One line, whatever the parts hold."""
        line = f"{self.level:<8}{self.what}: {self.said}" + (f"; {self.todo}" if self.todo else "")
        return " ".join(line.splitlines())


def ok(what: Subject, said: str) -> Check:
    return Check(what, Level.OK, said)


def warning(what: Subject, said: str, todo: str) -> Check:
    return Check(what, Level.WARNING, said, todo)


def problem(what: Subject, said: str, todo: str, away: bool = False) -> Check:
    return Check(what, Level.PROBLEM, said, todo, away)


def exit_code(checks: Iterable[Check]) -> int:
    """0: all well or only warnings; 2: a person must mend something; 3: nothing but servers that are not reached."""
    problems = [check for check in checks if check.level is Level.PROBLEM]
    if any(not check.away for check in problems):
        return CONFIGURATION
    return UNREACHABLE if problems else 0
