"""Fixtures with real servers. A test that uses one carries the mark `server`."""

import os
from collections.abc import Iterator

import pytest

from tests.servers import Dovecot
from tests.servers_postfix import DAEMONS, MailSystem, Postfix
from tests.servers_start import absence, require


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """A Dovecot without accounts, for one module; skips by name where it is not installed."""
    require("dovecot")
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def mail_system() -> Iterator[MailSystem]:
    """Dovecot and Postfix for the whole run, without accounts: use names that no other test uses."""
    require("dovecot", f"{DAEMONS}/master")
    if os.geteuid() != 0:
        absence("Postfix can only be started by root: run the tests as root to include this one")
    with Dovecot() as dovecot, Postfix(dovecot) as postfix:
        yield MailSystem(dovecot, postfix)


@pytest.fixture(scope="session")
def postfix(mail_system: MailSystem) -> Postfix:
    return mail_system.postfix
