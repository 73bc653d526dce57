"""Is a mail ours? First from its envelope alone, then, where that does not say, from what is inside. Two tables."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.campaign import Campaign
from rules.model import Roster
from rules.names import read_names
from rules.preliminary import asks_for_a_look
from rules.triage_words import (
    is_open,
    is_plain,
    other_business,
    says_branch,
    says_report,
    says_unit,
    speaks_of,
    which_campaign,
)

__all__ = ["Belongs", "Contents", "Look", "Paper", "first_look", "second_look", "speaks_of", "which_campaign", "why"]

_FEW_WORDS = 300  # characters; so short a document need not name the campaign
_BEGINNING = 3000  # characters of a document that are looked at


class Belongs(StrEnum):
    """`LOOK_INSIDE` only from the first look, `DOUBTFUL` (listed for the clerk) only from the second."""

    OURS = "ours"
    NOT_OURS = "not ours"
    LOOK_INSIDE = "look inside"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Look:
    """The envelope of a mail from people (automatic mail never comes here). `sender`: the From address;
    `answers_us`: In-Reply-To or References name a letter of ours; `attached`: the server says there are files even
    where it does not name them; `shared`: the inbox also gets other business. `received_at` is aware.
    """

    sender: str
    subject: str
    received_at: datetime
    file_names: tuple[str, ...] = ()
    answers_us: bool = False
    attached: bool = False
    shared: bool = True


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was read: `role` of `rules.roles`; `text` "" where nothing could be read."""

    name: str
    title: str = ""
    signature: str = ""
    text: str = field(default="", repr=False)
    role: str = "report"


