"""Fixtures of the commands and of `doctor`: a department's folder, with and without mail servers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.demo import college
from mailbot.demo.server import MailServer, mail_server
from tests.commands import PEOPLE, Home, furnish
from tests.doctor_desk import ADDRESS, MAIL, NOW, Desk, filled_in
from tests.path_mails import campaign_around, midnight
from tests.servers import DOMAIN


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The campaign of 2012, and no mail server that answers."""
    return furnish(tmp_path)


@pytest.fixture
def server() -> Iterator[MailServer]:
    """The embedded mail server with a mailbox for everybody."""
    with mail_server(college.DOMAIN, PEOPLE, lambda: datetime.now(UTC)) as running:
        yield running


@pytest.fixture
def served(tmp_path: Path, server: MailServer) -> Home:
    """The same department on the embedded mail server, with a campaign that ends in ten days."""
    return furnish(tmp_path, server.imap_port, server.smtp_port, campaign_around(midnight(10)))


@pytest.fixture(scope="session")
def embedded() -> Iterator[MailServer]:
    """For `doctor`: one mailbox with three mails and a folder for spam."""
    with mail_server(DOMAIN, (ADDRESS,), lambda: NOW) as running:
        for days in (9, 2, 1):
            running.deliver(ADDRESS, MAIL, NOW - timedelta(days=days))
        running.deliver(ADDRESS, MAIL, NOW, "垃圾邮件")
        yield running


@pytest.fixture
def desk(tmp_path: Path, embedded: MailServer) -> Desk:
    """For `doctor`: a department in which all is well."""
    return filled_in(tmp_path, embedded)
