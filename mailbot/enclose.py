"""The reports that go back with an answer: a copy with comments, or where none can be made the 检查意见 alone.

They are made of hostile bytes, so the reading child makes them, within its limits; before the transaction, not in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import structlog

from mailbot.app import MEGABYTE, App
from mailbot.reading import Failed, Reader
from rules.annotate import annotate
from rules.campaign import Campaign
from rules.filing import clean
from rules.findings_document import findings_document
from rules.judge import Submission
from rules.letter.copies import Copies, Copy
from rules.letter.reports import placed, title_of, told
from rules.letter.words import short_name
from rules.model import Enclosure, Item, Roster, Verdict
from rules.opinion import Opinion, opinion_on, result_of, worth_returning

log = structlog.get_logger(__name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 10
LARGEST = 5 * MEGABYTE  # of all of them together: mailboxes refuse what is much larger
MARKED, LISTED = "批注", "检查意见"
NAMELESS = "报告"
PRELIMINARY = "预审意见，不算报送："


@dataclass(frozen=True, slots=True)
class Made:
    """`kind`: 批注 (the report with comments) or 检查意见 (the findings alone)."""

    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Occasion:
    """A judged mail. `preliminary`: it asks for a look only (预审), so it does not matter whose the reports are."""

    submission: Submission
    campaign: Campaign
    verdict: Verdict
    roster: Roster
    preliminary: bool = False


def make(reader: Reader, content: bytes, opinion: Opinion, largest: int | None = None) -> Made | None:
    """The report with comments; the findings alone where it can carry none or would be too large. None: neither."""
    marked = reader.run(annotate, content, opinion)
    if isinstance(marked, bytes) and (largest is None or len(marked) <= largest):
        return Made(MARKED, marked)
    listed = reader.run(findings_document, opinion)
    if isinstance(listed, Failed):
        log.warning("the findings could not be written", why=listed.said)
        return None
    return Made(LISTED, listed)


def enclose(app: App, occasion: Occasion) -> Copies:
    """For every report in which there is something to mend, as far as the limits go."""
    items = [item for item in occasion.verdict.items if item.unit is not None or occasion.preliminary]
    wanted = [item for item in items if worth_returning(told(item, occasion.verdict, occasion.roster))]
    contents = {read.file.sha256: read.file.content for read in occasion.submission.files}
    names = _names(occasion)
    copies: list[Copy] = []
    left = LARGEST
    for item in wanted[:MOST]:
        made = make(app.reader, contents[item.sha256], opinion_of(app, occasion, item), left)
        if made is not None and len(made.content) <= left:
            left -= len(made.content)
            enclosure = Enclosure(f"{names[item]}（{made.kind}）.docx", WORD, made.content)
            copies.append(Copy(item.sha256, enclosure, made.kind == MARKED))
    there = {copy.sha256 for copy in copies}
    return Copies(tuple(copies), frozenset(item.sha256 for item in wanted) - there)


def opinion_of(app: App, occasion: Occasion, item: Item) -> Opinion:
    """What is said of one report, as its writer may read it."""
    campaign, roster = occasion.campaign, occasion.roster
    unit = placed(item, roster)
    findings = told(item, occasion.verdict, roster)
    return opinion_on(
        findings,
        occasion.submission.received_at.astimezone(campaign.tz),
        result=(PRELIMINARY if occasion.preliminary else "") + result_of(findings),
        unit=unit.name if unit is not None else "",
        title=title_of(campaign, unit, item.deliverable or "") if unit is not None else campaign.title,
        file=item.name,
        department=app.department.name,
        contact=app.department.contact,
    )


def _names(occasion: Occasion) -> dict[Item, str]:
    """What each is called, in our own words, no two alike: 学生第一党支部-创先争优活动总结."""
    names: dict[Item, str] = {}
    for item, name in _plain_names(occasion):
        same = sum(1 for known in names.values() if known == name or known.startswith(f"{name}～"))
        names[item] = f"{name}～{same + 1}" if same else name
    return names


def _plain_names(occasion: Occasion) -> Iterator[tuple[Item, str]]:
    roster, campaign = occasion.roster, occasion.campaign
    for item in occasion.verdict.items:
        unit = placed(item, roster)
        who = clean(short_name(unit, roster), 24) if unit is not None else NAMELESS
        title = title_of(campaign, unit, item.deliverable or "") if unit is not None else campaign.title
        yield item, f"{who}-{clean(title, 24)}"
