""".doc, .wps, .rtf, .odt to .docx through LibreOffice: one process and one profile per file, within limits.

The network is shut off (a network of its own where the machine lets us, a dead proxy everywhere), macros and links
are off, names and folders are ours, and nothing is left behind, not even by a bot that is killed (`office.guard`).
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from mailbot.office import guard
from mailbot.office.profile import write_profile
from mailbot.office.source import Source, source_of

PROGRAMS = ("soffice", "libreoffice")
NONE = "none"
TRIES = 2  # it may die of what the machine suffers; a file that makes it fail twice is to blame itself
GRACE = 10  # seconds for the guard to end what it guards
MEGABYTE = 1024 * 1024

# Where it may run so, LibreOffice sees no network, and everything it started dies with it. First one that works.
APART = (
    ("unshare", "--user", "--map-current-user", "--net", "--pid", "--fork", "--kill-child"),
    ("unshare", "--net", "--pid", "--fork", "--kill-child"),
    (),
)
_OUTPUT = "docx:MS Word 2007 XML"
_KEPT = ("PATH", "SystemRoot", "SYSTEMROOT")  # of the environment; the rest, secrets among it, stays with the bot


class NotConverted(StrEnum):
    """Why there is no .docx."""

    ABSENT = "no converter"
    STRANGE = "not a format for the converter"
    HUNG = "conversion took too long"
    FAILED = "conversion failed"


@dataclass
class Converter:
    """`program`: LibreOffice's soffice, "" to look for it on the PATH, NONE to do without. Limits are for one file."""

    program: str = ""
    seconds: float = 60
    memory_mb: int = 2048
    output_mb: int = 60
    at_once: int = 2
    _places: threading.BoundedSemaphore = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._places = threading.BoundedSemaphore(self.at_once)

    def found(self) -> str | None:
        """Where LibreOffice is, None when it is not there or not wanted."""
        if self.program == NONE:
            return None
        if self.program:
            return shutil.which(self.program)
        return next((path for path in map(shutil.which, PROGRAMS) if path), None)

    def convert(self, content: bytes) -> bytes | NotConverted:
        """The same document as .docx. Never raises for what is in the file; OSError when no folder can be made."""
        source = source_of(content)
        if source is None:
            return NotConverted.STRANGE
        program = self.found()
        if program is None:
            return NotConverted.ABSENT
        made: bytes | NotConverted = NotConverted.FAILED
        with self._places:
            for _ in range(TRIES):
                made = self._in_new_folder(program, source)
                if made is not NotConverted.FAILED:
                    break
        return made

    @cached_property
    def apart(self) -> tuple[str, ...]:
        """The words in front of the command that give it a network of its own, () where that is not allowed."""
        for words in APART:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                if not words or subprocess.run([*words, "true"], capture_output=True, timeout=GRACE).returncode == 0:  # noqa: S603
                    return words
        return ()

    def _in_new_folder(self, program: str, source: Source) -> bytes | NotConverted:
        folder = Path(tempfile.mkdtemp(prefix="mailbot-convert-")).resolve()
        try:
            (folder / source.name).write_bytes(source.content)
            write_profile(folder / "profile")
            (folder / "out").mkdir()
            (folder / "tmp").mkdir()
            code = self._guarded([*self.apart, *_command(program, source, folder)], folder)
            if code == guard.HUNG:
                return NotConverted.HUNG
            return self._output(folder / "out" / "in.docx") or NotConverted.FAILED
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _guarded(self, command: list[str], folder: Path) -> int:
        """Runs it; whatever ends this, the guard hears of it and ends the command."""
        order = {
            "command": command,
            "folder": str(folder),
            "seconds": self.seconds,
            "memory": self.memory_mb * MEGABYTE,
            "file": self.output_mb * MEGABYTE,
        }
        with subprocess.Popen(  # noqa: S603 - a list, no shell; the names in it are ours
            [sys.executable, "-I", "-S", guard.__file__, json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(folder),
            start_new_session=True,
        ) as process:
            try:
                return process.wait(self.seconds + GRACE)
            except subprocess.TimeoutExpired:
                return guard.HUNG
            finally:
                if process.stdin:
                    process.stdin.close()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(GRACE)
                process.kill()

    def _output(self, path: Path) -> bytes:
        """b"" when there is none, or more than may be."""
        try:
            with path.open("rb") as file:
                content = file.read(self.output_mb * MEGABYTE)
        except OSError:
            return b""
        whole = len(content) < self.output_mb * MEGABYTE  # at the limit it was cut off
        return content if content.startswith(b"PK\x03\x04") and whole else b""


def _command(program: str, source: Source, folder: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"-env:OSL_SOCKET_PATH={folder}",  # else a killed one leaves its pipe in /tmp
        "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
        *([f"--infilter={source.filter}"] if source.filter else []),
        "--convert-to", _OUTPUT,
        "--outdir", str(folder / "out"),
        str(folder / source.name),
    ]  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    temporary = str(folder / "tmp")
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    ours = {"HOME": str(folder), "TMPDIR": temporary, "TEMP": temporary, "TMP": temporary, "LANG": "C.UTF-8"}
    return {**kept, **ours, "SAL_USE_VCLPLUGIN": "svp"}
