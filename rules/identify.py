"""Whose a report is: sender, file name, title, 落款, subject and body, weighed. Two good ones is no guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.identity.clues import Clues, Senders, senders_of
from rules.identity.text import says_my_general, says_nothing_of_general, speaks_as_branch, speaks_as_general
from rules.identity.votes import (
    AROUND,
    DOCUMENT,
    WEIGHTS,
    Votes,
    against,
    candidates_of,
    firm_of,
    readings_of,
    texts_of,
    votes_of,
)
from rules.model import Candidate, Identification, Roster, Unit
from rules.names import Reading, Strength
from rules.naming.forms import index_of
from rules.naming.school import own_key
from rules.naming.tokens import Key

__all__ = ["Clues", "identify", "identify_all"]

DECIDES = 0.65  # confidence from which a unit is named
RIVALS = 0.33  # what speaks for another unit, from which on there are two good ones
OVERRULES = 0.8  # the most that a document may reach against the address it came from
_SHOWN = 6
_PERHAPS = 0.1  # branches of the 总支 that sent it, of which nothing speaks
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class _Case:
    """All that is known when it is decided."""

    clues: Clues
    senders: Senders
    readings: Mapping[str, Reading]
    votes: Votes
    candidates: tuple[Candidate, ...]
    roster: Roster

    @property
    def of_branch(self) -> bool:
        """Title, file name or text speak of a branch without saying which: so it is not the 总支's own."""
        parts = (self.readings[source] for source in DOCUMENT if source in self.readings)
        return speaks_as_branch(self.clues.opening) or any(part.branch or part.strangers for part in parts)


def identify(clues: Clues, roster: Roster) -> Identification:
    """Whose the report is. `unit` is None when nobody or more than one is likely; `candidates` are in order."""
    if clues.hint is not None and clues.hint in roster:
        return Identification(clues.hint, 1.0, ("hint",), (Candidate(clues.hint, 1.0, ("hint",)),))
    senders = senders_of(clues, roster)
    index = index_of(roster)
    texts = texts_of(clues, index)
    readings = readings_of(clues, texts, index, senders.tops)
    votes = votes_of(readings, texts, roster, senders)
    candidates = candidates_of(votes, clues, senders, roster)
    if not candidates:
        return Identification(None)
    case = _Case(clues, senders, readings, votes, candidates, roster)
    return _by_name(case) or _by_sender(case) or _unsure(case)


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
        Candidate(unit.code, _PERHAPS, ("sender",))
        for unit in roster.units
        if unit.code in senders.allowed and unit.code not in known
    )
    order = sorted(named, key=lambda candidate: (candidate.unit in taken, -candidate.confidence))
    return replace(unsure, candidates=tuple(order[:_SHOWN]))


def _by_name(case: _Case) -> Identification | None:
    """Named plainly, likely enough, no rival, and not against the sender unless the whole document says so."""
    best, senders = case.candidates[0], case.senders
    apart = bool(senders.allowed) and best.unit not in senders.allowed
    if apart or (senders.sole is not None and best.unit != senders.sole):
        if not _whole_document(best.unit, case.votes) or _rivalled(case, {best.unit, senders.sole}):
            return None
        return _decided(replace(best, confidence=min(best.confidence, OVERRULES)), case.candidates)
    if not _plain(best.unit, case) or best.confidence < DECIDES or _rivalled(case, {best.unit}):
        return None
    doubtful = _unknown(best.unit, case) or _not_its_own(best.unit, case)
    return None if doubtful else _decided(best, case.candidates)


def _plain(unit: str, case: _Case) -> bool:
    """A plain name; the 总支's field alone where the 总支 itself writes; 后勤 with the name of its secretary."""
    named = [named.get(unit, Strength.FUZZY) for source, named in case.votes.items() if source != "contact"]
    writes = unit in case.senders.units
    return any(strength.firm or (writes and strength is Strength.AREA) for strength in named)


def _rivalled(case: _Case, aside: set[str | None]) -> bool:
    """Another unit is named likely enough. The branch that writes is a rival by its address alone."""
    best = case.candidates[0].unit
    others = (candidate.unit for candidate in case.candidates if candidate.unit not in aside)
    return any(
        other == case.senders.sole or against(best, other, case.votes, case.clues.alone) >= RIVALS for other in others
    )


