"""The mailbox against a real Dovecot."""

import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from mailbot.errors import ConnectionLost, LoginRefused, ServerHung, ServerUnreachable, TlsFailed
from mailbot.inbox import ImapAccount, Inbox
from tests.fakes_proxy import BadLine
from tests.mailbox import account, mail, opened
from tests.servers import Dovecot
from tests.servers_start import free_ports, require

pytestmark = pytest.mark.server

NEVER = threading.Event()


def test_new_mail_is_found_after_the_cursor_and_the_last_old_one_is_not(dovecot: Dovecot) -> None:
    with opened(dovecot) as (inbox, address):
        state = inbox.select("INBOX")
        assert (state.exists, state.uidnext, inbox.uids_after(0)) == (0, 1, [])
        for _ in range(3):
            dovecot.append(address, mail())
        assert inbox.uids_after(0) == [1, 2, 3]
        assert inbox.uids_after(2) == [3]
        assert inbox.uids_after(3) == []
        assert inbox.uids_after(99) == []


def test_envelopes_tell_arrival_size_and_chinese_file_names_without_the_body(dovecot: Dovecot) -> None:
    raw = (
        b"Subject: =?gb2312?B?1eLKxw==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n"
        b'--b\r\nContent-Type: application/msword; name="=?gb2312?B?1eLKxw==?=.doc"\r\n\r\n0\r\n'
        b"--b\r\nContent-Disposition: attachment; filename*0*=gbk''%D6%A7; filename*1*=%B2%BF.docx\r\n\r\n0\r\n"
        b'--b\r\nContent-Disposition: attachment; filename="\xd7\xdc\xbd\xe1.docx"\r\n\r\n0\r\n--b--\r\n'
    )
    arrived = datetime(2012, 9, 14, 23, 59, 58, tzinfo=UTC)
    with opened(dovecot) as (inbox, address):
        dovecot.append(address, raw, arrived)
        dovecot.append(address, mail())
        inbox.select("INBOX")
        first, second = inbox.envelopes([1, 2, 77])
    assert (first.uid, first.received_at, first.size) == (1, arrived, len(raw))
    assert first.header == raw[: raw.index(b"\r\n\r\n") + 4]
    assert first.file_names == ("这是.doc", "支部.docx", "总结.docx")
    assert (first.has_attachment, second.has_attachment) == (True, False)
    assert second.received_at.utcoffset() == timedelta(0)


def test_fetching_gives_the_exact_bytes_and_sets_no_flag(dovecot: Dovecot) -> None:
    raws = [mail("一"), mail(body=b"\xd6\xd0\xb9\xfa\x00 8-bit\r\n"), mail(body=b"x" * 300_000 + b"\r\n")]
    with opened(dovecot) as (inbox, address):
        for raw in raws:
            dovecot.append(address, raw)
        inbox.select("INBOX")
        list(inbox.envelopes([1, 2, 3]))
        fetched = list(inbox.fetch([3, 1, 99, 2], max_bytes=1000))
        assert [uid for uid, _ in fetched] == [3, 1, 2]
        by_uid = dict(fetched)
        assert [by_uid[1], by_uid[3]] == [raws[0], raws[2]]
        assert [kept.flags for kept in dovecot.messages(address)] == [frozenset()] * 3


@pytest.mark.parametrize("count", [10, 5000, pytest.param(50_000, marks=pytest.mark.slow)])
def test_a_steady_poll_downloads_nothing_however_full_the_folder_is(dovecot: Dovecot, count: int) -> None:
    with BadLine(dovecot.imap) as line:
        settings = account(dovecot, line.port)
        dovecot.fill(settings.username, (mail() for _ in range(count)))
        with Inbox(settings) as inbox:
            state = inbox.select("INBOX")
            assert (state.exists, state.uidnext) == (count, count + 1)
            assert inbox.uids_after(count) == []
            before, asked = line.received, line.sent
            for _ in range(3):
                assert inbox.uids_after(count) == []
            time.sleep(0.05)  # the counter runs in another thread
            assert 0 < (line.received - before) / 3 <= 200
            assert 0 < (line.sent - asked) / 3 <= 100


