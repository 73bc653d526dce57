"""The fast clock, and what it jumps to next: a mail, the hour of a reminder or a sheet, a letter to be tried again."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mailbot.app import App
from mailbot.demo.mail import Post
from rules.campaign import Campaign
from rules.steps import phone_steps, reminder_steps


@dataclass
class FastClock:
    """Stands still until it is set; never goes back."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment.astimezone(UTC)

    def jump(self, to: datetime) -> None:
        self.moment = max(self.moment, to)


@dataclass
class Agenda:
    """Moments still to come, in order; several at one moment in the order in which they were put in."""

    _heap: list[tuple[datetime, int, Post | None]] = field(default_factory=list)
    _count: int = 0

    def add(self, at: datetime, post: Post | None = None) -> None:
        heapq.heappush(self._heap, (at, self._count, post))
        self._count += 1

    def __iter__(self) -> Iterator[tuple[datetime, Post | None]]:
        """What comes next, until nothing is left; more may be added meanwhile."""
        while self._heap:
            at, _, post = heapq.heappop(self._heap)
            yield at, post


def agenda(app: App, posts: Iterable[Post], last: datetime) -> Agenda:
    """All mails, and all hours until `last` at which the bot may have something to do by itself."""
    made = Agenda()
    for post in posts:
        made.add(post.at, post)
    first = min(at for at, _, _ in made._heap)
    for campaign in app.campaigns:
        for at in sorted(set(alarms(app, campaign, first, last))):
            made.add(at)
    return made


def alarms(app: App, campaign: Campaign, first: datetime, last: datetime) -> Iterator[datetime]:
    """Where a reminder is due or is let go, a telephone list, a sheet; and each morning, for the milestones."""
    steps = reminder_steps(campaign, app.calendar)
    due = [step.due_at for step in (*steps, *phone_steps(campaign, app.calendar))]
    delay = app.settings.reminders.delay or timedelta(0)
    day = first.astimezone(campaign.tz).date()
    while day <= last.astimezone(campaign.tz).date():
        hours = campaign.reminders.earliest, app.settings.sheet.at
        due.extend(datetime.combine(day, hour, campaign.tz) for hour in hours)
        day += timedelta(days=1)
    yield from (at for at in (*due, *(step.due_at + delay for step in steps)) if first <= at <= last)
