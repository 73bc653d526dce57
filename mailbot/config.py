"""TOML and environment to Settings: the only reader of configuration and secrets."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeGuard

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource

from mailbot.settings import Settings, listed
from mailbot.texts import decode
from rules.faults import Fault, nearest
from rules.validation import ENGLISH, allowed, model_at, shown, unknown

PREFIX = "MAILBOT_"
SEPARATOR = "__"
NOT_KEYS = frozenset({"MAILBOT_CONFIG"})
SECRETS = frozenset({"password", "database"})

# Relative paths in the file are meant from the file's own folder.
PATHS = (
    ("imap", "password_file"),
    ("smtp", "password_file"),
    ("storage", "data_dir"),
    ("campaign", "files"),
    ("campaign", "roster"),
    ("calendar", "overrides"),
)

REQUIRED = frozenset({"department", "imap", "smtp"})

Values = dict[str, Any]


class ConfigError(ValueError):
    """The configuration cannot be used; every fault is one line. People must mend it: trying again does not help."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class _Environment(EnvSettingsSource):
    """MAILBOT_<SECTION>__<KEY> out of the environment that was handed over, not the process's own."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self.env_vars = {name.lower(): value for name, value in environ.items()}


def load_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """Settings out of a file and the environment, which wins. Raises ConfigError with every fault that was found."""
    from_environment = _Environment(environ)()
    values = _merged(_read(path), from_environment)
    _anchor(values, path.absolute().parent)
    faults = [*_misspelled(environ), *_fill_in_passwords(values, environ)]
    try:
        settings = Settings(**values)
    except ValidationError as error:
        faults += [_fault(one, path.name, from_environment) for one in error.errors(include_url=False)]
        raise ConfigError(tuple(faults)) from None
    if faults:
        raise ConfigError(tuple(faults))
    return settings


def _read(path: Path) -> Values:
    try:
        return tomllib.loads(decode(path.read_bytes()))
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); `mailbot init DIR` writes one, --config FILE names another"
        raise ConfigError((Fault(str(path), reason),)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((Fault(path.name, f"is not valid TOML: {error}"),)) from None


def _merged(first: Values, second: Values) -> Values:
    """Both, section by section; the second wins key by key. What is no section stays for the models to refuse."""
    merged: Values = {name: dict(value) if isinstance(value, dict) else value for name, value in first.items()}
    for section, keys in second.items():
        below = merged.get(section, {})
        merged[section] = {**below, **keys} if isinstance(below, dict) and isinstance(keys, dict) else below
    return merged


def _anchor(values: Values, folder: Path) -> None:
    """Makes the paths absolute, in place, defaults too; an empty one becomes None. What is no path is left alone."""
    for section, key in PATHS:
        table = values.setdefault(section, {}) if section not in REQUIRED else values.get(section)
        if isinstance(table, dict):
            default = model_at(Settings, (section,)).model_fields[key].default
            value = listed(table[key]) if key == "files" and key in table else table.get(key, default)
            table[key] = [_anchored(one, folder) for one in value] if _is_list(value) else _anchored(value, folder)


def _is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    return isinstance(value, list | tuple)


def _anchored(value: object, folder: Path) -> object:
    if isinstance(value, Path):
        return folder / value
    return (folder / value if value else None) if isinstance(value, str) else value


def _fill_in_passwords(values: Values, environ: Mapping[str, str]) -> Iterator[Fault]:
    """Adds the passwords in place: as given, else password_file, else a systemd credential, else (smtp) imap's."""
    imap, smtp = (table if isinstance(table, dict) else {} for table in (values.get("imap"), values.get("smtp")))
    for name, table in (("imap", imap), ("smtp", smtp)):
        file = table.get("password_file") or _credential(name, environ)
        if isinstance(file, Path) and not table.get("password"):
            try:
                table["password"] = _first_line(file)
            except OSError as error:
                yield Fault(f"{name}.password_file", f"cannot be read ({error.strerror})", str(file))
    same_account = bool(smtp.get("username")) and smtp["username"] == imap.get("username")
    if same_account and imap.get("password") and not smtp.get("password"):
        smtp["password"] = imap["password"]


def _credential(name: str, environ: Mapping[str, str]) -> Path | None:
    """What systemd's LoadCredential=imap_password:… put there (systemd.exec(5)); None where there is none."""
    folder = environ.get("CREDENTIALS_DIRECTORY")
    file = Path(folder) / f"{name}_password" if folder else None
    return file if file and file.exists() else None


def _first_line(file: Path) -> str:
    return decode(file.read_bytes()).partition("\n")[0].rstrip("\r")


def _misspelled(environ: Mapping[str, str]) -> Iterator[Fault]:
    """Variables that look like ours and mean nothing. Keys of a known section are left for the models to refuse."""
    known = {
        f"{PREFIX}{section}{SEPARATOR}{key}".upper(): section
        for section in Settings.model_fields
        for key in model_at(Settings, (section,)).model_fields
    }
    for name in sorted(environ):
        section, found, _ = name.upper().removeprefix(PREFIX).partition(SEPARATOR)
        if not name.upper().startswith(PREFIX) or name in NOT_KEYS or (found and section.lower() in known.values()):
            continue
        like = nearest(name.upper(), known)
        if found or (like and like.replace(SEPARATOR, "_") == name.upper()):
            yield Fault(name, "unknown variable" + (f"; did you mean {like}?" if like else ""))


def _fault(error: ErrorDetails, file: str, from_environment: Values) -> Fault:
    """One line: which file and key (or variable), the value unless it is secret, and what is allowed."""
    location = tuple(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    section, key = (*location, "", "")[:2]
    by_environment = isinstance(from_environment.get(section), dict) and key in from_environment[section]
    where = PREFIX + SEPARATOR.join(location[:2]).upper() if by_environment else f"{file}: {'.'.join(location)}"
    if error["type"] == "extra_forbidden":
        return Fault(where, unknown(error, Settings, "en"))
    message = allowed(error, ENGLISH)
    if error["type"] == "missing":
        message += _purpose(error)
    hidden = error["type"] == "missing" or SECRETS & set(location)
    return Fault(where, message, "" if hidden else shown(error["input"]))


def _purpose(error: ErrorDetails) -> str:
    field = model_at(Settings, error["loc"][:-1]).model_fields.get(str(error["loc"][-1]))
    return f": {field.description}" if field and field.description else ""
