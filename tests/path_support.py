"""A bot of the tests of the whole way: on real servers, with a clock that can be set, and seen from all sides.

The college is that of the demo with accounts of its own; every test has a department, an inbox and a data directory for
itself, so that nothing has to be cleaned up. Letters are told apart by their From.
"""

import re
import secrets
import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Self

from mailbot.app import App, build
from mailbot.config import load_settings
from mailbot.deliver_due import Delivered
from mailbot.demo import college
from mailbot.overview import look_over
from mailbot.poll import Pass
from mailbot.reading import Reader
from mailbot.tables import write_rows
from mailbot.work import one_round
from rules.model import Case, LetterKind, LogEntry, MailboxCounts, Standing
from rules.roster import roster_rows
from rules.status_document import status_document
from storage.nouns import Outgoing
from tests.path_mails import CLERK, STRANGER, Files, Letter, account, campaign_around, mail, midnight, roster, to_bytes
from tests.servers import PASSWORD, Kept
from tests.servers_postfix import MailSystem

DONE, ASIDE = "已归档", "待人工处理"
WAIT_SECONDS = 20
SHEET = "日台账"  # in the subject of the letter with the sheet of a day


@dataclass
class Clock:
    """Stands still at `at`; where there is none it is the real one, `ahead` by so much."""

    at: datetime | None = None
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return (self.at or datetime.now(UTC) + self.ahead).astimezone(UTC)


