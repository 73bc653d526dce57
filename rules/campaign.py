"""A campaign as data: what one notice asks of whom, by when, in which words. The nouns; `load` makes them from TOML."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rules.model import Kind, Level, Unit


class _Part(BaseModel):
    """A table of the file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Medium(StrEnum):
    EMAIL = "email"
    PAPER = "paper"


class Route(StrEnum):
    """How a report should come: through the 总支, or straight from the unit."""

    VIA_PARENT = "via_parent"
    DIRECT = "direct"


class Deadline(_Part):
    """`text` as printed in the notice; `at` the explicit instant (aware); the day is included unless said otherwise."""

    text: str
    at: datetime
    inclusive: bool = True
    office_close: time | None = None
    weekday: str | None = None


class Contact(_Part):
    name: str = ""
    phone: str = ""
    short: str = ""
    room: str = ""


class Deliverable(_Part):
    """One thing that units of the kinds `by` owe. `formats` empty: any that can be read."""

    key: str
    title: str
    by: frozenset[Kind]
    medium: Medium = Medium.EMAIL
    formats: tuple[str, ...] = ()
    route: Route = Route.DIRECT
    review: bool = False
    copies: Annotated[int, Field(ge=1)] = 1
    form: str = ""
    place: str = ""
    optional: bool = False


class Aspect(_Part):
    """A section that the report must speak of. `headings` are words of headings, `body` regular expressions for text.

    `accept_thematic`: numbered sections with other titles count as this aspect (做法 is mostly told like that).
    `min_chars`: below it the aspect is thin. `required` false: its absence is asked about, never a reason to return.
    """

    key: str
    required: bool = True
    headings: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    false_friends: tuple[str, ...] = ()
    accept_thematic: bool = False
    min_chars: Annotated[int, Field(ge=0)] = 0
    body_only: Level = Level.HINT


class ParticipationRule(_Part):
    """群众参与: at least `any_of` of the methods, each with the regular expressions of its everyday names."""

    any_of: Annotated[int, Field(ge=0)] = 1
    methods: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    numbers_preferred: bool = False


class ReviewRule(_Part):
    """把关: which evidence counts, and for which kinds of unit the step does not apply."""

    evidence: tuple[str, ...] = ("sender", "block", "statement")
    not_for: frozenset[Kind] = frozenset({Kind.DIRECT_BRANCH})


class Length(_Part):
    min: Annotated[int, Field(ge=0)] | None = None
    max: Annotated[int, Field(ge=0)] | None = None
    tolerance: Annotated[float, Field(ge=0, le=1)] = 0.1


class Naming(_Part):
    pattern: str | None = None
    subject: str | None = None


class Years(_Part):
    first: int
    last: int


class NearDuplicate(_Part):
    clerk: Annotated[float, Field(gt=0, le=1)] = 0.8


class Layout(_Part):
    """The layout profile to hold a formal document against; "" checks none."""

    profile: str = ""


class ReminderStep(_Part):
    """`before` working days before the deadline's day (0 is the day itself), at local time `at`."""

    before: Annotated[int, Field(ge=0)]
    at: time


class OverdueStep(_Part):
    """`after` working days after the deadline's day, at local time `at`."""

    after: Annotated[int, Field(ge=1)]
    at: time


class Reminders(_Part):
    """When and how often. `merged`: one mail per 总支 for all its branches. `cap`: letters per unit."""

    steps: tuple[ReminderStep, ...] = ()
    overdue: tuple[OverdueStep, ...] = ()
    merged: bool = True
    cap: Annotated[int, Field(ge=0)] = 4


class Escalation(_Part):
    """When the department gets the list of those to be telephoned: working days before (or after) the deadline."""

    before: tuple[ReminderStep, ...] = ()
    after: tuple[OverdueStep, ...] = ()


class Late(_Part):
    accept: bool = True
    label: str = "逾期"


class Vacation(_Part):
    """A school vacation: no reminders from `first` to `last`, both included."""

    first: date
    last: date
    name: str = ""


class Reply(_Part):
    cap_per_address_per_day: Annotated[int, Field(ge=0)] = 20
    cap_per_day: Annotated[int, Field(ge=0)] = 2000


class Campaign(_Part):
    """Everything that one notice asks for. Times without a zone of their own are read in `zone`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
    title: str
    short_title: str = ""
    names: tuple[str, ...] = ()
    wrong_names: tuple[str, ...] = ()
    doc_numbers: tuple[str, ...] = ()
    mailbox: str = ""
    zone: str = "Asia/Shanghai"
    opens: date
    closes: date | None = None
    deadline: Deadline
    contact: Contact = Contact()
    deliverables: tuple[Deliverable, ...]
    aspects: tuple[Aspect, ...] = ()
    participation: ParticipationRule = ParticipationRule(any_of=0)
    review: ReviewRule = ReviewRule()
    length: Length = Length()
    naming: Naming = Naming()
    years: Years | None = None
    placeholders: Level | None = None
    near_duplicate: NearDuplicate | None = None
    layout: Layout = Layout()
    reminders: Reminders = Reminders()
    escalation: Escalation = Escalation()
    late: Late = Late()
    vacations: tuple[Vacation, ...] = ()
    reply: Reply = Reply()

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def label(self) -> str:
        """The short name for subjects: 【创先争优总结】."""
        return self.short_title or self.title

    def owed_by(self, unit: Unit) -> tuple[Deliverable, ...]:
        """What this unit owes, in the order of the file; optional things included."""
        return tuple(deliverable for deliverable in self.deliverables if unit.kind in deliverable.by)

    def report_of(self, unit: Unit) -> Deliverable | None:
        """The electronic report that this unit owes, if any: the first that is not optional."""
        owed = (d for d in self.owed_by(unit) if d.medium is Medium.EMAIL and not d.optional)
        return next(owed, None)

    def deliverable(self, key: str) -> Deliverable:
        """KeyError when the campaign has none of that key."""
        for deliverable in self.deliverables:
            if deliverable.key == key:
                return deliverable
        raise KeyError(key)

    def needs_review(self, unit: Unit, deliverable: Deliverable) -> bool:
        """A 总支 reviews its branches' reports; a unit without a parent, or of a kind in `not_for`, has nobody to."""
        return deliverable.review and unit.parent is not None and unit.kind not in self.review.not_for

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        for what, keys in (
            ("deliverables", [deliverable.key for deliverable in self.deliverables]),
            ("aspects", [aspect.key for aspect in self.aspects]),
        ):
            doubled = sorted({key for key in keys if keys.count(key) > 1})
            if doubled:
                raise ValueError(f"{what}: the key {', '.join(doubled)} occurs more than once")
        return self
