"""The engine, the migrations, and what they promise of one another."""

import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, MetaData, inspect, text

from rules.model import State
from storage.database import migrations, open_database, upgrade
from storage.errors import StorageError, StorageNewer, StorageUnreachable
from storage.ledger import Ledger
from storage.tables import Record
from tests.storage.given import CAMPAIGN, later, sha

REVISIONS = [script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()][::-1]

# Rows as the version of that revision would have written them: (table, values), after those of earlier revisions.
SAMPLES: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "0001": [
        ("unit", {"code": "01", "position": 1, "name": "示例学院党总支", "kind": "党总支", "aliases": [],
                  "addresses": ["a@example.edu.cn"], "contact": "", "phone": "", "exempt": False, "note": ""}),
        ("cursor", {"account": "a", "folder": "INBOX", "uidvalidity": 9, "last_uid": 7}),
        ("mail", {"id": 1, "account": "a", "folder": "INBOX", "uidvalidity": 9, "uid": 7, "message_id": "m",
                  "sha256": sha("mail"), "size": 5, "received_at": later(), "sender": "a@example.edu.cn",
                  "subject": "总结", "outcome": "filed", "reason": "", "campaign": CAMPAIGN, "files": 1,
                  "move_to": "", "moved": True}),
        ("standing", {"id": 1, "campaign": CAMPAIGN, "unit": "01", "deliverable": "report", "state": "accepted",
                      "current_version": 1, "completed_at": later(), "copies": 0, "note": ""}),
        ("receipt", {"standing": 1, "version": 1, "name": "总结.docx", "sha256": sha("report"), "size": 3,
                     "received_at": later(), "sender": "a@example.edu.cn", "mail": 1, "path": "",
                     "examination": {"title": "总结", "findings": [{"rule": "S1", "level": "must", "message": "缺"}]},
                     "identification": {"unit": "01", "confidence": 0.9}}),
        ("letter", {"id": 1, "key": "ack:1", "message_id": "k", "kind": "acknowledgement", "subject": "已收到",
                    "content_sha256": sha("letter"), "campaign": CAMPAIGN, "answers": "m", "created_at": later(),
                    "state": "waiting", "attempts": 0, "last_error": "", "reported": False}),
        ("letter_address", {"letter": 1, "position": 1, "address": "a@example.edu.cn"}),
        ("trouble", {"account": "a", "folder": "INBOX", "uidvalidity": 9, "uid": 8, "received_at": later(),
                     "attempts": 1, "next_at": later(), "error": "KeyError"}),
    ],
    "0002": [
        ("trouble", {"account": "a", "folder": "INBOX", "uidvalidity": 9, "uid": 9, "received_at": later(),
                     "attempts": 1, "next_at": later(), "error": "KeyError", "sender": "a@example.edu.cn"}),
    ],
    "0003": [("text_print", {"sha256": sha("report"), "characters": 3, "hashes": bytes(8)})],
    "0004": [],
}  # fmt: skip


def fill(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for known in REVISIONS[: REVISIONS.index(revision) + 1]:
            for table, values in SAMPLES[known]:
                connection.execute(tables.tables[table].insert().values(**values))


@pytest.fixture
def empty(empty_url: str) -> Any:
    engine = open_database(empty_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_each_earlier_revision_is_upgraded_and_keeps_its_rows(empty: Engine, revision: str) -> None:
    upgrade(empty, revision)
    fill(empty, revision)
    upgrade(empty)
    with Ledger(empty).transaction() as book:
        standing = book.standing(CAMPAIGN, "01", "report")
        assert standing.state is State.ACCEPTED
        assert standing.receipt is not None
        assert standing.receipt.examination.findings[0].message == "缺"
        assert book.mail(1).subject == "总结"
        assert [trouble.sender for trouble in book.troubles()] == ["", "a@example.edu.cn"][: int(revision)]
        assert book.roster().unit("01").addresses == ("a@example.edu.cn",)
        assert [letter.recipients for letter in book.outbox.due(later(days=1), 9)] == [("a@example.edu.cn",)]


def described(inspector: Inspector) -> dict[str, Any]:
    """Everything that a database says of its schema, in an order that does not depend on how it came about."""
    tables = sorted(set(inspector.get_table_names()) - {"alembic_version"})
    return {
        table: {
            "columns": sorted((str(c["name"]), str(c["type"]), c["nullable"], c["default"])
                              for c in inspector.get_columns(table)),
            "primary": inspector.get_pk_constraint(table),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
            "foreign": sorted(map(str, inspector.get_foreign_keys(table))),
            "checks": sorted(map(str, inspector.get_check_constraints(table))),
            "indexes": sorted(map(str, inspector.get_indexes(table))),
        }
        for table in tables
    }  # fmt: skip


def test_the_migrations_make_the_very_schema_that_the_tables_describe(empty: Engine) -> None:
    upgrade(empty)
    migrated = described(inspect(empty))
    with empty.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        Record.metadata.drop_all(connection)
        Record.metadata.create_all(connection)
    assert described(inspect(empty)) == migrated
    assert migrated["receipt"]["checks"]


def test_upgrading_twice_and_from_two_threads_at_once_does_no_harm(empty_url: str) -> None:
    engines = [open_database(empty_url) for _ in range(3)]
    failures: list[BaseException] = []

    def work(engine: Engine) -> None:
        try:
            upgrade(engine)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    upgrade(engines[0])
    with Ledger(engines[0]).reading() as book:
        assert book.mailbox_counts().seen == 0
    for engine in engines:
        engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone(empty: Engine) -> None:
    upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageNewer, match="9999"):
        upgrade(empty)


def test_the_folder_one_stands_in_does_not_matter_to_an_upgrade(
    empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    upgrade(empty)
    assert "mail" in inspect(empty).get_table_names()


def test_sqlite_is_told_to_outlive_a_power_cut(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'mailbot.db'}")
    with engine.begin() as connection:
        said = {name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    engine.dispose()
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


@pytest.mark.parametrize("url", ["mysql://user:geheim@host/db", "sqlite://", "no url: geheim", "sqlite:///:memory:"])
def test_what_is_no_database_for_us_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StorageError) as raised:
        open_database(url)
    assert "geheim" not in str(raised.value)


def test_a_server_that_is_not_there_is_unreachable_and_the_password_stays_out_of_it() -> None:
    engine = open_database("postgresql://bot:geheim@127.0.0.1:1/mailbot")
    with pytest.raises(StorageUnreachable) as raised:
        upgrade(engine)
    assert raised.value.again
    assert "geheim" not in str(raised.value)
    engine.dispose()


def test_every_text_and_time_column_is_of_our_own_types() -> None:
    types = {type(column.type).__name__ for table in Record.metadata.tables.values() for column in table.columns}
    assert types == {"CleanText", "UtcTime", "Integer", "BigInteger", "Boolean", "Enum", "JSON", "LargeBinary"}
