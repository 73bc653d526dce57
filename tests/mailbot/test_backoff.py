"""Waiting before a server is tried again."""

import random
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from mailbot.backoff import LEAST_AFTER_LOGIN, delays, pause
from mailbot.errors import LoginRefused, ServerBusy, ServerHung


@given(st.integers())
def test_delays_grow_from_a_second_to_five_minutes(seed: int) -> None:
    waits = list(islice(delays(random.Random(seed)), 40))
    assert all(1 <= wait <= 300 for wait in waits)
    assert all(max(1, 2**step / 2) <= wait <= 2**step for step, wait in enumerate(waits[:9]))
    assert min(waits[9:]) >= 150


def test_two_bots_do_not_knock_at_the_same_moments() -> None:
    first, second = (list(islice(delays(random.Random(seed)), 10)) for seed in (1, 2))
    assert first[1:] != second[1:]


def test_it_goes_on_for_ever() -> None:
    assert next(islice(delays(random.Random(0)), 5000, None)) <= 300


def test_a_refused_login_waits_a_minute_and_a_busy_server_as_long_as_it_asks() -> None:
    assert pause(LoginRefused("IMAP a:1", "no"), 1.5) == LEAST_AFTER_LOGIN
    assert pause(LoginRefused("IMAP a:1", "no"), 200) == 200
    assert pause(ServerBusy("SMTP a:1", "451 MI:SFQ", 900), 5) == 900
    assert pause(ServerHung("IMAP a:1", "silent"), 1.5) == 1.5
