"""What cannot be taken in: too large, or failing again and again. Set aside by its envelope, never lost."""

from dataclasses import dataclass

from mailbot.app import MEGABYTE, App
from mailbot.desk import DAY
from mailbot.imap.nouns import Envelope
from mailbot.parse import parse
from mailbot.post import post
from mailbot.record import pass_by
from rules.answering import refusal
from rules.automatic import automatic
from rules.campaign import Campaign
from rules.letters import AlarmKind, Heavy, Trouble, alarm, oversize
from rules.model import Arrival, Case, Mail, Outcome
from rules.triage import Belongs, which_campaign
from storage.ledger import Book
from storage.nouns import MailFacts


@dataclass(frozen=True, slots=True)
class Untaken:
    """Why a mail was not taken in, whether it surely is ours, and its hash where the archive has it all the same."""

    why: str
    ours: bool
    kept: str = ""


def receive_heavy(app: App, arrival: Arrival, envelope: Envelope, belongs: Belongs) -> Outcome:
    """The sender is told how to send it, when the mail surely is ours and comes from a person."""
    head = parse(envelope.header)
    campaign = which_campaign((head.subject, *envelope.file_names), app.campaigns, arrival.received_at)
    with app.ledger.transaction() as book:
        set_aside(app, book, arrival, envelope, Untaken("邮件太大，没有收下", belongs is Belongs.OURS))
        if belongs is Belongs.OURS and campaign is not None and may_answer(app, book, head, campaign):
            heavy = Heavy(
                id=head.sha256,  # of the header: the same mail under another number is not answered again
                sender=head.sender.address,
                subject=head.subject,
                message_id=head.message_id,
                size=envelope.size,
                limit=app.settings.limits.mail_mb * MEGABYTE,
            )
            post(app, book, oversize(heavy, campaign, app.now()))
    return Outcome.SET_ASIDE


def may_answer(app: App, book: Book, head: Mail, campaign: Campaign) -> bool:
    day_ago = app.now() - DAY
    answered = book.outbox.answered_to(head.sender.address, day_ago), book.outbox.answered_since(day_ago)
    own = frozenset({app.department.address})
    return refusal(head, automatic(head), own, *answered, campaign.reply) is None


def give_up(app: App, arrival: Arrival, envelope: Envelope, raw: bytes | None, belongs: Belongs) -> Outcome:
    """A mail that failed for the last time: kept, set aside, and the department is told."""
    kept = app.archive.keep(raw) if raw is not None else ""
    with app.ledger.transaction() as book:
        mail = set_aside(app, book, arrival, envelope, Untaken("处理时多次出错", belongs is Belongs.OURS, kept))
        trouble = Trouble(AlarmKind.SET_ASIDE, app.now(), name=str(mail))
        post(app, book, alarm(app.campaigns[0], app.department, trouble))
    return Outcome.SET_ASIDE


def set_aside(app: App, book: Book, arrival: Arrival, envelope: Envelope, refusal: Untaken) -> int:
    """Into the log, the list 待处理 and, when it surely is ours, later the folder for it."""
    head = parse(envelope.header)
    files, sha256 = len(envelope.file_names), refusal.kept or head.sha256
    facts = MailFacts(head.message_id, sha256, envelope.size, head.sender.address, head.subject, files)
    pass_by(book, arrival)
    move_to = app.settings.imap.set_aside_folder if refusal.ours else ""
    mail = book.add_mail(arrival, facts, Outcome.SET_ASIDE, refusal.why, move_to=move_to)
    units = tuple(unit.code for unit in book.roster().owners(head.sender.address))
    case = Case(0, "set_aside", head.subject, head.sender.address, arrival.received_at, refusal.why, mail, units=units)
    book.add_case(case)
    return mail
