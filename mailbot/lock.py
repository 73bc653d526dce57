"""One bot per data directory: a second one that starts by mistake ends at once and says so."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from storage.errors import disk_errors

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class AlreadyRunning(Exception):
    """Another process holds the lock of this data directory."""


@contextlib.contextmanager
def single_instance(data_dir: Path) -> Iterator[None]:
    """Holds the lock while inside; the operating system lets go of it however the process ends."""
    path = data_dir / "mailbot.lock"
    with _open(path) as file:
        try:
            _lock(file)
        except OSError:
            raise AlreadyRunning(
                f"another mailbot works on {data_dir}: stop it first, or use another data_dir"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _open(path: Path) -> IO[str]:
    with disk_errors("opening the lock file in data_dir"):
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+")


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
