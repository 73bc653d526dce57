"""A hostile file costs a child process, never the bot: time, memory and crashes of the reader."""

import os
import sys
from collections.abc import Callable, Iterator

import pytest

from mailbot.demo.reports import Report, write
from mailbot.reading import Failed, Reader, Work
from rules.model import Document, Unreadable
from tests import odd_readers

REPORT = write(Report("某某党支部（虚构）"))


@pytest.fixture
def made() -> Iterator[Callable[..., Reader]]:
    readers: list[Reader] = []

    def make(seconds: float = 30, work: Work | None = None) -> Reader:
        readers.append(Reader(seconds) if work is None else Reader(seconds, 1024, work))
        return readers[-1]

    yield make
    for reader in readers:
        reader.close()


def test_a_report_is_read_in_the_child(made: Callable[..., Reader]) -> None:
    document = made().read("总结.docx", REPORT)
    assert isinstance(document, Document)
    assert "某某党支部" in document.title


@pytest.mark.parametrize(
    "work",
    [pytest.param(odd_readers.hangs, marks=pytest.mark.slow), odd_readers.dies, odd_readers.raises],
    ids=lambda work: work.__name__,
)
def test_a_reader_that_goes_wrong_gives_a_finding_and_the_next_file_is_read(
    made: Callable[..., Reader], work: Work
) -> None:
    reader = made(3.0, work)
    lost = reader.read("总结.docx", REPORT)
    assert isinstance(lost, Unreadable)
    assert (lost.kind, lost.rule) == ("docx", "F1")
    reader.work = Reader().work
    reader.seconds = 30
    assert isinstance(reader.read("总结.docx", REPORT), Document)


def test_any_pure_function_runs_in_the_child_and_a_failure_is_a_value(made: Callable[..., Reader]) -> None:
    reader = made(30)
    assert reader.run(os.path.join, "a", "b") == os.path.join("a", "b")
    assert reader.run(os.getpid) != os.getpid()
    assert reader.run(odd_readers.raises, "总结.docx", REPORT) == Failed("RuntimeError, at most 30 s")
    assert reader.run(os.path.join, "c", "d") == os.path.join("c", "d")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no RLIMIT_AS")
def test_a_reader_that_eats_memory_is_stopped(made: Callable[..., Reader]) -> None:
    lost = made(30, odd_readers.eats).read("总结.docx", REPORT)
    assert isinstance(lost, Unreadable)
    assert "MemoryError" in lost.detail
