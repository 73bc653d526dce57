"""The nouns: what arrives, who owes what, what was found in it, what is remembered of it. Frozen, and no I/O."""

from rules.model.documents import Document, Paragraph, Place, Unreadable
from rules.model.judgement import (
    NOBODY,
    AspectFound,
    Candidate,
    Evidence,
    Examination,
    Finding,
    Identification,
    Item,
    Level,
    Participation,
    Review,
    Verdict,
)
from rules.model.layout import LaidParagraph, PageLayout, Setting, Sheet, Stretch
from rules.model.letters import Department, Enclosure, Letter, LetterKind
from rules.model.mail import Address, Arrival, File, Mail, Outcome, Refused
from rules.model.standing import Case, Change, Decision, LogEntry, MailboxCounts, Receipt, Standing, State
from rules.model.units import Kind, Roster, Unit

__all__ = [
    "NOBODY",
    "Address",
    "Arrival",
    "AspectFound",
    "Candidate",
    "Case",
    "Change",
    "Decision",
    "Department",
    "Document",
    "Enclosure",
    "Evidence",
    "Examination",
    "File",
    "Finding",
    "Identification",
    "Item",
    "Kind",
    "LaidParagraph",
    "Letter",
    "LetterKind",
    "Level",
    "LogEntry",
    "Mail",
    "MailboxCounts",
    "Outcome",
    "PageLayout",
    "Paragraph",
    "Participation",
    "Place",
    "Receipt",
    "Refused",
    "Review",
    "Roster",
    "Setting",
    "Sheet",
    "Standing",
    "State",
    "Stretch",
    "Unit",
    "Unreadable",
    "Verdict",
]
