"""The parts beside the body of a Word document, opened only when the body points to them."""

from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from rules.ooxml.chunk import lines_of
from rules.ooxml.elements import DIAGRAM, DRAWING, W
from rules.ooxml.package import Links, Package

_MAX_HEADERS = 12
_MAX_COMMENTS = 1000
_MAX_INSETS = 50
"""Diagrams and embedded texts of one document."""
_GONE = (f"{W}del", f"{W}moveFrom")


class Parts:
    """Notes, comments, headers, diagrams and embedded texts of one document. Damaged ones are as if absent."""

    def __init__(self, package: Package, links: Links) -> None:
        self._package = package
        self._links = links
        self._insets: set[str] = set()

    def note(self, kind: str, identity: str) -> etree._Element | None:
        """A "footnote" or "endnote", given out once; separators are no notes."""
        notes = self._footnotes if kind == "footnote" else self._endnotes
        return notes.pop(identity, None)

    @cached_property
    def _footnotes(self) -> dict[str, etree._Element]:
        return self._notes("footnote")

    @cached_property
    def _endnotes(self) -> dict[str, etree._Element]:
        return self._notes("endnote")

    def _notes(self, kind: str) -> dict[str, etree._Element]:
        root = self._package.optional(self._links.first(f"{kind}s"))
        notes = root.iterchildren(f"{W}{kind}") if root is not None else ()
        return {note.get(f"{W}id", ""): note for note in notes if note.get(f"{W}type", "normal") in ("normal", "")}

    def comments(self) -> tuple[str, ...]:
        """The words of the comments, in the order of their part."""
        root = self._package.optional(self._links.first("comments"))
        found = root.iterchildren(f"{W}comment") if root is not None else ()
        texts = ("\n".join(_lines(comment)) for comment, _ in zip(found, range(_MAX_COMMENTS), strict=False))
        return tuple(text for text in texts if text)

    def headers(self) -> tuple[str, ...]:
        """The lines above the pages (a 密级 or number may stand there), each once; not part of the text."""
        names = [name for name, _ in zip(self._links.all("header"), range(_MAX_HEADERS), strict=False)]
        roots = (self._package.optional(name) for name in names)
        lines = (line for root in roots if root is not None for line in _lines(root))
        return tuple(dict.fromkeys(lines))

    def diagram(self, identity: str | None) -> Iterator[str]:
        """The words of a SmartArt, a line per box (ECMA-376 part 1, 21.4); nothing when asked again."""
        root = self._package.optional(self._inset(identity))
        return _lines(root, f"{DIAGRAM}t", f"{DRAWING}t") if root is not None else iter(())

    def chunk(self, identity: str | None) -> Iterator[str]:
        """The lines of an embedded text or web page (w:altChunk)."""
        name = self._inset(identity)
        return lines_of(name, self._package.optional_data(name)) if name else iter(())

    def _inset(self, identity: str | None) -> str | None:
        """The name of a part that is read once, wherever and however often a document points to it."""
        if len(self._insets) >= _MAX_INSETS:
            return None
        name = self._links.to(identity)
        if name is None or name in self._insets:
            return None
        self._insets.add(name)
        return name


def _lines(root: etree._Element, line: str = f"{W}p", text: str = f"{W}t") -> Iterator[str]:
    """The text in each element `line` below `root` that has any, in one pass; deleted text left out."""
    pieces: list[str] = []
    walker = etree.iterwalk(root, events=("start",), tag=(line, text, *_GONE))
    for _, element in walker:
        if element.tag == text:
            pieces.append(element.text or "")
        elif element.tag in _GONE:
            walker.skip_subtree()
        elif words := "".join(pieces).strip():
            yield words
            pieces = []
    if words := "".join(pieces).strip():
        yield words
