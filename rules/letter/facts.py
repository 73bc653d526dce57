"""What an answer is made of: the facts that its template is filled with. Every string is ready to be shown."""

from dataclasses import dataclass
from enum import StrEnum

from rules.letter.copies import NOTHING_ENCLOSED, Enclosed

HINTS_SHOWN = 3  # of one report


class Result(StrEnum):
    """What became of one report, and what the first line of the answer says."""

    COMPLETE = "complete"
    AWAITING = "awaiting"
    MEND = "mend"
    OLDER_COUNTS = "older counts"
    RETURNED = "returned"
    SAME = "same"
    EXEMPT = "exempt"
    BUNDLE = "bundle"
    WHO = "who"
    CLOUD = "cloud"
    NO_ATTACHMENT = "no attachment"
    NOTHING_USABLE = "nothing usable"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as it is named in a letter. `size` and `fingerprint` are "" when its bytes were never looked at."""

    name: str
    size: str = ""
    fingerprint: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found: the sentence that says how to mend it, and where in the document."""

    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """One report of the mail. `version` is this file's, first `received` then; `counts` is the one that counts
    now, mostly the same.

    `reviewer` is the 总支 whose review is still needed, "" if none; `decision` what staff decided about this version;
    `lacks` says `musts` in a few words: 缺“社会评价”.
    """

    unit: str
    title: str
    result: Result
    effect: str
    version: int
    received: str
    counts: int
    file: NamedFile
    musts: tuple[Remark, ...] = ()
    advice: tuple[Remark, ...] = ()
    hints: tuple[Remark, ...] = ()
    late: bool = False
    reviewer: str = ""
    decision: str = ""
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A report that nobody can place: its file, the units it may belong to, and what is wrong with it besides."""

    file: NamedFile
    candidates: tuple[str, ...] = ()
    musts: tuple[Remark, ...] = ()
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Unused:
    """A file that was not used, and why."""

    file: NamedFile
    reason: str


@dataclass(frozen=True, slots=True)
class PaperDue:
    """Paper that is still to be brought: what, how many copies, to which place, until when ("": the day is over)."""

    unit: str
    what: str
    copies: int
    place: str
    due: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when, in full, and what becomes of a report that comes later. `past`: the day is over."""

    due: str
    past: bool
    late_accepted: bool = True
    late_label: str = "逾期"


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums of a bundle; `files` is always the sum of those below it, but for `units`."""

    files: int = 0
    units: int = 0
    complete: int = 0
    mend: int = 0
    awaiting: int = 0
    older_counts: int = 0
    returned: int = 0
    same: int = 0
    exempt: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a 总支 still owes after this mail: nothing came from `missing`; from `incomplete` something earlier did.

    `nothing_yet`: no branch has sent anything; `all_in`: everybody has, and nothing is to be mended.
    """

    missing: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    only_branches: bool = True
    nothing_yet: bool = False
    all_in: bool = False


@dataclass(frozen=True, slots=True)
class AcknowledgementFacts:
    """`received` is the time of record; `sender_known`: the sender's address is in the roster."""

    result: Result
    received: str
    terms: Terms
    reports: tuple[Reported, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    unused: tuple[Unused, ...] = ()
    cloud: tuple[str, ...] = ()
    paper: tuple[PaperDue, ...] = ()
    tally: Tally = Tally()
    outstanding: Outstanding = Outstanding()
    sender_known: bool = True
    enclosed: Enclosed = NOTHING_ENCLOSED

    @property
    def to_mend(self) -> tuple[Reported, ...]:
        wanting = (Result.MEND, Result.RETURNED, Result.OLDER_COUNTS)
        return tuple(report for report in self.reports if report.result in wanting and report.musts)

    @property
    def remedies(self) -> tuple[str, ...]:
        """How to mend what several reports lack, each said once; () where one sentence says it all."""
        lacking = [*(report.musts for report in self.to_mend), *(lost.musts for lost in self.unknown)]
        said = [remark.message for musts in lacking for remark in musts]
        return tuple(dict.fromkeys(said)) if len(said) > 1 else ()

    @property
    def advised(self) -> tuple[tuple[str, Remark], ...]:
        """What does not stop anything: (the units it is said of, the remark); the same one is said once."""
        said: dict[Remark, list[str]] = {}
        for report in self.reports:
            for remark in report.advice + report.hints[:HINTS_SHOWN]:
                said.setdefault(remark, []).append(report.unit)
        return tuple(("、".join(dict.fromkeys(units)), remark) for remark, units in said.items())

    @property
    def not_said(self) -> int:
        """Small hints that there is no room for."""
        return sum(max(len(report.hints) - HINTS_SHOWN, 0) for report in self.reports)
