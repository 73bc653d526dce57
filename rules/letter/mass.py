"""What the department sees around mass mail: the letters before they go out, and those who are to be telephoned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.campaign import Campaign
from rules.letter.remind import owing
from rules.letter.words import day, deadline, line, moment, subject
from rules.model import Department, Letter, LetterKind, Roster
from rules.reminders import PhoneEntry
from rules.steps import Step

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class AnnouncementFacts:
    """`samples` are letters shown in full. `release` "": nothing goes out until somebody says yes."""

    count: int
    samples: tuple[Letter, ...]
    release: str
    units: int


def announcement(
    campaign: Campaign, department: Department, letters: Sequence[Letter], release_at: datetime | None, step: Step
) -> Letter:
    """Shows staff the first mass mail before it goes out: how many, three in full, how to stop it.

    `release_at` None: it waits for a yes. Key `announce:<campaign>:<step>`. ValueError when there are no letters.
    """
    if not letters:
        raise ValueError("nothing to announce")
    middle = len(letters) // 2
    chosen = dict.fromkeys((0, middle, len(letters) - 1))
    release = moment(release_at, campaign) if release_at else ""
    when = f"{release} 发出" if release else "等您确认后发出"
    return Letter(
        key=f"announce:{campaign.id}:{step.name}",
        kind=LetterKind.ANNOUNCEMENT,
        to=department.staff,
        subject=subject(campaign, f"{len(letters)} 封催报通知待发，{when}，请过目"),
        facts=AnnouncementFacts(
            count=len(letters),
            samples=tuple(letters[index] for index in chosen)[:SAMPLES],
            release=release,
            units=len({code for letter in letters for code in letter.about}),
        ),
        campaign=campaign.id,
        automatic="auto-generated",
    )


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to telephone: for which unit, what is missing, name and number, and how often it was asked."""

    unit: str
    missing: str
    contact: str
    phone: str
    reminded: int


@dataclass(frozen=True, slots=True)
class PhoneListFacts:
    calls: tuple[Call, ...]
    deadline: str
    past: bool
    as_of: str


def phone_list(
    campaign: Campaign, roster: Roster, department: Department, entries: Sequence[PhoneEntry], step: Step, now: datetime
) -> Letter:
    """The list of those to be telephoned, in the order given. Key `phone:<campaign>:<step>`."""
    return Letter(
        key=f"phone:{campaign.id}:{step.name}",
        kind=LetterKind.PHONE_LIST,
        to=department.staff,
        subject=subject(campaign, f"请电话联系 {len(entries)} 个单位（{day(now, campaign)}）"),
        facts=PhoneListFacts(
            calls=tuple(_call(entry, campaign, roster) for entry in entries),
            deadline=deadline(campaign.deadline.at, campaign),
            past=now > campaign.deadline.at,
            as_of=moment(now, campaign),
        ),
        campaign=campaign.id,
        automatic="auto-generated",
    )


def _call(entry: PhoneEntry, campaign: Campaign, roster: Roster) -> Call:
    return Call(
        unit=line(entry.unit.name),
        missing=owing(entry.items, campaign, roster, entry.unit.code),
        contact=_blank(entry.contact),
        phone=_blank(entry.phone),
        reminded=max((item.reminded for item in entry.items), default=0),
    )


def _blank(text: str) -> str:
    return line(text) if text.strip() else ""
