"""What an answer says of each report and each file of a mail."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.campaign import Campaign
from rules.letter.copies import NO_COPIES, Copies
from rules.letter.facts import NamedFile, Remark, Reported, Result, Unknown, Unused
from rules.letter.words import decided, fingerprint, line, listed, moment, size
from rules.model import (
    Candidate,
    Change,
    Department,
    Finding,
    Item,
    Level,
    Mail,
    Receipt,
    Refused,
    Roster,
    State,
    Unit,
    Verdict,
)
from rules.opinion import place_of
from rules.status import due_at, is_late

REVIEW_RULES = "R"

_BY_STATE = {
    State.MISSING: Result.MEND,
    State.INCOMPLETE: Result.MEND,
    State.AWAITING_REVIEW: Result.AWAITING,
    State.RETURNED: Result.RETURNED,
    State.ACCEPTED: Result.COMPLETE,
    State.EXEMPT: Result.EXEMPT,
}
# What is wrong with a file that could not be looked into, in a few words: its sentence begins with the file's name.
_FILE_WORDS = {"F1": "文件打不开", "F2": "文件有打开密码", "F3": "文件里没有文字", "F4": "请改发 Word 文档"}
_QUOTED = re.compile(r"[“\"「]([^”\"」]{1,20})[”\"」]")
_SENTENCE_END = re.compile(r"[。；;（(]")


@dataclass(frozen=True, slots=True)
class Situation:
    """What an answer is given in: for which campaign, when, and what the mail's reports changed.

    `mail_id` is the ledger's number of the mail; `received_at` the server's time of arrival, the time of record.
    `copies` are of the reports in which there is something to mend.
    """

    campaign: Campaign
    roster: Roster
    department: Department
    now: datetime
    mail_id: int
    received_at: datetime
    changes: tuple[Change, ...] = ()
    copies: Copies = NO_COPIES


def reported(change: Change, verdict: Verdict, situation: Situation) -> Reported:
    """One report that belongs to a unit."""
    campaign, roster = situation.campaign, situation.roster
    unit = roster.unit(change.after.unit)
    examination = change.item.examination
    reviewing = any(finding.rule.startswith(REVIEW_RULES) for finding in examination.at(Level.MUST))
    from_reviewer = unit.parent is not None and unit.parent in verdict.sender_units
    receipt = receipt_of(change)
    findings = () if accepted_by_staff(change) else told(change.item, verdict, roster)
    owes = change.after.state is not State.EXEMPT
    arrived = receipt.received_at if receipt else situation.received_at
    return Reported(
        unit=line(unit.name),
        title=title_of(campaign, unit, change.after.deliverable),
        result=_result(change, asked_here=from_reviewer),
        effect=change.effect,
        version=receipt.version if receipt else change.after.current,
        received=moment(arrived, campaign),
        counts=change.after.current,
        file=named(change.item),
        musts=remarks(finding for finding in findings if finding.level is Level.MUST),
        advice=remarks(finding for finding in findings if finding.level is Level.SHOULD and owes),
        hints=remarks(finding for finding in findings if finding.level is Level.HINT and owes),
        late=is_late(campaign, change.after, situation.now) and arrived > due_at(campaign, change.after),
        reviewer=_reviewer(unit, roster) if reviewing and not from_reviewer else "",
        decision=decided(receipt.decision) if receipt else "",
        lacks=_lacks(findings, campaign),
    )


def receipt_of(change: Change) -> Receipt | None:
    """The version that this very file is."""
    return next((known for known in change.after.receipts if known.sha256 == change.item.sha256), None)


def accepted_by_staff(change: Change) -> bool:
    """Staff have taken it as it is: nothing is asked of its sender any more."""
    receipt = receipt_of(change)
    return receipt is not None and receipt.decision is not None and receipt.decision.accepted


def goes_back(change: Change) -> bool:
    """A copy with comments helps its sender: not of what was registered before, sent back by people, or is not owed."""
    mends = change.after.state in (State.INCOMPLETE, State.AWAITING_REVIEW) or change.effect != "same"
    owed = change.after.state not in (State.EXEMPT, State.RETURNED)
    return change.effect != "unsure" and mends and owed and not accepted_by_staff(change)


def placed(item: Item, roster: Roster) -> Unit | None:
    """Whose it is; None when nobody can say, or the unit has left the roster meanwhile."""
    return roster.unit(item.unit) if item.unit is not None and item.unit in roster else None


def told(item: Item, verdict: Verdict, roster: Roster) -> tuple[Finding, ...]:
    """What the sender is told of a report. That its review is open only where the 总支 itself sent it: of a branch's
    own mail the 总支 is asked."""
    unit = placed(item, roster)
    asked_here = unit is not None and unit.parent is not None and unit.parent in verdict.sender_units
    return tuple(
        finding
        for level in (Level.MUST, Level.SHOULD, Level.HINT)
        for finding in item.examination.at(level)
        if level is not Level.MUST or asked_here or not finding.rule.startswith(REVIEW_RULES)
    )


def unknown(item: Item, situation: Situation) -> Unknown:
    """One report that nobody can place, with the units that it may belong to."""
    roster = situation.roster
    likely = _worth_naming(item.identification.candidates)
    codes = [candidate.unit for candidate in likely if candidate.unit in roster]
    musts = [f for f in item.examination.at(Level.MUST) if not f.rule.startswith(REVIEW_RULES)]
    names = tuple(line(roster.unit(code).name) for code in codes)
    return Unknown(named(item), names, remarks(musts), _lacks(musts, situation.campaign))


def _worth_naming(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Where the file says something of its unit, only those of whom it may be; else all whom the sender answers for."""
    everybody = list(candidates)
    return [candidate for candidate in everybody if set(candidate.because) != {"sender"}] or everybody


