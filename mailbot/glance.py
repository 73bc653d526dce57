"""A mail judged by its envelope: ours, other business that is never downloaded, or to be looked into."""

import structlog

from mailbot.app import App
from mailbot.errors import OutsideError
from mailbot.inbox import Envelope
from mailbot.parse import parse
from rules.automatic import automatic
from rules.model import Roster
from rules.triage import Belongs, Look, first_look
from storage.errors import StorageBusy, StorageFull, StorageReadOnly, StorageUnreachable

log = structlog.get_logger(__name__)

# What is wrong with the world, not with one mail: the pass ends, and nothing is lost by trying again later.
WORLD = (OutsideError, StorageBusy, StorageFull, StorageReadOnly, StorageUnreachable)


def glance(app: App, roster: Roster, envelope: Envelope) -> Belongs:
    """What a machine wrote, and what cannot be judged like this, is looked into."""
    try:
        return _glance(app, roster, envelope)
    except WORLD:
        raise
    except Exception:
        log.exception("envelope not judged", uid=envelope.uid)
        return Belongs.LOOK_INSIDE


def _glance(app: App, roster: Roster, envelope: Envelope) -> Belongs:
    head = parse(envelope.header)
    with app.ledger.reading() as book:
        answers_us = book.outbox.by_message_id(head.answers) is not None
    look = Look(
        sender=head.sender.address,
        subject=head.subject,
        received_at=envelope.received_at,
        file_names=envelope.file_names,
        answers_us=answers_us,
        attached=envelope.has_attachment,
        shared=app.settings.imap.shared,
    )
    if automatic(head) is not None:
        return Belongs.LOOK_INSIDE
    return first_look(look, app.campaigns, roster, app.department.staff)
