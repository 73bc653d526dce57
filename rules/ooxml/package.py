"""The zip around a Word document: opened within limits, its XML parts parsed with entities and network off."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

MAX_MEMBERS = 10_000
MAX_PART = 32 * 1024 * 1024
"""Bytes of one XML part, uncompressed. A report of 100 pages has about two million."""
MAX_TOTAL = 600 * 1024 * 1024
"""Bytes of all members, uncompressed, as the directory of the zip declares them."""
MAX_RATIO = 250
"""Uncompressed to compressed, for parts over a megabyte. Word's own XML reaches about 60."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO/IEC 29500 strict names its namespaces differently; the elements read here are the same.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", _TRANSITIONAL + b"drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _TRANSITIONAL + b"officeDocument/2006/math"),
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
class Package:
    """An opened .docx. `members` are the names in the zip in lower case with the entries they stand for."""

    archive: zipfile.ZipFile = field(repr=False)
    members: dict[str, zipfile.ZipInfo] = field(repr=False)

    def part(self, name: str) -> etree._Element | None:
        """The root of an XML part; None when there is no such part. Raises Broken."""
        entry = self.members.get(name.lower())
        if entry is None:
            return None
        _check_part(entry)
        try:
            with self.archive.open(entry) as stream:
                return _parse(stream.read(MAX_PART))
        except _DAMAGE as error:
            raise Broken("F1", f"{name}: {type(error).__name__}") from error

    def optional(self, name: str | None) -> etree._Element | None:
        """A part that a document can be read without (styles, numbers, notes): None also when it is damaged."""
        try:
            return self.part(name) if name else None
        except Broken:
            return None

    def related(self, source: str) -> dict[str, str]:
        """The last word of each relationship type ("styles", "numbering" …) of a part to the name of the target."""
        folder, name = posixpath.split(source)
        root = self.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                target = relation.get("Target", "").replace("\\", "/")
                found.setdefault(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        return found


def open_package(content: bytes) -> Package:
    """Opens the zip after looking at what its directory declares. Raises Broken (F1, or F2 when it is encrypted)."""
    if content.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Broken("F1", f"more than {MAX_MEMBERS} members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise Broken("F1", f"zip: {type(error).__name__}") from error
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Broken("F1", f"more than {MAX_TOTAL} bytes when unpacked")
    return Package(archive, {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries})


def _check_part(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Broken("F2", "encrypted zip")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Broken("F1", f"{entry.filename}: compressed in a way that Word does not use")
    if entry.file_size > MAX_PART:
        raise Broken("F1", f"{entry.filename}: {entry.file_size} bytes when unpacked")
    if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise Broken("F1", f"{entry.filename}: compressed more than {MAX_RATIO} times")


def _parse(data: bytes) -> etree._Element:
    for strict, transitional in _STRICT if b"http://purl.oclc.org/ooxml" in data else ():
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)