@dataclass
class Bot:
    """The bot of one department: its parts, its inbox from outside, and what people got from it."""

    system: MailSystem
    address: str
    home: Path
    clock: Clock
    reader: Reader
    app: App = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Builds the parts anew, as a process does that starts: nothing but disk and servers is remembered."""
        app = build(load_settings(self.home / "config.toml", {}), self.clock)
        self.app = replace(app, reader=self.reader)

    def restart(self) -> None:
        self.app.ledger.close()
        self.start()

    # ------------------------------------------------------------------------------------------- mail to the bot

    def send(self, who: str, subject: str, body: str = "请查收。", files: Files = (), **headers: str) -> str:
        """A branch mails the department through Postfix, logged in; gives the Message-ID once it is in the inbox."""
        sender = who if "@" in who else account(who)
        message = mail(sender, self.address, subject, body, files, **headers)
        self.submit(parseaddr(sender)[1], to_bytes(message))
        return str(message["Message-ID"])

    def submit(self, sender: str, raw: bytes) -> None:
        """These bytes by SMTP AUTH; returns once Dovecot has them."""
        before = self.uidnext()
        with smtplib.SMTP(self.system.postfix.host, self.system.postfix.submission, timeout=WAIT_SECONDS) as smtp:
            smtp.login(sender, PASSWORD)
            smtp.sendmail(sender, [self.address], raw, mail_options=self._options(raw))
        self.arrived(before)

    def from_outside(self, envelope_sender: str, raw: bytes) -> None:
        """From another mail server, without a login; "" is the null return path of bounces and receipts."""
        before = self.uidnext()
        with smtplib.SMTP(self.system.postfix.host, self.system.postfix.smtp, timeout=WAIT_SECONDS) as smtp:
            smtp.sendmail(envelope_sender, [self.address], raw, mail_options=self._options(raw))
        self.arrived(before)

    def put(self, message: EmailMessage | bytes, received_at: datetime) -> None:
        """Into the inbox with that INTERNALDATE: where the day of arrival matters."""
        raw = message if isinstance(message, bytes) else to_bytes(message)
        self.system.append(self.address, raw, received_at)

    def uidnext(self) -> int:
        with self.system.dovecot.connect(self.address) as client:
            _, found = client.status("INBOX", "(UIDNEXT)")
        return int(found[0].split(b"UIDNEXT ")[1].rstrip(b")"))

    def arrived(self, uidnext: int, count: int = 1) -> None:
        """Waits until so many mails more are in the inbox than when UIDNEXT was that."""
        self._wait(lambda: self.uidnext() >= uidnext + count, "no mail arrives")

    @staticmethod
    def _options(raw: bytes) -> list[str]:
        return [] if raw.isascii() else ["BODY=8BITMIME"]

    # ------------------------------------------------------------------------------------------- what the bot does

    def round(self) -> Pass:
        """One round of everything; what goes wrong with the servers fails the test."""
        passed, delivered = self.try_round()
        assert passed.failed == 0, "a mail failed with an unknown error"
        assert delivered.trouble is None, delivered
        return passed

    def try_round(self) -> tuple[Pass, Delivered]:
        return one_round(self.app)

    # ------------------------------------------------------------------------------------------- what came of it

    def letters(self, who: str, count: int = 1) -> list[Letter]:
        """Exactly so many letters of this bot lie in that mailbox; waits for them. Without the sheets of the days."""
        return self._letters(who, count, lambda letter: SHEET not in letter["Subject"])

    def sheets(self, count: int = 1) -> list[Letter]:
        """The letters with the sheet of a day that the clerk has."""
        return self._letters(CLERK, count, lambda letter: SHEET in letter["Subject"])

    def _letters(self, who: str, count: int, wanted: Callable[[Letter], bool]) -> list[Letter]:
        address = who if "@" in who else account(who)

        def ours() -> list[Letter]:
            found = map(Letter, (kept.raw for kept in self.system.messages(address)))
            return [letter for letter in found if self.address in letter["From"] and wanted(letter)]

        self._wait(lambda: len(ours()) >= count, f"fewer than {count} letters for {address}")
        found = ours()
        assert len(found) == count, [letter["Subject"] for letter in found]
        return found

    def letter(self, who: str) -> Letter:
        """The one letter that is there."""
        return self.letters(who)[0]

    def answer(self, who: str, number: int = 1) -> Letter:
        """The newest of so many letters."""
        return self.letters(who, number)[-1]

    def outbox(self) -> list[Outgoing]:
        """Every letter that was ever owed, but for the day's sheet: that depends on the hour at which the tests run."""
        with self.app.ledger.reading() as book:
            return [letter for letter in book.outbox.listing() if letter.kind is not LetterKind.DAILY]

    def inbox(self, folder: str = "INBOX") -> list[Kept]:
        return self.system.messages(self.address, folder)

    def standing(self, code: str, deliverable: str = "report") -> Standing:
        with self.app.ledger.reading() as book:
            return book.standing(self.app.campaigns[0].id, code, deliverable)

    def states(self, *codes: str) -> list[str]:
        """The states of these units' reports, as `status --json` names them."""
        return [self.standing(code).state.value for code in codes]

    def counts(self) -> MailboxCounts:
        with self.app.ledger.reading() as book:
            return book.mailbox_counts()

    def log(self) -> tuple[LogEntry, ...]:
        with self.app.ledger.reading() as book:
            return book.mail_log(None)

    def cases(self) -> tuple[Case, ...]:
        with self.app.ledger.reading() as book:
            return book.open_cases(None)

    def status(self) -> dict[str, Any]:
        return status_document(look_over(self.app, self.app.campaigns[0], self.app.now()).facts)

    def tree(self) -> set[str]:
        """The files that people browse, below 收件/."""
        top = self.home / "var" / "收件"
        return {str(path.relative_to(top)) for path in top.rglob("*") if path.is_file()}

    def bodies_fetched_by(self, action: Callable[[], object]) -> int:
        """How many bodies Dovecot handed out from this inbox meanwhile, by Dovecot's own log of its sessions."""
        before = self._bodies()
        action()
        return self._bodies() - before

    def _bodies(self) -> int:
        """Of all sessions so far; a session writes its figures when it ends, so all have to."""

        def ended() -> list[str]:
            return [line for line in self.system.dovecot.log.splitlines() if f"imap({self.address})<" in line]

        def begun() -> int:
            return self.system.dovecot.log.count(f"Login: user=<{self.address}>")

        self._wait(lambda: sum("body_count=" in line for line in ended()) == begun(), "a session does not end")
        return sum(int(found[1]) for line in ended() if (found := re.search(r"\bbody_count=(\d+)", line)))

    def _wait(self, holds: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + WAIT_SECONDS
        while not holds():
            assert time.monotonic() < end, f"{otherwise}\n{self.system.postfix.log[-3000:]}"
            time.sleep(0.03)


@dataclass
class University:
    """The mail system with the accounts of the college, for all tests of a module. Use as a context manager."""

    system: MailSystem
    reader: Reader = field(default_factory=lambda: Reader(30))
    bots: list[Bot] = field(default_factory=list)

    def __enter__(self) -> Self:
        people = {address for unit in roster().units for address in unit.addresses} | {CLERK, STRANGER}
        for address in sorted(people):
            self.system.dovecot.add_account(address)
        self.system.postfix.know()
        return self

    def __exit__(self, *_: object) -> None:
        for bot in self.bots:
            bot.app.ledger.close()
        self.reader.close()

    def department(self, home: Path, **changes: Any) -> Bot:
        """A bot with a new inbox. Changes: `campaign` (TOML), `roster`, `at` (its clock), `imap`, `extra` (config)."""
        address = self.system.add_account(f"path-zuzhib-{secrets.token_hex(4)}")
        (home / "campaign.toml").write_text(changes.get("campaign") or campaign_around(midnight(30)), "utf-8")
        (home / "roster.xlsx").write_bytes(write_rows(roster_rows(changes.get("roster") or roster())))
        config = self._config(address, changes.get("imap", ""), changes.get("extra", ""))
        (home / "config.toml").write_text(config, "utf-8")
        bot = Bot(self.system, address, home, Clock(changes.get("at")), self.reader)
        self.bots.append(bot)
        return bot

    def _config(self, address: str, imap: str, extra: str) -> str:
        postfix, dovecot = self.system.postfix, self.system.dovecot
        return f"""
[department]
name = "{college.DEPARTMENT.name}"
address = "{address}"
staff = ["{CLERK}"]
contact = "{college.DEPARTMENT.contact}"
[imap]
host = "{dovecot.host}"
port = {dovecot.imap}
security = "none"
username = "{address}"
password = "{PASSWORD}"
timeout_seconds = 20
{imap}
[smtp]
host = "{postfix.host}"
port = {postfix.submission}
security = "none"
username = "{address}"
per_minute = 100000
per_hour = 100000
timeout_seconds = 20
{extra}
"""
