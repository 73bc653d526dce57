"""Marks of the 台账: aspect by aspect, 群众参与 and 审核, each with the reason that a cell's comment gives."""

from dataclasses import dataclass
from enum import StrEnum

from rules.campaign import Aspect, Campaign, Deliverable
from rules.letter.words import moment
from rules.model import Evidence, Examination, Finding, Receipt, Unit


class Tone(StrEnum):
    """How a state looks; its word always stands beside the colour."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    PLAIN = "plain"


FOUND, IN_TEXT, ABSENT, OPEN = "✓", "正文", "✗", "–"
MARKS = {"heading": FOUND, "body": IN_TEXT, "absent": ABSENT}
MARK_TONES = {ABSENT: Tone.RED}
UNREAD = "没有读到正文，未检查。"
PLACES = {FOUND: "标题中找到", IN_TEXT: "没有单独的标题，正文中找到", ABSENT: "全文的标题和正文中都没有找到"}
EVIDENCE = {
    Evidence.STAFF: "组织部",
    Evidence.REPLY: "总支回复",
    Evidence.SENDER: "总支报送",
    Evidence.BLOCK: "意见栏",
    Evidence.STATEMENT: "有说明",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell says, why it says so ("" when there is nothing to explain), and how it looks."""

    text: str = ""
    why: str = ""
    tone: Tone = Tone.PLAIN


def told(finding: Finding) -> str:
    """S4 没有找到…（¶12 一、…）: the rule, its sentence, the place."""
    place = f"（{finding.where}）" if finding.where else ""
    return f"{finding.rule} {finding.message}{place}"


def aspect_mark(aspect: Aspect, examination: Examination | None) -> Shown:
    """✓ under a heading, 正文 in the text, ✗ not found, – nothing that could be read has come."""
    if examination is None:
        return Shown(OPEN)
    said = [told(finding) for finding in examination.findings if aspect.key in finding.message]
    found = next((found for found in examination.aspects if found.key == aspect.key), None)
    if found is None:
        return Shown(OPEN, "\n".join(said or [UNREAD]))
    mark = MARKS.get(found.found, OPEN)
    place = PLACES.get(mark, UNREAD)
    first = f"{place}：{found.where}" if found.where else place
    length = [f"约 {found.chars} 字"] if found.chars else []
    return Shown(mark, "\n".join((first, *length, *said)), MARK_TONES.get(mark, Tone.PLAIN))


def participation_mark(campaign: Campaign, examination: Examination | None) -> Shown:
    """✓ when as many methods are told of as the campaign asks for, and which; empty when it asks for none."""
    if not campaign.participation.any_of:
        return Shown()
    if examination is None:
        return Shown(OPEN)
    found = examination.participation
    if not examination.aspects and campaign.aspects and not found.found:
        return Shown(OPEN, UNREAD)
    if not found.found:
        return Shown(ABSENT, "没有找到个别访谈、座谈会、问卷、测评一类的记载。", Tone.RED)
    why = f"{'、'.join(found.found)}：{found.where}" if found.where else "、".join(found.found)
    if len(found.found) >= campaign.participation.any_of:
        return Shown(FOUND, why)
    return Shown(ABSENT, f"{why}\n至少要 {campaign.participation.any_of} 种。", Tone.RED)


def review_mark(unit: Unit, report: Deliverable | None, receipt: Receipt | None, campaign: Campaign) -> Shown:
    """The evidence that the 总支 has reviewed it, by whom, when, and the words; 不需 where nobody has to."""
    if report is None or not campaign.needs_review(unit, report):
        return Shown("不需", "没有上级总支，或本单位不需要总支把关。") if report and report.review else Shown()
    if receipt is None:
        return Shown(OPEN)
    review = receipt.review
    if review is None:
        said = [told(finding) for finding in receipt.examination.findings if finding.rule.startswith("R")]
        return Shown("未见", "\n".join(said or ["没有看到总支把关的依据。"]), Tone.YELLOW)
    when = f"，{moment(review.at, campaign)}" if review.at else ""
    place = f"\n依据：{review.where}" if review.where else ""
    return Shown(EVIDENCE[review.evidence], f"{review.by}{when}{place}")
