"""The same tests on SQLite and on a real PostgreSQL: `engine` and `ledger` come in both kinds."""

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.archive import Archive
from storage.database import open_database, upgrade
from storage.ledger import Ledger
from storage.tables import Record
from tests.storage.postgresql import PostgreSQL, running

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.server)]
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A server with a migrated database `migrated`, emptied after every test."""
    with running() as server:
        engine = open_database(server.create("migrated"))
        upgrade(engine)
        engine.dispose()
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    path = tmp_path_factory.mktemp("migrated") / "mailbot.db"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(params=BOTH)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'mailbot.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = f"empty{next(_numbers)}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database without any row."""
    if backend == "sqlite":
        path = tmp_path / "mailbot.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    yield server.url("migrated")
    server.clear("migrated", sorted(Record.metadata.tables))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def ledger(engine: Engine) -> Ledger:
    return Ledger(engine)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "var")


@pytest.fixture
def root(archive: Archive, tmp_path: Path) -> Path:
    del archive
    return tmp_path / "var"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB; only root can mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk can only be mounted by root: run the tests as root to include this one")
    yield place
    subprocess.run(["umount", place], check=True)
