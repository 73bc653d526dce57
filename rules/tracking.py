"""The rows of the 台账: who has, who has not, what waits for a person, and the figures of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rules.campaign import Campaign
from rules.model import Case, LogEntry, MailboxCounts, Outcome, Roster, Standing
from rules.pages.calls import CallRow, calls_of
from rules.pages.copies import CopyPair
from rules.pages.groups import Group, Tally, groups_of, received_per_day, tally_of
from rules.pages.lists import OUTCOMES, CaseRow, LogRow, case_row, log_of, open_cases
from rules.reminders import to_phone

NO_MAIL = MailboxCounts()


@dataclass(frozen=True)
class TrackingFacts:
    """What is known at `now` (aware). `standings` by (code of the unit, key of the deliverable); `cases` open ones."""

    campaign: Campaign
    roster: Roster
    standings: Mapping[tuple[str, str], Standing]
    now: datetime
    cases: tuple[Case, ...] = ()
    log: tuple[LogEntry, ...] = ()
    counts: MailboxCounts = NO_MAIL


@dataclass(frozen=True)
class Tracking:
    """Everything that the sheet shows, ready to be written. Times are in the campaign's zone.

    `days`: reports that arrived per day. `calls` are those whom `to_phone` names, whatever the hour. `cases`
    are the rows of `open_cases`, in the same order. `copies`: reports with much text in common; `track` looks for none.
    """

    campaign: Campaign
    as_of: datetime
    groups: tuple[Group, ...]
    total: Tally
    days: tuple[tuple[date, int], ...]
    calls: tuple[CallRow, ...]
    open_cases: tuple[Case, ...]
    cases: tuple[CaseRow, ...]
    log: tuple[LogRow, ...]
    counts: MailboxCounts
    copies: tuple[CopyPair, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the daily letter. `accepted` + `incomplete` + `awaiting` + `missing` is `owed` (已登记 / 应报).

    `incomplete` are those that have to be mended, sent back ones included. `cases` need a person (待处理), `late` units
    are 逾期. `new_today` counts reports (versions) that arrived on the day of `now`. `milestone` names why it is sent
    beside the daily hour ("" if not). `mailbox` are the sums of `counts` with their words. `copies`: pairs of reports
    with much text in common.
    """

    now: datetime
    accepted: int
    owed: int
    new_today: int
    incomplete: int = 0
    awaiting: int = 0
    missing: int = 0
    exempt: int = 0
    late: int = 0
    cases: tuple[Case, ...] = ()
    counts: MailboxCounts = NO_MAIL
    milestone: str = ""
    copies: int = 0

    @property
    def pending(self) -> int:
        """待处理."""
        return len(self.cases)

    @property
    def mailbox(self) -> tuple[tuple[str, int], ...]:
        return mailbox_sums(self.counts)


def track(facts: TrackingFacts) -> Tracking:
    """The 台账 at this moment; the same facts give the same pages."""
    campaign, roster, now = facts.campaign, facts.roster, facts.now
    groups = groups_of(campaign, roster, facts.standings, now)
    cases = open_cases(facts.cases, campaign)
    return Tracking(
        campaign=campaign,
        as_of=now.astimezone(campaign.tz),
        groups=groups,
        total=tally_of(row for group in groups for row in group.rows),
        days=received_per_day(campaign, facts.standings, now),
        calls=calls_of(to_phone(campaign, roster, facts.standings, now), groups, campaign, roster),
        open_cases=cases,
        cases=tuple(case_row(case, campaign, roster) for case in cases),
        log=log_of(facts.log, campaign),
        counts=facts.counts,
    )


def figures(tracking: Tracking, milestone: str = "") -> Figures:
    """What the daily letter says, from the same rows as the sheet that goes with it."""
    total = tracking.total
    return Figures(
        now=tracking.as_of,
        accepted=total.accepted,
        owed=total.owed,
        new_today=dict(tracking.days).get(tracking.as_of.date(), 0),
        incomplete=total.incomplete + total.returned,
        awaiting=total.awaiting_review,
        missing=total.missing,
        exempt=total.exempt,
        late=total.late,
        cases=tracking.open_cases,
        counts=tracking.counts,
        milestone=milestone,
        copies=len(tracking.copies),
    )


def mailbox_sums(counts: MailboxCounts) -> tuple[tuple[str, int], ...]:
    """What became of all mail, in words; the sums add up to `counts.seen`."""
    numbers = {
        Outcome.FILED: counts.filed,
        Outcome.ORDER: counts.orders,
        Outcome.AUTOMATIC: counts.automatic,
        Outcome.OWN: counts.own,
        Outcome.NOT_OURS: counts.not_ours,
        Outcome.SET_ASIDE: counts.set_aside,
        Outcome.DUPLICATE: counts.duplicate,
    }
    return tuple((OUTCOMES[outcome], number) for outcome, number in numbers.items())
