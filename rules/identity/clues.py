"""What is known of one report before anybody asks whose it is, and what the address that it came from says."""

from dataclasses import dataclass, field

from rules.model import Roster
from rules.naming.forms import index_of

_NESTED = (".eml", ".msg")
_FORWARDED = ("转发", "fw:", "fwd:", "fw：", "fwd：")


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of one report. `sender_units`: codes of the units that own the From address; `author_units`: of the
    address inside a forwarded mail; `body`: own words of the mail; `opening`: the first paragraphs of the document, its
    title among them; `hint`: the code a human named, decisive; `alone`: the only report of its mail.
    """

    sender_units: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    file_name: str = ""
    title: str = ""
    signature: str = ""
    subject: str = ""
    body: str = field(default="", repr=False)
    hint: str | None = None
    author_units: tuple[str, ...] = ()
    alone: bool = True
    opening: tuple[str, ...] = field(default=(), repr=False)

    @property
    def passed_on(self) -> bool:
        """Somebody forwarded it whose own it is not, and nobody knows who wrote it."""
        nested = any(name.lower().endswith(_NESTED) for name in self.via)
        return not self.author_units and (nested or self.subject.strip().lower().startswith(_FORWARDED))


@dataclass(frozen=True, slots=True)
class Senders:
    """What the address says. `sole`: the one branch that wrote; `tops`: 总支 that narrow; `allowed`: units that fit."""

    units: tuple[str, ...]
    sole: str | None
    tops: frozenset[str]
    allowed: frozenset[str]


def senders_of(clues: Clues, roster: Roster) -> Senders:
    """Whose address it is. A branch that passes something on is no author; a 总支 that does still narrows."""
    units = tuple(code for code in (clues.author_units or clues.sender_units) if code in roster)
    top = index_of(roster).top
    tops = frozenset(top[code] for code in units)
    general = {code for code in units if roster.below(code)}
    allowed = frozenset(units) | {unit.code for code in general for unit in roster.below(code)}
    if clues.passed_on:
        units = tuple(code for code in units if code in general)
        tops = frozenset(top[code] for code in units)
        allowed = allowed if units else frozenset()
    sole = units[0] if len(units) == 1 and not general else None
    return Senders(units, sole, tops, allowed)
