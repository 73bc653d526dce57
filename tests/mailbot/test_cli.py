"""The commands as a whole: help, exit codes, and every error in one line that says what, where and what to do."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from mailbot import __version__
from mailbot.cli import command_line
from mailbot.demo.reports import docx
from mailbot.demo.server import MailServer
from mailbot.lock import single_instance
from tests.commands import Home, furnish, is_one_line, run

PROMISED = {
    "demo", "init", "doctor", "run", "status", "check", "remind", "sheet", "replay", "decide", "teach", "copies",
    "roster import", "roster export", "outbox list", "outbox retry", "outbox cancel",
    "set-aside list", "set-aside retry", "set-aside done",
}  # fmt: skip
READING = ("status", "check x.docx", "remind --preview", "sheet -o x.xlsx")


def commands(group: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it."""
    for name, command in (group or get_command(command_line)).commands.items():
        words = f"{before} {name}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, words)
        else:
            yield words, command


def test_the_commands_are_the_promised_ones() -> None:
    assert {words for words, _ in commands()} == PROMISED


@pytest.mark.parametrize("words", sorted(PROMISED))
def test_the_help_of_every_command_has_an_example_and_explains_every_option(words: str) -> None:
    said = run(*words.split(), "--help")
    assert said.code == 0
    assert re.search(rf"^  Example: mailbot {words}\b", said.out, re.MULTILINE)
    for parameter in dict(commands())[words].params:
        assert parameter.help, f"{words}: {parameter.name} is not explained"


def test_the_version_is_told() -> None:
    assert run("--version").out == f"zuzhib-mailbot {__version__}\n"


def test_without_a_command_the_help_is_shown_and_nothing_is_done() -> None:
    said = run()
    assert (said.code, said.out) == (2, "")
    assert "Usage: mailbot" in said.err


@pytest.mark.parametrize(
    "line",
    [
        "nonsense", "status --jsn", "status extra", "check", "remind --at", "replay", "roster", "roster import",
        "roster nonsense", "outbox retry", "outbox retry x", "outbox cancel 1 two", "set-aside retry", "init",
        "set-aside retry third", "set-aside done x", "remind", "remind --at 2012-09-12",
        "sheet --apply x.xlsx", "package -o x.zip",
    ],
)  # fmt: skip
def test_wrong_usage_is_refused(home: Home, line: str) -> None:
    said = home.run(*line.split())
    assert (said.code, said.out) == (2, "")
    if line != "roster":  # a group alone shows its help
        is_one_line(said, 2)


def test_a_wrong_option_says_which_help_to_look_at(home: Home) -> None:
    is_one_line(home.run("roster", "import", "--ys", "x"), 2, "--ys", "mailbot roster import --help")


def test_the_configuration_is_the_one_of_the_environment_unless_an_option_says_another(home: Home) -> None:
    environ = {"MAILBOT_CONFIG": str(home.config)}
    assert run("status", environ=environ).code == 0
    is_one_line(run("status", "--config", "elsewhere.toml", environ=environ), 2, "elsewhere.toml", "mailbot init")
    assert run("status", "--config", str(home.config), environ={"MAILBOT_CONFIG": "elsewhere.toml"}).code == 0


def test_without_either_it_is_config_toml_of_the_current_folder(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.path)
    monkeypatch.delenv("MAILBOT_CONFIG", raising=False)
    assert run("status").code == 0


def test_a_key_can_be_overridden_by_the_environment(home: Home) -> None:
    is_one_line(home.run("run", "--once", environ={"MAILBOT_IMAP__PORT": "2"}), 3, "IMAP 127.0.0.1:2")


@pytest.mark.parametrize("command", [*READING, "run --once", "outbox list", "set-aside list", "replay x.eml"])
def test_every_command_refuses_a_faulty_configuration_in_the_same_way(home: Home, command: str) -> None:
    (home.path / "x.eml").write_bytes(b"")
    home.config.write_text(home.config.read_text(encoding="utf-8").replace("[imap]\n", "[imap]\nprot = 1\n"))
    said = home.run(*command.replace("x.eml", str(home.path / "x.eml")).split())
    is_one_line(said, 2, "config.toml: imap.prot", "port")


