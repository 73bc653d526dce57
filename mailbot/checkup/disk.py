"""Doctor: the data directory, the database, and whether a bot is at work on them."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from mailbot.app import MEGABYTE
from mailbot.checkup.check import Check, Subject, ok, problem, warning
from mailbot.lock import AlreadyRunning, single_instance
from mailbot.settings import Settings
from mailbot.work import HEARTBEAT
from storage.archive import Archive
from storage.condition import Condition, State
from storage.errors import StorageError

LITTLE, TOO_LITTLE = 2048 * MEGABYTE, 300 * MEGABYTE  # a campaign of a big university takes about 1 GB
SILENT = timedelta(minutes=15)
MOUNTS = Path("/proc/mounts")  # Linux only; elsewhere nothing is said of the kind of file system
UNLOCKED = ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "vboxsf")  # SQLite in WAL mode is not safe there
FORGETFUL = ("tmpfs", "ramfs")

# What is said of each condition of a database, and what to do.
STATES: dict[State, tuple[str, str]] = {
    State.ABSENT: ("none yet: it is made at the first start", ""),
    State.EMPTY: ("opens, has no tables yet: they are made at the first start", ""),
    State.OLDER: ("was made by an earlier version: it is upgraded at the next start", "make a copy of it first"),
    State.CURRENT: ("opens, up to date", ""),
    State.NEWER: ("was made by a newer version of the program", "install that version or a newer one"),
}


def examine_data_dir(settings: Settings) -> Iterator[Check]:
    """Tries what the bot does there – write, sync, rename, link, Chinese names – in a folder that is then removed."""
    folder = settings.storage.data_dir
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=there) as probe:
            archive = Archive(Path(probe))
            archive.shelve(archive.keep(b"probe"), PurePosixPath("收件/试写"))
    except (OSError, StorageError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        todo = "give the bot's user the right to write there, or name another folder in storage.data_dir"
        yield problem(Subject.DATA_DIR, f"{folder} cannot be written: {said}", todo)
        return
    yield from _space(folder, there)
    yield from file_system(there, MOUNTS)
    if folder.exists() and os.name == "posix" and folder.stat().st_mode & 0o077:
        said = f"{folder} holds mail, and others on this machine can look into it"
        yield warning(Subject.DATA_DIR, said, f"chmod 700 {folder}")
    will = "" if folder.exists() else ", is made at the first start"
    yield ok(Subject.DATA_DIR, f"{folder} can be written and synced{will}")


def _space(folder: Path, there: Path) -> Iterator[Check]:
    free = shutil.disk_usage(there).free
    said = f"{folder}: {free // MEGABYTE} MB free"
    if free < TOO_LITTLE:
        yield problem(Subject.DATA_DIR, said, "free some space: below that no mail can be kept")
    elif free < LITTLE:
        yield warning(Subject.DATA_DIR, said, "free some space before the deadline, when the most mail comes")


def file_system(there: Path, mounts: Path) -> Iterator[Check]:
    """The kind of the file system: of the mounts above a path, the one with the longest name."""
    if not mounts.exists():
        return
    lines = (line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines())
    above = [(words[1], words[2]) for words in lines if there.resolve().is_relative_to(words[1])]
    kind = max(above, key=lambda mount: len(mount[0]))[1] if above else ""
    if kind in UNLOCKED:
        said = f"{there} is on a network file system ({kind}), where SQLite is not safe"
        yield warning(Subject.DATA_DIR, said, "take a local disk, or PostgreSQL in storage.database")
    elif kind in FORGETFUL:
        yield warning(Subject.DATA_DIR, f"{there} is in memory ({kind}): lost at a restart", "take a folder on a disk")


def examine_database(settings: Settings, found: Condition | Exception) -> Iterator[Check]:
    """`found`: what `storage.condition` says, or what it raised. Whatever an address may hold stays out of the line."""
    if isinstance(found, ImportError):
        todo = "install it: pip install 'zuzhib-mailbot[postgres]'"
        yield problem(Subject.DATABASE, "the driver for PostgreSQL is not installed", todo)
    elif isinstance(found, StorageError):
        away = found.again and bool(settings.storage.database.get_secret_value())
        yield problem(Subject.DATABASE, str(found), found.remedy or "try again", away)
    elif isinstance(found, Condition):
        said, todo = STATES[found.state]
        if found.state is State.NEWER:
            yield problem(Subject.DATABASE, said, todo)
        else:
            yield warning(Subject.DATABASE, said, todo) if todo else ok(Subject.DATABASE, said)


def examine_running(settings: Settings, now: datetime) -> Iterator[Check]:
    """The lock is tried for a moment, if there is one; a bot that is at work should have looked into its inbox."""
    folder = settings.storage.data_dir
    try:
        if (folder / "mailbot.lock").exists():
            with single_instance(folder):
                pass
    except AlreadyRunning:
        last = _last_poll(folder)
        if last is not None and now - last > max(SILENT, 5 * timedelta(seconds=settings.imap.poll_seconds)):
            said = f"a mailbot works here, and has not looked into the inbox since {last:%Y-%m-%d %H:%M} UTC"
            yield warning(Subject.RUNNING, said, "look into its log")
        else:
            yield ok(Subject.RUNNING, "a mailbot works here; a second one will not start beside it")
    except (OSError, StorageError) as error:
        yield warning(Subject.RUNNING, f"cannot be told: {error}", "run the doctor as the bot's user")
    else:
        yield ok(Subject.RUNNING, "no mailbot works here at the moment")


def _last_poll(folder: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads((folder / HEARTBEAT).read_bytes())["polled"])
    except (OSError, ValueError, KeyError):
        return None
