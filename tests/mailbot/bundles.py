"""Bundles made by hand for tests: RAR 4 and 5 with stored members, winmail.dat, Outlook's .msg, 7z, tar."""

import binascii
import io
import itertools
import struct
import tarfile
from collections.abc import Mapping, Sequence

import py7zr

SECTOR = 512
SMALL = 64
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def rar4(members: Mapping[bytes, bytes], flags: int = 0) -> bytes:
    """RAR 4 ("Rar!\\x1a\\x07\\x00"), members stored; names as raw bytes, as WinRAR on Chinese Windows wrote them."""
    out = b"Rar!\x1a\x07\x00" + _block4(0x73, 0, bytes(6))
    for name, content in members.items():
        crc = binascii.crc32(content)
        head = struct.pack(
            "<IIBIIBBHI", len(content), len(content), 2, crc, 0x40A94A00, 20, 0x30, len(name), 0x20
        )  # Windows, stored
        out += _block4(0x74, 0x8000 | flags, head + name) + content
    return out + _block4(0x7B, 0x4000, b"")


def _block4(kind: int, flags: int, rest: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", binascii.crc32(head) & 0xFFFF) + head


def rar5(members: Mapping[str, bytes]) -> bytes:
    """RAR 5 ("Rar!\\x1a\\x07\\x01\\x00"), members stored, names in UTF-8."""
    out = b"Rar!\x1a\x07\x01\x00" + _block5(b"\x01\x00\x00")
    for name, content in members.items():
        raw, size = name.encode(), _vint(len(content))
        crc = struct.pack("<I", binascii.crc32(content))
        head = b"\x02\x02" + size + b"\x04" + size + b"\x20" + crc + b"\x00\x00" + _vint(len(raw)) + raw
        out += _block5(head) + content
    return out + _block5(b"\x05\x00\x00")


def _vint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def _block5(head: bytes) -> bytes:
    sized = _vint(len(head)) + head
    return struct.pack("<I", binascii.crc32(sized)) + sized


def seven(members: Mapping[str, bytes], password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return out.getvalue()


def tar(members: Mapping[str, bytes | None], packed: str = "", encoding: str = "utf-8") -> bytes:
    """A member None is a symbolic link to /etc/passwd."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packed}", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            if content is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            info.size = len(content or b"")
            archive.addfile(info, io.BytesIO(content or b""))
    return out.getvalue()


def winmail(members: Mapping[bytes, bytes]) -> bytes:
    """A winmail.dat whose attachment titles are raw bytes, and with a subject that is no text of any code page."""
    out = struct.pack("<IH", 0x223E9F78, 1) + _tnef(1, 0x8004, 1, b"\xff\xfe\x81\x00")
    for name, content in members.items():
        out += _tnef(2, 0x9002, 6, bytes(14)) + _tnef(2, 0x8010, 1, name + b"\0") + _tnef(2, 0x800F, 6, content)
    return out


def _tnef(level: int, name: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


Node = Mapping[str, "bytes | Node"]


def msg(members: Mapping[str, bytes], sender: str = "", inner: Node | None = None) -> bytes:
    """Outlook's .msg with attachments by value; `inner` is a mail attached to it (see `mail_node`)."""
    return compound(mail_node(members, sender, inner))


def mail_node(members: Mapping[str, bytes], sender: str = "", inner: Node | None = None, header: int = 32) -> Node:
    node: dict[str, bytes | Node] = {
        "__properties_version1.0": bytes(header) + _property(0x0C1F, 0x1F, 2 * len(sender) + 2),
        "__substg1.0_0C1F001F": sender.encode("utf-16-le"),
        "__nameid_version1.0": {},
    }
    for number, (name, content) in enumerate(members.items()):
        node[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8)
            + _property(0x3705, 0x03, 1)
            + _property(0x3707, 0x1F, 2 * len(name) + 2)
            + _property(0x3701, 0x102, len(content)),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": content,
        }
    if inner is not None:
        node[f"__attach_version1.0_#{len(members):08X}"] = {
            "__properties_version1.0": bytes(8) + _property(0x3705, 0x03, 5),
            "__substg1.0_3701000D": inner,
        }
    return node


def _property(name: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIII", kind, name, 6, value, 0)


def compound(root: Node) -> bytes:
    """A compound file ([MS-CFB] version 3) of nested storages and streams; short streams go into the mini stream."""
    entries: list[tuple[str, int, list[int], bytes]] = []  # name, kind, children, content

    def add(name: str, node: "bytes | Node", kind: int) -> int:
        at = len(entries)
        entries.append((name, kind, [], node if isinstance(node, bytes) else b""))
        if not isinstance(node, bytes):
            entries[at][2].extend(add(key, child, 2 if isinstance(child, bytes) else 1) for key, child in node.items())
        return at

    add("Root Entry", root, 5)
    mini, data = bytearray(), bytearray()
    mini_next: list[int] = []
    starts: list[int] = []
    for _, kind, _, content in entries:
        if kind != 2 or not content:
            starts.append(END)
        elif len(content) < 4096:
            starts.append(len(mini_next))
            mini_next += _chain(len(mini_next), -(-len(content) // SMALL))
            mini += content + bytes(-len(content) % SMALL)
        else:
            starts.append(len(data) // SECTOR)
            data += content + bytes(-len(content) % SECTOR)
    return _laid_out(entries, starts, data, mini, mini_next)


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END]


def _laid_out(
    entries: Sequence[tuple[str, int, list[int], bytes]],
    starts: Sequence[int],
    data: bytearray,
    mini: bytearray,
    mini_next: Sequence[int],
) -> bytes:
    """Sectors in the order: streams one after another, mini stream, mini FAT, directory, FAT."""
    fat: list[int] = []
    for start, (_, kind, _, content) in zip(starts, entries, strict=True):
        if kind == 2 and len(content) >= 4096:
            assert start == len(fat)
            fat += _chain(len(fat), -(-len(content) // SECTOR))
    mini_start = len(fat)
    body = bytes(data) + _padded(bytes(mini))
    fat += _chain(len(fat), -(-len(mini) // SECTOR)) if mini else []
    minifat_start = len(fat)
    minifat = _padded(struct.pack(f"<{len(mini_next)}I", *mini_next), b"\xff")
    fat += _chain(len(fat), len(minifat) // SECTOR) if minifat else []
    directory_start = len(fat)
    directory = _padded(_directory(entries, starts, mini_start if mini else END, len(mini)))
    fat += _chain(len(fat), len(directory) // SECTOR)
    sectors = -(-(len(fat) + 1) // 127)
    fat_at = list(range(len(fat), len(fat) + sectors))
    fat += [FAT] * sectors
    table = _padded(struct.pack(f"<{len(fat)}I", *fat), b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIII", 0, sectors, directory_start, 0, 4096)
    header += struct.pack("<IIII", minifat_start if minifat else END, len(minifat) // SECTOR, END, 0)
    header += struct.pack("<109I", *fat_at, *[FREE] * (109 - sectors))
    return header + body + minifat + directory + table


def _padded(content: bytes, fill: bytes = b"\0") -> bytes:
    return content + fill * (-len(content) % SECTOR)


def _directory(
    entries: Sequence[tuple[str, int, list[int], bytes]], starts: Sequence[int], mini_start: int, mini_size: int
) -> bytes:
    """Children of a storage hang on one another's right side: no balanced tree, but readers follow it."""
    right = {}
    for _, _, children, _ in entries:
        right.update(itertools.pairwise(children))
    out = b""
    for at, (name, kind, children, content) in enumerate(entries):
        raw = name.encode("utf-16-le")
        start, size = (mini_start, mini_size) if kind == 5 else (starts[at], len(content))
        out += raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        out += struct.pack("<III", FREE, right.get(at, FREE), children[0] if children else FREE)
        out += bytes(36) + struct.pack("<II", start, size) + bytes(4)
    return out
