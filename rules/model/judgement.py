"""Whose a report is and what was found in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.model.mail import Refused


class Level(StrEnum):
    """How much a finding matters; the order is from most to least."""

    MUST = "must"
    SHOULD = "should"
    HINT = "hint"
    CLERK = "clerk"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the rule's permanent id, one plain Chinese sentence, and the place ("¶12 一、…")."""

    rule: str
    level: Level
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class AspectFound:
    """Whether an aspect is there. `found`: "heading", "body" or "absent"; `chars`: length of the text of it.

    `score` 0…1 is how sure that is (from 0.5 it is there); `passages` are at most three places that led to it.
    """

    key: str
    found: str
    where: str = ""
    chars: int = 0
    score: float = 0.0
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participation:
    """Signs of 群众参与: the methods named (座谈会 …), where one of them stands, and figures as they were written."""

    found: tuple[str, ...] = ()
    where: str = ""
    counts: tuple[str, ...] = ()


class Evidence(StrEnum):
    """How we know that the 总支 has reviewed a report, strongest first."""

    STAFF = "staff"
    REPLY = "reply"
    SENDER = "sender"
    BLOCK = "block"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Review:
    """That the 总支 has reviewed it: the evidence, by whom, when, and the words or place that show it."""

    evidence: Evidence
    by: str
    at: datetime | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a file may belong to. `confidence` 0…1; `because` names the sources ("sender", "file name", …)."""

    unit: str
    confidence: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identification:
    """Whose a file is. `unit` is None when nobody, or more than one, is likely: then `candidates` says who might be."""

    unit: str | None
    confidence: float = 0.0
    because: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


NOBODY = Identification(None)


@dataclass(frozen=True, slots=True)
class Examination:
    """What reading one document for one campaign gave. `complete`: nothing of level must but the review is open."""

    title: str = ""
    aspects: tuple[AspectFound, ...] = ()
    participation: Participation = Participation()
    review: Review | None = None
    findings: tuple[Finding, ...] = ()
    chars: int = 0

    def at(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is level)

    @property
    def complete(self) -> bool:
        return all(finding.rule.startswith("R") for finding in self.at(Level.MUST))

    @property
    def acceptable(self) -> bool:
        return not self.at(Level.MUST)


@dataclass(frozen=True, slots=True)
class Item:
    """One report of a mail, judged. `unit` None: nobody can say whose it is. `deliverable`: key in the campaign."""

    name: str
    sha256: str
    size: int
    kind: str
    identification: Identification
    examination: Examination
    deliverable: str | None = None
    via: tuple[str, ...] = ()

    @property
    def unit(self) -> str | None:
        return self.identification.unit


@dataclass(frozen=True, slots=True)
class Verdict:
    """A whole mail, judged for one campaign. `ignored` are files that are no report (pictures, tables, rar …)."""

    campaign: str
    sender_units: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    ignored: tuple[Refused, ...] = ()
    cloud: tuple[str, ...] = ()

    @property
    def unsure(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.unit is None)
