"""To a 总支: one of its branches has mailed directly, please review the report."""

from dataclasses import dataclass

from rules.campaign import Campaign
from rules.letter.facts import NamedFile
from rules.letter.words import deadline, fingerprint, line, moment, size, subject
from rules.model import Enclosure, Letter, LetterKind, Receipt, Unit


@dataclass(frozen=True, slots=True)
class ReviewRequestFacts:
    """`due` is "" when the report came after the deadline."""

    branch: str
    head: str
    version: int
    received: str
    file: NamedFile
    due: str


def review_request(campaign: Campaign, branch: Unit, head: Unit, receipt: Receipt, report: Enclosure) -> Letter | None:
    """Asks the 总支 `head` to review what `branch` has mailed directly; the report is enclosed.

    None when the 总支 has no address. Key `review:<campaign>:<branch>:<version>`.
    """
    if not head.addresses:
        return None
    until = campaign.deadline.at
    return Letter(
        key=f"review:{campaign.id}:{branch.code}:{receipt.version}",
        kind=LetterKind.REVIEW_REQUEST,
        to=head.addresses,
        subject=subject(campaign, f"请把关：{line(branch.name)}的总结"),
        facts=ReviewRequestFacts(
            branch=line(branch.name),
            head=line(head.name),
            version=receipt.version,
            received=moment(receipt.received_at, campaign),
            file=NamedFile(line(receipt.name), size(receipt.size), fingerprint(receipt.sha256)),
            due=deadline(until, campaign) if receipt.received_at <= until else "",
        ),
        campaign=campaign.id,
        enclosures=(report,),
        automatic="auto-generated",
    )
