"""What is inside a report."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rules.model.layout import PageLayout


class Place(StrEnum):
    """Where in a document a paragraph stands."""

    BODY = "body"
    TABLE = "table"
    TEXT_BOX = "text box"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in reading order. `number` counts from 1; `text` includes an automatic number ("一、…").

    `level` is the outline level of a heading style (1 is the highest; 0 is the Title style), None for body text.
    `numbered` is the automatic number alone ("一、"), "" when there is none. `row` numbers table rows from 1 over the
    whole document, so that cells of one row can be read together; 0 outside of tables.
    """

    number: int
    text: str
    level: int | None = None
    numbered: str = ""
    bold: bool = False
    centred: bool = False
    place: Place = Place.BODY
    row: int = 0


@dataclass(frozen=True)
class Document:
    """A readable document: paragraphs with text in them, title and 落款 as far as they can be told.

    `comments` and `tracked_changes` count what is left of editing; `comment_texts` are the words of the comments.
    `day` is the full date written in the 落款, None when there is none. `headers` are the lines above the pages
    (密级, 文号 …), which are no part of the text. `layout` is read only where a campaign has a layout profile.
    """

    kind: str
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    title: str = ""
    signature: str = ""
    comments: int = 0
    tracked_changes: int = 0
    comment_texts: tuple[str, ...] = ()
    day: date | None = None
    headers: tuple[str, ...] = ()
    layout: PageLayout | None = field(default=None, repr=False)

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gave no document. `rule` is the id of the rule that says so to the sender (F1 …)."""

    kind: str
    rule: str
    detail: str = ""
