"""What a rule is: an id for ever, a level, a sentence, and a function that says what it found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from rules.aspect.prose import Prose
from rules.aspect.text import Sentence, sentences_of
from rules.aspects import aspects_of, prose_of
from rules.context import Context
from rules.layout.subject import Laid, laid_of
from rules.model import AspectFound, Document, Finding, Level, Participation, Review, Unreadable
from rules.participation import participation_of
from rules.review import review_of

Subject = TypeVar("Subject", contravariant=True)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found: plain Chinese with the remedy, and the place; `level` only where it is not the rule's own."""

    message: str
    where: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Unopened:
    """A file that gave no document, for the rules of the family F."""

    file: Unreadable
    context: Context


@dataclass(frozen=True)
class Report:
    """A document with what was found in it, for all other rules. Found once, when the first rule asks."""

    document: Document
    context: Context

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences_of(self.document)

    @cached_property
    def prose(self) -> Prose:
        return prose_of(self.document, self.context.campaign, self.sentences)

    @cached_property
    def aspects(self) -> tuple[AspectFound, ...]:
        return aspects_of(self.prose, self.context.campaign)

    @cached_property
    def participation(self) -> Participation:
        return participation_of(self.prose, self.context.campaign.participation)

    @cached_property
    def review(self) -> Review | None:
        return review_of(self.document, self.context)

    @cached_property
    def laid(self) -> Laid | None:
        return laid_of(self.document, self.context)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A row of the register. `sentence` says in Chinese what the rule looks for."""

    id: str
    level: Level
    sentence: str
    function: Callable[[Subject], Iterator[Remark]]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        for remark in self.function(subject):
            yield Finding(self.id, remark.level or self.level, remark.message, remark.where)
