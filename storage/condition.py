"""In what condition a database is, found out without changing it: for `mailbot doctor`."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError

from rules.model import Roster
from storage.database import READING, migrations, open_database
from storage.failures import database_errors
from storage.ledger import Ledger


class State(StrEnum):
    """What the next start of the bot will have to do with it."""

    ABSENT = "absent"  # SQLite: there is no file yet
    EMPTY = "empty"  # no tables yet
    OLDER = "older"  # an upgrade is due
    CURRENT = "current"
    NEWER = "newer"  # of a later version of the program


@dataclass(frozen=True)
class Condition:
    """`roster` is what was imported; without units where the state is not CURRENT."""

    state: State
    roster: Roster = field(default_factory=lambda: Roster(()))


def condition(url: str) -> Condition:
    """Looks at a database; makes no file, no table and no upgrade. StorageError when it cannot be opened or read."""
    file = _sqlite_file(url)
    if file is not None and not file.exists():
        return Condition(State.ABSENT)
    engine = open_database(url)
    try:
        state = _state(engine)
        if state is not State.CURRENT:
            return Condition(state)
        with Ledger(engine).reading() as book:
            return Condition(state, book.roster())
    finally:
        engine.dispose()


def _sqlite_file(url: str) -> Path | None:
    """The file of an SQLite URL; None for what `open_database` will judge."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _state(engine: Engine) -> State:
    reader = engine.execution_options(**{READING: True})
    with database_errors("look at the database"), reader.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    script = ScriptDirectory.from_config(migrations())
    if not present:
        return State.EMPTY
    if present == set(script.get_heads()):
        return State.CURRENT
    known = {each.revision for each in script.walk_revisions()}
    return State.OLDER if present <= known else State.NEWER
