"""A program of its own: runs LibreOffice within limits, ends all of it, and clears up when the bot dies.

Started by `mailbot.convert` as `python -I -S guard.py ORDER`; needs the standard library alone. ORDER is JSON:
`command`; `folder`, where it runs; `seconds`, `memory` (bytes of address space), `file` (bytes of the largest file).
Standard input is the bot's lifeline: when it ends the bot is gone, and everything here goes with it.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import Any

if sys.platform != "win32":
    import resource

HUNG = 124
NOT_STARTED = 125
ORPHANED = 126


def main(order: dict[str, Any]) -> int:
    """The exit code of the command, HUNG when it took too long, NOT_STARTED when it is not there."""
    _limit(order)
    quiet = subprocess.DEVNULL  # an endless output has nowhere to go
    try:
        child = subprocess.Popen(  # noqa: S603 - a list, no shell; the names in it are ours
            order["command"], cwd=order["folder"], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError:
        return NOT_STARTED
    orphaned = threading.Event()
    watch = threading.Thread(target=_end_with_bot, args=(child, order["folder"], orphaned), daemon=True)
    watch.start()
    try:
        return child.wait(order["seconds"])
    except subprocess.TimeoutExpired:
        return HUNG
    finally:
        _kill(child)
        child.wait()
        if orphaned.is_set():  # the watch is clearing up, and this program must not end before it has
            watch.join()


def _limit(order: dict[str, Any]) -> None:
    """For this program and so for what it starts; Windows has no such limits."""
    if sys.platform != "win32":
        limits = {
            resource.RLIMIT_AS: order["memory"],
            resource.RLIMIT_FSIZE: order["file"],
            resource.RLIMIT_CPU: int(order["seconds"]) + 5,  # should this guard itself be killed
            resource.RLIMIT_CORE: 0,
        }
        for what, most in limits.items():
            with contextlib.suppress(ValueError, OSError):  # macOS knows no RLIMIT_AS; never above what is allowed
                resource.setrlimit(what, (most, most))


def _kill(child: subprocess.Popen[bytes]) -> None:
    """The child and whatever it started and left behind: LibreOffice is a script, a starter and the office itself."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)


def _end_with_bot(child: subprocess.Popen[bytes], folder: str, orphaned: threading.Event) -> None:
    while os.read(0, 4096):  # sys.stdin would keep the interpreter from ending: its lock is held while it reads
        pass
    orphaned.set()
    _kill(child)
    child.wait()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(ORPHANED)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])) & 0xFF)
