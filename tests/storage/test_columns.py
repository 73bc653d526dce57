"""What the columns let through, and in which shape."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from storage.columns import CleanText, UtcTime, clean
from tests.storage.given import NOW

THINGS = Table("things", MetaData(), Column("at", UtcTime), Column("words", CleanText))


def stored(engine: Engine, **values: object) -> tuple[object, object]:
    with engine.begin() as connection:
        THINGS.create(connection)
        connection.execute(insert(THINGS).values(**values))
        row = connection.execute(select(THINGS)).one()
        THINGS.drop(connection)
    return row[0], row[1]


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Asia/Shanghai"), timezone(timedelta(hours=-11, minutes=-30))])
def test_an_instant_comes_back_as_aware_utc(engine: Engine, zone: timezone | ZoneInfo) -> None:
    instant = datetime(2012, 9, 14, 23, 59, 59, 999_999, tzinfo=zone)
    at, _ = stored(engine, at=instant)
    assert at == instant
    assert isinstance(at, datetime)
    assert at.tzinfo is UTC


def test_a_naive_datetime_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="naive"):
        stored(engine, at=NOW.replace(tzinfo=None))


def test_nothing_stays_nothing(engine: Engine) -> None:
    assert stored(engine, at=None, words=None) == (None, None)


def test_a_nul_and_half_a_surrogate_can_be_stored(engine: Engine) -> None:
    assert stored(engine, words="a\0b\ud83d c 总结\U0001f600")[1] == "a\ufffdb\ufffd c 总结\U0001f600"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_clean_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@given(st.text(st.characters() | st.characters(categories=["Cs"])))
def test_cleaned_text_can_be_encoded_and_is_cleaned_once(text: str) -> None:
    cleaned = clean(text)
    assert "\0" not in cleaned
    assert cleaned.encode() == clean(cleaned).encode()
