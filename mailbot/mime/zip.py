"""The members of a zip archive: their names as Chinese Windows meant them, their bytes within limits."""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailbot.mime.members import place_of
from mailbot.mime.text import decode, restore

MAX_MEMBERS = 20_000
"""Entries of a directory that are looked at; more than that is no bundle of reports."""
CHUNK = 1 << 16
RATIO_FLOOR = 5_000_000
"""Bytes below which the ratio does not matter: an empty .doc shrinks to a hundredth."""

# What the standard library raises on archives that are not as the format says.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_UTF8 = 0x800
_ENCRYPTED = 0x41
_UNICODE_PATH = 0x7075


class TooLarge(Exception):
    """A member gives more bytes than the limits allow; `bomb` when it is out of all proportion to its packed size."""

    def __init__(self, bomb: bool) -> None:
        super().__init__("too large")
        self.bomb = bomb


@dataclass(frozen=True)
class Member:
    """A file of the archive: its name without folders, the folders outermost first."""

    name: str
    folders: tuple[str, ...]
    encrypted: bool
    link: bool
    info: zipfile.ZipInfo = field(repr=False)


class Zip:
    """An archive open for reading; raises one of BROKEN when it is none."""

    def __init__(self, content: bytes) -> None:
        if content.count(b"PK\x01\x02") > MAX_MEMBERS:
            raise TooLarge(bomb=True)
        self._content = content
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except UnicodeDecodeError:
            self._content = _without_promise(content)
            self._archive = zipfile.ZipFile(io.BytesIO(self._content))

    def members(self) -> Iterator[Member]:
        """The files, in the order of the directory; folders and what systems leave behind are passed over."""
        for info in self._archive.infolist():
            place = place_of(_name(info))
            if place is not None:
                link = stat.S_ISLNK(info.external_attr >> 16)
                yield Member(*place, bool(info.flag_bits & _ENCRYPTED), link, info)

    def read(self, member: Member, limit: int, ratio: int) -> bytes:
        """The bytes of a member, counted while they come: sizes in the directory are promises of a stranger."""
        self._agree(member.info)
        most = max(RATIO_FLOOR, ratio * min(member.info.compress_size, len(self._content)))
        out = bytearray()
        with self._archive.open(member.info) as stream:
            while chunk := stream.read(CHUNK):
                out += chunk
                if len(out) > most:
                    raise TooLarge(bomb=True)
                if len(out) > limit:
                    raise TooLarge(bomb=False)
        return bytes(out)

    def _agree(self, info: zipfile.ZipInfo) -> None:
        """Directory and local header may spell a name differently (other charset); the library would refuse that."""
        start = info.header_offset
        (length,) = struct.unpack("<H", self._content[start + 26 : start + 28])
        raw = self._content[start + 30 : start + 30 + length]
        info.orig_filename = raw.decode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _without_promise(content: bytes) -> bytes:
    """Names that are said to be UTF-8 and are not make the library give up: take the flag away and guess them."""
    data = bytearray(content)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for match in re.finditer(re.escape(signature), content):
            if match.start() + offset + 1 < len(data):
                data[match.start() + offset + 1] &= 0xF7
    return bytes(data)


def _name(info: zipfile.ZipInfo) -> str:
    """The path as its maker meant it: UTF-8 where promised, the Unicode path (Info-ZIP 0x7075), else guessed."""
    shown = info.orig_filename
    if info.flag_bits & _UTF8:
        return restore(shown)
    raw = shown.encode("cp437", "replace")
    path = _unicode_path(info.extra, raw)
    if path:
        return path
    guessed = decode(raw)
    if "\ufffd" not in guessed:
        return guessed
    try:
        return raw.decode("gb18030")  # rare characters only: here Chinese is still likelier than the code page of DOS
    except UnicodeError:
        return shown


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The extra field 0x7075, if it was made for this name: version, CRC-32 of the raw name, UTF-8."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        data, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(data) > 5 and struct.unpack("<I", data[1:5])[0] == zlib.crc32(raw):
            return data[5:].decode("utf-8", "replace")
    return ""
