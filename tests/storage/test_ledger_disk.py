"""The ledger on SQLite when the disk is full, read-only, or holds something else."""

import subprocess
from pathlib import Path

import pytest

from storage.database import open_database, upgrade
from storage.errors import Damaged, StorageFull, StorageReadOnly
from storage.ledger import Ledger


def ledger_at(path: Path) -> Ledger:
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    return Ledger(engine)


def test_a_full_disk_is_said_and_changes_nothing(small_disk: Path) -> None:
    ledger = ledger_at(small_disk / "mailbot.db")
    with pytest.raises(StorageFull) as raised, ledger.transaction() as book:
        book.set_setting("long", "x" * 1_000_000)
    assert raised.value.again
    assert "free" in raised.value.remedy
    with ledger.transaction() as book:
        assert book.setting("long") is None
        book.set_setting("short", "x")
    ledger.close()


def test_a_disk_that_became_read_only_is_said_and_what_was_there_stays(small_disk: Path) -> None:
    ledger = ledger_at(small_disk / "mailbot.db")
    with ledger.transaction() as book:
        book.set_setting("kept", "1")
    ledger.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StorageReadOnly) as raised, ledger.transaction() as book:
        book.set_setting("kept", "2")
    assert raised.value.again
    ledger.close()
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    with ledger.reading() as book:
        assert book.setting("kept") == "1"
    ledger.close()


def test_a_file_that_is_no_database_is_damaged_and_nobody_overwrites_it(tmp_path: Path) -> None:
    path = tmp_path / "mailbot.db"
    path.write_bytes(b"no database at all" * 100)
    engine = open_database(f"sqlite:///{path}")
    with pytest.raises(Damaged):
        upgrade(engine)
    engine.dispose()
    assert path.read_bytes().startswith(b"no database")
