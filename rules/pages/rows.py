"""One row of the 台账: where a unit stands, mark by mark, and for every mark the reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from rules.campaign import Campaign, Deliverable, Medium
from rules.letter.words import day, deadline, decided, fingerprint, moment, size
from rules.model import Examination, Finding, Level, Receipt, Standing, State, Unit
from rules.pages.marks import Shown, Tone, aspect_mark, participation_mark, review_mark, told
from rules.reminders import Standings
from rules.status import LABELS, PAPER_LABELS, is_late, paper_state

TONES = {
    State.MISSING: Tone.RED,
    State.INCOMPLETE: Tone.YELLOW,
    State.AWAITING_REVIEW: Tone.YELLOW,
    State.RETURNED: Tone.YELLOW,
    State.ACCEPTED: Tone.GREEN,
    State.EXEMPT: Tone.GREY,
    State.PARTIAL: Tone.YELLOW,
    State.COMPLETE: Tone.GREEN,
}
OWES_NOTHING = "不需报送"
_LEVELS = {Level.SHOULD: "建议", Level.HINT: "提示", Level.CLERK: "仅供组织部"}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit. `key` is its code; `depth` 0 for units without a parent, 1 and more below. `state` None: owes none.

    `aspects` are in the campaign's order. `received_at` (campaign's zone) belongs to the version that counts. `others`
    are further things it owes by e-mail, `hints` counts findings that do not stop acceptance.
    """

    key: str
    unit: Unit
    depth: int
    state: State | None
    status: Shown
    late: Shown
    is_late: bool
    aspects: tuple[Shown, ...]
    participation: Shown
    review: Shown
    version: Shown
    received_at: datetime | None
    reminded: int
    reminded_why: str
    paper: Shown
    others: Shown
    hints: int
    hints_why: str
    note: str


def label_of(state: State, medium: Medium = Medium.EMAIL) -> str:
    """The word for a state: 未报 for a report by e-mail, 未交 for paper."""
    return (PAPER_LABELS if medium is Medium.PAPER else LABELS)[state]


def standing_of(unit: Unit, deliverable: Deliverable, standings: Standings) -> Standing:
    """What the ledger has, or the start. The roster's 免报 goes before both: such a unit is asked for nothing."""
    standing = standings.get((unit.code, deliverable.key)) or Standing(unit.code, deliverable.key)
    return replace(standing, state=State.EXEMPT) if unit.exempt else standing


def row_of(unit: Unit, depth: int, campaign: Campaign, standings: Standings, now: datetime) -> Row:
    """Everything about one unit that the page 总表 shows."""
    report = campaign.report_of(unit)
    standing = standing_of(unit, report, standings) if report else Standing(unit.code, "")
    receipt = standing.receipt
    examination = receipt.examination if receipt else None
    late = report is not None and is_late(campaign, standing, now)
    asked = _findings(examination, (Level.SHOULD, Level.HINT, Level.CLERK))
    return Row(
        key=unit.code,
        unit=unit,
        depth=depth,
        state=standing.state if report else None,
        status=_status(standing, campaign, now) if report else Shown(OWES_NOTHING, "", Tone.GREY),
        late=_late(standing, late, campaign) if report else Shown(),
        is_late=late,
        aspects=tuple(aspect_mark(aspect, examination) for aspect in campaign.aspects),
        participation=participation_mark(campaign, examination),
        review=review_mark(unit, report, receipt, campaign),
        version=_version(standing, campaign),
        received_at=receipt.received_at.astimezone(campaign.tz) if receipt else None,
        reminded=standing.reminded,
        reminded_why=f"最近一次 {moment(standing.reminded_at, campaign)}" if standing.reminded_at else "",
        paper=_papers(unit, campaign, standings),
        others=_others(unit, report, campaign, standings),
        hints=len(asked),
        hints_why="\n".join(f"〔{_LEVELS[finding.level]}〕{told(finding)}" for finding in asked),
        note="；".join(
            dict.fromkeys(
                words for words in (decided(receipt.decision) if receipt else "", standing.note, unit.note) if words
            )
        ),
    )


def _findings(examination: Examination | None, levels: Iterable[Level]) -> tuple[Finding, ...]:
    return tuple(finding for level in levels for finding in examination.at(level)) if examination else ()


