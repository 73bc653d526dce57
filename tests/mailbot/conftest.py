"""Fixtures of the commands: a department's folder, with and without mail servers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.demo import college
from mailbot.demo.server import MailServer, mail_server
from tests.commands import PEOPLE, Home, furnish
from tests.path_mails import campaign_around, midnight


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
