"""Words brought to one form: the quick way gives what the plain one gives."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rules.text import fold, visible

PIECES = st.sampled_from(
    [
        "，",
        "：",
        "；",
        "（",
        "）",
        "％",
        "！",
        "？",
        "…",
        "。",
        "１２",
        "ﬁ",
        "㎡",
        "\u0301",
        "\u3099",
        "か",
        "支部",
        "\u200b",
        "　",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=8).map("".join)


@given(TEXTS)
def test_a_folded_text_is_what_nfkc_makes_of_it_without_what_is_not_seen(text: str) -> None:
    assert fold(text) == re.sub(r"\s+", " ", visible(unicodedata.normalize("NFKC", text))).strip()


@given(TEXTS)
def test_what_is_folded_once_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)
