"""Doctor: a configuration that is understood, and yet will not do what its author wants."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from mailbot.checkup.check import Check, Subject, ok, problem, warning
from mailbot.config import load_settings
from mailbot.init import CONFIG
from mailbot.settings import Settings
from rules.model import Department

READABLE_BY_OTHERS = 0o077

# Providers that accept no From but the login's, and how their names end.
PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "QQ": ("qq.com", "foxmail.com"),
    "NetEase (163)": ("163.com", "126.com", "126.net", "yeah.net", "188.com", "netease.com"),
}

# Keys of the example that are invented and must be the department's own.
INVENTED: Mapping[str, Callable[[Settings], object]] = {
    "department.name": lambda settings: settings.department.name,
    "department.address": lambda settings: settings.department.address,
    "department.staff": lambda settings: settings.department.staff,
    "department.contact": lambda settings: settings.department.contact,
    "imap.host": lambda settings: settings.imap.host,
    "imap.username": lambda settings: settings.imap.username,
    "smtp.host": lambda settings: settings.smtp.host,
    "smtp.username": lambda settings: settings.smtp.username,
}

# Values that are allowed and mostly a slip: (is it so, what, what to do).
ODD: tuple[tuple[Callable[[Settings], bool], str, str], ...] = (
    (lambda s: s.limits.file_mb > s.limits.mail_mb, "limits.file_mb is larger than limits.mail_mb: no such file "
     "can arrive", "make mail_mb larger (a file grows by a third in a mail)"),
    (lambda s: s.limits.unpacked_mb < s.limits.file_mb, "limits.unpacked_mb is smaller than limits.file_mb",
     "make unpacked_mb several times as large"),
    (lambda s: s.limits.mail_mb > 500 or s.limits.unpacked_mb > 2000, "limits.mail_mb or limits.unpacked_mb is so "
     "large that one mail can use up the memory", "stay below 500 and 2000"),
    (lambda s: s.limits.seconds > 600, "limits.seconds: one bad file may hold up all others for more than 10 minutes",
     "60 is plenty"),
    (lambda s: s.smtp.per_minute > s.smtp.per_hour, "smtp.per_minute is larger than smtp.per_hour",
     "per_hour is what counts: correct one of them"),
    (lambda s: s.smtp.per_minute > 60, "smtp.per_minute is so large that providers take it for spam",
     "163 and QQ stand 15 a minute"),
    (lambda s: s.imap.poll_seconds > 3600, "imap.poll_seconds: answers may take more than an hour", "60 is usual"),
    (lambda s: s.imap.poll_seconds < 10, "imap.poll_seconds is so small that providers may lock the mailbox",
     "60 is usual; IDLE is faster anyway"),
)  # fmt: skip


def examine_settings(settings: Settings, config_path: Path, environ: Mapping[str, str]) -> Iterator[Check]:
    yield from _left_from_example(settings)
    yield from _moves_in_circles(settings)
    yield from _passwords(settings)
    yield from _readable_secrets(settings, config_path, environ)
    yield _staff(settings.department.signature)
    yield _sender(settings)
    odd = [warning(Subject.LIMITS, said, todo) for is_so, said, todo in ODD if is_so(settings)]
    yield from odd or [ok(Subject.LIMITS, f"{settings.limits.mail_mb} MB a mail, {settings.smtp.per_hour} an hour")]


def provider_of(host: str, username: str) -> str | None:
    """Which of the providers with rules of their own it is, by the server's name or the account's."""
    names = (host.lower(), username.lower().rpartition("@")[2])
    for provider, endings in PROVIDERS.items():
        if any(name == ending or name.endswith(f".{ending}") for name in names for ending in endings):
            return provider
    return None


def _left_from_example(settings: Settings) -> Iterator[Check]:
    example = load_settings(CONFIG, {})
    left = [key for key, value in INVENTED.items() if value(settings) and value(settings) == value(example)]
    if left:
        yield warning(
            Subject.CONFIGURATION, f"invented values of the example are left: {', '.join(left)}", "write your own"
        )


def _moves_in_circles(settings: Settings) -> Iterator[Check]:
    imap = settings.imap
    read = (imap.folder, *imap.also)
    for key, folder in (("done_folder", imap.done_folder), ("set_aside_folder", imap.set_aside_folder)):
        if folder in read:
            said = f"imap.{key} = {folder!r} is also looked into: mail would be moved to where it is read again"
            yield problem(Subject.CONFIGURATION, said, f"name another folder, or take it out of also, or {key} = ''")


def _passwords(settings: Settings) -> Iterator[Check]:
    """The mailbox's password serves SMTP too where both logins are the same: then it is asked for once."""
    servers = {"imap": settings.imap, "smtp": settings.smtp}
    missing = {name: one for name, one in servers.items() if one.username and not one.password.get_secret_value()}
    if len(missing) == len(servers) and settings.smtp.username == settings.imap.username:
        del missing["smtp"]
    for name, one in missing.items():
        where = f"set MAILBOT_{name.upper()}__PASSWORD or {name}.password_file"
        if one.password_file:
            where = f"write it into the first line of {one.password_file}"
        todo = f"{where} (163 and QQ: the 授权码 of their web page)"
        yield problem(Subject.PASSWORD, f"{name}: the password is empty", todo)
    if not missing:
        yield ok(Subject.PASSWORD, "there is one for every login")


