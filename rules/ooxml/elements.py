"""The names of Word's elements (ECMA-376 part 1, 17) and small readers of their values."""

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off", "none"})


def word(names: str) -> frozenset[str]:
    """Tags of Word's main namespace from names separated by spaces."""
    return frozenset(f"{W}{name}" for name in names.split())


def child_of(parent: etree._Element, tag: str) -> etree._Element | None:
    """The first child with that tag: five times as fast as `find`, and this runs for every paragraph."""
    return next(parent.iterchildren(tag), None)


def value(parent: etree._Element, name: str) -> str | None:
    """The w:val of a child element, None when there is no such child."""
    child = child_of(parent, f"{W}{name}")
    return child.get(VAL) if child is not None else None


def is_on(switch: etree._Element) -> bool:
    """A switch such as w:b: on when it stands there without a value."""
    return switch.get(VAL, "1") not in _OFF


def whole(written: str | None) -> int | None:
    """A small whole number, None for anything else that a file may hold there."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else None
