"""One bot per data directory, whatever happens to the other one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.lock import AlreadyRunning, single_instance
from storage.errors import StorageError

HOLD = (
    "import sys, time; from pathlib import Path; from mailbot.lock import single_instance\n"
    "with single_instance(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
)


def test_a_second_one_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    with single_instance(tmp_path):
        with pytest.raises(AlreadyRunning, match=str(tmp_path)), single_instance(tmp_path):
            pass
        with single_instance(tmp_path / "another"):
            pass
    with single_instance(tmp_path):
        assert (tmp_path / "mailbot.lock").read_text() == f"{os.getpid()}\n"


def test_the_refused_one_does_not_wipe_the_number_of_the_first(tmp_path: Path) -> None:
    with single_instance(tmp_path):
        with pytest.raises(AlreadyRunning), single_instance(tmp_path):
            pass
        assert (tmp_path / "mailbot.lock").read_text() == f"{os.getpid()}\n"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX")
def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with pytest.raises(AlreadyRunning), single_instance(tmp_path):
        pass
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with single_instance(tmp_path):
        pass


def test_the_data_directory_is_made_and_one_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    with single_instance(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b" / "mailbot.lock").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="lock file"), single_instance(tmp_path / "file" / "var"):
        pass
