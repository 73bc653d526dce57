"""`mailbot doctor` and this machine: clock, disk, secrets, database; and settings that are a slip."""

import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from mailbot.checkup.disk import examine_database, file_system
from mailbot.checkup.machine import examine_clock, examine_converters
from mailbot.checkup.settings import ODD
from mailbot.config import load_settings
from mailbot.demo import college
from mailbot.demo.server import PASSWORD
from mailbot.doctor import Check, Level, Subject
from mailbot.lock import single_instance
from mailbot.tables import write_rows
from rules.roster import roster_rows
from storage.condition import Condition, State
from storage.database import open_database, upgrade
from storage.errors import StorageReadOnly, StorageUnreachable
from storage.ledger import Ledger
from tests.doctor_desk import ADDRESS, NOW, Desk, about, the_problem, the_warning
from tests.documents.build import docx
from tests.fakes_soffice import fake_soffice
from tests.servers import DOMAIN


def test_a_clock_that_cannot_be_right_is_a_problem(desk: Desk) -> None:
    found = about(desk.checks(datetime(1970, 1, 1, tzinfo=UTC)), Subject.CLOCK, Level.PROBLEM)
    assert "1970" in found[0].said
    assert "set the clock" in found[0].todo


CONVERTERS = [
    ("none", Level.OK, "none wanted", ""),
    ("/nowhere/soffice", Level.WARNING, "no /nowhere/soffice here", "libreoffice-writer-nogui"),
    ('cp SAMPLE "$out/in.docx"', Level.OK, "(LibreOffice 0.0) reads .doc, .wps, .rtf and .odt, ", ""),
    ("exit 1", Level.WARNING, "does not work: conversion failed", "libreoffice-writer-nogui"),
]


@pytest.mark.skipif(os.name != "posix", reason="the programs that stand in are shell scripts")
@pytest.mark.parametrize(("does", "level", "said", "todo"), CONVERTERS, ids=[case[0] for case in CONVERTERS])
def test_the_converter_is_tried(desk: Desk, does: str, level: Level, said: str, todo: str) -> None:
    program = does
    if " " in does:
        (desk.folder / "sample.docx").write_bytes(docx(["test"]))
        program = str(fake_soffice(desk.folder, does.replace("SAMPLE", str(desk.folder / "sample.docx"))))
    settings = load_settings(desk.config, {**desk.environ, "MAILBOT_CONVERT__SOFFICE": program})
    (check,) = examine_converters(settings)
    assert (check.what, check.level) == (Subject.CONVERTERS, level)
    assert said in check.said
    assert todo in check.todo


def test_a_data_directory_that_cannot_be_written_is_a_problem(desk: Desk) -> None:
    (desk.folder / "file").write_text("")
    checks = desk.checks(
        MAILBOT_STORAGE__DATA_DIR="file/var", MAILBOT_STORAGE__DATABASE=f"sqlite:///{desk.folder}/a.db"
    )
    found = the_problem(checks)
    assert found.what is Subject.DATA_DIR
    assert "cannot be written" in found.said
    assert "storage.data_dir" in found.todo


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_mail_and_secrets_that_others_can_read_are_warned_of(desk: Desk) -> None:
    (desk.folder / "var").mkdir(mode=0o755)
    (desk.folder / "password.txt").chmod(0o644)
    secret, data = [check for check in desk.checks() if check.level is not Level.OK]
    assert secret.todo == f"chmod 600 {desk.folder / 'password.txt'}"
    assert data.todo == f"chmod 700 {desk.folder / 'var'}"
    (desk.folder / "var").chmod(0o700)
    (desk.folder / "password.txt").chmod(0o600)
    desk.config.chmod(0o644)
    assert the_warning([*desk.checks(), *_with_password_in_file(desk)]).todo == f"chmod 600 {desk.config}"


def _with_password_in_file(desk: Desk) -> list[Check]:
    desk.replace("config.toml", '"password.txt"', '""')
    desk.replace("config.toml", "# password       = ", f'password = "{PASSWORD}" # ')
    return desk.checks()


