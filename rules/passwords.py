"""Whether a document asks for a password before it shows its text, told without opening it."""

import io
import struct
import zipfile
import zlib

from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError, FileFormatError

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MANIFEST = "META-INF/manifest.xml"
_LARGEST_MANIFEST = 1_000_000
_FAULTS = (
    FileFormatError, DecryptionError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError,
    ArithmeticError, RuntimeError, NotImplementedError, EOFError, AssertionError, struct.error,
)  # fmt: skip
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, ValueError, KeyError, OSError, RuntimeError, NotImplementedError)


def asks_for_password(kind: str, content: bytes) -> bool:
    """For .docx, .doc, .wps (OLE2) and .odt; RTF knows none. A file too damaged to say so is not called locked."""
    if content.startswith(OLE2):
        return _PACKAGE in content or _is_locked_word(content)
    return kind == "odt" and _is_locked_open_document(content)


def _is_locked_word(content: bytes) -> bool:
    try:
        return bool(OfficeFile(io.BytesIO(content)).is_encrypted())
    except _FAULTS:
        return False


def _is_locked_open_document(content: bytes) -> bool:
    """OpenDocument 1.2 part 3, 4.8: the manifest says so of each part; since 1.4 the whole package may be one part."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if "encrypted-package" in package.namelist():
                return True
            with package.open(_MANIFEST) as manifest:
                return b":encryption-data" in manifest.read(_LARGEST_MANIFEST)
    except _ZIP_FAULTS:
        return False
