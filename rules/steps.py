"""When reminders are due: steps counted in working days from the deadline, and the hours in which they may go out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.campaign import Campaign, OverdueStep, ReminderStep
from rules.workdays import Calendar

# A step that could not go out (an outage, a vacation) is dropped after so many working days: it would only confuse.
STALE_AFTER = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a campaign. `name` is part of the key of its letters; `due_at` is aware, in the campaign's zone."""

    name: str
    due_at: datetime
    overdue: bool = False


def reminder_steps(campaign: Campaign, calendar: Calendar) -> tuple[Step, ...]:
    """All steps of the reminders, in order of time: before-5, before-2, before-0, overdue-1 …"""
    reminders = campaign.reminders
    return tuple(_steps(campaign, calendar, reminders.steps, reminders.overdue))


def phone_steps(campaign: Campaign, calendar: Calendar) -> tuple[Step, ...]:
    """When the department gets the list of those to be telephoned: phone-before-0, phone-overdue-1 …"""
    escalation = campaign.escalation
    return tuple(_steps(campaign, calendar, escalation.before, escalation.after, "phone-"))


def _steps(
    campaign: Campaign,
    calendar: Calendar,
    before: Sequence[ReminderStep],
    after: Sequence[OverdueStep],
    prefix: str = "",
) -> Iterator[Step]:
    """In order of time; without those before the campaign opens, or "before" steps that would come after its end."""
    day, zone = campaign.last_day, campaign.tz
    early = (
        Step(f"{prefix}before-{one.before}", datetime.combine(calendar.before(day, one.before), one.at, zone))
        for one in before
    )
    late = (
        Step(f"{prefix}overdue-{one.after}", datetime.combine(calendar.after(day, one.after), one.at, zone), True)
        for one in after
    )
    steps = [*(step for step in early if step.due_at <= campaign.deadline.at), *late]
    yield from sorted((step for step in steps if step.due_at.date() >= campaign.opens), key=lambda step: step.due_at)


def may_send(campaign: Campaign, calendar: Calendar, now: datetime) -> bool:
    """Whether letters may go out now: a working day, no vacation, inside the hours of the campaign."""
    local = now.astimezone(campaign.tz)
    day = local.date()
    return (
        calendar.is_workday(day)
        and not in_vacation(campaign, day)
        and campaign.reminders.earliest <= local.time() < campaign.reminders.latest
        and campaign.opens <= day
        and (campaign.closes is None or day <= campaign.closes)
    )


def in_vacation(campaign: Campaign, day: date) -> bool:
    return any(day in vacation for vacation in campaign.vacations)


def latest(steps: Sequence[Step], campaign: Campaign, calendar: Calendar, now: datetime) -> Step | None:
    """The one step that may go out now: the last that is due; None outside of the sending hours.

    After an outage only the last one counts. Steps before the deadline lapse with it; steps that are older than
    STALE_AFTER working days are dropped. A step whose hour has passed goes out in the next hours that allow it.
    """
    if not may_send(campaign, calendar, now):
        return None
    due = [step for step in steps if step.due_at <= now]
    if not due or (not due[-1].overdue and now > campaign.deadline.at):
        return None
    last_chance = calendar.after(due[-1].due_at.date(), STALE_AFTER)
    return due[-1] if now.astimezone(campaign.tz).date() <= last_chance else None


def latest_step(campaign: Campaign, calendar: Calendar, now: datetime) -> Step | None:
    """The reminder step that may go out now, if any."""
    return latest(reminder_steps(campaign, calendar), campaign, calendar, now)


def escalation_step(campaign: Campaign, calendar: Calendar, now: datetime) -> Step | None:
    """The step of the telephone list that may go out now, if any."""
    return latest(phone_steps(campaign, calendar), campaign, calendar, now)
