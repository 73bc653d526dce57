"""The answer to a mail: one per mail, whatever it contained."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.answering import answer_address
from rules.campaign import Campaign
from rules.letter.copies import enclosed
from rules.letter.facts import AcknowledgementFacts, Reported, Result, Tally, Terms, Unknown
from rules.letter.owed import Standings, outstanding, papers, terms
from rules.letter.reports import Situation, goes_back, reported, unknown, unused
from rules.letter.words import line, moment, reply_subject, short_name, size
from rules.model import Change, Item, Letter, LetterKind, Mail, Roster, Unit, Verdict
from rules.quoting import own_words

_SPEAKS_OF_ATTACHMENT = re.compile(r"附件|附上|附后|随信|随函|见附|attach", re.IGNORECASE)


def promises_attachment(mail: Mail) -> bool:
    """The words speak of an attachment (见附件), whether there is one or not."""
    return bool(_SPEAKS_OF_ATTACHMENT.search(own_words(mail.text) + mail.subject))


def acknowledgement(mail: Mail, verdict: Verdict, standings: Standings, situation: Situation) -> Letter:
    """The one answer to a mail. `standings` are those after the mail was recorded."""
    copies = situation.copies.only(change.item.sha256 for change in situation.changes if goes_back(change))
    situation = replace(situation, copies=copies)
    return Letter(
        key=f"ack:{mail.sha256}",
        kind=LetterKind.ACKNOWLEDGEMENT,
        to=(answer_address(mail),),
        subject=reply_subject(mail.subject, situation.campaign),
        facts=acknowledgement_facts(mail, verdict, standings, situation),
        campaign=situation.campaign.id,
        answers=mail.message_id,
        thread=mail.references,
        enclosures=copies.enclosures,
    )


def acknowledgement_facts(
    mail: Mail, verdict: Verdict, standings: Standings, situation: Situation
) -> AcknowledgementFacts:
    campaign, roster, now = situation.campaign, situation.roster, situation.now
    known = [change for change in situation.changes if change.effect != "unsure" and change.after.unit in roster]
    reports = tuple(reported(change, verdict, situation) for change in known)
    unknowns = tuple(unknown(item, situation) for item in _unplaced(verdict, situation, known))
    senders = _units(verdict.sender_units, roster)
    concerned = _units((*verdict.sender_units, *(change.after.unit for change in known)), roster)
    result = _result(mail, verdict, reports, unknowns)
    heads = [unit for unit in senders if unit.kind.reviews]
    answered = {change.after.unit for change in known}
    return AcknowledgementFacts(
        result=result,
        received=moment(situation.received_at, campaign),
        terms=terms((change.after for change in known), campaign, now),
        reports=_among_sisters(reports, known, roster) if result is Result.BUNDLE else reports,
        unknown=unknowns,
        unused=tuple(unused(refused, mail) for refused in verdict.ignored),
        cloud=tuple(line(words, 120) for words in verdict.cloud),
        paper=tuple(papers(concerned, campaign, standings, now)),
        tally=_tally(reports, unknowns),
        outstanding=outstanding(heads, campaign, roster, standings, answered),
        sender_known=bool(verdict.sender_units),
        enclosed=enclosed(situation.copies),
    )


def _units(codes: Iterable[str], roster: Roster) -> list[Unit]:
    return [roster.unit(code) for code in dict.fromkeys(codes) if code in roster]


def _unplaced(verdict: Verdict, situation: Situation, known: Sequence[Change]) -> list[Item]:
    """Reports of the mail that went to no unit."""
    everything = dict.fromkeys((*verdict.items, *(change.item for change in situation.changes)))
    placed = {change.item for change in known}
    return [item for item in everything if item not in placed]


def _result(mail: Mail, verdict: Verdict, reports: Sequence[Reported], unknowns: Sequence[Unknown]) -> Result:
    """What the first line says; the first row that fits."""
    table = (
        (len(reports) + len(unknowns) > 1, Result.BUNDLE),
        (len(unknowns) == 1, Result.WHO),
        (len(reports) == 1, reports[0].result if reports else Result.NOTE),
        (bool(verdict.cloud), Result.CLOUD),
        (bool(verdict.ignored), Result.NOTHING_USABLE),
        (promises_attachment(mail), Result.NO_ATTACHMENT),
    )
    return next((result for fits, result in table if fits), Result.NOTE)


def _among_sisters(reports: Sequence[Reported], known: Sequence[Change], roster: Roster) -> tuple[Reported, ...]:
    """In a bundle of one 总支 the branches are called by what tells them apart."""
    units = [roster.unit(change.after.unit) for change in known]
    if len({unit.parent or unit.code for unit in units}) > 1:
        return tuple(reports)
    return tuple(replace(report, unit=short_name(unit, roster)) for report, unit in zip(reports, units, strict=True))


def _tally(reports: Sequence[Reported], unknowns: Sequence[Unknown]) -> Tally:
    results = Counter(report.result for report in reports)
    return Tally(
        files=len(reports) + len(unknowns),
        units=len({report.unit for report in reports}),
        complete=results[Result.COMPLETE],
        mend=results[Result.MEND],
        awaiting=results[Result.AWAITING],
        older_counts=results[Result.OLDER_COUNTS],
        returned=results[Result.RETURNED],
        same=results[Result.SAME],
        exempt=results[Result.EXEMPT],
        unknown=len(unknowns),
    )


@dataclass(frozen=True, slots=True)
class Heavy:
    """A mail that was not downloaded because of its size: what its envelope says. `id` tells it from every other.

    `size` and `limit` are in octets; `message_id` carries no angle brackets.
    """

    id: str
    sender: str
    subject: str
    message_id: str
    size: int
    limit: int


@dataclass(frozen=True, slots=True)
class OversizeFacts:
    size: str
    limit: str
    terms: Terms | None


def oversize(heavy: Heavy, campaign: Campaign | None, now: datetime) -> Letter:
    """The answer to a mail that is too large to take. `campaign` None: nobody can say for which one it was."""
    return Letter(
        key=f"oversize:{heavy.id}",
        kind=LetterKind.OVERSIZE,
        to=(heavy.sender,),
        subject=reply_subject(heavy.subject, campaign),
        facts=OversizeFacts(size(heavy.size), size(heavy.limit), terms((), campaign, now) if campaign else None),
        campaign=campaign.id if campaign else "",
        answers=heavy.message_id,
    )
