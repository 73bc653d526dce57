"""The paragraphs of a layout with their numbers in the document, so that a finding can name its place."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass

from rules.model import Document, LaidParagraph, Place, Setting, Stretch
from rules.text import fold, squeeze

_CHINESE = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\u3007", "\u3007"), ("\U00020000", "\U0003ffff"))


@dataclass(frozen=True, slots=True)
class Look:
    """What most Chinese characters of a passage are set in."""

    font: str | None
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts as in the Document, 0 where it has no such paragraph. `text` is folded, the automatic number in
    front; `auto` is that number as printed; `level` that of its heading style."""

    number: int
    text: str
    laid: LaidParagraph
    auto: str = ""
    level: int | None = None

    @property
    def setting(self) -> Setting:
        return self.laid.setting

    def look(self, start: int = 0, end: int | None = None) -> Look | None:
        """The look of its own text (automatic number left out) from `start` to `end`; None without Chinese in it."""
        weights: dict[tuple[str | None, float, bool], int] = {}
        for stretch, text in _cut(self.laid.stretches, start, end):
            key = (stretch.font, stretch.size, stretch.bold)
            weights[key] = weights.get(key, 0) + sum(map(_is_chinese, text))
        best = max(weights, key=lambda key: weights[key], default=None)
        return Look(*best) if best is not None and weights[best] else None

    @property
    def raw(self) -> str:
        return self.laid.text


def lines_of(document: Document) -> tuple[Line, ...]:
    """Empty where no layout was read. The same words in the same order are the same paragraph."""
    layout = document.layout
    if layout is None:
        return ()
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for at, paragraph in enumerate(document.paragraphs):
        if paragraph.place is Place.BODY:
            waiting[squeeze(paragraph.text.removeprefix(paragraph.numbered))].append(at)
    lines = []
    for laid in layout.paragraphs:
        same = waiting[squeeze(laid.text)]
        if same:
            found = document.paragraphs[same.popleft()]
            lines.append(Line(found.number, fold(found.text), laid, found.numbered, found.level))
        else:
            lines.append(Line(0, fold(laid.text), laid))
    return tuple(lines)


def _cut(stretches: tuple[Stretch, ...], start: int, end: int | None) -> Iterator[tuple[Stretch, str]]:
    """The stretches between two places of the whole text."""
    at = 0
    for stretch in stretches:
        text = stretch.text[max(start - at, 0) : None if end is None else max(end - at, 0)]
        at += len(stretch.text)
        if text:
            yield stretch, text


def _is_chinese(character: str) -> bool:
    return any(first <= character <= last for first, last in _CHINESE)
