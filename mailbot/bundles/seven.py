"""7z archives, in memory and within limits; the only importer of py7zr. To be run in the reading child."""

import io
import lzma
import struct
import zlib

import py7zr
from py7zr.exceptions import ArchiveError
from py7zr.io import Py7zIO, WriterFactory

from mailbot.bundles.nouns import Fault, Inner, Opened, Room

_DAMAGE = (
    ArchiveError, lzma.LZMAError, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, IndexError,
    TypeError, AttributeError, NotImplementedError, ArithmeticError, AssertionError, RuntimeError, MemoryError,
)  # fmt: skip


class _Full(Exception):
    """The archive gives more than it may."""


def open_7z(name: str, content: bytes, room: Room) -> Opened:
    """The members of a 7z archive. Never raises; memory and time are bounded by the child that it runs in."""
    try:
        with py7zr.SevenZipFile(io.BytesIO(content)) as archive:
            if archive.needs_password():
                return Opened(fault=Fault.LOCKED)
            listed = [entry for entry in archive.list() if not entry.is_directory]
            if sum(entry.uncompressed for entry in listed) > room.total or len(listed) > room.members:
                return Opened(fault=Fault.BOMB)
            written = _Memory(room.total)
            archive.extractall(factory=written)
    except _Full:
        return Opened(fault=Fault.BOMB)
    except py7zr.exceptions.PasswordRequired:
        return Opened(fault=Fault.LOCKED)
    except _DAMAGE:
        return Opened(fault=Fault.BROKEN)
    links = {entry.filename for entry in listed if getattr(entry, "is_symlink", False)}
    return Opened(tuple(_inner(entry.filename, written, links, room.member) for entry in listed))


def _inner(path: str, written: "_Memory", links: set[str], most: int) -> Inner:
    file = written.files.get(path)
    if path in links:
        return Inner(path, fault=Fault.LINK)
    if file is None:
        return Inner(path, fault=Fault.BROKEN)
    return Inner(path, file.content) if file.size() <= most else Inner(path, fault=Fault.TOO_BIG)


class _File(Py7zIO):
    """One member in memory; all members of an archive share what is left of its room."""

    def __init__(self, memory: "_Memory") -> None:
        self._memory = memory
        self._written = io.BytesIO()

    @property
    def content(self) -> bytes:
        return self._written.getvalue()

    def write(self, s: bytes | bytearray) -> int:
        self._memory.take(len(s))
        return self._written.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._written.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._written.seek(offset, whence)

    def flush(self) -> None:
        self._written.flush()

    def size(self) -> int:
        return len(self._written.getbuffer())


class _Memory(WriterFactory):
    """Where py7zr writes: no path of an archive ever becomes a path of the disk."""

    def __init__(self, room: int) -> None:
        self._left = room
        self.files: dict[str, _File] = {}

    def create(self, filename: str) -> Py7zIO:
        self.files[filename] = file = _File(self)
        return file

    def take(self, octets: int) -> None:
        self._left -= octets
        if self._left < 0:
            raise _Full