def test_an_empty_password_says_where_it_belongs_and_is_not_tried(desk: Desk) -> None:
    (desk.folder / "password.txt").write_text("")
    checks = desk.checks()
    (found,) = about(checks, Subject.PASSWORD)
    assert "imap: the password is empty" in found.said
    assert f"first line of {desk.folder / 'password.txt'}" in found.todo
    assert "not tried" in about(checks, Subject.SMTP_LOGIN)[0].said
    imap, smtp = about(desk.checks(MAILBOT_SMTP__USERNAME=f"other@{DOMAIN}"), Subject.PASSWORD)
    assert "first line" in imap.todo
    assert "MAILBOT_SMTP__PASSWORD" in smtp.todo


@pytest.mark.parametrize(
    ("host", "login", "level"),
    [
        ("smtp.qq.com", f"other@{DOMAIN}", Level.PROBLEM),
        ("smtp.163.com", "other", Level.PROBLEM),
        ("smtp.163.com", "bot", Level.OK),
        ("smtp.qq.com", ADDRESS, Level.OK),
        (f"smtp.{DOMAIN}", f"other@{DOMAIN}", Level.WARNING),
        (f"smtp.{DOMAIN}", "account-7", Level.OK),
        (f"smtp.{DOMAIN}", "", Level.OK),
    ],
)
def test_a_sender_that_is_not_the_login_is_a_problem_at_qq_and_163_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, host: str, login: str, level: Level
) -> None:
    monkeypatch.setattr("mailbot.checkup.trouble.look_up", lambda host, found: found.append("not looked up"))
    changed = {"MAILBOT_SMTP__HOST": host, "MAILBOT_SMTP__SECURITY": "tls", "MAILBOT_SMTP__USERNAME": login}
    (found,) = about(desk.checks(**changed, MAILBOT_SMTP__PASSWORD="x"), Subject.SENDER)
    assert found.level is level
    assert level is not Level.PROBLEM or ("501" in found.said and login in found.said and "address" in found.todo)


LIMITS = [
    {"MAILBOT_LIMITS__FILE_MB": "61"},
    {"MAILBOT_LIMITS__UNPACKED_MB": "29"},
    {"MAILBOT_LIMITS__UNPACKED_MB": "3000"},
    {"MAILBOT_LIMITS__SECONDS": "601"},
    {"MAILBOT_SMTP__PER_HOUR": "10"},
    {"MAILBOT_SMTP__PER_MINUTE": "61"},
    {"MAILBOT_IMAP__POLL_SECONDS": "3601"},
    {"MAILBOT_IMAP__POLL_SECONDS": "9"},
]


@pytest.mark.parametrize(("number", "environ"), list(enumerate(LIMITS)))
def test_each_odd_limit_is_told_by_its_own_line(desk: Desk, number: int, environ: dict[str, str]) -> None:
    settings = load_settings(desk.config, {**desk.environ, **environ})
    assert [said for is_so, said, _ in ODD if is_so(settings)] == [ODD[number][1]]
    (key,) = environ
    assert key.rpartition("__")[2].lower() in ODD[number][1]


def test_every_odd_limit_has_a_test() -> None:
    assert len(LIMITS) == len(ODD)


def test_a_file_system_that_forgets_or_is_far_away_is_warned_of(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\nnone {tmp_path / 'deep'} tmpfs rw 0 0\n"
    )
    assert "network file system (nfs4)" in next(file_system(tmp_path / "x", mounts)).said
    assert "lost at a restart" in next(file_system(tmp_path / "deep" / "x", mounts)).said
    assert list(file_system(Path("/"), mounts)) == []
    assert list(file_system(tmp_path, tmp_path / "absent")) == []


