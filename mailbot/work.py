"""One round of everything, in order: inbox, what time asks for, the outbox. `run --once` is one of these."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePosixPath

from mailbot.app import App
from mailbot.deliver import Courier
from mailbot.deliver_due import Delivered, Office, Pace, deliver_due
from mailbot.poll import Pass, poll
from mailbot.remind import call, remind
from mailbot.tell import tell, tell_dead_letters
from storage.nouns import UNTIL_RELEASED

HEARTBEAT = PurePosixPath("heartbeat.json")
HALF_WRITTEN = timedelta(hours=1)  # a file that is still being written is younger


def look_into_inbox(app: App) -> Pass:
    """One pass over a connection of its own."""
    with app.inbox() as inbox:
        return poll(app, inbox)


def time_passes(app: App, refresh: Callable[[], object]) -> int:
    """What is due now: reminders, telephone lists, sheets, alarms. Gives the number of letters queued."""
    queued = 0
    for campaign in app.campaigns:
        queued += remind(app, campaign, refresh)
        queued += call(app, campaign, refresh)
        queued += tell(app, campaign)
    return queued + tell_dead_letters(app)


def office(app: App) -> Office:
    """What delivering takes: a courier of its own, at the pace of the settings."""
    courier = Courier(app.smtp(), app.department.address)
    pace = Pace(app.settings.smtp.per_minute, app.settings.smtp.per_hour)
    return Office(app.ledger, app.archive, courier, pace, app.now)


def start(app: App) -> None:
    """After whatever ended the last run: letters left half sent are owed again, half-written files are swept away.

    Only the process that holds the lock of the data directory may call this.
    """
    with app.ledger.transaction() as book:
        book.outbox.reclaim(UNTIL_RELEASED)  # all of them: the clock may have been set back since
    app.archive.sweep(app.now() - HALF_WRITTEN)


def one_round(app: App) -> tuple[Pass, Delivered]:
    """Poll, what is due, deliver. Raises what is wrong with the inbox; trouble with sending is returned."""
    start(app)
    passed = look_into_inbox(app)
    time_passes(app, lambda: None)
    delivered = asyncio.run(deliver_due(office(app)))
    beat(app, "once")
    return passed, delivered


def beat(app: App, what: str) -> None:
    """The heartbeat: when which part last did its work. A monitor looks at the time of the file."""
    last = json.loads(app.archive.read_file(HEARTBEAT)) if app.archive.exists(HEARTBEAT) else {}
    app.archive.write(HEARTBEAT, json.dumps({**last, what: app.now().isoformat(timespec="seconds")}).encode())
