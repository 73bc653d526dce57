"""`mailbot doctor` and the mail servers: what is told apart, and that a mailbox is left as it was."""

import socket
import threading
from datetime import timedelta

import pytest

from mailbot.checkup.imap import visibility
from mailbot.checkup.settings import provider_of
from mailbot.checkup.trouble import connection_trouble, resolve
from mailbot.demo.server import PASSWORD
from mailbot.doctor import Level, Subject, exit_code
from mailbot.errors import ServerHung
from mailbot.imap.nouns import FolderState
from tests.doctor_desk import ADDRESS, MAIL, NOW, Desk, about, the_problem, tls_server
from tests.fakes_smtp import RecordingServer
from tests.servers import DOMAIN, Dovecot
from tests.servers import PASSWORD as DOVECOT_PASSWORD
from tests.servers_start import free_ports, make_certificate, require


def test_a_wrong_password_is_told_from_a_server_that_is_not_reached(desk: Desk) -> None:
    checks = desk.checks(MAILBOT_IMAP__PASSWORD="wrong", MAILBOT_SMTP__PASSWORD=PASSWORD)
    found = the_problem(checks)
    assert found.what is Subject.IMAP_LOGIN
    assert "授权码" in found.todo
    assert about(checks, Subject.IMAP)[0].level is Level.OK
    assert exit_code(checks) == 2


@pytest.mark.parametrize(("what", "port"), [(Subject.IMAP, "993"), (Subject.SMTP, "465")])
def test_a_port_on_which_nobody_listens_is_told_with_the_usual_ones(desk: Desk, what: Subject, port: str) -> None:
    (dead,) = free_ports(1)
    checks = desk.checks(**{f"MAILBOT_{what.upper()}__PORT": str(dead)})
    found = the_problem(checks)
    assert found.what is what
    assert f":{dead}: " in found.said
    assert f"{what}.port: usual are {port}" in found.todo
    assert exit_code(checks) == 3


def test_both_servers_away_is_not_a_fault_of_the_configuration(desk: Desk) -> None:
    imap, smtp = free_ports(2)
    checks = desk.checks(MAILBOT_IMAP__PORT=str(imap), MAILBOT_SMTP__PORT=str(smtp))
    assert len([check for check in checks if check.away]) == 2
    assert exit_code(checks) == 3
    assert exit_code([*checks, *desk.checks(MAILBOT_IMAP__ALSO="nowhere")]) == 2


def test_a_refused_smtp_login_is_told_with_the_words_of_the_server(desk: Desk) -> None:
    with RecordingServer("another") as refusing:
        checks = desk.checks(MAILBOT_SMTP__PORT=str(refusing.port))
        assert refusing.taken == []
    found = the_problem(checks)
    assert found.what is Subject.SMTP_LOGIN
    assert "535 Login fail" in found.said
    assert "check username and password" in found.todo
    assert about(checks, Subject.SMTP)[0].level is Level.OK
    assert exit_code(checks) == 2


@pytest.mark.parametrize("what", [Subject.IMAP, Subject.SMTP])
def test_a_self_signed_certificate_is_named_with_what_can_be_done(desk: Desk, what: Subject) -> None:
    require("openssl")
    with tls_server(*make_certificate(desk.folder)) as port:
        key = f"MAILBOT_{what.upper()}"
        checks = desk.checks(**{f"{key}__PORT": str(port), f"{key}__SECURITY": "tls"})
    found = the_problem(checks)
    assert found.what is what
    assert "self-signed certificate" in found.said
    assert "SSL_CERT_FILE" in found.todo
    assert exit_code(checks) == 2


@pytest.mark.server
def test_a_self_signed_certificate_that_is_named_in_the_environment_is_taken(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    require("dovecot", "openssl")
    with Dovecot(tls=True) as dovecot:
        dovecot.add_account(ADDRESS, PASSWORD)
        planted = {"MAILBOT_IMAP__PORT": str(dovecot.imaps), "MAILBOT_IMAP__SECURITY": "tls", "MAILBOT_IMAP__ALSO": ""}
        found = the_problem(desk.checks(**planted))
        assert found.what is Subject.IMAP
        assert "self-signed certificate" in found.said
        assert "SSL_CERT_FILE" in found.todo
        monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.ca_file))
        checks = desk.checks(**planted)
        assert exit_code(checks) == 0
        assert "reached by TLS" in about(checks, Subject.IMAP)[0].said


