"""Reads files in a child process within limits of time and memory: a hostile file costs a child, never the bot."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import connection
from typing import ParamSpec, TypeVar

from mailbot.convert import Converter, NotConverted
from rules.kinds import kind_of
from rules.model import Document, Unreadable
from rules.word import NEEDS_CONVERTER, read_document

if sys.platform != "win32":
    import resource


TRIES = 2  # a child may die of what the machine suffers; a file that kills two is to blame itself
Work = Callable[[str, bytes], Document | Unreadable]
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failed:
    """The child gave no answer. `said`: the name of the error, never anything out of the file."""

    said: str


@dataclass
class Reader:
    """One child process that reads documents; started at the first file, replaced when one hangs or kills it.

    `seconds` for one file, `memory_mb` of address space (not on Windows); `work` is what the child does. What the
    child leaves to `converter` is converted in a process of its own and then read by the child like any .docx.
    """

    seconds: float = 60
    memory_mb: int = 2048
    work: Work = read_document
    converter: Converter = field(default_factory=Converter)
    _pool: ProcessPoolExecutor | None = field(default=None, repr=False)

    def read(self, name: str, content: bytes) -> Document | Unreadable:
        """The document, or why there is none. Never raises for what is in the file; its kind is that of the file."""
        read = self.run(self.work, name, content)
        if isinstance(read, Failed):
            return Unreadable(kind_of(name, content), "F1", read.said)
        if isinstance(read, Unreadable) and read.rule == "F4" and read.kind in NEEDS_CONVERTER:
            return self._read_converted(read.kind, content)
        return read

    def _read_converted(self, kind: str, content: bytes) -> Document | Unreadable:
        """F4 where nobody can convert it here, F1 where it was tried in vain."""
        made = self.converter.convert(content)
        if isinstance(made, NotConverted):
            return Unreadable(kind, "F4" if made is NotConverted.ABSENT else "F1", made.value)
        read = self.run(self.work, "converted.docx", made)
        return Unreadable(kind, "F1", read.said) if isinstance(read, Failed) else replace(read, kind=kind)

    def run(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result | Failed:
        """What a function of a module makes of its arguments, in the child and within the limits; never raises.

        Function, arguments and result must be picklable; the function may run twice, so it must be pure.
        """
        said = ""
        for _ in range(TRIES):
            try:
                return self._running().submit(function, *args, **kwargs).result(timeout=self.seconds)
            except Exception as error:  # noqa: BLE001 - whatever a file does to its reader is a finding
                said = type(error).__name__
                self.close()
                if isinstance(error, TimeoutError):
                    break
        return Failed(f"{said}, at most {self.seconds:g} s")

    def close(self) -> None:
        """Ends the child at once, whatever it is doing, and waits for its end: an interpreter that exits meanwhile
        would write a traceback about a pipe that is just being closed."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for child in list((getattr(pool, "_processes", None) or {}).values()):
                child.kill()
            pool.shutdown(wait=True, cancel_futures=True)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn: a forked child would share the database and the sockets of its parent.
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self.memory_mb,),
            )
        return self._pool


def _begin(megabytes: int) -> None:
    """What the child does first."""
    _limit_memory(megabytes)
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    """A bot that is killed cannot stop its reader, and a reader that waits for work would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        limit = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
