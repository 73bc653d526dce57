"""Every labelled report judged as if it had come by mail, and compared with its labels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files as package_files

from mailbot.tables import read_rows
from rules.campaign import Campaign
from rules.campaign_file import read_campaign
from rules.judge import ReadFile, Submission, judge
from rules.kinds import kind_of
from rules.model import Address, Document, Examination, File, Item, Mail, Roster, Unreadable
from rules.names import mentions
from rules.roster import read_roster
from rules.word import read_document
from tests.accuracy.labelled import ASPECTS, HERE, METHODS, Labelled

RECEIVED = datetime(2012, 9, 10, 2, 0, tzinfo=UTC)
STRANGER = "someone@example.com"
Read = Callable[[str, bytes], Document | Unreadable]


@dataclass(frozen=True)
class Judged:
    """A labelled report and what the rules made of it. `item` None: it was not even taken for a report."""

    label: Labelled
    item: Item | None

    @property
    def examination(self) -> Examination:
        return self.item.examination if self.item is not None else Examination()

    @property
    def readable(self) -> bool:
        return self.item is not None and not any(f.rule.startswith("F") for f in self.examination.findings)

    def found(self, aspect: str) -> str:
        return next((one.found for one in self.examination.aspects if one.key == aspect), "absent")

    @property
    def methods(self) -> set[str]:
        return set(self.examination.participation.found)

    @property
    def review(self) -> str:
        return str(self.examination.review.evidence) if self.examination.review is not None else "none"

    @property
    def unit(self) -> str:
        return (self.item.unit if self.item is not None else None) or ""

    @property
    def placeholders(self) -> bool:
        return any(finding.rule == "H1" for finding in self.examination.findings)

    def wrong(self) -> list[str]:
        """What differs from the labels, in words; empty when the report was judged entirely right."""
        said = [] if self.readable else ["not read"]
        for aspect in ASPECTS:
            wanted, found = self.label.aspects[aspect], self.found(aspect)
            if (wanted == "absent") != (found == "absent"):
                said.append(f"{aspect}: {wanted}, judged {found}")
        if bool(self.label.header["participation"]) != bool(self.methods):
            wanted = "、".join(self.label.header["participation"]) or "none"
            said.append(f"群众参与: {wanted}, judged {'、'.join(sorted(self.methods)) or 'none'}")
        if self.unit and (self.needs_review and (self.label.header["review"] == "none") != (self.review == "none")):
            said.append(f"review: {self.label.header['review']}, judged {self.review}")
        if self.unit != self.label.unit:
            said.append(f"unit: {self.label.unit or 'nobody'}, judged {self.unit or 'nobody'}")
        if bool(self.label.header.get("placeholders")) != self.placeholders:
            said.append(f"placeholders: {bool(self.label.header.get('placeholders'))}, judged {self.placeholders}")
        return said

    @property
    def needs_review(self) -> bool:
        return self.label.header["review"] != "not needed"


@cache
def campaign() -> Campaign:
    shipped = package_files("rules") / "campaigns" / "chuangxian-zhengyou-2012.toml"
    reading = read_campaign(shipped.read_text(encoding="utf-8"))
    assert reading.value is not None, reading.faults
    return reading.value


@cache
def roster() -> Roster:
    reading = read_roster(read_rows(HERE / "roster.csv"))
    assert reading.value is not None, reading.faults
    return reading.value


def judged(
    labels: Iterable[Labelled], content: Callable[[Labelled], bytes], read: Read = read_document
) -> list[Judged]:
    """`content` gives the bytes as sent, `read` reads them."""
    return [_judged(label, content(label), read) for label in labels]


def as_word(label: Labelled) -> bytes:
    """Word for all, but for what was typed into a text file."""
    return label.text() if label.format == "txt" else label.docx()


def _judged(label: Labelled, content: bytes, read: Read) -> Judged:
    file = File(label.file, content)
    mail = Mail(
        message_id=f"{label.name}@example.edu.cn",
        sender=Address("", _sender(label)),
        subject=str(label.header.get("subject", "")),
        text=str(label.header.get("mail", "")),
        files=(file,),
    )
    one = ReadFile(file, kind_of(file.name, content), read(file.name, content))
    verdict = judge(Submission(mail, RECEIVED, (one,)), campaign(), roster())
    return Judged(label, verdict.items[0] if verdict.items else None)


def _sender(label: Labelled) -> str:
    if label.header["from"] == "stranger":
        return STRANGER
    code = label.unit or _parent_named(label)
    unit = roster().unit(code)
    if label.header["from"] == "parent" and unit.parent is not None:
        unit = roster().unit(unit.parent)
    return unit.addresses[0]


def _parent_named(label: Labelled) -> str:
    """Nobody can tell whose it is, but some 总支 sent it: the one that anything names, else the first."""
    text = "\n".join((str(label.header.get("subject", "")), str(label.header.get("mail", "")), *label.lines[:3]))
    named = (roster().unit(mention.unit) for mention in mentions(text, roster(), []))
    return next((unit.parent or unit.code for unit in named), "01")


assert set(METHODS) >= set(campaign().participation.methods)
