"""Doctor says whether .rar can be opened on this machine."""

import pytest

from mailbot.checkup.check import Level
from mailbot.checkup.machine import examine_bundles


@pytest.mark.parametrize(
    ("present", "level", "said"),
    [
        (("bsdtar", "unar"), Level.OK, "read .rar"),
        (("unar",), Level.WARNING, "without bsdtar"),
        ((), Level.WARNING, "asked for .zip"),
    ],
)
def test_doctor_tells_which_tools_open_rar(
    monkeypatch: pytest.MonkeyPatch, present: tuple[str, ...], level: Level, said: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in present else None)
    (check,) = examine_bundles()
    assert check.level is level
    assert said in check.said
    assert (level is Level.OK) == ("libarchive-tools" not in check.todo)
