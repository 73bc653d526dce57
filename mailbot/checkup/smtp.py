"""Doctor: the way out – reached, logged in. No letter is begun."""

import asyncio
from collections.abc import Iterator

from mailbot.checkup.check import Check, Subject, ok, warning
from mailbot.checkup.trouble import SECONDS, connection_trouble, resolve, trouble
from mailbot.deliver import Courier, SmtpAccount
from mailbot.errors import LoginRefused, OutsideError
from mailbot.settings import Settings, Smtp


def examine_smtp(settings: Settings) -> Iterator[Check]:
    smtp = settings.smtp
    if unknown := resolve(Subject.SMTP, smtp.host):
        yield unknown
        return
    try:
        _connect(Courier(_account(smtp), settings.department.address))
    except LoginRefused as error:
        yield _reached(smtp)
        yield trouble(Subject.SMTP_LOGIN, error)
    except OutsideError as error:
        yield connection_trouble(Subject.SMTP, error, smtp.port, smtp.security)
    else:
        yield _reached(smtp)
        yield _login(smtp)


def _account(smtp: Smtp) -> SmtpAccount:
    seconds = min(SECONDS, smtp.timeout_seconds)
    password = smtp.password.get_secret_value
    return SmtpAccount(smtp.host, smtp.port, smtp.security, smtp.username if password() else "", password, seconds)


def _connect(courier: Courier) -> None:
    """Greeting, encryption, login, and good-bye."""
    with asyncio.Runner() as runner:
        try:
            runner.run(courier.connect())
        finally:
            runner.run(courier.close())


def _login(smtp: Smtp) -> Check:
    if not smtp.username:
        return ok(Subject.SMTP_LOGIN, "none: smtp.username is empty, so the server must trust this machine")
    if not smtp.password.get_secret_value():
        return warning(Subject.SMTP_LOGIN, "not tried: the password is empty", "see password")
    return ok(Subject.SMTP_LOGIN, f"as {smtp.username}")


def _reached(smtp: Smtp) -> Check:
    how = "without encryption, on this machine" if smtp.security == "none" else f"by {smtp.security.upper()}"
    return ok(Subject.SMTP, f"{smtp.host}:{smtp.port} reached {how}")