def test_a_database_is_opened_and_its_roster_is_the_one_that_counts(desk: Desk) -> None:
    roster = college.roster()
    engine = open_database(load_settings(desk.config, desk.environ).database_url)
    upgrade(engine)
    with Ledger(engine).transaction() as book:
        book.replace_roster(roster)
    engine.dispose()
    checks = desk.checks()
    assert "opens, up to date" in about(checks, Subject.DATABASE)[0].said
    assert "数据库中：6 个党总支" in about(checks, Subject.ROSTER)[0].said
    (desk.folder / "roster.xlsx").write_bytes(write_rows(roster_rows(roster)[:-1]))
    found = the_warning(desk.checks())
    assert "与数据库中的名册有 1 处不同（例如：删除 07" in found.said
    assert "mailbot roster import" in found.todo


def test_a_file_that_is_no_database_is_a_problem(desk: Desk) -> None:
    (desk.folder / "var").mkdir(mode=0o700)
    (desk.folder / "var" / "mailbot.db").write_bytes(b"words" * 500)
    checks = desk.checks()
    assert the_problem(checks).what is Subject.DATABASE
    assert about(checks, Subject.ROSTER)[0].level is Level.OK


def test_a_bot_that_is_at_work_is_seen_and_one_that_has_fallen_silent_too(desk: Desk) -> None:
    data = desk.folder / "var"
    data.mkdir(mode=0o700)
    with single_instance(data):
        assert "a mailbot works here" in about(desk.checks(), Subject.RUNNING)[0].said
        (data / "heartbeat.json").write_text('{"polled": "2012-09-05T00:30:00+00:00"}')
        found = the_warning(desk.checks())
        assert "has not looked into the inbox since 2012-09-05 00:30" in found.said
    assert "no mailbot works here" in about(desk.checks(), Subject.RUNNING)[0].said


@pytest.mark.parametrize(("free", "level"), [(100, Level.PROBLEM), (1000, Level.WARNING), (9000, None)])
def test_a_disk_that_is_nearly_full_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, free: int, level: Level | None
) -> None:
    monkeypatch.setattr("mailbot.checkup.disk.shutil.disk_usage", lambda _: SimpleNamespace(free=free * 1024 * 1024))
    found = [check for check in about(desk.checks(), Subject.DATA_DIR) if "MB free" in check.said]
    assert [check.level for check in found] == ([level] if level else [])
    assert all(f"{free} MB free" in check.said and "free some space" in check.todo for check in found)


@pytest.mark.parametrize(
    ("found", "level", "todo"),
    [
        (Condition(State.NEWER), Level.PROBLEM, "install that version"),
        (Condition(State.OLDER), Level.WARNING, "make a copy"),
        (Condition(State.EMPTY), Level.OK, ""),
        (ImportError("psycopg"), Level.PROBLEM, "zuzhib-mailbot[postgres]"),
        (StorageUnreachable("look at the database"), Level.PROBLEM, "start the database server"),
    ],
)
def test_each_condition_of_a_database_has_its_line(
    desk: Desk, found: Condition | Exception, level: Level, todo: str
) -> None:
    environ = {**desk.environ, "MAILBOT_STORAGE__DATABASE": "postgresql+psycopg://bot:geheim@db.example.com/bot"}
    (check,) = examine_database(load_settings(desk.config, environ), found)
    assert check.level is level
    assert todo in check.todo
    assert check.away is isinstance(found, StorageUnreachable)
    assert "geheim" not in str(check)


def test_a_machine_whose_time_zones_are_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.checkup.machine.ZoneInfo", lambda _: UTC)
    (found,) = examine_clock(NOW)
    assert found.level is Level.PROBLEM
    assert "+0000, not +0800" in found.said
    assert "tzdata" in found.todo


def test_a_lock_of_another_user_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise StorageReadOnly("opening the lock file in data_dir: Permission denied")

    (desk.folder / "var").mkdir(mode=0o700)
    (desk.folder / "var" / "mailbot.lock").write_text("")
    monkeypatch.setattr("mailbot.checkup.disk.single_instance", refused)
    found = the_warning(desk.checks())
    assert "Permission denied" in found.said
    assert found.todo == "run the doctor as the bot's user"
