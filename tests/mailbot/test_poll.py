"""One pass over the inbox, with a mailbox in memory that can misbehave: one odd mail stops and loses nothing."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from structlog.testing import capture_logs

from mailbot import poll as polling
from mailbot.app import App, build, first_roster
from mailbot.config import load_settings
from mailbot.demo import college
from mailbot.demo.reports import Report, write
from mailbot.errors import ConnectionLost, ServerRefused
from mailbot.inbox import Envelope, FolderState, Inbox
from mailbot.poll import RETRY_MINUTES, Pass, poll
from mailbot.reading import Reader
from mailbot.tables import write_rows
from rules.model import Arrival, Document, LetterKind, Outcome, Roster, State, Unreadable
from rules.roster import roster_rows
from rules.word import read_document
from storage.errors import StorageConflict, StorageFull
from tests.commands import INBOX, furnish
from tests.path_mails import mail, to_bytes

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

START = datetime(2012, 9, 10, 1, tzinfo=UTC)
FOLDER = "INBOX"


@dataclass
class Mailbox:
    """Mails by UID. `silent`: UIDs whose body the server does not give; `deadly`: asking for it ends the connection;
    `moved`: what was asked to go where."""

    mails: dict[int, bytes] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    deadly: set[int] = field(default_factory=set)
    refuses_to_move: bool = False
    fetched: list[int] = field(default_factory=list)
    moved: dict[int, str] = field(default_factory=dict)
    uidvalidity: int = 7

    def select(self, folder: str) -> FolderState:
        return FolderState(folder, self.uidvalidity, max(self.mails, default=0) + 1, len(self.mails))

    def uids_after(self, last_uid: int) -> list[int]:
        return sorted(uid for uid in self.mails if uid > last_uid)

    def first_uid_since(self, day: date) -> int:
        return 1

    def envelopes(self, uids: Sequence[int]) -> Iterator[Envelope]:
        for uid in uids:
            if uid in self.mails:
                raw = self.mails[uid]
                names = ("总结.docx",) if b"filename" in raw else ()
                yield Envelope(uid, START, len(raw), raw.partition(b"\r\n\r\n")[0] + b"\r\n", names, bool(names))

    def fetch(self, uids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        for uid in uids:
            self.fetched.append(uid)
            if uid in self.deadly:
                raise ConnectionLost("IMAP", "closed in the middle")
            if uid not in self.silent:
                yield uid, self.mails[uid]

    def ensure_folder(self, name: str) -> str:
        return name

    def move(self, uids: Sequence[int], folder: str, again: bool = False) -> None:
        if self.refuses_to_move:
            raise ServerRefused("IMAP", "NO quota")
        for uid in uids:
            del self.mails[uid]
            self.moved[uid] = folder


class InThisProcess(Reader):
    """Reads without a child process: these tests are about the pass."""

    def read(self, name: str, content: bytes) -> Document | Unreadable:
        return read_document(name, content)


@dataclass
class Office:
    app: App
    mailbox: Mailbox
    clock: list[datetime]

    def poll(self) -> Pass:
        return poll(self.app, cast(Inbox, self.mailbox))

    def wait(self, minutes: float) -> None:
        self.clock[0] += timedelta(minutes=minutes)

    def outcomes(self) -> list[Outcome]:
        with self.app.ledger.reading() as book:
            return [entry.outcome for entry in book.mail_log(None)]


LIBRARY, GENERAL = "图书馆直属党支部", "计算机学院党总支"


def report(unit: str, number: int = 1) -> bytes:
    """A mail with the unit's own report in it."""
    (sender,) = next(one for one in college.roster().units if one.name == unit).addresses
    name = f"{unit}创先争优活动总结.docx"
    files = [(name, write(Report(unit, seed=number)))]
    return to_bytes(mail(sender, INBOX, f"{unit}创先争优总结 {number}", files=files))