@dataclass(frozen=True, slots=True)
class Contents:
    """What was inside: the sender's own words and the files, unpacked."""

    words: str = field(default="", repr=False)
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the tables ask. `named`, `report`, `business`, `unit`: said in subject, file names and titles;
    `some_unit`: a branch is spoken of, be it in the 落款 and without its college;
    `plain`: these say nothing of their own (empty, 附件, 总结); `inside`: a report that came speaks of the campaign;
    `unread`: a report came that shows too few words to tell; `written`: the sender's words speak of the campaign;
    `beforehand`: the subject asks for a look (预审).
    """

    known: bool
    answers_us: bool
    shared: bool
    files: bool
    open: bool
    closed: bool = False
    named: bool = False
    report: bool = False
    business: bool = False
    branch: bool = False
    unit: bool = False
    some_unit: bool = False
    plain: bool = False
    brought: bool = False
    inside: bool = False
    unread: bool = False
    written: bool = False
    beforehand: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    belongs: Belongs
    sentence: str
    holds: Callable[[_Facts], bool]


_OURS, _NOT, _LOOK, _ASK = Belongs.OURS, Belongs.NOT_OURS, Belongs.LOOK_INSIDE, Belongs.DOUBTFUL

# The first row that holds decides. "Known": the address is in the roster or one of the staff's.
FIRST: tuple[_Row, ...] = (
    _Row(_OURS, "replies to a letter of ours", lambda f: f.answers_us),
    _Row(_LOOK, "known, names a campaign that is over", lambda f: not f.open and f.known and f.closed),
    _Row(_NOT, "no campaign is open", lambda f: not f.open),
    _Row(_OURS, "files, in an inbox for nothing else", lambda f: not f.shared and f.files),
    _Row(_OURS, "known, names the campaign and a report", lambda f: f.known and f.named and f.report),
    _Row(_OURS, "names the campaign, a report and a unit", lambda f: f.named and f.report and f.unit),
    _Row(_NOT, "known, plainly other business", lambda f: f.known and f.business and not f.named and not f.report),
    _Row(_LOOK, "known", lambda f: f.known),
    _Row(_LOOK, "names the campaign", lambda f: f.named),
    _Row(
        _LOOK, "files that may be reports", lambda f: f.files and not f.business and (f.report or f.branch or f.plain)
    ),
    _Row(_NOT, "nothing speaks of the campaign", lambda f: True),
)

SECOND: tuple[_Row, ...] = (
    _Row(_OURS, "replies to a letter of ours", lambda f: f.answers_us),
    _Row(_ASK, "known, about a campaign that is over", lambda f: not f.open and f.known and f.closed),
    _Row(_NOT, "no campaign is open", lambda f: not f.open),
    _Row(_OURS, "files, in an inbox for nothing else", lambda f: not f.shared and f.files),
    _Row(_OURS, "known, names the campaign and a report", lambda f: f.known and f.named and f.report),
    _Row(_OURS, "names the campaign, a report and a unit", lambda f: f.named and f.report and f.unit),
    _Row(_OURS, "known, the report is about the campaign", lambda f: f.known and f.inside and not f.business),
    _Row(_OURS, "known, a report too short or unreadable to tell", lambda f: f.known and f.unread and not f.business),
    _Row(_OURS, "known, a report to look at beforehand", lambda f: f.known and f.beforehand and f.brought),
    _Row(_OURS, "known, writes about the campaign", lambda f: f.known and (f.written or f.named) and not f.files),
    _Row(_OURS, "known, speaks of a unit's report", lambda f: f.known and f.report and f.some_unit and _brings_none(f)),
    _Row(_OURS, "unknown, some branch's report on the campaign", lambda f: f.inside and f.report and f.some_unit),
    _Row(_ASK, "known, half about the campaign", lambda f: f.known and (f.inside or f.written or f.named)),
    _Row(_ASK, "known, a report about something else", lambda f: f.known and f.brought and f.report and not f.business),
    _Row(_ASK, "unknown, the campaign and a report", lambda f: f.report and (f.named or f.inside)),
    _Row(_ASK, "unknown, a report of a unit", lambda f: f.brought and f.report and f.unit and not f.business),
    _Row(_NOT, "nothing speaks of the campaign", lambda f: True),
)


def _brings_none(facts: _Facts) -> bool:
    """No file came that could be read, and nothing says that it is about something else."""
    return not facts.business and (not facts.brought or facts.unread)


def first_look(look: Look, campaigns: Iterable[Campaign], roster: Roster, staff: Iterable[str]) -> Belongs:
    """From the envelope: ours, not ours (never downloaded), or to be looked into. `staff`: addresses in lower case."""
    return _row(FIRST, _facts(look, Contents(), tuple(campaigns), roster, staff)).belongs


def second_look(
    look: Look, contents: Contents, campaigns: Iterable[Campaign], roster: Roster, staff: Iterable[str]
) -> Belongs:
    """After the contents were read: ours, not ours, or for the clerk to say."""
    return _row(SECOND, _facts(look, contents, tuple(campaigns), roster, staff)).belongs


def why(
    look: Look, contents: Contents | None, campaigns: Iterable[Campaign], roster: Roster, staff: Iterable[str]
) -> str:
    """The sentence of the row that decided (of the first look without contents): for the log, names nobody."""
    table = FIRST if contents is None else SECOND
    return _row(table, _facts(look, contents or Contents(), tuple(campaigns), roster, staff)).sentence


def _row(table: Sequence[_Row], facts: _Facts) -> _Row:
    return next(row for row in table if row.holds(facts))


def _facts(
    look: Look, contents: Contents, campaigns: Sequence[Campaign], roster: Roster, staff: Iterable[str]
) -> _Facts:
    open_now = [campaign for campaign in campaigns if is_open(campaign, look.received_at)]
    over = [campaign for campaign in campaigns if campaign not in open_now]
    reports = [paper for paper in contents.papers if paper.role == "report"]
    said = (look.subject, *look.file_names, *(text for paper in reports for text in (paper.name, paper.title)))
    sender = look.sender.strip().lower()
    return _Facts(
        known=bool(roster.owners(sender)) or sender in staff,
        answers_us=look.answers_us,
        shared=look.shared,
        files=bool(look.attached or look.file_names or contents.papers),
        open=bool(open_now),
        closed=_any_speaks((*said, contents.words), over),
        named=_any_speaks(said, open_now),
        report=any(map(says_report, said)),
        business=any(map(other_business, said)),
        branch=any(map(says_branch, said)),
        some_unit=any(map(says_unit, (*said, *(paper.signature for paper in reports)))),
        unit=_names_a_unit((*said, *(paper.signature for paper in reports)), roster),
        plain=all(map(is_plain, said)),
        brought=bool(reports),
        inside=_any_speaks((text for paper in reports for text in (paper.title, paper.text[:_BEGINNING])), open_now),
        unread=any(_tells_little(paper) for paper in reports),
        written=_any_speaks((contents.words,), open_now),
        beforehand=asks_for_a_look(look.subject, contents.words, open_now),
    )


def _any_speaks(texts: Iterable[str], campaigns: Sequence[Campaign]) -> bool:
    return any(speaks_of(text, campaign) for text in texts for campaign in campaigns)


def _names_a_unit(texts: Iterable[str], roster: Roster) -> bool:
    return any(read_names(text, roster).firm for text in texts)


def _tells_little(paper: Paper) -> bool:
    """Nothing or little could be read in what is called a report, or is not called anything."""
    called = says_report(paper.name) or says_report(paper.title) or is_plain(paper.name)
    return called and len(paper.text) < _FEW_WORDS
