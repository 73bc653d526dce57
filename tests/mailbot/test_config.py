"""config.toml and the environment: what is taken from where, and what a fault says."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from mailbot.config import ConfigError, load_settings
from mailbot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "config.example.toml"
SMALL = """
[department]
name = "示例组织部"
address = "zuzhib@example.edu.cn"
[imap]
host = "imap.example.edu.cn"
username = "zuzhib"
[smtp]
host = "smtp.example.edu.cn"
"""
KEYS = [(section, key) for section in Settings.model_fields for key in getattr(
    Settings.model_fields[section].annotation, "model_fields", ())]  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_settings(written(folder, text), environ or {})
    return str(caught.value).splitlines()


def test_the_example_loads_as_it_is() -> None:
    settings = load_settings(EXAMPLE, {})
    assert settings.department.name == "中共示例学院委员会组织部"
    assert settings.department.signature.staff == ("clerk@example.edu.cn",)
    assert settings.campaign.files == (ROOT / "campaign.toml",)
    assert settings.storage.data_dir == ROOT / "var"


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_the_example_names_every_key(section: str, key: str) -> None:
    table = EXAMPLE.read_text(encoding="utf-8").split(f"[{section}]\n")[1].split("\n[")[0]
    assert any(line.lstrip("# ").startswith(f"{key} ") and "=" in line for line in table.splitlines())


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_the_documentation_names_every_key(section: str, key: str) -> None:
    text = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    table = text.split(f"## [{section}]\n")[1].split("\n## ")[0]
    assert f"| `{key}` |" in table


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_every_key_says_what_it_is_for(section: str, key: str) -> None:
    model = Settings.model_fields[section].annotation
    assert model is not None
    assert issubclass(model, BaseModel)
    assert model.model_fields[key].description


def test_the_defaults_of_the_models_are_those_of_the_example(tmp_path: Path) -> None:
    small, example = load_settings(written(tmp_path, SMALL), {}), load_settings(EXAMPLE, {})
    for section in ("sheet", "reminders", "limits", "security", "log", "calendar"):
        assert getattr(small, section) == getattr(example, section)
    for key in ("port", "security", "folder", "also", "done_folder", "set_aside_folder", "poll_seconds", "shared"):
        assert getattr(small.imap, key) == getattr(example.imap, key)
    for key in ("port", "security", "per_minute", "per_hour", "timeout_seconds"):
        assert getattr(small.smtp, key) == getattr(example.smtp, key)


def test_the_environment_wins_and_lists_may_have_commas(tmp_path: Path) -> None:
    environ = {
        "MAILBOT_IMAP__PORT": "1143",
        "MAILBOT_IMAP__ALSO": "垃圾邮件; 病毒文件夹",
        "MAILBOT_IMAP__SHARED": "false",
        "MAILBOT_CAMPAIGN__FILES": "one.toml,two.toml",
        "MAILBOT_LIMITS__DEPTH": "2",
        "MAILBOT_CONFIG": "elsewhere.toml",
    }
    settings = load_settings(written(tmp_path, SMALL), environ)
    assert settings.imap.port == 1143
    assert settings.imap.also == ("垃圾邮件", "病毒文件夹")
    assert settings.imap.shared is False
    assert settings.campaign.files == (tmp_path / "one.toml", tmp_path / "two.toml")
    assert settings.limits.depth == 2


def test_the_process_environment_is_never_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILBOT_IMAP__PORT", "1")
    monkeypatch.setenv("MAILBOT_LIMITS", '{"depth": 9}')
    assert load_settings(written(tmp_path, SMALL), {}).imap.port == 993


def test_paths_are_meant_from_the_folder_of_the_file(tmp_path: Path) -> None:
    text = SMALL + '[storage]\ndata_dir = "data"\n[calendar]\noverrides = "days.toml"\n'
    settings = load_settings(written(tmp_path, text), {})
    assert settings.storage.data_dir == tmp_path / "data"
    assert settings.calendar.overrides == tmp_path / "days.toml"
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'mailbot.db'}"


@pytest.mark.parametrize(("security", "imap", "smtp"), [("tls", 993, 465), ("starttls", 143, 587)])
def test_the_port_follows_the_security_where_none_is_given(tmp_path: Path, security: str, imap: int, smtp: int) -> None:
    environ = {"MAILBOT_IMAP__SECURITY": security, "MAILBOT_SMTP__SECURITY": security}
    settings = load_settings(written(tmp_path, SMALL), environ)
    assert (settings.imap.port, settings.smtp.port) == (imap, smtp)


class TestSecrets:
    def test_a_password_comes_from_the_environment_first(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("from-file\n")
        text = SMALL.replace("[imap]", '[imap]\npassword_file = "secret"')
        given = load_settings(written(tmp_path, text), {"MAILBOT_IMAP__PASSWORD": "from-environment"})
        assert given.imap.password.get_secret_value() == "from-environment"
        assert load_settings(written(tmp_path, text), {}).imap.password.get_secret_value() == "from-file"

    def test_systemd_credentials_are_found(self, tmp_path: Path) -> None:
        (tmp_path / "imap_password").write_text("一 two\r\n")
        settings = load_settings(written(tmp_path, SMALL), {"CREDENTIALS_DIRECTORY": str(tmp_path)})
        assert settings.imap.password.get_secret_value() == "一 two"
        assert settings.smtp.password.get_secret_value() == ""

    @pytest.mark.parametrize(("username", "password"), [("zuzhib", "geheim"), ("other", ""), ("", "")])
    def test_smtp_takes_the_password_of_the_same_account_only(
        self, tmp_path: Path, username: str, password: str
    ) -> None:
        environ = {"MAILBOT_IMAP__PASSWORD": "geheim", "MAILBOT_SMTP__USERNAME": username}
        settings = load_settings(written(tmp_path, SMALL), environ)
        assert settings.smtp.password.get_secret_value() == password

    def test_they_are_in_no_repr_and_no_fault(self, tmp_path: Path) -> None:
        environ = {
            "MAILBOT_IMAP__PASSWORD": "geheim",
            "MAILBOT_STORAGE__DATABASE": "postgresql+psycopg://bot:geheim@db/bot",
        }
        settings = load_settings(written(tmp_path, SMALL), environ)
        assert "geheim" not in repr(settings) + str(settings) + settings.model_dump_json()
        assert settings.database_url.endswith("geheim@db/bot")
        text = SMALL.replace("[imap]", '[imap]\npassword = ["geheim"]\npasword = "geheim"\nport = "x"')
        assert "geheim" not in "".join(faults(tmp_path, text, {}))

    def test_a_password_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        (line,) = faults(tmp_path, SMALL.replace("[imap]", '[imap]\npassword_file = "nowhere"'))
        assert line.startswith("imap.password_file")
        assert "nowhere" in line
        assert "cannot be read" in line


FAULTS = [
    ('[imap]\nhots = "x"', "config.toml: imap.hots: unknown key; did you mean host?"),
    ('[imapp]\nhost = "x"', "config.toml: imapp: unknown key; did you mean imap?"),
    ("[limits]\nfiles = 0", "config.toml: limits.files = '0': must be greater than or equal to 1"),
    ("[limits]\nfiles = 'many'", "config.toml: limits.files = 'many': must be a valid integer"),
    ("[sheet]\nat = 17", "config.toml: sheet.at = '17': must be a time of day in quotes, for example \"17:30\""),
    ("[sheet]\nat = '25:00'", "config.toml: sheet.at = '25:00': must be a time of day"),
    ("[reminders]\nannounce = 'soon'", "config.toml: reminders.announce = 'soon': must be a time such as"),
    ("[log]\nformat = 'xml'", "config.toml: log.format = 'xml': must be 'console' or 'json'"),
    ("limits = 3", "config.toml: limits = '3': must be a section"),
    ("[campaign]\nfiles = []", "config.toml: campaign.files"),
]


@pytest.mark.parametrize(("more", "expected"), FAULTS)
def test_a_fault_is_one_line_with_file_key_value_and_what_is_allowed(tmp_path: Path, more: str, expected: str) -> None:
    section = more.partition("\n")[0]
    if section in SMALL:
        text = SMALL.replace(section, more)
    else:
        text = more + SMALL if not section.startswith("[") else SMALL + more
    (line,) = faults(tmp_path, text)
    assert line.startswith(expected)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    lines = faults(tmp_path, "[imap]\nport = 0\n", {"MAILBOT_LIMITS__DEPTH": "deep"})
    assert len(lines) == 6
    assert "MAILBOT_LIMITS__DEPTH = 'deep': must be a valid integer" in "\n".join(lines)
    assert "config.toml: imap.host: is required: name or address of the server" in lines


@pytest.mark.parametrize(
    ("name", "meant"),
    [("MAILBOT_IMAP__HOTS", "host"), ("MAILBOT_IMPA__HOST", "MAILBOT_IMAP__HOST"), ("MAILBOT_IMAP_HOST", "__HOST")],
)
def test_a_misspelled_variable_is_refused_with_the_nearest_name(tmp_path: Path, name: str, meant: str) -> None:
    (line,) = faults(tmp_path, SMALL, {name: "x"})
    assert line.startswith(name)
    assert f"did you mean {meant}" in line.replace("MAILBOT_IMAP__HOST", meant)


@pytest.mark.parametrize(
    ("host", "fine"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.1", False)]
)
def test_without_encryption_only_loopback_is_spoken_to(tmp_path: Path, host: str, fine: bool) -> None:
    environ = {"MAILBOT_IMAP__HOST": host, "MAILBOT_IMAP__SECURITY": "none"}
    if fine:
        assert load_settings(written(tmp_path, SMALL), environ).imap.port == 143
    else:
        (line,) = faults(tmp_path, SMALL, environ)
        assert "only towards localhost" in line


def test_a_file_that_is_absent_or_no_toml_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="mailbot init"):
        load_settings(tmp_path / "nowhere.toml", {})
    (line,) = faults(tmp_path, "[imap\n")
    assert "not valid TOML" in line
    assert "line 1" in line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_file_may_come_from_any_editor(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(SMALL.encode(encoding))
    assert load_settings(path, {}).department.name == "示例组织部"


@pytest.mark.parametrize(
    ("text", "minutes"), [("2h", 120), ("30m", 30), ("1d", 1440), ("confirm", None), ("off", None)]
)
def test_the_time_before_a_mass_mail_is_read(tmp_path: Path, text: str, minutes: int | None) -> None:
    delay = load_settings(written(tmp_path, SMALL), {"MAILBOT_REMINDERS__ANNOUNCE": text}).reminders.delay
    assert (delay.total_seconds() / 60 if delay else None) == minutes
