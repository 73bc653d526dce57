"""The whole way of a message on both databases: the same mails give the same standings, letters and sums."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot.app import App, build
from mailbot.config import load_settings
from mailbot.demo.college import DEPARTMENT, address, roster
from mailbot.demo.reports import Report, write
from mailbot.overview import look_over
from mailbot.replay import replay_one
from mailbot.tables import write_rows
from rules.model import LetterKind, Outcome, State
from rules.roster import roster_rows

SHIPPED = Path(__file__).parents[2] / "rules" / "campaigns" / "chuangxian-zhengyou-2012.toml"
CONFIG = """
[department]
name = "{0.name}"
address = "{0.address}"
staff = ["{0.staff[0]}"]
[imap]
host = "127.0.0.1"
security = "none"
username = "{0.address}"
[smtp]
host = "127.0.0.1"
security = "none"
"""
REPORT = "计算机学院教工第一党支部"


@pytest.fixture
def app(url: str, tmp_path: Path) -> Iterator[App]:
    (tmp_path / "config.toml").write_text(CONFIG.format(DEPARTMENT), encoding="utf-8")
    (tmp_path / "campaign.toml").write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "roster.xlsx").write_bytes(write_rows(roster_rows(roster())))
    settings = load_settings(tmp_path / "config.toml", {"MAILBOT_STORAGE__DATABASE": url})
    made = build(settings, lambda: datetime(2012, 9, 10, 8, tzinfo=UTC))
    yield made
    made.close()


def mail(number: int, sender: str, subject: str, *units: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = address(sender), DEPARTMENT.address, subject
    message["Message-ID"] = f"<way-{number}@example.edu.cn>"
    message["Date"] = f"Mon, 10 Sep 2012 0{number}:00:00 +0800"
    message.set_content("请查收")
    for unit in units:
        message.add_attachment(
            write(Report(unit)), maintype="application", subtype="msword", filename=f"{unit}创先争优总结.docx"
        )
    return message.as_bytes()


def test_a_branch_its_general_branch_and_other_business_end_where_they_should(app: App) -> None:
    mails = [
        mail(1, "jsj-jg1", "总结", REPORT),
        mail(2, "jsj", "计算机学院党总支创先争优总结", REPORT, "计算机学院党总支"),
        mail(3, "math", "党费收缴情况"),
    ]
    first = [replay_one(app, raw) for raw in mails]
    again = [replay_one(app, raw) for raw in mails]
    assert first == [Outcome.FILED, Outcome.FILED, Outcome.NOT_OURS]
    assert again == [Outcome.DUPLICATE] * 3
    seen = look_over(app, app.campaigns[0], app.now())
    branch = seen.standings["0101", "report"]
    assert (branch.state, len(branch.receipts)) == (State.ACCEPTED, 1)
    assert seen.standings["01", "report"].state is State.ACCEPTED
    assert (seen.facts.counts.seen, seen.facts.counts.filed, seen.facts.counts.not_ours) == (3, 2, 1)
    with app.ledger.reading() as book:
        kinds = sorted(letter.kind for letter in book.outbox.listing())
    assert kinds == sorted([LetterKind.ACKNOWLEDGEMENT] * 2 + [LetterKind.REVIEW_REQUEST])
