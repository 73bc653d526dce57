"""Mail from files as if it had just arrived: .eml, mbox and Maildir, for backfill and rehearsal."""

import email.utils
import hashlib
import mailbox
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mailbot.app import App
from mailbot.desk import lay_out
from mailbot.opening import open_up
from mailbot.parse import parse
from mailbot.receive import campaign_for, known_at_sight, look_inside, receive
from rules.judge import judge
from rules.model import Arrival, Mail, Outcome
from rules.triage import Belongs

ACCOUNT = "replay"


def mails_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """(where it was found, exact bytes) of every mail below a path. A folder of .eml files is taken in name order."""
    if path.is_dir() and (path / "cur").is_dir():
        for folder in ("new", "cur"):
            for file in sorted((path / folder).iterdir()):
                yield file.name, file.read_bytes()
    elif path.is_dir():
        for file in sorted(path.rglob("*.eml")):
            yield file.name, file.read_bytes()
    elif path.suffix.lower() == ".mbox" or path.read_bytes()[:5] == b"From ":
        box = mailbox.mbox(path, create=False)
        for key in box.iterkeys():
            yield f"{path.name}#{key}", box.get_bytes(key)
    else:
        yield path.name, path.read_bytes()


def arrival_of(app: App, raw: bytes, mail: Mail) -> Arrival:
    """Of a file only its bytes are sure: the number is taken from their hash, the time from the topmost Received."""
    number = int(hashlib.sha256(raw).hexdigest()[:12], 16)
    return Arrival(ACCOUNT, "files", 1, number, received_at(mail) or app.now())


def received_at(mail: Mail) -> datetime | None:
    """When the last server took it (RFC 5321, 4.4), else the sender's Date; None when neither can be read."""
    stamp = (mail.header("received") or "").rpartition(";")[2].strip()
    try:
        moment = email.utils.parsedate_to_datetime(stamp)
    except (ValueError, TypeError):
        return mail.date.astimezone(UTC) if mail.date is not None and mail.date.tzinfo is not None else None
    return moment.astimezone(UTC) if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def replay_one(app: App, raw: bytes) -> Outcome:
    """Takes one in. A mail that was taken in before, from wherever, changes nothing."""
    mail = parse(raw)
    arrival = arrival_of(app, raw, mail)
    with app.ledger.reading() as book:
        known = book.mail_at(arrival.account, arrival.folder, arrival.uidvalidity, arrival.uid) is not None
        known = known or book.same_mail(mail.message_id, mail.sha256) is not None
    return Outcome.DUPLICATE if known else receive(app, arrival, raw)


def foresee(app: App, raw: bytes) -> tuple[Outcome, str]:
    """What would become of it, and of each report in it. Writes nothing."""
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
    return Outcome.FILED, "；".join(said)
