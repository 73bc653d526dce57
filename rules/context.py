"""What is known about a file beside its content, when it is checked."""

from dataclasses import dataclass
from datetime import datetime

from rules.campaign import Campaign, Deliverable
from rules.model import Address, Roster, Unit


@dataclass(frozen=True)
class Context:
    """`unit` and `deliverable` are None when nobody knows whose report it is. `sender_units` own the sender's address.

    `mail_text` is what the sender wrote in this mail, quotation left out; `received_at` is aware (UTC).
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
