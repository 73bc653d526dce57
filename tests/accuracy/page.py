"""The figures in docs/accuracy.md: written by a command, and the same as the rules give (a test says so)."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.accuracy.figures import confusion, summary, table
from tests.accuracy.formats import in_own_format
from tests.accuracy.judged import Judged, as_word, judged
from tests.accuracy.labelled import labelled

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
_BLOCK = "<!-- {name} -->\n(.*?)<!-- end -->"


def figures(part: str) -> list[str]:
    """The lines of a part's figures, every report as Word or text."""
    return _lines(judged(labelled(part), as_word))


def confused(part: str) -> list[str]:
    return list(confusion(judged(labelled(part), as_word)))


def written(name: str) -> str:
    """What stands in the page between the marks of that name."""
    match = re.search(_BLOCK.format(name=re.escape(name)), PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None, f"docs/accuracy.md has no block {name}"
    return match[1]


def write() -> None:
    """Renews every block of the page."""
    _put("report", figures("report"))
    _put("second", figures("second"))
    _put("tune", list(summary(judged(labelled("tune"), as_word))))
    _put("confusion", confused("report"))
    _put("formats", list(summary(in_own_format(labelled("report")))))


def text_of(lines: Iterable[str]) -> str:
    return "\n".join(("", *lines, "", ""))


def _lines(reports: list[Judged]) -> list[str]:
    return [*summary(reports), "", *table(reports)]


def _put(name: str, lines: list[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    block = f"<!-- {name} -->\n{text_of(lines)}<!-- end -->"
    PAGE.write_text(
        re.sub(_BLOCK.format(name=re.escape(name)), lambda _: block, page, flags=re.DOTALL), encoding="utf-8"
    )
