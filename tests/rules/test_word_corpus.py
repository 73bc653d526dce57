"""Every Word file of public projects, some broken on purpose: read without loss, or one clear reason."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from rules.model import Document, Unreadable
from rules.word import read_document
from tests.documents.build import STRICT, WORD

CORPUS = Path(__file__).parents[2] / "../shared/corpora/word"


def corpus() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*/*") if path.is_file()) if CORPUS.is_dir() else []


def shown_text(path: Path) -> str:
    """Another way to the text: every w:t outside of deletions and of the second of two alternatives."""
    with zipfile.ZipFile(path) as bundle:
        main = next(name for name in bundle.namelist() if name.startswith("word/document") and name.endswith(".xml"))
        root = etree.fromstring(bundle.read(main).replace(STRICT.encode(), WORD.encode()))
    hidden = {f"{{{WORD}}}del", f"{{{WORD}}}moveFrom"}
    texts = []
    for element in root.iter(f"{{{WORD}}}t"):
        tags = {ancestor.tag for ancestor in element.iterancestors()}
        if not tags & hidden and not any(str(tag).endswith("}Fallback") for tag in tags):
            texts.append(element.text or "")
    return "".join("".join(texts).split())


@pytest.mark.skipif(not corpus(), reason="../shared/corpora/word is absent")
def test_every_file_of_the_corpus_is_read_without_loss_or_named_unreadable() -> None:
    outcomes: Counter[str] = Counter()
    for path in corpus():
        document = read_document(path.name, path.read_bytes())
        outcomes[document.rule if isinstance(document, Unreadable) else "read"] += 1
        if zipfile.is_zipfile(path):
            text = "".join(document.text.split()) if isinstance(document, Document) else ""
            assert not Counter(shown_text(path)) - Counter(text), path.name
    assert outcomes["read"] >= 237
    assert set(outcomes) <= {"read", "F3", "F4"}, outcomes
