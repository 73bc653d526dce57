"""What `storage.condition` says of a database, on both kinds, and that looking changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from rules.model import Kind, Roster, Unit
from storage import condition as looking
from storage.condition import State, condition
from storage.database import open_database, upgrade
from storage.errors import StorageError, StorageUnreachable
from storage.ledger import Ledger


def revised(url: str, revision: str) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    engine.dispose()


def test_a_file_that_is_not_there_is_absent_and_stays_so(tmp_path: Path) -> None:
    assert condition(f"sqlite:///{tmp_path / 'below' / 'mailbot.db'}").state is State.ABSENT
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_gets_none(empty_url: str) -> None:
    engine = open_database(empty_url)
    engine.connect().close()
    assert condition(empty_url).state is State.EMPTY
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_the_roster_of_a_current_one_is_read(url: str) -> None:
    assert condition(url) == looking.Condition(State.CURRENT, Roster(()))
    roster = Roster((Unit("01", "示例学院党总支", Kind.GENERAL_BRANCH),))
    engine = open_database(url)
    with Ledger(engine).transaction() as book:
        book.replace_roster(roster)
    engine.dispose()
    assert condition(url).roster == roster


def test_one_of_a_newer_version_is_known_by_its_revision(empty_url: str) -> None:
    engine = open_database(empty_url)
    upgrade(engine)
    engine.dispose()
    revised(empty_url, "9999")
    assert condition(empty_url) == looking.Condition(State.NEWER)


def test_one_of_an_earlier_version_is_left_for_the_next_start(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later:
        """The migrations of a version after this one."""

        def __init__(self) -> None:
            self.revision = "9999"

        def get_heads(self) -> list[str]:
            return ["9999"]

        def walk_revisions(self) -> list[object]:
            return [self, *known]

    known = list(looking.ScriptDirectory.from_config(looking.migrations()).walk_revisions())
    monkeypatch.setattr(looking.ScriptDirectory, "from_config", lambda _: Later())
    assert condition(url) == looking.Condition(State.OLDER)


@pytest.mark.parametrize("url", ["mysql://a:geheim@b/c", "geheim", "sqlite://"])
def test_an_address_that_is_none_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(StorageError) as caught:
        condition(url)
    assert "geheim" not in str(caught.value)


def test_a_server_that_is_not_there_is_unreachable() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StorageUnreachable) as caught:
        condition("postgresql+psycopg://bot:geheim@127.0.0.1:1/bot")
    assert "geheim" not in str(caught.value)
