"""What the demo came to, and whether it adds up: the ledger, the server and the disk must tell the same story."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailbot.app import App
from mailbot.demo.letters import message_id
from mailbot.demo.server import Delivered
from mailbot.inbox import Inbox
from mailbot.overview import look_over
from rules.filing import ROOT
from rules.model import LetterKind, LogEntry, MailboxCounts, Outcome
from rules.tracking import Tracking
from storage.nouns import Outgoing, SendState


@dataclass(frozen=True)
class Sum:
    """A sentence, and two numbers that must be the same."""

    sentence: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True)
class Ending:
    """How things stand after the last mail. `folders`: mails per IMAP folder; `letters`: all that the outbox holds."""

    folder: Path
    tracking: Tracking
    letters: tuple[Outgoing, ...]
    folders: Mapping[str, int]
    sums: tuple[Sum, ...]

    @property
    def counts(self) -> MailboxCounts:
        return self.tracking.counts

    @property
    def kinds(self) -> Counter[LetterKind]:
        """Letters that went out, by kind."""
        return Counter(letter.kind for letter in self.letters if letter.state is SendState.SENT)

    @property
    def holds(self) -> bool:
        return all(one.holds for one in self.sums)


def end(app: App, inbox: Inbox, folder: Path, mails: int, taken: Sequence[Delivered]) -> Ending:
    """Reads everything once more. `mails`: how many were put into the inbox; `taken`: what the SMTP server took."""
    campaign = app.campaigns[0]
    tracking = look_over(app, campaign, app.now()).tracking()
    with app.ledger.reading() as book:
        letters = book.outbox.listing()
        log = book.mail_log(None)
        versions = sum(len(one.receipts) for one in book.standings(campaign.id).values())
    names = (*app.folders, app.settings.imap.done_folder, app.settings.imap.set_aside_folder)
    present = inbox.folders()
    folders = {name: inbox.select(name).exists if name in present else 0 for name in names}
    filed = sum(1 for _ in (app.settings.storage.data_dir / ROOT).rglob("*-v[0-9]*"))
    units = tracking.total.owed + tracking.total.exempt
    rows = sum(len(group.rows) for group in tracking.groups)
    sums = (
        Sum("寄来的信 = 账上看到的信", mails, tracking.counts.seen),
        *_folder_sums(app, log, folders),
        *_letter_sums(letters, taken, folder),
        Sum("台账各状态单位数之和 = 名单单位数", units, rows),
        Sum("收件目录中的版本 = 账上的版本", filed, versions),
    )
    return Ending(folder, tracking, letters, folders, sums)


def _folder_sums(app: App, log: Sequence[LogEntry], folders: Mapping[str, int]) -> tuple[Sum, ...]:
    """What is surely ours was moved; everything else lies where it came."""
    done = sum(entry.outcome in (Outcome.FILED, Outcome.ORDER, Outcome.DUPLICATE) for entry in log)
    aside = sum(entry.outcome is Outcome.SET_ASIDE and entry.reason != "doubtful" for entry in log)
    return (
        Sum("账上看到的信 = 邮箱各文件夹之和", len(log), sum(folders.values())),
        Sum("已归档、指令、重复 = 已归档文件夹", done, folders[app.settings.imap.done_folder]),
        Sum("待人工 = 待人工处理文件夹（存疑的不移动）", aside, folders[app.settings.imap.set_aside_folder]),
    )


def _letter_sums(letters: Sequence[Outgoing], taken: Sequence[Delivered], folder: Path) -> tuple[Sum, ...]:
    sent = {letter.message_id for letter in letters if letter.state is SendState.SENT}
    failed = sum(letter.state is SendState.FAILED for letter in letters)
    files = sum(1 for _ in (folder / "letters").glob("*.eml"))
    return (
        Sum("发件箱中的信 = 已发出 + 已放弃", len(letters), len(sent) + failed),
        Sum("账上已发出的信 = 邮件服务器收下的信", len(sent), len(taken)),
        Sum("没有一封发过两次", len(taken), len(sent & {message_id(one) for one in taken})),
        Sum("邮件服务器收下的信 = letters 目录中的文件", len(taken), files),
    )
