"""What is due goes out: once, at a bearable pace, again when it must, and never silently not at all."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.deliver import Courier, SmtpAccount
from mailbot.deliver_due import Delivered, Office, Pace, deliver_due
from mailbot.errors import LoginRefused, ServerBusy, ServerUnreachable
from rules.model import Letter, LetterKind
from rules.refusals import STEPS
from storage.archive import Archive
from storage.database import open_database, upgrade
from storage.errors import StorageBusy
from storage.ledger import Ledger
from storage.nouns import SendState
from tests.fakes_smtp import DROP, RecordingServer

SENDER = "zuzhib@example.edu.cn"
TO = ("jsj@example.edu.cn",)
START = datetime(2012, 9, 3, 1, tzinfo=UTC)
ALL = tuple(SendState)


class Desk:
    """An outbox on a disk, a server that records, a clock that stands still until it is moved."""

    def __init__(self, folder: Path, server: RecordingServer) -> None:
        engine = open_database(f"sqlite:///{folder / 'mailbot.db'}")
        upgrade(engine)
        self.ledger = Ledger(engine)
        self.archive = Archive(folder)
        self.server = server
        self.time = START
        self.pace = Pace(per_minute=100, per_hour=1000)
        self.port = server.port
        self._numbers = itertools.count(1)

    def write(self, *to: str, body: str = "words") -> str:
        """A letter is owed; gives its Message-ID."""
        number = next(self._numbers)
        identity = f"{number}@example.edu.cn"
        content = f"Message-ID: <{identity}>\r\nSubject: invented\r\n\r\n{body} {number}\r\n".encode()
        letter = Letter(f"test:{number}", LetterKind.ACKNOWLEDGEMENT, to or TO, "invented", None)
        with self.ledger.transaction() as book:
            sha256 = self.archive.keep(content)
            assert book.outbox.put(letter, message_id=identity, content_sha256=sha256, now=self.time)
        return identity

    def deliver(self, stop: Callable[[], bool] = lambda: False) -> Delivered:
        account = SmtpAccount("127.0.0.1", self.port, "none", "", str, timeout_seconds=20)
        office = Office(self.ledger, self.archive, Courier(account, SENDER), self.pace, lambda: self.time)
        return asyncio.run(deliver_due(office, stop))

    def later(self, **passed: float) -> None:
        self.time += timedelta(**passed)

    @property
    def states(self) -> list[SendState]:
        with self.ledger.reading() as book:
            return [letter.state for letter in book.outbox.listing(ALL)]

    @property
    def first_error(self) -> str:
        with self.ledger.reading() as book:
            return book.outbox.listing(ALL)[0].last_error


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with RecordingServer() as server:
        desk = Desk(tmp_path, server)
        yield desk
        desk.ledger.close()


def identities(server: RecordingServer) -> list[str]:
    return [taken.content.split(b"<", 1)[1].split(b">", 1)[0].decode() for taken in server.taken]


def test_what_is_due_goes_out_once(desk: Desk) -> None:
    written = [desk.write() for _ in range(3)]
    assert desk.deliver() == Delivered(sent=3)
    assert desk.deliver() == Delivered()
    assert identities(desk.server) == written
    assert desk.states == [SendState.SENT] * 3
    assert desk.server.connections == 1


def test_nothing_due_means_no_connection(desk: Desk) -> None:
    assert desk.deliver() == Delivered()
    assert desk.server.connections == 0


def test_the_pace_of_a_minute_and_an_hour_holds_over_a_restart(desk: Desk) -> None:
    desk.pace = Pace(per_minute=2, per_hour=5)
    for _ in range(9):
        desk.write()
    assert desk.deliver().sent == 2
    assert desk.deliver().sent == 0
    desk.later(seconds=61)
    assert desk.deliver().sent == 2
    desk.later(seconds=61)
    assert desk.deliver().sent == 1
    desk.later(seconds=61)
    assert desk.deliver().sent == 0
    desk.later(hours=1)
    assert desk.deliver().sent == 2


def test_a_temporary_refusal_is_tried_again_when_its_time_has_come(desk: Desk) -> None:
    identity = desk.write()
    desk.server.answers["RCPT"].append(b"450 4.2.0 later")
    assert desk.deliver() == Delivered(deferred=1)
    assert "450 4.2.0 later" in desk.first_error
    assert desk.deliver() == Delivered()
    desk.later(seconds=59)
    assert desk.deliver() == Delivered()
    desk.later(seconds=2)
    assert desk.deliver() == Delivered(sent=1)
    assert identities(desk.server) == [identity]


def test_a_letter_that_is_never_taken_is_given_up_after_two_days_and_told(desk: Desk) -> None:
    desk.write()
    for tries in range(len(STEPS)):
        desk.server.answers["RCPT"].append(b"450 4.2.0 later")
        assert desk.deliver() == Delivered(deferred=1), tries
        desk.later(hours=4, seconds=1)
    desk.server.answers["RCPT"].append(b"450 4.2.0 later")
    done = desk.deliver()
    assert (done.failed, [lost.address for _, lost in done.not_taken]) == (1, list(TO))
    with desk.ledger.reading() as book:
        assert len(book.outbox.failed_unreported()) == 1


def test_a_permanent_refusal_gives_it_up_at_once_and_the_next_letter_goes_out(desk: Desk) -> None:
    desk.write()
    second = desk.write()
    desk.server.answers["DATA"].append(b"550 The mail may contain inappropriate words or content.")
    done = desk.deliver()
    assert (done.sent, done.deferred, done.failed, done.trouble) == (1, 0, 1, None)
    assert identities(desk.server) == [second]
    assert "内容被判为不当" in desk.first_error


def test_a_busy_server_gets_no_other_letter_in_this_round(desk: Desk) -> None:
    desk.write()
    desk.write()
    desk.server.answers["MAIL"].append(b"451 MI:SFQ")
    done = desk.deliver()
    assert isinstance(done.trouble, ServerBusy)
    assert done.trouble.pause_seconds == 900
    assert (done.deferred, desk.server.taken) == (1, [])
    desk.later(seconds=901)
    assert desk.deliver().sent == 2


def test_a_refused_sender_stops_everything_and_loses_nothing(desk: Desk) -> None:
    desk.write()
    desk.write()
    desk.server.answers["MAIL"].append(b"553 Mail from must equal authorized user")
    assert isinstance(desk.deliver().trouble, LoginRefused)
    assert set(desk.states) == {SendState.DEFERRED, SendState.WAITING}


def test_an_answer_lost_after_the_final_dot_is_sent_again_with_the_same_message_id(desk: Desk) -> None:
    identity = desk.write()
    desk.server.answers["DATA"].append(DROP)
    assert desk.deliver() == Delivered(deferred=1)
    desk.later(minutes=2)
    assert desk.deliver() == Delivered(sent=1)
    assert identities(desk.server) == [identity, identity]
    assert desk.server.taken[0].content == desk.server.taken[1].content


def test_a_server_that_is_away_costs_no_letter_a_try(desk: Desk) -> None:
    desk.write()
    desk.port = 1
    for _ in range(3):
        assert isinstance(desk.deliver().trouble, ServerUnreachable)
    with desk.ledger.reading() as book:
        assert [(letter.attempts, letter.state) for letter in book.outbox.listing(ALL)] == [(0, SendState.WAITING)]
    desk.port = desk.server.port
    assert desk.deliver() == Delivered(sent=1)


def test_a_refused_recipient_is_reported_and_the_letter_is_not_sent_to_the_others_twice(desk: Desk) -> None:
    desk.write("jsj@example.edu.cn", "wy@example.edu.cn")
    desk.server.answers["RCPT wy@example.edu.cn"].append(b"450 mailbox busy")
    done = desk.deliver()
    assert (done.sent, [lost.address for _, lost in done.not_taken]) == (1, ["wy@example.edu.cn"])
    with desk.ledger.reading() as book:  # noted with the letter: a crash after this loses it no more
        assert [one.last_error for one in book.outbox.failed_unreported()] == ["wy@example.edu.cn 450 mailbox busy"]
    desk.later(days=1)
    assert desk.deliver() == Delivered()
    assert len(desk.server.taken) == 1


def test_where_all_are_refused_the_one_with_hope_decides(desk: Desk) -> None:
    desk.write("jsj@example.edu.cn", "wy@example.edu.cn")
    desk.server.answers["RCPT jsj@example.edu.cn"].append(b"550 no such user")
    desk.server.answers["RCPT wy@example.edu.cn"].append(b"450 mailbox busy")
    assert desk.deliver() == Delivered(deferred=1)


def test_it_stops_between_letters(desk: Desk) -> None:
    for _ in range(3):
        desk.write()
    assert desk.deliver(stop=lambda: len(desk.server.taken) == 1).sent == 1
    assert desk.states == [SendState.SENT, SendState.WAITING, SendState.WAITING]


def test_a_letter_left_half_sent_by_a_crash_goes_out_in_the_end(desk: Desk) -> None:
    identity = desk.write()
    with desk.ledger.transaction() as book:
        assert book.outbox.claim(1, desk.time)
    assert desk.deliver() == Delivered()
    desk.later(hours=1, seconds=1)
    assert desk.deliver() == Delivered(sent=1)
    assert identities(desk.server) == [identity]


def test_a_letter_whose_bytes_are_gone_is_given_up_and_the_next_goes_out(desk: Desk, tmp_path: Path) -> None:
    desk.write()
    second = desk.write(body="other")
    with desk.ledger.reading() as book:
        sha256 = book.outbox.letter(1).content_sha256
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file() and sha256[4:] in path.name)
    path.unlink()
    done = desk.deliver()
    assert (done.sent, done.failed) == (1, 1)
    assert identities(desk.server) == [second]


def test_a_busy_database_does_not_make_a_sent_letter_go_out_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write()
    begin, refusals = desk.ledger.transaction, iter([False, False, True, True])

    def transaction() -> object:
        if next(refusals, False):
            raise StorageBusy("somebody else writes")
        return begin()

    monkeypatch.setattr(desk.ledger, "transaction", transaction)
    assert desk.deliver() == Delivered(sent=1)
    assert desk.states == [SendState.SENT]
