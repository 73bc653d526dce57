"""Programs that stand in for LibreOffice and do one thing wrong, or nothing but copy a file: shell scripts."""

from pathlib import Path

_HEAD = """#!/bin/sh
case "$1" in --version) echo "LibreOffice 0.0 (invented)"; exit 0;; esac
while [ $# -gt 0 ]; do
  case "$1" in --outdir) out="$2";; esac
  last="$1"
  shift
done
"""


def fake_soffice(folder: Path, does: str, name: str = "soffice") -> Path:
    """A script in that folder. `does` may use $out, the folder for the result, and $last, the file to convert."""
    path = folder / name
    path.write_text(f"{_HEAD}{does}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
