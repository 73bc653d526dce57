"""Inputs made worse, by chance but always the same for a seed: bytes, XML, the structure of a zip, mail headers."""

import io
import random
import re
import struct
import zipfile
import zlib

INTERESTING = (
    b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\r\n", b"\n\n", b"=?", b"?=", b"--", b"%s%n",
    b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"]]>", b"&#x0;", b"&a;", b"\xef\xbb\xbf",
    b"\xfe\xff", b"\x1b$B",
)  # fmt: skip
_LARGEST = 4_000_000
_READ = ("document.xml", "styles.xml", "numbering.xml")
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>")
_WORDS = (
    b"w:p w:r w:t w:tbl w:tr w:tc w:sdt w:sdtContent w:ins w:del w:moveFrom w:pPr w:rPr w:numPr w:numId w:ilvl "
    b"w:txbxContent w:footnoteReference w:fldChar w:instrText w:hyperlink w:sym w:altChunk mc:AlternateContent "
    b"mc:Choice mc:Fallback w:style w:basedOn w:lvl w:lvlOverride w:comment"
).split()
_VALUES = (
    b"", b"0", b"-1", b"1", b"8", b"9", b"99999999999999999999", b"%1", b"%1%2%3%4%5%6%7%8%9", b"heading 1", b"Title",
    b"begin", b"separate", b"end", b"true", b"chineseCounting", b"\xe4\xb8\x80", b"../../../etc/passwd",
    b"http://example.com/", b"A" * 300,
)  # fmt: skip