def test_a_clock_behind_that_of_the_mail_server_is_warned_of(desk: Desk) -> None:
    checks = desk.checks(NOW - timedelta(days=2))
    assert (
        "arrived at 2012-09-04 01:00 UTC by the server's clock" in about(checks, Subject.CLOCK, Level.WARNING)[0].said
    )


@pytest.mark.parametrize(
    ("shown", "uidnext", "days", "warned"),
    [(10, 500, 20, True), (0, 500, None, True), (10, 500, 40, False), (300, 500, 20, False), (10, 11, 20, False)],
)
def test_a_window_of_thirty_days_is_guessed_from_what_is_shown(
    shown: int, uidnext: int, days: int | None, warned: bool
) -> None:
    oldest = None if days is None else NOW - timedelta(days=days)
    found = list(visibility("QQ", FolderState("INBOX", 1, uidnext, shown), oldest, NOW))
    assert bool(found) is warned
    assert all("收取选项" in check.todo and f"{shown} mails" in check.said for check in found)


@pytest.mark.parametrize(
    ("host", "username", "provider"),
    [("imap.qq.com", "", "QQ"), ("hwimap.exmail.qq.com", "", "QQ"), ("imap.163.com", "", "NetEase (163)"),
     ("notqq.com", "", None), ("127.0.0.1", "a@vip.163.com", "NetEase (163)"), (f"imap.{DOMAIN}", ADDRESS, None)],
)  # fmt: skip
def test_a_provider_is_known_by_server_or_account(host: str, username: str, provider: str | None) -> None:
    assert provider_of(host, username) == provider


@pytest.mark.server
def test_a_real_mailbox_is_examined_and_left_as_it_was(desk: Desk, dovecot: Dovecot) -> None:
    address = dovecot.add_account(f"doctor@{DOMAIN}")
    for folder in ("INBOX", "垃圾邮件", "已归档"):
        dovecot.append(address, MAIL, NOW - timedelta(days=1), folder)
    planted = {
        "MAILBOT_IMAP__PORT": str(dovecot.imap),
        "MAILBOT_IMAP__USERNAME": address,
        "MAILBOT_IMAP__PASSWORD": DOVECOT_PASSWORD,
        "MAILBOT_SMTP__PASSWORD": PASSWORD,
    }
    folders, mails = dovecot.folders(address), dovecot.messages(address)
    checks = desk.checks(**planted)
    assert exit_code(checks) == 0
    assert about(checks, Subject.IMAP_ABILITIES)[0].said == "IDLE, MOVE, UIDPLUS, ID"
    said = [check.said for check in about(checks, Subject.FOLDER)]
    assert said[:3] == ["INBOX: 1 mails", "垃圾邮件: 1 mails", "已归档: 1 mails"]
    assert "待人工处理: not there yet" in said[3]
    assert the_problem(desk.checks(**{**planted, "MAILBOT_IMAP__ALSO": "病毒文件夹"})).what is Subject.FOLDER
    assert (dovecot.folders(address), dovecot.messages(address)) == (folders, mails)


@pytest.mark.slow
@pytest.mark.parametrize("what", [Subject.IMAP, Subject.SMTP])
def test_a_server_that_says_nothing_is_not_waited_for_long(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, what: Subject
) -> None:
    monkeypatch.setattr(f"mailbot.checkup.{what}.SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        checks = desk.checks(**{f"MAILBOT_{what.upper()}__PORT": str(silent.getsockname()[1])})
    found = the_problem(checks)
    assert found.what is what
    assert "silent for more than 1 s" in found.said
    assert "a firewall may be in the way" in found.todo
    assert exit_code(checks) == 3


def test_a_look_up_that_nobody_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr("mailbot.checkup.trouble.SECONDS", 0.05)
    monkeypatch.setattr("mailbot.checkup.trouble.look_up", lambda host, found: answered.wait(30))
    found = resolve(Subject.IMAP, "imap.example.com")
    answered.set()
    assert found is not None
    assert found.away
    assert "no answer within 0.05 s" in found.said


@pytest.mark.parametrize(("what", "port"), [(Subject.IMAP, 993), (Subject.SMTP, 465)])
def test_the_port_for_tls_spoken_to_without_it_is_told(what: Subject, port: int) -> None:
    hung = ServerHung("there", "silent for more than 10 s")
    assert connection_trouble(what, hung, port, "starttls").todo == f'port {port} wants security = "tls"'
    assert "firewall" in connection_trouble(what, hung, port, "tls").todo
