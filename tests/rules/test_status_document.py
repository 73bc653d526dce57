"""`status --json` has the shape that is promised to other programs, name by name."""

import json
from datetime import UTC, datetime
from typing import Any

from rules.model import MailboxCounts, Roster, Standing, State
from rules.status_document import status_document
from rules.tracking import TrackingFacts
from tests.tracking_college import (
    BEFORE,
    HINT,
    NO_REVIEW,
    NOW,
    SENDER,
    branch,
    by_key,
    campaign,
    college,
    examination,
    general_branch,
    sent,
)

CAME = datetime(2012, 9, 10, 8, 42, tzinfo=UTC)
ROSTER = Roster((general_branch("01", "文学院"), branch("0101", "文学院教工党支部", "01")))
STATES = {"missing", "incomplete", "awaiting_review", "returned", "accepted", "exempt"}
PAPER_STATES = {"missing", "partial", "complete", "exempt"}
MAILBOX = ["seen", "filed", "orders", "automatic", "own", "not_ours", "set_aside", "duplicate"]


def document(*standings: Standing, now: datetime = BEFORE, counts: MailboxCounts | None = None) -> Any:
    facts = TrackingFacts(campaign(), ROSTER, by_key(*standings), now, counts=counts or MailboxCounts())
    return json.loads(json.dumps(status_document(facts), ensure_ascii=False))


def check_electronic(found: dict[str, Any]) -> None:
    assert list(found) == [
        "key", "medium", "state", "label", "late", "version", "received_at", "review", "findings",
    ]  # fmt: skip
    assert found["state"] in STATES
    assert isinstance(found["late"], bool)
    assert isinstance(found["version"], int)
    assert found["received_at"] is None or datetime.fromisoformat(found["received_at"]).utcoffset() is not None
    assert found["review"] is None or list(found["review"]) == ["evidence", "by", "at"]
    for finding in found["findings"]:
        assert list(finding) == ["rule", "level", "message"]


def check_paper(found: dict[str, Any]) -> None:
    assert list(found) == ["key", "medium", "state", "have", "want"]
    assert found["state"] in PAPER_STATES


def test_the_shape_is_the_promised_one() -> None:
    whole = json.loads(json.dumps(status_document(college(6, 24))))
    assert list(whole) == ["campaign", "units", "mailbox"]
    assert whole["campaign"] == {
        "id": "example-2012",
        "title": "创先争优活动总结（示例）",
        "deadline": "2012-09-14T23:59:59+08:00",
    }
    assert list(whole["mailbox"]) == MAILBOX
    assert len(whole["units"]) == 33
    for unit in whole["units"]:
        assert list(unit) == ["code", "name", "kind", "parent", "deliverables"]
        assert unit["kind"] in {"党总支", "分党委", "党支部", "直属党支部"}
        for deliverable in unit["deliverables"]:
            (check_paper if deliverable["medium"] == "paper" else check_electronic)(deliverable)


def test_who_has_sent_nothing_is_missing() -> None:
    head, member = document()["units"]
    assert (head["code"], head["parent"], member["parent"]) == ("01", None, "01")
    assert head["deliverables"] == [
        {
            "key": "report",
            "medium": "email",
            "state": "missing",
            "label": "未报",
            "late": False,
            "version": 0,
            "received_at": None,
            "review": None,
            "findings": [],
        },
        {"key": "paper", "medium": "paper", "state": "missing", "have": 0, "want": 2},
    ]
    assert [one["key"] for one in member["deliverables"]] == ["report"]


def test_what_came_is_told_with_local_time_review_and_findings() -> None:
    found = document(sent("0101", State.ACCEPTED, CAME, examination(HINT, review=SENDER)))["units"][1]["deliverables"][
        0
    ]
    assert (found["state"], found["label"], found["version"]) == ("accepted", "已接收", 1)
    assert found["received_at"] == "2012-09-10T16:42:00+08:00"
    assert found["review"] == {"evidence": "sender", "by": "jsj-dzz@example.edu.cn", "at": "2012-09-10T16:42:00+08:00"}
    assert found["findings"] == [{"rule": "H2", "level": "hint", "message": HINT.message}]


def test_an_open_review_is_null() -> None:
    found = document(sent("0101", State.AWAITING_REVIEW, CAME, examination(NO_REVIEW)))["units"][1]["deliverables"][0]
    assert (found["state"], found["review"], found["findings"][0]["rule"]) == ("awaiting_review", None, "R1")


def test_late_and_paper_are_told() -> None:
    head = document(Standing("01", "paper", copies=1), now=NOW)["units"][0]["deliverables"]
    assert head[0]["late"] is True
    assert (head[1]["state"], head[1]["have"], head[1]["want"]) == ("partial", 1, 2)


def test_seen_is_the_sum_of_the_others() -> None:
    box = document(counts=MailboxCounts(1, 2, 4, 8, 16, 32, 64))["mailbox"]
    assert box == dict(zip(MAILBOX, (127, 1, 2, 4, 8, 16, 32, 64), strict=True))
