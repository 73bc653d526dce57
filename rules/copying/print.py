"""The print of a report's text: hashes of some of its shingles, small enough to keep for every report that arrives.

A shingle is SHINGLE characters in a row. Which of them are kept is decided by what stands in them (one in SAMPLE, by
CRC-32), so that the same words leave the same mark in whatever report they stand: see docs/copies.md.
"""

import struct
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from zlib import crc32

from rules.copying.text import own_text
from rules.model import Document

SHINGLE = 10
SAMPLE = 8
BYTES = 8


@dataclass(frozen=True, slots=True)
class TextPrint:
    """`characters` of the report's own; `hashes` of the shingles kept, 8 bytes each, ascending, each once."""

    characters: int
    hashes: bytes

    def __post_init__(self) -> None:
        if len(self.hashes) % BYTES or self.characters < 0:
            raise ValueError("not a print")

    def numbers(self) -> tuple[int, ...]:
        return struct.unpack(f">{len(self.hashes) // BYTES}Q", self.hashes)


NO_PRINT = TextPrint(0, b"")
"""Of a file without a readable text."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A version of a report with its print; `unit` and `campaign` by their codes. "" for both: a notice."""

    unit: str
    campaign: str
    name: str
    sha256: str
    version: int = 0
    received_at: datetime | None = None
    print: TextPrint = NO_PRINT


def print_of(document: Document) -> TextPrint:
    """The same text gives the same print, on every machine and in every version."""
    text = own_text(document).folded
    shingles = {text[at : at + SHINGLE].encode("utf-8", "replace") for at in range(len(text) - SHINGLE + 1)}
    kept = {blake2b(one, digest_size=BYTES).digest() for one in shingles if crc32(one) % SAMPLE == 0}
    return TextPrint(len(text), b"".join(sorted(kept)))
