"""What speaks for which unit: the clues of a report read one by one, and the written table of what each is worth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rules.model import Candidate, Roster
from rules.names import Mention, Reading, Strength, read_names
from rules.naming.forms import index_of
from rules.naming.guess import guesses

Votes = Mapping[str, Mapping[str, Strength]]

# How much each source says, alone: what was written into the document more than what was typed around it. The file
# name alone stays below DECIDES, so it never decides by itself.
WEIGHTS: Mapping[str, float] = {
    "title": 0.85,
    "signature": 0.75,
    "sender": 0.70,
    "file name": 0.60,
    "folder": 0.60,
    "subject": 0.60,
    "body": 0.55,
}
SHARED_ADDRESS = 0.30  # the address belongs to several units
ABOVE = 0.40  # the address belongs to the unit's 总支: it narrows, it does not decide
ONE_OF_MANY = 0.50  # subject and words of a mail with several reports
STRENGTHS: Mapping[Strength, float] = {
    Strength.FULL: 1.0,
    Strength.DERIVED: 0.95,
    Strength.SHORT: 0.90,
    Strength.BARE: 0.75,
    Strength.LOOSE: 0.45,
    Strength.AREA: 0.35,
    Strength.PARTIAL: 0.25,
    Strength.FUZZY: 0.20,
}
DOCUMENT = ("title", "file name", "signature")
AROUND = ("folder", "subject", "body")
_VAGUE = (Strength.FUZZY, Strength.PARTIAL, Strength.LOOSE)
_NESTED = (".eml", ".msg")
_FORWARDED = ("转发", "fw:", "fwd:", "fw：", "fwd：")


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of one report. `sender_units`: codes of the units that own the From address; `author_units`: of the
    address inside a forwarded mail; `body`: own words of the mail; `hint`: the code a human named, decisive;
    `alone`: the only report of its mail.
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


def readings_of(clues: Clues, roster: Roster, tops: frozenset[str]) -> dict[str, Reading]:
    """What each source says. A 总支 that one source names plainly narrows the others where the sender is unknown."""
    texts = {
        "title": clues.title,
        "file name": clues.file_name.rpartition(".")[0] or clues.file_name,
        "signature": clues.signature,
        "folder": " / ".join(clues.via),
        "subject": clues.subject,
        "body": clues.body,
    }
    first = {source: read_names(text, roster, tops) for source, text in texts.items() if text.strip()}
    if not tops:
        top = index_of(roster).top
        plain = (
            mention for reading in first.values() for mention in reading.mentions if mention.strength not in _VAGUE
        )
        tops = frozenset(top[mention.unit] for mention in plain)
        if len(tops) != 1:
            return first
    return {source: _with_guesses(texts[source], roster, tops, source) for source in first}


def _with_guesses(text: str, roster: Roster, tops: frozenset[str], source: str) -> Reading:
    reading = read_names(text, roster, tops)
    if source not in DOCUMENT:
        return reading
    return replace(reading, mentions=(*reading.mentions, *guesses(text, reading, roster, tops)))


def votes_of(readings: Mapping[str, Reading], roster: Roster, senders: Senders) -> dict[str, dict[str, Strength]]:
    """For each source the units that it names, each with its plainest mention."""
    votes: dict[str, dict[str, Strength]] = {}
    for source, reading in readings.items():
        named = _named(reading)
        if reading.general and source in ("title", "file name") and len(senders.tops) == 1 and not reading.branch:
            named.setdefault(next(iter(senders.tops)), Strength.SHORT)
        votes[source] = named
    return _without_context(votes, index_of(roster).top)


def _named(reading: Reading) -> dict[str, Strength]:
    """Where a text also names a branch that nobody knows, nothing in it is plain."""
    named: dict[str, Strength] = {}
    for mention in reading.mentions:
        strength = _blurred(mention, reading)
        named[mention.unit] = max(strength, named.get(mention.unit, strength))
    return named


def _blurred(mention: Mention, reading: Reading) -> Strength:
    return min(mention.strength, Strength.LOOSE) if reading.strangers else mention.strength


def _without_context(votes: dict[str, dict[str, Strength]], top: Mapping[str, str]) -> dict[str, dict[str, Strength]]:
    """Where the document names a branch, its 总支 around it (and in the 落款) only says where the branch belongs."""
    in_title = {top[unit] for unit, strength in votes.get("title", {}).items() if strength.firm and top[unit] != unit}
    in_any = in_title | {
        top[unit] for unit, strength in votes.get("file name", {}).items() if strength.firm and top[unit] != unit
    }
    silent = dict.fromkeys(AROUND, in_any) | {"signature": in_title}
    return {
        source: {
            unit: strength
            for unit, strength in named.items()
            if unit not in silent.get(source, ()) and not (strength is Strength.AREA and unit in in_any)
        }
        for source, named in _agreed(votes).items()
    }


def _agreed(votes: dict[str, dict[str, Strength]]) -> dict[str, dict[str, Strength]]:
    """What two of title, file name and 落款 say alike is not shaken by an old subject or by other names in the mail."""
    firm = [{unit for unit, strength in votes.get(source, {}).items() if strength.firm} for source in DOCUMENT]
    said = set().union(*firm)
    if len(said) != 1 or sum(bool(units) for units in firm) < 2:
        return votes
    return {
        source: {unit: strength for unit, strength in named.items() if source in DOCUMENT or unit in said}
        for source, named in votes.items()
    }


def candidates_of(votes: Votes, clues: Clues, senders: Senders, roster: Roster) -> tuple[Candidate, ...]:
    """Every unit that anything speaks for: 1 − Π(1 − weight), the likeliest first, then in roster order."""
    doubt: dict[str, float] = {}
    because: dict[str, list[str]] = {}
    for unit, source, weight in (*_from_texts(votes, clues.alone), *_from_sender(votes, senders)):
        doubt[unit] = doubt.get(unit, 1.0) * (1 - weight)
        because.setdefault(unit, []).append(source)
    place = {unit.code: number for number, unit in enumerate(roster.units)}
    found = (Candidate(unit, round(1 - doubt[unit], 2), tuple(because[unit])) for unit in doubt)
    return tuple(sorted(found, key=lambda candidate: (-candidate.confidence, place[candidate.unit])))


def _from_texts(votes: Votes, alone: bool) -> Iterator[tuple[str, str, float]]:
    for source in WEIGHTS:
        named = votes.get(source, {})
        share = 1.0 if source in DOCUMENT or not named else 1 / len(named)
        share *= 1.0 if alone or source not in ("subject", "body") else ONE_OF_MANY
        for unit, strength in named.items():
            yield unit, source, WEIGHTS[source] * STRENGTHS[strength] * share


def _from_sender(votes: Votes, senders: Senders) -> Iterator[tuple[str, str, float]]:
    if senders.sole is not None:
        yield senders.sole, "sender", WEIGHTS["sender"]
        return
    named = {unit for units in votes.values() for unit in units}
    own = SHARED_ADDRESS if len(senders.units) > 1 else ABOVE
    for unit in (*senders.units, *sorted((senders.allowed & named) - set(senders.units))):
        yield unit, "sender", own if unit in senders.units else ABOVE
