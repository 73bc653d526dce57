"""Standings, receipts, and what was read out of them."""

import dataclasses
import typing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from rules.model import (
    Candidate,
    Decision,
    Evidence,
    Examination,
    Finding,
    Identification,
    LetterKind,
    Level,
    Review,
    Roster,
    Standing,
    State,
)
from storage.database import open_database, upgrade
from storage.errors import StorageConflict
from storage.ledger import Ledger
from storage.records import examination_json, examination_of, identification_json, identification_of
from tests.storage.given import CAMPAIGN, CHINA, NOW, a_mail, later, put, receipt, sha, standing

READ = Examination(
    title="创先争优活动总结",
    review=Review(Evidence.BLOCK, "示例学院党总支", NOW, "¶40"),
    findings=(Finding("S1", Level.MUST, "没有找到“成效”", "¶12"),),
    chars=3210,
)


def test_what_was_never_touched_is_missing(ledger: Ledger) -> None:
    with ledger.reading() as book:
        assert book.standing(CAMPAIGN, "0101", "report") == Standing("0101", "report")
        assert book.standings(CAMPAIGN)["0101", "report"] == Standing("0101", "report")
        assert book.standings(CAMPAIGN) == {}


def test_a_standing_comes_back_as_it_was_saved(ledger: Ledger) -> None:
    known = Identification("0101", 0.97, ("title",), (Candidate("0101", 0.97, ("title",)), Candidate("0102", 0.4)))
    with ledger.transaction() as book:
        saved = Standing(
            "0101",
            "report",
            State.AWAITING_REVIEW,
            (receipt(a_mail(book, 1), 1, READ, known), receipt(a_mail(book, 2), 2)),
            current=2,
            completed_at=later(days=1),
            extended_to=later(days=9),
            copies=3,
            note="电话已联系",
        )
        book.save_standing(CAMPAIGN, saved)
    with ledger.reading() as book:
        assert book.standing(CAMPAIGN, "0101", "report") == saved
        assert book.standings(CAMPAIGN) == {("0101", "report"): saved}
        assert book.standings("another") == {}
        assert book.standing(CAMPAIGN, "0101", "paper").state is State.MISSING


def test_a_newer_version_is_added_and_the_older_one_stays(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        first = receipt(a_mail(book, 1))
        book.save_standing(CAMPAIGN, standing(first))
    with ledger.transaction() as book:
        second = receipt(a_mail(book, 2), version=2)
        book.save_standing(CAMPAIGN, standing(first, second))
        # Whoever forgets a version in the noun does not make the ledger forget it.
        book.save_standing(CAMPAIGN, standing(second))
    with ledger.reading() as book:
        assert book.standing(CAMPAIGN, "0101", "report").receipts == (first, second)


def test_what_was_read_out_of_a_version_can_be_renewed(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        first = receipt(a_mail(book))
        book.save_standing(CAMPAIGN, standing(first))
        renewed = replace(first, examination=READ, identification=Identification("0101", 1.0), path="收件/新.docx")
        book.save_standing(CAMPAIGN, standing(renewed, state=State.ACCEPTED))
    with ledger.reading() as book:
        found = book.standing(CAMPAIGN, "0101", "report")
        assert found.receipts == (renewed,)
        assert found.state is State.ACCEPTED


def test_the_bytes_of_a_version_are_never_rewritten(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        first = receipt(a_mail(book))
        book.save_standing(CAMPAIGN, standing(first))
    with pytest.raises(ValueError, match="version 1"), ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(replace(first, sha256=sha("other"))))


def test_the_same_bytes_are_one_version(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        first = receipt(a_mail(book))
    with pytest.raises(StorageConflict), ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(first, replace(first, version=2)))


def test_the_same_bytes_may_come_from_two_units(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        first = receipt(a_mail(book))
        book.save_standing(CAMPAIGN, standing(first, unit="0101"))
        book.save_standing(CAMPAIGN, standing(first, unit="0102"))
        assert len(book.standings(CAMPAIGN)) == 2


def test_a_receipt_without_its_mail_is_refused(ledger: Ledger) -> None:
    with pytest.raises(StorageConflict), ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(receipt(mail=4711)))


def test_a_new_roster_loses_no_receipt(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(receipt(a_mail(book))))
        book.replace_roster(Roster(()))
    with ledger.reading() as book:
        assert len(book.standing(CAMPAIGN, "0101", "report").receipts) == 1


def test_reminded_counts_the_letters_that_went_out_and_asked_for_it(ledger: Ledger) -> None:
    asked: dict[str, Any] = {"campaign": CAMPAIGN, "about": ("0101", "0102")}
    with ledger.transaction() as book:
        for hours, key, changed in (
            (1, "remind:1", asked | {"kind": LetterKind.REMINDER}),
            (2, "remind:2", asked | {"kind": LetterKind.OVERDUE, "about": ("0101",)}),
            (3, "ack:1", asked),
            (4, "remind:other", asked | {"kind": LetterKind.REMINDER, "campaign": "another"}),
        ):
            number = put(book, key, **changed)
            book.outbox.claim(number, later(hours=hours))
            book.outbox.mark_sent(number, later(hours=hours))
        put(book, "remind:unsent", **(asked | {"kind": LetterKind.REMINDER}))
        book.save_standing(CAMPAIGN, Standing("0101", "report", State.INCOMPLETE))
    with ledger.reading() as book:
        table = book.standings(CAMPAIGN)
        reminded = {unit: (table[unit, "report"].reminded, table[unit, "report"].reminded_at)
                    for unit in ("0101", "0102", "0103")}  # fmt: skip
        assert reminded == {"0101": (2, later(hours=2)), "0102": (1, later(hours=1)), "0103": (0, None)}
        for unit in reminded:
            assert book.standing(CAMPAIGN, unit, "report") == table[unit, "report"]


def test_many_units_are_read_in_few_queries(ledger: Ledger, engine: Engine) -> None:
    with ledger.transaction() as book:
        mail = a_mail(book)
        for number in range(60):
            book.save_standing(CAMPAIGN, standing(receipt(mail), unit=f"{number:04}"))
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    with ledger.reading() as book:
        book.roster()
        event.listen(engine, "before_cursor_execute", note)
        assert len(book.standings(CAMPAIGN)) == 60
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 3


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, CHINA]))
TYPES: dict[Any, Any] = {str: WORDS, datetime: INSTANTS, float: st.floats(0, 1), int: st.integers(0, 2**31 - 1)}


