"""A thousand mails on a real Dovecot: sums match, each report is filed once, nothing is lost, memory stays flat."""

import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from mailbot.app import App, build
from mailbot.config import load_settings
from mailbot.tables import write_rows
from mailbot.work import look_into_inbox
from rules.model import LetterKind, Outcome
from rules.roster import roster_rows
from storage.mails import SUMS
from tests.path_mails import SHIPPED, september
from tests.rehearsal_mails import ROSTER, TO, Sent, mails
from tests.servers import PASSWORD, Dovecot, folder_argument

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(900)]

MAILS, FIRST = 1000, 200
GROWTH_MB = 48
"""The most that the process may grow after the first two hundred mails; the mails are several times as much."""
MEGABYTE = 1024 * 1024


@dataclass
class Expected:
    """What should become of the mails so far. `stays` and `kept` are hashes of mails."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    reports: Counter[tuple[str, str]] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)
    octets: int = 0

    def noting(self, sent: Iterator[Sent]) -> Iterator[bytes]:
        for mail in sent:
            self.outcomes[mail.outcome] += 1
            self.kinds[mail.kind] += 1
            self.reports.update(mail.reports)
            self.octets += len(mail.raw)
            if mail.outcome not in (Outcome.NOT_OURS, Outcome.DUPLICATE):
                self.kept.add(mail.sha256)
            yield mail.raw


@pytest.fixture
def app(dovecot: Dovecot, tmp_path: Path) -> Iterator[App]:
    dovecot.add_account(TO)
    campaign = SHIPPED.read_text("utf-8").replace("cap_per_address_per_day = 20", "cap_per_address_per_day = 2000")
    (tmp_path / "campaign.toml").write_text(campaign, "utf-8")
    (tmp_path / "roster.xlsx").write_bytes(write_rows(roster_rows(ROSTER)))
    server = f'host = "127.0.0.1"\nport = {dovecot.imap}\nsecurity = "none"\n'
    server += f'username = "{TO}"\npassword = "{PASSWORD}"\n'
    config = f'[department]\nname = "组织部（虚构）"\naddress = "{TO}"\n[imap]\n{server}[smtp]\n{server}'
    (tmp_path / "config.toml").write_text(config, "utf-8")
    made = build(load_settings(tmp_path / "config.toml", {}), lambda: september(6, "10:00"))
    yield made
    made.close()


def resident_mb() -> float:
    """What the process holds in memory now, or at most so far where the system does not say (ru_maxrss)."""
    gc.collect()
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * resource.getpagesize() / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def messages(dovecot: Dovecot, folder: str) -> tuple[int, int]:
    """(all, unread) of a folder, by Dovecot's count."""
    with dovecot.connect(TO) as client:
        _, said = client.status(folder_argument(folder), "(MESSAGES UNSEEN)")
    words = said[0].decode("ascii").rpartition("(")[2].strip(")").split()
    return int(words[1]), int(words[3])


def test_a_thousand_mails_end_where_they_belong_and_leave_no_trace_in_memory(
    app: App, dovecot: Dovecot, capsys: pytest.CaptureFixture[str]
) -> None:
    expected, figures = Expected(), []
    with capture_logs():
        for first, end in ((0, FIRST), (FIRST, MAILS)):
            dovecot.fill(TO, expected.noting(mails(first, end)), september(6, "09:00"))
            began = time.monotonic()
            passed = look_into_inbox(app)
            figures.append((end, time.monotonic() - began, resident_mb()))
            assert (passed.taken, passed.failed) == (end - first, 0)
        assert look_into_inbox(app).taken == 0, "nothing is read twice"
    with capsys.disabled():
        show(expected, figures)
    sums_match(app, expected)
    reports_are_filed_once(app, expected)
    nothing_is_lost(app, dovecot, expected)
    grown = figures[1][2] - figures[0][2]
    assert grown < GROWTH_MB, f"grown by {grown:.0f} MB"
    assert expected.octets / MEGABYTE > 2 * GROWTH_MB, "too little mail to see a leak by"


def sums_match(app: App, expected: Expected) -> None:
    with app.ledger.reading() as book:
        counts = book.mailbox_counts()
        log = book.mail_log(None)
    assert counts.seen == MAILS == len(log)
    assert {outcome: getattr(counts, SUMS[outcome]) for outcome in expected.outcomes} == expected.outcomes


def reports_are_filed_once(app: App, expected: Expected) -> None:
    """Each in the standing of its unit, in the archive and on its shelf; and nothing else anywhere."""
    with app.ledger.reading() as book:
        standings = book.standings(app.campaigns[0].id)
    receipts = [(unit, receipt) for (unit, _), standing in standings.items() for receipt in standing.receipts]
    assert Counter((unit, receipt.sha256) for unit, receipt in receipts) == expected.reports
    assert set(expected.reports.values()) == {1}
    data = app.settings.storage.data_dir
    for _, receipt in receipts:
        assert (data / receipt.path).read_bytes() == app.archive.read(receipt.sha256)
    shelved = [path for path in (data / "收件").rglob("*") if path.is_file()]
    newest = [path for path in shelved if not path.stem.rpartition("-v")[2].isdigit()]
    assert len(shelved) - len(newest) == len(receipts)
    assert len(newest) == sum(bool(standing.receipts) for standing in standings.values())


def nothing_is_lost(app: App, dovecot: Dovecot, expected: Expected) -> None:
    """Each mail that was looked into is in the archive, byte for byte; each lies in the folder where it belongs."""
    for original in expected.kept:
        app.archive.read(original)  # raises when it is missing, or is not what it was
    with app.ledger.reading() as book:
        homes = Counter(book.home(entry.mail) for entry in book.mail_log(None))
        letters = book.outbox.listing()
    imap = app.settings.imap
    for folder, home in (("INBOX", ""), (imap.done_folder, imap.done_folder), (imap.set_aside_folder,) * 2):
        assert messages(dovecot, folder) == (homes[home], homes[home]), "all there, all unread"
    assert sum(homes.values()) == MAILS
    answers = [letter for letter in letters if letter.kind is LetterKind.ACKNOWLEDGEMENT]
    asked = expected.outcomes[Outcome.FILED] + expected.outcomes[Outcome.SET_ASIDE]
    assert len(answers) == asked, "one answer to each report and each question"


def show(expected: Expected, figures: list[tuple[int, float, float]]) -> None:
    print(f"\n\n  {MAILS} mails, {expected.octets / MEGABYTE:.0f} MB, {len(expected.reports)} reports to be filed")
    for name, count in sorted(expected.kinds.items(), key=lambda row: -row[1]):
        print(f"  {name:34}{count:5}")
    for number, seconds, resident in figures:
        print(f"  after {number:4} mails: {resident:5.0f} MB resident; that pass took {seconds:.1f} s")
