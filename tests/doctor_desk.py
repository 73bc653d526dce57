"""A department's folder in which all is well, for tests of `mailbot doctor` that spoil one thing of it."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mailbot.demo import college
from mailbot.demo.server import PASSWORD, MailServer
from mailbot.doctor import Check, Level, Subject, examine
from mailbot.init import init
from mailbot.tables import write_rows
from rules.roster import roster_rows
from tests.servers import DOMAIN

NOW = datetime(2012, 9, 5, 1, 0, tzinfo=UTC)
ADDRESS = f"bot@{DOMAIN}"
MAIL = b"From: someone@example.com\r\nSubject: invented\r\n\r\nwords\r\n"


@dataclass
class Desk:
    """A department's folder in which all is well; `environ` overrides config.toml. Tests spoil one thing of it."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def checks(self, now: datetime = NOW, **environ: str) -> list[Check]:
        checks = list(examine(self.config, {**self.environ, **environ}, now))
        for check in checks:
            assert len(str(check).splitlines()) == 1
            assert check.level is Level.OK or check.todo
            assert PASSWORD not in str(check).split()
        return checks


def filled_in(folder: Path, server: MailServer) -> Desk:
    """As `init` leaves it, filled in, with the password in its file."""
    init(folder)
    desk = Desk(folder)
    (folder / "password.txt").write_text(f"{PASSWORD}\n")
    (folder / "roster.xlsx").write_bytes(write_rows(roster_rows(college.roster())))
    desk.replace("campaign.toml", "范某（示例）", "范某")
    for section, port in (("IMAP", server.imap_port), ("SMTP", server.smtp_port)):
        desk.environ |= {
            f"MAILBOT_{section}__HOST": "127.0.0.1",
            f"MAILBOT_{section}__PORT": str(port),
            f"MAILBOT_{section}__SECURITY": "none",
            f"MAILBOT_{section}__USERNAME": ADDRESS,
        }
    desk.environ |= {
        "MAILBOT_CONVERT__SOFFICE": "none",
        "MAILBOT_DEPARTMENT__NAME": "虚构学院组织部",
        "MAILBOT_DEPARTMENT__ADDRESS": ADDRESS,
        "MAILBOT_DEPARTMENT__STAFF": f"office@{DOMAIN}",
        "MAILBOT_DEPARTMENT__CONTACT": "电话 1",
        "MAILBOT_IMAP__ALSO": "垃圾邮件",
    }
    return desk


def about(checks: list[Check], what: Subject, level: Level | None = None) -> list[Check]:
    return [check for check in checks if check.what is what and level in (None, check.level)]


def the_problem(checks: list[Check]) -> Check:
    """The one thing that is wrong: nothing else is called a problem for its sake."""
    (check,) = [check for check in checks if check.level is Level.PROBLEM]
    return check


def the_warning(checks: list[Check]) -> Check:
    (check,) = [check for check in checks if check.level is not Level.OK]
    assert check.level is Level.WARNING
    return check


class _EndsAfterHandshake(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.do_handshake()


@contextmanager
def tls_server(certificate: Path, key: Path) -> Iterator[int]:
    """The port of a server that speaks TLS with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def get_request(self) -> tuple[ssl.SSLSocket, object]:
            plain, address = super().get_request()
            return context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up in the handshake is what is planted here."""

    with Server(("127.0.0.1", 0), _EndsAfterHandshake) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield listening.server_address[1]
        listening.shutdown()
        thread.join()
