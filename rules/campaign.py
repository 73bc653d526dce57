"""A campaign as data: what one notice asks of whom, by when, in which words. `campaign_file` makes it from TOML."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from rules.campaign_parts import (
    Aspect,
    Contact,
    Day,
    Deadline,
    Deliverable,
    Escalation,
    Late,
    Layout,
    Length,
    Medium,
    Naming,
    NearDuplicate,
    OverdueStep,
    Part,
    ParticipationRule,
    Reminders,
    ReminderStep,
    Reply,
    ReviewRule,
    Route,
    Vacation,
    Years,
)
from rules.model import Level, Unit

__all__ = [
    "Aspect",
    "Campaign",
    "Contact",
    "Deadline",
    "Deliverable",
    "Escalation",
    "Late",
    "Layout",
    "Length",
    "Medium",
    "Naming",
    "NearDuplicate",
    "OverdueStep",
    "ParticipationRule",
    "ReminderStep",
    "Reminders",
    "Reply",
    "ReviewRule",
    "Route",
    "Vacation",
    "Years",
]


OURS = "Asia/Shanghai"


def _zone(value: object) -> object:
    try:
        return str(ZoneInfo(str(value)))
    except (ValueError, KeyError, OSError):
        raise ValueError('不认识这个时区，应写成 "Asia/Shanghai"') from None


class Campaign(Part):
    """Everything that one notice asks for. Times without a zone of their own are read in `zone`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
    title: str
    short_title: str = ""
    names: tuple[str, ...] = ()
    wrong_names: tuple[str, ...] = ()
    doc_numbers: tuple[str, ...] = ()
    mailbox: str = ""
    zone: Annotated[str, BeforeValidator(_zone)] = OURS
    opens: Day
    closes: Day | None = None
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
    def last_day(self) -> date:
        """The local day that the deadline ends: one at midnight ends the day before."""
        return (self.deadline.at.astimezone(self.tz) - timedelta(seconds=1)).date()

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

    @model_validator(mode="before")
    @classmethod
    def _deadline_has_a_zone(cls, values: Any) -> Any:
        """A local deadline is read in `zone`; a bare date is that day's last second, or its first if not inclusive."""
        deadline = values.get("deadline") if isinstance(values, Mapping) else None
        if not isinstance(deadline, Mapping):
            return values
        at = _instant(deadline.get("at"), deadline.get("inclusive", True) is not False, values.get("zone"))
        return {**values, "deadline": {**deadline, "at": at}} if at else values

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        for what, keys in (
            ("deliverables", [deliverable.key for deliverable in self.deliverables]),
            ("aspects", [aspect.key for aspect in self.aspects]),
        ):
            doubled = sorted({key for key in keys if keys.count(key) > 1})
            if doubled:
                raise ValueError(f"{what} 里的 key 重复：{'、'.join(doubled)}")
        return self


def _instant(written: object, inclusive: bool, zone: object) -> datetime | None:
    """The deadline as an aware time; None where it is none (the model then says so)."""
    if isinstance(written, str):
        try:
            written = datetime.fromisoformat(written) if len(written) > 10 else date.fromisoformat(written)
        except ValueError:
            return None
    if isinstance(written, date) and not isinstance(written, datetime):
        written = datetime.combine(written, time(23, 59, 59) if inclusive else time())
    if not isinstance(written, datetime):
        return None
    return written if written.tzinfo else written.replace(tzinfo=_zone_or_ours(zone))


def _zone_or_ours(name: object) -> ZoneInfo:
    """A zone that does not exist is a fault of its own key alone."""
    try:
        return ZoneInfo(str(name or OURS))
    except (ValueError, KeyError, OSError):
        return ZoneInfo(OURS)
