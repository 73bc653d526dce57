"""Where everybody stands, read from the ledger at one moment: what reminders, sheets and `status` are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailbot.app import App
from rules.campaign import Campaign
from rules.model import Case, LogEntry, Outcome, Roster, Standing
from rules.status import with_starts
from rules.tracking import Tracking, TrackingFacts, track
from storage.ledger import Book

_BUSY = frozenset({"unsure", "set_aside", "doubtful"})
"""Cases with mail in them that nobody has worked on: who may have sent it is not reminded."""


@dataclass(frozen=True)
class Overview:
    """One campaign at one moment. `busy` are codes of units with mail that waits, for a person or for another try."""

    facts: TrackingFacts
    busy: frozenset[str]

    @property
    def roster(self) -> Roster:
        return self.facts.roster

    @property
    def standings(self) -> Mapping[tuple[str, str], Standing]:
        return self.facts.standings

    def tracking(self) -> Tracking:
        return track(self.facts)


def look_over(app: App, campaign: Campaign, now: datetime) -> Overview:
    """Reads everything in one transaction."""
    with app.ledger.reading() as book:
        roster = book.roster()
        cases = book.open_cases(campaign.id)
        return Overview(
            facts=TrackingFacts(
                campaign=campaign,
                roster=roster,
                standings=with_starts(book.standings(campaign.id), campaign, roster),
                cases=cases,
                log=log_of(book, campaign),
                counts=book.mailbox_counts(),
                now=now,
            ),
            busy=busy(book, cases),
        )


def busy(book: Book, cases: Iterable[Case]) -> frozenset[str]:
    """Whose mail has come but is not worked on: a person has to, or it failed and will be tried again."""
    waiting = {unit for case in cases if case.kind in _BUSY for unit in case.units}
    roster = book.roster()
    return frozenset(waiting | {unit.code for trouble in book.troubles() for unit in roster.owners(trouble.sender)})


def log_of(book: Book, campaign: Campaign) -> tuple[LogEntry, ...]:
    """Mail of this campaign, and of none: set aside, automatic, twice. Other business of the inbox is nobody's here."""
    of_none = (entry for entry in book.mail_log("") if entry.outcome is not Outcome.NOT_OURS)
    return (*book.mail_log(campaign.id), *of_none)
