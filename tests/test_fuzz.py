"""A few hundred of the inputs that `python -m tests.fuzz` tries by the hour: nothing raises, nothing is slow."""

import pytest

from tests.fuzz.child import Failure, tried
from tests.fuzz.targets import TARGETS, Target

SEED = 2012


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [("docx", 150), ("zip", 400), ("mail", 400)])
def test_what_is_damaged_is_read_or_refused(name: str, count: int) -> None:
    failures = [tried(TARGETS[name], SEED, number) for number in range(count)]
    assert [failure for failure in failures if failure is not None] == []


def test_the_same_seed_and_number_make_the_same_input() -> None:
    target = TARGETS["zip"]
    first, again, other = (target.input(seed, 7) for seed in (1, 1, 2))
    assert first == again != other


def test_what_a_reader_raises_is_a_failure_with_its_words() -> None:
    def stumble(content: bytes) -> object:
        raise KeyError("stumbled")

    failure = tried(Target("x", lambda: [b"seed"], lambda chance, content: content, stumble), SEED, 3)
    assert isinstance(failure, Failure)
    assert (failure.number, failure.kind, "stumbled" in failure.words) == (3, "crash", True)
