"""Whose report is held against a layout profile, and what the rules about layout see of it."""

from dataclasses import dataclass

from rules.campaign import Campaign
from rules.campaign_parts import Medium
from rules.context import Context
from rules.layout.lines import lines_of
from rules.layout.parts import Part, Told, parts_of
from rules.layout.wishes import Wishes
from rules.model import Document, Kind, Sheet


@dataclass(frozen=True)
class Laid:
    """A formal document as it is laid out, and what is wanted of it."""

    document: Document
    wanted: Wishes
    sheets: tuple[Sheet, ...]
    told: tuple[Told, ...]

    def all(self, *parts: Part) -> list[Told]:
        return [one for one in self.told if one.part in parts]

    def sheet(self, one: Told) -> Sheet:
        return self.sheets[one.line.laid.sheet]


def laid_of(document: Document, context: Context) -> Laid | None:
    """None where nothing is asked of this report's layout, or nothing is known of it.

    A converted file is None too: the converter has its own idea of fonts, margins and lines.
    """
    wanted = _wanted(context)
    if wanted is None or document.layout is None or document.kind != "docx":
        return None
    told = parts_of(lines_of(document), document.title, document.signature)
    return Laid(document, wanted, document.layout.sheets, told)


def formal_kinds(campaign: Campaign) -> frozenset[Kind]:
    """The kinds of unit whose report is a formal document: as the campaign says, else those that owe one on paper.

    A branch is none of them unless the campaign says so: its report is no 公文.
    """
    owed = (d.by for d in campaign.deliverables if d.medium is Medium.PAPER and d.form)
    return campaign.layout.by or frozenset().union(*owed) - {Kind.BRANCH}


def _wanted(context: Context) -> Wishes | None:
    if context.unit is None or context.deliverable is None:
        return None
    return context.campaign.layout.wanted if context.unit.kind in formal_kinds(context.campaign) else None