def _readable_secrets(settings: Settings, config_path: Path, environ: Mapping[str, str]) -> Iterator[Check]:
    """Files with a secret that others on this machine can read. Windows has other rights: nothing is said there."""
    holders = {file for file in (settings.imap.password_file, settings.smtp.password_file) if file is not None}
    if _secret_in_file(settings, environ):
        holders.add(config_path)
    for file in sorted(holders):
        if os.name == "posix" and file.stat().st_mode & READABLE_BY_OTHERS:
            said = f"{file} holds a secret and can be read by others"
            yield warning(Subject.PASSWORD, said, f"chmod 600 {file}")


def _secret_in_file(settings: Settings, environ: Mapping[str, str]) -> bool:
    """Whether a password stands in config.toml itself: it is there, and comes from nowhere else."""
    given = {name.upper() for name in environ}
    from_elsewhere = settings.imap.password_file or given & {"MAILBOT_IMAP__PASSWORD", "CREDENTIALS_DIRECTORY"}
    mail = settings.imap.password.get_secret_value() and not from_elsewhere
    base = settings.storage.database.get_secret_value() and "MAILBOT_STORAGE__DATABASE" not in given
    return bool(mail or base)


def _staff(department: Department) -> Check:
    if not department.staff:
        said = "department.staff is empty: nobody gets the tracking sheet, alarms and the lists of whom to call"
        return warning(Subject.STAFF, said, 'name who works with it: staff = ["clerk@…"]')
    if department.address in department.staff:
        said = f"letters to staff go to {department.address} too, the mailbox that the bot itself reads"
        return warning(Subject.STAFF, said, "better give the clerks' own addresses")
    return ok(Subject.STAFF, f"{len(department.staff)} to be told")


def _sender(settings: Settings) -> Check:
    address, login = settings.department.address, settings.smtp.username.lower()
    if login in ("", address, address.partition("@")[0]):
        return ok(Subject.SENDER, f"letters come from {address}")
    said = f"department.address {address} is not the login smtp.username {settings.smtp.username}"
    if provider := provider_of(settings.smtp.host, settings.smtp.username):
        said = f"{said}: {provider} refuses such letters (501, 553)"
        return problem(Subject.SENDER, said, "write the login address into department.address")
    if "@" in login:
        return warning(Subject.SENDER, f"{said}: many servers refuse such letters", "use one address for both")
    return ok(Subject.SENDER, f"letters come from {address}, sent by the login {settings.smtp.username}")
