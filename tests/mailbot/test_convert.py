"""The converter's limits, with programs in LibreOffice's place that hang, crash, flood, lie or start others."""

import contextlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailbot.convert import NONE, Converter, NotConverted
from mailbot.office import guard
from mailbot.office.source import source_of
from mailbot.reading import Reader
from rules.model import Document, Unreadable
from tests.documents.build import docx
from tests.fakes_soffice import fake_soffice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs that stand in are shell scripts")

RICH = b"{\\rtf1\\ansi words\\par}"
WORD = docx(["创先争优活动总结", "一、主要做法"])


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files of this test alone; nothing may be left in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def made(tmp_path: Path, temporary: Path) -> Callable[..., Converter]:
    (tmp_path / "sample.docx").write_bytes(WORD)

    def make(does: str, seconds: float = 20, **limits: int) -> Converter:
        return Converter(
            str(fake_soffice(tmp_path, does.replace("SAMPLE", str(tmp_path / "sample.docx")))), seconds, **limits
        )

    return make


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_what_the_converter_writes_is_given_back(made: Callable[..., Converter]) -> None:
    assert made('cp SAMPLE "$out/in.docx"').convert(RICH) == WORD


def test_it_works_in_its_own_folder_under_our_names_and_with_nothing_of_the_bots_environment(
    made: Callable[..., Converter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILBOT_IMAP__PASSWORD", "secret")
    saw = tmp_path / "saw"
    made(f'env > {saw}; pwd >> {saw}; echo "$last" >> {saw}; ulimit -c >> {saw}; cp SAMPLE "$out/in.docx"').convert(
        RICH
    )
    said = saw.read_text()
    assert "secret" not in said
    assert "MAILBOT" not in said
    *_, folder, file, core = said.splitlines()
    assert (file, core) == (f"{folder}/in.rtf", "0")
    assert f"HOME={folder}\n" in said


WRONG = {
    "hangs": ("sleep 600", NotConverted.HUNG),
    "deaf": ("trap '' TERM INT HUP; while :; do sleep 1; done", NotConverted.HUNG),
    "crashes": ("kill -SEGV $$", NotConverted.FAILED),
    "is killed": ("kill -KILL $$", NotConverted.FAILED),
    "writes nothing": ("exit 0", NotConverted.FAILED),
    "writes garbage": ('echo garbage > "$out/in.docx"', NotConverted.FAILED),
    "writes without end": ('yes > "$out/in.docx"', NotConverted.FAILED),
    "talks without end": ("while :; do echo words; echo words >&2; done", NotConverted.HUNG),
    "writes too much": ('(printf PK; head -c 3000000 /dev/zero) > "$out/in.docx"', NotConverted.FAILED),
}


@pytest.mark.parametrize(
    "what", [what if what == "hangs" else pytest.param(what, marks=pytest.mark.slow) for what in WRONG]
)
def test_whatever_the_converter_does_is_a_reason_and_nothing_is_left(made: Callable[..., Converter], what: str) -> None:
    does, said = WRONG[what]
    assert made(does, 0.5 if said is NotConverted.HUNG else 20, output_mb=2).convert(RICH) is said


@pytest.mark.slow
@pytest.mark.parametrize("apart", [True, False])
def test_what_it_started_ends_with_it(made: Callable[..., Converter], apart: bool) -> None:
    converter = made('sleep 600 & cp SAMPLE "$out/in.docx"')
    if not apart:
        converter.__dict__["apart"] = ()  # a machine that allows no namespaces
    before = _sleepers()
    assert converter.convert(RICH) == WORD
    assert wait_until(lambda: _sleepers() <= before)


def _sleepers() -> set[str]:
    """Processes that sleep for 600 seconds, by number."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if path.read_bytes() == b"sleep\x00600\x00":
                found.add(path.parent.name)
    return found


@pytest.mark.slow
def test_two_at_once_do_not_meet(made: Callable[..., Converter], tmp_path: Path) -> None:
    converter = made(f'mkdir {tmp_path}/here-$$ && sleep 0.2; cp "$last" "$out/x"; cp SAMPLE "$out/in.docx"')
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(converter.convert(RICH))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [WORD] * 4


BOT = """
import sys, tempfile
from mailbot.convert import Converter
tempfile.tempdir = sys.argv[2]
Converter(sys.argv[1], 60).convert(rb"{\\rtf1 x}")
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_a_bot_that_dies_leaves_no_process_and_no_folder(tmp_path: Path, temporary: Path, how: signal.Signals) -> None:
    soffice = fake_soffice(tmp_path, f"touch {tmp_path}/started; sleep 600 & sleep 600")
    before = _sleepers()
    bot = subprocess.Popen([sys.executable, "-c", BOT, str(soffice), str(temporary)], stderr=subprocess.DEVNULL)
    assert wait_until((tmp_path / "started").exists)
    assert wait_until(lambda: _sleepers() > before)
    bot.send_signal(how)
    bot.wait(20)
    assert wait_until(lambda: _sleepers() <= before)
    assert wait_until(lambda: list(temporary.iterdir()) == [])


@pytest.mark.parametrize("program", [NONE, "/nowhere/soffice", "no-such-program"])
def test_without_a_converter_the_reason_is_that(program: str, temporary: Path) -> None:
    assert Converter(program).convert(RICH) is NotConverted.ABSENT


def test_a_converter_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake_soffice(tmp_path, "exit 0", "libreoffice")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Converter().found() == str(path)
    path.unlink()
    assert Converter().found() is None


@pytest.mark.slow
@pytest.mark.parametrize("program_that_is_none", [b"#!/nowhere\n", b"\x7fELFnoise", b""])
def test_a_converter_that_cannot_be_started_is_a_reason(
    tmp_path: Path, temporary: Path, program_that_is_none: bytes
) -> None:
    path = tmp_path / "soffice"
    path.write_bytes(program_that_is_none)
    path.chmod(0o755)
    assert Converter(str(path)).convert(RICH) is NotConverted.FAILED


@pytest.mark.slow
def test_the_guard_says_when_there_is_nothing_to_start(tmp_path: Path) -> None:
    order = {
        "command": [str(tmp_path / "nothing")],
        "folder": str(tmp_path),
        "seconds": 1,
        "memory": 1 << 40,
        "file": 1 << 40,
    }
    code = subprocess.run(
        [sys.executable, "-c", f"import sys; from mailbot.office import guard; sys.exit(guard.main({order}))"]
    )
    assert code.returncode == guard.NOT_STARTED


GARBAGE = [
    b"",
    b"root:x:0:0:root:/root:/bin/bash\n",
    b"plain words",
    bytes(range(256)) * 9,
    b"%PDF-1.4",
    b"MIME-Version: 1.0\n\nx",
]


@pytest.mark.parametrize("content", GARBAGE, ids=range(len(GARBAGE)))
def test_what_is_no_document_is_never_handed_over(
    made: Callable[..., Converter], content: bytes, tmp_path: Path
) -> None:
    assert made(f"touch {tmp_path}/called").convert(content) is NotConverted.STRANGE
    assert not (tmp_path / "called").exists()


PAGE = "<html><head><meta charset=gb2312><title>x</title></head><body>总结</body></html>"
ARCHIVE = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    b"--x\nContent-Type: text/html; charset=gb2312\n\n%s\n--x--"
)


@pytest.mark.parametrize(
    "content",
    [
        PAGE.encode("gb18030"),
        PAGE.replace("gb2312", "utf-8").encode(),
        PAGE.encode("utf-16"),
        ARCHIVE % PAGE.encode("gb18030"),
    ],
)
def test_a_web_page_named_doc_is_handed_over_in_one_encoding(content: bytes) -> None:
    source = source_of(content)
    assert source is not None
    assert (source.name, source.filter) == ("in.html", "HTML (StarWriter)")
    assert "总结" in source.content.decode()
    assert source.content.lower().count(b"charset") == 1


@pytest.mark.slow
def test_a_report_that_was_converted_keeps_its_kind_and_its_faults_are_told_apart(
    made: Callable[..., Converter],
) -> None:
    reader = Reader(30)
    try:
        reader.converter = made('cp SAMPLE "$out/in.docx"')
        document = reader.read("总结.doc", RICH)
        assert isinstance(document, Document)
        assert (document.kind, document.title) == ("rtf", "创先争优活动总结")
        for does, rule, detail in (
            ("exit 0", "F1", "conversion failed"),
            ("sleep 600", "F1", "conversion took too long"),
            ('printf "PK\\003\\004junk" > "$out/in.docx"', "F1", ""),
        ):
            reader.converter = made(does, 1.0)
            found = reader.read("总结.doc", RICH)
            assert isinstance(found, Unreadable)
            assert (found.kind, found.rule) == ("rtf", rule)
            assert detail in found.detail
        reader.converter = Converter(NONE)
        assert reader.read("总结.doc", RICH) == Unreadable("rtf", "F4", "no converter")
    finally:
        reader.close()


@pytest.mark.slow
def test_a_locked_document_never_reaches_the_converter(made: Callable[..., Converter], tmp_path: Path) -> None:
    locked = (Path(__file__).parents[1] / "documents" / "locked.doc").read_bytes()
    reader = Reader(30, converter=made(f"touch {tmp_path}/called"))
    try:
        found = reader.read("总结.doc", locked)
    finally:
        reader.close()
    assert isinstance(found, Unreadable)
    assert (found.kind, found.rule) == ("doc", "F2")
    assert not (tmp_path / "called").exists()
