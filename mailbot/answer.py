"""The one answer to a mail, with the reports that go back in it, and the request to a 总支 to review one."""

from dataclasses import dataclass, replace

import structlog

from mailbot.app import App
from mailbot.desk import Desk
from mailbot.enclose import WORD, Occasion, enclose
from mailbot.post import post
from rules.answering import refusal
from rules.campaign import Campaign
from rules.judge import Submission
from rules.letter.copies import NO_COPIES, Copies
from rules.letters import Situation, acknowledgement, review_request
from rules.model import Change, Enclosure, State, Verdict
from rules.status import with_starts
from storage.ledger import Book
from storage.nouns import SendState

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Judged:
    """A submission with its campaign and its verdict. `closes`: cases that are answered with it; `copies`: of reports
    in which there is something to mend."""

    submission: Submission
    campaign: Campaign
    verdict: Verdict
    closes: tuple[int, ...] = ()
    copies: Copies = NO_COPIES


def with_copies(app: App, desk: Desk, judged: Judged, preliminary: bool = False) -> Judged:
    """The copies take the reading child a while: they are made before the transaction, and only for who is answered."""
    if unanswered(app, desk, judged.campaign) is not None:
        return judged
    occasion = Occasion(judged.submission, judged.campaign, judged.verdict, desk.roster, preliminary)
    return replace(judged, copies=enclose(app, occasion))


def unanswered(app: App, desk: Desk, campaign: Campaign) -> str | None:
    """The rule that says that this mail gets no answer, if there is one."""
    own = frozenset({app.department.address})
    return refusal(desk.mail, None, own, desk.answered_to, desk.answered_in_all, campaign.reply)


def ask_for_review(app: App, book: Book, desk: Desk, judged: Judged, change: Change) -> None:
    """A branch that mailed directly: its 总支 gets the report, and is told how to confirm it."""
    if change.effect == "unsure":
        return
    branch = desk.roster.unit(change.after.unit)
    if change.after != change.before:
        withdraw(book, f"review:{judged.campaign.id}:{branch.code}:")
    examination = change.item.examination
    if change.effect not in ("new", "replaced", "kept") or examination.acceptable or not examination.complete:
        return
    receipt = change.after.receipts[-1]
    if change.after.state is State.EXEMPT or branch.parent is None or branch.parent in judged.verdict.sender_units:
        return
    read = next(read for read in judged.submission.files if read.file.sha256 == receipt.sha256)
    report = Enclosure(receipt.path.rpartition("/")[2], WORD, read.file.content)
    letter = review_request(judged.campaign, branch, desk.roster.unit(branch.parent), receipt, report)
    if letter is not None:
        post(app, book, letter)


def withdraw(book: Book, key: str) -> None:
    """Letters that have not gone out and that something newer has made pointless: the one of that key, or all whose key
    begins so, where it ends with a colon."""
    for letter in book.outbox.listing((SendState.WAITING, SendState.DEFERRED)):
        if letter.key == key or (key.endswith(":") and letter.key.startswith(key)):
            book.outbox.cancel(letter.id)


def answer(app: App, book: Book, desk: Desk, judged: Judged, changes: tuple[Change, ...], mail: int) -> None:
    """The one acknowledgement, unless a rule says that this mail gets none."""
    refused = unanswered(app, desk, judged.campaign)
    if refused is not None:
        log.warning("not answered", mail=mail, why=refused)
        return
    standings = with_starts(book.standings(judged.campaign.id), judged.campaign, desk.roster)
    situation = situation_of(app, desk, judged, changes, mail)
    post(app, book, acknowledgement(desk.mail, judged.verdict, standings, situation))


def situation_of(app: App, desk: Desk, judged: Judged, changes: tuple[Change, ...], mail: int) -> Situation:
    return Situation(
        campaign=judged.campaign,
        roster=desk.roster,
        department=app.department,
        now=app.now(),
        mail_id=mail,
        received_at=desk.arrival.received_at,
        changes=changes,
        copies=judged.copies,
    )