def test_all_uids_of_a_big_folder_come_in_windows(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.imap.search.WINDOW", 7)
    with opened(dovecot) as (inbox, address):
        dovecot.fill(address, (mail() for _ in range(40)))
        inbox.select("INBOX")
        assert inbox.uids_after(0) == list(range(1, 41))
        assert inbox.uids_after(30) == list(range(31, 41))


def test_a_first_start_begins_at_the_day_asked_for(dovecot: Dovecot) -> None:
    with opened(dovecot) as (inbox, address):
        for day in range(1, 11):
            dovecot.append(address, mail(), datetime(2012, 9, day, 12, tzinfo=UTC))
        inbox.select("INBOX")
        assert inbox.first_uid_since(date(2012, 9, 6)) in (4, 5, 6)
        assert inbox.first_uid_since(date(2012, 1, 1)) == 1
        assert inbox.first_uid_since(date(2013, 1, 1)) == 11


def test_idle_returns_as_soon_as_mail_arrives(dovecot: Dovecot) -> None:
    with opened(dovecot) as (inbox, address):
        inbox.select("INBOX")
        assert not inbox.idle(0.2, NEVER)
        arrival = threading.Timer(0.3, dovecot.append, (address, mail()))
        arrival.start()
        began = time.monotonic()
        assert inbox.idle(60, NEVER)
        arrival.join()
        assert time.monotonic() - began < 30
        assert inbox.uids_after(0) == [1]


def test_idle_hears_a_stop_and_is_renewed(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.imap.idle.RENEW", 0.2)
    with opened(dovecot) as (inbox, address):
        inbox.select("INBOX")
        stop = threading.Event()
        threading.Timer(1, stop.set).start()
        assert not inbox.idle(60, stop)
        assert stop.is_set()
        dovecot.append(address, mail())
        assert inbox.uids_after(0) == [1]


def test_a_server_that_goes_down_and_comes_back_is_found_again() -> None:
    require("dovecot")
    with Dovecot() as server:
        settings = account(server)
        inbox = Inbox(settings)
        inbox.open()
        inbox.select("INBOX")
        threading.Timer(0.3, server.stop).start()
        with pytest.raises(ConnectionLost):
            inbox.idle(60, NEVER)
        assert not inbox.is_open
        with pytest.raises(ConnectionLost):
            inbox.uids_after(0)
        with pytest.raises(ServerUnreachable):
            inbox.open()
        server.start()
        server.append(settings.username, mail())
        inbox.open()
        inbox.select("INBOX")
        assert inbox.uids_after(0) == [1]
        inbox.close()
        inbox.close()


def test_a_line_that_goes_silent_in_the_middle_of_a_mail_is_noticed(dovecot: Dovecot) -> None:
    with BadLine(dovecot.imap) as line:
        settings = account(dovecot, line.port, timeout_seconds=0.5)
        dovecot.append(settings.username, mail(body=b"x" * 500_000))
        with Inbox(settings) as inbox:
            inbox.select("INBOX")
            line.silent_after = line.received + 100_000
            with pytest.raises(ServerHung) as caught:
                list(inbox.fetch([1]))
            assert caught.value.temporary
            line.silent_after = None
            inbox.open()
            inbox.select("INBOX")
            assert [len(raw) for _, raw in inbox.fetch([1])] == [len(mail(body=b"x" * 500_000))]


def test_a_line_that_breaks_in_the_middle_of_a_mail_is_noticed(dovecot: Dovecot) -> None:
    with BadLine(dovecot.imap) as line:
        settings = account(dovecot, line.port)
        dovecot.append(settings.username, mail(body=b"x" * 500_000))
        with Inbox(settings) as inbox:
            inbox.select("INBOX")
            line.break_after = line.received + 100_000
            with pytest.raises(ConnectionLost):
                list(inbox.fetch([1]))


def test_a_wrong_password_is_the_departments_business_and_is_not_shown(dovecot: Dovecot) -> None:
    settings = account(dovecot)
    wrong = ImapAccount(dovecot.host, dovecot.imap, "none", settings.username, lambda: "wrong-secret")
    with pytest.raises(LoginRefused) as caught:
        Inbox(wrong).open()
    assert "wrong-secret" not in f"{caught.value} {wrong!r}"
    assert not caught.value.temporary
    with pytest.raises(LoginRefused, match="ASCII"):
        Inbox(ImapAccount(dovecot.host, dovecot.imap, "none", settings.username, lambda: "授权码")).open()


def test_nobody_there_is_said_in_one_line() -> None:
    (port,) = free_ports(1)
    with pytest.raises(ServerUnreachable) as caught:
        Inbox(ImapAccount("127.0.0.1", port, "tls", "a", lambda: "b")).open()
    assert str(caught.value).startswith(f"IMAP 127.0.0.1:{port}: ")
    assert "\n" not in str(caught.value)
    with pytest.raises(ServerUnreachable, match="no such host"):
        Inbox(ImapAccount("nobody.invalid", 993, "tls", "a", lambda: "b")).open()


def test_encryption_is_checked_and_a_wrong_port_is_named() -> None:
    require("dovecot", "openssl")
    with Dovecot(tls=True) as server:
        for security, port in (("tls", server.imaps), ("starttls", server.imap)):
            with opened(server, port=port, security=security, ca_file=server.ca_file) as (inbox, address):
                assert inbox.select("INBOX").exists == 0
                arrival = threading.Timer(0.3, server.append, (address, mail()))
                arrival.start()
                assert inbox.idle(60, NEVER)
                arrival.join()
                assert [raw for _, raw in inbox.fetch(inbox.uids_after(0))] == [mail()]
            with pytest.raises(TlsFailed):
                Inbox(account(server, port, security=security)).open()
        with pytest.raises(TlsFailed):
            Inbox(account(server, server.imap, security="tls", ca_file=server.ca_file)).open()