def _unknown(unit: str, case: _Case) -> bool:
    """The document names a branch that nobody knows. Words in front of the unit's own name, where it stands plainly in
    two other places, and the end of its own name are no other branch.
    """
    keys = _keys(case.roster.unit(unit), case.roster)
    firm = [source for source in DOCUMENT if firm_of(case.votes.get(source, {})) == {unit}]
    for source in DOCUMENT:
        for branch in case.readings[source].strangers if source in case.readings else ():
            ends = any(key[-len(branch) :] == branch for key in keys)
            longer = any(branch[-len(key) :] == key for key in keys) and len(set(firm) - {source}) > 1
            if not ends and not longer:
                return True
    return False


def _keys(unit: Unit, roster: Roster) -> list[Key]:
    return [own_key(name, roster) for name in (unit.name, *unit.aliases)]


def _not_its_own(unit: str, case: _Case) -> bool:
    """A 总支 that only the mail names is not the author of a text that says 我支部 or 党支部总结; a branch that the
    title does not name is not the author of one that says 我总支.
    """
    inside = any(unit in firm_of(case.votes.get(source, {})) for source in DOCUMENT)
    if case.roster.below(unit):
        return not inside and case.of_branch
    titled = unit in firm_of(case.votes.get("title", {}))
    return bool(case.roster.unit(unit).parent) and not titled and says_my_general(case.clues.opening)


def _whole_document(unit: str, votes: Votes) -> bool:
    """Title, file name and 落款 all name this unit plainly, and no other."""
    return all(
        {named for named, strength in votes.get(source, {}).items() if strength >= Strength.LOOSE} == {unit}
        and votes[source][unit].firm
        for source in DOCUMENT
    )


def _by_sender(case: _Case) -> Identification | None:
    """The only report of its mail, naming nobody: the writer's own. A 总支's only where no branch is spoken of."""
    clues, senders, readings = case.clues, case.senders, case.readings.values()
    if not clues.alone or clues.passed_on or len(senders.units) != 1:
        return None
    writer = senders.units[0]
    somebody = case.of_branch or "contact" in case.votes or says_nothing_of_general(clues.opening)
    if senders.sole is None and (somebody or any(reading.branch or reading.strangers for reading in readings)):
        return None
    if senders.sole is not None and case.roster.unit(writer).parent and speaks_as_general(clues.opening):
        return None
    spoken = _spoken(case, writer)
    if spoken - {writer} and not (senders.sole is not None and _only_half(case, writer)):
        return None
    if _unknown(writer, case) or (any(reading.strangers for reading in readings) and writer not in spoken):
        return None
    mine = next(candidate for candidate in case.candidates if candidate.unit == writer)
    return _decided(replace(mine, confidence=max(mine.confidence, WEIGHTS["sender"])), case.candidates)


def _spoken(case: _Case, writer: str) -> set[str]:
    """Units spoken of; that the writer's 总支 is spoken of in the mail says nothing."""
    above = case.roster.unit(writer).parent
    return {
        mention.unit
        for source, reading in case.readings.items()
        for mention in reading.mentions
        if not (source in AROUND and mention.unit == above)
    }


def _only_half(case: _Case, writer: str) -> bool:
    """学生支部总结 from the first of two student branches: half a name that fits the writer too."""
    weak = [mention for reading in case.readings.values() for mention in reading.mentions]
    return all(mention.strength <= Strength.AREA for mention in weak) and any(
        mention.unit == writer for mention in weak
    )


def _decided(best: Candidate, candidates: Iterable[Candidate]) -> Identification:
    others = tuple(candidate for candidate in candidates if candidate.unit != best.unit)
    return Identification(best.unit, best.confidence, best.because, (best, *others)[:_SHOWN])


def _unsure(case: _Case) -> Identification:
    """The shortlist for whoever is asked. Of a text that says 我支部 no 总支 comes before its branches."""
    order = [_behind(one) if _not_its_own(one.unit, case) else one for one in case.candidates]
    order.sort(key=lambda candidate: -candidate.confidence)
    return Identification(None, order[0].confidence, (), tuple(order[:_SHOWN]))


def _behind(candidate: Candidate) -> Candidate:
    return replace(candidate, confidence=min(candidate.confidence, _LEAST), because=("sender",))
