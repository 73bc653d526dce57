"""A clerk's correction of the rules: written down as text, and later held against the rules as they are then."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mailbot.check import Asked, Checked
from mailbot.texts import decode
from rules.campaign import Campaign
from rules.checks import examine
from rules.filing import clean
from rules.golden import CLEAR, FENCE, FOUND, RULES, Golden, Header, read_golden, says, speaks
from rules.golden_text import header_text, lines_of
from rules.model import Document, Kind
from rules.review import from_reviewer

PROJECT = Path(__file__).resolve().parents[1] / "tests" / "documents"
"""In a checkout corrections join those of the project; installed, they are kept below data_dir."""
GOLDEN = "golden"
_NUMBER = re.compile(r"(\d+)-")
_TOO_LARGE = 4_000_000


class NotTaught(Exception):
    """One line: why this correction cannot be written, and what to do."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a clerk says of a report: the rule does (`found`) or does not apply, in which aspect, and why."""

    rule: str
    found: bool
    aspect: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A correction and what the rules say today."""

    path: Path
    golden: Golden
    says: bool

    @property
    def holds(self) -> bool:
        return self.says == self.golden.found


def folder_of(data_dir: Path, into: Path | None) -> Path:
    return into or (PROJECT if PROJECT.is_dir() else data_dir / GOLDEN)


def teach(asked: Asked, checked: Checked, lesson: Lesson, folder: Path) -> tuple[Path, bool]:
    """(the file, whether the rules say the same today). Raises NotTaught; never writes over anything."""
    text = _text(asked, checked, lesson)
    golden = read_golden(text).value
    assert golden is not None, "what was just written can be read"
    now = speaks(examine(checked.document, checked.context).findings, lesson.rule, lesson.aspect)
    if says(golden, asked.campaign) != now:
        raise NotTaught(
            f"{checked.path.name}: as plain text the report is judged otherwise than as a file; write the case by hand"
        )
    return _write(folder / lesson.rule, clean(checked.path.stem, 40), text), now == lesson.found


def _text(asked: Asked, checked: Checked, lesson: Lesson) -> str:
    document = checked.document
    if lesson.rule not in RULES:
        raise NotTaught(f"--rule {lesson.rule}: unknown, or not about the text; one of {', '.join(sorted(RULES))}")
    if not isinstance(document, Document):
        raise NotTaught(f"{checked.path.name}: cannot be read, so there is nothing to learn from its text")
    keys = [aspect.key for aspect in asked.campaign.aspects]
    if lesson.aspect and lesson.aspect not in keys:
        raise NotTaught(f"--aspect {lesson.aspect}: unknown; one of {', '.join(keys)}")
    if lesson.rule.startswith("S") and not lesson.aspect:
        raise NotTaught(f"--rule {lesson.rule} is about one aspect: say which with --aspect ({', '.join(keys)})")
    header = header_text(_header(checked, lesson, document).model_dump())
    return "\n".join((FENCE, *header, FENCE, *lines_of(document.paragraphs), ""))


def _header(checked: Checked, lesson: Lesson, document: Document) -> Header:
    unit, above = checked.context.unit, checked.context.reviewer
    sender = "parent" if from_reviewer(checked.context) else "unit" if checked.context.sender_units else ""
    return Header(
        rule=lesson.rule,
        verdict=FOUND if lesson.found else CLEAR,
        aspect=lesson.aspect,
        note=lesson.note,
        file=checked.path.name,
        unit=unit.name if unit is not None else "某某支部",
        kind=unit.kind.value if unit is not None else Kind.DIRECT_BRANCH.value,
        parent=above.name if above is not None else "",
        sender=sender,
        title=document.title,
        signature=document.signature,
        comments=document.comments,
        tracked_changes=document.tracked_changes,
    )


def _write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    known = (_NUMBER.match(path.name) for path in folder.glob("*.txt"))
    number = max((int(match[1]) for match in known if match), default=0) + 1
    path = folder / f"{number:03}-{name}.txt"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def hold(campaign: Campaign, folder: Path) -> Iterator[Held]:
    """Every correction below a folder, in order of name. NotTaught for a file that is none; OSError from the disk."""
    for path in sorted(folder.rglob("*.txt")):
        with path.open("rb") as file:
            content = file.read(_TOO_LARGE)
        text = decode(content)
        if not text.startswith(FENCE):
            continue  # another text that lies there
        reading = read_golden(text)
        if reading.value is None:
            raise NotTaught(f"{path}: {'; '.join(map(str, reading.faults))}")
        yield Held(path, reading.value, says(reading.value, campaign))
