"""One transaction: all of it or nothing, and one writer after the other."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Engine, text

from rules.model import Outcome
from storage.errors import StorageConflict, StorageError, StorageReadOnly
from storage.ledger import Ledger
from tests.storage.given import CAMPAIGN, a_mail, arrival, facts, letter, put, receipt, sha, standing


class Stopped(Exception):
    """The process stops here."""


def test_a_receipt_its_mail_and_its_answer_are_written_together_or_not_at_all(ledger: Ledger) -> None:
    def work(stop: bool) -> None:
        with ledger.transaction() as book:
            mail = a_mail(book)
            book.set_cursor("a", "INBOX", 1, 1)
            book.save_standing(CAMPAIGN, standing(receipt(mail)))
            put(book, f"ack:{mail}")
            if stop:
                raise Stopped

    with pytest.raises(Stopped):
        work(stop=True)
    with ledger.reading() as book:
        assert book.mailbox_counts().seen == 0
        assert book.cursor("a", "INBOX") is None
        assert book.standings(CAMPAIGN) == {}
        assert book.outbox.listing() == ()
    work(stop=False)
    with ledger.reading() as book:
        assert book.mailbox_counts().seen == 1
        assert len(book.standings(CAMPAIGN)) == 1
        assert len(book.outbox.listing()) == 1


def test_a_refused_row_takes_the_rest_of_its_transaction_with_it(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        a_mail(book, uid=1)

    def two_more() -> None:
        with ledger.transaction() as book:
            a_mail(book, uid=2)
            a_mail(book, uid=1)

    with pytest.raises(StorageConflict) as raised:
        two_more()
    assert raised.value.again
    with ledger.reading() as book:
        assert book.mailbox_counts().seen == 1


def test_who_only_reads_is_refused_any_change(ledger: Ledger) -> None:
    with pytest.raises(StorageReadOnly), ledger.reading() as book:
        book.set_setting("a", "b")
    with ledger.transaction() as book:
        book.set_setting("a", "c")
    with ledger.reading() as book:
        assert book.setting("a") == "c"


def test_a_reader_waits_for_no_writer_and_sees_nothing_unfinished(ledger: Ledger) -> None:
    with ledger.transaction() as writer:
        a_mail(writer)
        with ledger.reading() as reader:
            assert reader.mailbox_counts().seen == 0


def test_a_reader_sees_one_moment_only(ledger: Ledger) -> None:
    with ledger.reading() as reader:
        assert reader.mailbox_counts().seen == 0
        with ledger.transaction() as writer:
            a_mail(writer)
        assert reader.mailbox_counts().seen == 0


def in_threads(work: Callable[[int], object], count: int) -> list[BaseException]:
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def until_done(work: Callable[[], None]) -> None:
    """As a caller must: whoever was second reads again and decides again."""
    while True:
        try:
            return work()
        except StorageError as error:
            if not error.again:
                raise


def test_two_writers_lose_none_of_each_others_work(ledger: Ledger) -> None:
    rounds = 15

    def count_up() -> None:
        with ledger.transaction() as book:
            book.set_setting("count", str(int(book.setting("count") or "0") + 1))

    failures = in_threads(lambda _: [until_done(count_up) for _ in range(rounds)], 2)
    assert failures == []
    with ledger.reading() as book:
        assert book.setting("count") == str(2 * rounds)


def test_two_processes_that_meet_the_same_mail_record_and_answer_it_once(ledger: Ledger) -> None:
    def meet() -> None:
        with ledger.transaction() as book:
            place = arrival()
            if book.mail_at(place.account, place.folder, place.uidvalidity, place.uid) is None:
                mail = book.add_mail(place, facts(), Outcome.FILED)
                wanted = letter(f"ack:{mail}")
                assert book.outbox.put(wanted, message_id="m", content_sha256=sha("x"), now=place.received_at)

    assert in_threads(lambda _: until_done(meet), 4) == []
    with ledger.reading() as book:
        assert book.mailbox_counts().seen == 1
        assert len(book.outbox.listing()) == 1


def test_two_senders_never_claim_the_same_letter(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        numbers = [put(book, f"ack:{number}") for number in range(12)]
    claimed: list[int] = []

    def send(_: int) -> None:
        for number in numbers:
            until_done(partial(claim, number))

    def claim(number: int) -> None:
        with ledger.transaction() as book:
            taken = book.outbox.claim(number, arrival().received_at)
        if taken is not None:
            claimed.append(taken.id)

    assert in_threads(send, 3) == []
    assert sorted(claimed) == numbers


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mail SET outcome = 'nonsense'",
        "UPDATE mail SET sha256 = 'short'",
        "UPDATE mail SET size = -1",
        "UPDATE standing SET state = 'nonsense'",
        "UPDATE standing SET current_version = -1",
        "UPDATE receipt SET version = 0",
        "UPDATE receipt SET mail = 4711",
        "DELETE FROM mail",
        "DELETE FROM standing",
        "UPDATE letter SET state = 'nonsense'",
        "UPDATE letter SET kind = 'nonsense'",
        "UPDATE letter SET state = 'sent'",
        "UPDATE letter SET state = 'sending'",
        "UPDATE letter SET message_id = 'same'",
        "UPDATE letter SET key = 'same'",
        "UPDATE mail SET uid = 1",
        "INSERT INTO letter_unit VALUES (4711, 1, '0101')",
        "INSERT INTO setting VALUES ('a', 'b'), ('a', 'c')",
    ],
)
def test_the_database_itself_refuses_what_may_not_be(ledger: Ledger, engine: Engine, statement: str) -> None:
    with ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(receipt(a_mail(book, uid=1))))
        a_mail(book, uid=2)
        put(book, "ack:1")
        put(book, "ack:2")
    with pytest.raises(StorageConflict), ledger.transaction() as book:
        book._session.connection().execute(text(statement))


def test_no_value_of_a_mail_is_in_an_error(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        a_mail(book)
    with pytest.raises(StorageConflict) as raised, ledger.transaction() as book:
        book.add_mail(arrival(), facts("one", subject="秘密的主题", sender="secret@example.com"), Outcome.FILED)
    assert "秘密" not in str(raised.value)
    assert "secret" not in str(raised.value)
