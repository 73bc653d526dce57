"""A PostgreSQL of our own for the tests: in a folder of its own, behind a Unix socket, gone when they are done."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers_start import absence

INSTALL = "apt-get install postgresql"
USER = "mailbot"
# Whatever happens to the machine, a test database may be lost: nothing waits for the disk.
QUICK = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=40"]


class PostgreSQL:
    """A running server; `create` and `drop` databases, `url` says how to reach one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def create(self, name: str) -> str:
        self._say("postgres", "CREATE DATABASE {}", name)
        return self.url(name)

    def clear(self, name: str, tables: list[str]) -> None:
        """Empties these tables of a database, and lets their numbers begin with 1 again."""
        self._say(name, f"TRUNCATE {', '.join(['{}'] * len(tables))} RESTART IDENTITY", *tables)

    def drop(self, name: str) -> None:
        self._say("postgres", "DROP DATABASE {} WITH (FORCE)", name)

    def ping(self) -> None:
        self._say("postgres", "SELECT 1")

    def _say(self, database: str, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user=USER, dbname=database, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def programs() -> Path:
    """The folder of `initdb` and `postgres`, of the newest version installed; skips by name where there is none."""
    homes = [*Path("/usr/lib/postgresql").glob("*/bin"), *(p.parent for p in [_on_path("initdb")] if p)]
    if not homes:
        absence(f"PostgreSQL is not installed: {INSTALL}")
    return max(homes, key=lambda home: (home.parent.name.isdigit(), home.parent.name))


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found).resolve() if found else None


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """PostgreSQL will not be run by root: then it is run by the user `postgres` that its package made."""
    home = programs()
    folder = Path(tempfile.mkdtemp(prefix="mailbot-pg-"))
    account: str | None = None
    if os.geteuid() == 0:
        account = "postgres"
        shutil.chown(folder, account)
    data = folder / "data"
    initdb = [home / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(initdb, user=account, group=account, extra_groups=[] if account else None, cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    serve = [home / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *QUICK]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(serve, user=account, group=account, extra_groups=[] if account else None, cwd=folder,
                               stdout=log, stderr=log)  # fmt: skip
    try:
        server = PostgreSQL(folder)
        _wait(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        log.close()
        shutil.rmtree(folder)


def _wait(server: PostgreSQL, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise ChildProcessError((server.folder / "log").read_text(errors="replace"))
        try:
            return server.ping()
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise TimeoutError("PostgreSQL does not answer")