def unused(refused: Refused, mail: Mail) -> Unused:
    """One file that was not used; its size and fingerprint when its bytes came with the mail itself."""
    known = [file for file in mail.files if file.name == refused.name] if not refused.via else []
    via = listed(map(line, refused.via))
    if len(known) != 1:
        return Unused(NamedFile(line(refused.name), via=via), line(refused.reason, 120))
    file = NamedFile(line(refused.name), size(known[0].size), fingerprint(known[0].sha256), via)
    return Unused(file, line(refused.reason, 120))


def named(item: Item) -> NamedFile:
    return NamedFile(line(item.name), size(item.size), fingerprint(item.sha256), listed(map(line, item.via)))


def remarks(findings: Iterable[Finding]) -> tuple[Remark, ...]:
    """The sentences for the sender, the same one only once; findings of level clerk are not handed in."""
    return tuple(dict.fromkeys(Remark(line(finding.message, 200), place_of(finding.where)) for finding in findings))


def _result(change: Change, *, asked_here: bool) -> Result:
    if change.effect == "kept":
        return Result.OLDER_COUNTS
    result = _BY_STATE.get(change.after.state, Result.MEND)
    if result is Result.COMPLETE and change.effect == "same":
        return Result.SAME
    if result is Result.AWAITING and asked_here:
        return Result.MEND
    return result


def gap(findings: Iterable[Finding], campaign: Campaign) -> str:
    """What a report lacks, in a few words: 缺“社会评价”, else the first words of each sentence; "" when nothing."""
    musts = [f for f in findings if f.level is Level.MUST and not f.rule.startswith(REVIEW_RULES)]
    quoted = {finding: _QUOTED.findall(finding.message) for finding in musts}
    gone = [aspect.key for aspect in campaign.aspects if any(aspect.key in words for words in quoted.values())]
    others = [finding for finding in musts if not set(gone) & set(quoted[finding])]
    words = [f"缺{listed(f'“{line(key)}”' for key in gone)}"] if gone else []
    words += [_FILE_WORDS.get(f.rule) or line(_SENTENCE_END.split(f.message)[0], 24) for f in others]
    return "；".join(dict.fromkeys(words))


def _lacks(findings: Iterable[Finding], campaign: Campaign) -> str:
    """As `gap`, and what is the matter with the review."""
    known = [finding for finding in findings if finding.level is Level.MUST]
    review = (f.message for f in known if f.rule.startswith(REVIEW_RULES))
    words = (gap(known, campaign), *(line(_SENTENCE_END.split(message)[0], 40) for message in review))
    return "；".join(dict.fromkeys(filter(None, words)))


def title_of(campaign: Campaign, unit: Unit, key: str) -> str:
    """The report that a unit owes is called like the campaign; anything beside it has its own title."""
    report = campaign.report_of(unit)
    owed = next((deliverable for deliverable in campaign.deliverables if deliverable.key == key), None)
    return line(campaign.title if owed is None or owed is report else owed.title)


def _reviewer(unit: Unit, roster: Roster) -> str:
    return line(roster.unit(unit.parent).name) if unit.parent is not None and unit.parent in roster else ""
