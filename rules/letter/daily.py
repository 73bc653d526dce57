"""The day's figures for the department: what needs a person today, and the tracking sheet."""

from dataclasses import dataclass

from rules.campaign import Campaign
from rules.letter.words import day, deadline, line, moment, subject
from rules.model import Case, Department, Enclosure, Letter, LetterKind, MailboxCounts, Roster
from rules.tracking import Figures

CASES_SHOWN = 15


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One thing that needs a person. `kind` is that of the case; it chooses the question."""

    id: int
    kind: str
    subject: str
    sender: str
    received: str
    detail: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DailyFacts:
    accepted: int
    owed: int
    pending: int
    new_today: int
    incomplete: int
    awaiting: int
    missing: int
    as_of: str
    deadline: str
    past: bool
    cases: tuple[CaseLine, ...]
    more: int
    counts: MailboxCounts
    sheet: str
    copies: int
    compared: str


def daily(
    campaign: Campaign,
    roster: Roster,
    department: Department,
    figures: Figures,
    sheet: Enclosure,
    compared: Enclosure | None = None,
) -> Letter:
    """The day's figures with the tracking sheet. Key `sheet:<campaign>:<date>`, a milestone's name behind it.

    `compared`: reports with much text in common side by side, when there are such that staff have not seen yet.
    """
    key = f"sheet:{campaign.id}:{figures.now.astimezone(campaign.tz):%Y-%m-%d}"
    summary = f"已登记 {figures.accepted} / 应报 {figures.owed}，待处理 {len(figures.cases)}"
    occasion = f"（{figures.milestone}）" if figures.milestone else ""
    return Letter(
        key=f"{key}:{figures.milestone}" if figures.milestone else key,
        kind=LetterKind.DAILY,
        to=department.staff,
        subject=subject(campaign, f"{day(figures.now, campaign)}台账{occasion}：{summary}"),
        facts=_facts(campaign, roster, figures, (sheet, compared)),
        campaign=campaign.id,
        enclosures=(sheet,) if compared is None else (sheet, compared),
        automatic="auto-generated",
    )


def _facts(
    campaign: Campaign, roster: Roster, figures: Figures, files: tuple[Enclosure, Enclosure | None]
) -> DailyFacts:
    sheet, compared = files
    return DailyFacts(
        accepted=figures.accepted,
        owed=figures.owed,
        pending=len(figures.cases),
        new_today=figures.new_today,
        incomplete=figures.incomplete,
        awaiting=figures.awaiting,
        missing=figures.missing,
        as_of=moment(figures.now, campaign),
        deadline=deadline(campaign.deadline.at, campaign),
        past=figures.now > campaign.deadline.at,
        cases=tuple(_case(case, campaign, roster) for case in figures.cases[:CASES_SHOWN]),
        more=max(len(figures.cases) - CASES_SHOWN, 0),
        counts=figures.counts,
        sheet=line(sheet.name),
        copies=figures.copies,
        compared=line(compared.name) if compared is not None else "",
    )


def _case(case: Case, campaign: Campaign, roster: Roster) -> CaseLine:
    return CaseLine(
        id=case.id,
        kind=case.kind,
        subject=line(case.subject) if case.subject.strip() else "（无主题）",
        sender=line(case.sender),
        received=moment(case.received_at, campaign),
        detail=line(case.detail, 120) if case.detail else "",
        units=tuple(line(roster.unit(code).name) for code in case.units if code in roster),
    )
