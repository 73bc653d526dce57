"""How a document declares itself to be laid out: paper, margins, and the look of each paragraph of its body."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text in one look. `font` is the East-Asian one, None where the file names none; `size` in points."""

    text: str
    font: str | None = None
    size: float = 10.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section. `paper`: width and height; `margins`: top, bottom, left with the binding, right; in millimetres,
    None where the file says nothing.

    `grid` is the pitch of its lines in points, None where text does not snap to a grid; `characters` what the grid adds
    to the width of a character, in points. `paged`: a page number is printed; `dashes`: a dash on both sides of it.
    """

    paper: tuple[float, float] | None = None
    margins: tuple[float, float, float, float] | None = None
    grid: float | None = None
    characters: float = 0.0
    paged: bool = False
    dashes: bool = False

    @property
    def upright(self) -> bool:
        return self.paper is None or self.paper[0] <= self.paper[1]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set. Lengths in points; the `…_chars` in characters, None where a length counts.

    `align`: left, center, right, both or distribute. `line` is points, or a multiple where `line_rule` is "auto"
    ("exact" and "atLeast" are the others). `first` below 0 is a hanging indent. `snaps`: to the grid of its sheet.
    """

    align: str = "left"
    line: float = 1.0
    line_rule: str = "auto"
    first: float = 0.0
    first_chars: float | None = None
    left: float = 0.0
    left_chars: float | None = None
    right: float = 0.0
    right_chars: float | None = None
    before: float = 0.0
    after: float = 0.0
    snaps: bool = True


@dataclass(frozen=True, slots=True)
class LaidParagraph:
    """A paragraph of the body that has text. `sheet` is the place of its section in `PageLayout.sheets`.

    Its text lacks an automatic number; `listed` says that it has one.
    """

    stretches: tuple[Stretch, ...]
    setting: Setting = Setting()
    sheet: int = 0
    listed: bool = False

    @property
    def text(self) -> str:
        return "".join(stretch.text for stretch in self.stretches)


@dataclass(frozen=True)
class PageLayout:
    """Every section and every paragraph outside of tables and text boxes, in reading order."""

    sheets: tuple[Sheet, ...]
    paragraphs: tuple[LaidParagraph, ...] = field(repr=False)
