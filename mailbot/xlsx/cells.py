"""Cells: what may be written into one, how it looks, and how long it may be. Nothing from outside becomes a formula."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

from rules.pages.marks import Tone

FONT = "微软雅黑"
CELL_LIMIT = 32_767  # UTF-16 units in one cell: Excel specifications and limits
COMMENT_LIMIT = 1_500
# Characters that XML 1.0 (2.2 Char) forbids, other controls, and bidirectional ones that make text look otherwise.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)
_RISKY = ("=", "+", "-", "@", "'")

FILLS = {
    Tone.GREEN: ("#C6E7CE", "#0B5A1E"),
    Tone.YELLOW: ("#FFE9A8", "#6B4A00"),
    Tone.RED: ("#F8C9C4", "#8E1B10"),
    Tone.GREY: ("#E4E4E4", "#4D4D4D"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; equal looks share one format. `fill` is a background where the tone has none."""

    tone: Tone = Tone.PLAIN
    bold: bool = False
    align: str = "center"
    size: float = 10
    wrap: bool = True
    indent: int = 0
    border: bool = True
    fill: str = ""
    colour: str = ""
    number: str = ""
    quoted: bool = False

    def properties(self) -> dict[str, Any]:
        """In the words of xlsxwriter's `add_format`."""
        fill, colour = FILLS.get(self.tone, (self.fill, self.colour))
        made: dict[str, Any] = {
            "font_name": FONT,
            "font_size": self.size,
            "bold": self.bold,
            "align": self.align,
            "valign": "vcenter",
            "text_wrap": self.wrap,
            "indent": self.indent,
            "quote_prefix": self.quoted,
        }
        if self.border:
            made |= {"border": 1, "border_color": "#A6A6A6"}
        if fill:
            made["bg_color"] = fill
        if colour:
            made["font_color"] = colour
        if self.number:
            made["num_format"] = self.number
        return made


class Looks:
    """The formats of one workbook, each made once however many cells use it."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[Look, Any] = {}

    def format(self, look: Look) -> Any:
        if look not in self._made:
            self._made[look] = self._workbook.add_format(look.properties())
        return self._made[look]


def clean(text: str, limit: int = CELL_LIMIT) -> str:
    """What Excel can hold: no control characters or lone surrogates, at most `limit` UTF-16 units.

    A text that begins with <r> gets a space in front: xlsxwriter would put `<r>…</r>` into the file as raw XML.
    """
    safe = _UNSAFE.sub("", text)
    safe = f" {safe}" if safe.startswith("<r>") else safe
    if len(safe) * 2 <= limit:
        return safe
    cut = safe.encode("utf-16-le")[: limit * 2]
    return cut.decode("utf-16-le", errors="ignore")


def put(sheet: Any, looks: Looks, place: tuple[int, int], value: str | int | datetime | None, look: Look) -> None:
    """Writes one cell by the type of its value; a string stays a string whatever it begins with."""
    row, column = place
    match value:
        case None | "":
            sheet.write_blank(row, column, None, looks.format(look))
        case str():
            text = clean(value)
            # So that it stays text when somebody edits the cell: Excel reads it anew then.
            shown = replace(look, quoted=True) if text.startswith(_RISKY) else look
            sheet.write_string(row, column, text, looks.format(shown))
        case datetime():
            _put_moment(sheet, looks, place, value, look)
        case _:
            sheet.write_number(row, column, value, looks.format(look))


def _put_moment(sheet: Any, looks: Looks, place: tuple[int, int], value: datetime, look: Look) -> None:
    """As a real date (it sorts and filters); Excel knows no year before 1900 and no zone."""
    local = value.replace(tzinfo=None)
    if local.year < 1900:
        sheet.write_string(*place, f"{local:%Y-%m-%d %H:%M}", looks.format(look))
    else:
        sheet.write_datetime(*place, local, looks.format(replace(look, number='m"月"d"日" hh:mm')))


def explain(sheet: Any, place: tuple[int, int], why: str) -> None:
    """A comment that says why; large enough to be read without dragging."""
    text = clean(why, COMMENT_LIMIT).strip()
    if not text:
        return
    high = lines(text, 40)
    options = {"author": "", "font_name": FONT, "font_size": 9, "width": 290, "height": 18 + 16 * min(high, 22)}
    sheet.write_comment(*place, text, options)


def width(text: str) -> int:
    """Columns that a line takes: Chinese characters count two."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def lines(text: str, columns: float) -> int:
    """How many lines a wrapped cell of this width needs."""
    room = max(columns, 1)
    return sum(max(1, -int(-width(part) // room)) for part in text.split("\n"))


def row_height(cells: Iterable[tuple[str, float, Look]], most: int = 8, least: float = 20) -> float:
    """Points for a row of (text, width of its column, look): all lines shown, at most `most` of them.

    A column is measured in digits of 11 points; half a Chinese character of 10 points takes 0.96 of one.
    """
    high = max(
        (lines(text, (columns - 0.8 - look.indent) / (0.096 * look.size)) * look.size for text, columns, look in cells),
        default=10.0,
    )
    return max(least, round(5 + 1.4 * min(high, most * 10.0), 1))
