"""Paragraphs as lines of text with a mark in front, and back: what the rules look at, nothing else of a Word file."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rules.model import Document, Paragraph, Place
from rules.text import visible

# As in tests/accuracy/README.md: & a row of a table, ~ a text box, # a footnote, % … heading styles, @ and @@ automatic
# numbers (一、 and （一）), ^ bold in the middle, ^^ in the middle, * bold. Text of that beginning has \ in front.
_MARK = re.compile(r"&|~|#|%{1,9}|@{1,2}|\^{1,2}|\*")
_ESCAPE = "\\"
_CELLS = " / "
_BREAK = "{br}"
_INSERTED = re.compile(r"\{\+(.*?)\+\}")
_DELETED = re.compile(r"\{-.*?-\}")
_COMMENT = re.compile(r"\{\?.*?\}")
_TENS = "十"
_DIGITS = "一二三四五六七八九"


@dataclass
class _Reader:
    """Line by line. `counters`: the automatic numbers of both levels so far."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    row: int = 0
    counters: list[int] = field(default_factory=lambda: [0, 0])

    def take(self, line: str) -> None:
        match = _MARK.match(line)
        mark = match[0] if match else ""
        text = line[len(mark) :].removeprefix(_ESCAPE)
        if mark == "&":
            self.row += 1
            for cell in text.split(_CELLS):
                self.add(cell, place=Place.TABLE, row=self.row)
        elif mark.startswith("@"):
            number = next_number(self.counters, len(mark))
            self.add(number + text, numbered=number)
        else:
            self.add(text, **_looks(mark))

    def add(self, text: str, **looks: Any) -> None:
        words = text.replace(_BREAK, "\n").strip()
        if words:
            self.paragraphs.append(replace(Paragraph(len(self.paragraphs) + 1, words), **looks))


def document_of(body: str, title: str, signature: str, left: tuple[int, int]) -> Document:
    """The document. `left`: comments and tracked changes, beside those that are marked in the lines themselves."""
    comments, changes = left[0] + len(_COMMENT.findall(body)), left[1]
    changes += len(_INSERTED.findall(body)) + len(_DELETED.findall(body))
    reader = _Reader()
    for line in _COMMENT.sub("", _DELETED.sub("", _INSERTED.sub(r"\1", body))).split("\n"):
        reader.take(line)
    return Document("docx", tuple(reader.paragraphs), title, signature, comments, changes)


def _looks(mark: str) -> Mapping[str, Any]:
    table: dict[str, Mapping[str, Any]] = {
        "~": {"place": Place.TEXT_BOX},
        "#": {"place": Place.FOOTNOTE},
        "^": {"bold": True, "centred": True},
        "^^": {"centred": True},
        "*": {"bold": True},
    }
    return {"level": len(mark)} if mark.startswith("%") else table.get(mark, {})


def next_number(counters: list[int], level: int) -> str:
    """一、 二、 … and below each （一）（二） …; counts on."""
    counters[level - 1] += 1
    counters[level:] = [0] * (len(counters) - level)
    number = _chinese(counters[level - 1])
    return f"{number}、" if level == 1 else f"（{number}）"


def _chinese(number: int) -> str:
    """To 99."""
    tens, ones = divmod(number, 10)
    head = (_DIGITS[tens - 1] if tens > 1 else "") + (_TENS if tens else "")
    return head + (_DIGITS[ones - 1] if ones else "")


def header_text(values: Mapping[str, str | int]) -> Iterator[str]:
    """TOML lines; what is empty or 0 is left out. A string of JSON is one of TOML, but for DEL."""
    for key, value in values.items():
        if value not in ("", 0):
            plain = visible(value).replace("\n", " ") if isinstance(value, str) else value
            yield f"{key} = {json.dumps(plain, ensure_ascii=False)}"


def lines_of(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """A line per paragraph, and one per row of a table."""
    counters, row, cells = [0, 0], 0, list[str]()
    for paragraph in paragraphs:
        text = visible(paragraph.text).replace("\n", _BREAK)
        if cells and (paragraph.place is not Place.TABLE or paragraph.row != row):
            yield "&" + _escaped(_CELLS.join(cells))
            cells = []
        if paragraph.place is Place.TABLE:
            row = paragraph.row
            cells.append(text.replace(_CELLS, "／"))
        else:
            yield _line(paragraph, text, counters)
    if cells:
        yield "&" + _escaped(_CELLS.join(cells))


def _line(paragraph: Paragraph, text: str, counters: list[int]) -> str:
    """An automatic number that counts as ours does becomes a mark, any other one typed text."""
    for level in (1, 2) if paragraph.numbered and paragraph.level is None else ():
        ahead = list(counters)
        if next_number(ahead, level) == paragraph.numbered:
            counters[:] = ahead
            return "@" * level + _escaped(text.removeprefix(paragraph.numbered))
    return _mark(paragraph) + _escaped(text)


def _escaped(text: str) -> str:
    return _ESCAPE + text if _MARK.match(text) or text.startswith(_ESCAPE) else text


def _mark(paragraph: Paragraph) -> str:
    if paragraph.place is not Place.BODY:
        return {Place.TEXT_BOX: "~", Place.FOOTNOTE: "#"}.get(paragraph.place, "")
    if paragraph.level is not None:
        return "%" * min(max(paragraph.level, 0), 9) or "^"
    if paragraph.centred:
        return "^" if paragraph.bold else "^^"
    return "*" if paragraph.bold else ""
