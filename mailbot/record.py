"""What was decided about a mail, written down: one transaction for the fact, the verdict and the answer."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

import structlog

from mailbot.answer import Judged, answer, ask_for_review, with_copies
from mailbot.app import App
from mailbot.desk import Desk
from rules.campaign import Campaign
from rules.copying.print import NO_PRINT, TextPrint, print_of
from rules.filing import shelf
from rules.model import Arrival, Case, Change, Document, Item, Outcome, Roster, Standing
from rules.status import Delivery, receive, started
from storage.ledger import Book
from storage.nouns import MailFacts

log = structlog.get_logger(__name__)

NOTHING_FILED = "answered, nothing to file"
_NOBODY = Standing("", "")


def record(app: App, desk: Desk, outcome: Outcome, reason: str) -> Outcome:
    """A mail that is not worked on: that it came, and what it was; a bounce may be of a letter of ours."""
    with app.ledger.transaction() as book:
        mail = add_mail(app, book, desk, outcome, reason)
        if reason == "bounce":
            note_bounce(app, book, desk, mail)
    return outcome


def record_case(app: App, desk: Desk, kind: str, detail: str) -> Outcome:
    """A mail that a person has to look at. A doubtful one may be other business: it stays where it is."""
    with app.ledger.transaction() as book:
        mail = add_mail(app, book, desk, Outcome.SET_ASIDE, kind)
        units = tuple(unit.code for unit in desk.roster.owners(desk.mail.sender.address))
        book.add_case(replace(case_of(desk, kind, mail, detail), units=units))
    return Outcome.SET_ASIDE


def record_question(app: App, desk: Desk, judged: Judged, tell_sender: bool) -> Outcome:
    """A mail about the campaign that brought nothing to file: a person reads it."""
    with app.ledger.transaction() as book:
        mail = add_mail(app, book, desk, Outcome.SET_ASIDE, "set_aside", judged.campaign)
        units = tuple(unit.code for unit in desk.roster.owners(desk.mail.sender.address))
        case = case_of(desk, "set_aside", mail, "没有附件，像是来信询问")
        book.add_case(replace(case, campaign=judged.campaign.id, units=units))
        if tell_sender:
            answer(app, book, desk, judged, (), mail)
    return Outcome.SET_ASIDE


def record_verdict(app: App, desk: Desk, judged: Judged, outcome: Outcome = Outcome.FILED) -> Outcome:
    """Files every report, moves the standings, notes what needs a person, and queues the answers."""
    for read in judged.submission.files:
        app.archive.keep(read.file.content)
    prints = prints_of(judged)
    judged = with_copies(app, desk, judged)
    with app.ledger.transaction() as book:
        mail = add_mail(app, book, desk, outcome, "" if judged.verdict.items else NOTHING_FILED, judged.campaign)
        delivery = Delivery(mail, judged.submission.mail.sender.address, judged.submission.received_at)
        changes = tuple(apply(app, book, desk.roster, judged, item, delivery) for item in judged.verdict.items)
        for change in changes:
            note_oddities(app, book, desk, change, mail, judged.campaign.id)
            ask_for_review(app, book, desk, judged, change)
        for sha256, text_print in prints.items():
            book.save_print(sha256, text_print)
        for case in judged.closes:
            book.close_case(case, app.now())
        answer(app, book, desk, judged, changes, mail)
    return outcome


def prints_of(judged: Judged) -> dict[str, TextPrint]:
    """The prints of the reports that are placed, where the campaign compares them: SHA-256 to print."""
    if judged.campaign.near_duplicate is None:
        return {}
    placed = {item.sha256 for item in judged.verdict.items if item.unit is not None}
    reports = (read for read in judged.submission.files if read.file.sha256 in placed)
    return {
        read.file.sha256: print_of(read.content) if isinstance(read.content, Document) else NO_PRINT for read in reports
    }


def add_mail(app: App, book: Book, desk: Desk, outcome: Outcome, reason: str, campaign: Campaign | None = None) -> int:
    """The mail into the log, the cursor past it, and where the server is to move it afterwards."""
    mail = desk.mail
    key = campaign.id if campaign is not None else ""
    if desk.again is not None:
        book.settle_mail(desk.again, outcome, reason, key)
        return desk.again
    facts = MailFacts(mail.message_id, mail.sha256, mail.size, mail.sender.address, mail.subject, len(mail.files))
    pass_by(book, desk.arrival)
    known = desk.duplicate_of
    move_to = book.home(known.mail) if known is not None else destination(app, outcome, reason)
    return book.add_mail(desk.arrival, facts, outcome, reason=reason, campaign=key, move_to=move_to)


def pass_by(book: Book, arrival: Arrival) -> None:
    """The cursor past this mail; it never goes back, except when UIDVALIDITY has changed."""
    cursor = book.cursor(arrival.account, arrival.folder)
    last = cursor.last_uid if cursor and cursor.uidvalidity == arrival.uidvalidity else 0
    book.set_cursor(arrival.account, arrival.folder, arrival.uidvalidity, max(last, arrival.uid))


def destination(app: App, outcome: Outcome, reason: str) -> str:
    """The folder that a mail ends in; "" leaves it where it is. Only what is surely ours is moved.

    A mail that was taken in before goes where it went the first time.
    """
    imap = app.settings.imap
    if outcome in (Outcome.FILED, Outcome.ORDER):
        return imap.done_folder
    return imap.set_aside_folder if outcome is Outcome.SET_ASIDE and reason != "doubtful" else ""


def apply(app: App, book: Book, roster: Roster, judged: Judged, item: Item, delivery: Delivery) -> Change:
    """One report: the next version of its unit's deliverable, put on its shelf in the browsing tree."""
    campaign = judged.campaign
    if item.unit is None or item.deliverable is None:
        return Change(item, _NOBODY, _NOBODY, "unsure")
    standing = started(book.standing(campaign.id, item.unit, item.deliverable), roster.unit(item.unit))
    change = receive(standing, item, delivery)
    if change.effect in ("new", "replaced", "kept"):
        change = put_on_shelf(app, roster, campaign, change)
    if change.after != change.before:
        book.save_standing(campaign.id, change.after)
    return change


