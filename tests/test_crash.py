"""The bot killed by SIGKILL at every step of the order of effects, and at random: nothing lost, nothing doubled.

After each death it is started again, twice; then everything that is left is compared with what a bot leaves that was
never killed. `docs/reliability.md` says the same in words.
"""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailbot.demo.college import address
from tests.crash_mails import NOW, every_way, many
from tests.crash_servers import Embedded, Real
from tests.crash_steps import STEPS
from tests.crash_table import TABLE, WHERE_A_MAIL_FAILS, WHERE_THERE_IS_NO_MOVE, Row
from tests.crash_world import Department, Driver, processes_of
from tests.servers import Dovecot
from tests.servers_start import require

pytestmark = pytest.mark.slow

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the children of this test are made by fork")

MAILS = tuple(every_way())
WITHOUT_MOVE = "IMAP4rev1 NAMESPACE UIDPLUS LITERAL+"
DOCUMENT = Path(__file__).parents[1] / "docs" / "reliability.md"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    made = Driver(tmp_path_factory.mktemp("driver") / "log")
    yield made
    made.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, driver: Driver) -> dict[str, Any]:
    """What is left of everything when nobody is killed."""
    with ExitStack() as stack:
        return peaceful(Department(tmp_path_factory.mktemp("undisturbed"), Embedded(stack), driver, MAILS))


@pytest.fixture(scope="module")
def without_move() -> Iterator[Dovecot]:
    require("dovecot")
    with Dovecot(capability=WITHOUT_MOVE) as server:
        yield server


def peaceful(department: Department) -> dict[str, Any]:
    for _ in range(3):
        department.run()
    assert set(department.copies().values()) == {1}
    return department.remains()


def killed_at(row: Row, department: Department, undisturbed: dict[str, Any]) -> None:
    """Dies at the step; started twice more, everything is as if nothing had happened."""
    assert department.run(row.step, rounds=2)["ended"] == "killed", "the step was never reached"
    department.nothing_is_half_written()
    assert department.recorded() == row.recorded
    in_hand = department.in_hand()
    department.run()
    department.run()
    department.nothing_is_half_written()
    department.originals_are_kept()
    assert department.remains() == undisturbed
    twice = {message_id: count for message_id, count in department.copies().items() if count > 1}
    assert list(twice.values()) == [2] * row.twice
    assert set(twice) <= in_hand, "a letter went out twice of which everything was known"


@pytest.mark.parametrize("row", [row for row in TABLE if row.fast], ids=lambda row: row.step)
def test_killed_there_and_started_again_it_leaves_what_it_always_leaves(
    row: Row, tmp_path: Path, driver: Driver, undisturbed: dict[str, Any]
) -> None:
    with ExitStack() as stack:
        killed_at(row, Department(tmp_path, Embedded(stack), driver, MAILS), undisturbed)


@pytest.mark.server
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.step)
def test_killed_there_on_a_real_imap_server(
    row: Row, tmp_path: Path, dovecot: Dovecot, driver: Driver, undisturbed: dict[str, Any]
) -> None:
    with ExitStack() as stack:
        killed_at(row, Department(tmp_path, Real(dovecot, stack), driver, MAILS), undisturbed)


