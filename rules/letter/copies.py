"""Reports that go back with an answer, and what the answer says of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.model import Enclosure


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that goes back. `sha256` is of the file as it came; `marked`: with comments, else the findings alone."""

    sha256: str
    enclosure: Enclosure
    marked: bool


@dataclass(frozen=True, slots=True)
class Copies:
    """Of one mail, in its order. `left_out` are hashes of reports for which there was no room."""

    made: tuple[Copy, ...] = ()
    left_out: frozenset[str] = frozenset()

    def only(self, wanted: Iterable[str]) -> "Copies":
        """Of these reports alone (hashes)."""
        known = frozenset(wanted)
        return Copies(tuple(copy for copy in self.made if copy.sha256 in known), self.left_out & known)

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        return tuple(copy.enclosure for copy in self.made)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What is said of them: so many with comments, so many findings alone, so many reports without either."""

    marked: int = 0
    listed: int = 0
    left_out: int = 0


NO_COPIES = Copies()
NOTHING_ENCLOSED = Enclosed()


def enclosed(copies: Copies) -> Enclosed:
    marked = sum(copy.marked for copy in copies.made)
    return Enclosed(marked, len(copies.made) - marked, len(copies.left_out))
