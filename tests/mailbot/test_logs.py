"""Logs: a line of JSON for each event, libraries' own included, and nothing in them of what a mail said."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from mailbot.demo import college
from mailbot.demo.server import PASSWORD, MailServer
from mailbot.logs import set_up_logs
from tests.commands import INBOX, Home
from tests.path_mails import mail, report, to_bytes

NAME = "图书馆直属党支部"
NOTES = ("geheim", "张三的总结", "lisi@example.com")


@pytest.fixture(autouse=True)
def undone() -> Iterator[None]:
    """Logging is one per process: it is given back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail(subject: str) -> None:
    password = "geheim"
    raise ValueError(f"{subject} {password} lisi@example.com")


def log_a_failure() -> None:
    try:
        fail("张三的总结")
    except ValueError as error:
        structlog.get_logger("ours").exception("mail failed", uid=7)
        structlog.get_logger("ours").error("again", exc_info=error)
        logging.getLogger("library").exception("job %s failed", 3)


def test_every_event_is_one_line_of_json_with_time_level_and_fields(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json", "info")
    structlog.get_logger("ours").info("inbox polled", taken=3, folder="已归档")
    logging.getLogger("library").warning("odd: %s", "x")
    said = capsys.readouterr()
    assert said.out == ""
    first, second = (json.loads(line) for line in said.err.splitlines())
    assert datetime.now(UTC) - datetime.fromisoformat(first.pop("timestamp")) < timedelta(minutes=1)
    assert first == {"event": "inbox polled", "level": "info", "taken": 3, "folder": "已归档"}
    assert (second["event"], second["level"]) == ("odd: x", "warning")


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_failure_is_told_by_its_kind_and_place_without_its_words_and_variables(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    set_up_logs(form, "info")
    log_a_failure()
    said = capsys.readouterr().err
    assert said.count("ValueError") == 3
    assert said.count(f"fail ({__file__}:") == 3
    assert "mail failed" in said
    assert "job 3 failed" in said
    assert not [note for note in NOTES if note in said]


@pytest.mark.parametrize(
    ("level", "seen"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)]
)  # fmt: skip
def test_what_is_less_than_the_level_is_not_written(capsys: pytest.CaptureFixture[str], level: str, seen: int) -> None:
    set_up_logs("json", level)
    log = structlog.get_logger("ours")
    for say in (log.debug, log.info, log.warning, log.error):
        say("event")
    logging.getLogger("library").info("libraries are quiet below warning")
    assert len(capsys.readouterr().err.splitlines()) == seen


def test_setting_up_twice_writes_every_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json", "info")
    set_up_logs("json", "info")
    logging.getLogger("library").warning("once")
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_whole_round_logs_no_subject_name_address_or_password(served: Home, server: MailServer) -> None:
    for number, (account, subject) in enumerate((("lib", f"{NAME}总结"), ("jsj", "甲某乙的材料"))):
        message = mail(college.address(account), INBOX, subject, "联系人 甲某乙", [report(NAME, seed=number)])
        server.deliver(INBOX, to_bytes(message), datetime.now(UTC))
    server.deliver(INBOX, b"\xff\xfe broken", datetime.now(UTC))
    served.config.write_text(served.config.read_text(encoding="utf-8") + '\n[log]\nformat = "json"\nlevel = "debug"\n')
    said = served.run("run", "--once")
    ours = [json.loads(line) for line in said.err.splitlines()]
    assert "inbox polled" in [line["event"] for line in ours]
    for secret in (NAME, "甲某乙", "lib@", "jsj@", f'"{PASSWORD}"', "总结"):
        assert secret not in said.err, secret
