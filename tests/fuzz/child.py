"""The process in which inputs are tried: it says what it is at, how long inputs took, and how large it has grown."""

import sys
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from tests.fuzz.targets import TARGETS, Target

if sys.platform != "win32":
    import resource

SLOW = 5.0
"""Seconds of processor time that one input may take."""
MEMORY = 2048 * 1024 * 1024
"""Bytes of address space, as the bot's own reader has."""
_EVERY = 100


@dataclass(frozen=True)
class Failure:
    """An input that made the reader raise or be slow, by its number; `words` say what happened."""

    number: int
    kind: str
    words: str


@dataclass(frozen=True)
class Size:
    """Resident bytes of the process after input `number`."""

    number: int
    resident: int


def work(name: str, seed: int, first: int, at: "Synchronized[int]", said: Connection) -> None:
    """Tries one input after another until somebody ends the process; `at` is the number of the present one."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    target = TARGETS[name]
    number = first
    while True:
        at.value = number
        failure = tried(target, seed, number)
        if failure is not None:
            said.send(failure)
        if number % _EVERY == 0:
            said.send(Size(number, resident()))
        number += 1


def tried(target: Target, seed: int, number: int) -> Failure | None:
    """Makes and reads one input; None when all is well."""
    content = target.input(seed, number)
    start = time.process_time()
    try:
        target.run(content)
    except BaseException:  # a reader must never raise, whatever it is
        return Failure(number, "crash", traceback.format_exc())
    seconds = time.process_time() - start
    return Failure(number, "slow", f"{seconds:.1f} s") if seconds > SLOW else None


def resident() -> int:
    """Bytes; 0 on Windows, where growth is not watched."""
    if sys.platform == "win32":
        return 0
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text("ascii").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
