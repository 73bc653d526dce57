"""Documents judged without mail: the same reading and the same rules as for a report that arrives."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mailbot.app import App
from rules.campaign import Campaign
from rules.checks import examine
from rules.checks.context import Context
from rules.identify import Clues, identify
from rules.kinds import kind_of
from rules.model import Address, Document, Examination, Identification, Level, Roster, Unreadable

KINDS = ("docx", "doc", "wps", "rtf", "odt", "pdf", "image", "archive")
"""What `check --json` calls a file; everything else is "other"."""


@dataclass(frozen=True)
class Checked:
    """One file and what was found in it."""

    path: Path
    content: bytes
    kind: str
    document: Document | Unreadable
    owner: Identification
    examination: Examination

    @property
    def needs_a_person(self) -> bool:
        return bool(self.examination.at(Level.MUST))


def check(app: App, campaign: Campaign, roster: Roster, path: Path, hint: str | None, now: datetime) -> Checked:
    """Judges one file. `hint`: code of the unit whose it is. OSError when it cannot be read from the disk."""
    content = path.read_bytes()
    document = app.reader.read(path.name, content)
    title = document.title if isinstance(document, Document) else ""
    signature = document.signature if isinstance(document, Document) else ""
    owner = identify(Clues(file_name=path.name, title=title, signature=signature, hint=hint), roster)
    unit = roster.unit(owner.unit) if owner.unit is not None else None
    context = Context(
        campaign=campaign,
        roster=roster,
        unit=unit,
        deliverable=campaign.report_of(unit) if unit is not None else None,
        sender=Address(),
        sender_units=(),
        mail_text="",
        file_name=path.name,
        received_at=now,
    )
    return Checked(path, content, kind_of(path.name, content), document, owner, examine(document, context))


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
        "aspects": {one.key: {"found": one.found, "where": one.where, "chars": one.chars} for one in found.aspects},
        "participation": {"found": list(found.participation.found), "where": found.participation.where},
        "review": {"evidence": found.review.evidence, "by": found.review.by, "at": _iso(found.review.at)}
        if found.review is not None
        else None,
        "findings": [
            {"rule": one.rule, "level": one.level, "message": one.message, "where": one.where} for one in found.findings
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
