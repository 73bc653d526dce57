"""The labelled reports in the formats that their names say: made by LibreOffice, read through the bot's own reader."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mailbot.reading import Reader
from tests.accuracy.judged import Judged, as_word, judged
from tests.accuracy.labelled import Labelled

# What LibreOffice calls the formats; a .wps is the .doc under another name, as WPS writes it.
_TARGETS = {"doc": "doc:MS Word 97", "wps": "doc:MS Word 97", "rtf": "rtf", "odt": "odt", "pdf": "pdf"}
_BATCH = 20


def in_own_format(labels: Sequence[Labelled]) -> list[Judged]:
    made = written(labels)
    reader = Reader()
    try:
        return judged(labels, lambda label: made.get(label.name) or as_word(label), reader.read)
    finally:
        reader.close()


def written(labels: Sequence[Labelled]) -> dict[str, bytes]:
    """Name of a report to its bytes, for those that are not Word or text."""
    made: dict[str, bytes] = {}
    for form, target in _TARGETS.items():
        wanted = [label for label in labels if label.format == form]
        for start in range(0, len(wanted), _BATCH):
            made.update(_converted(wanted[start : start + _BATCH], target))
    return made


def _converted(labels: Sequence[Labelled], target: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for label in labels:
            source = Path(folder, f"{label.name}.docx")
            source.write_bytes(label.docx())
            sources.append(str(source))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", f"{folder}/out", *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        suffix = target.partition(":")[0]
        return {label.name: Path(folder, "out", f"{label.name}.{suffix}").read_bytes() for label in labels}
