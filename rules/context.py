"""What is known about a file beside its content, when it is checked."""

from dataclasses import dataclass
from datetime import datetime

from rules.campaign import Campaign, Deliverable
from rules.model import Address, Document, Kind, Roster, Unit


@dataclass(frozen=True)
class Context:
    """`unit` and `deliverable` are None when nobody knows whose report it is. `sender_units` own the sender's address.

    `mail_text` is what the sender wrote in this mail, quotation left out; `mail_whole` all of it; `received_at` is
    aware (UTC). `reports` counts those that came in the mail. `enclosed` are its other documents (forms, tables) and
    `pictures` the names of scans and photos: either may show the 总支's signature.
    """

    campaign: Campaign
    roster: Roster
    unit: Unit | None
    deliverable: Deliverable | None
    sender: Address
    sender_units: tuple[Unit, ...]
    mail_text: str
    file_name: str
    received_at: datetime
    subject: str = ""
    mail_whole: str = ""
    copied_to: tuple[Address, ...] = ()
    reports: int = 1
    enclosed: tuple[tuple[str, Document], ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def needs_review(self) -> bool:
        """Whether this report has to pass through a 总支 first."""
        if self.unit is None or self.deliverable is None:
            return False
        return self.campaign.needs_review(self.unit, self.deliverable)

    @property
    def reviewer(self) -> Unit | None:
        """The 总支 above the unit, where the roster has it."""
        parent = self.unit.parent if self.unit is not None else None
        return self.roster.unit(parent) if parent is not None and parent in self.roster else None

    @property
    def reviewing(self) -> str:
        """What kind of body reviews: 党总支, or 分党委."""
        committee = self.reviewer is not None and self.reviewer.kind is Kind.COMMITTEE
        return Kind.COMMITTEE.value if committee else Kind.GENERAL_BRANCH.value
