"""Doctor: the mailbox – reached, logged in, able, its folders there. Folders are selected, nothing else is asked."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from mailbot.checkup.check import Check, Subject, ok, problem, warning
from mailbot.checkup.settings import provider_of
from mailbot.checkup.trouble import SECONDS, connection_trouble, resolve, trouble
from mailbot.errors import FolderMissing, LoginRefused, OutsideError
from mailbot.imap.nouns import FolderState, ImapAccount
from mailbot.inbox import Inbox
from mailbot.settings import Imap, Settings
from rules.faults import nearest

WINDOW = timedelta(days=31)  # QQ and NetEase show programs the last 30 days only, unless told otherwise
AHEAD = timedelta(minutes=5)
RECENT = 50  # UIDs at the end of a folder among which the last mail is looked for


def examine_imap(settings: Settings, now: datetime) -> Iterator[Check]:
    imap = settings.imap
    if unknown := resolve(Subject.IMAP, imap.host):
        yield unknown
        return
    with contextlib.closing(_inbox(imap)) as inbox:
        try:
            inbox.open()
        except LoginRefused as error:
            yield _reached(imap)
            yield trouble(Subject.IMAP_LOGIN, error)
        except OutsideError as error:
            yield connection_trouble(Subject.IMAP, error, imap.port, imap.security)
        else:
            yield _reached(imap)
            yield ok(Subject.IMAP_LOGIN, f"as {imap.username}")
            yield from _logged_in(inbox, imap, now)


def _inbox(imap: Imap) -> Inbox:
    seconds = min(SECONDS, imap.timeout_seconds)
    return Inbox(
        ImapAccount(imap.host, imap.port, imap.security, imap.username, imap.password.get_secret_value, seconds)
    )


def _reached(imap: Imap) -> Check:
    how = "without encryption, on this machine" if imap.security == "none" else f"by {imap.security.upper()}"
    return ok(Subject.IMAP, f"{imap.host}:{imap.port} reached {how}")


def _logged_in(inbox: Inbox, imap: Imap, now: datetime) -> Iterator[Check]:
    try:
        yield _abilities(inbox.capabilities, imap)
        for folder in (imap.folder, *imap.also):
            yield from _looked_into(inbox, imap, folder, now)
        for folder in filter(None, (imap.done_folder, imap.set_aside_folder)):
            yield _moved_to(inbox, folder)
    except OutsideError as error:
        yield trouble(Subject.FOLDER, error)


def _abilities(offered: frozenset[str], imap: Imap) -> Check:
    said = ", ".join(name if name in offered else f"no {name}" for name in ("IDLE", "MOVE", "UIDPLUS", "ID"))
    if not offered & {"MOVE", "UIDPLUS"} and (imap.done_folder or imap.set_aside_folder):
        said += ": where others have marked mail as deleted, mail that was moved stays behind, marked as deleted"
        return warning(Subject.IMAP_ABILITIES, said, 'nothing is lost by it; done_folder = "" leaves mail in place')
    without_idle = "" if "IDLE" in offered else f"; the inbox is looked into every {imap.poll_seconds} s"
    return ok(Subject.IMAP_ABILITIES, said + without_idle)


def _looked_into(inbox: Inbox, imap: Imap, folder: str, now: datetime) -> Iterator[Check]:
    try:
        state = inbox.select(folder)
    except FolderMissing:
        there = inbox.folders()
        like = nearest(folder, there)
        todo = f"did you mean {like}?" if like else f"there are: {'、'.join(there[:20])}"
        key = "imap.folder" if folder == imap.folder else "imap.also"
        yield problem(Subject.FOLDER, f"{key}: there is no folder {folder} in the mailbox", f"{todo} Correct {key}")
        return
    yield ok(Subject.FOLDER, f"{folder}: {state.exists} mails")
    yield from _clocks(inbox, state, now)
    if provider := provider_of(imap.host, imap.username):
        yield from visibility(provider, state, _oldest(inbox, state), now)


def _moved_to(inbox: Inbox, folder: str) -> Check:
    try:
        return ok(Subject.FOLDER, f"{folder}: {inbox.select(folder).exists} mails")
    except FolderMissing:
        return ok(Subject.FOLDER, f"{folder}: not there yet, is made with the first mail that goes there")


def _clocks(inbox: Inbox, state: FolderState, now: datetime) -> Iterator[Check]:
    """A mail that the server took in at a time that has not come yet: one of the two clocks is wrong."""
    last = inbox.uids_after(max(state.uidnext - RECENT, 0))[-1:] if state.exists else []
    for envelope in inbox.envelopes(last):
        if envelope.received_at > now + AHEAD:
            said = f"the last mail in {state.name} arrived at {envelope.received_at:%Y-%m-%d %H:%M} UTC by the "
            said += f"server's clock; here it is {now:%Y-%m-%d %H:%M}"
            yield warning(Subject.CLOCK, said, "set the clock of this machine (timedatectl set-ntp true)")


def _oldest(inbox: Inbox, state: FolderState) -> datetime | None:
    first = inbox.uids_after(0)[:1] if state.exists else []
    return next((envelope.received_at for envelope in inbox.envelopes(first)), None)


def visibility(provider: str, state: FolderState, oldest: datetime | None, now: datetime) -> Iterator[Check]:
    """More mails have been here than are shown, and none of those shown is older than a month: a window, most likely.

    `oldest`: when the oldest mail that is shown arrived; None where none is.
    """
    gone = state.uidnext - 1 - state.exists
    if gone > state.exists and (oldest is None or now - oldest < WINDOW):
        said = f"{state.name}: {state.exists} mails are shown of {state.uidnext - 1} that came, none older than 30 days"
        todo = f"{provider} 默认只给程序看最近 30 天的邮件：到网页邮箱的“设置”里，把 IMAP 的收取选项改为全部邮件"
        yield warning(Subject.FOLDER, said, todo)
