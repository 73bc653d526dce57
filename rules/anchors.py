"""Where a comment hangs: from the places that findings name to runs of the Word file, cut at the words themselves."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TypeAlias

from lxml import etree

from rules.model import Document, Finding, Paragraph, Place
from rules.text import squeeze

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _R, _T, _RUN_LOOK = f"{W}p", f"{W}r", f"{W}t", f"{W}rPr"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{_CHOICES}Fallback"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACE = re.compile(r"¶\s*(\d+)\s*(.*)", re.DOTALL)
_QUOTED = re.compile(r"“([^”]{1,60})”")
_PROSE = 25
"""Characters from which a paragraph is text of the report, not a heading, a name or a date."""

Span = tuple[Element, Element]


class Anchors:
    """The places of one document: the body of the Word file, and what our reader made of it."""

    def __init__(self, body: Element, document: Document) -> None:
        self._document = document
        self._elements = _matched(body, document.paragraphs)
        self._first = next((element for element in _paragraphs(body) if _runs(element)), None)

    def of(self, finding: Finding) -> Span | None:
        """The words that the finding quotes, where its place holds them, else the whole paragraph; None: no place."""
        part, _, rest = finding.where.partition("：")
        found = _PLACE.fullmatch(finding.where)
        if found is not None:
            element = self._elements.get(int(found[1]))
            quoted = [*_QUOTED.findall(finding.message), found[2]]
        else:
            whole = {"标题": self._document.title, "落款": self._document.signature}.get(part, "")
            element = self._within(whole)
            quoted = [*_QUOTED.findall(finding.message), rest]
        return _span(element, quoted) if element is not None else None

    def title(self) -> Span | None:
        """The title, else the first words of all; None when there are none."""
        element = self._within(self._document.title)
        if element is None:
            element = self._first
        return _span(element, ()) if element is not None else None

    def end(self) -> Span | None:
        """The last paragraph of prose: behind it stands what is still to be written."""
        prose = [one for one in self._document.paragraphs if one.place is Place.BODY and len(one.text) >= _PROSE]
        for paragraph in reversed(prose or self._document.paragraphs):
            element = self._elements.get(paragraph.number)
            if element is not None:
                return _span(element, ())
        return None

    def _within(self, words: str) -> Element | None:
        """The first paragraph that is the whole or a line of these words."""
        wanted = squeeze(words)
        for paragraph in self._document.paragraphs if wanted else ():
            element = self._elements.get(paragraph.number)
            if element is not None and squeeze(paragraph.text) in wanted:
                return element
        return None


def _matched(body: Element, paragraphs: tuple[Paragraph, ...]) -> dict[int, Element]:
    """Number of our paragraph → its element in the body, the same words in the same order.

    What is not in the body (a footnote), or reads otherwise there, is at the paragraph before it.
    """
    waiting: defaultdict[str, deque[Element]] = defaultdict(deque)
    for element in _paragraphs(body):
        waiting[squeeze("".join(_words(element)))].append(element)
    matched: dict[int, Element] = {}
    last: Element | None = None
    for paragraph in paragraphs:
        same = waiting[squeeze(paragraph.text.removeprefix(paragraph.numbered))]
        outer = _outermost(same.popleft()) if same else last
        if outer is not None and _runs(outer):
            last = matched[paragraph.number] = outer
    return matched


def _paragraphs(body: Element) -> Iterator[Element]:
    """Those that our reader sees, in its order."""
    return (element for element in body.iter(_P) if not _is_gone(element))


def _is_gone(element: Element) -> bool:
    """Deleted, moved away, or told once more for older programs."""
    return any(above.tag in _GONE for above in element.iterancestors())


def _outermost(element: Element) -> Element:
    """The paragraph in the body that a text box hangs on; every other paragraph is its own."""
    return next(reversed(list(element.iterancestors(_P))), element)


def _runs(paragraph: Element) -> list[Element]:
    """The runs of this paragraph itself, also those in links, insertions and content controls."""
    return [run for run in paragraph.iter(_R) if next(run.iterancestors(_P)) is paragraph and not _is_gone(run)]


def _words(paragraph: Element) -> Iterator[str]:
    for run in _runs(paragraph):
        yield from (text.text or "" for text in run.iterchildren(_T))


def _span(paragraph: Element, quoted: Sequence[str]) -> Span | None:
    """From the first to the last run of the words that are quoted, else of the whole paragraph."""
    runs = _runs(paragraph)
    if not runs:
        return None
    for words in quoted:
        found = _found(runs, squeeze(words.rstrip("…")))
        if found is not None:
            return found
    with_text = [run for run in runs if any((text.text or "").strip() for text in run.iterchildren(_T))] or runs
    return with_text[0], with_text[-1]


def _found(runs: list[Element], words: str) -> Span | None:
    """The runs cut so that they hold these words and no more; None when the paragraph has them not."""
    signs: list[str] = []
    places: list[tuple[int, int]] = []
    for number, run in enumerate(runs):
        for at, sign in enumerate("".join(text.text or "" for text in run.iterchildren(_T))):
            for folded in squeeze(sign):
                signs.append(folded)
                places.append((number, at))
    start = "".join(signs).find(words) if words else -1
    if start < 0:
        return None
    first, last = places[start], places[start + len(words) - 1]
    end = _cut(runs[last[0]], last[1] + 1)[0]
    begin = _cut(runs[first[0]], first[1])[1]
    # Where both lie in one run, what the second cut left over is the words themselves.
    return begin, begin if end is runs[first[0]] else end


def _cut(run: Element, at: int) -> Span:
    """The two halves of a run, parted at this character; both the whole run where it holds more than plain text."""
    content = [child for child in run if child.tag != _RUN_LOOK]
    text = content[0].text or "" if len(content) == 1 and content[0].tag == _T else ""
    if not 0 < at < len(text):
        return run, run
    rest = deepcopy(run)
    _write(content[0], text[:at])
    _write(next(rest.iterchildren(_T)), text[at:])
    rest.tail = None
    run.addnext(rest)
    return run, rest


def _write(element: Element, text: str) -> None:
    element.text = text
    element.set(_SPACE, "preserve")
