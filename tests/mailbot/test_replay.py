"""Mail from files: every container, line ends, the time of record, and one bad mail among good ones."""

import mailbox
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.app import App
from mailbot.errors import ServerHung
from mailbot.parse import parse
from mailbot.replay import NotTaken, arrival_of, as_sent, foresee, mails_in, one_mail, received_at, replay_one
from rules.model import Outcome
from tests.commands import IN_TIME, INBOX, Home
from tests.path_mails import mail, report, to_bytes

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

LIBRARY = "图书馆直属党支部"
Container = Callable[[Path], Path]


@pytest.fixture
def app(home: Home) -> Iterator[App]:
    built = home.open()
    yield built
    built.close()


def letter(number: int, **headers: str) -> bytes:
    files = [report(LIBRARY, seed=number)]
    return to_bytes(
        mail("lib@example.edu.cn", INBOX, f"{LIBRARY}总结 {number}", files=files, **{"Date": IN_TIME, **headers})
    )


MAILS = [letter(number) for number in range(3)]


def eml(folder: Path) -> Path:
    path = folder / "one.eml"
    path.write_bytes(MAILS[0])
    return path


def folder_of_eml(folder: Path) -> Path:
    below = folder / "mails" / "below"
    below.mkdir(parents=True)
    for number, raw in enumerate(MAILS):
        (below / f"{number}.EML").write_bytes(raw.replace(b"\r\n", b"\n"))
    (below / "notes.txt").write_bytes(b"no mail")
    return folder / "mails"


def mbox(folder: Path) -> Path:
    box = mailbox.mbox(folder / "backup.mbox")
    for raw in MAILS:
        box.add(raw)
    box.close()
    return folder / "backup.mbox"


def mbox_by_content(folder: Path) -> Path:
    return mbox(folder).rename(folder / "Archive")


def maildir(folder: Path) -> Path:
    box = mailbox.Maildir(folder / "Maildir")
    for raw in MAILS:
        box.add(raw)
    (name, *_) = box.keys()
    box[name] = mailbox.MaildirMessage(box[name])
    return folder / "Maildir"


@pytest.mark.parametrize(
    ("container", "count"), [(eml, 1), (folder_of_eml, 3), (mbox, 3), (mbox_by_content, 3), (maildir, 3)]
)
def test_every_container_gives_its_mails_as_they_were_on_the_wire(
    tmp_path: Path, container: Container, count: int
) -> None:
    found = [raw for _, raw in mails_in(container(tmp_path))]
    assert sorted(found) == sorted(MAILS[:count])


@pytest.mark.parametrize("container", [eml, folder_of_eml, mbox, maildir])
def test_the_same_mail_from_any_container_is_taken_once(app: App, tmp_path: Path, container: Container) -> None:
    for raw in MAILS:
        assert replay_one(app, raw) is Outcome.FILED
    with app.ledger.reading() as book:
        before = book.mailbox_counts(), book.outbox.listing(), book.standings(app.campaigns[0].id)
    for _, raw in mails_in(container(tmp_path)):
        assert replay_one(app, raw) is Outcome.DUPLICATE
    with app.ledger.reading() as book:
        assert (book.mailbox_counts(), book.outbox.listing(), book.standings(app.campaigns[0].id)) == before


@given(st.binary())
def test_line_ends_are_those_of_the_wire_and_nothing_else_changes(raw: bytes) -> None:
    sent = as_sent(raw)
    assert sent.replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")
    assert as_sent(sent) == sent


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Received": f"from a by b; {IN_TIME}"}, datetime(2012, 9, 10, 1, tzinfo=UTC)),
        ({"Received": "from a by b; Mon, 10 Sep 2012 10:00:00 +0800"}, datetime(2012, 9, 10, 2, tzinfo=UTC)),
        ({"Received": "from a by b; Mon, 10 Sep 2012 10:00:00"}, datetime(2012, 9, 10, 10, tzinfo=UTC)),
        ({"Received": "from a by b; yesterday"}, datetime(2012, 9, 10, 1, tzinfo=UTC)),
        ({"Received": "from a by b"}, datetime(2012, 9, 10, 1, tzinfo=UTC)),
        ({}, datetime(2012, 9, 10, 1, tzinfo=UTC)),
        ({"Date": "some day"}, None),
    ],
)
def test_the_time_of_record_is_that_of_the_last_server_else_the_date_of_the_sender(
    headers: dict[str, str], expected: datetime | None
) -> None:
    assert received_at(parse(letter(0, **{"Date": IN_TIME, **headers}))) == expected


def test_without_any_time_it_is_now_and_the_number_of_a_mail_is_always_the_same(app: App) -> None:
    raw = letter(0).replace(b"Date: ", b"X-Date: ")
    first, second = (arrival_of(app, raw, parse(raw)) for _ in range(2))
    assert first.uid == second.uid != arrival_of(app, MAILS[1], parse(MAILS[1])).uid
    assert abs((app.now() - first.received_at).total_seconds()) < 60


def test_what_is_foreseen_is_what_then_happens(app: App) -> None:
    mails = [MAILS[0], b"", to_bytes(mail("someone@example.com", INBOX, "会议通知", Date=IN_TIME))]
    foreseen = [foresee(app, raw) for raw in mails]
    assert foreseen[0] == (Outcome.FILED, f"{LIBRARY}创先争优活动总结.docx → {LIBRARY}")
    assert [replay_one(app, raw) for raw in mails] == [outcome for outcome, _ in foreseen]
    assert foresee(app, MAILS[0])[0] is Outcome.DUPLICATE


def test_a_mail_that_fails_is_named_by_the_kind_of_failure_alone_and_a_broken_world_stays_one() -> None:
    with pytest.raises(NotTaken, match=r"^it failed \(KeyError\)") as caught, one_mail():
        raise KeyError("张三的总结")
    assert "张三" not in str(caught.value)
    with pytest.raises(ServerHung), one_mail():
        raise ServerHung("IMAP x", "silent")
