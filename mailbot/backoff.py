"""How long to wait before trying a server again: longer and longer, never all at the same moment."""

import random
from collections.abc import Iterator
from itertools import count

from mailbot.errors import LoginRefused, ServerBusy

LEAST, MOST = 1.0, 300.0
LEAST_AFTER_LOGIN = 60.0
"""Seconds. A refused login repeated at once looks like an attack and locks the account."""


def delays(rng: random.Random, least: float = LEAST, most: float = MOST) -> Iterator[float]:
    """Seconds to wait, without end: doubled each time up to `most`, each drawn from the upper half of its step."""
    for step in count():
        whole = min(most, least * 2.0 ** min(step, 32))
        yield max(least, rng.uniform(whole / 2, whole))


def pause(error: Exception, delay: float) -> float:
    """The delay that is due, but after a refused login never less than a minute, and as long as the server asks for."""
    if isinstance(error, ServerBusy):
        return max(delay, error.pause_seconds)
    return max(delay, LEAST_AFTER_LOGIN) if isinstance(error, LoginRefused) else delay
