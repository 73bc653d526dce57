"""`mailbot init DIR`: the files that a new department fills in. Nothing that stands there is ever overwritten."""

import contextlib
import os
from importlib.resources import files
from pathlib import Path

from mailbot.config import ConfigError
from mailbot.tables import roster_template
from rules.faults import Fault

CONFIG = Path(__file__).with_name("config.example.toml")
CAMPAIGN = "campaigns/chuangxian-zhengyou-2012.toml"
PASSWORD_FILE = "password.txt"  # noqa: S105 - a name of a file
PRIVATE, PUBLIC = 0o600, 0o644

IN_THE_WAY = "is in the way: nothing was written; move it away or choose another folder"

# The one line in which the config.toml that we write differs from the example: [imap] names the password file.
LINE = 'password_file    = "{}"{}'
EMPTY_LINE, OUR_LINE = LINE.format("", " " * len(PASSWORD_FILE)), LINE.format(PASSWORD_FILE, "")


def init(folder: Path) -> tuple[Path, ...]:
    """Writes config.toml, password.txt, roster.xlsx and campaign.toml into a folder, made where there is none.

    Gives the paths in the order in which a person fills them in. config.toml and password.txt, which may hold secrets,
    can be read by their owner alone. Raises ConfigError, having written nothing, when a file is in the way or the
    folder cannot be written.
    """
    contents = _contents()
    paths = {name: folder / name for name in contents}
    in_the_way = [path for path in paths.values() if path.exists() or path.is_symlink()]
    if in_the_way:
        raise ConfigError(tuple(Fault(str(path), IN_THE_WAY) for path in in_the_way))
    written: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, (content, mode) in contents.items():
            _write_new(paths[name], content, mode)
            written.append(paths[name])
    except OSError as error:
        for path in written:
            path.unlink()
        raise ConfigError((Fault(str(folder), f"cannot be written ({error.strerror}); nothing was left"),)) from None
    return tuple(written)


def _contents() -> dict[str, tuple[bytes, int]]:
    """Name of a file to what goes into it and who may read it."""
    config = CONFIG.read_text(encoding="utf-8").replace(EMPTY_LINE, OUR_LINE)
    return {
        "config.toml": (config.encode(), PRIVATE),
        PASSWORD_FILE: (b"", PRIVATE),
        "roster.xlsx": (roster_template(), PUBLIC),
        "campaign.toml": (files("rules").joinpath(CAMPAIGN).read_bytes(), PUBLIC),
    }


def _write_new(path: Path, content: bytes, mode: int) -> None:
    """Refuses a file that has come to be there meanwhile; private from the first byte."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def next_steps(folder: Path) -> tuple[str, ...]:
    """What to do after `init`, one line each, for the command line to print."""
    return (
        f"{folder / 'config.toml'}: your department, the two mail servers",
        f"{folder / PASSWORD_FILE}: the password of the mailbox in the first line (163 and QQ: the 授权码)",
        f"{folder / 'roster.xlsx'}: 填入各单位，删除示例行",
        f"{folder / 'campaign.toml'}: 改成本次活动的通知内容（截止日期、联系人……）",
        f"mailbot doctor --config {folder / 'config.toml'}: says what is still wrong, and what to do",
    )
