"""One mail on the desk: what came, and what the ledger knows around it. Gathered before anything is decided."""

from dataclasses import dataclass, field
from datetime import timedelta

from mailbot.app import App
from mailbot.parse import parse
from rules.answering import answer_address
from rules.model import Arrival, Case, LogEntry, Mail, Roster
from storage.ledger import Book
from storage.nouns import Outgoing

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Question:
    """A file that nobody could place, and the hash of the mail that brought it."""

    case: Case
    mail_sha256: str


@dataclass(frozen=True)
class Desk:
    """`answered` is the letter of ours that this mail replies to; `questions` are open cases of the mail that the
    letter was about; `again` is the ledger's number of a mail that is taken in once more; the counts are answers of the
    last 24 hours."""

    arrival: Arrival
    raw: bytes = field(repr=False)
    mail: Mail
    roster: Roster
    again: int | None = None
    duplicate_of: LogEntry | None = None
    answered: Outgoing | None = None
    questions: tuple[Question, ...] = ()
    answered_to: int = 0
    answered_in_all: int = 0


def lay_out(app: App, arrival: Arrival, raw: bytes, again: int | None = None) -> Desk:
    """Parses the mail and reads what is known around it. Writes nothing. `again`: its number, if it is known."""
    mail = parse(raw)
    day_ago = app.now() - DAY
    with app.ledger.reading() as book:
        answered = book.outbox.by_message_id(mail.answers)
        return Desk(
            arrival=arrival,
            raw=raw,
            mail=mail,
            roster=book.roster(),
            again=again,
            duplicate_of=_taken_before(app, book, mail, raw) if again is None else None,
            answered=answered,
            questions=_questions(book, answered),
            answered_to=book.outbox.answered_to(answer_address(mail) or mail.sender.address, day_ago),
            answered_in_all=book.outbox.answered_since(day_ago),
        )


def _taken_before(app: App, book: Book, mail: Mail, raw: bytes) -> LogEntry | None:
    """The same mail, taken in before: byte for byte, or the same below the header. Servers that deliver a mail twice
    stamp each copy anew (Received, RFC 5321 4.4)."""
    known = book.same_mail(mail.message_id, mail.sha256)
    if known is not None:
        return book.mail(known)
    body = _body(raw)
    alike = book.namesakes(mail.message_id, mail.sender.address, mail.size) if body else ()
    kept = (entry for entry in alike if app.archive.has(entry.sha256))
    return next((entry for entry in kept if _body(app.archive.read(entry.sha256)) == body), None)


def _body(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[2]


def _questions(book: Book, answered: Outgoing | None) -> tuple[Question, ...]:
    """What our letter asked: whose are these files? The key of an acknowledgement ends with the mail's hash."""
    if answered is None or not answered.key.startswith("ack:"):
        return ()
    asked = answered.key.removeprefix("ack:")
    return tuple(
        Question(case, asked)
        for case in book.open_cases(None)
        if case.kind == "unsure" and case.mail is not None and book.mail(case.mail).sha256 == asked
    )
