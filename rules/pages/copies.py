"""The page 文字相近: pairs of reports with much text in common, their longest passages side by side. No verdict."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.campaign import Campaign
from rules.copies import Pair, Relation
from rules.copying.passages import Passage, Side
from rules.copying.print import Printed
from rules.model import Roster
from rules.text import clip

PASSAGES_SHOWN = 3
_CLIP = 240
HEADINGS = {
    Relation.OTHER: "两个单位",
    Relation.EARLIER: "本单位往次",
    Relation.NOTICE: "与通知",
    Relation.PARENT: "支部与总支",
}
NOTES = {
    Relation.OTHER: "",
    Relation.EARLIER: "与本单位以前报来的相比。",
    Relation.NOTICE: "与通知原文相比。",
    Relation.PARENT: "总支汇总支部材料，本属常情，仅供了解。",
}
Titles = Callable[[str], str]
"""The id of a campaign to its title."""


@dataclass(frozen=True, slots=True)
class CopyPair:
    """A pair in words: number on the page, what is compared, both sides, and the shares as a sentence."""

    number: int
    heading: str
    first: str
    second: str
    share: str
    note: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A row of the page: a pair (`head`), or one of its passages below it."""

    number: int | None
    heading: str
    first: str
    second: str
    share: str
    note: str
    head: bool = False


def copy_pairs(pairs: Iterable[Pair], roster: Roster, titles: Titles) -> tuple[CopyPair, ...]:
    """In the order given."""
    return tuple(_pair(number, pair, roster, titles) for number, pair in enumerate(pairs, start=1))


def copy_rows(pairs: Iterable[CopyPair]) -> tuple[CopyRow, ...]:
    return tuple(row for pair in pairs for row in _rows(pair))


def title_of(campaigns: Sequence[Campaign]) -> Titles:
    """Titles of the campaigns known; one that is no longer configured is called by its id."""
    known = {campaign.id: campaign.title for campaign in campaigns}
    return lambda key: known.get(key, key)


def _pair(number: int, pair: Pair, roster: Roster, titles: Titles) -> CopyPair:
    shown = titles if pair.relation is Relation.EARLIER else None
    return CopyPair(
        number=number,
        heading=HEADINGS[pair.relation],
        first=_name(pair.first, roster, shown),
        second=_name(pair.second, roster, shown),
        share=_share(pair),
        note=_note(pair),
        passages=pair.passages,
    )


def _name(report: Printed, roster: Roster, titles: Titles | None) -> str:
    """Unit and file, with the campaign where there is more than one."""
    if not report.unit:
        return f"通知：{clip(report.name, 60)}"
    unit = roster.unit(report.unit).name if report.unit in roster else report.unit
    campaign = f"《{titles(report.campaign)}》" if titles is not None else ""
    return f"{unit}{campaign}\n{clip(report.name, 60)}（第 {report.version} 版）"


def _share(pair: Pair) -> str:
    about = "" if pair.compared else "约 "
    first, second = round(pair.of_first * 100), round(pair.of_second * 100)
    if pair.relation is Relation.NOTICE:
        return f"{about}{first}%"
    return f"{about}{first}%" if first == second else f"{about}甲 {first}%\n{about}乙 {second}%"


def _note(pair: Pair) -> str:
    """What else is to be known of the pair."""
    more = len(pair.passages) - PASSAGES_SHOWN
    told = (
        NOTES[pair.relation],
        "" if pair.compared else "按指纹估计，未逐字比对。",
        f"另有 {more} 处较短，见对照文本。" if more > 0 else "",
    )
    return "".join(told)


def _rows(pair: CopyPair) -> Iterator[CopyRow]:
    yield CopyRow(pair.number, pair.heading, pair.first, pair.second, pair.share, pair.note, head=True)
    for passage in longest(pair.passages, PASSAGES_SHOWN):
        yield CopyRow(None, "", _said(passage.first), _said(passage.second), f"{passage.characters} 字", "")


def longest(passages: Sequence[Passage], most: int) -> list[Passage]:
    """The longest ones, in the order in which they stand in the first report."""
    chosen = sorted(range(len(passages)), key=lambda at: -passages[at].characters)[:most]
    return [passages[at] for at in sorted(chosen)]


def _said(side: Side) -> str:
    return f"{side.where}　{clip(side.text, _CLIP)}"
