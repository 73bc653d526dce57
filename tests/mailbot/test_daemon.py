"""The daemon as a process: it takes mail as it comes, answers, stops when asked to, and is alone."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from mailbot.demo import college
from mailbot.demo.server import MailServer
from tests.commands import INBOX, Home, furnish
from tests.fakes_proxy import BadLine
from tests.path_mails import campaign_around, mail, midnight, report, to_bytes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="SIGTERM is a thing of POSIX"),
]
LIBRARY = "图书馆直属党支部"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until a test gives up; nothing is said by it about how long things take
GRACE = 5  # seconds from SIGTERM to the end, as promised


@contextlib.contextmanager
def daemon(home: Home, *words: str) -> Iterator[subprocess.Popen[str]]:
    """`mailbot run` as a process of its own, with its log in run.log."""
    command = [sys.executable, "-m", "mailbot", "run", "--config", str(home.config), *words]
    environ = {**os.environ, "MAILBOT_LOG__FORMAT": "json", "MAILBOT_SHEET__AT": "23:59"}
    with (home.path / "run.log").open("a") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def events(home: Home) -> list[str]:
    lines = (home.path / "run.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines if line.startswith("{")]


def until(holds: Callable[[], bool], home: Home) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, (home.path / "run.log").read_text(encoding="utf-8")
        time.sleep(0.05)


def beats(home: Home) -> dict[str, str]:
    file = home.var / "heartbeat.json"
    return json.loads(file.read_text()) if file.exists() else {}


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> int:
    process.send_signal(number)
    return process.wait(timeout=GRACE)


def send_report(server: MailServer, account: str = "lib", unit: str = LIBRARY) -> None:
    message = mail(college.address(account), INBOX, f"{unit}总结", files=[report(unit)])
    server.deliver(INBOX, to_bytes(message), datetime.now(UTC))


def test_it_takes_a_mail_that_comes_while_it_waits_answers_it_and_ends_at_once_when_told_to(
    served: Home, server: MailServer
) -> None:
    with daemon(served) as process:
        until(lambda: "polled" in beats(served), served)
        send_report(server)
        # The poll is a minute away: what wakes it is IDLE.
        until(lambda: [one.recipients for one in server.letters] == [("lib@example.edu.cn",)], served)
        until(lambda: "delivered" in beats(served), served)
        assert stop(process) == 0
    for moment in beats(served).values():
        assert datetime.now(UTC) - datetime.fromisoformat(moment) < timedelta(seconds=2 * PATIENCE)
    assert events(served)[-1] == "stopping"
    report_of = {unit["code"]: unit["deliverables"][0] for unit in served.run("status", "--json").json["units"]}
    assert report_of["07"]["state"] == "accepted"


def test_a_second_one_ends_with_2_and_one_line_and_the_first_goes_on(served: Home, server: MailServer) -> None:
    with daemon(served) as first:
        until(lambda: "polled" in beats(served), served)
        with daemon(served) as second:
            assert second.wait(timeout=PATIENCE) == 2
        last = (served.path / "run.log").read_text(encoding="utf-8").splitlines()[-1]
        assert last.startswith("mailbot: another mailbot works on ")
        assert first.poll() is None
        assert stop(first, signal.SIGINT) == 0


def test_killed_and_started_again_it_answers_every_mail_once(served: Home, server: MailServer) -> None:
    units = {"lib": LIBRARY, "jsj": "计算机学院党总支", "math": "数学学院党总支", "flc": "外国语学院党总支"}
    for account, unit in units.items():
        send_report(server, account, unit)
    with daemon(served) as process:
        until(lambda: len(served.run("outbox", "list", "--all").out.splitlines()) > 1, served)
        process.kill()
        process.wait()
    with daemon(served) as process:
        until(lambda: len(server.letters) >= len(units), served)
        send_report(server, "chem", "化学与材料学院党总支")
        until(lambda: len(server.letters) > len(units), served)
        assert stop(process) == 0
    # Killed between sending and noting it, a letter goes out once more: with the same Message-ID.
    letters = {message_from_bytes(letter.content)["Message-ID"]: letter.recipients for letter in server.letters}
    assert sorted(address for to in letters.values() for address in to) == sorted(
        map(college.address, [*units, "chem"])
    )


def test_a_server_that_falls_silent_does_not_hold_up_the_end(tmp_path: Path, server: MailServer) -> None:
    with BadLine(server.imap_port) as line:
        line.silent_after = 0
        home = furnish(tmp_path, line.port, server.smtp_port, campaign_around(midnight(10)))
        with daemon(home) as process:
            until(lambda: line.connections > 0 and "running" in events(home), home)
            assert stop(process) == 0
        assert "polled" not in beats(home)


def test_a_server_that_is_away_is_tried_again_and_the_daemon_stays(tmp_path: Path, server: MailServer) -> None:
    home = furnish(tmp_path, smtp=server.smtp_port, campaign=campaign_around(midnight(10)))
    with daemon(home) as process:
        until(lambda: "inbox not reached" in events(home), home)
        assert process.poll() is None
        assert stop(process) == 0
