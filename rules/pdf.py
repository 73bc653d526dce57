"""The door to PDF: bytes to paragraphs in reading order, or why there are none."""

import ctypes
import math
import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from rules.model import Paragraph
from rules.ooxml.package import Broken
from rules.pdf_lines import Line, Sheet, paragraphs_of, without_running_heads

MAX_PAGES = 300
MAX_CHARACTERS = 1_000_000
LEAST = 30
"""Characters per page below which a page that shows something is a picture; programs that scan add a line of text."""
LEAST_LEGIBLE = 0.7
"""Share of the characters that must be known ones: a font without a table of its letters gives signs at random."""

_BOLD = re.compile(rb"bold|black|heavy|simhei|xbsj|xiaobiaosong|heiti", re.IGNORECASE)
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_FORCED_BOLD = 1 << 18  # PDF 32000-1, table 123: ForceBold
_HEAVY = 600


def paragraphs_of_pdf(content: bytes) -> list[tuple[Paragraph, int]]:
    """Each paragraph with the size of its letters in half-points.

    Raises Broken: F2 locked, F4 pictures of pages instead of text, F3 nothing at all, F1 damaged or too long.
    """
    try:
        with pypdfium2.PdfDocument(content) as document:
            return _read(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in _LOCKED
        raise Broken("F2" if locked else "F1", "PDF") from None


def _read(document: pypdfium2.PdfDocument) -> list[tuple[Paragraph, int]]:
    if len(document) > MAX_PAGES:
        raise Broken("F1", f"more than {MAX_PAGES} pages")
    sheets: list[Sheet] = []
    characters, shows = 0, False
    for number in range(len(document)):
        page = document[number]
        sheets.append(_sheet(page, number))
        shows = shows or next(page.get_objects(max_depth=1), None) is not None
        characters += sum(len(line.text) for line in sheets[-1].lines)
        page.close()
        if characters > MAX_CHARACTERS:
            raise Broken("F1", f"more than {MAX_CHARACTERS} characters")
    _demand_text(sheets, shows)
    return paragraphs_of(sheets)


def _demand_text(sheets: list[Sheet], shows: bool) -> None:
    text = "".join(line.text for line in without_running_heads(sheets))
    letters = [letter for letter in text if not letter.isspace()]
    legible = sum(1 for letter in letters if letter.isprintable() and letter != "\ufffd")
    if len(letters) < LEAST * max(len(sheets), 1) or legible < len(letters) * LEAST_LEGIBLE:
        raise Broken("F4" if shows else "F3", "pages without text")


def _sheet(page: pypdfium2.PdfPage, number: int) -> Sheet:
    text = page.get_textpage()
    lines = tuple(_line(text, run, number) for run in _runs(text))
    text.close()
    return Sheet(page.get_width(), page.get_height(), lines)


def _runs(text: pypdfium2.PdfTextPage) -> Iterator[list[tuple[int, str]]]:
    """Lines with something in them: the number and the letter of each character."""
    run: list[tuple[int, str]] = []
    for at in range(min(text.count_chars(), MAX_CHARACTERS)):
        letter = _letter(raw.FPDFText_GetUnicode(text, at))
        if letter in "\r\n":
            if run:
                yield run
            run = []
        elif run or not letter.isspace():
            run.append((at, "-" if letter == "\x02" else letter))  # a hyphen at the end of a line
    if run:
        yield run


def _letter(code: int) -> str:
    """A font may name what is no letter: half of a pair of UTF-16, or beyond Unicode."""
    return "\ufffd" if code >= 0x110000 or 0xD800 <= code < 0xE000 else chr(code)


def _line(text: pypdfium2.PdfTextPage, run: list[tuple[int, str]], page: int) -> Line:
    while run[-1][1].isspace():
        run.pop()
    letters = [letter for place, (at, letter) in enumerate(run) if not _is_only_spacing(text, run, place)]
    first, last = run[0][0], run[-1][0]
    left, _, base = _box(text, first)
    _, right, _ = _box(text, last)
    bold = _is_bold(text, first) and _is_bold(text, last)
    return Line("".join(letters), page, left, right, base, _size(text, first), bold)


def _is_only_spacing(text: pypdfium2.PdfTextPage, run: list[tuple[int, str]], place: int) -> bool:
    """A space that nobody typed: what typesetting puts between Chinese and a number. A wide gap is a new column."""
    at, letter = run[place]
    if letter != " " or not 0 < place < len(run) - 1 or raw.FPDFText_IsGenerated(text, at) != 1:
        return False
    (before, one), (after, two) = run[place - 1], run[place + 1]
    if not (_WIDE.match(one) or _WIDE.match(two)):
        return False
    return _box(text, after)[0] - _box(text, before)[1] < _size(text, before)


def _box(text: pypdfium2.PdfTextPage, at: int) -> tuple[float, float, float]:
    """Left, right and base line of a character."""
    left, bottom, right, _ = text.get_charbox(at, loose=True)
    x, y = ctypes.c_double(), ctypes.c_double()
    return (left, right, y.value) if raw.FPDFText_GetCharOrigin(text, at, x, y) else (left, right, bottom)


def _size(text: pypdfium2.PdfTextPage, at: int) -> float:
    """In points: the font's size times what the page stretches it by."""
    matrix = raw.FS_MATRIX()
    known = raw.FPDFText_GetMatrix(text, at, matrix)
    stretch = math.hypot(matrix.c, matrix.d) if known else 1.0
    size = float(raw.FPDFText_GetFontSize(text, at)) * stretch
    return min(max(size, 1.0), 200.0)


def _is_bold(text: pypdfium2.PdfTextPage, at: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, at) >= _HEAVY:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    return bool(flags.value & _FORCED_BOLD or _BOLD.search(name.value))
