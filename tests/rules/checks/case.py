"""One case of a rule, and the documents and contexts that most cases share."""

from dataclasses import dataclass, replace

from rules.context import Context
from rules.model import Document, Unreadable
from tests.documents.invented import (
    ASPECTS,
    FIRST,
    campaign,
    context,
    text_of,
)
from tests.documents.reports import DOING, LESSON, PRAISE, RESULT, TRAIT, WORDS


@dataclass(frozen=True)
class Case:
    """One document in one context; `says` is a piece of the message, `where` of the place (flagged cases only)."""

    name: str
    document: Document | Unreadable
    context: Context
    says: str = ""
    where: str = ""


FULL = (TRAIT, DOING + WORDS["TALKS"], RESULT, PRAISE, LESSON)
GOOD = text_of(*FULL)
BY_BRANCH = context(sender=(FIRST,))
ONE = ASPECTS[3]  # 社会评价


def plus(*lines: str) -> Document:
    """A whole report with these lines after it."""
    return text_of(*FULL, *lines)


def named(name: str) -> Context:
    return replace(context(), file_name=name)


def titled(title: str, signature: str = "") -> Document:
    return text_of(*FULL, title=title, signature=signature)


def unreadable(kind: str, rule: str) -> Unreadable:
    return Unreadable(kind, rule)


def asking(**changes: object) -> Context:
    return context(campaign=campaign(**changes))
