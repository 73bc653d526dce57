"""The engine and the schema: SQLite (WAL) or PostgreSQL, the same code above."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from storage.errors import StorageError, StorageNewer, disk_errors
from storage.failures import database_errors

# What SQLite is told on every connection. FULL: an answer says 已收到, so the commit must outlive a power cut.
PRAGMAS = {
    "busy_timeout": "15000",
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
}
TRIES_TO_OPEN = 40  # a twentieth of a second apart
READING = "reading"  # execution option: this transaction writes nothing
UPGRADE_LOCK = 0x7A757A68  # "zuzh": the advisory lock of PostgreSQL under which one process at a time migrates


def open_database(url: str) -> Engine:
    """An engine for sqlite:///path or postgresql+psycopg://…; connects only when it is used.

    Raises StorageError for a URL that is neither, or a folder that cannot be made. The URL (it may hold a password)
    stays out of the message.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError("[storage] database is no database URL (postgresql+psycopg://user@host/name)") from error
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    if parsed.get_backend_name() == "postgresql":
        return _open_postgresql(parsed)
    raise StorageError(f"[storage] database: {parsed.get_backend_name()} is not sqlite or postgresql")


def _open_sqlite(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise StorageError("[storage] database: SQLite needs a file, memory forgets")
    with disk_errors("make the folder of the database"):
        _folder_of(url)
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _folder_of(url: URL) -> None:
    Path(url.database or "").absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # Python's sqlite3 would begin transactions by its own rules, too late for a writer's lock: we begin them.
    connection.isolation_level = None
    for name, value in PRAGMAS.items():
        _tell(connection, f"PRAGMA {name}={value}")


def _tell(connection: sqlite3.Connection, pragma: str) -> None:
    """A new database becomes WAL once: whoever comes at that moment is refused at once, whatever busy_timeout says."""
    for last in (False,) * (TRIES_TO_OPEN - 1) + (True,):
        try:
            connection.execute(pragma).fetchall()
        except sqlite3.OperationalError as error:
            if last or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE: a writer waits for the other one before it reads, so that nothing it has read is out of date.
    if connection.get_execution_options().get(READING):
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgresql(url: URL) -> Engine:
    # One snapshot for a whole transaction; two writers of the same row: the second is refused and tries again.
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10},
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(READING):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def migrations() -> Config:
    """The configuration of alembic, without an alembic.ini: the migrations travel inside the package."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Brings the schema up to `revision`, all steps or none; two processes at once do it one after the other.

    Raises StorageNewer when the database was made by a newer version of the program.
    """
    config = migrations()
    with database_errors("upgrade the database"), engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Rebuilding a table drops the old one: with foreign keys on, that would refuse. Only outside a transaction.
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        else:
            # Whoever had to wait for the lock must then see what the other one did: no snapshot from before.
            connection.execution_options(isolation_level="READ COMMITTED")
        try:
            with connection.begin():
                _migrate(connection, config, revision)
        finally:
            if connection.dialect.name == "sqlite":
                connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


def _migrate(connection: Connection, config: Config, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    present = MigrationContext.configure(connection).get_current_heads()
    if not known.issuperset(present):
        raise StorageNewer(f"the database has revision {', '.join(present)}, which this version does not know")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise StorageError("the database has rows that refer to nothing: it was left as it was")
