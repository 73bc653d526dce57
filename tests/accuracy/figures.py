"""Figures over judged reports: precision, recall, F1, whole reports right, and the confusion case by case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.accuracy.judged import Judged
from tests.accuracy.labelled import ASPECTS, METHODS


@dataclass(frozen=True, slots=True)
class Score:
    """Of a yes-or-no question: right yes, wrong yes, missed yes, right no."""

    name: str
    hit: int
    false: int
    missed: int
    clear: int

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.false) if self.hit + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(name: str, pairs: Sequence[tuple[bool, bool]]) -> Score:
    """`pairs`: (as labelled, as judged)."""
    return Score(
        name,
        hit=sum(wanted and found for wanted, found in pairs),
        false=sum(found and not wanted for wanted, found in pairs),
        missed=sum(wanted and not found for wanted, found in pairs),
        clear=sum(not wanted and not found for wanted, found in pairs),
    )


def scores(reports: Sequence[Judged]) -> Iterator[Score]:
    """A row for every question; each aspect also the other way round: found missing is what sends reports back."""
    for aspect in ASPECTS:
        pairs = [(one.label.aspects[aspect] != "absent", one.found(aspect) != "absent") for one in reports]
        yield score(f"{aspect}: present", pairs)
        yield score(f"{aspect}: absent", [(not wanted, not found) for wanted, found in pairs])
    yield score("群众参与", [(bool(one.label.header["participation"]), bool(one.methods)) for one in reports])
    for method in METHODS:
        yield score(
            f"群众参与: {method}",
            [(method in one.label.header["participation"], method in one.methods) for one in reports],
        )
    owing = [one for one in reports if one.needs_review and one.unit]
    yield score("review evidence", [(one.label.header["review"] != "none", one.review != "none") for one in owing])
    yield score("placeholders", [(bool(one.label.header.get("placeholders")), one.placeholders) for one in reports])


@dataclass(frozen=True, slots=True)
class Whole:
    """Counts over all reports. `named`: those whose unit a clerk could tell; `filed`: of them, rightly and unasked."""

    reports: int
    read: int
    right: int
    same_kind: float
    named: int
    filed: int
    asked: int
    wrong_unit: int


def whole(reports: Sequence[Judged]) -> Whole:
    named = [one for one in reports if one.label.unit]
    kinds = [one.label.aspects[aspect] == one.found(aspect) for one in reports for aspect in ASPECTS]
    return Whole(
        reports=len(reports),
        read=sum(one.readable for one in reports),
        right=sum(not one.wrong() for one in reports),
        same_kind=sum(kinds) / max(1, len(kinds)),
        named=len(named),
        filed=sum(one.unit == one.label.unit for one in named),
        asked=sum(not one.unit for one in named),
        wrong_unit=sum(bool(one.unit) and one.unit != one.label.unit for one in reports),
    )


def table(reports: Sequence[Judged]) -> Iterator[str]:
    """The rows as Markdown."""
    yield "| question | yes | precision | recall | F1 | wrong yes | missed |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in scores(reports):
        figures = f"{row.precision:.3f} | {row.recall:.3f} | {row.f1:.3f}"
        yield f"| {row.name} | {row.hit + row.missed} | {figures} | {row.false} | {row.missed} |"


def summary(reports: Sequence[Judged]) -> Iterator[str]:
    all_in = whole(reports)
    share = all_in.right / max(1, all_in.reports)
    yield f"- {all_in.reports} reports, {all_in.read} read, **{all_in.right} entirely right** ({share:.1%})"
    yield f"- heading, body or absent exactly as labelled: {all_in.same_kind:.1%} of all aspects"
    yield (
        f"- unit: {all_in.named} that a clerk could tell: {all_in.filed} filed automatically "
        f"({all_in.filed / max(1, all_in.named):.1%}), {all_in.asked} asked about; "
        f"**{all_in.wrong_unit} silently wrong**"
    )


def confusion(reports: Sequence[Judged]) -> Iterator[str]:
    """One line per report that was not judged entirely right."""
    for one in reports:
        if said := one.wrong():
            yield f"- `{one.label.name}` ({one.label.header['style']}): {'; '.join(said)}"
