"""The courier: one letter over a real protocol, to a server that answers as it is told, and to a real Postfix."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from mailbot.deliver import LETTERS_PER_CONNECTION, Courier, NotTaken, SmtpAccount
from mailbot.errors import (
    LoginRefused,
    OutsideError,
    ServerBusy,
    ServerHung,
    ServerUnreachable,
    TlsFailed,
)
from rules.refusals import LOST, Kind
from tests.fakes_smtp import DROP, RecordingServer
from tests.servers import DOMAIN, PASSWORD, Dovecot
from tests.servers_postfix import MailSystem, Postfix
from tests.servers_start import free_ports, make_certificate, require

SENDER = "zuzhib@example.edu.cn"
TO = ("jsj@example.edu.cn",)
CONTENT = b"From: zuzhib@example.edu.cn\r\nSubject: invented\r\n\r\n.\r\n..words\r\n"


def account(port: int, **changed: object) -> SmtpAccount:
    settings = {"security": "none", "username": "", "timeout_seconds": 20.0, **changed}
    return SmtpAccount("127.0.0.1", port, password=lambda: PASSWORD, **settings)


def hand_over(settings: SmtpAccount, to: Sequence[str] = TO, times: int = 1) -> list[tuple[NotTaken, ...]]:
    async def carry() -> list[tuple[NotTaken, ...]]:
        async with Courier(settings, SENDER) as courier:
            return [await courier.hand_over(to, CONTENT) for _ in range(times)]

    return asyncio.run(carry())


def trouble_of(settings: SmtpAccount) -> OutsideError:
    with pytest.raises(OutsideError) as caught:
        hand_over(settings)
    assert PASSWORD not in str(caught.value)
    return caught.value


def test_a_letter_goes_out_byte_for_byte_in_our_name() -> None:
    with RecordingServer() as server:
        assert hand_over(account(server.port), (*TO, "wy@example.edu.cn")) == [()]
        (taken,) = server.taken
        assert (taken.sender, taken.recipients) == (SENDER, (*TO, "wy@example.edu.cn"))
        assert taken.content == CONTENT
        assert server.names == ["example.edu.cn"]


def test_a_connection_carries_many_letters_but_not_for_ever() -> None:
    with RecordingServer() as server:
        hand_over(account(server.port), times=LETTERS_PER_CONNECTION + 3)
        assert [taken.connection for taken in server.taken] == [1] * LETTERS_PER_CONNECTION + [2] * 3


@pytest.mark.parametrize(
    ("step", "answer", "kind", "said"),
    [
        ("MAIL", b"553 Mail from must equal authorized user", Kind.ACCOUNT, "553 Mail from must"),
        ("RCPT", b"550 5.1.1 User unknown", Kind.PERMANENT, "550 5.1.1 User unknown"),
        ("RCPT", b"450 MI:CEL", Kind.BUSY, "450 MI:CEL"),
        ("DATA", b"554 DT:SPM 163 smtp7", Kind.SUSPECT, "554 DT:SPM"),
        ("DATA", b"451 DT:SPM please try again", Kind.SUSPECT, "451 DT:SPM"),
        ("DATA", b"421 HL:ICC", Kind.BUSY, "421 HL:ICC"),
        ("DATA", "550 收件人空间不足".encode("gb18030"), Kind.TEMPORARY, "550 收件人空间不足"),
    ],
)
def test_a_refusal_is_judged_wherever_it_comes(step: str, answer: bytes, kind: Kind, said: str) -> None:
    with RecordingServer() as server:
        server.answers[step].append(answer)
        first, second = hand_over(account(server.port), times=2)
        assert [(each.address, each.refusal.kind) for each in first] == [(TO[0], kind)]
        assert first[0].said.startswith(said)
        assert second == ()
        assert len(server.taken) == 1


def test_a_recipient_that_is_refused_does_not_keep_the_letter_from_the_others() -> None:
    with RecordingServer() as server:
        server.answers["RCPT wy@example.edu.cn"].append(b"550 no such user")
        ((refused,),) = hand_over(account(server.port), (*TO, "wy@example.edu.cn"))
        assert (refused.address, refused.refusal.kind) == ("wy@example.edu.cn", Kind.PERMANENT)
        assert [taken.recipients for taken in server.taken] == [TO]


@pytest.mark.parametrize(("step", "arrived"), [("MAIL", 1), ("RCPT", 1), ("DATA", 2)])
def test_a_line_that_breaks_leaves_the_outcome_open_and_the_next_letter_gets_a_new_one(step: str, arrived: int) -> None:
    with RecordingServer() as server:
        server.answers[step].append(DROP)
        first, second = hand_over(account(server.port), times=2)
        assert [each.refusal for each in first] == [LOST]
        assert second == ()
        assert len(server.taken) == arrived


def test_an_address_that_smtp_cannot_say_is_refused_for_good() -> None:
    with RecordingServer() as server:
        ((refused,),) = hand_over(account(server.port), ("支部@example.edu.cn",))
        assert refused.refusal.kind is Kind.PERMANENT


def test_a_login_is_made_where_a_name_is_given_and_a_wrong_one_is_the_departments_business() -> None:
    with RecordingServer(password=PASSWORD) as server:
        assert hand_over(account(server.port, username=SENDER)) == [()]
    with RecordingServer(password="another") as server:
        trouble = trouble_of(account(server.port, username=SENDER))
        assert isinstance(trouble, LoginRefused)
        assert "535" in str(trouble)


def test_nobody_there_is_said_in_one_line() -> None:
    (port,) = free_ports(1)
    trouble = trouble_of(account(port))
    assert isinstance(trouble, ServerUnreachable)
    assert str(trouble).startswith(f"SMTP 127.0.0.1:{port}: ")
    assert "\n" not in str(trouble)


@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        (b"421 HL:ICC too many connections\r\n", ServerBusy),
        (b"554 5.7.1 IP in blacklist\r\n", ServerBusy),
        (b"", ServerUnreachable),
        (None, ServerHung),
    ],
)
def test_a_server_that_does_not_let_us_in_is_understood(greeting: bytes | None, kind: type[OutsideError]) -> None:
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            line, _ = listener.accept()
            with line:
                if greeting is None:
                    done.wait(20)
                else:
                    line.sendall(greeting)

        speaker = threading.Thread(target=greet)
        speaker.start()
        trouble = trouble_of(account(listener.getsockname()[1], timeout_seconds=0.5))
        done.set()
        speaker.join()
    assert isinstance(trouble, kind)
    assert trouble.temporary


def test_starttls_is_demanded_and_its_certificate_checked(tmp_path: Path) -> None:
    require("openssl")
    certificate, key = make_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with RecordingServer(tls_context=context) as server:
        assert hand_over(account(server.port, security="starttls", ca_file=certificate)) == [()]
        assert isinstance(trouble_of(account(server.port, security="starttls")), TlsFailed)
        assert len(server.taken) == 1
    with RecordingServer() as server:
        assert isinstance(trouble_of(account(server.port, security="starttls", ca_file=certificate)), TlsFailed)
        assert isinstance(trouble_of(account(server.port, security="tls", ca_file=certificate)), TlsFailed)
        assert not server.taken


@pytest.mark.server
def test_a_real_postfix_takes_a_letter_and_refuses_strangers(mail_system: MailSystem) -> None:
    sender = mail_system.add_account("courier-zuzhib")
    branch = mail_system.add_account("courier-jsj")
    settings = account(mail_system.postfix.submission, username=sender)
    ((unknown, stranger),) = hand_over(settings, (branch, f"courier-nobody@{DOMAIN}", "a@example.com"))
    assert (unknown.refusal.kind, unknown.refusal.meaning) == (Kind.PERMANENT, "收件地址不存在")
    assert (stranger.refusal.kind, stranger.refusal.meaning) == (Kind.PERMANENT, "服务器不转发到该地址")
    (kept,) = mail_system.wait_for(branch, 1)
    assert kept.raw.endswith(CONTENT[CONTENT.index(b"\r\n\r\n") :])
    assert kept.raw.startswith(f"Return-Path: <{SENDER}>".encode())


@pytest.mark.server
def test_a_real_postfix_wants_the_right_password(mail_system: MailSystem) -> None:
    settings = account(mail_system.postfix.submission, username="courier-stranger@example.edu.cn")
    assert isinstance(trouble_of(settings), LoginRefused)


@pytest.mark.server
def test_a_real_postfix_is_spoken_to_in_tls(mail_system: MailSystem) -> None:
    require("openssl")
    with Dovecot(tls=True) as dovecot, Postfix(dovecot) as postfix:
        system = MailSystem(dovecot, postfix)
        branch = system.add_account("jsj")
        settings = account(postfix.submission, security="starttls", username=branch, ca_file=postfix.ca_file)
        assert hand_over(settings, (branch,)) == [()]
        assert len(system.wait_for(branch, 1)) == 1
