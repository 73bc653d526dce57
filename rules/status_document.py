"""What `status --json` prints: where every unit stands, as plain values."""

from typing import Any

from rules.campaign import Deliverable, Medium
from rules.model import Receipt, Standing, Unit
from rules.pages.rows import label_of, standing_of
from rules.status import is_late, paper_state
from rules.tracking import TrackingFacts

Document = dict[str, Any]


def status_document(facts: TrackingFacts) -> Document:
    """Values that JSON holds; times are ISO 8601 in the campaign's zone. The shape is a promise to other programs."""
    campaign = facts.campaign
    return {
        "campaign": {
            "id": campaign.id,
            "title": campaign.title,
            "deadline": campaign.deadline.at.astimezone(campaign.tz).isoformat(),
        },
        "units": [_unit(unit, facts) for unit in facts.roster.units],
        "mailbox": {
            "seen": facts.counts.seen,
            "filed": facts.counts.filed,
            "orders": facts.counts.orders,
            "automatic": facts.counts.automatic,
            "own": facts.counts.own,
            "not_ours": facts.counts.not_ours,
            "set_aside": facts.counts.set_aside,
            "duplicate": facts.counts.duplicate,
        },
    }


def _unit(unit: Unit, facts: TrackingFacts) -> Document:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "parent": unit.parent,
        "deliverables": [
            _deliverable(one, standing_of(unit, one, facts.standings), facts) for one in facts.campaign.owed_by(unit)
        ],
    }


def _deliverable(deliverable: Deliverable, standing: Standing, facts: TrackingFacts) -> Document:
    if deliverable.medium is Medium.PAPER:
        return {
            "key": deliverable.key,
            "medium": deliverable.medium.value,
            "state": paper_state(standing, deliverable).value,
            "have": max(standing.copies, 0),
            "want": deliverable.copies,
        }
    receipt = standing.receipt
    zone = facts.campaign.tz
    return {
        "key": deliverable.key,
        "medium": deliverable.medium.value,
        "state": standing.state.value,
        "label": label_of(standing.state, deliverable.medium),
        "late": is_late(facts.campaign, standing, facts.now),
        "version": standing.current,
        "received_at": receipt.received_at.astimezone(zone).isoformat() if receipt else None,
        "review": _review(receipt, facts),
        "findings": [
            {"rule": finding.rule, "level": finding.level.value, "message": finding.message}
            for finding in (receipt.examination.findings if receipt else ())
        ],
    }


def _review(receipt: Receipt | None, facts: TrackingFacts) -> Document | None:
    review = receipt.review if receipt else None
    if review is None:
        return None
    at = review.at.astimezone(facts.campaign.tz).isoformat() if review.at else None
    return {"evidence": review.evidence.value, "by": review.by, "at": at}
