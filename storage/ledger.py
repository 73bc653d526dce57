"""What arrived and what was decided: one transaction at a time, all of it or nothing."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import Engine
from sqlmodel import Session

from storage.cases import Cases
from storage.database import READING
from storage.failures import database_errors
from storage.mails import Mails
from storage.outbox import Outbox
from storage.prints import Prints
from storage.roster import RosterPages
from storage.standings import Standings


class Book(Mails, Standings, Cases, Prints, RosterPages):
    """The ledger as one transaction sees it, and the outbox with it: a receipt and its answer are written together."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.outbox = Outbox(session)


class Ledger:
    """Opens transactions on a database whose schema is up to date (`storage.database.upgrade`).

    Inside a transaction every failure of the database is a StorageError; whatever is raised, nothing was written.
    StorageBusy and StorageConflict mean that another process was first: read again and decide again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READING: True})

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Book]:
        """For writing: commits at the end, rolls back when anything is raised. On SQLite one writer at a time."""
        with database_errors("write to the ledger"), Session(self._engine) as session, session.begin():
            yield Book(session)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Book]:
        """For looking only: waits for no writer and is refused any change."""
        with database_errors("read the ledger"), Session(self._reader) as session, session.begin():
            yield Book(session)

    def close(self) -> None:
        self._engine.dispose()
