"""python -m tests.bench.reading: processor time of reading and judging a report, beside its peers in the same run."""

import argparse
import io
import statistics
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from lxml import etree

import rules
from rules.campaign_file import read_campaign
from rules.checks import examine
from rules.context import Context
from rules.word import read_document
from tests.bench.documents import COUNT, report
from tests.documents.build import WORD
from tests.documents.invented import context

CAMPAIGN = Path(rules.__file__).parent / "campaigns" / "chuangxian-zhengyou-2012.toml"
ROUNDS = 5


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading", description=__doc__)
    parser.add_argument("--documents", type=int, default=COUNT, help="how many of the 200 invented reports")
    chosen = parser.parse_args(arguments)
    documents = [report(number * COUNT // chosen.documents) for number in range(chosen.documents)]
    sizes = sorted(map(len, documents))
    print(f"{len(documents)} reports, {sizes[0] / 1e3:.0f} to {sizes[-1] / 1e3:.0f} kB", end="")
    print(f" (median {statistics.median(sizes) / 1e3:.0f} kB); medians of {ROUNDS} rounds, processor time")
    for line in table(documents):
        print(line)


def table(documents: Sequence[bytes]) -> list[str]:
    """A line per way of reading: the median document of the median round, and how that compares."""
    ways = ways_of_reading()
    rounds: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(documents[0])  # patterns are compiled and modules loaded once in the life of the bot
    for _ in range(ROUNDS):
        for name, way in ways.items():
            rounds[name].append(statistics.median(timed(way, document) for document in documents))
    medians = {name: statistics.median(times) for name, times in rounds.items()}
    lxml, peer = medians["lxml, word/document.xml"], medians["python-docx, paragraphs and tables"]
    return [
        f"{name:36} {1000 * median:7.2f} ms   x lxml {median / lxml:6.1f}   python-docx / it {peer / median:5.1f}"
        for name, median in medians.items()
    ]


def ways_of_reading() -> dict[str, Callable[[bytes], object]]:
    campaign = read_campaign(CAMPAIGN.read_text(encoding="utf-8")).value
    assert campaign is not None
    asked = context(campaign=campaign)
    return {
        "ours, read": lambda content: read_document("总结.docx", content),
        "ours, read and judge": lambda content: judged(content, asked),
        "python-docx, paragraphs and tables": by_python_docx,
        "lxml, word/document.xml": by_lxml,
    }


def judged(content: bytes, asked: Context) -> object:
    return examine(read_document("总结.docx", content), asked)


def by_python_docx(content: bytes) -> str:
    read = docx.Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in read.paragraphs]
    lines.extend(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    return "\n".join(lines)


def by_lxml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(f"{{{WORD}}}t")) for paragraph in root.iter(f"{{{WORD}}}p")
    )


def timed(way: Callable[[bytes], object], document: bytes) -> float:
    start = time.process_time()
    way(document)
    return time.process_time() - start


if __name__ == "__main__":
    main()
