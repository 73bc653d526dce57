"""Reads files in a child process within limits of time and memory: a hostile file costs a child, never the bot."""

import contextlib
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as ReadingTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from rules.kinds import kind_of
from rules.model import Document, Unreadable
from rules.word import read_document

if sys.platform != "win32":
    import resource


@dataclass
class Reader:
    """One child process that reads documents; started at the first file, replaced when one hangs or kills it.

    `seconds` for one file, `memory_mb` of address space (not on Windows).
    """

    seconds: float = 60
    memory_mb: int = 2048
    _pool: ProcessPoolExecutor | None = field(default=None, repr=False)

    def read(self, name: str, content: bytes) -> Document | Unreadable:
        """The document, or why there is none. Never raises for what is in the file."""
        try:
            return self._running().submit(read_document, name, content).result(timeout=self.seconds)
        except (ReadingTimeout, BrokenProcessPool, MemoryError) as error:
            self._kill()
            return Unreadable(kind_of(name, content), "F1", f"{type(error).__name__} after at most {self.seconds:g} s")

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn: a forked child would share the database and the sockets of its parent.
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_limit_memory,
                initargs=(self.memory_mb,),
            )
        return self._pool

    def _kill(self) -> None:
        if self._pool is not None:
            for child in list(getattr(self._pool, "_processes", {}).values()):
                child.kill()
        self.close()


@contextlib.contextmanager
def reader(seconds: float, memory_mb: int = 2048) -> Iterator[Reader]:
    made = Reader(seconds, memory_mb)
    try:
        yield made
    finally:
        made.close()


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        limit = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
