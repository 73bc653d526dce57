"""What we read of a Word file beside what LibreOffice reads of it."""

import statistics

import pytest

from rules.model import Document, Paragraph
from tests.completeness import LOW, REASONS, compare, files, measured
from tests.servers_start import require


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.skipif(not files(), reason="../shared/corpora/word is absent")
def test_next_to_nothing_that_libreoffice_reads_is_missing() -> None:
    require("soffice")
    results = list(compare(files()))
    shares = {result.name: result.share for result in results if result.share is not None}
    assert len(shares) > 200
    assert statistics.median(shares.values()) >= 0.98
    assert {name for name, share in shares.items() if share < LOW} <= set(REASONS)


def test_the_share_counts_each_character_once_and_leaves_white_space_out() -> None:
    read = Document("docx", (Paragraph(1, "一、做 法"), Paragraph(2, "２０人")))
    result = measured("x", read, "一、做法\n20人\n人和")
    assert (result.share, result.missing) == (1 - 2 / 9, ("人和",))
