"""A department whose bot is killed: its servers, the child process, and what is left of everything afterwards."""

import contextlib
import hashlib
import imaplib
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

from mailbot.app import App, build
from mailbot.config import load_settings
from mailbot.demo.college import DEPARTMENT, roster
from mailbot.tables import write_rows
from rules.roster import roster_rows
from storage.nouns import SendState
from tests.crash_mails import NOW, STAFF, Sent
from tests.crash_servers import Servers
from tests.servers import folder_argument

ROOT = Path(__file__).parents[1]
CAMPAIGN = ROOT / "rules" / "campaigns" / "chuangxian-zhengyou-2012.toml"
DONE, ASIDE = "已归档", "待人工处理"
MINUTE = timedelta(minutes=1)


class Driver:
    """The process that forks the bots (`tests.crash_driver`)."""

    def __init__(self, log: Path) -> None:
        self.log = log
        command = [sys.executable, "-W", "error", "-m", "tests.crash_driver"]
        with log.open("wb") as words:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words, text=True
            )

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(20)

    def order(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@dataclass
class Department:
    """One data directory and its inbox. Each run of the bot is a minute later by its clock.

    `driver` None: its bot is run by the test itself. `elsewhere`: a data directory that is not below `home`.
    """

    home: Path
    servers: Servers
    driver: Driver | None
    mails: Sequence[Sent]
    now: datetime = NOW
    elsewhere: Path | None = None
    database: Path | None = None
    runs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "campaign.toml").write_bytes(CAMPAIGN.read_bytes())
        (self.home / "roster.xlsx").write_bytes(write_rows(roster_rows(roster())))
        self.config.write_text(self._config(), "utf-8")
        self.servers.put(self.mails)

    @property
    def config(self) -> Path:
        return self.home / "config.toml"

    @property
    def data(self) -> Path:
        return self.elsewhere or self.home / "var"

    def run(self, *steps: str, rounds: int = 1, after: float | None = None, own_reader: bool = False) -> dict[str, Any]:
        """The bot in a child process, to its end or to its death."""
        assert self.driver is not None
        self.now += MINUTE
        order = {"config": str(self.config), "at": self.now.isoformat(), "rounds": rounds, "steps": steps}
        answer = self.driver.order(**order, after=after, own_reader=own_reader)
        assert answer["ended"] != "failed", self.driver.log.read_text("utf-8", "replace")[-4000:]
        self.runs.append(answer["ended"])
        return answer

    def app(self) -> App:
        return build(load_settings(self.config, {}), lambda: self.now)

    # -------------------------------------------------------------------------------------------- what is left

    def remains(self) -> dict[str, Any]:
        """Everything that a crash could have changed, without numbers, times and bytes that differ from run to run."""
        app = self.app()
        with app.ledger.reading() as book:
            log = book.mail_log(None)
            ids = {entry.mail: book.message_id(entry.mail) for entry in log}
            standings = book.standings(app.campaigns[0].id)
            cases, letters, troubles = book.open_cases(None), book.outbox.listing(), book.troubles()
            waiting, counts = book.unmoved(app.account), book.mailbox_counts()
        app.close()
        return {
            "mails": sorted((ids[entry.mail], entry.outcome.value) for entry in log),
            "standings": {
                key: (one.state.value, one.current, one.reminded, [(r.version, r.sha256, r.path) for r in one.receipts])
                for key, one in sorted(standings.items())
            },
            "cases": sorted((case.kind, case.sender, case.detail, case.units) for case in cases),
            "letters": sorted(
                (one.kind.value, one.recipients, one.subject, one.state.value) for one in letters if one.kind != "alarm"
            ),
            "told of": self.told_of(),
            "waiting": (troubles, waiting),
            "counts": counts,
            "tree": {place: self._hash(place) for place in self.files("收件") if not place.endswith(".part")},
            "sheets": [name for name in self.files("台账") if not name.endswith(".part")],
            "folders": {name: sorted(self.folder(name)) for name in ("INBOX", DONE, ASIDE)},
            "sent": {(*recipients, subject_of(raw)) for recipients, raw in self.servers.letters if not is_alarm(raw)},
        }

    def told_of(self) -> list[str]:
        """The addresses that alarms name as not reached, once for each line; how many alarms they took is no matter."""
        alarms = (message_from_bytes(raw, policy=policy.default) for _, raw in self.servers.letters if is_alarm(raw))
        texts = (str(alarm.get_body(("plain",)).get_content()) for alarm in alarms)
        return sorted(address for text in texts for address in re.findall(r"[\w.-]+@[\w.-]+(?=：“)", text))

    def recorded(self) -> int:
        """How many mails stand in the ledger; none before there is one."""
        if not (self.database or self.data / "mailbot.db").exists():
            return 0
        app = self.app()
        with app.ledger.reading() as book:
            count = len(book.mail_log(None))
        app.close()
        return count

    def in_hand(self) -> frozenset[str]:
        """Message-IDs of the letters of which nobody knows at this moment whether they went out."""
        app = self.app()
        with app.ledger.reading() as book:
            found = frozenset(letter.message_id for letter in book.outbox.listing([SendState.SENDING]))
        app.close()
        return found

    def files(self, folder: str = "") -> list[str]:
        top = self.data / folder
        return sorted(str(path.relative_to(self.data)) for path in top.rglob("*") if path.is_file())

    def copies(self) -> Counter[str]:
        """How often the SMTP server took each Message-ID; all copies of one are the same bytes."""
        taken: dict[str, set[tuple[tuple[str, ...], bytes]]] = {}
        count: Counter[str] = Counter()
        for recipients, raw in self.servers.letters:
            message_id = str(message_from_bytes(raw)["Message-ID"])
            taken.setdefault(message_id, set()).add((recipients, raw))
            count[message_id.strip("<>")] += 1
        assert all(len(versions) == 1 for versions in taken.values()), "a letter went out in two versions"
        return count

    def nothing_is_half_written(self) -> None:
        """Every file under a name of its own is whole: originals by their hash, sheets and state by being readable."""
        for name in self.files():
            path = self.data / name
            if path.name.endswith(".part"):
                assert path.name.startswith("."), name
            elif name.startswith("originals/"):
                assert self._hash(name) == name.removeprefix("originals/").replace("/", ""), name
            elif path.suffix == ".json":
                json.loads(path.read_bytes())
            elif path.suffix in (".xlsx", ".docx"):
                with zipfile.ZipFile(path) as opened:
                    assert opened.testzip() is None, name
            elif name == "secret.key":
                assert path.stat().st_size == 32
            else:
                assert re.fullmatch(r"mailbot\.(db(-wal|-shm|-journal)?|lock)", name), f"what is {name}?"

    def originals_are_kept(self) -> None:
        """Of every mail that is ours but those too large, the exact bytes; and of every report."""
        app = self.app()
        with app.ledger.reading() as book:
            ours = {entry.sha256 for entry in book.mail_log(None) if entry.outcome != "not_ours"}
            standings = book.standings(app.campaigns[0].id)
        reports = {receipt.sha256 for one in standings.values() for receipt in one.receipts}
        known = {hashlib.sha256(mail.raw).hexdigest() for mail in self.mails if len(mail.raw) < 1_000_000}
        assert reports
        for sha256 in (ours & known) | reports:
            app.archive.read(sha256)  # raises where it is missing or damaged
        app.close()

    def folder(self, name: str) -> list[str]:
        """Message-IDs of the mails in a folder of the server; looking changes nothing."""
        with imaplib.IMAP4("127.0.0.1", self.servers.imap_port, timeout=20) as client:
            client.login(self.servers.user, self.servers.password)
            answer, count = client.select(folder_argument(name), readonly=True)
            if answer != "OK" or count == [b"0"]:
                return []
            _, parts = client.fetch("1:*", "(BODY.PEEK[HEADER])")
        return [str(message_from_bytes(part[1])["Message-ID"]).strip("<>") for part in parts if isinstance(part, tuple)]

    def _hash(self, name: str) -> str:
        return hashlib.sha256((self.data / name).read_bytes()).hexdigest()

    def _config(self) -> str:
        servers = self.servers
        staff = ", ".join(f'"{address}"' for address in STAFF)
        database = f"sqlite:///{self.database}" if self.database else ""
        return f"""
[department]
name = "{DEPARTMENT.name}"
address = "{DEPARTMENT.address}"
staff = [{staff}]
contact = "{DEPARTMENT.contact}"
[imap]
host = "127.0.0.1"
port = {servers.imap_port}
security = "none"
username = "{servers.user}"
password = "{servers.password}"
[smtp]
host = "127.0.0.1"
port = {servers.smtp_port}
security = "none"
per_minute = 100000
per_hour = 100000
[sheet]
at = "08:00"
[reminders]
announce = "off"
[limits]
mail_mb = 1
[storage]
data_dir = "{self.data}"
database = "{database}"
"""


def processes_of(group: int) -> list[str]:
    """Numbers of the processes of a process group that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, number = path.read_text().rpartition(")")[2].split()[:3]
            if int(number) == group and state != "Z":
                found.append(path.parent.name)
    return found


def subject_of(raw: bytes) -> str:
    return str(make_header(decode_header(message_from_bytes(raw)["Subject"])))


def is_alarm(raw: bytes) -> bool:
    return subject_of(raw).startswith("【收件提醒】")
