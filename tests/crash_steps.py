"""Where a crash can fall: every step of the order of effects, and how the process kills itself exactly there.

Nothing in the program knows of this: a step is a function of the program that is wrapped, in the child alone.
"""

import functools
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from imapclient import IMAPClient
from sqlalchemy.engine.default import DefaultDialect

import mailbot.answer
import mailbot.app
import mailbot.opening
import mailbot.poll
import mailbot.remind
import mailbot.tell
import mailbot.work
from mailbot.deliver import Courier
from mailbot.inbox import Inbox
from rules.model import Document, Unreadable
from rules.word import read_document
from storage import archive
from storage.archive import Archive
from storage.cases import Cases
from storage.mails import Mails
from storage.outbox import Outbox
from storage.roster import RosterPages
from storage.standings import Standings


class At(Enum):
    """Where in the call: just before it, just after it, in the middle of writing; or it fails instead of dying."""

    BEFORE = auto()
    AFTER = auto()
    HALF = auto()
    RAISES = auto()


class InProcess:
    """Reads a file without a child of its own: one process to kill, and no half a second to start it."""

    def read(self, name: str, content: bytes) -> Document | Unreadable:
        return read_document(name, content)

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)

    def close(self) -> None:
        """Nothing to close."""


@dataclass(frozen=True)
class Step:
    """The `nth` call of `owner.name`, counted from the `nth_after` call of `after` where that is given."""

    at: At
    owner: Any
    name: str
    nth: int = 1
    after: tuple[Any, str] | None = None
    nth_after: int = 1


COMMIT = (DefaultDialect, "do_commit")
WRITE = (archive, "_write")
RECEIVE = (mailbot.poll, "receive")
RECORDED = (Mails, "add_mail")
LOOK_AT_SHEET = (mailbot.tell, "write_sheet")
BEFORE, AFTER, HALF = At.BEFORE, At.AFTER, At.HALF

STEPS: dict[str, Step] = {
    # the first start
    "schema made, not committed": Step(BEFORE, *COMMIT, after=(mailbot.app, "upgrade")),
    "half of the secret key written": Step(HALF, *WRITE),
    "roster read, not committed": Step(BEFORE, *COMMIT, after=(RosterPages, "replace_roster")),
    "roster committed": Step(AFTER, *COMMIT, after=(RosterPages, "replace_roster")),
    "cursor set, not committed": Step(BEFORE, *COMMIT, after=(Mails, "set_cursor")),
    "cursor committed": Step(AFTER, *COMMIT, after=(Mails, "set_cursor")),
    # a mail
    "mail fetched": Step(BEFORE, *RECEIVE),
    "attachments unpacked": Step(AFTER, mailbot.opening, "unpack"),
    "file read": Step(AFTER, InProcess, "read"),
    "before the original is kept": Step(BEFORE, Archive, "keep", after=RECEIVE),
    "half of the original written": Step(HALF, *WRITE, after=RECEIVE),
    "original written, not yet named": Step(BEFORE, os, "replace", after=RECEIVE),
    "original kept": Step(AFTER, Archive, "keep", after=RECEIVE),
    "half of a report written": Step(HALF, *WRITE, nth=2, after=RECEIVE),
    "report kept": Step(AFTER, Archive, "keep", nth=2, after=RECEIVE),
    "mail in the log, nothing else": Step(AFTER, *RECORDED),
    "before the report is shelved": Step(BEFORE, Archive, "shelve"),
    "shelved as version, not as newest": Step(AFTER, archive, "_show"),
    "report shelved": Step(AFTER, Archive, "shelve"),
    "standing saved": Step(AFTER, Standings, "save_standing"),
    "half of a bundle shelved": Step(AFTER, Archive, "shelve", nth=3),
    "review asked for": Step(AFTER, Outbox, "put", after=(mailbot.answer, "review_request")),
    "half of the answer written": Step(HALF, *WRITE, after=(mailbot.answer, "acknowledgement")),
    "answer queued": Step(AFTER, Outbox, "put", after=(mailbot.answer, "acknowledgement")),
    "mail, verdict and answer written, not committed": Step(BEFORE, *COMMIT, after=RECORDED),
    "mail, verdict and answer committed": Step(AFTER, *COMMIT, after=RECORDED),
    "other business not committed": Step(BEFORE, *COMMIT, after=(mailbot.poll, "not_ours")),
    "other business committed": Step(AFTER, *COMMIT, after=(mailbot.poll, "not_ours")),
    "question noted for a person, not committed": Step(AFTER, Cases, "add_case"),
    "too large a mail answered, not committed": Step(BEFORE, *COMMIT, after=(mailbot.poll, "receive_heavy")),
    "too large a mail committed": Step(AFTER, *COMMIT, after=(mailbot.poll, "receive_heavy")),
    "third mail of a batch taken": Step(AFTER, *RECEIVE, nth=3),
    "newer version shelved over the old one": Step(AFTER, Archive, "shelve", nth=6),
    # a mail that fails
    "unpacking fails": Step(At.RAISES, mailbot.opening, "unpack"),
    "failure noted, not committed": Step(AFTER, Mails, "add_trouble"),
    "failure committed": Step(AFTER, *COMMIT, after=(Mails, "add_trouble")),
    # the server
    "folder made": Step(AFTER, Inbox, "ensure_folder"),
    "before MOVE": Step(BEFORE, Inbox, "move"),
    "moved, not noted": Step(AFTER, Inbox, "move"),
    "move noted, not committed": Step(BEFORE, *COMMIT, after=(Mails, "mark_moved")),
    "move committed": Step(AFTER, *COMMIT, after=(Mails, "mark_moved")),
    "copied, not marked deleted": Step(AFTER, IMAPClient, "copy"),
    "copied and marked, not expunged": Step(AFTER, IMAPClient, "add_flags"),
    # time
    "reminders queued, step not marked done": Step(AFTER, mailbot.remind, "post_all"),
    "reminders and mark not committed": Step(BEFORE, *COMMIT, after=(mailbot.remind, "post_all")),
    "reminders committed": Step(AFTER, *COMMIT, after=(mailbot.remind, "post_all")),
    "telephone list not committed": Step(BEFORE, *COMMIT, after=(mailbot.remind, "phone_list")),
    "half of the sheet written": Step(HALF, *WRITE, after=LOOK_AT_SHEET),
    "sheet written, not queued": Step(AFTER, Archive, "write", after=LOOK_AT_SHEET),
    "sheet queued, not committed": Step(BEFORE, *COMMIT, after=(mailbot.tell, "daily")),
    "sheet committed": Step(AFTER, *COMMIT, after=(mailbot.tell, "daily")),
    "refusals told to staff, not committed": Step(BEFORE, *COMMIT, after=(mailbot.tell, "alarm")),
    "refusals told to staff": Step(AFTER, *COMMIT, after=(mailbot.tell, "alarm")),
    # sending
    "letter claimed, not committed": Step(BEFORE, *COMMIT, after=(Outbox, "claim")),
    "letter claimed": Step(BEFORE, Courier, "hand_over"),
    "letter taken by the server, not noted": Step(AFTER, Courier, "hand_over"),
    "letter noted as sent, not committed": Step(BEFORE, *COMMIT, after=(Outbox, "mark_sent")),
    "letter noted as sent": Step(AFTER, *COMMIT, after=(Outbox, "mark_sent")),
    "fifth letter claimed": Step(BEFORE, Courier, "hand_over", nth=5),
    "letter given up": Step(AFTER, *COMMIT, after=(Outbox, "give_up")),
    "all sent, nobody told of the refusals": Step(BEFORE, mailbot.work, "beat"),
    "half of the heartbeat written": Step(HALF, *WRITE, after=(mailbot.work, "beat")),
}


