"""The disk is full or read-only, the database is held by somebody else: the pass ends, nothing is lost or doubled."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mailbot.app import App, build
from mailbot.config import load_settings
from mailbot.deliver_due import deliver_due
from mailbot.work import look_into_inbox, office, one_round
from storage.database import PRAGMAS
from storage.errors import StorageBusy, StorageError, StorageFull, StorageReadOnly
from tests.crash_mails import every_way
from tests.crash_servers import Embedded
from tests.crash_steps import InProcess
from tests.crash_world import Department

pytestmark = pytest.mark.slow

MAILS = tuple(every_way())
DISK_KB = 8192
SLOW = pytest.mark.slow
NEEDS_ROOT = "a small disk can only be mounted by root: run the tests as root to include this one"


class SmallDisk:
    """A disk of 8 MB in memory, on which space can be taken and given back."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._ballast = place / ".ballast"

    def leave(self, kilobytes: int) -> None:
        """Fills it but for so much."""
        self._ballast.unlink(missing_ok=True)
        words = subprocess.run(["df", "-Pk", self.place], check=True, capture_output=True, text=True).stdout.split()
        self._ballast.write_bytes(b"\0" * 1024 * (int(words[-3]) - kilobytes))

    def make_room(self) -> None:
        self._ballast.unlink()

    def remount(self, mode: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{mode}", self.place], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux":
        pytest.skip("a small disk is made of tmpfs, which only Linux has")
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", place]
    if subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip(NEEDS_ROOT)
    yield SmallDisk(place)
    # Lazily: a test that failed may hold a file open, and a disk that stays would be in the way of later runs.
    subprocess.run(["umount", "-l", place], check=True)


class Desk:
    """A department whose bot runs here, in this process."""

    def __init__(self, home: Path, stack: ExitStack, data: Path | None = None, database: Path | None = None) -> None:
        self.department = Department(home, Embedded(stack), None, MAILS, elsewhere=data, database=database)

    @contextmanager
    def app(self) -> Iterator[App]:
        department = self.department
        app = build(load_settings(department.config, {}), lambda: department.now)
        try:
            yield replace(app, reader=InProcess())
        finally:
            app.close()

    def round(self) -> None:
        with self.app() as app:
            one_round(app)

    def deliver(self) -> None:
        with self.app() as app:
            asyncio.run(deliver_due(office(app)))

    def refused(self, kind: type[StorageError], action: Callable[[], object]) -> None:
        """It ends with that error, which says what to do; the server and everybody's mailboxes are as before."""
        with pytest.raises(StorageError) as raised:
            action()
        assert type(raised.value) is kind
        assert raised.value.again
        department = self.department
        assert len(department.folder("INBOX")) == len(MAILS)
        assert department.servers.letters == []
        department.nothing_is_half_written()

    def is_as(self, undisturbed: dict[str, Any]) -> None:
        """Three rounds later everything is as if nothing had happened."""
        for _ in range(3):
            self.round()
        self.department.nothing_is_half_written()
        self.department.originals_are_kept()
        assert self.department.remains() == undisturbed
        assert set(self.department.copies().values()) == {1}


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with ExitStack() as stack:
        desk = Desk(tmp_path_factory.mktemp("undisturbed"), stack)
        for _ in range(3):
            desk.round()
        return desk.department.remains()


def started(desk: Desk) -> None:
    """It ran before, and found nothing: schema, key and roster are there."""
    with desk.app():
        pass


@pytest.mark.parametrize("left", [64, *(pytest.param(left, marks=SLOW) for left in (0, 16, 32, 128, 200, 250, 300))])
def test_wherever_in_a_pass_the_space_runs_out_nothing_is_moved_answered_or_lost(
    left: int, disk: SmallDisk, tmp_path: Path, stack: ExitStack, undisturbed: dict[str, Any]
) -> None:
    desk = Desk(tmp_path / "home", stack, data=disk.place / "var")
    started(desk)
    disk.leave(left)
    desk.refused(StorageFull, desk.round)
    disk.make_room()
    desk.is_as(undisturbed)


@SLOW
def test_a_disk_that_is_full_at_the_first_start_is_said_and_the_next_start_goes_well(
    disk: SmallDisk, tmp_path: Path, stack: ExitStack, undisturbed: dict[str, Any]
) -> None:
    desk = Desk(tmp_path / "home", stack, data=disk.place / "var")
    for left in (0, 8, 64, 128):
        disk.leave(left)
        desk.refused(StorageFull, desk.round)
    disk.make_room()
    desk.is_as(undisturbed)


@SLOW
@SLOW
def test_a_full_disk_under_the_database_alone(
    disk: SmallDisk, tmp_path: Path, stack: ExitStack, undisturbed: dict[str, Any]
) -> None:
    desk = Desk(tmp_path / "home", stack, database=disk.place / "mailbot.db")
    started(desk)
    disk.leave(4)
    desk.refused(StorageFull, desk.round)
    disk.make_room()
    desk.is_as(undisturbed)


@SLOW
def test_a_full_disk_under_the_files_alone(
    disk: SmallDisk, tmp_path: Path, stack: ExitStack, undisturbed: dict[str, Any]
) -> None:
    desk = Desk(tmp_path / "home", stack, data=disk.place / "var", database=tmp_path / "mailbot.db")
    started(desk)
    disk.leave(4)
    desk.refused(StorageFull, desk.round)
    assert desk.department.recorded() == 0
    disk.make_room()
    desk.is_as(undisturbed)


@SLOW
def test_a_disk_that_became_read_only_is_said_and_everything_is_taken_in_when_it_is_writable_again(
    disk: SmallDisk, tmp_path: Path, stack: ExitStack, undisturbed: dict[str, Any]
) -> None:
    desk = Desk(tmp_path / "home", stack, data=disk.place / "var")
    started(desk)
    disk.remount("ro")
    desk.refused(StorageReadOnly, desk.round)
    disk.remount("rw")
    desk.is_as(undisturbed)


@SLOW
@pytest.mark.parametrize(
    "left", [64, *(pytest.param(left, marks=SLOW) for left in (0, 4, 16, 24, 32, 48, 96, 128, 256))]
)
def test_a_disk_that_is_full_when_letters_are_due_sends_none_twice(
    left: int, disk: SmallDisk, tmp_path: Path, stack: ExitStack, undisturbed: dict[str, Any]
) -> None:
    desk = Desk(tmp_path / "home", stack, data=disk.place / "var")
    with desk.app() as app:
        look_into_inbox(app)
    disk.leave(left)
    # Even where a claim would fit: what cannot be noted as sent would go out again, as often as it is tried.
    with pytest.raises(StorageFull):
        desk.deliver()
    assert desk.department.servers.letters == []
    disk.make_room()
    desk.is_as(undisturbed)


@contextmanager
def held_by_another_process(database: Path) -> Iterator[None]:
    """Somebody has begun to write, and does not come to an end."""
    program = (
        "import sqlite3, sys; held = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "held.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        yield
        other.stdin.close()


@SLOW
@pytest.mark.parametrize(
    "action",
    [pytest.param(one_round, id="starting a round", marks=SLOW), pytest.param(look_into_inbox, id="amid a pass")],
)
def test_a_database_that_another_process_holds_is_busy_and_the_next_round_goes_well(
    action: Callable[[App], object],
    tmp_path: Path,
    stack: ExitStack,
    undisturbed: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", "100")  # 15 s for people, too long for a test
    desk = Desk(tmp_path / "home", stack)
    started(desk)
    with desk.app() as app, held_by_another_process(desk.department.data / "mailbot.db"):
        desk.refused(StorageBusy, lambda: action(app))
    desk.is_as(undisturbed)
