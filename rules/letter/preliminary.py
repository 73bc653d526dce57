"""The answer to a 预审: the same findings as for a report that is handed in, and that nothing was handed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.answering import answer_address
from rules.letter.copies import NOTHING_ENCLOSED, Enclosed, enclosed
from rules.letter.facts import NamedFile, Remark, Result, Terms, Unused
from rules.letter.owed import terms
from rules.letter.reports import Situation, named, placed, remarks, title_of, told, unused
from rules.letter.words import line, reply_subject
from rules.model import Item, Letter, LetterKind, Level, Mail, Roster, Verdict


@dataclass(frozen=True, slots=True)
class Looked:
    """One report that was looked at. `unit` "" when nobody can say whose it is: for a look that does not matter."""

    unit: str
    title: str
    file: NamedFile
    musts: tuple[Remark, ...]
    others: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PreliminaryFacts:
    """`result` says why there is nothing to look at, where `reports` is empty. `reviewer` is the 总支 through which the
    report comes best when it is handed in, "" for several or none."""

    reports: tuple[Looked, ...]
    result: Result
    unused: tuple[Unused, ...]
    cloud: tuple[str, ...]
    terms: Terms
    reviewer: str = ""
    enclosed: Enclosed = NOTHING_ENCLOSED

    @property
    def in_order(self) -> int:
        return sum(not report.musts for report in self.reports)


def preliminary(mail: Mail, verdict: Verdict, situation: Situation) -> Letter:
    """Key `preliminary:<SHA-256 of the mail>`. The findings about review are not in the verdict any more."""
    return Letter(
        key=f"preliminary:{mail.sha256}",
        kind=LetterKind.PRELIMINARY,
        to=(answer_address(mail),),
        subject=reply_subject(mail.subject, situation.campaign),
        facts=preliminary_facts(mail, verdict, situation),
        campaign=situation.campaign.id,
        answers=mail.message_id,
        thread=mail.references,
        enclosures=situation.copies.enclosures,
    )


def preliminary_facts(mail: Mail, verdict: Verdict, situation: Situation) -> PreliminaryFacts:
    roster = situation.roster
    return PreliminaryFacts(
        reports=tuple(_looked(item, verdict, situation) for item in verdict.items),
        result=_result(verdict),
        unused=tuple(unused(refused, mail) for refused in verdict.ignored),
        cloud=tuple(line(words, 120) for words in verdict.cloud),
        terms=terms((), situation.campaign, situation.now),
        reviewer=_reviewer(verdict.items, verdict, roster),
        enclosed=enclosed(situation.copies),
    )


def _result(verdict: Verdict) -> Result:
    if verdict.cloud:
        return Result.CLOUD
    return Result.NOTHING_USABLE if verdict.ignored else Result.NO_ATTACHMENT


def _looked(item: Item, verdict: Verdict, situation: Situation) -> Looked:
    campaign, roster = situation.campaign, situation.roster
    unit = placed(item, roster)
    findings = told(item, verdict, roster)
    return Looked(
        unit=line(unit.name) if unit is not None else "",
        title=title_of(campaign, unit, item.deliverable or "") if unit is not None else line(campaign.title),
        file=named(item),
        musts=remarks(finding for finding in findings if finding.level is Level.MUST),
        others=remarks(finding for finding in findings if finding.level is not Level.MUST),
    )


def _reviewer(items: Iterable[Item], verdict: Verdict, roster: Roster) -> str:
    units = [unit for item in items if (unit := placed(item, roster)) is not None]
    above = {unit.parent for unit in units if unit.parent is not None and unit.parent in roster}
    if len(above) != 1 or above & set(verdict.sender_units):
        return ""
    return line(roster.unit(above.pop()).name)
