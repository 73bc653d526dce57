"""Mail from files as if it had just arrived: .eml, mbox and Maildir, for backfill and rehearsal."""

import contextlib
import email.utils
import hashlib
import mailbox
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import structlog

from mailbot.app import App
from mailbot.desk import lay_out
from mailbot.errors import OutsideError
from mailbot.opening import open_up
from mailbot.parse import parse
from mailbot.preliminary import is_preliminary
from mailbot.receive import campaign_for, known_at_sight, look_inside, receive
from rules.judge import judge
from rules.model import Arrival, Mail, Outcome
from rules.triage import Belongs
from storage.errors import StorageError

log = structlog.get_logger(__name__)

ACCOUNT = "replay"


HEAD = 256 * 1024


class NotTaken(Exception):
    """One mail failed with an unknown error; the others can still be taken in."""


def mails_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """(where it was found, its bytes) of every mail below a path, in order of name. OSError when it cannot be read."""
    if path.is_dir():
        maildir = [path / name for name in ("new", "cur") if (path / name).is_dir()]
        files = [file for folder in maildir for file in folder.iterdir()] or path.rglob("*")
        for file in sorted(files):
            if file.is_file() and (maildir or file.suffix.lower() == ".eml"):
                yield file.name, as_sent(file.read_bytes())
    elif is_mbox(path):
        with contextlib.closing(mailbox.mbox(path, create=False)) as box:
            for key in box.iterkeys():
                yield f"{path.name}#{key}", as_sent(box.get_bytes(key))
    else:
        yield path.name, as_sent(path.read_bytes())


def is_mail(raw: bytes) -> bool:
    """Has a header field that every mail has (RFC 5322, 3.6) or that servers add; other files have none."""
    head = parse(raw[:HEAD])
    return any(head.header(name) for name in ("from", "date", "received", "message-id"))


def is_mbox(path: Path) -> bool:
    """An mbox begins with its separator (RFC 4155)."""
    with path.open("rb") as file:
        return file.read(5) == b"From "


def as_sent(raw: bytes) -> bytes:
    """With the line ends of the wire (RFC 5322, 2.1), which programs that save mail often drop: a mail that the inbox
    has shown before is known by its bytes."""
    return raw if b"\r\n" in raw else raw.replace(b"\n", b"\r\n")


def arrival_of(app: App, raw: bytes, mail: Mail) -> Arrival:
    """Of a file only its bytes are sure: the number is taken from their hash, the time from the topmost Received."""
    number = int(hashlib.sha256(raw).hexdigest()[:12], 16)
    return Arrival(ACCOUNT, "files", 1, number, received_at(mail) or app.now())


@contextlib.contextmanager
def one_mail() -> Iterator[None]:
    """As in the inbox, one bad mail never stops the others."""
    try:
        yield
    except (OutsideError, StorageError):
        raise
    except Exception as error:
        log.exception("mail failed")
        raise NotTaken(f"it failed ({type(error).__name__}); the log says where") from None


def received_at(mail: Mail) -> datetime | None:
    """When the last server took it (RFC 5321, 4.4), else the sender's Date; None when neither can be read."""
    stamp = (mail.header("received") or "").rpartition(";")[2].strip()
    try:
        moment = email.utils.parsedate_to_datetime(stamp)
    except (ValueError, TypeError):
        return mail.date.astimezone(UTC) if mail.date is not None and mail.date.tzinfo is not None else None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def replay_one(app: App, raw: bytes) -> Outcome:
    """Takes one in. A mail that was taken in before, from wherever, changes nothing. Raises NotTaken."""
    mail = parse(raw)
    arrival = arrival_of(app, raw, mail)
    with app.ledger.reading() as book:
        known = book.mail_at(arrival.account, arrival.folder, arrival.uidvalidity, arrival.uid) is not None
        known = known or book.same_mail(mail.message_id, mail.sha256) is not None
    if known:
        return Outcome.DUPLICATE
    with one_mail():
        return receive(app, arrival, raw)


def foresee(app: App, raw: bytes) -> tuple[Outcome, str]:
    """What would become of it, and of each report in it. Writes nothing. Raises NotTaken."""
    with one_mail():
        return foreseen(app, raw)


def foreseen(app: App, raw: bytes) -> tuple[Outcome, str]:
    desk = lay_out(app, arrival_of(app, raw, parse(raw)), raw)
    if plain := known_at_sight(app, desk):
        return plain
    submission = open_up(app, desk.mail, desk.arrival.received_at)
    belongs = look_inside(app, desk, submission)
    campaign = campaign_for(app, desk, submission)
    if belongs is Belongs.NOT_OURS:
        return Outcome.NOT_OURS, ""
    if belongs is Belongs.DOUBTFUL or campaign is None:
        return Outcome.SET_ASIDE, str(belongs)
    verdict = judge(submission, campaign, desk.roster)
    said = [f"{item.name} → {desk.roster.unit(item.unit).name if item.unit else '?'}" for item in verdict.items]
    beforehand = "预审，不算报送" if is_preliminary(app, desk) else ""
    return Outcome.FILED, "；".join(filter(None, (beforehand, *said)))