def nouns_of(kind: Any) -> Any:
    """Strategies for our own nouns, with words and numbers as the world gives them."""

    def strategy(hint: Any) -> Any:
        if hint in TYPES:
            return TYPES[hint]
        if dataclasses.is_dataclass(hint):
            return nouns_of(hint)
        if typing.get_origin(hint) is tuple:
            return st.lists(strategy(typing.get_args(hint)[0]), max_size=3).map(tuple)
        if typing.get_args(hint):
            return st.one_of([strategy(inner) for inner in typing.get_args(hint)])
        return st.from_type(hint)

    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: strategy(hints[field.name]) for field in dataclasses.fields(kind)})


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("shared") / "mailbot.db"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    ledger = Ledger(engine)
    yield ledger
    ledger.close()


@settings(max_examples=60, deadline=None)
@given(nouns_of(Examination), nouns_of(Identification))
def test_every_examination_and_identification_comes_back_from_the_ledger(
    shared: Ledger, examination: Examination, identification: Identification
) -> None:
    with shared.transaction() as book:
        mail = book.same_mail("1@example.edu.cn", sha("1")) or a_mail(book)
        book.save_standing(CAMPAIGN, standing(receipt(mail, 1, examination, identification)))
    with shared.reading() as book:
        found = book.standing(CAMPAIGN, "0101", "report").receipts[0]
    assert found.examination == examination
    assert found.identification == identification


@pytest.mark.parametrize("word", ["a\0b", "half \ud83d surrogate", "总\u2028结\U0001f600"])
def test_a_strange_word_in_a_finding_stops_nothing(ledger: Ledger, word: str) -> None:
    strange = Examination(title=word, findings=(Finding("H1", Level.HINT, word, word),))
    with ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(receipt(a_mail(book), 1, strange)))
    with ledger.reading() as book:
        found = book.standing(CAMPAIGN, "0101", "report").receipts[0].examination
    assert found.title == found.findings[0].where == word.replace("\0", "\ufffd").replace("\ud83d", "\ufffd")


def test_what_an_older_or_a_newer_version_wrote_can_be_read() -> None:
    assert examination_of({"title": "总结"}) == Examination(title="总结")
    assert examination_of(examination_json(READ) | {"invented_later": 1}) == READ
    assert identification_of({"unit": None}) == Identification(None)
    assert identification_of(identification_json(Identification("01")) | {"invented_later": 1}) == Identification("01")


def test_the_instant_of_a_review_stays_the_same_instant() -> None:
    review = examination_of(examination_json(READ)).review
    assert review is not None
    assert review.at is not None
    assert review.at == NOW
    assert review.at.utcoffset() == timedelta(hours=8)


def test_what_staff_decided_stays_with_its_version_until_it_is_taken_back(ledger: Ledger) -> None:
    decision = Decision(False, "组织部", NOW, "请补数据\x00。")
    with ledger.transaction() as book:
        kept = receipt(a_mail(book, 1))
        book.save_standing(CAMPAIGN, standing(kept))
    with ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(replace(kept, decision=decision)))
    with ledger.reading() as book:
        (known,) = book.standing(CAMPAIGN, "0101", "report").receipts
        assert known.decision == replace(decision, reason="请补数据\ufffd。")
    with ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(kept))
    with ledger.reading() as book:
        assert book.standing(CAMPAIGN, "0101", "report").receipts == (kept,)
