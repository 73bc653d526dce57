"""RAR archives: the directory is read here (the only importer of rarfile), the members come from a tool in confinement.

Debian's free tools share the work: bsdtar reads RAR 5 and most of RAR 4 and hands the members on as a tar stream, so
that nothing is written to disk; unar reads solid and older ones. Neither reads everything (docs/data.md).
"""

import io
import os
import shutil
import struct
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import rarfile

from mailbot.bundles.nouns import Fault, Inner, Opened, Room
from mailbot.bundles.tar import DAMAGE, members_of
from mailbot.mime.text import decode

INSTALL = "apt-get install libarchive-tools unar"
_MEMORY = 1 << 30
_HEADERS = 1 << 20
_FAULTS = (
    rarfile.Error, struct.error, OSError, EOFError, ValueError, KeyError, IndexError, TypeError, AttributeError,
    ArithmeticError, AssertionError, RuntimeError, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the directory of the archive."""

    path: str
    size: int
    fault: Fault | None = None


def list_rar(content: bytes, room: Room) -> tuple[Entry, ...] | Fault:
    """The files of an archive, or why there are none. Pure, never raises; runs in the reading child."""
    try:
        with rarfile.RarFile(io.BytesIO(content)) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
            if archive.needs_password() and (not files or all(info.needs_password() for info in files)):
                return Fault.LOCKED
            if any(_goes_on(info) for info in files):
                return Fault.VOLUME
    except rarfile.NeedFirstVolume:
        return Fault.VOLUME
    except _FAULTS:
        return Fault.BROKEN
    if not files:  # rarfile passes over what it does not understand
        return Fault.BROKEN
    if sum(info.file_size for info in files) > room.total or len(files) > room.members:
        return Fault.BOMB
    return tuple(Entry(_path(info), info.file_size, _fault(info, room)) for info in files)


def extract_rar(content: bytes, entries: tuple[Entry, ...], room: Room, seconds: float) -> Opened:
    """The members, each from the first tool that gives it whole. Never raises for what is in the archive."""
    found: dict[str, bytes] = {}
    tools = [(path, extract) for tool, extract in _TOOLS.items() if (path := shutil.which(tool)) is not None]
    for path, extract in tools:
        given = extract(path, content, room, seconds)
        found.update((entry.path, given[entry.path]) for entry in entries if _whole(entry, given))
        if all(entry.fault is not None or entry.path in found for entry in entries):
            break
    fault = None if found or not entries else Fault.BROKEN if tools else Fault.NO_TOOL
    return Opened(tuple(_inner(entry, found) for entry in entries), fault)


def _whole(entry: Entry, given: Mapping[str, bytes]) -> bool:
    """A member of another length than the directory promised has not been read rightly."""
    return entry.path in given and len(given[entry.path]) == entry.size


def _inner(entry: Entry, found: Mapping[str, bytes]) -> Inner:
    if entry.fault is not None:
        return Inner(entry.path, fault=entry.fault)
    return Inner(entry.path, found[entry.path]) if entry.path in found else Inner(entry.path, fault=Fault.BROKEN)


def _by_bsdtar(tool: str, content: bytes, room: Room, seconds: float) -> dict[str, bytes]:
    command = [tool, "-c", "-P", "-f", "-", "--format", "pax", "@-"]  # -P: names as they are; none is written to
    stream = _output(command, content, room.total + _HEADERS + 2048 * room.members, seconds)
    members: list[Inner] = []
    try:
        with tarfile.open(fileobj=io.BytesIO(stream), mode="r:") as archive:
            members.extend(members_of(archive, replace(room, member=room.total)).members)
    except DAMAGE:
        return {}
    return {member.path: member.content for member in members if member.fault is None}


def _by_unar(tool: str, content: bytes, room: Room, seconds: float) -> dict[str, bytes]:
    """unar can only write files: into a fresh folder of its own, of which nothing but plain files is read."""
    with tempfile.TemporaryDirectory(prefix="mailbot-rar-") as folder:
        source, target = Path(folder, "in.rar"), Path(folder, "out")
        source.write_bytes(content)
        target.mkdir()
        command = [tool, "-quiet", "-no-recursion", "-no-directory", "-force-skip", "-encoding", "GB18030"]
        _output([*command, "-output-directory", str(target), str(source)], b"", _HEADERS, seconds, room.total)
        return dict(_files_below(target, room))


def _files_below(folder: Path, room: Room) -> Iterator[tuple[str, bytes]]:
    left = room.total
    for place, _, names in os.walk(folder, followlinks=False):
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink() and (left := left - path.stat().st_size) >= 0:
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _output(command: list[str], given: bytes, most: int, seconds: float, file_size: int = 0) -> bytes:
    """What the tool writes to its output; b"" when it does not end in `seconds` or writes more than `most` octets.

    It may write no file larger than `file_size`, and has a limit of memory (util-linux' prlimit, where there is one).
    """
    prlimit = shutil.which("prlimit")
    limits = [f"--as={_MEMORY}", f"--fsize={file_size}", "--core=0", f"--cpu={max(1, int(seconds))}"]
    confined = [prlimit, *limits, "--", *command] if prlimit else command
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    with tempfile.TemporaryFile() as source:
        source.write(given)
        source.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own words; the archive comes through a pipe
            confined, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd="/"
        ) as tool:
            alarm = threading.Timer(seconds, tool.kill)
            alarm.start()
            try:
                written = tool.stdout.read(most + 1) if tool.stdout is not None else b""
                if len(written) > most:
                    tool.kill()
            finally:
                tool.wait()
                alarm.cancel()
    return written if len(written) <= most and tool.returncode in (0, 1) else b""


def _path(info: rarfile.RarInfo) -> str:
    """Names without Unicode are in the code page of the sender's Windows: GBK, where rarfile guesses Western."""
    raw = info.orig_filename or b""
    shown = str(info.filename)
    guesses = {raw.decode("windows-1252", "replace"), raw.decode("utf-16le", "replace")}
    if raw.isascii() or shown.replace("/", "\\") not in guesses | {guess.replace("/", "\\") for guess in guesses}:
        return shown
    return decode(raw).replace("\\", "/")


def _fault(info: rarfile.RarInfo, room: Room) -> Fault | None:
    if info.needs_password():
        return Fault.LOCKED
    if info.is_symlink() or not info.is_file():
        return Fault.LINK
    return Fault.TOO_BIG if info.file_size > room.member else None


def _goes_on(info: rarfile.RarInfo) -> bool:
    """In the next part of an archive of several; the two formats say so in different flags."""
    if isinstance(info, rarfile.Rar3Info):
        return bool(info.flags & rarfile.RAR_FILE_SPLIT_AFTER)
    return bool(getattr(info, "block_flags", 0) & rarfile.RAR5_BLOCK_FLAG_SPLIT_AFTER)


_TOOLS = {"bsdtar": _by_bsdtar, "unar": _by_unar}
TOOLS = tuple(_TOOLS)
