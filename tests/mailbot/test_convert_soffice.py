"""LibreOffice itself: every format that it must read, and documents that mean harm."""

import io
import socket
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.convert import Converter, NotConverted
from mailbot.demo.reports import Report, lines_of, rtf, write
from mailbot.reading import Reader
from rules.model import Document, Unreadable
from rules.text import squeeze
from tests.servers_start import require

pytestmark = [pytest.mark.server, pytest.mark.slow]

UNIT = "图书馆直属党支部"
ORIGINAL = write(Report(UNIT))
TARGETS = {
    "doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt", "pdf": "pdf", "xml": "xml:MS Word 2003 XML",
    "html": "html:HTML (StarWriter)",
}  # fmt: skip
ODT = "application/vnd.oasis.opendocument.text"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    require("soffice")
    made = Reader(60)
    yield made
    made.close()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same report as LibreOffice saves it in every format."""
    require("soffice")
    folder = tmp_path_factory.mktemp("saved")
    (folder / "report.docx").write_bytes(ORIGINAL)
    found = {}
    for form, target in TARGETS.items():
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", target, "--outdir", str(folder), str(folder / "report.docx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        found[form] = (folder / f"report.{form}").read_bytes()
    return found


# Name under which it arrives, format it was saved in, kind that is told.
ARRIVES = [
    ("总结.doc", "doc", "doc"), ("总结.wps", "doc", "wps"), ("总结.docx", "doc", "doc"), ("总结.rtf", "rtf", "rtf"),
    ("总结.doc", "rtf", "rtf"), ("总结.odt", "odt", "odt"), ("总结.doc", "odt", "odt"), ("总结.doc", "xml", "doc"),
    ("总结.doc", "html", "doc"), ("总结.pdf", "pdf", "pdf"), ("总结.docx", "pdf", "pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "form", "kind"), ARRIVES, ids=[f"{name[-5:]} {form}" for name, form, _ in ARRIVES])
def test_the_same_report_is_read_in_every_format_under_any_name(
    reader: Reader, saved: dict[str, bytes], name: str, form: str, kind: str
) -> None:
    document = reader.read(name, saved[form])
    assert isinstance(document, Document)
    assert document.kind == kind
    assert squeeze(document.title) == f"{UNIT}创先争优活动总结"
    assert squeeze(document.signature) == f"{UNIT}2012年9月6日"
    text = squeeze(document.text)
    assert all(squeeze(line.text) in text for line in lines_of(Report(UNIT)))


def test_rich_text_that_we_write_ourselves_is_read(reader: Reader) -> None:
    document = reader.read("总结.doc", rtf(lines_of(Report(UNIT))))
    assert isinstance(document, Document)
    assert (document.kind, document.title) == ("rtf", f"{UNIT}创先争优活动总结")


def test_a_file_cut_off_or_damaged_is_a_finding(reader: Reader, saved: dict[str, bytes]) -> None:
    for name, content in (
        ("总结.doc", saved["doc"][:3000]),
        ("总结.rtf", b"{\\rtf1 {\\object"),
        ("总结.odt", saved["odt"][:900]),
    ):
        found = reader.read(name, content)
        assert isinstance(found, Unreadable), name
        assert found.rule in ("F1", "F3")


def test_two_at_once_both_come_out(saved: dict[str, bytes]) -> None:
    converter, made = Converter(), list[object]()
    threads = [threading.Thread(target=lambda: made.append(converter.convert(saved["doc"]))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [isinstance(one, bytes) for one in made] == [True] * 3


def test_a_slow_machine_gives_up_in_time_and_leaves_nothing(
    saved: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert Converter(seconds=0.3).convert(saved["doc"]) is NotConverted.HUNG
    assert list(tmp_path.iterdir()) == []
    assert not [path for path in Path("/tmp").glob("OSL_PIPE*") if "mailbot" in path.name]


def test_too_little_memory_is_a_failure_and_no_harm(saved: dict[str, bytes]) -> None:
    assert Converter(memory_mb=60).convert(saved["doc"]) is NotConverted.FAILED


# ------------------------------------------------------------------------------------------- documents that mean harm


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine and whatever is said to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                heard.append(b"somebody")
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)


def open_document(body: str, parts: dict[str, str] | None = None, before: str = "") -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" office:version="1.2">'
        f"{before}<office:body><office:text><text:p>words</text:p>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", *(parts or {}))
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>{entries}'
        "</manifest:manifest>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in {
            "mimetype": ODT,
            "content.xml": content,
            **(parts or {}),
            "META-INF/manifest.xml": manifest,
        }.items():
            package.writestr(name, text)
    return buffer.getvalue()


def linked(where: str) -> str:
    link = f'xlink:href="{where}" xlink:type="simple" xlink:show="embed"'
    frame = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image {link} xlink:actuate="onLoad"/></draw:frame>'
    source = f'<text:section-source {link} text:filter-name="Text"/>'
    return f'<text:p>{frame}</text:p><text:section text:name="S">{source}<text:p>old</text:p></text:section>'


REMOTE = {
    "OpenDocument": lambda url: open_document(linked(url)),
    "web page": lambda url: (
        f'<html><head><link rel="stylesheet" href="{url}"></head><body><p>words</p><img src="{url}">'
        f'<iframe src="{url}"></iframe><embed src="{url}"></body></html>'
    ).encode(),
    "rich text": lambda url: (
        rf'{{\rtf1 words {{\field{{\*\fldinst INCLUDEPICTURE "{url}" \\d}}{{\fldrslt}}}}'
        rf'{{\field{{\*\fldinst INCLUDETEXT "{url}"}}{{\fldrslt}}}}\par}}'
    ).encode(),
    "Word 2003 XML": lambda url: (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<w:body><w:p><w:r><w:t>words</w:t></w:r><w:r><w:pict><v:shape style="width:9;height:9">'
        f'<v:imagedata src="{url}"/></v:shape></w:pict></w:r></w:p></w:body></w:wordDocument>'
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("apart", [True, False], ids=["a network of its own", "a dead proxy alone"])
@pytest.mark.parametrize("form", REMOTE)
def test_nothing_in_a_document_makes_a_connection(listener: tuple[int, list[bytes]], form: str, apart: bool) -> None:
    require("soffice")
    port, heard = listener
    converter = Converter()
    if not apart:
        converter.__dict__["apart"] = ()
    made = converter.convert(REMOTE[form](f"http://127.0.0.1:{port}/picture.png"))
    assert isinstance(made, bytes), made
    assert heard == []


def test_the_listener_would_hear_a_document_that_connects(listener: tuple[int, list[bytes]]) -> None:
    port, heard = listener
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.recv(1)
    assert heard


@pytest.mark.parametrize("form", REMOTE)
def test_files_of_this_machine_do_not_get_into_a_report(tmp_path: Path, form: str) -> None:
    require("soffice")
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRETWORD")
    made = Converter().convert(REMOTE[form](secret.as_uri()))
    if not isinstance(made, bytes):  # LibreOffice falls over a text that rich text calls a picture
        assert (form, made) == ("rich text", NotConverted.FAILED)
        return
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert not [name for name in package.namelist() if b"SECRETWORD" in package.read(name)]


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">Sub Go
Open "{}" For Output As #1
Print #1, "ran"
Close #1
End Sub
</script:module>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" library:link="false"/></library:libraries>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
library:passwordprotected="false"><library:element library:name="M"/></library:library>"""
ON_LOAD = (
    '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
    'script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Go?language=Basic&amp;location=document" '
    'xlink:type="simple"/></office:event-listeners></office:scripts>'
)


def test_a_macro_does_not_run(tmp_path: Path) -> None:
    require("soffice")
    parts = {
        "Basic/script-lc.xml": LIBRARIES,
        "Basic/Standard/script-lb.xml": LIBRARY,
        "Basic/Standard/M.xml": MACRO.format(tmp_path / "ran"),
    }
    assert isinstance(Converter().convert(open_document("", parts, ON_LOAD)), bytes)
    assert not (tmp_path / "ran").exists()