@pytest.mark.parametrize(
    ("file", "old", "new", "parts"),
    [
        ("config.toml", "[imap]", "[imap", ["config.toml", "TOML"]),
        ("config.toml", 'host = "127.0.0.1"\nport = 1\nsecurity = "none"\nusername = "zuzhib@example.edu.cn"\np',
         'host = "mail.example.edu.cn"\nport = 1\nsecurity = "none"\nusername = "x"\np', ["imap", "localhost"]),
        ("config.toml", "port = 1\n", "port = 99999999\n", ["port", "99999999"]),
        ("campaign.toml", "[deadline]", "[deadline", ["campaign.toml"]),
        ("campaign.toml", "[deadline]", "[deadlin]", ["campaign.toml", "deadlin"]),
        ("campaign.toml", 'medium  = "email"', 'medium  = "fax"', ["campaign.toml", "medium", "fax"]),
    ],
)  # fmt: skip
def test_a_faulty_file_is_named_with_key_and_value(home: Home, file: str, old: str, new: str, parts: list[str]) -> None:
    path = home.path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    said = home.run("status")
    assert said.code == 2
    assert said.out == ""
    assert all(line.startswith("mailbot: ") for line in said.err.splitlines())
    assert all(part in said.err for part in parts), said.err


@pytest.mark.parametrize("file", ["campaign.toml", "roster.xlsx"])
def test_a_file_that_is_not_there_is_named(home: Home, file: str) -> None:
    (home.path / file).unlink()
    is_one_line(home.run("status"), 2, file)


def test_a_faulty_row_of_the_roster_is_named_by_its_number(home: Home) -> None:
    rows = "编号,单位名称,类型,上级\n01,甲总支,党总支,\n0101,甲支部,支部委员会,01\n"
    (home.path / "roster.csv").write_text(rows, encoding="utf-8")
    is_one_line(home.run("status", environ={"MAILBOT_CAMPAIGN__ROSTER": str(home.path / "roster.csv")}), 2,
                "roster.csv", "第 3 行", "支部委员会")  # fmt: skip
    # Nothing of it was taken: the next start still takes its first roster.
    assert home.run("roster", "export", str(home.path / "out.xlsx")).out.endswith(": 30 个单位\n")


@pytest.mark.parametrize("command", READING)
def test_an_unknown_campaign_is_refused_with_those_that_there_are(home: Home, command: str) -> None:
    said = home.run(*command.split(), "--campaign", "nobody-knows")
    is_one_line(said, 2, "nobody-knows", "chuangxian-zhengyou-2012")


def test_a_server_that_does_not_answer_is_3_and_a_wrong_password_2(tmp_path: Path, server: MailServer) -> None:
    is_one_line(furnish(tmp_path).run("run", "--once"), 3, "IMAP 127.0.0.1:1", "check host, port and the network")
    home = furnish(tmp_path, server.imap_port, server.smtp_port)
    said = home.run("run", "--once", environ={"MAILBOT_IMAP__PASSWORD": "not-the-secret"})
    is_one_line(said, 2, f"IMAP 127.0.0.1:{server.imap_port}", "password")
    assert "not-the-secret" not in said.err


@pytest.mark.parametrize("command", ["run --once", "run", "roster import roster.xlsx", "replay .", "set-aside retry 1"])
def test_a_second_instance_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(home.path)
    with single_instance(home.var):
        is_one_line(home.run(*command.split()), 2, "another mailbot", str(home.var))


@pytest.mark.parametrize("command", ["status", "run --once"])
def test_a_data_directory_that_cannot_be_made_is_told_in_one_line(home: Home, command: str) -> None:
    (home.path / "file").write_text("")
    said = home.run(*command.split(), environ={"MAILBOT_STORAGE__DATA_DIR": str(home.path / "file" / "var")})
    is_one_line(said, 2, "data_dir")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder in which even root makes nothing: /sys")
def test_a_data_directory_that_may_not_be_written_is_told_in_one_line(home: Home) -> None:
    said = home.run("status", environ={"MAILBOT_STORAGE__DATA_DIR": "/sys/kernel/mailbot"})
    is_one_line(said, 3, "Operation not permitted", "give the bot's user the right to write to data_dir")


def test_a_database_server_that_does_not_answer_is_3_and_its_password_stays_hidden(home: Home) -> None:
    pytest.importorskip("psycopg", reason="needs the extra postgres: pip install 'zuzhib-mailbot[postgres]'")
    url = "postgresql+psycopg://bot:geheim@127.0.0.1:1/bot"
    said = home.run("status", environ={"MAILBOT_STORAGE__DATABASE": url})
    is_one_line(said, 3)
    assert "geheim" not in said.err


@pytest.mark.parametrize("command", ["sheet -o", "roster export", "check --annotate"])
def test_an_output_that_cannot_be_written_is_named(home: Home, command: str) -> None:
    (home.path / "file").write_text("")
    target = home.path / "file" / "x.xlsx"
    checked = home.path / "总结.docx"
    checked.write_bytes(docx(["总结"]))
    said = home.run(*command.split(), str(target), *([str(checked)] if "check" in command else []))
    assert said.code == 2
    assert str(target) in said.err
    assert said.err.count("\n") == 1