def put_on_shelf(app: App, roster: Roster, campaign: Campaign, change: Change) -> Change:
    """Files the newest version under our own words; its bytes are in the archive already."""
    newest = change.after.receipts[-1]
    place = shelf(campaign, roster, roster.unit(change.after.unit), newest.version, change.item.kind)
    counts = change.after.current == newest.version
    app.archive.shelve(newest.sha256, place.path, place.newest if counts else None)
    before = change.before.receipt
    if counts and before is not None and PurePosixPath(before.path).suffix != place.path.suffix:
        app.archive.unshelve(place.newest.with_suffix(PurePosixPath(before.path).suffix))
    receipts = (*change.after.receipts[:-1], replace(newest, path=str(place.path)))
    return replace(change, after=replace(change.after, receipts=receipts))


def note_oddities(app: App, book: Book, desk: Desk, change: Change, mail: int, campaign: str) -> None:
    """What the department must know of a report: nobody knows whose it is, or a stranger sent it."""
    item, sender = change.item, desk.mail.sender.address
    if change.effect == "unsure":
        units = tuple(candidate.unit for candidate in item.identification.candidates)
        case = case_of(desk, "unsure", mail, item.name)
        book.add_case(replace(case, campaign=campaign, units=units, sha256=item.sha256))
    elif not desk.roster.owners(sender) and sender not in app.department.staff:
        units = (change.after.unit,)
        known = {(case.kind, case.sender, case.units) for case in book.open_cases(campaign)}
        if ("new_address", sender, units) not in known:
            book.add_case(replace(case_of(desk, "new_address", mail), campaign=campaign, units=units))


def note_bounce(app: App, book: Book, desk: Desk, mail: int) -> None:
    """A letter of ours came back: whom it was for is listed, so that somebody looks for another way."""
    domain = re.escape(app.department.address.partition("@")[2])
    ids = re.findall(rf"<([0-9a-f]{{40}}@{domain})>".encode(), desk.raw)
    letter = book.outbox.by_message_id({one.decode() for one in ids})
    if letter is not None:
        case = case_of(desk, "bounced", mail, f"{'、'.join(letter.recipients)}：{letter.subject}")
        book.add_case(replace(case, campaign=letter.campaign, units=letter.about))


def case_of(desk: Desk, kind: str, mail: int, detail: str = "") -> Case:
    """Something about this mail that waits for a person; the ledger gives the number."""
    return Case(0, kind, desk.mail.subject, desk.mail.sender.address, desk.arrival.received_at, detail, mail)