def mutated(chance: random.Random, content: bytes) -> bytes:
    """One to six changes of the bytes."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        chance.choice((_flip, _flip, _put, _cut_out, _double, _cut_off, _fill))(chance, data)
    return bytes(data[:_LARGEST])


def mutated_zip(chance: random.Random, content: bytes) -> bytes:
    """A zip with its members changed and packed again, or with its structure damaged."""
    kind = chance.randrange(10)
    if kind < 2:
        return mutated(chance, content)
    if kind == 2:
        return _directory_damaged(chance, content)
    try:
        members = _members(content)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return mutated(chance, content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change_member(chance, members)
    return _packed(chance, members)


def mutated_xml(chance: random.Random, data: bytes) -> bytes:
    """Tags renamed, doubled, wrapped, nested deep, left open; values and texts replaced."""
    for _ in range(chance.choice((1, 2, 4, 12))):
        tags = list(_TAG.finditer(data, 0, 200_000))
        if not tags:
            return mutated(chance, data)
        tag = chance.choice(tags)
        data = chance.choice(_XML_CHANGES)(chance, data, tag)[:_LARGEST]
    return data


def _flip(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.choice((1, 2, 8, 40)) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _put(chance: random.Random, data: bytearray) -> None:
    at = chance.randint(0, len(data))
    data[at : at + chance.choice((0, 1, 4))] = chance.choice(INTERESTING)


def _cut_out(chance: random.Random, data: bytearray) -> None:
    at = chance.randint(0, len(data))
    del data[at : at + chance.choice((1, 4, 64, 4096))]


def _double(chance: random.Random, data: bytearray) -> None:
    at = chance.randint(0, len(data))
    piece = bytes(data[at : at + chance.choice((1, 16, 256, 8192))])
    data[at:at] = piece * chance.choice((1, 2, 50))


def _cut_off(chance: random.Random, data: bytearray) -> None:
    del data[chance.randint(0, len(data)) :]


def _fill(chance: random.Random, data: bytearray) -> None:
    at = chance.randint(0, len(data))
    data[at : at + 64] = chance.randbytes(chance.choice((4, 64, 2000)))


def _members(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist()[:60] if entry.file_size <= 2_000_000]
        return [(entry.filename, archive.read(entry)) for entry in entries]


def _change_member(chance: random.Random, members: list[tuple[str, bytes]]) -> None:
    if not members:
        return
    # Half of the changes go into the parts that are read.
    read = [
        at for at, (name, _) in enumerate(members) if name.endswith(("document.xml", "styles.xml", "numbering.xml"))
    ]
    at = chance.choice(read) if read and chance.random() < 0.6 else chance.randrange(len(members))
    name, data = members[at]
    kind = chance.randrange(10)
    if kind < 6:
        looks = name.endswith((".xml", ".rels"))
        members[at] = (name, mutated_xml(chance, data) if looks else mutated(chance, data))
    elif kind == 6:
        members[at] = (
            chance.choice(("../" * 9 + name, name.upper(), name.replace("/", "\\"), "", "\u202e" + name)),
            data,
        )
    elif kind == 7:
        members.insert(chance.randint(0, len(members)), (name, mutated(chance, data)))
    elif kind == 8:
        del members[at]
    else:
        other = chance.randrange(len(members))
        members[at] = (name, members[other][1])


def _packed(chance: random.Random, members: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(
        buffer, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)), compresslevel=1
    ) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name)  # unlike writestr with a name, says nothing when a name comes twice
            entry.compress_type = archive.compression
            archive.NameToInfo.pop(name, None)
            archive.writestr(entry, data)
    return buffer.getvalue()


def _directory_damaged(chance: random.Random, content: bytes) -> bytes:
    """Sizes, offsets, methods and flags of members that lie."""
    data = bytearray(content)
    places = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", content)]
    for _ in range(chance.choice((1, 2, 8)) if places else 0):
        at = chance.choice(places) + chance.choice((6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 42))
        size = chance.choice((2, 4))
        value = chance.choice((0, 1, 8, 9, 12, 14, 99, 0xFFFF, 0xFFFFFFFF, chance.randrange(1 << 32)))
        data[at : at + size] = struct.pack("<I", value)[:size]
    return bytes(data)


def _rename(chance: random.Random, data: bytes, tag: re.Match[bytes]) -> bytes:
    return data[: tag.start(2)] + chance.choice(_WORDS) + data[tag.end(2) :]


def _wrap(chance: random.Random, data: bytes, tag: re.Match[bytes]) -> bytes:
    word = chance.choice(_WORDS)
    depth = chance.choice((1, 1, 2, 40, 300, 5000))
    return data[: tag.start()] + (b"<" + word + b">") * depth + (b"</" + word + b">") * depth + data[tag.start() :]


def _repeat(chance: random.Random, data: bytes, tag: re.Match[bytes]) -> bytes:
    end = tag.start() + chance.choice((20, 200, 4000))
    piece = data[tag.start() : end]
    return data[: tag.start()] + piece * chance.choice((1, 3, 100)) + data[end:]


def _remove(chance: random.Random, data: bytes, tag: re.Match[bytes]) -> bytes:
    return data[: tag.start()] + data[tag.end() :]


def _set_value(chance: random.Random, data: bytes, tag: re.Match[bytes]) -> bytes:
    value = re.compile(rb'"[^"]*"').sub(
        lambda _: b'"' + chance.choice(_VALUES) + b'"', tag[3], count=chance.choice((1, 9))
    )
    return data[: tag.start(3)] + value + data[tag.end(3) :]


def _put_element(chance: random.Random, data: bytes, tag: re.Match[bytes]) -> bytes:
    element = (
        b"<" + chance.choice(_WORDS) + b' w:val="' + chance.choice(_VALUES) + b'" w:id="1" w:fldCharType="begin"/>'
    )
    return data[: tag.end()] + element * chance.choice((1, 1, 20)) + data[tag.end() :]


def _put_text(chance: random.Random, data: bytes, tag: re.Match[bytes]) -> bytes:
    letters = chance.choice(
        ("一", "年", "（", "总支意见：", "1 ", "\u3000", "&#10;", "XX", "2012", "\u200b", "、", "经")
    )
    return data[: tag.end()] + letters.encode() * chance.choice((1, 30, 3000)) + data[tag.end() :]


_XML_CHANGES = (_rename, _wrap, _repeat, _remove, _set_value, _put_element, _put_text)
