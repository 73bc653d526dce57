"""Letters that ask for what is owed: before the deadline, on its day, and after it; and what is said by telephone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.campaign import Campaign, Medium
from rules.letter.facts import Terms
from rules.letter.owed import paper_deadline
from rules.letter.reports import gap
from rules.letter.words import day, deadline, line, listed, short_name, subject
from rules.model import Letter, LetterKind, Roster, State
from rules.reminders import Owed, OwedItem, reminder_key
from rules.steps import Step


@dataclass(frozen=True, slots=True)
class ToMend:
    """A report that came and lacks something; `gap` says what in a few words, or why staff sent it back."""

    unit: str
    gap: str


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """Paper that is not complete: `what` with the number of copies, where to, until when ("": the day is over)."""

    what: str
    place: str
    due: str


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """`alone`: the letter asks its reader for his own report only. `last_day`: the deadline is today."""

    head: str
    missing: tuple[str, ...]
    to_mend: tuple[ToMend, ...]
    to_review: tuple[str, ...]
    paper: tuple[PaperAsked, ...]
    came: int
    alone: bool
    last_day: bool
    terms: Terms
    basis: str


def reminder(campaign: Campaign, roster: Roster, owed: Owed, step: Step, now: datetime) -> Letter:
    """One letter that asks. After the deadline (`step.overdue`) it is another one: short, and the telephone first."""
    facts = reminder_facts(campaign, roster, owed, now)
    until = f"{day(_until(owed), campaign)}截止"
    if step.overdue:
        until = "仍可补报" if campaign.late.accept else "请来电"
    return Letter(
        key=reminder_key(campaign, owed.addressee, step),
        kind=LetterKind.OVERDUE if step.overdue else LetterKind.REMINDER,
        to=owed.to,
        subject=subject(campaign, f"{facts.head}：{_sum(facts)}（{until}）"),
        facts=facts,
        campaign=campaign.id,
        about=owed.about,
        automatic="auto-generated",
    )


def reminder_facts(campaign: Campaign, roster: Roster, owed: Owed, now: datetime) -> ReminderFacts:
    reports = [item for item in owed.items if not _is_paper(item)]
    until = _until(owed)
    return ReminderFacts(
        head=line(owed.addressee.name),
        missing=_names(roster, reports, State.MISSING),
        to_mend=tuple(
            ToMend(short_name(item.unit, roster), _lacks(item, campaign))
            for item in reports
            if item.state in (State.INCOMPLETE, State.RETURNED)
        ),
        to_review=_names(roster, reports, State.AWAITING_REVIEW),
        paper=tuple(_paper(item, campaign, now) for item in owed.items if _is_paper(item)),
        came=owed.came,
        alone=owed.about == (owed.addressee.code,),
        last_day=day(now, campaign) == day(until, campaign),
        terms=Terms(deadline(until, campaign), now > until, campaign.late.accept, line(campaign.late.label)),
        basis=line(campaign.doc_numbers[0]) if campaign.doc_numbers else "",
    )


def _lacks(item: OwedItem, campaign: Campaign) -> str:
    """A report that was sent back was judged by people: their reason, not what the rules found."""
    if item.state is State.RETURNED:
        return f"已退回：{line(item.note)}" if item.note else "已退回"
    return gap(item.findings, campaign)


def owing(items: Iterable[OwedItem], campaign: Campaign, roster: Roster, speaker: str) -> str:
    """What is owed, in a few words for the telephone: 总结没有报；正式文件 1 份没有交.

    A unit other than `speaker` (the code of who is called) is named before what it owes.
    """
    said = []
    for item in items:
        whose = "" if item.unit.code == speaker else short_name(item.unit, roster)
        said.append(whose + _owing(item, campaign))
    return "；".join(dict.fromkeys(said))


def _owing(item: OwedItem, campaign: Campaign) -> str:
    if _is_paper(item):
        return f"{_copies(item)}没有交{'齐' if item.state is State.PARTIAL else ''}"
    if item.state is State.MISSING:
        return "总结没有报"
    if item.state is State.AWAITING_REVIEW:
        return "总结等党总支把关"
    return f"总结{gap(item.findings, campaign) or '要修改后再报'}"


def _paper(item: OwedItem, campaign: Campaign, now: datetime) -> PaperAsked:
    place = item.deliverable.place
    return PaperAsked(
        what=f"{_copies(item)}{'，还没有交齐' if item.state is State.PARTIAL else ''}",
        place=line(place) if place else "",
        due=paper_deadline(item.due_at, campaign) if now <= item.due_at else "",
    )


def _copies(item: OwedItem) -> str:
    return f"{line(item.deliverable.form or item.deliverable.title)} {item.deliverable.copies} 份"


def _sum(facts: ReminderFacts) -> str:
    """还有 2 份待报、1 份待补正: the two weightiest, a subject is short."""
    counted = (
        (len(facts.missing), "份待报"),
        (len(facts.to_mend), "份待补正"),
        (len(facts.to_review), "份待把关"),
        (len(facts.paper), "项纸质件待交"),
    )
    return f"还有 {listed([f'{count} {words}' for count, words in counted if count][:2])}"


def _names(roster: Roster, items: Iterable[OwedItem], state: State) -> tuple[str, ...]:
    return tuple(short_name(item.unit, roster) for item in items if item.state is state)


def _is_paper(item: OwedItem) -> bool:
    return item.deliverable.medium is Medium.PAPER


def _until(owed: Owed) -> datetime:
    """The first of the instants that count for what is asked."""
    return min(item.due_at for item in owed.items)
