"""What is wrong with a report: the register of rules, and `examine`, which asks each of them."""

from rules.checks.register import FILE_RULES, REGISTER, REPORT_RULES
from rules.checks.rule import Report, Rule, Unopened
from rules.context import Context
from rules.model import Document, Examination, Unreadable
from rules.review import review_of
from rules.text import squeeze

__all__ = ["REGISTER", "Context", "Rule", "examine"]


def examine(document: Document | Unreadable, context: Context) -> Examination:
    """Everything that reading one file for one campaign gives. Never raises for what is in the file."""
    if isinstance(document, Unreadable):
        return _unopened(document, context)
    report = Report(document, context)
    return Examination(
        title=document.title,
        aspects=report.aspects,
        participation=report.participation,
        review=report.review,
        findings=tuple(finding for rule in REPORT_RULES for finding in rule.findings(report)),
        chars=len(squeeze(document.text)),
    )


def _unopened(file: Unreadable, context: Context) -> Examination:
    """A file that cannot be read is asked for again; nothing else is asked of it."""
    subject = Unopened(file, context)
    findings = tuple(finding for rule in FILE_RULES for finding in rule.findings(subject))
    return Examination(review=review_of(file, context), findings=findings)
