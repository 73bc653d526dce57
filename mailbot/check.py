"""Documents judged without mail: the same reading and the same rules as for a report that arrives."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mailbot.app import App
from rules.campaign import Campaign
from rules.checks import examine
from rules.checks.context import Context
from rules.identify import Clues, identify
from rules.identity.text import opening_of
from rules.kinds import kind_of
from rules.model import Address, AspectFound, Document, Examination, Identification, Level, Roster, Unreadable
from rules.opinion import Opinion, opinion_on

KINDS = ("docx", "doc", "wps", "rtf", "odt", "pdf", "image", "archive")
"""What `check --json` calls a file; everything else is "other"."""
NO_REVIEW = "R1"


@dataclass(frozen=True)
class Asked:
    """For what and by whom documents are judged. `unit`: code of the unit whose they are; `sender`: the address that
    they are judged as coming from, "" when there is none: then nobody can say whether the 总支 has sent them.
    """

    campaign: Campaign
    roster: Roster
    now: datetime
    unit: str | None = None
    sender: str = ""


@dataclass(frozen=True)
class Checked:
    """One file and what was found in it. `review_unknown`: the document shows no review, and there is no sender."""

    path: Path
    content: bytes
    kind: str
    document: Document | Unreadable
    owner: Identification
    examination: Examination
    context: Context
    review_unknown: bool = False

    @property
    def needs_a_person(self) -> bool:
        return bool(self.examination.at(Level.MUST))


def check(app: App, asked: Asked, path: Path) -> Checked:
    """Judges one file. OSError when it cannot be read from the disk."""
    content = path.read_bytes()
    document = app.reader.read(path.name, content)
    owner = identify(_clues(asked, path, document), asked.roster)
    context = _context(asked, path, owner)
    found = examine(document, context)
    shown = found if asked.sender else _without_open_review(found)
    kind = kind_of(path.name, content)
    return Checked(path, content, kind, document, owner, shown, context, review_unknown=shown != found)


def _without_open_review(found: Examination) -> Examination:
    """Without a mail nobody can miss that the 总支 sent it. An opinion that says no has its place: it stays."""
    kept = (one for one in found.findings if one.rule != NO_REVIEW or one.where)
    return replace(found, findings=tuple(kept))


def _clues(asked: Asked, path: Path, document: Document | Unreadable) -> Clues:
    return Clues(
        file_name=path.name,
        title=document.title if isinstance(document, Document) else "",
        signature=document.signature if isinstance(document, Document) else "",
        opening=opening_of(document) if isinstance(document, Document) else (),
        hint=asked.unit,
        sender_units=tuple(unit.code for unit in asked.roster.owners(asked.sender)) if asked.sender else (),
    )


def _context(asked: Asked, path: Path, owner: Identification) -> Context:
    unit = asked.roster.unit(owner.unit) if owner.unit is not None else None
    return Context(
        campaign=asked.campaign,
        roster=asked.roster,
        unit=unit,
        deliverable=asked.campaign.report_of(unit) if unit is not None else None,
        sender=Address("", asked.sender),
        sender_units=asked.roster.owners(asked.sender) if asked.sender else (),
        mail_text="",
        file_name=path.name,
        received_at=asked.now,
    )


def opinion_of(app: App, asked: Asked, checked: Checked) -> Opinion:
    """What a copy says of it."""
    unit = checked.context.unit
    return opinion_on(
        checked.examination.findings,
        asked.now.astimezone(asked.campaign.tz),
        unit=unit.name if unit is not None else "",
        title=asked.campaign.title,
        file=checked.path.name,
        department=app.department.name,
        contact=app.department.contact,
    )


def as_json(checked: Checked, roster: Roster) -> dict[str, Any]:
    """The shape of `check --json` (a promise: docs/commands.md)."""
    owner, found = checked.owner, checked.examination
    unit = None
    if owner.unit is not None:
        name = roster.unit(owner.unit).name
        because = list(owner.because)
        unit = {"code": owner.unit, "name": name, "confidence": round(owner.confidence, 2), "because": because}
    return {
        "file": str(checked.path),
        "readable": isinstance(checked.document, Document),
        "kind": checked.kind if checked.kind in KINDS else "other",
        "unit": unit,
        "aspects": {one.key: _aspect(one) for one in found.aspects},
        "participation": {
            "found": list(found.participation.found),
            "where": found.participation.where,
            "counts": list(found.participation.counts),
        },
        "review": {"evidence": found.review.evidence, "by": found.review.by, "at": _iso(found.review.at)}
        if found.review is not None
        else None,
        "findings": [
            {"rule": one.rule, "level": one.level, "message": one.message, "where": one.where} for one in found.findings
        ],
    }


def _aspect(one: AspectFound) -> dict[str, Any]:
    return {
        "found": one.found,
        "where": one.where,
        "chars": one.chars,
        "score": one.score,
        "passages": list(one.passages),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
