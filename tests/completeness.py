"""python -m tests.completeness: how much of LibreOffice's own text export of a Word file is in ours.

A multiset of characters, white space left out: of all characters that LibreOffice writes, how many are in ours as
well. Order is not compared; it is the business of the tests of the reader.
"""

import argparse
import contextlib
import shutil
import statistics
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.model import Document, Unreadable
from rules.word import read_document

CORPUS = Path(__file__).parents[1] / "../shared/corpora/word"
BATCH = 20
LOW = 0.9
REASONS = {
    "626542-footnote-hyperlink.docx": "LibreOffice prints the number of the note, and not the note",
    "ffca71-footnotes.docx": "LibreOffice prints the numbers of the notes",
    "51c139-endnotes.docx": "LibreOffice prints the number of the note",
    "4a5f79-simple-list.docx": "LibreOffice prints the bullets of lists",
    "35bc0a-complex_field_without_separate.docx": "LibreOffice computes a result that the file does not hold",
    "9c0c00-binding-simple.docx": "LibreOffice shows the bound data in place of the text of a content control",
}
"""Why a file of the corpus is below LOW: each was looked at."""


@dataclass(frozen=True)
class Compared:
    """One file: `share` of LibreOffice's characters that are ours too, None where either has no text.

    `missing` are the lines of LibreOffice that are nowhere in our text.
    """

    name: str
    share: float | None
    said: str = ""
    missing: tuple[str, ...] = ()


def files(folder: Path = CORPUS) -> list[Path]:
    return sorted(path for path in folder.glob("*/*.docx") if path.is_file()) if folder.is_dir() else []


def compare(paths: Sequence[Path]) -> Iterator[Compared]:
    """Each file once LibreOffice has written its text: twenty in a process, all with a profile of their own."""
    with tempfile.TemporaryDirectory(prefix="mailbot-text-") as folder:
        for start in range(0, len(paths), BATCH):
            batch = paths[start : start + BATCH]
            texts = exported(batch, Path(folder))
            yield from (_compared(path, text) for path, text in zip(batch, texts, strict=True))


def exported(batch: Sequence[Path], folder: Path) -> list[str | None]:
    """What LibreOffice writes for each; None where it writes nothing. A file that stops it is tried alone."""
    texts = _export(batch, folder)
    if len(batch) > 1:
        texts = [_export([path], folder)[0] if text is None else text for path, text in zip(batch, texts, strict=True)]
    return texts


def _export(batch: Sequence[Path], folder: Path) -> list[str | None]:
    inside, outside = folder / "in", folder / "out"
    for each in (inside, outside):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True)
    names = [f"{number}.docx" for number in range(len(batch))]
    for path, name in zip(batch, names, strict=True):
        shutil.copyfile(path, inside / name)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(outside)]
    sources = [str(inside / name) for name in names]
    with contextlib.suppress(subprocess.TimeoutExpired):  # what it has written by then is there
        subprocess.run([*command, *sources], capture_output=True, timeout=180, check=False)
    written = [(outside / name).with_suffix(".txt") for name in names]
    return [path.read_text("utf-8-sig", "replace") if path.exists() else None for path in written]


def _compared(path: Path, text: str | None) -> Compared:
    read = read_document(path.name, path.read_bytes())
    if isinstance(read, Unreadable):
        theirs = len(_characters(text or ""))
        return Compared(path.name, None, f"{read.rule}: {read.detail}; LibreOffice: {theirs} different characters")
    if text is None:
        return Compared(path.name, None, "LibreOffice does not open it")
    return measured(path.name, read, text)


def measured(name: str, read: Document, text: str) -> Compared:
    theirs, ours = _characters(text), _characters(read.text)
    total = sum(theirs.values())
    if not total:
        return Compared(name, None, "LibreOffice finds no text")
    lacking = theirs - ours
    squeezed = _plain(read.text)
    missing = tuple(line.strip() for line in text.splitlines() if _plain(line) and _plain(line) not in squeezed)
    return Compared(name, 1 - sum(lacking.values()) / total, f"{sum(lacking.values())} of {total} missing", missing)


def _characters(text: str) -> Counter[str]:
    return Counter(_plain(text))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.completeness", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS, help="folder of folders of .docx")
    parser.add_argument("--below", type=float, default=LOW, help="which files to list")
    parser.add_argument("--lines", type=int, default=3, help="missing lines to print for each low file")
    chosen = parser.parse_args(arguments)
    results = list(compare(files(chosen.folder)))
    shares = [result.share for result in results if result.share is not None]
    print(f"{len(results)} files, {len(shares)} compared; median {statistics.median(shares):.4f}", end="")
    print(f", mean {statistics.mean(shares):.4f}, below {LOW}: {sum(share < LOW for share in shares)}")
    for result in sorted(results, key=lambda result: result.share or 0):
        if result.share is None or result.share < chosen.below:
            share = "—" if result.share is None else f"{result.share:.3f}"
            print(f"{share:5} {result.name}  {result.said}  {REASONS.get(result.name, '')}")
            for line in result.missing[: chosen.lines]:
                print(f"       | {line[:110]}")


if __name__ == "__main__":
    main()
