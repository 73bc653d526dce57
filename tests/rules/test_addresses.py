"""Addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.addresses import plain_address

GOOD = [
    ("Zuzhib@Example.edu.CN", "zuzhib@example.edu.cn"),
    (" <zzb@example.com> ", "zzb@example.com"),
    ("zzb @example.com", "zzb@example.com"),
    ("ｚｚｂ＠example．com", "zzb@example.com"),
    ("mailto:a.b+c@example.com", "a.b+c@example.com"),
    ("10001@example.com", "10001@example.com"),
    ("bot@localhost", "bot@localhost"),
]
BAD = ["", "zzb", "zzb@", "@example.com", "zzb@example", "a@b@example.com", "张三@example.com", "a..b@example.com",
       "a@-example.com", "a@example..com", "a@example.com,b@example.com", "a" * 65 + "@example.com"]  # fmt: skip


@pytest.mark.parametrize(("written", "plain"), GOOD)
def test_slips_of_the_keyboard_are_mended(written: str, plain: str) -> None:
    assert plain_address(written) == plain


@pytest.mark.parametrize("written", BAD)
def test_what_cannot_be_an_address_is_none(written: str) -> None:
    assert plain_address(written) is None


@given(st.text(max_size=40))
def test_what_comes_out_goes_in_again_unchanged(written: str) -> None:
    plain = plain_address(written)
    assert plain is None or plain_address(plain) == plain
