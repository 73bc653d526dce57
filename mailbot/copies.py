"""Near-copies of a campaign: prints from the ledger, and the originals of likely pairs read once more and compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from mailbot.app import App
from rules.campaign import Campaign, NearDuplicate
from rules.compare_document import Heading, comparison_document
from rules.copies import Pair, Prints, Relation, in_order, near_copies, settled
from rules.copying.passages import Comparison, compare
from rules.copying.print import NO_PRINT, Printed, TextPrint, print_of
from rules.model import Document, Roster
from rules.pages.copies import copy_pairs, title_of
from rules.tracking import Tracking
from storage.errors import Damaged, Missing

PAIRS_COMPARED = 50
"""Pairs that are read again for one sheet; what comes behind them is listed by its estimate."""
PAIRS_LISTED = 200
PRINTS_MADE = 300
"""Reports from before prints were kept, read in one go; the others wait for the next sheet."""


@dataclass
class _Desk:
    """Originals, each read once. The notice's files have no bytes in the archive."""

    app: App
    notices: Sequence[tuple[str, Document]]
    read: dict[str, Document | None] = field(default_factory=dict)

    def document(self, report: Printed) -> Document | None:
        """None when the original is gone or can no longer be read."""
        if not report.unit:
            return dict(self.notices).get(report.name)
        if report.sha256 not in self.read:
            self.read[report.sha256] = read_original(self.app, report.name, report.sha256)
        return self.read[report.sha256]


def near_copies_of(app: App, campaign: Campaign) -> tuple[Pair, ...]:
    """Pairs at or above the campaign's threshold, with their passages; () where it compares nothing."""
    rule = campaign.near_duplicate
    if rule is None:
        return ()
    make_prints(app, campaign)
    notices = app.notices.get(campaign.id, ())
    with app.ledger.reading() as book:
        roster = book.roster()
        prints = Prints(
            reports=in_roster_order(book.printed(campaign.id), roster),
            earlier=book.printed_elsewhere(campaign.id),
            notices=tuple(Printed("", "", name, "", print=print_of(document)) for name, document in notices),
        )
    likely = near_copies(prints, roster, rule)
    return _read_again(_Desk(app, notices), likely, rule)


def with_copies(app: App, tracking: Tracking) -> tuple[Tracking, str]:
    """The tracking with its page 文字相近; and a mark that is another one for other pairs, "" when there are none."""
    pairs = near_copies_of(app, tracking.campaign)
    return add_copies(app, tracking, pairs), mark_of(pairs)


def add_copies(app: App, tracking: Tracking, pairs: Sequence[Pair]) -> Tracking:
    with app.ledger.reading() as book:
        roster = book.roster()
    return replace(tracking, copies=copy_pairs(pairs, roster, title_of(app.campaigns)))


def mark_of(pairs: Sequence[Pair]) -> str:
    """Of the files that are paired, in whatever order."""
    files = sorted(f"{pair.relation} {pair.first.sha256} {pair.second.sha256}" for pair in pairs)
    return sha256("\n".join(files).encode()).hexdigest() if files else ""


def comparison(app: App, tracking: Tracking) -> bytes:
    """The pairs of a tracking side by side, as .docx."""
    lines = (
        f"{tracking.campaign.title}　截至 {tracking.as_of:%Y-%m-%d %H:%M}",
        "仅供组织部了解。底色部分为两份报告相同的文字；标题、落款、意见栏和通知原文不计。¶ 后是段落序号。",
    )
    return comparison_document(tracking.copies, Heading("文字相近的报告（逐段对照）", lines, app.now()))


def _read_again(desk: _Desk, likely: Sequence[Pair], rule: NearDuplicate) -> tuple[Pair, ...]:
    settled_pairs = [
        settled(pair, _comparison(desk, pair) if number < PAIRS_COMPARED else None, rule)
        for number, pair in enumerate(likely)
    ]
    return in_order(pair for pair in settled_pairs if pair is not None)[:PAIRS_LISTED]


def _comparison(desk: _Desk, pair: Pair) -> Comparison | None:
    first, second = desk.document(pair.first), desk.document(pair.second)
    if first is None or second is None:
        return None
    apart = () if pair.relation is Relation.NOTICE else [document for _, document in desk.notices]
    return compare(first, second, apart)


def make_prints(app: App, campaign: Campaign) -> None:
    """Prints of what came before prints were kept. A file that gives no text gets an empty one."""
    with app.ledger.reading() as book:
        wanted = book.without_print(campaign.id)[:PRINTS_MADE]
    made = {original: _print(app, name, original) for name, original in wanted}
    if made:
        with app.ledger.transaction() as book:
            for original, text_print in made.items():
                book.save_print(original, text_print)


def _print(app: App, name: str, original: str) -> TextPrint:
    document = read_original(app, name, original)
    return NO_PRINT if document is None else print_of(document)


def read_original(app: App, name: str, original: str) -> Document | None:
    """The text of an original once more; None when it is gone, damaged, or gives none."""
    try:
        document = app.reader.read(name, app.archive.read(original))
    except (Missing, Damaged):
        return None
    return document if isinstance(document, Document) else None


def in_roster_order(reports: Sequence[Printed], roster: Roster) -> tuple[Printed, ...]:
    """The first of a pair is the one that stands first in the roster: nothing is said about who wrote it first."""
    places = {unit.code: place for place, unit in enumerate(roster.units)}
    return tuple(sorted(reports, key=lambda report: (places.get(report.unit, len(places)), report.unit)))
