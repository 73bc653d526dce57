"""A mail to its verdict: whose each report is, what it is, what is wrong with it, in that order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from rules.campaign import Campaign
from rules.checks import examine
from rules.checks.context import Context
from rules.cloud import cloud_attachments
from rules.forms import second_forms
from rules.identify import Clues, identify_all
from rules.identity.text import opening_of
from rules.model import Document, File, Identification, Item, Mail, Refused, Roster, Unreadable, Verdict
from rules.quoting import own_words
from rules.roles import role_of, says_report


@dataclass(frozen=True)
class ReadFile:
    """A file with its kind (`rules.kinds`) and what reading it gave."""

    file: File
    kind: str
    content: Document | Unreadable = field(repr=False)

    @property
    def title(self) -> str:
        return self.content.title if isinstance(self.content, Document) else ""

    @property
    def role(self) -> str:
        """What the file is for: report, table, notice, cover, other (`rules.roles`)."""
        text = self.content.text if isinstance(self.content, Document) else ""
        return role_of(self.file.name, self.title, self.kind, text)

    @property
    def pictured(self) -> bool:
        """A photo, or a PDF that shows no text: it says nothing that can be judged."""
        return self.kind in ("pdf", "image") and not isinstance(self.content, Document)


@dataclass(frozen=True)
class Submission:
    """Everything that a mail brought, ready to be judged. `hints`: SHA-256 of a file to the unit a human named."""

    mail: Mail
    received_at: datetime
    files: tuple[ReadFile, ...] = ()
    refused: tuple[Refused, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)


def judge(submission: Submission, campaign: Campaign, roster: Roster) -> Verdict:
    """The verdict on every file. What is no report is named as ignored, with the reason."""
    mail = submission.mail
    reports, ignored = _sort(submission.files)
    owners = identify_all([_clues(submission, read, roster) for read in reports], roster)
    twice = second_forms(reports, [owner.unit for owner in owners])
    chosen = [(reports[at], owner) for at, owner in enumerate(owners) if at not in twice]
    context = _context(submission, [read for read, _ in chosen], campaign, roster)
    items = (_item(context, read, owner) for read, owner in chosen)
    ignored += [Refused(reports[at].file.name, why, reports[at].file.via) for at, why in twice.items()]
    return Verdict(
        campaign=campaign.id,
        sender_units=tuple(unit.code for unit in roster.owners(mail.sender.address)),
        items=tuple(items),
        ignored=(*submission.refused, *ignored),
        cloud=tuple(str(found) for found in cloud_attachments("\n".join((mail.text, *mail.links)))),
    )


_NOT_A_REPORT = {
    "table": "是汇总表，已随邮件存档，不作为总结检查",
    "notice": "像是通知原文，已随邮件存档，不作为总结检查",
    "cover": "像是报送说明，已随邮件存档，不作为总结检查",
    "other": "不是总结文档，已随邮件存档",
}
_PICTURE = "是扫描件或照片，已随邮件存档，检查以一同发来的文档为准"


def _sort(files: Sequence[ReadFile]) -> tuple[list[ReadFile], list[Refused]]:
    """Reports, and what is none. A scan or photo counts as the report only where nothing else came."""
    roles = [(read, read.role) for read in files]
    reports = [read for read, role in roles if role == "report"]
    if any(not read.pictured for read in reports):
        reports = [read for read in reports if not read.pictured and not _is_enclosed(read, reports)]
    elif not reports:
        reports = [read for read in files if read.pictured]
    twice = second_forms(reports)  # before anybody asks whose they are: a file that came alone is the sender's
    whys = {id(reports[at]): why for at, why in twice.items()}
    kept = [read for read in reports if id(read) not in whys]
    ignored = [
        Refused(read.file.name, whys.get(id(read)) or _why(read, role), read.file.via)
        for read, role in roles
        if read not in kept
    ]
    return kept, ignored


def _is_enclosed(read: ReadFile, reports: Sequence[ReadFile]) -> bool:
    """A PDF that nowhere says to be a report, beside another format: a leaflet, a certificate."""
    others = any(other.kind != "pdf" and not other.pictured for other in reports)
    return read.kind == "pdf" and others and not says_report(read.file.name, read.title)


def _why(read: ReadFile, role: str) -> str:
    return _PICTURE if read.pictured and role == "report" else _NOT_A_REPORT.get(role, _NOT_A_REPORT["other"])


def _clues(submission: Submission, read: ReadFile, roster: Roster) -> Clues:
    mail = submission.mail
    return Clues(
        sender_units=tuple(unit.code for unit in roster.owners(mail.sender.address)),
        via=read.file.via,
        file_name=read.file.name,
        title=read.title,
        signature=read.content.signature if isinstance(read.content, Document) else "",
        subject=mail.subject,
        body=own_words(mail.text),
        hint=submission.hints.get(read.file.sha256),
        author_units=tuple(unit.code for unit in roster.owners(read.file.author)) if read.file.author else (),
        opening=opening_of(read.content) if isinstance(read.content, Document) else (),
    )


def _context(submission: Submission, reports: Sequence[ReadFile], campaign: Campaign, roster: Roster) -> Context:
    """What all reports of the mail have in common; unit and file name are each one's own."""
    mail, judged = submission.mail, {id(read) for read in reports}
    beside = [read for read in submission.files if id(read) not in judged]
    papers = ((read.file.name, read.content) for read in beside if read.role != "notice")
    return Context(
        campaign=campaign,
        roster=roster,
        unit=None,
        deliverable=None,
        sender=mail.sender,
        sender_units=roster.owners(mail.sender.address),
        mail_text=own_words(mail.text),
        file_name="",
        received_at=submission.received_at,
        subject=mail.subject,
        mail_whole=mail.text,
        copied_to=(*mail.to, *mail.cc),
        reports=len(reports),
        enclosed=tuple((name, paper) for name, paper in papers if isinstance(paper, Document)),
        pictures=tuple(read.file.name for read in beside if read.pictured),
    )


def _item(context: Context, read: ReadFile, owner: Identification) -> Item:
    campaign, roster = context.campaign, context.roster
    unit = roster.unit(owner.unit) if owner.unit is not None else None
    deliverable = campaign.report_of(unit) if unit is not None else None
    context = replace(context, unit=unit, deliverable=deliverable, file_name=read.file.name)
    item = Item(
        name=read.file.name,
        sha256=read.file.sha256,
        size=read.file.size,
        kind=read.kind,
        identification=owner,
        examination=examine(read.content, context),
        deliverable=deliverable.key if deliverable is not None else None,
        via=read.file.via,
    )
    return item if deliverable is not None or unit is None else _owes_nothing(item)


def _owes_nothing(item: Item) -> Item:
    """A unit that owes no report in this campaign: nobody's report, as far as we can tell."""
    return replace(item, identification=replace(item.identification, unit=None))
