"""The sections of config.toml: every key with its default, what is allowed and what it is for. Frozen."""

import ipaddress
import re
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from rules.addresses import plain_address
from rules.model import Department as Signature

_LIST = re.compile(r"[,;，；\n]")
_DURATION = re.compile(r"(\d{1,4})\s*([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}

Security = Literal["tls", "starttls", "none"]


def listed(value: object) -> object:
    """One string, as the environment gives it, is a list with commas or semicolons."""
    if isinstance(value, str):
        return tuple(part.strip() for part in _LIST.split(value) if part.strip())
    return value


def _address(value: object) -> object:
    if not isinstance(value, str):
        return value
    plain = plain_address(value)
    if plain is None:
        raise ValueError("must be one e-mail address, for example zuzhib@example.edu.cn")
    return plain


def _clock(value: object) -> object:
    if isinstance(value, bool | int | float):
        raise ValueError('must be a time of day in quotes, for example "17:30"')
    return value


def _announce(value: object) -> object:
    if isinstance(value, str) and (value in ("confirm", "off") or _DURATION.fullmatch(value.strip())):
        return value.strip()
    raise ValueError('must be a time such as "2h", "30m" or "1d", or "confirm", or "off"')


Address = Annotated[str, BeforeValidator(_address)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(listed)]
Names = Annotated[tuple[str, ...], BeforeValidator(listed)]
Paths = Annotated[tuple[Path, ...], BeforeValidator(listed)]
Whole = Annotated[int, Field(ge=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class _Server(_Section):
    """What both mail servers have in common."""

    host: Annotated[str, Field(min_length=1, description="name or address of the server")]
    port: Annotated[int, Field(ge=1, le=65535)]
    security: Security = Field(
        default="tls",
        description="tls: encrypted from the start; starttls: encrypted after a greeting; none: only on loopback",
    )
    username: str
    password: SecretStr = Field(
        default=SecretStr(""),
        description="better kept out of this file: use the environment, password_file or a credential",
    )
    password_file: Path | None = Field(default=None, description="file whose first line is the password; empty: none")
    timeout_seconds: Whole = Field(default=60, description="a server that is silent for so long counts as hung")

    @model_validator(mode="after")
    def _plain_only_on_loopback(self) -> Self:
        if self.security == "none" and not _is_loopback(self.host):
            raise ValueError(f"security = none is allowed only towards localhost, not {self.host}: use tls or starttls")
        return self


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _with_port(values: Any, ports: dict[str, int]) -> Any:
    """The usual port of the chosen security, where none is given."""
    if isinstance(values, dict) and "port" not in values and values.get("security", "tls") in ports:
        return {**values, "port": ports[values.get("security", "tls")]}
    return values


class Department(_Section):
    name: Annotated[str, Field(min_length=1, description="who signs every letter")]
    address: Address = Field(description="From of every letter")
    staff: Addresses = Field(default=(), description="receive the tracking sheet and alarms; may give orders by mail")
    contact: str = Field(default="", description="line at the foot of every letter: office, telephone, room")

    @property
    def signature(self) -> Signature:
        return Signature(self.name, self.address, self.staff, self.contact)


class Imap(_Server):
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=993, description="993 for tls, else 143, where not given"
    )
    username: Annotated[str, Field(min_length=1, description="login name, mostly the whole address")]
    folder: Annotated[str, Field(min_length=1)] = Field(default="INBOX", description="the inbox")
    also: Names = Field(default=(), description='further folders to look into, for example ["垃圾邮件"]')
    done_folder: str = Field(default="已归档", description="where filed mail is moved; empty leaves it where it is")
    set_aside_folder: str = Field(
        default="待人工处理", description="where mail that needs a person is moved; empty: not moved"
    )
    poll_seconds: Whole = Field(
        default=60, description="how often to look; IDLE is used as well where the server has it"
    )
    shared: bool = Field(default=True, description="the inbox also gets other business, which is left untouched")

    _port = model_validator(mode="before")(
        lambda values: _with_port(values, {"tls": 993, "starttls": 143, "none": 143})
    )


class Smtp(_Server):
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=465, description="465 for tls, 587 for starttls, else 25"
    )
    username: str = Field(default="", description="login name; empty: no login")
    per_minute: Whole = Field(default=15, description="at most so many letters a minute")
    per_hour: Whole = Field(default=300, description="at most so many letters an hour")

    _port = model_validator(mode="before")(lambda values: _with_port(values, {"tls": 465, "starttls": 587, "none": 25}))


class Storage(_Section):
    data_dir: Path = Field(default=Path("var"), description="database, originals, browsing tree, sheets")
    database: SecretStr = Field(
        default=SecretStr(""), description="empty: SQLite in data_dir; or postgresql+psycopg://…"
    )


class CampaignFiles(_Section):
    files: Paths = Field(default=(Path("campaign.toml"),), min_length=1, description="one file per campaign")
    roster: Path = Field(default=Path("roster.xlsx"), description="the units, as .xlsx or .csv")


class Sheet(_Section):
    at: Annotated[time, BeforeValidator(_clock)] = Field(
        default=time(17, 30), description="when the tracking sheet is mailed on working days, Asia/Shanghai"
    )


class Reminders(_Section):
    announce: Annotated[str, BeforeValidator(_announce)] = Field(
        default="2h",
        description="the first mass mail is shown to staff this long before it goes out (2h, 30m); "
        "confirm: it waits for a yes; off: not shown",
    )

    @property
    def delay(self) -> timedelta | None:
        """How long a mass mail waits for a 暂停; None where `announce` is "confirm" or "off"."""
        found = _DURATION.fullmatch(self.announce)
        return timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


class Limits(_Section):
    mail_mb: Whole = Field(default=60, description="larger mail is answered, never dropped in silence")
    file_mb: Whole = Field(default=30, description="largest single file")
    unpacked_mb: Whole = Field(default=300, description="all files of one mail, unpacked")
    files: Whole = Field(default=200, description="files in one mail, packed ones included")
    depth: Whole = Field(default=3, description="archives inside archives")
    ratio: Whole = Field(default=200, description="unpacked to packed size, from 5 MB up; more is a bomb")
    seconds: Whole = Field(default=60, description="for reading one file")


class Convert(_Section):
    soffice: str = Field(
        default="", description="path or name of LibreOffice; empty: soffice on the PATH; none: do without"
    )


class Trust(_Section):
    authserv_id: str = Field(default="", description="whose Authentication-Results are believed; empty: nobody's")


class Log(_Section):
    format: Literal["console", "json"] = Field(default="console", description="console for people, json for machines")
    level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="the least that is written")


class CalendarFile(_Section):
    overrides: Path | None = Field(
        default=None, description="TOML file with the school's own holidays and working days (调休); empty: none"
    )


class Settings(BaseSettings):
    """All of config.toml. Made by `mailbot.config.load_settings`, which alone reads the file and the environment."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        env_prefix="MAILBOT_",
        env_nested_delimiter="__",
        enable_decoding=False,
    )

    department: Department
    imap: Imap
    smtp: Smtp
    storage: Storage = Storage()
    campaign: CampaignFiles = CampaignFiles()
    sheet: Sheet = Sheet()
    reminders: Reminders = Reminders()
    limits: Limits = Limits()
    convert: Convert = Convert()
    security: Trust = Trust()
    log: Log = Log()
    calendar: CalendarFile = CalendarFile()

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL; it may hold a password, so it belongs into no log."""
        return self.storage.database.get_secret_value() or f"sqlite:///{self.storage.data_dir / 'mailbot.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` hands over: the process's own environment is never looked at behind its back."""
        return (init_settings,)
