"""What is tried, and on what: a Word file through reader and rules, a mail through the parser, a bundle unpacked."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import rules
from mailbot.parse import parse
from mailbot.unpack import UnpackLimits, unpack
from rules.campaign_file import read_campaign
from rules.checks import examine
from rules.context import Context
from rules.model import File
from rules.word import read_document
from tests.documents.build import archive
from tests.documents.invented import context
from tests.documents.reports import SAMPLES
from tests.fuzz.mutations import mutated, mutated_zip

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / "../shared/corpora"
_LIMITS = UnpackLimits(file_bytes=10_000_000, total_bytes=30_000_000, files=50)
_SEED = 300_000
"""Bytes: larger files take too long to be changed often."""


@dataclass(frozen=True)
class Target:
    """`seeds` gives the inputs to begin with, `mutate` makes one worse, `run` must take whatever comes of it."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    mutate: Callable[[random.Random, bytes], bytes]
    run: Callable[[bytes], object]

    def input(self, seed: int, number: int) -> bytes:
        """The input with that number: always the same for the same seeds."""
        chance = random.Random(f"{self.name} {seed} {number}")
        return self.mutate(chance, chance.choice(self.seeds()))


def _files(*patterns: str) -> list[bytes]:
    paths = [path for pattern in patterns for path in sorted(CORPORA.glob(pattern)) if path.is_file()]
    return [path.read_bytes() for path in paths if path.stat().st_size <= _SEED]


@cache
def word_files() -> tuple[bytes, ...]:
    return (*(sample.docx() for sample in SAMPLES), *_files("word/*/*.docx"))


@cache
def bundles() -> tuple[bytes, ...]:
    reports = [sample.docx() for sample in SAMPLES[:4]]
    own = archive({f"第{number}支部/总结.docx": report for number, report in enumerate(reports)})
    return (own, archive({"里.zip": own, "总结.docx": reports[0]}), *_files("archives/*/*.zip"), *reports)


@cache
def mails() -> tuple[bytes, ...]:
    own = [path.read_bytes() for path in sorted((ROOT / "tests/mail").glob("*.eml"))]
    return (*own, *_files("mail/**/*.eml", "mail/**/*.txt", "automated/**/*.eml", "automated/**/*.txt"))


@cache
def _asked() -> Context:
    file = Path(rules.__file__).parent / "campaigns" / "chuangxian-zhengyou-2012.toml"
    return context(campaign=read_campaign(file.read_text(encoding="utf-8")).value)


def read_and_judge(content: bytes) -> object:
    return examine(read_document("总结.docx", content), _asked())


def open_bundle(content: bytes) -> object:
    return unpack(replace(parse(b"Subject: x\r\n\r\nx"), files=(File("总结.zip", content),)), _LIMITS)


TARGETS = {
    target.name: target
    for target in (
        Target("docx", word_files, mutated_zip, read_and_judge),
        Target("zip", bundles, mutated_zip, open_bundle),
        Target("mail", mails, mutated, parse),
    )
}
