"""What cannot be taken in: too large, or failing again and again. Set aside by its envelope, never lost."""

from mailbot.app import MEGABYTE, App
from mailbot.desk import DAY
from mailbot.inbox_nouns import Envelope
from mailbot.parse import parse
from mailbot.post import post
from mailbot.record import destination, pass_by
from rules.answering import refusal
from rules.automatic import automatic
from rules.campaign import Campaign
from rules.letters import AlarmKind, Heavy, Trouble, alarm, oversize
from rules.model import Arrival, Case, Mail, Outcome
from rules.triage import Belongs, which_campaign
from storage.ledger import Book
from storage.nouns import MailFacts


def receive_heavy(app: App, arrival: Arrival, envelope: Envelope, belongs: Belongs) -> Outcome:
    """The sender is told how to send it, when the mail surely is ours and comes from a person."""
    head = parse(envelope.header)
    campaign = which_campaign((head.subject, *envelope.file_names), app.campaigns, arrival.received_at)
    with app.ledger.transaction() as book:
        mail = set_aside(app, book, arrival, envelope, "邮件太大，没有收下")
        if belongs is Belongs.OURS and campaign is not None and may_answer(app, book, head, campaign):
            heavy = Heavy(
                id=str(mail),
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


def give_up(app: App, arrival: Arrival, envelope: Envelope, raw: bytes | None, error: str) -> Outcome:
    """A mail that failed for the last time: kept, set aside, and the department is told."""
    kept = app.archive.keep(raw) if raw is not None else ""
    with app.ledger.transaction() as book:
        mail = set_aside(app, book, arrival, envelope, "处理时多次出错", kept)
        trouble = Trouble(AlarmKind.SET_ASIDE, app.now(), error, name=str(mail))
        post(app, book, alarm(app.campaigns[0], app.department, trouble))
    return Outcome.SET_ASIDE


def set_aside(app: App, book: Book, arrival: Arrival, envelope: Envelope, why: str, kept: str = "") -> int:
    """Into the log, the list 待处理 and, later, the folder for it. `kept`: its hash in the archive, if it is there."""
    head = parse(envelope.header)
    facts = MailFacts(
        head.message_id, kept or head.sha256, envelope.size, head.sender.address, head.subject, len(envelope.file_names)
    )
    pass_by(book, arrival)
    move_to = destination(app, Outcome.SET_ASIDE, why)
    mail = book.add_mail(arrival, facts, Outcome.SET_ASIDE, why, move_to=move_to)
    units = tuple(unit.code for unit in book.roster().owners(head.sender.address))
    book.add_case(Case(0, "set_aside", head.subject, head.sender.address, arrival.received_at, why, mail, units=units))
    return mail
