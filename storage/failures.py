"""What a database driver says, as errors of storage."""

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from storage.errors import (
    Damaged,
    StorageBusy,
    StorageConflict,
    StorageError,
    StorageFull,
    StorageReadOnly,
    StorageUnreachable,
)

# Primary result codes of SQLite (https://sqlite.org/rescode.html): the low byte of the extended one.
SQLITE = {
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_READONLY: StorageReadOnly,
    sqlite3.SQLITE_PERM: StorageReadOnly,
    sqlite3.SQLITE_CANTOPEN: StorageReadOnly,
    sqlite3.SQLITE_BUSY: StorageBusy,
    sqlite3.SQLITE_LOCKED: StorageBusy,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: Damaged,
}
# Extended codes that say more than their low byte. The file of shared memory beside the database could not grow.
SQLITE_EXTENDED = {sqlite3.SQLITE_IOERR_SHMSIZE: StorageFull}
# SQLSTATE of PostgreSQL (appendix A of its manual): five letters, or the class of two.
POSTGRESQL = {
    "53100": StorageFull,
    "25006": StorageReadOnly,
    "42501": StorageReadOnly,
    "40001": StorageBusy,
    "40P01": StorageBusy,
    "55P03": StorageBusy,
    "XX001": Damaged,
    "08": StorageUnreachable,
    "28": StorageUnreachable,
    "3D": StorageUnreachable,
    "53": StorageUnreachable,
    "57": StorageUnreachable,
}


@contextlib.contextmanager
def database_errors(doing: str) -> Iterator[None]:
    """Turns the driver's errors inside into a StorageError. Statements and values (personal data) stay out of it."""
    try:
        yield
    except DBAPIError as error:
        kind = meaning(error)
        raise kind(f"{doing}: {type(error.orig).__name__}{_short(error)}") from error


def meaning(error: DBAPIError) -> type[StorageError]:
    """Which StorageError a driver's error is."""
    if isinstance(error, IntegrityError):
        return StorageConflict
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return SQLITE_EXTENDED.get(code) or SQLITE.get(code & 0xFF, StorageError)
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return POSTGRESQL.get(state) or POSTGRESQL.get(state[:2], StorageError)
    # psycopg gives no SQLSTATE when there is no server to give one.
    return StorageUnreachable if isinstance(error, OperationalError | InterfaceError) else StorageError


def _short(error: DBAPIError) -> str:
    """What SQLite says of itself is one short line without values; PostgreSQL may quote the row: only its SQLSTATE."""
    if isinstance(error.orig, sqlite3.Error):
        return f": {error.orig}"
    state = getattr(error.orig, "sqlstate", None)
    return f" (SQLSTATE {state})" if state else ""