@pytest.mark.server
@pytest.mark.parametrize("row", WHERE_THERE_IS_NO_MOVE, ids=lambda row: row.step)
def test_killed_between_copying_and_expunging_no_second_copy_is_made(
    row: Row, tmp_path: Path, without_move: Dovecot, driver: Driver, undisturbed: dict[str, Any]
) -> None:
    with ExitStack() as stack:
        killed_at(row, Department(tmp_path, Real(without_move, stack), driver, MAILS), undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("row", WHERE_A_MAIL_FAILS, ids=lambda row: row.step)
def test_a_mail_that_fails_is_not_forgotten_when_the_bot_dies_of_it(row: Row, tmp_path: Path, driver: Driver) -> None:
    saturday = NOW + timedelta(days=1)  # nothing but the mail is to be done
    with ExitStack() as stack:
        calm = peaceful(Department(tmp_path / "calm", Embedded(stack), driver, MAILS[:1], saturday))
        department = Department(tmp_path / "killed", Embedded(stack), driver, MAILS[:1], saturday)
        assert department.run("unpacking fails", row.step)["ended"] == "killed"
        assert department.recorded() == row.recorded
        for _ in range(3):  # it is due again after a minute or a little more
            department.run()
        assert department.remains() == calm
        assert set(department.copies().values()) == {1}


@pytest.mark.slow
def test_a_unit_whose_mail_failed_is_not_reminded_before_it_was_tried_again(tmp_path: Path, driver: Driver) -> None:
    with ExitStack() as stack:
        department = Department(tmp_path, Embedded(stack), driver, MAILS[:1])
        assert department.run("unpacking fails")["ended"] == "done"
        written = {recipients for kind, recipients, _, _ in department.remains()["letters"] if kind == "reminder"}
        assert (address("math"),) in written
        assert (address("lib"),) not in written
        department.run()
        department.run()
        assert department.remains()["standings"]["07", "report"][0] == "accepted"


@pytest.mark.slow
def test_a_letter_in_hand_at_the_crash_goes_out_although_the_clock_was_set_back(
    tmp_path: Path, driver: Driver, undisturbed: dict[str, Any]
) -> None:
    with ExitStack() as stack:
        department = Department(tmp_path, Embedded(stack), driver, MAILS)
        assert department.run("letter claimed")["ended"] == "killed"
        department.now -= timedelta(hours=1)
        department.run()
        department.run()
        assert department.remains() == undisturbed
        assert set(department.copies().values()) == {1}


@pytest.mark.slow
def test_what_was_half_written_is_swept_away_when_it_is_old(tmp_path: Path, driver: Driver) -> None:
    with ExitStack() as stack:
        department = Department(tmp_path, Embedded(stack), driver, MAILS[:1])
        assert department.run("half of the original written")["ended"] == "killed"
        (left,) = (name for name in department.files() if name.endswith(".part"))
        department.run()
        assert left in department.files(), "it might be in use: nobody can know whose it is"
        yesterday = (department.now - timedelta(days=1)).timestamp()
        os.utime(department.data / left, (yesterday, yesterday))
        department.run()
        assert left not in department.files()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_killed_bot_leaves_no_reader_behind(tmp_path: Path, driver: Driver) -> None:
    with ExitStack() as stack:
        department = Department(tmp_path, Embedded(stack), driver, MAILS[:1])
        answer = department.run("original kept", own_reader=True)
        assert answer["ended"] == "killed"
        end = time.monotonic() + 30
        while left := processes_of(answer["pid"]):
            assert time.monotonic() < end, left
            time.sleep(0.05)


KILLS = int(os.environ.get("MAILBOT_TEST_KILLS", "60"))
"""Of the longer run; the 200 of docs/reliability.md are asked for by that variable."""


@pytest.mark.server
@pytest.mark.parametrize(("seed", "kills"), [(2012, 25), pytest.param(914, KILLS, marks=pytest.mark.slow)])
@pytest.mark.timeout(1800)
def test_killed_at_random_it_loses_nothing_and_doubles_only_what_was_in_hand(
    seed: int, kills: int, tmp_path: Path, dovecot: Dovecot, driver: Driver, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, mails = random.Random(seed), tuple(many(30))
    done = {"kills": 0, "starts": 0, "doubled": 0, "lost": 0}
    with ExitStack() as stack:
        calm = peaceful(Department(tmp_path / "calm", Real(dovecot, stack), driver, mails))
        while done["kills"] < kills:
            department = Department(tmp_path / str(done["starts"]), Real(dovecot, stack), driver, mails)
            in_hand = harassed(department, chance, kills - done["kills"])
            remains, copies = department.remains(), department.copies()
            doubled = {message_id: count - 1 for message_id, count in copies.items() if count > 1}
            done["kills"] += department.runs.count("killed")
            done["starts"] += len(department.runs)
            done["doubled"] += sum(doubled.values())
            done["lost"] += len(calm["mails"]) - len(remains["mails"]) + len(calm["sent"] - remains["sent"])
            department.originals_are_kept()
            assert remains == calm
            assert Counter(doubled) <= in_hand, "a letter went out twice of which everything was known"
    assert done["lost"] == 0
    with capsys.disabled():
        print(f"\nkilled at random, {len(mails)} mails, seed {seed}: {done}")


def harassed(department: Department, chance: random.Random, most: int) -> Counter[str]:
    """Runs the bot until it comes to its end three times in a row; kills it at random, at most so often.

    Gives how often each letter was in hand at a death: so often it may have gone out once more.
    """
    in_hand: Counter[str] = Counter()
    while department.runs[-3:] != ["done"] * 3:
        after = chance.uniform(0, 1.5) if department.runs.count("killed") < most else None
        if department.run(after=after)["ended"] == "killed":
            department.nothing_is_half_written()
            in_hand.update(department.in_hand())
    return in_hand


def test_every_step_has_its_row_and_every_row_stands_in_the_document() -> None:
    rows = [row.step for row in (*TABLE, *WHERE_THERE_IS_NO_MOVE, *WHERE_A_MAIL_FAILS)]
    assert sorted([*rows, "unpacking fails"]) == sorted(STEPS)
    text = DOCUMENT.read_text("utf-8")
    assert [step for step in rows if f"`{step}`" not in text] == []
