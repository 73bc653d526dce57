"""When the department gets its tracking sheet: at the hour of a working day, and at milestones."""

from datetime import datetime, time
from enum import StrEnum

from rules.campaign import Campaign
from rules.steps import may_send
from rules.tracking import Figures
from rules.workdays import Calendar

DAYS_AFTER = 10
"""Working days after the deadline on which the sheet still comes, where the campaign does not say `closes`."""


class Milestone(StrEnum):
    """Each comes once in a campaign; the word stands in the letter."""

    DEADLINE = "截止"
    ALL_IN = "全部登记"


def sheet_due(campaign: Campaign, calendar: Calendar, at: time, now: datetime) -> bool:
    """The hour of today's sheet has come. A day that was slept through is not made up for."""
    local = now.astimezone(campaign.tz)
    day = local.date()
    last = campaign.closes or calendar.after(campaign.last_day, DAYS_AFTER)
    return calendar.is_workday(day) and local.time() >= at and campaign.opens <= day <= last


def milestones(campaign: Campaign, calendar: Calendar, figures: Figures, now: datetime) -> tuple[Milestone, ...]:
    """Those that are reached, within the hours in which letters may go out."""
    if not may_send(campaign, calendar, now):
        return ()
    reached = []
    if now > campaign.deadline.at and now.astimezone(campaign.tz).date() <= calendar.after(
        campaign.last_day, DAYS_AFTER
    ):
        reached.append(Milestone.DEADLINE)
    if figures.owed and figures.accepted == figures.owed:
        reached.append(Milestone.ALL_IN)
    return tuple(reached)
