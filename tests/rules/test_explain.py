"""Why a report was judged as it was, in words."""

from rules.explain import SOURCES
from rules.identity.votes import WEIGHTS


def test_every_source_that_names_a_unit_is_called_in_chinese() -> None:
    assert set(WEIGHTS) <= set(SOURCES)
    assert not any(words.isascii() for words in SOURCES.values())
