"""What the department hears without asking: the sheet of the day, milestones, and what has gone wrong."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

import structlog

from mailbot.app import App
from mailbot.copies import comparison, with_copies
from mailbot.overview import look_over
from mailbot.post import post
from mailbot.sheet import write_sheet
from rules.campaign import Campaign
from rules.daily import milestones, sheet_due
from rules.filing import clean
from rules.letters import AlarmKind, DeadLetter, Trouble, alarm, daily
from rules.model import Enclosure
from rules.tracking import Tracking, figures
from storage.nouns import Outgoing, SendState

log = structlog.get_logger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEETS = "台账"


def tell(app: App, campaign: Campaign) -> int:
    """Queues the sheet of the day and of each milestone, once each."""
    now = app.now()
    seen = look_over(app, campaign, now)
    tracking = seen.tracking()
    told = 0
    if sheet_due(campaign, app.calendar, app.settings.sheet.at, now):
        told += send_sheet(app, tracking, now)
    for milestone in milestones(campaign, app.calendar, figures(tracking), now):
        key = f"milestone:{campaign.id}:{milestone.name.lower()}"
        with app.ledger.reading() as book:
            reached = book.setting(key)
        if reached is None:
            told += send_sheet(app, tracking, now, milestone.value, key)
    return told


def send_sheet(app: App, tracking: Tracking, now: datetime, milestone: str = "", key: str = "") -> int:
    """The sheet into 台账/ and, with the day's figures, to staff. 0 when today's has gone out already."""
    campaign = tracking.campaign
    local = now.astimezone(campaign.tz)
    name = f"{clean(campaign.label, 40)}台账 {local:%Y-%m-%d}{' ' + milestone if milestone else ''}.xlsx"
    day_key = f"sheet:{campaign.id}:{local:%Y-%m-%d}"
    with app.ledger.reading() as book:
        if not milestone and day_key in book.outbox.keys(day_key):
            return 0
        roster = book.roster()
        shown = book.setting(copies_key(campaign))
    tracking, mark = with_copies(app, tracking)
    sheet = Enclosure(name, XLSX, write_sheet(tracking))
    app.archive.write(PurePosixPath(SHEETS, name), sheet.content)
    compared = compared_on(app, tracking) if mark not in ("", shown) else None
    letter = daily(campaign, roster, app.department, figures(tracking, milestone), sheet, compared)
    with app.ledger.transaction() as book:
        if key:
            book.set_setting(key, now.isoformat())
        if mark != (shown or ""):
            book.set_setting(copies_key(campaign), mark)
        return int(post(app, book, letter))


def compared_on(app: App, tracking: Tracking) -> Enclosure:
    """Reports with much text in common, side by side: into 台账/, and once to staff."""
    name = f"{clean(tracking.campaign.label, 40)}文字相近对照 {tracking.as_of:%Y-%m-%d}.docx"
    content = comparison(app, tracking)
    app.archive.write(PurePosixPath(SHEETS, name), content)
    return Enclosure(name, DOCX, content)


def copies_key(campaign: Campaign) -> str:
    """Under which the ledger has which pairs staff were shown last."""
    return f"copies:{campaign.id}"


def tell_dead_letters(app: App) -> int:
    """Letters that did not reach everybody: staff hear of each once. A dead alarm raises no further alarm."""
    with app.ledger.transaction() as book:
        dead = book.outbox.failed_unreported()
        book.outbox.mark_reported(letter.id for letter in dead)
        lines = tuple(line for letter in dead if not letter.key.startswith("alarm:") for line in lost(letter))
        if not lines:
            return 0
        now = app.now()
        # With the time: a letter that is tried again by hand and fails again is told again.
        trouble = Trouble(AlarmKind.DEAD_LETTERS, now, name=f"{dead[-1].id}:{now.isoformat()}", dead=lines)
        post(app, book, alarm(app.campaigns[0], app.department, trouble))
    return len(lines)


def lost(letter: Outgoing) -> Iterator[DeadLetter]:
    """Whom a letter did not reach: everybody, or of a letter that went out those who were refused (a line each)."""
    if letter.state is not SendState.SENT:
        yield DeadLetter("、".join(letter.recipients), letter.subject, letter.last_error)
        return
    for refused in letter.last_error.splitlines():
        address, _, said = refused.partition(" ")
        yield DeadLetter(address, letter.subject, said)


def tell_trouble(app: App, trouble: Trouble) -> None:
    """Something outside stopped: the alarm goes out once per trouble, if sending still works."""
    with app.ledger.transaction() as book:
        if post(app, book, alarm(app.campaigns[0], app.department, trouble)):
            log.warning("alarm queued", kind=trouble.kind)
