"""The zip around a Word document: opened within limits, its XML parts parsed with entities and network off."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from rules.ooxml.elements import WORD

MAX_MEMBERS = 10_000
MAX_PART = 8 * 1024 * 1024
"""Bytes of one XML part, uncompressed. A report of 100 pages has about two million."""
MAX_TOTAL = 600 * 1024 * 1024
"""Bytes of all members, uncompressed, as the directory of the zip declares them."""
MAX_RATIO = 250
"""Uncompressed to compressed, for parts over a megabyte. Word's own XML reaches about 60."""
_MEMBER = 76
"""Bytes that a member takes at least: its header and its row in the directory."""

_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 strict names its namespaces differently; the elements read here are the same.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", _TRANSITIONAL + b"drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _TRANSITIONAL + b"officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        _TRANSITIONAL + b"officeDocument/2006/relationships",
    ),
)


class Broken(Exception):
    """The bytes are no Word document that can be opened; `rule` says it to the sender, `detail` to the log."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.rule = rule
        self.detail = detail


_DAMAGE = (
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, NotImplementedError, OSError,
    RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class Links:
    """The relationships of a part to others in the package: (id, kind, name); a kind is "styles", "numbering" …"""

    rows: tuple[tuple[str, str, str], ...] = ()

    def first(self, kind: str) -> str | None:
        return next(self.all(kind), None)

    def all(self, kind: str) -> Iterator[str]:
        return (name for _, own, name in self.rows if own == kind)

    def to(self, identity: str | None) -> str | None:
        return next((name for own, _, name in self.rows if own == identity), None)


@dataclass(frozen=True)
class Package:
    """An opened .docx. `members` are the names in the zip in lower case with the entries they stand for."""

    archive: zipfile.ZipFile = field(repr=False)
    members: dict[str, zipfile.ZipInfo] = field(repr=False)

    def data(self, name: str) -> bytes | None:
        """The bytes of a part; None when there is no such part. Raises Broken."""
        entry = self.members.get(name.lower())
        if entry is None:
            return None
        _check_part(entry)
        try:
            with self.archive.open(entry) as stream:
                data = stream.read(MAX_PART)
        except _DAMAGE as error:
            raise Broken("F1", f"{name}: {type(error).__name__}") from error
        for strict, transitional in _STRICT if b"http://purl.oclc.org/ooxml" in data[:8192] else ():
            data = data.replace(strict, transitional)
        return data

    def part(self, name: str) -> etree._Element | None:
        """The root of an XML part; None when there is no such part. Raises Broken."""
        data = self.data(name)
        return None if data is None else parse(data, name)

    def optional(self, name: str | None) -> etree._Element | None:
        """A part that a document can be read without (styles, numbers, notes): None also when it is damaged."""
        try:
            return self.part(name) if name else None
        except Broken:
            return None

    def optional_data(self, name: str | None) -> bytes:
        try:
            return (self.data(name) or b"") if name else b""
        except Broken:
            return b""

    def links(self, source: str) -> Links:
        """Where a part ("" for the package itself) points to, targets outside of the package left out."""
        folder, name = posixpath.split(source)
        root = self.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
        rows = []
        for link in root.iter(_RELATION) if root is not None else ():
            if link.get("TargetMode") != "External":
                target = posixpath.join("/", folder, link.get("Target", "").replace("\\", "/"))
                kind = link.get("Type", "").rpartition("/")[2]
                rows.append((link.get("Id", ""), kind, posixpath.normpath(target).lstrip("/")))
        return Links(tuple(rows))


def open_package(content: bytes) -> Package:
    """Opens the zip after looking at what its directory declares. Raises Broken (F1, or F2 when it is encrypted)."""
    if len(content) > MAX_MEMBERS * _MEMBER and content.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Broken("F1", f"more than {MAX_MEMBERS} members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise Broken("F1", f"zip: {type(error).__name__}") from error
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Broken("F1", f"more than {MAX_TOTAL} bytes when unpacked")
    return Package(archive, {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries})


def parse(data: bytes, name: str) -> etree._Element:
    """The root of an XML document. Raises Broken, also for a document type: Open XML has none (ISO 29500-2, 8.1.4)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except _DAMAGE as error:
        raise Broken("F1", f"{name}: {type(error).__name__}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Broken("F1", f"{name}: document type")
    return root


def _check_part(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Broken("F2", "encrypted zip")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Broken("F1", f"{entry.filename}: compressed in a way that Word does not use")
    if entry.file_size > MAX_PART:
        raise Broken("F1", f"{entry.filename}: {entry.file_size} bytes when unpacked")
    if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise Broken("F1", f"{entry.filename}: compressed more than {MAX_RATIO} times")
