"""tar archives, packed or not, and single files packed with gzip, bzip2 or xz. In memory, within limits."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from typing import IO

from mailbot.bundles.nouns import Fault, Inner, Opened, Room
from mailbot.mime.text import decode

_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))
_ENDINGS = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".gz": "", ".bz2": "", ".xz": ""}
DAMAGE = (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, OverflowError, IndexError)
_CHUNK = 1 << 16


def open_tar(name: str, content: bytes, room: Room) -> Opened:
    """The members of a tar archive; a packed file that is no tar is its own only member. Pure, never raises."""
    try:
        plain = _unpacked(content, room.total)
        if plain is None:
            return Opened(fault=Fault.BOMB)
        if plain[257:262] != b"ustar" and plain is not content:
            return Opened((Inner(_inner_name(name), plain),))
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
            return members_of(archive, room)
    except DAMAGE:
        return Opened(fault=Fault.BROKEN)


def members_of(archive: tarfile.TarFile, room: Room) -> Opened:
    """Files of an open archive, counted while they come; links are named, devices and folders are passed over."""
    members: list[Inner] = []
    left = room.total
    for info in archive:
        if len(members) >= room.members:
            break
        path = _text(info.name)
        if info.issym() or info.islnk():
            members.append(Inner(path, fault=Fault.LINK))
        elif info.isfile():
            left -= info.size
            if left < 0:
                return Opened((*members, Inner(path, fault=Fault.BOMB)))
            members.append(_member(archive.extractfile(info), path, info.size, room.member))
    return Opened(tuple(members))


def _member(stream: IO[bytes] | None, path: str, size: int, most: int) -> Inner:
    if stream is None:
        return Inner(path, fault=Fault.BROKEN)
    if size > most:
        return Inner(path, fault=Fault.TOO_BIG)
    content = stream.read()
    return Inner(path, content) if len(content) == size else Inner(path, fault=Fault.BROKEN)


def _unpacked(content: bytes, most: int) -> bytes | None:
    """The bytes inside gzip, bzip2 or xz; what is not packed as it is; None when there are too many."""
    unpack = next((unpack for magic, unpack in _PACKED if content.startswith(magic)), None)
    if unpack is None:
        return content
    out = bytearray()
    with unpack(io.BytesIO(content), "rb") as stream:
        while chunk := stream.read(_CHUNK):
            out += chunk
            if len(out) > most:
                return None
    return bytes(out)


def _inner_name(name: str) -> str:
    """总结.docx.gz holds 总结.docx."""
    lower = name.lower()
    for ending, instead in _ENDINGS.items():
        if lower.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)] + instead
    return name


def _text(name: str) -> str:
    """Names that are no UTF-8 come with their raw bytes as surrogates (PEP 383): in China those are GBK."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return decode(raw)
