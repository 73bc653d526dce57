"""`mailbot doctor` against planted misconfigurations: one line names the fault and says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.demo.server import MailServer
from mailbot.doctor import Check, Level, Subject, examine, exit_code
from tests.doctor_desk import ADDRESS, NOW, Desk, about, the_problem, the_warning

ROOT = Path(__file__).resolve().parents[2]


def test_when_all_is_well_every_line_says_so(desk: Desk) -> None:
    checks = desk.checks()
    assert [str(check) for check in checks if check.level is not Level.OK] == []
    assert {check.what for check in checks} == set(Subject)
    assert exit_code(checks) == 0


def test_nothing_is_made_on_the_disk_or_sent(desk: Desk, embedded: MailServer) -> None:
    before = sorted(desk.folder.rglob("*"))
    desk.checks()
    assert sorted(desk.folder.rglob("*")) == before
    assert embedded.letters == []


FOUND = (
    "INBOX: 3 mails",
    "垃圾邮件: 1 mails",
    "已归档: not there yet, is made with the first mail",
    "2012-09-05 09:00 in Asia/Shanghai",
    "6 个党总支、23 个党支部、1 个直属党支部",
    "《创先争优活动总结》，截止 2012-09-14 23:59",
    "none wanted: senders of .doc",
    "none yet: it is made at the first start",
    f"imap login: as {ADDRESS}",
    f"smtp login: as {ADDRESS}",
)


def test_the_lines_say_what_was_found(desk: Desk) -> None:
    lines = "\n".join(map(str, desk.checks()))
    for words in FOUND:
        assert words in lines


# Misconfigurations in the environment: (variables, about what, what the line says, what to do, exit code).
PLANTED = [
    ({"MAILBOT_IMAP__HOST": "imap.invalid", "MAILBOT_IMAP__SECURITY": "tls"}, Subject.IMAP,
     "no such host: imap.invalid", "check imap.host for a slip", 3),
    ({"MAILBOT_SMTP__HOST": "smtp.invalid", "MAILBOT_SMTP__SECURITY": "tls"}, Subject.SMTP,
     "no such host: smtp.invalid", "check smtp.host for a slip", 3),
    ({"MAILBOT_IMAP__SECURITY": "tls"}, Subject.IMAP, "WRONG_VERSION_NUMBER", "does not speak TLS on port", 2),
    ({"MAILBOT_SMTP__SECURITY": "tls"}, Subject.SMTP, "WRONG_VERSION_NUMBER", 'usual are 465 with security = "tls"', 2),
    ({"MAILBOT_IMAP__SECURITY": "starttls"}, Subject.IMAP, "no STARTTLS", "change security", 2),
    ({"MAILBOT_SMTP__SECURITY": "starttls"}, Subject.SMTP, "no STARTTLS", "change security", 2),
    ({"MAILBOT_IMAP__ALSO": "垃圾邮箱"}, Subject.FOLDER, "imap.also: there is no folder 垃圾邮箱",
     "did you mean 垃圾邮件?", 2),
    ({"MAILBOT_IMAP__FOLDER": "Elsewhere"}, Subject.FOLDER, "imap.folder: there is no folder", "there are: ", 2),
    ({"MAILBOT_IMAP__DONE_FOLDER": "INBOX"}, Subject.CONFIGURATION, "imap.done_folder", "name another folder", 2),
    ({"MAILBOT_STORAGE__DATABASE": "mysql://a:geheim@b/c"}, Subject.DATABASE, "not sqlite or postgresql",
     "database", 2),
]  # fmt: skip


@pytest.mark.parametrize(("environ", "what", "said", "todo", "code"), PLANTED)
def test_the_one_line_names_the_fault_and_what_to_do(
    desk: Desk, environ: dict[str, str], what: Subject, said: str, todo: str, code: int
) -> None:
    checks = desk.checks(**environ)
    found = the_problem(checks)
    assert found.what is what
    assert said in found.said
    assert todo in found.todo
    assert "geheim" not in str(found)
    assert exit_code(checks) == code


# Misconfigurations that load_settings refuses: (variables, what the line says, what to do).
REFUSED = [
    ({"MAILBOT_IMAP__HOTS": "x"}, "MAILBOT_IMAP__HOTS: unknown key; did you mean host?", "docs/configuration.md"),
    ({"MAILBOT_IMAP__PORT": "99999"}, "MAILBOT_IMAP__PORT = '99999': must be less than", "docs/configuration.md"),
    ({"MAILBOT_IMAP__HOST": "imap.example.com"}, "security = none is allowed only towards localhost", "correct"),
    ({"MAILBOT_IMAP__PASSWORD_FILE": "nowhere.txt"}, "imap.password_file", "make this file with the password"),
]


@pytest.mark.parametrize(("environ", "said", "todo"), REFUSED)
def test_a_configuration_that_is_refused_is_one_line_and_the_machine_is_still_examined(
    desk: Desk, environ: dict[str, str], said: str, todo: str
) -> None:
    checks = desk.checks(**environ)
    found = the_problem(checks)
    assert found.what is Subject.CONFIGURATION
    assert said in found.said
    assert todo in found.todo
    assert exit_code(checks) == 2
    assert {Subject.CLOCK} == {check.what for check in checks if check.level is Level.OK}


def test_a_configuration_that_is_absent_or_no_toml_says_so(desk: Desk) -> None:
    absent = the_problem(list(examine(desk.folder / "other.toml", {}, NOW)))
    assert "other.toml" in absent.said
    assert "make a configuration" in absent.todo
    desk.replace("config.toml", "[imap]", "[imap")
    broken = the_problem(desk.checks())
    assert "not valid TOML" in broken.said
    assert "correct that line" in broken.todo


def test_an_unknown_key_in_the_file_is_named(desk: Desk) -> None:
    desk.replace("config.toml", "poll_seconds", "pol_seconds")
    assert "config.toml: imap.pol_seconds: unknown key; did you mean poll_seconds?" in the_problem(desk.checks()).said


def test_nobody_to_be_told_is_warned_of(desk: Desk) -> None:
    found = the_warning(desk.checks(MAILBOT_DEPARTMENT__STAFF=""))
    assert found.what is Subject.STAFF
    assert "nobody gets the tracking sheet" in found.said
    assert "the bot itself reads" in the_warning(desk.checks(MAILBOT_DEPARTMENT__STAFF=ADDRESS)).said


def test_the_invented_values_of_the_example_are_pointed_out(desk: Desk) -> None:
    for key in ("NAME", "CONTACT"):
        del desk.environ[f"MAILBOT_DEPARTMENT__{key}"]
    found = the_warning(desk.checks())
    assert "department.name, department.contact" in found.said


def test_a_check_that_breaks_does_not_keep_the_others_from_being_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> Iterator[Check]:
        raise RuntimeError("words")
        yield

    monkeypatch.setattr("mailbot.doctor.examine_data_dir", broken)
    checks = desk.checks()
    assert "could not be examined: RuntimeError" in the_problem(checks).said
    assert about(checks, Subject.SMTP_LOGIN)[0].level is Level.OK


@pytest.mark.parametrize("what", Subject)
def test_the_documentation_has_a_row_for_every_check(what: Subject) -> None:
    assert f"| `{what}` |" in (ROOT / "docs/doctor.md").read_text(encoding="utf-8")
