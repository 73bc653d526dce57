"""What speaks for which unit: the clues of a report read one by one, and the written table of what each is worth."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules.identity.clues import Clues, Senders
from rules.identity.text import lines_below_title, lines_of_title, people_named, self_named
from rules.model import Candidate, Roster
from rules.names import Mention, Reading, Strength, read_with, words_of
from rules.naming.bare import bare_names, speaks_of_a_part
from rules.naming.forms import Index, index_of
from rules.naming.found import covered
from rules.naming.guess import guesses

Named = dict[str, Strength]
Votes = Mapping[str, Named]

# How much each source says, alone: what was written into the document more than what was typed around it. The file
# name alone stays below DECIDES, so it never decides by itself.
WEIGHTS: Mapping[str, float] = {
    "title": 0.85,
    "signature": 0.75,
    "sender": 0.70,
    "file name": 0.60,
    "folder": 0.60,
    "subject": 0.60,
    "body": 0.50,
    "text": 0.50,  # the first sentences of the report
    "contact": 0.35,  # the person in the roster, named in file name, title or 落款: several may have that name
}
SHARED_ADDRESS = 0.30  # the address belongs to several units
ABOVE = 0.40  # the address belongs to the unit's 总支: it narrows, it does not decide
ONE_OF_MANY = 0.50  # subject and words of a mail with several reports
STRENGTHS: Mapping[Strength, float] = {
    Strength.FULL: 1.0,
    Strength.DERIVED: 0.95,
    Strength.SHORT: 0.90,
    Strength.ONLY: 0.80,
    Strength.BARE: 0.75,
    Strength.LOOSE: 0.45,
    Strength.AREA: 0.35,
    Strength.PARTIAL: 0.25,
    Strength.FUZZY: 0.20,
}
DOCUMENT = ("title", "file name", "signature")
AROUND = ("folder", "subject", "body", "text")
_MAIL = ("subject", "body")
_LABELS = ("title", "file name", "folder", "subject")  # short lines that may name a branch without the word 支部
_VAGUE = (Strength.FUZZY, Strength.PARTIAL, Strength.LOOSE)


def readings_of(clues: Clues, texts: Mapping[str, str], index: Index, tops: frozenset[str]) -> dict[str, Reading]:
    """What each source says. A 总支 that one source names plainly narrows the others where the sender is unknown."""
    if not tops:
        tops = _told_tops((read_with(text, index) for text in texts.values()), index)
    found = {source: _read(text, source, index, tops) for source, text in texts.items()}
    said = self_named(clues.title, clues.opening, index, tops)
    return {**found, "text": Reading(said)} if said else found


def texts_of(clues: Clues, index: Index) -> dict[str, str]:
    """The words of each source, for those that have any."""
    below = lines_below_title(clues.title, clues.opening)
    if len({mention.unit for mention in read_with(below, index).firm}) > 1:
        below = ""  # a table of branches is nobody's 落款
    texts = {
        "title": lines_of_title(clues.title, clues.opening),
        "file name": clues.file_name.rpartition(".")[0] or clues.file_name,
        "signature": " / ".join(dict.fromkeys(words for words in (clues.signature, below) if words)),
        "folder": " / ".join(clues.via),
        "subject": clues.subject,
        "body": clues.body,
    }
    return {source: text for source, text in texts.items() if text.strip()}


def _told_tops(readings: Iterator[Reading], index: Index) -> frozenset[str]:
    told = (mention for reading in readings for mention in reading.mentions if mention.strength not in _VAGUE)
    tops = frozenset(index.top[mention.unit] for mention in told)
    return tops if len(tops) == 1 else frozenset()


def _read(text: str, source: str, index: Index, tops: frozenset[str]) -> Reading:
    reading = read_with(text, index, tops)
    if source in _LABELS and tops and not reading.firm:
        bare = tuple(bare_names(words_of(text, index), index, tops))
        known = covered(reading.mentions)
        part = not bare and speaks_of_a_part(words_of(text, index), known)
        reading = replace(reading, mentions=(*reading.mentions, *bare), branch=reading.branch or part)
    if source not in DOCUMENT or not tops:
        return reading
    return replace(reading, mentions=(*reading.mentions, *guesses(text, reading, index, tops)))


def votes_of(
    readings: Mapping[str, Reading], texts: Mapping[str, str], roster: Roster, senders: Senders
) -> dict[str, dict[str, Strength]]:
    """For each source the units that it names, each with its plainest mention."""
    votes: dict[str, dict[str, Strength]] = {}
    for source, reading in readings.items():
        named = _named(reading)
        if reading.general and source in ("title", "file name") and len(senders.tops) == 1 and not reading.branch:
            named.setdefault(next(iter(senders.tops)), Strength.SHORT)
        votes[source] = named
    index = index_of(roster)
    people = people_named([texts.get(source, "") for source in DOCUMENT], roster, index)
    if people:
        votes["contact"] = dict.fromkeys(people, Strength.FULL)
    return _without_context(_agreed(votes, index), index)


def _named(reading: Reading) -> dict[str, Strength]:
    """Where a text also names a branch that nobody knows, nothing in it is plain."""
    named: dict[str, Strength] = {}
    for mention in reading.mentions:
        strength = _blurred(mention, reading)
        named[mention.unit] = max(strength, named.get(mention.unit, strength))
    return named


def _blurred(mention: Mention, reading: Reading) -> Strength:
    return min(mention.strength, Strength.LOOSE) if reading.strangers else mention.strength


def _agreed(votes: Votes, index: Index) -> dict[str, dict[str, Strength]]:
    """What two of title, file name, 落款 and subject say alike is not shaken by an old subject or by other names in
    the mail; where a mail names several and one of them is the document's, it is that one. A name with its 总支 stays,
    where the document says no more than 学生第二党支部, which another 总支 has too.
    """
    firm = {source: firm_of(votes.get(source, {})) for source in (*DOCUMENT, "folder", "subject")}
    inside = set().union(*(firm[source] for source in DOCUMENT))
    if len(inside) != 1:
        return dict(votes)
    sources = sum(firm[source] == inside for source in DOCUMENT)
    sure = sources > 1 or (sources == 1 and inside in (firm["subject"], firm["folder"]))
    (unit,) = inside
    whole = any(votes.get(source, {}).get(unit, Strength.FUZZY) >= Strength.DERIVED for source in DOCUMENT)
    far = {other for other, top in index.top.items() if top != index.top[unit]} if not whole else set()
    return {
        source: {
            one: strength
            for one, strength in named.items()
            if one == unit or (one in far and strength >= Strength.DERIVED and unit not in named)
        }
        if source in AROUND and (sure or unit in firm_of(named))
        else named
        for source, named in votes.items()
    }


def firm_of(named: Named) -> set[str]:
    return {unit for unit, strength in named.items() if strength.firm}


def _without_context(votes: Votes, index: Index) -> dict[str, dict[str, Strength]]:
    """Where a branch is named, its 总支 around it (and in the 落款) only says where the branch belongs. A title or a
    file name that plainly names the 总支 itself is no context.
    """
    of = {source: _tops_of_branches(named, index) for source, named in votes.items()}
    inside = set().union(*(of.get(source, set()) for source in DOCUMENT))
    anywhere = inside.union(*of.values())
    silent = dict.fromkeys((*AROUND, "contact"), anywhere) | {
        "signature": of.get("title", set()) | of.get("file name", set())
    }
    return {
        source: {
            unit: strength
            for unit, strength in named.items()
            if unit not in silent.get(source, ()) and not (strength is Strength.AREA and unit in inside)
        }
        for source, named in votes.items()
    }


def _tops_of_branches(named: Named, index: Index) -> set[str]:
    return {index.top[unit] for unit in firm_of(named) if index.top[unit] != unit}


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


def against(best: str, other: str, votes: Votes, alone: bool) -> float:
    """How likely the other is, by what was written alone. Words that fit both (学生支部) speak against neither."""
    doubt = 1.0
    for unit, source, weight in _from_texts(votes, alone):
        mine, its = votes[source].get(best), votes[source].get(other)
        shared = its is not None and not its.firm and mine is not None and mine >= its
        doubt *= 1.0 if unit != other or shared else 1 - weight
    return 1 - doubt


def _from_texts(votes: Votes, alone: bool) -> Iterator[tuple[str, str, float]]:
    for source in WEIGHTS:
        named = votes.get(source, {})
        share = 1.0 if source in DOCUMENT or not named else 1 / len(named)
        share *= 1.0 if alone or source not in _MAIL else ONE_OF_MANY
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
