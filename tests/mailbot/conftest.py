"""Fixtures for tests of `mailbot doctor`: the embedded mail server and a department in which all is well."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.demo.server import MailServer, mail_server
from tests.doctor_desk import ADDRESS, MAIL, NOW, Desk, filled_in
from tests.servers import DOMAIN


@pytest.fixture(scope="session")
def embedded() -> Iterator[MailServer]:
    """One mailbox with three mails and a folder for spam."""
    with mail_server(DOMAIN, (ADDRESS,), lambda: NOW) as server:
        for days in (9, 2, 1):
            server.deliver(ADDRESS, MAIL, NOW - timedelta(days=days))
        server.deliver(ADDRESS, MAIL, NOW, "垃圾邮件")
        yield server


@pytest.fixture
def desk(tmp_path: Path, embedded: MailServer) -> Desk:
    return filled_in(tmp_path, embedded)
