"""Whose a report is: sender, file name, title, 落款, subject and body, weighed. Two good ones is no guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rules.identify_votes import (
    DOCUMENT,
    WEIGHTS,
    Clues,
    Senders,
    Votes,
    candidates_of,
    readings_of,
    senders_of,
    votes_of,
)
from rules.model import Candidate, Identification, Roster, Unit
from rules.names import Reading, Strength
from rules.naming.tokens import values

__all__ = ["Clues", "identify", "identify_all"]

DECIDES = 0.65  # confidence from which a unit is named
RIVALS = 0.35  # confidence from which another unit makes it two good ones
OVERRULES = 0.8  # the most that a document may reach against the address it came from
_SHOWN = 6


def identify(clues: Clues, roster: Roster) -> Identification:
    """Whose the report is. `unit` is None when nobody or more than one is likely; `candidates` are in order."""
    if clues.hint is not None and clues.hint in roster:
        return Identification(clues.hint, 1.0, ("hint",), (Candidate(clues.hint, 1.0, ("hint",)),))
    senders = senders_of(clues, roster)
    readings = readings_of(clues, roster, senders.tops)
    votes = votes_of(readings, roster, senders)
    candidates = candidates_of(votes, clues, senders, roster)
    if not candidates:
        return Identification(None)
    by_name = _by_name(candidates, votes, readings, senders, roster)
    return by_name or _by_sender(candidates, clues, readings, senders) or _unsure(candidates)


def identify_all(clues: Sequence[Clues], roster: Roster) -> tuple[Identification, ...]:
    """The reports of one mail. Units that others surely are come last among the candidates of the unsure ones."""
    found = [identify(replace(each, alone=each.alone and len(clues) == 1), roster) for each in clues]
    taken = frozenset(each.unit for each in found if each.unit is not None)
    return tuple(
        each if each.unit is not None else _without(each, taken, senders_of(its, roster), roster)
        for each, its in zip(found, clues, strict=True)
    )


def _without(unsure: Identification, taken: frozenset[str], senders: Senders, roster: Roster) -> Identification:
    known = {candidate.unit for candidate in unsure.candidates}
    named = unsure.candidates + tuple(
        Candidate(unit.code, 0.1, ("sender",))
        for unit in roster.units
        if unit.code in senders.allowed and unit.code not in known
    )
    order = sorted(named, key=lambda candidate: (candidate.unit in taken, -candidate.confidence))
    return replace(unsure, candidates=tuple(order[:_SHOWN]))


def _by_name(
    candidates: Sequence[Candidate],
    votes: Votes,
    readings: Mapping[str, Reading],
    senders: Senders,
    roster: Roster,
) -> Identification | None:
    """Named plainly, likely enough, no rival, and not against the sender unless the whole document says so."""
    best = candidates[0]
    area = Strength.AREA if best.unit in senders.units else Strength.BARE
    plain = any(named.get(best.unit, Strength.FUZZY) >= area for named in votes.values())
    read = (readings[source] for source in DOCUMENT if source in readings)
    unknown = any(not _its_own(branch, roster.unit(best.unit)) for one in read for branch in one.strangers)
    against = bool(senders.allowed) and best.unit not in senders.allowed
    if against or (senders.sole is not None and best.unit != senders.sole):
        rivals = [other for other in candidates[1:] if other.unit != senders.sole]
        if not _whole_document(best.unit, votes) or _rivalled(rivals):
            return None
        return _decided(replace(best, confidence=min(best.confidence, OVERRULES)), candidates)
    if not plain or unknown or best.confidence < DECIDES or _rivalled(_others(candidates[1:], votes, senders)):
        return None
    return _decided(best, candidates)


def _its_own(branch: tuple[str, ...], unit: Unit) -> bool:
    """The end of the unit's own name, said without the rest: 一支部.docx from 教工第一党支部 is no other branch."""
    return any(values(name)[-len(branch) :] == branch for name in (unit.name, *unit.aliases))


def _others(candidates: Iterable[Candidate], votes: Votes, senders: Senders) -> list[Candidate]:
    """A unit that only the address speaks for is no rival of one that is named; the writing branch itself is."""
    named = {unit for units in votes.values() for unit in units}
    return [other for other in candidates if other.unit in named or other.unit == senders.sole]


def _rivalled(others: Iterable[Candidate]) -> bool:
    return any(other.confidence >= RIVALS for other in others)


def _whole_document(unit: str, votes: Votes) -> bool:
    """Title, file name and 落款 all name this unit plainly, and no other."""
    return all(
        {named for named, strength in votes.get(source, {}).items() if strength >= Strength.LOOSE} == {unit}
        and votes[source][unit].firm
        for source in DOCUMENT
    )


def _by_sender(
    candidates: Sequence[Candidate], clues: Clues, readings: Mapping[str, Reading], senders: Senders
) -> Identification | None:
    """The only report of its mail, naming nobody: the writer's own. A 总支's only where no branch is spoken of."""
    if not clues.alone or clues.passed_on or len(senders.units) != 1:
        return None
    writer = senders.units[0]
    if senders.sole is None and any(reading.branch or reading.strangers for reading in readings.values()):
        return None
    spoken = {mention.unit for reading in readings.values() for mention in reading.mentions}
    if spoken - {writer} and not _only_half(readings, writer):
        return None
    if any(reading.strangers for reading in readings.values()) and writer not in spoken:
        return None
    mine = next(candidate for candidate in candidates if candidate.unit == writer)
    return _decided(replace(mine, confidence=max(mine.confidence, WEIGHTS["sender"])), candidates)


def _only_half(readings: Mapping[str, Reading], writer: str) -> bool:
    """学生支部总结 from the first of two student branches: half a name that fits the writer too."""
    weak = [mention for reading in readings.values() for mention in reading.mentions]
    return all(mention.strength <= Strength.AREA for mention in weak) and any(
        mention.unit == writer for mention in weak
    )


def _decided(best: Candidate, candidates: Sequence[Candidate]) -> Identification:
    others = tuple(candidate for candidate in candidates if candidate.unit != best.unit)
    return Identification(best.unit, best.confidence, best.because, (best, *others)[:_SHOWN])


def _unsure(candidates: Sequence[Candidate]) -> Identification:
    return Identification(None, candidates[0].confidence, (), tuple(candidates[:_SHOWN]))
