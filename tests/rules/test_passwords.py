"""Documents that ask for a password are told without being opened."""

from pathlib import Path

import pytest

from rules.kinds import kind_of
from rules.model import Unreadable
from rules.passwords import asks_for_password
from rules.word import read_document
from tests.documents.build import archive

ODT = "application/vnd.oasis.opendocument.text"
LOCKED = "<manifest:encryption-data manifest:checksum='x'/>"
LOCKED_DOC = (Path(__file__).parents[1] / "documents" / "locked.doc").read_bytes()


def odt(manifest: str, **members: str) -> bytes:
    return archive(
        {"mimetype": ODT, **members, "META-INF/manifest.xml": f"<manifest:manifest>{manifest}</manifest:manifest>"}
    )


CASES = [
    ("总结.odt", odt(LOCKED, **{"content.xml": "noise"}), True),
    ("总结.odt", odt("", **{"encrypted-package": "noise"}), True),
    ("总结.odt", odt("<manifest:file-entry/>", **{"content.xml": "<a/>"}), False),
    ("总结.odt", archive({"mimetype": ODT, "content.xml": "<a/>"}), False),
    ("总结.doc", LOCKED_DOC, True),
    ("总结.wps", LOCKED_DOC, True),
    ("总结.doc", LOCKED_DOC[:512], False),
    ("总结.rtf", b"{\\rtf1 x}", False),
]


@pytest.mark.parametrize(("name", "content", "locked"), CASES)
def test_a_password_is_noticed_before_anything_is_converted(name: str, content: bytes, locked: bool) -> None:
    assert asks_for_password(kind_of(name, content), content) is locked
    found = read_document(name, content)
    assert isinstance(found, Unreadable)
    assert found.rule == ("F2" if locked else "F4")
