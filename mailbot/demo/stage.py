"""The demo's folder: made anew each time, and only ever where nothing else lies."""

import re
import shutil
from importlib.resources import files
from pathlib import Path

from mailbot.config import ConfigError
from mailbot.demo.college import DEPARTMENT, DOMAIN, roster
from mailbot.demo.server import PASSWORD, MailServer
from mailbot.tables import write_rows
from rules.faults import Fault
from rules.roster import roster_rows

MARKER = ".mailbot-demo"
LETTERS = "letters"
MADE = ("config.toml", "campaign.toml", "roster.xlsx", "var", LETTERS)
NOT_OURS = "is not empty and was not made by `mailbot demo`: nothing was touched; choose another folder with --dir"
PEOPLE = ("lixx", "zhoumm", "wangmm", "chenmm")
"""Accounts of people that no unit has registered."""

_DOC_NUMBERS = re.compile(r"^doc_numbers = \[.*?\]", re.MULTILINE)
_NEAR_DUPLICATE = re.compile(r"^\[near_duplicate\]\n.*?(?=^\[)", re.MULTILINE | re.DOTALL)
_CONFIG = """\
# The configuration of the demo: an invented department, servers on this machine that live as long as the demo runs.
[department]
name    = "{name}"
address = "{address}"
staff   = ["{staff}"]
contact = "{contact}"

[imap]
host     = "127.0.0.1"
port     = {imap_port}
security = "none"
username = "{address}"
password = "{password}"

[smtp]
host     = "127.0.0.1"
port     = {smtp_port}
security = "none"
username = "{address}"

[limits]
mail_mb = 1            # small, so that the story's one large mail is too large
"""


def prepare(folder: Path) -> None:
    """An empty folder with our marker; what an earlier demo left in it is removed, and nothing else is.

    Raises ConfigError, having touched nothing, where the folder holds what no demo made, or cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise ConfigError((Fault(str(folder), NOT_OURS),))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).write_text("Made by `mailbot demo`, which makes everything in it anew.\n", encoding="utf-8")
        for name in MADE:
            _remove(folder / name)
        (folder / LETTERS).mkdir()
    except OSError as error:
        raise ConfigError((Fault(str(folder), f"cannot be made anew ({error.strerror})"),)) from None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def furnish(folder: Path, server: MailServer) -> Path:
    """Configuration, campaign and roster into the folder; gives the path of the configuration."""
    notice = files("rules").joinpath("campaigns/chuangxian-zhengyou-2012.toml").read_text(encoding="utf-8")
    # The real notice, but an invented college does not sign with somebody's document number.
    notice = _DOC_NUMBERS.sub('doc_numbers = ["示例委组工〔2012〕18号（虚构）"]', notice)
    # The invented reports are put together from a few sentences: beside each other they are nearly all alike.
    notice = _NEAR_DUPLICATE.sub("", notice)
    (folder / "campaign.toml").write_text(notice, encoding="utf-8")
    (folder / "roster.xlsx").write_bytes(write_rows(roster_rows(roster())))
    config = folder / "config.toml"
    config.write_text(
        _CONFIG.format(
            name=DEPARTMENT.name,
            address=DEPARTMENT.address,
            staff=DEPARTMENT.staff[0],
            contact=DEPARTMENT.contact,
            password=PASSWORD,
            imap_port=server.imap_port,
            smtp_port=server.smtp_port,
        ),
        encoding="utf-8",
    )
    return config


def mailboxes() -> tuple[str, ...]:
    """Every address that the demo's server knows."""
    units = {address for unit in roster().units for address in unit.addresses}
    people = {f"{account}@mail.{DOMAIN}" for account in PEOPLE}
    return tuple(sorted(units | people | {DEPARTMENT.address, *DEPARTMENT.staff}))
