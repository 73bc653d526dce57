"""From a mail to what can be judged: attachments unpacked within limits, each file read by the child process."""

from collections.abc import Mapping
from datetime import datetime

from mailbot.app import App
from mailbot.unpack import unpack
from rules.judge import ReadFile, Submission
from rules.kinds import kind_of
from rules.model import File, Mail


def open_up(app: App, mail: Mail, received_at: datetime, hints: Mapping[str, str] | None = None) -> Submission:
    """Every file with its kind and its text. `hints`: SHA-256 of a file to the unit that a human named."""
    unpacked = unpack(mail, app.limits, app.opener)
    return Submission(
        mail=mail,
        received_at=received_at,
        files=tuple(_read(app, file) for file in unpacked.files),
        refused=unpacked.refused,
        hints=hints or {},
    )


def _read(app: App, file: File) -> ReadFile:
    return ReadFile(file, kind_of(file.name, file.content), app.reader.read(file.name, file.content))