def business() -> bytes:
    return to_bytes(mail("math@example.edu.cn", INBOX, "党费收缴情况"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    home = furnish(tmp_path)
    clock = [START]
    app = build(load_settings(home.config, {}), lambda: clock[0])
    app = replace(app, reader=InThisProcess())
    with capture_logs():
        yield Office(app, Mailbox(), clock)
    app.close()


def break_for(monkeypatch: pytest.MonkeyPatch, uid: int, error: Exception) -> None:
    """Taking in the mail of that UID fails like this."""
    real = polling.receive

    def receive(app: App, arrival: Arrival, raw: bytes) -> Outcome:
        if arrival.uid == uid:
            raise error
        return real(app, arrival, raw)

    monkeypatch.setattr(polling, "receive", receive)


def test_mails_are_taken_in_order_filed_and_moved(office: Office) -> None:
    office.mailbox.mails = {3: report(LIBRARY), 5: business(), 9: report(GENERAL)}
    done = office.poll()
    assert done.outcomes == {Outcome.FILED: 2, Outcome.NOT_OURS: 1}
    assert office.mailbox.moved == {3: "已归档", 9: "已归档"}
    assert office.mailbox.fetched == [3, 9]
    assert office.poll().taken == 0


@pytest.mark.parametrize(
    "error", [RuntimeError("odd"), StorageConflict("odd")], ids=["a fault of ours", "what the database refuses"]
)
def test_one_odd_mail_stops_nothing_and_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    office.mailbox.mails = {1: report(LIBRARY), 2: report(GENERAL)}
    break_for(monkeypatch, 1, error)
    done = office.poll()
    assert (done.failed, done.outcomes) == (1, {Outcome.FILED: 1})
    assert office.mailbox.moved == {2: "已归档"}
    monkeypatch.undo()
    assert office.poll().taken == 0, "it waits before it tries again"
    office.wait(RETRY_MINUTES[0] * 2)
    assert office.poll().outcomes == {Outcome.FILED: 1}
    with office.app.ledger.reading() as book:
        assert book.troubles() == ()
        assert book.mailbox_counts().seen == 2


def test_a_mail_that_fails_for_ever_is_set_aside_kept_and_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = report(LIBRARY)
    office.mailbox.mails = {1: raw}
    break_for(monkeypatch, 1, RuntimeError("for ever"))
    for minutes in (*RETRY_MINUTES, 0):
        assert office.poll().failed == 1
        office.wait(minutes * 2)
    assert office.mailbox.moved == {1: "待人工处理"}
    assert office.poll().taken == 0
    with office.app.ledger.reading() as book:
        (case,) = book.open_cases(None)
        (letter,) = book.outbox.listing()
        assert case.kind == "set_aside"
        assert letter.kind is LetterKind.ALARM
        assert book.mailbox_counts().set_aside == book.mailbox_counts().seen == 1
        assert office.app.archive.read(book.mail(case.mail or 0).sha256) == raw


def test_a_mail_that_the_server_does_not_hand_over_is_not_forgotten(office: Office) -> None:
    office.mailbox.mails = {1: report(LIBRARY), 2: report(GENERAL)}
    office.mailbox.silent = {1}
    assert office.poll().outcomes == {Outcome.FILED: 1}
    office.mailbox.silent = set()
    office.wait(RETRY_MINUTES[0] * 2)
    assert office.poll().outcomes == {Outcome.FILED: 1}


def test_a_mail_that_failed_and_is_gone_is_no_longer_tried(office: Office) -> None:
    office.mailbox.mails = {1: report(LIBRARY)}
    office.mailbox.silent = {1}
    office.poll()
    office.mailbox.mails.clear()
    office.wait(RETRY_MINUTES[0] * 2)
    office.poll()
    with office.app.ledger.reading() as book:
        assert book.troubles() == ()


@pytest.mark.parametrize("error", [StorageFull("no space"), ConnectionLost("IMAP", "gone")], ids=["disk", "server"])
def test_what_is_wrong_with_the_world_ends_the_pass_and_loses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    office.mailbox.mails = {1: report(LIBRARY), 2: report(GENERAL)}
    break_for(monkeypatch, 2, error)
    with pytest.raises(type(error)):
        office.poll()
    assert office.outcomes() == [Outcome.FILED]
    monkeypatch.undo()
    assert office.poll().outcomes == {Outcome.FILED: 1}
    assert office.mailbox.moved == {1: "已归档", 2: "已归档"}


def test_a_new_uidvalidity_is_read_again_and_doubles_nothing(office: Office) -> None:
    raw = report(LIBRARY)
    office.mailbox.mails = {1: raw}
    office.poll()
    office.mailbox.uidvalidity = 8
    office.mailbox.mails = {1: raw}
    assert office.poll().outcomes == {Outcome.DUPLICATE: 1}
    with office.app.ledger.reading() as book:
        standing = book.standing(office.app.campaigns[0].id, "07", "report")
        assert (standing.state, len(standing.receipts)) == (State.ACCEPTED, 1)
        assert len(book.outbox.listing()) == 1


def test_a_mail_that_is_too_large_is_answered_and_never_downloaded(office: Office) -> None:
    settings = office.app.settings
    limits = settings.limits.model_copy(update={"mail_mb": 0})
    app = replace(office.app, settings=settings.model_copy(update={"limits": limits}))
    office.mailbox.mails = {1: report(LIBRARY)}
    assert poll(app, cast(Inbox, office.mailbox)).outcomes == {Outcome.SET_ASIDE: 1}
    assert office.mailbox.fetched == []
    with app.ledger.reading() as book:
        (letter,) = book.outbox.listing()
        assert letter.kind is LetterKind.OVERSIZE
        assert [case.kind for case in book.open_cases(None)] == ["set_aside"]


def test_a_mail_that_ends_the_connection_each_time_stops_the_others_only_once_or_twice(office: Office) -> None:
    office.mailbox.mails = {1: report(LIBRARY), 2: report(GENERAL), 3: business(), 4: report(GENERAL, 2)}
    office.mailbox.deadly = {2}
    for _ in range(2):
        with pytest.raises(ConnectionLost):
            office.poll()
    assert office.poll().outcomes == {Outcome.NOT_OURS: 1, Outcome.FILED: 1}
    assert set(office.mailbox.moved) == {1, 4}
    office.mailbox.deadly = set()
    office.wait(RETRY_MINUTES[0] * 2)
    assert office.poll().outcomes == {Outcome.FILED: 1}
    with office.app.ledger.reading() as book:
        assert book.mailbox_counts().seen == 4


def test_a_mail_that_ends_the_connection_for_ever_is_set_aside(office: Office) -> None:
    office.mailbox.mails = {1: report(LIBRARY), 2: report(GENERAL)}
    office.mailbox.deadly = {1}
    for _ in range(2 * len(RETRY_MINUTES) + 2):
        with contextlib.suppress(ConnectionLost):
            office.poll()
        office.wait(RETRY_MINUTES[-1] * 2)
    assert sorted(office.outcomes()) == sorted([Outcome.FILED, Outcome.SET_ASIDE])


def test_a_server_that_refuses_to_move_keeps_no_new_mail_waiting(office: Office) -> None:
    office.mailbox.refuses_to_move = True
    office.mailbox.mails = {1: report(LIBRARY)}
    assert office.poll().outcomes == {Outcome.FILED: 1}
    office.mailbox.mails[2] = report(GENERAL)
    assert office.poll().outcomes == {Outcome.FILED: 1}
    office.mailbox.refuses_to_move = False
    office.poll()
    assert office.mailbox.moved == {1: "已归档", 2: "已归档"}


def test_a_newer_version_withdraws_the_request_for_review_of_the_older_one(office: Office) -> None:
    branch = "计算机学院教工第一党支部"
    office.mailbox.mails = {1: report(branch), 2: report(branch, 2)}
    assert office.poll().outcomes == {Outcome.FILED: 2}
    with office.app.ledger.reading() as book:
        asked = [one for one in book.outbox.listing() if one.kind is LetterKind.REVIEW_REQUEST]
    assert [(one.key[-2:], str(one.state)) for one in asked] == [(":1", "cancelled"), (":2", "waiting")]


def test_until_the_first_mail_is_taken_in_the_file_of_the_roster_counts(office: Office) -> None:
    units = college.roster().units
    file = office.app.settings.campaign.roster
    file.write_bytes(write_rows(roster_rows(Roster(units[:-1]))))
    first_roster(office.app)
    with office.app.ledger.reading() as book:
        assert len(book.roster().units) == len(units) - 1
    office.mailbox.mails = {1: report(GENERAL)}
    office.poll()
    file.write_bytes(write_rows(roster_rows(Roster(units))))
    first_roster(office.app)
    with office.app.ledger.reading() as book:
        assert len(book.roster().units) == len(units) - 1, "the ledger's counts now"
