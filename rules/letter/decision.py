"""To a branch: what staff decided about its report."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.campaign import Campaign
from rules.letter.facts import NamedFile, Terms
from rules.letter.owed import terms
from rules.letter.reports import title_of
from rules.letter.words import fingerprint, line, moment, size, subject
from rules.model import Decision, Letter, LetterKind, Receipt, Roster, Standing, State, Unit
from rules.status import LABELS


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """`decided`: accepted, returned or undone. `state` is the word for where the report stands afterwards; `counts` the
    version that counts then, 0 for none. `reviewer` is the 总支 through which a mended report comes best."""

    decided: str
    unit: str
    title: str
    version: int
    received: str
    file: NamedFile
    reason: str
    state: str
    counts: int
    reviewer: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about one version, or (None) that the last one was taken back; `after` is the standing with it."""

    campaign: Campaign
    roster: Roster
    after: Standing
    version: int
    decision: Decision | None


def decision_letter(decided: Decided, number: int, own: Iterable[str]) -> Letter:
    """Key `decision:<campaign>:<unit>:<version>:<number>`. To the unit and whoever mailed the report, never to our own
    addresses (`own`: the department's and its staff's); to the 总支 where that leaves nobody."""
    campaign, roster = decided.campaign, decided.roster
    unit = roster.unit(decided.after.unit)
    receipt = next(one for one in decided.after.receipts if one.version == decided.version)
    reason = decided.decision.reason if decided.decision is not None else ""
    return Letter(
        key=f"{key_prefix(campaign, unit, decided.version)}{number}",
        kind=LetterKind.DECISION,
        to=_readers(unit, receipt, roster, frozenset(own)),
        subject=subject(campaign, f"{_HEADS[_what(decided.decision)]}：{line(unit.name)}"),
        facts=DecisionFacts(
            decided=_what(decided.decision),
            unit=line(unit.name),
            title=title_of(campaign, unit, decided.after.deliverable),
            version=receipt.version,
            received=moment(receipt.received_at, campaign),
            file=NamedFile(line(receipt.name), size(receipt.size), fingerprint(receipt.sha256)),
            reason=line(reason, 200) if reason.strip() else "",
            state=LABELS[decided.after.state],
            counts=decided.after.current if decided.after.state in _COUNTING else 0,
            reviewer=line(roster.unit(unit.parent).name) if unit.parent is not None and unit.parent in roster else "",
            terms=terms((decided.after,), campaign, decided.decision.at if decided.decision else receipt.received_at),
        ),
        campaign=campaign.id,
        automatic="auto-generated",
    )


_HEADS = {"accepted": "总结已接收", "returned": "总结已退回，请修改", "undone": "此前的处理意见已撤销"}
_COUNTING = frozenset({State.ACCEPTED, State.AWAITING_REVIEW, State.INCOMPLETE})


def key_prefix(campaign: Campaign, unit: Unit, version: int) -> str:
    return f"decision:{campaign.id}:{unit.code}:{version}:"


def _what(decision: Decision | None) -> str:
    return "undone" if decision is None else "accepted" if decision.accepted else "returned"


def _readers(unit: Unit, receipt: Receipt, roster: Roster, own: frozenset[str]) -> tuple[str, ...]:
    above = roster.unit(unit.parent).addresses if unit.parent is not None and unit.parent in roster else ()
    mine = tuple(one for one in dict.fromkeys((receipt.sender, *unit.addresses)) if one and one not in own)
    return mine or tuple(one for one in above if one not in own)