def _status(standing: Standing, campaign: Campaign, now: datetime) -> Shown:
    label, tone = label_of(standing.state), TONES[standing.state]
    receipt = standing.receipt
    if standing.state is State.EXEMPT:
        return Shown(label, standing.note or "花名册或组织部注明免报。", tone)
    if receipt is None:
        return Shown(label, f"截至 {moment(now, campaign)} 没有收到。", tone)
    musts = [told(finding) for finding in receipt.examination.at(Level.MUST)]
    returned = [f"退回：{standing.note}"] if standing.state is State.RETURNED and standing.note else []
    ours = [f"{decided(one)}，{one.by}，{moment(one.at, campaign)}" for one in (receipt.decision,) if one is not None]
    return Shown(label, "\n".join((_came(receipt, campaign), *ours, *returned, *musts)), tone)


def _came(receipt: Receipt, campaign: Campaign) -> str:
    """What a dispute is settled with: when, from whom, which file, which bytes."""
    return (
        f"第 {receipt.version} 版，{moment(receipt.received_at, campaign)} 收到（服务器时间）\n发件：{receipt.sender}\n"
        f"文件：{receipt.name}　{size(receipt.size)}\n指纹：{fingerprint(receipt.sha256)}"
    )


def _late(standing: Standing, late: bool, campaign: Campaign) -> Shown:
    until = standing.extended_to
    extended = f"延至{day(until, campaign)}" if until else ""
    if not late:
        return Shown(extended, f"延期：{deadline(until, campaign)}" if until else "")
    came = standing.completed_at
    what = f"首份齐全材料 {moment(came, campaign)} 收到" if came else "齐全的材料还没有收到"
    due = deadline(until or campaign.deadline.at, campaign)
    return Shown(campaign.late.label + extended, f"应于 {due}；{what}。", Tone.RED)


def _version(standing: Standing, campaign: Campaign) -> Shown:
    receipts = standing.receipts
    if not receipts:
        return Shown()
    why = "\n".join(_told(one, campaign) for one in receipts[-8:])
    newest = receipts[-1].version
    text = f"{standing.current}" if standing.current == newest else f"{standing.current}/{newest}"
    return Shown(text, why)


def _told(receipt: Receipt, campaign: Campaign) -> str:
    words = (
        f"第 {receipt.version} 版",
        moment(receipt.received_at, campaign),
        receipt.name,
        fingerprint(receipt.sha256),
        decided(receipt.decision),
    )
    return "　".join(word for word in words if word)


def _papers(unit: Unit, campaign: Campaign, standings: Standings) -> Shown:
    texts, why, states = [], [], []
    for deliverable in campaign.owed_by(unit):
        standing = standing_of(unit, deliverable, standings)
        state = paper_state(standing, deliverable)
        if deliverable.medium is not Medium.PAPER or (deliverable.optional and state is State.MISSING):
            continue
        counted = "" if state is State.EXEMPT else f" {max(standing.copies, 0)}/{deliverable.copies}"
        texts.append(label_of(state, Medium.PAPER) + counted)
        place = f"，送{deliverable.place}" if deliverable.place else ""
        why.append(f"{deliverable.form or deliverable.title} {deliverable.copies} 份{place}")
        states.append(state)
    return Shown("；".join(texts), "\n".join(why), _worst(states))


def _others(unit: Unit, report: Deliverable | None, campaign: Campaign, standings: Standings) -> Shown:
    """What it owes by e-mail beside the report: title and state of each."""
    others = [other for other in campaign.owed_by(unit) if other.medium is Medium.EMAIL and other is not report]
    stand = [(other, standing_of(unit, other, standings).state) for other in others]
    owed = [(other, state) for other, state in stand if not (other.optional and state is State.MISSING)]
    texts = (f"{other.title} {label_of(state)}" for other, state in owed)
    return Shown("；".join(texts), "", _worst([state for _, state in owed]))


def _worst(states: Iterable[State]) -> Tone:
    tones = {TONES[state] for state in states}
    return next((tone for tone in (Tone.RED, Tone.YELLOW, Tone.GREEN, Tone.GREY) if tone in tones), Tone.PLAIN)
