"""★ The way of time: what is due now, computed anew each time, from reminders to the day's sheet.

Nothing here remembers a time table: steps come from the campaign, and the outbox's keys make each letter go out once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from mailbot.app import App
from mailbot.overview import look_over
from mailbot.post import post, post_all
from rules.campaign import Campaign
from rules.letters import announcement, phone_list, reminder
from rules.mass import Mass, Ruling, Said, rule
from rules.model import Letter
from rules.reminders import Step, escalation_step, latest_step, owed, to_phone

log = structlog.get_logger(__name__)

Refresh = Callable[[], object]
"""Polls the inbox; raises when it cannot, and then nobody is reminded."""


@dataclass(frozen=True)
class Due:
    """What would go out at a moment, and why: the step, and a letter for each addressee."""

    campaign: Campaign
    step: Step
    letters: tuple[Letter, ...]


def due(app: App, campaign: Campaign, now: datetime) -> Due | None:
    """What is owed at `now` and whom to ask; None when no step is due. Writes nothing: this is `remind --preview`."""
    step = latest_step(campaign, app.calendar, now)
    if step is None:
        return None
    seen = look_over(app, campaign, now)
    found = owed(campaign, seen.roster, seen.standings, step, now, seen.busy)
    return Due(campaign, step, tuple(reminder(campaign, seen.roster, one, step, now) for one in found))


def remind(app: App, campaign: Campaign, refresh: Refresh) -> int:
    """Queues the reminders of the step that is due, once. Polls first, so that nobody is asked for what has come."""
    now = app.now()
    step = latest_step(campaign, app.calendar, now)
    if step is None or is_done(app, done_key(campaign.id, step)):
        return 0
    if rule_of(app, campaign, step, 0, now) is Ruling.WAIT:
        return 0
    refresh()
    found = due(app, campaign, now)
    return send_or_show(app, found, now) if found is not None else 0


def send_or_show(app: App, found: Due, now: datetime) -> int:
    """As staff let it: the first mass mail of a campaign is shown to them before it goes out."""
    ruling = rule_of(app, found.campaign, found.step, len(found.letters), now)
    if ruling is Ruling.SHOW:
        return show(app, found, now)
    mass = announced(app, found.campaign)
    letters = found.letters if ruling is Ruling.SEND else ()
    if mass is not None and ruling is Ruling.SEND_WHAT_WAS_SHOWN:
        letters = tuple(letter for letter in found.letters if letter.key in mass.keys)
    with app.ledger.transaction() as book:
        count = post_all(app, book, letters)
        book.set_setting(done_key(found.campaign.id, found.step), now.isoformat())
        if mass is not None and ruling is Ruling.SEND_WHAT_WAS_SHOWN:
            book.set_setting(mass_key(found.campaign.id), mass.answered(Said.GO).to_json())
    log.info("reminders queued", campaign=found.campaign.id, step=found.step.name, letters=count, ruling=ruling)
    return count


def show(app: App, found: Due, now: datetime) -> int:
    """Tells staff what is about to go out: how many letters, three of them in full, and how to stop it."""
    policy = app.settings.reminders
    mass = Mass(
        step=found.step.name,
        keys=frozenset(letter.key for letter in found.letters),
        release_at=now + policy.delay if policy.delay is not None else None,
    )
    letter = announcement(found.campaign, app.department, found.letters, mass.release_at, found.step)
    with app.ledger.transaction() as book:
        post(app, book, letter)
        book.set_setting(mass_key(found.campaign.id), mass.to_json())
    log.info("mass mail announced", campaign=found.campaign.id, step=found.step.name, letters=len(found.letters))
    return 0


def rule_of(app: App, campaign: Campaign, step: Step, letters: int, now: datetime) -> Ruling:
    if app.settings.reminders.announce == "off":
        return Ruling.SEND
    return rule(announced(app, campaign), step.name, letters, now)


def announced(app: App, campaign: Campaign) -> Mass | None:
    with app.ledger.reading() as book:
        text = book.setting(mass_key(campaign.id))
    return Mass.from_json(text) if text else None


def call(app: App, campaign: Campaign, refresh: Refresh) -> int:
    """Queues the list of those who are to be telephoned, when its hour has come."""
    now = app.now()
    step = escalation_step(campaign, app.calendar, now)
    if step is None or is_done(app, done_key(campaign.id, step)):
        return 0
    refresh()
    seen = look_over(app, campaign, now)
    entries = to_phone(campaign, seen.roster, seen.standings, now)
    letters = [phone_list(campaign, seen.roster, app.department, entries, step, now)] if entries else []
    with app.ledger.transaction() as book:
        book.set_setting(done_key(campaign.id, step), now.isoformat())
        return post_all(app, book, letters)


def done_key(campaign: str, step: Step) -> str:
    return f"step:{campaign}:{step.name}"


def mass_key(campaign: str) -> str:
    return f"mass:{campaign}"


def is_done(app: App, key: str) -> bool:
    with app.ledger.reading() as book:
        return book.setting(key) is not None
