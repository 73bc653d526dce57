"""The tables of a campaign file, each a frozen model: what may be written there and what it means."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from rules.layout.profile import checked_name, profile
from rules.layout.wishes import Wishes
from rules.model import Kind, Level


def _no_number(value: object) -> object:
    """pydantic would take 17 for seconds after midnight, and 20120914 for seconds since 1970."""
    if isinstance(value, bool | int | float):
        raise ValueError('应写成日期 2012-09-14，或时刻 "17:30"')
    return value


Day = Annotated[date, BeforeValidator(_no_number)]
Clock = Annotated[time, BeforeValidator(_no_number)]
Instant = Annotated[AwareDatetime, BeforeValidator(_no_number)]


class Part(BaseModel):
    """A table of the file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Medium(StrEnum):
    EMAIL = "email"
    PAPER = "paper"


class Route(StrEnum):
    """How a report should come: through the 总支, or straight from the unit."""

    VIA_PARENT = "via_parent"
    DIRECT = "direct"


class Deadline(Part):
    """`text` as printed in the notice; `at` the explicit instant (aware); the day is included unless said otherwise."""

    text: str
    at: Instant
    inclusive: bool = True
    office_close: Clock | None = None
    weekday: str | None = None


class Contact(Part):
    name: str = ""
    phone: str = ""
    short: str = ""
    room: str = ""


class Deliverable(Part):
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


class Aspect(Part):
    """A section that the report must speak of. `headings` are words of headings, `body` regular expressions for text.

    `accept_thematic`: numbered sections with other titles count as this aspect (做法 is mostly told like that).
    `min_chars`: below it the aspect is thin. `required` false: its absence is asked about, never a reason to return.
    """

    key: str
    required: bool = True
    headings: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    false_friends: tuple[str, ...] = ()
    only_own_words: bool = False
    accept_thematic: bool = False
    min_chars: Annotated[int, Field(ge=0)] = 0
    body_only: Level = Level.HINT


class ParticipationRule(Part):
    """群众参与: at least `any_of` of the methods, each with the regular expressions of its everyday names."""

    any_of: Annotated[int, Field(ge=0)] = 1
    methods: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    numbers_preferred: bool = False


class ReviewRule(Part):
    """把关: which evidence counts, and for which kinds of unit the step does not apply."""

    evidence: tuple[str, ...] = ("sender", "block", "statement")
    not_for: frozenset[Kind] = frozenset({Kind.DIRECT_BRANCH})


class Length(Part):
    min: Annotated[int, Field(ge=0)] | None = None
    max: Annotated[int, Field(ge=0)] | None = None
    tolerance: Annotated[float, Field(ge=0, le=1)] = 0.1


class Naming(Part):
    """How file name and subject should look (regular expressions), each with an example that people are shown."""

    pattern: str | None = None
    subject: str | None = None
    example: str = ""
    subject_example: str = ""


class Years(Part):
    first: int
    last: int


class NearDuplicate(Part):
    """Reports alike. `clerk`: from this share of the shorter one's own characters the department is told.

    What more than `shared_by` units write is everybody's and does not count. `notice`: files with the notice's text.
    """

    clerk: Annotated[float, Field(gt=0, le=1)] = 0.8
    shared_by: Annotated[int, Field(ge=2)] = 4
    notice: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class Layout(Wishes):
    """The layout profile to hold a formal document against; "" checks none. Keys of the profile may be written anew.

    `by`: kinds of unit whose reports are held against it; empty: those that owe a formal document on paper.
    """

    profile: Annotated[str, AfterValidator(checked_name)] = ""
    by: frozenset[Kind] = frozenset()

    @property
    def wanted(self) -> Wishes | None:
        """The profile with the campaign's own wishes on top; None when nothing is checked."""
        return self.over(profile(self.profile)) if self.profile else None

    @model_validator(mode="after")
    def _wishes_need_a_profile(self) -> Self:
        if self.model_fields_set and not self.profile and self.model_fields_set != {"profile"}:
            raise ValueError('写了版式要求，还须写 profile，例如 profile = "gbt9704-2012"')
        return self


class ReminderStep(Part):
    """`before` working days before the deadline's day (0 is the day itself), at local time `at`."""

    before: Annotated[int, Field(ge=0)]
    at: Clock


class OverdueStep(Part):
    """`after` working days after the deadline's day, at local time `at`."""

    after: Annotated[int, Field(ge=1)]
    at: Clock


class Reminders(Part):
    """When and how often. `merged`: one mail per 总支 for all its branches. `cap`: letters per unit.

    Letters go out between `earliest` and `latest` (local time) only, whatever the steps say.
    """

    steps: tuple[ReminderStep, ...] = ()
    overdue: tuple[OverdueStep, ...] = ()
    merged: bool = True
    cap: Annotated[int, Field(ge=0)] = 4
    earliest: Clock = time(8)
    latest: Clock = time(20)

    @model_validator(mode="after")
    def _a_window(self) -> Self:
        if self.latest <= self.earliest:
            raise ValueError("latest 必须晚于 earliest")
        return self


class Escalation(Part):
    """When the department gets the list of those to be telephoned: working days before (or after) the deadline."""

    before: tuple[ReminderStep, ...] = ()
    after: tuple[OverdueStep, ...] = ()


class Late(Part):
    accept: bool = True
    label: str = "逾期"


class Vacation(Part):
    """A school vacation: no reminders from `first` to `last`, both included."""

    first: Day
    last: Day
    name: str = ""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("last 早于 first")
        return self


class Reply(Part):
    cap_per_address_per_day: Annotated[int, Field(ge=0)] = 20
    cap_per_day: Annotated[int, Field(ge=0)] = 2000
