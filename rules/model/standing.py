"""Where a unit stands, and what the ledger remembers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.model.judgement import NOBODY, Evidence, Examination, Identification, Item, Level, Review
from rules.model.mail import Outcome


class State(StrEnum):
    """The state of one deliverable of one unit, as `status --json` names it. Paper uses missing … complete."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    AWAITING_REVIEW = "awaiting_review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXEMPT = "exempt"
    PARTIAL = "partial"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff decided about one version. It wins over what the rules found, and stays with that version."""

    accepted: bool
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One version of one deliverable that arrived, as the ledger remembers it. `path` is below `data_dir`."""

    version: int
    name: str
    sha256: str
    size: int
    received_at: datetime
    sender: str
    mail: int
    examination: Examination
    identification: Identification = NOBODY
    path: str = ""
    decision: Decision | None = None

    @property
    def complete(self) -> bool:
        """Nothing was wanting but the review: it decides punctuality, also when it is sent back later."""
        return self.examination.complete or (self.decision is not None and self.decision.accepted)

    @property
    def acceptable(self) -> bool:
        return self.decision.accepted if self.decision is not None else self.examination.acceptable

    @property
    def review(self) -> Review | None:
        """The evidence of review; where staff accepted what the rules would not have, their word is the evidence."""
        decision = self.decision
        if decision is not None and decision.accepted and self.examination.at(Level.MUST):
            return Review(Evidence.STAFF, decision.by, decision.at, decision.reason)
        return self.examination.review


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands with one deliverable of one campaign.

    `receipts` are in order of version; `current` is the version that counts (0: none). `completed_at` is the arrival
    of the first complete version: it alone decides punctuality. `reminded` counts letters that asked for it.
    """

    unit: str
    deliverable: str
    state: State = State.MISSING
    receipts: tuple[Receipt, ...] = ()
    current: int = 0
    completed_at: datetime | None = None
    extended_to: datetime | None = None
    copies: int = 0
    reminded: int = 0
    reminded_at: datetime | None = None
    note: str = ""

    @property
    def receipt(self) -> Receipt | None:
        """The version that counts."""
        return next((receipt for receipt in self.receipts if receipt.version == self.current), None)

    @property
    def sent_back_because(self) -> str:
        """The reason of staff for returning the version that counts; "" when they have not, or gave none."""
        decision = self.receipt.decision if self.receipt is not None else None
        return decision.reason if decision is not None and not decision.accepted else ""


@dataclass(frozen=True, slots=True)
class Change:
    """What one report of a mail did to where its unit stands.

    `effect`: "new" (first version), "replaced" (a newer version counts now), "kept" (a newer version that is not
    complete came; the complete one we have still counts), "same" (byte for byte a version that we have),
    "review_added" (the same bytes, and now we know that the 总支 has reviewed them), "unsure" (nobody can say whose it
    is; `before` and `after` are then equal and belong to no unit).
    """

    item: Item
    before: Standing
    after: Standing
    effect: str


@dataclass(frozen=True, slots=True)
class Case:
    """Something that needs a person (page 待处理): what, about which mail, and the one thing to answer.

    `kind`: unsure (whose is it), doubtful (is it ours), set_aside (could not be worked on), bounced (our letter came
    back), new_address (an address that is not in the roster wrote for a unit).
    """

    id: int
    kind: str
    subject: str
    sender: str
    received_at: datetime
    detail: str
    mail: int | None = None
    campaign: str = ""
    units: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One mail in the 收件日志."""

    mail: int
    received_at: datetime
    sender: str
    subject: str
    outcome: Outcome
    reason: str
    sha256: str
    files: int = 0


@dataclass(frozen=True, slots=True)
class MailboxCounts:
    """The sums of `status --json`; `seen` is always the sum of the others."""

    filed: int = 0
    orders: int = 0
    automatic: int = 0
    own: int = 0
    not_ours: int = 0
    set_aside: int = 0
    duplicate: int = 0

    @property
    def seen(self) -> int:
        return self.filed + self.orders + self.automatic + self.own + self.not_ours + self.set_aside + self.duplicate
