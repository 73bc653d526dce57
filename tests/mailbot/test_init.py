"""`mailbot init`: what it writes, who may read it, and that it overwrites nothing."""

import os
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from mailbot.config import ConfigError, load_settings
from mailbot.init import CONFIG, init, next_steps
from mailbot.tables import read_rows
from rules.campaign_file import read_campaign
from rules.roster import read_roster

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["config.toml", "password.txt", "roster.xlsx", "campaign.toml"]


def test_it_makes_the_folder_and_gives_the_files_in_the_order_of_filling_them_in(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "组织部"
    assert [path.name for path in init(folder)] == NAMES
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)


def test_what_it_writes_can_be_read_by_the_bot(tmp_path: Path) -> None:
    init(tmp_path)
    settings = load_settings(tmp_path / "config.toml", {})
    assert settings.imap.password_file == tmp_path / "password.txt"
    assert settings.campaign.files == (tmp_path / "campaign.toml",)
    campaign = read_campaign(settings.campaign.files[0].read_text(encoding="utf-8"))
    assert campaign.value is not None
    assert campaign.value.id == "chuangxian-zhengyou-2012"
    faults = read_roster(read_rows(settings.campaign.roster)).faults
    assert faults
    assert all("示例行" in fault.message for fault in faults), "an example that is not deleted is refused"


def test_a_password_in_the_first_line_of_its_file_serves_both_servers(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "password.txt").write_text("invented\n")
    settings = load_settings(tmp_path / "config.toml", {})
    assert settings.imap.password.get_secret_value() == settings.smtp.password.get_secret_value() == "invented"


def test_the_configuration_is_the_example_but_for_the_password_file(tmp_path: Path) -> None:
    init(tmp_path)
    written = (tmp_path / "config.toml").read_text(encoding="utf-8").splitlines()
    pairs = zip(CONFIG.read_text(encoding="utf-8").splitlines(), written, strict=True)
    ((old, new),) = [(old, new) for old, new in pairs if old != new]
    assert old.startswith('password_file    = ""')
    assert new.startswith('password_file    = "password.txt"')
    assert new.index("#") == old.index("#")


def test_the_example_in_the_package_is_the_one_at_the_top_of_the_repository() -> None:
    assert CONFIG.read_bytes() == (ROOT / "config.example.toml").read_bytes()


def test_the_wheel_carries_the_example_and_the_campaign() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    assert any(fnmatch("config.example.toml", pattern) for pattern in declared["mailbot"])
    assert any(fnmatch("campaigns/chuangxian-zhengyou-2012.toml", pattern) for pattern in declared["rules"])


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_files_for_secrets_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        init(tmp_path / "new")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert modes == {"config.toml": 0o600, "password.txt": 0o600, "roster.xlsx": 0o644, "campaign.toml": 0o644}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_overwritten_and_nothing_is_written_beside_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConfigError) as caught:
        init(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / name}: is in the way")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_every_file_in_the_way_is_named_at_once(tmp_path: Path) -> None:
    init(tmp_path)
    with pytest.raises(ConfigError) as caught:
        init(tmp_path)
    assert [fault.where for fault in caught.value.faults] == [str(tmp_path / name) for name in NAMES]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "roster.xlsx").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match=r"roster\.xlsx"):
        init(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError) as caught:
        init(tmp_path / "file" / "below")
    assert "cannot be written" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_disk_that_fills_up_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def full(path: str | Path, *rest: int) -> int:
        if str(path).endswith("campaign.toml"):
            raise OSError(28, "No space left on device")
        return real(path, *rest)

    monkeypatch.setattr("mailbot.init.os.open", full)
    with pytest.raises(ConfigError, match="No space left on device"):
        init(tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_next_steps_name_every_file_and_the_doctor(tmp_path: Path) -> None:
    steps = "\n".join(next_steps(tmp_path))
    assert all(str(tmp_path / name) in steps for name in NAMES)
    assert "mailbot doctor" in steps