class Planted(Exception):
    """The unknown error of a step that fails."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def plant(step: Step) -> None:
    """Wraps the functions of a step, in this process and for good."""
    counted = {"armed": 0 if step.after else step.nth_after, "calls": 0}
    if step.after is not None:
        owner, name = step.after
        setattr(owner, name, _arming(getattr(owner, name), counted))

    def hit() -> bool:
        if counted["armed"] < step.nth_after:
            return False
        counted["calls"] += 1
        return counted["calls"] == step.nth

    setattr(step.owner, step.name, _deadly(getattr(step.owner, step.name), step.at, hit))


def _arming(really: Callable[..., Any], counted: dict[str, int]) -> Callable[..., Any]:
    @functools.wraps(really)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        counted["armed"] += 1
        return really(*arguments, **named)

    return wrapped


def _deadly(really: Callable[..., Any], at: At, hit: Callable[[], bool]) -> Callable[..., Any]:
    @functools.wraps(really)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        mine = hit()
        if mine:
            _before(at, arguments)
        result = really(*arguments, **named)
        if mine and at is At.AFTER:
            die()
        return result

    @functools.wraps(really)
    async def awaited(*arguments: Any, **named: Any) -> Any:
        mine = hit()
        if mine:
            _before(at, arguments)
        result = await really(*arguments, **named)
        if mine and at is At.AFTER:
            die()
        return result

    return awaited if inspect.iscoroutinefunction(really) else wrapped


def _before(at: At, arguments: tuple[Any, ...]) -> None:
    if at is At.RAISES:
        raise Planted
    if at is At.HALF:
        half_written(*arguments)
    if at is not At.AFTER:
        die()


def half_written(part: Path, content: bytes) -> None:
    """What a crash leaves of a file: its first half, on the disk."""
    with part.open("wb") as file:
        file.write(content[: len(content) // 2])
        file.flush()
        os.fsync(file.fileno())
