"""A campaign that asks an invented 总支 for a formal document, and what is found in one."""

from typing import Any

from rules.campaign import Campaign, Deliverable, Layout, Medium
from rules.checks.register import REPORT_RULES
from rules.checks.rule import Report
from rules.context import Context
from rules.layout.read import read_with_layout
from rules.model import Document, Finding, Kind, Unit, Unreadable
from tests.documents.invented import EVERYBODY, GENERAL, campaign, context

PAPER = Deliverable(
    key="paper", title="正式文件", by=frozenset({Kind.GENERAL_BRANCH}), medium=Medium.PAPER, form="正式文件"
)
REPORT = Deliverable(key="report", title="总结报告", by=EVERYBODY)


def asking(
    profile: str = "gbt9704-2012", deliverables: tuple[Deliverable, ...] = (REPORT, PAPER), **wishes: Any
) -> Campaign:
    return campaign(deliverables=deliverables, layout=Layout(profile=profile, **wishes))


def formal(asked: Campaign | None = None, unit: Unit = GENERAL) -> Context:
    return context(unit, campaign=asked or asking())


def findings(content: bytes, held: Context | None = None) -> list[Finding]:
    """What the rules about layout say."""
    return said_of(read_with_layout("总结.docx", content), held or formal())


def said_of(document: Document | Unreadable, held: Context) -> list[Finding]:
    if isinstance(document, Unreadable):
        return []
    report = Report(document, held)
    return [found for rule in REPORT_RULES if rule.id.startswith("L") for found in rule.findings(report)]


def ids(content: bytes, held: Context | None = None) -> list[str]:
    return [one.rule for one in findings(content, held)]
