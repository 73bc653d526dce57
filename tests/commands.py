"""A department's folder and the command line in this process, for tests. The college is the demo's: all invented."""

import json
import logging
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from typer.testing import CliRunner

from mailbot.app import App, build
from mailbot.cli import command_line
from mailbot.config import load_settings
from mailbot.demo import college
from mailbot.demo.server import PASSWORD
from mailbot.tables import write_rows
from rules.roster import roster_rows
from tests.path_mails import SHIPPED, mail, to_bytes

INBOX = college.DEPARTMENT.address
PEOPLE = (
    INBOX,
    *college.DEPARTMENT.staff,
    *(address for unit in college.roster().units for address in unit.addresses),
)
NOBODY_LISTENS = 1  # a port of loopback
IN_TIME = "Mon, 10 Sep 2012 09:00:00 +0800"

CONFIG = """
[department]
name = "中共示例学院委员会组织部（虚构）"
address = "{inbox}"
staff = ["{staff}"]
contact = "组织部办公室，电话 0595-00000000"

[imap]
host = "127.0.0.1"
port = {imap}
security = "none"
username = "{inbox}"
password = "{password}"

[smtp]
host = "127.0.0.1"
port = {smtp}
security = "none"
username = "{inbox}"
"""


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Home:
    """A department's folder: config.toml, roster.xlsx, campaign.toml, and var/ once a command has run."""

    path: Path

    @property
    def config(self) -> Path:
        return self.path / "config.toml"

    @property
    def var(self) -> Path:
        return self.path / "var"

    def run(self, *words: str, answer: str | None = None, environ: dict[str, str] | None = None) -> Said:
        """One command with this folder's configuration; `answer` is what is typed."""
        return run(*words, answer=answer, environ={"MAILBOT_CONFIG": str(self.config), **(environ or {})})

    def open(self) -> App:
        return build(load_settings(self.config, {}))

    def files(self) -> dict[str, bytes]:
        """Everything that lies under var/, but for the database and the lock, which a look may touch."""
        return {
            str(path.relative_to(self.var)): path.read_bytes()
            for path in self.var.rglob("*")
            if path.is_file() and not path.name.startswith(("mailbot.db", "mailbot.lock"))
        }

    def write_mail(self, name: str, sender: str, subject: str, files: Sequence[tuple[str, bytes]] = ()) -> Path:
        """An .eml in this folder, from an invented account of the college or a whole address."""
        address = sender if "@" in sender else college.address(sender)
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(to_bytes(mail(address, INBOX, subject, files=files, Date=IN_TIME)))
        return path


def run(*words: str, answer: str | None = None, environ: dict[str, str] | None = None) -> Said:
    """One command, in this process. What it set up for logging is undone: its streams are gone afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    try:
        result = CliRunner().invoke(
            command_line, list(words), input=answer, env=environ, prog_name="mailbot", catch_exceptions=False
        )
    finally:
        root.handlers = handlers
        root.setLevel(level)
        structlog.reset_defaults()
    return Said(result.exit_code, result.stdout, result.stderr)


def furnish(
    folder: Path, imap: int = NOBODY_LISTENS, smtp: int = NOBODY_LISTENS, campaign: str = "", extra: str = ""
) -> Home:
    """A department's folder; the shipped campaign of 2012 unless another is given. `extra`: more of config.toml."""
    staff = college.DEPARTMENT.staff[0]
    config = CONFIG.format(inbox=INBOX, staff=staff, imap=imap, smtp=smtp, password=PASSWORD) + extra
    tomllib.loads(config)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    (folder / "campaign.toml").write_text(campaign or SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "roster.xlsx").write_bytes(write_rows(roster_rows(college.roster())))
    return Home(folder)


def is_one_line(said: Said, code: int, *parts: str) -> None:
    """An error as promised: nothing on stdout, one line on stderr that names these parts, this exit code."""
    assert said.code == code, said
    assert said.err.startswith("mailbot: "), said
    assert said.err.count("\n") == 1, said
    assert said.out == "", said
    for part in parts:
        assert part in said.err, said.err
