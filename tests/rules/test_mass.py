"""Whether the letters of a step may go: every ruling in pairs, and what no order of answers can bring about."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.mass import MASS, Mass, Ruling, Said, rule

NOW = datetime(2012, 9, 10, 1, tzinfo=UTC)
SOON, BEFORE = NOW + timedelta(hours=2), NOW - timedelta(hours=2)
KEYS = frozenset({"remind:c:01:before-5", "remind:c:02:before-5"})
MANY = MASS + 1

times = st.integers(-100_000, 100_000).map(lambda minutes: NOW + timedelta(minutes=minutes))
masses = st.builds(
    Mass,
    step=st.sampled_from(["before-5", "before-2", "overdue-1"]),
    keys=st.frozensets(st.text(max_size=20), max_size=5),
    release_at=st.none() | times,
    said=st.sampled_from(Said),
)


def shown(said: Said = Said.SILENCE, release_at: datetime | None = SOON, step: str = "before-5") -> Mass:
    return Mass(step, KEYS, release_at, said)


@pytest.mark.parametrize(
    ("mass", "letters", "ruling"),
    [
        # Nothing was ever announced: a handful goes, a mass is shown first.
        (None, 0, Ruling.SEND),
        (None, MASS, Ruling.SEND),
        (None, MANY, Ruling.SHOW),
        # This step was shown.
        (shown(), MANY, Ruling.WAIT),
        (shown(release_at=NOW), MANY, Ruling.SEND_WHAT_WAS_SHOWN),
        (shown(release_at=BEFORE), MANY, Ruling.SEND_WHAT_WAS_SHOWN),
        (shown(Said.GO), MANY, Ruling.SEND_WHAT_WAS_SHOWN),
        (shown(Said.STOP), MANY, Ruling.DROP),
        (shown(Said.STOP, BEFORE), MANY, Ruling.DROP),
        # It waits for a yes, however late it is.
        (shown(release_at=None), MANY, Ruling.WAIT),
        (shown(Said.GO, None), MANY, Ruling.SEND_WHAT_WAS_SHOWN),
        # Even a handful waits once it has been shown.
        (shown(), 1, Ruling.WAIT),
        # An earlier step was shown: its yes holds for the campaign, its stop and its silence do not.
        (shown(Said.GO, step="before-7"), MANY, Ruling.SEND),
        (shown(Said.STOP, step="before-7"), MANY, Ruling.SHOW),
        (shown(Said.STOP, step="before-7"), MASS, Ruling.SEND),
        (shown(Said.SILENCE, BEFORE, step="before-7"), MANY, Ruling.SHOW),
    ],
)
def test_the_letters_of_a_step_go_wait_or_are_shown(mass: Mass | None, letters: int, ruling: Ruling) -> None:
    assert rule(mass, "before-5", letters, NOW) is ruling


@given(masses, times, st.integers(0, 50))
def test_a_stop_is_never_overtaken_by_time_or_number(mass: Mass, now: datetime, letters: int) -> None:
    assert rule(mass.answered(Said.STOP), mass.step, letters, now) is Ruling.DROP
    assert not mass.answered(Said.STOP).may_go(now)


@given(masses, times, times)
def test_what_may_go_may_still_go_later(mass: Mass, first: datetime, second: datetime) -> None:
    early, late = sorted((first, second))
    assert mass.may_go(late) or not mass.may_go(early)


@given(masses, st.sampled_from(Said))
def test_an_answer_changes_nothing_but_what_was_said(mass: Mass, said: Said) -> None:
    answered = mass.answered(said)
    assert answered.said is said
    assert answered.answered(mass.said) == mass


@given(masses)
def test_what_was_announced_survives_being_written_down(mass: Mass) -> None:
    assert Mass.from_json(mass.to_json()) == mass
