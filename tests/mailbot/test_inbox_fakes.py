"""The mailbox against servers that misbehave."""

import threading
import time
from datetime import UTC, date, datetime

import pytest

from mailbot.errors import ConnectionLost, LoginRefused, ServerHung, ServerRefused
from mailbot.inbox import ImapAccount, Inbox
from tests import fakes_imap
from tests.fakes_imap import Fake

NEVER = threading.Event()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def inbox_of(server: Fake, seconds: float = 20, password: str = "invented") -> Inbox:
    settings = ImapAccount("127.0.0.1", server.port, "none", "a@example.com", lambda: password, seconds)
    return Inbox(settings, now=lambda: NOON)


@pytest.mark.parametrize("capable", ["IMAP4rev1", "IMAP4rev1 ID"])
def test_a_server_that_wants_to_know_our_name_is_told_it_whether_it_announces_that_or_not(capable: str) -> None:
    with Fake(fakes_imap.UnsafeLogin, capable) as server, inbox_of(server) as inbox:
        assert inbox.select("INBOX").uidvalidity == 7
        inbox.select("INBOX")
        said = [command for command in server.commands if command.startswith("ID ")]
        assert len(said) == 1
        assert said[0].startswith('ID ("NAME" "ZUZHIB-MAILBOT" "VERSION"')


def test_where_the_name_is_announced_it_is_said_after_login_and_before_select() -> None:
    with Fake(fakes_imap.UnsafeLogin, "IMAP4rev1 ID") as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        words = [command.split()[0] for command in server.commands]
        assert words.index("LOGIN") < words.index("ID") < words.index("SELECT")
        assert words.count("SELECT") == 1


def test_a_server_that_does_not_ask_for_a_name_is_left_alone() -> None:
    with Fake(fakes_imap.Session) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        assert not any(command.startswith("ID") for command in server.commands)


def test_a_select_that_is_refused_for_good_is_not_tried_for_ever() -> None:
    class NeverSafe(fakes_imap.UnsafeLogin):
        def id(self, tag: str, _: str) -> None:
            self.say(f"{tag} BAD no such command")

    with Fake(NeverSafe) as server, inbox_of(server) as inbox:
        with pytest.raises(ServerRefused, match="Unsafe Login"):
            inbox.select("INBOX")
        assert sum(command.startswith("SELECT") for command in server.commands) == 2


@pytest.mark.parametrize("kind", [fakes_imap.EmptySearch, fakes_imap.NoSearch, fakes_imap.Session])
def test_new_mail_is_found_though_the_server_cannot_search(kind: type[fakes_imap.Session]) -> None:
    with Fake(kind) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        assert inbox.uids_after(0) == [1, 2, 3]
        assert inbox.uids_after(2) == [3]
        assert inbox.uids_after(3) == []


@pytest.mark.parametrize("kind", [fakes_imap.EmptySearch, fakes_imap.NoSearch])
def test_the_place_to_begin_is_found_though_the_server_cannot_search(kind: type[fakes_imap.Session]) -> None:
    with Fake(kind) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        assert inbox.first_uid_since(date(2012, 9, 4)) == 3  # mail 3 arrived on the eve: never too big
        assert inbox.first_uid_since(date(2012, 9, 5)) == 4
        assert inbox.first_uid_since(date(2012, 1, 1)) == 1


def test_without_idle_it_waits_for_the_time_or_the_stop() -> None:
    with Fake(fakes_imap.Session, "IMAP4rev1") as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        assert not inbox.idle(0.05, NEVER)
        stop = threading.Event()
        stop.set()
        assert not inbox.idle(60, stop)
        assert "IDLE" not in server.commands


@pytest.mark.parametrize("kind", [fakes_imap.ByeInIdle, fakes_imap.ByeAndStays, fakes_imap.EndsInIdle])
def test_a_server_that_leaves_while_we_wait_is_a_lost_connection(kind: type[fakes_imap.Session]) -> None:
    with Fake(kind) as server, inbox_of(server, seconds=2) as inbox:
        inbox.select("INBOX")
        with pytest.raises(ConnectionLost):
            inbox.idle(3, NEVER)
        assert not inbox.is_open


def test_mail_that_is_announced_in_one_piece_with_the_waiting_is_not_missed() -> None:
    with Fake(fakes_imap.MailWithIdling) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        began = time.monotonic()
        assert inbox.idle(60, NEVER)
        assert time.monotonic() - began < 30
        assert inbox.uids_after(2) == [3]


def test_a_server_that_falls_silent_in_a_mail_is_hung() -> None:
    with Fake(fakes_imap.HangsInFetch) as server, inbox_of(server, seconds=0.3) as inbox:
        inbox.select("INBOX")
        with pytest.raises(ServerHung, match=r"0\.3 s"):
            list(inbox.fetch([1]))
        assert not inbox.is_open


def test_a_server_that_hangs_up_in_a_mail_is_a_lost_connection() -> None:
    with Fake(fakes_imap.DropsInFetch) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        with pytest.raises(ConnectionLost):
            list(inbox.fetch([1]))


def test_one_structure_that_nobody_can_read_costs_only_the_file_names_of_that_mail() -> None:
    with Fake(fakes_imap.OddStructure) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        envelopes = list(inbox.envelopes([1, 2, 3]))
        assert [each.uid for each in envelopes] == [1, 2, 3]
        assert [each.has_attachment for each in envelopes] == [False, True, False]
        assert {each.header for each in envelopes} == {fakes_imap.MAIL}
        assert {each.problem for each in envelopes} == {""}


def test_one_mail_that_the_server_cannot_give_stops_no_other() -> None:
    with Fake(fakes_imap.RefusesOneMail) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        envelopes = {each.uid: each for each in inbox.envelopes([1, 2, 3])}
        assert {uid: bool(each.problem) for uid, each in envelopes.items()} == {1: False, 2: True, 3: False}
        assert envelopes[2].received_at == NOON


def test_a_refusal_in_gbk_is_read_and_the_password_in_it_is_not_shown() -> None:
    with Fake(fakes_imap.ChineseRefusal) as server, pytest.raises(LoginRefused) as caught:
        inbox_of(server, password="secret-word").open()
    assert "请使用授权码登录" in str(caught.value)
    assert "secret-word" not in str(caught.value)


def test_arrival_is_taken_from_the_server_and_is_this_moment_where_it_says_nothing() -> None:
    with Fake(fakes_imap.Session) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        (envelope,) = inbox.envelopes([2])
        assert envelope.received_at == datetime(2012, 9, 2, 0, 0, tzinfo=UTC)
    with Fake(fakes_imap.NoDates) as server, inbox_of(server) as inbox:
        inbox.select("INBOX")
        assert [each.received_at for each in inbox.envelopes([2])] == [NOON]
