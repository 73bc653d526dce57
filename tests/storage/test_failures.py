"""What a driver says, and what it means to us."""

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storage import errors
from storage.errors import StorageError
from storage.failures import database_errors, meaning


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (psycopg.errors.DiskFull(), errors.StorageFull),
        (psycopg.errors.ReadOnlySqlTransaction(), errors.StorageReadOnly),
        (psycopg.errors.InsufficientPrivilege(), errors.StorageReadOnly),
        (psycopg.errors.SerializationFailure(), errors.StorageBusy),
        (psycopg.errors.DeadlockDetected(), errors.StorageBusy),
        (psycopg.errors.DataCorrupted(), errors.Damaged),
        (psycopg.errors.AdminShutdown(), errors.StorageUnreachable),
        (psycopg.errors.TooManyConnections(), errors.StorageUnreachable),
        (psycopg.errors.InvalidPassword(), errors.StorageUnreachable),
        (psycopg.errors.UndefinedTable(), errors.StorageError),
        (psycopg.OperationalError("connection refused"), errors.StorageUnreachable),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
)
def test_every_failure_of_postgresql_has_its_meaning(said: psycopg.Error, kind: type[StorageError]) -> None:
    assert meaning(OperationalError("SELECT", {}, said)) is kind


def test_a_refused_key_is_a_conflict() -> None:
    assert meaning(IntegrityError("INSERT", {}, psycopg.errors.UniqueViolation())) is errors.StorageConflict


def test_neither_statement_nor_values_are_repeated() -> None:
    said = psycopg.errors.InvalidTextRepresentation("value 张三 is wrong")
    with pytest.raises(StorageError) as raised, database_errors("write to the ledger"):
        raise DBAPIError("INSERT INTO mail VALUES (:subject)", {"subject": "张三"}, said)
    assert str(raised.value) == "write to the ledger: InvalidTextRepresentation (SQLSTATE 22P02)"


def test_what_is_no_failure_of_the_database_passes_through() -> None:
    with pytest.raises(ZeroDivisionError), database_errors("count"):
        raise ZeroDivisionError


def test_who_can_wait_and_who_needs_a_person_is_said_for_each_error() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, StorageError)]
    assert len(kinds) >= 10
    assert all(kind.again or kind.remedy for kind in kinds)
    assert all(kind.__doc__ for kind in kinds)
