"""A clerk's correction, kept as a small text file: a report, a rule, and whether the rule has anything to say of it.

A TOML header between two lines +++, then the report, a paragraph per line with a mark in front (docs/commands.md).
It is meant to be read, and to have its names blacked out, before it is given away.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rules.campaign import Campaign
from rules.checks import REGISTER, examine
from rules.context import Context
from rules.faults import Fault, Reading
from rules.golden_text import document_of
from rules.model import Address, Document, Finding, Kind, Roster, Unit

FOUND, CLEAR = "found", "clear"
FENCE = "+++"
RULES = frozenset(rule.id for rule in REGISTER if not rule.id.startswith(("F", "U")))
"""Rules about files that cannot be read, and about other units of the roster, need more than a text."""
_AT = datetime(2012, 9, 10, 8, tzinfo=UTC)
_ABOVE, _OWN = "总支@example.edu.cn", "支部@example.edu.cn"


class Header(BaseModel):
    """`sender`: parent (the 总支 above), unit, or "" when there was no mail. `kind` and `parent` say whether review is
    needed. `title`, `signature`, `comments` and `tracked_changes` are what was read beside the paragraphs."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    rule: str
    verdict: str = Field(pattern=f"^({FOUND}|{CLEAR})$")
    aspect: str = ""
    note: str = ""
    file: str = "总结.docx"
    unit: str = "某某支部"
    kind: str = Field(default=Kind.BRANCH.value, pattern=f"^({'|'.join(Kind)})$")
    parent: str = ""
    sender: str = Field(default="", pattern="^(|parent|unit)$")
    mail: str = ""
    title: str = ""
    signature: str = ""
    comments: int = Field(default=0, ge=0)
    tracked_changes: int = Field(default=0, ge=0)


@dataclass(frozen=True)
class Golden:
    """One correction: what the rule has to say, and of which report."""

    header: Header
    document: Document

    @property
    def found(self) -> bool:
        return self.header.verdict == FOUND


def read_golden(text: str) -> Reading[Golden]:
    """Out of the file's text; a fault names the key."""
    head, fence, body = (
        text.replace("\r\n", "\n").removeprefix("\ufeff").removeprefix(f"{FENCE}\n").partition(f"\n{FENCE}\n")
    )
    if not fence:
        return Reading(None, (Fault("header", f"a header between two lines {FENCE} is missing"),))
    try:
        header = Header.model_validate(tomllib.loads(head))
    except tomllib.TOMLDecodeError as error:
        return Reading(None, (Fault("header", f"no TOML: {error}"),))
    except ValidationError as error:
        return Reading(None, tuple(Fault(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()))
    if header.rule not in RULES:
        return Reading(None, (Fault("rule", f"one of {', '.join(sorted(RULES))}", header.rule),))
    document = document_of(body, header.title, header.signature, (header.comments, header.tracked_changes))
    return Reading(Golden(header, document))


def says(golden: Golden, campaign: Campaign) -> bool:
    """Whether the rule finds anything today (in that aspect, where the correction names one)."""
    found = examine(golden.document, context_of(golden.header, campaign)).findings
    return speaks(found, golden.header.rule, golden.header.aspect)


def speaks(findings: Iterable[Finding], rule: str, aspect: str = "") -> bool:
    return any(one.rule == rule and f"“{aspect}”" in one.message if aspect else one.rule == rule for one in findings)


def context_of(header: Header, campaign: Campaign) -> Context:
    """A roster of the unit and the 总支 above it; nobody else is known."""
    parent = Unit("01", header.parent, Kind.GENERAL_BRANCH, addresses=(_ABOVE,)) if header.parent else None
    unit = Unit("0101", header.unit, Kind(header.kind), parent="01" if parent else None, addresses=(_OWN,))
    senders = {"parent": (_ABOVE, parent), "unit": (_OWN, unit)}
    address, owner = senders.get(header.sender, ("", None))
    return Context(
        campaign=campaign,
        roster=Roster(tuple(one for one in (parent, unit) if one is not None)),
        unit=unit,
        deliverable=campaign.report_of(unit),
        sender=Address("", address),
        sender_units=(owner,) if owner is not None else (),
        mail_text=header.mail,
        file_name=header.file,
        received_at=_AT,
    )
