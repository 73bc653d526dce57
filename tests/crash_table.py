"""Step → what must hold when the bot dies there: the table of the crash tests; the steps are in `crash_steps`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`recorded`: so many of the ten mails stand in the ledger when the process dies at that step.

    `twice`: so many letters go out twice for that, under one Message-ID. `fast`: part of the fast suite too.
    """

    step: str
    recorded: int
    twice: int = 0
    fast: bool = False


TABLE = (
    Row("schema made, not committed", 0),
    Row("half of the secret key written", 0),
    Row("roster read, not committed", 0),
    Row("roster committed", 0),
    Row("cursor set, not committed", 0),
    Row("cursor committed", 0),
    Row("mail fetched", 0),
    Row("attachments unpacked", 0),
    Row("file read", 0),
    Row("before the original is kept", 0),
    Row("half of the original written", 0),
    Row("original written, not yet named", 0),
    Row("original kept", 0),
    Row("half of a report written", 0),
    Row("report kept", 0),
    Row("mail in the log, nothing else", 0),
    Row("before the report is shelved", 0),
    Row("shelved as version, not as newest", 0),
    Row("report shelved", 0, fast=True),
    Row("standing saved", 0),
    Row("half of a bundle shelved", 2),
    Row("review asked for", 3),
    Row("half of the answer written", 0),
    Row("answer queued", 0),
    Row("mail, verdict and answer written, not committed", 0),
    Row("mail, verdict and answer committed", 1),
    Row("other business not committed", 1),
    Row("other business committed", 2),
    Row("third mail of a batch taken", 4),
    Row("newer version shelved over the old one", 4),
    Row("question noted for a person, not committed", 7),
    Row("too large a mail answered, not committed", 9),
    Row("too large a mail committed", 10),
    Row("folder made", 10),
    Row("before MOVE", 10),
    Row("moved, not noted", 10, fast=True),
    Row("move noted, not committed", 10),
    Row("move committed", 10),
    Row("reminders queued, step not marked done", 10),
    Row("reminders and mark not committed", 10),
    Row("reminders committed", 10),
    Row("telephone list not committed", 10),
    Row("half of the sheet written", 10),
    Row("sheet written, not queued", 10),
    Row("sheet queued, not committed", 10),
    Row("sheet committed", 10),
    Row("letter claimed, not committed", 10),
    Row("letter claimed", 10),
    Row("letter taken by the server, not noted", 10, twice=1, fast=True),
    Row("letter noted as sent, not committed", 10, twice=1),
    Row("letter noted as sent", 10),
    Row("fifth letter claimed", 10),
    Row("letter given up", 10),
    Row("all sent, nobody told of the refusals", 10),
    Row("half of the heartbeat written", 10),
    Row("refusals told to staff, not committed", 10),
    Row("refusals told to staff", 10),
)
WHERE_THERE_IS_NO_MOVE = (
    Row("copied, not marked deleted", 10),
    Row("copied and marked, not expunged", 10),
)
WHERE_A_MAIL_FAILS = (
    Row("failure noted, not committed", 0),
    Row("failure committed", 0),
)
