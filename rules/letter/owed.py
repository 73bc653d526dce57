"""What is still owed after a mail, and until when."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from rules.campaign import Campaign, Deliverable, Medium
from rules.letter.facts import Outstanding, PaperDue, Terms
from rules.letter.words import day, deadline, line, short_name
from rules.model import Roster, Standing, State, Unit
from rules.status import due_at, paper_state

Standings = Mapping[tuple[str, str], Standing]


def standing_of(unit: Unit, deliverable: Deliverable, standings: Standings) -> Standing:
    """The standing, or the one that everybody starts with."""
    start = Standing(unit.code, deliverable.key, State.EXEMPT if unit.exempt else State.MISSING)
    return standings.get((unit.code, deliverable.key), start)


def papers(units: Iterable[Unit], campaign: Campaign, standings: Standings, now: datetime) -> Iterator[PaperDue]:
    """Paper that these units have still to bring."""
    for unit in units:
        for deliverable in campaign.owed_by(unit):
            if deliverable.medium is not Medium.PAPER or deliverable.optional:
                continue
            standing = standing_of(unit, deliverable, standings)
            if paper_state(standing, deliverable) in (State.MISSING, State.PARTIAL):
                yield paper_due(unit, standing, campaign, now)


def paper_due(unit: Unit, standing: Standing, campaign: Campaign, now: datetime) -> PaperDue:
    """What of one paper deliverable is still to be brought."""
    deliverable = campaign.deliverable(standing.deliverable)
    until = due_at(campaign, standing)
    return PaperDue(
        unit=line(unit.name),
        what=line(deliverable.form or deliverable.title),
        copies=deliverable.copies - max(standing.copies, 0),
        place=line(deliverable.place) if deliverable.place else "",
        due=paper_deadline(until, campaign) if now <= _office_closes(until, campaign) else "",
    )


def outstanding(
    heads: Iterable[Unit], campaign: Campaign, roster: Roster, standings: Standings, answered: Collection[str]
) -> Outstanding:
    """Reports that these 总支 and the branches below them owe by e-mail.

    `answered` are codes of units of which the same letter speaks already: they are not named again as incomplete.
    """
    owed = {
        unit: standing_of(unit, report, standings).state
        for head in heads
        for unit in (head, *roster.below(head.code))
        if (report := campaign.report_of(unit)) is not None
    }
    missing = [unit for unit, state in owed.items() if state is State.MISSING]
    incomplete = [unit for unit, state in owed.items() if state in (State.INCOMPLETE, State.RETURNED)]
    branches = [unit for unit in owed if unit.parent is not None]
    return Outstanding(
        missing=tuple(short_name(unit, roster) for unit in missing),
        incomplete=tuple(short_name(unit, roster) for unit in incomplete if unit.code not in answered),
        only_branches=all(unit.parent is not None for unit in missing),
        nothing_yet=bool(branches) and all(unit in missing for unit in branches),
        all_in=bool(branches) and not missing and not incomplete,
    )


def terms(changed: Iterable[Standing], campaign: Campaign, now: datetime) -> Terms:
    """The first of the instants that count for these units; the campaign's when there are none."""
    until = min((due_at(campaign, standing) for standing in changed), default=campaign.deadline.at)
    return Terms(deadline(until, campaign), now > until, campaign.late.accept, line(campaign.late.label))


def _office_closes(at: datetime, campaign: Campaign) -> datetime:
    """Paper is taken while somebody is there: until the office closes on the day of the deadline."""
    close = campaign.deadline.office_close
    return datetime.combine(at.astimezone(campaign.tz).date(), close, campaign.tz) if close else at


def paper_deadline(at: datetime, campaign: Campaign) -> str:
    """Paper is brought in office hours: 9月14日17:30前, where the campaign says when the office closes."""
    close = campaign.deadline.office_close
    return f"{day(at, campaign)}{close:%H:%M}前" if close else deadline(at, campaign)
