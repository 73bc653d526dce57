"""Bundles other than zip: rar, 7z, tar, winmail.dat and .msg, opened within limits, honest about what is not."""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.bundles import rar
from mailbot.bundles.nouns import Fault, Opened, Room
from mailbot.bundles.open import Opener
from mailbot.bundles.outlook import open_msg, open_tnef
from mailbot.bundles.rar import TOOLS, extract_rar, list_rar
from mailbot.bundles.seven import open_7z
from mailbot.bundles.tar import open_tar
from mailbot.reading import Reader
from mailbot.unpack import Unpacked, UnpackLimits, unpack
from rules.model import Address, File, Mail
from tests.mailbot.bundles import mail_node, msg, rar4, rar5, seven, tar, winmail
from tests.servers_start import require

ROOM = Room(member=1_000_000, total=3_000_000, members=50)
REPORT = b"report " * 40
NAME = "计算机学院教工一支部总结.docx"


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    reader = Reader(seconds=20)
    yield Opener(reader, 20)
    reader.close()


def unpacked(opener: Opener, *files: File, limits: UnpackLimits | None = None) -> Unpacked:
    return unpack(Mail("id@example.com", Address(), "", files=files), limits or UnpackLimits(), opener)


def contents(opened: Opened) -> list[tuple[str, bytes]]:
    return [(member.path, member.content) for member in opened.members]


def need_rar() -> None:
    require(*TOOLS)


PURE = {
    "7z": (open_7z, seven({f"材料/{NAME}": REPORT})),
    "tar": (open_tar, tar({f"材料/{NAME}": REPORT})),
    "tar of GBK names": (open_tar, tar({f"材料/{NAME}": REPORT}, encoding="gbk")),
    "tar.gz": (open_tar, tar({f"材料/{NAME}": REPORT}, "gz")),
    "tar.bz2": (open_tar, tar({f"材料/{NAME}": REPORT}, "bz2")),
    "tar.xz": (open_tar, tar({f"材料/{NAME}": REPORT}, "xz")),
}


@pytest.mark.parametrize("kind", PURE)
def test_an_archive_gives_its_members(kind: str) -> None:
    opens, content = PURE[kind]
    assert contents(opens("材料", content, ROOM)) == [(f"材料/{NAME}", REPORT)]


@pytest.mark.parametrize(("pack", "ending"), [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz")])
def test_a_single_packed_file_keeps_its_name(pack: Callable[[bytes], bytes], ending: str) -> None:
    assert contents(open_tar(NAME + ending, pack(REPORT), ROOM)) == [(NAME, REPORT)]


def test_outlook_wraps_come_off_whatever_the_code_page() -> None:
    assert contents(open_tnef("winmail.dat", winmail({NAME.encode("gbk"): REPORT}), ROOM)) == [(NAME, REPORT)]
    attached = mail_node({"里面的.docx": b"inner"}, header=24)
    opened = open_msg("转发.msg", msg({NAME: REPORT, "大.docx": bytes(9000)}, "Jsj@example.edu.cn", attached), ROOM)
    expected = [(NAME, REPORT), ("大.docx", bytes(9000)), ("附带的邮件/里面的.docx", b"inner")]
    assert contents(opened) == expected
    assert opened.author == "jsj@example.edu.cn"


LOCKED = {
    "7z": lambda: open_7z("a.7z", seven({"a.txt": b"1"}, "secret"), ROOM).fault,
    "rar of one volume": lambda: list_rar(rar4({b"a.txt": b"1"}, 0x02), ROOM),
    "rar with a password": lambda: list_rar(rar4({b"a.txt": b"1"}, 0x04), ROOM),
}


def test_what_is_locked_or_cut_into_volumes_is_called_so() -> None:
    found = {name: look() for name, look in LOCKED.items()}
    assert found == {"7z": Fault.LOCKED, "rar of one volume": Fault.VOLUME, "rar with a password": Fault.LOCKED}


BOMBS = {
    "gz": lambda: open_tar("a.gz", gzip.compress(bytes(5_000_000)), ROOM).fault,
    "7z": lambda: open_7z("a.7z", seven({"a": bytes(5_000_000)}), ROOM).fault,
    "7z of very many": lambda: open_7z("a.7z", seven({f"{n}": b"" for n in range(60)}), ROOM).fault,
    "rar": lambda: list_rar(rar5({"a": bytes(3_500_000)}), ROOM),
    "tar": lambda: open_tar("a.tar", tar({"a": bytes(2_000_000), "b": bytes(2_000_000)}), ROOM).members[-1].fault,
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_unpacks_to_too_much_is_not_unpacked(kind: str) -> None:
    assert BOMBS[kind]() is Fault.BOMB


def test_links_are_named_and_never_followed(opener: Opener) -> None:
    result = unpacked(opener, File("材料.tar.gz", tar({"总结.txt": None, "b.txt": b"text"}, "gz")))
    assert [file.content for file in result.files] == [b"text"]
    assert [(one.name, "快捷" in one.reason) for one in result.refused] == [("总结.txt", True)]


def test_members_are_judged_like_attachments(opener: Opener) -> None:
    """Through the child: nested bundles, litter left out, the way told, the author of an Outlook mail kept."""
    inner = seven({f"二支部/{NAME}": REPORT, "__MACOSX/._x": b"x", "~$锁.docx": b"x"})
    result = unpacked(opener, File("转发.msg", msg({"材料.7z": inner, "空.docx": b""}, "jsj@example.edu.cn")))
    assert [(file.name, file.via, file.author) for file in result.files] == [
        (NAME, ("转发.msg", "材料.7z", "二支部"), "jsj@example.edu.cn")
    ]
    assert [(one.name, "空文件" in one.reason) for one in result.refused] == [("空.docx", True)]


def test_depth_and_size_hold_for_every_kind(opener: Opener) -> None:
    nested = seven({"里.tar.gz": tar({"更里.7z": seven({"最里.7z": seven({"a.txt": b"1"})})}, "gz")})
    assert [one.name for one in unpacked(opener, File("外.7z", nested)).refused] == ["最里.7z"]
    limits = UnpackLimits(file_bytes=1000)
    result = unpacked(opener, File("外.7z", seven({"大.txt": bytes(2000), "小.txt": b"1"})), limits=limits)
    assert [file.name for file in result.files] == ["小.txt"]
    assert "超过" in result.refused[0].reason


@pytest.mark.parametrize("content", [b"7z\xbc\xaf\x27\x1cjunk", b"\x1f\x8bjunk", b"BZhjunk", b"Rar!\x1a\x07\x00junk",
                                     b"Rar!\x1a\x07\x01\x00junk"])  # fmt: skip
def test_damage_is_told_to_the_sender(opener: Opener, content: bytes) -> None:
    result = unpacked(opener, File("材料", content))
    assert result.files == ()
    assert "请" in result.refused[0].reason


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PURE)), st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_no_damage_makes_a_library_raise(kind: str, at: int, junk: bytes) -> None:
    opens, content = PURE[kind]
    at %= len(content)
    assert isinstance(opens("材料", content[:at] + junk + content[at + len(junk) :], ROOM), Opened)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_no_damage_makes_outlooks_wraps_or_a_rar_raise(at: int, junk: bytes) -> None:
    for opens, content in ((open_tnef, winmail({b"a.doc": REPORT})), (open_msg, msg({"a.doc": REPORT}))):
        spoiled = content[: at % len(content)] + junk + content[at % len(content) + len(junk) :]
        assert isinstance(opens("材料", spoiled, ROOM), Opened)
    for content in (rar4({b"a.doc": REPORT}), rar5({"a.doc": REPORT})):
        spoiled = content[: at % len(content)] + junk + content[at % len(content) + len(junk) :]
        assert isinstance(list_rar(spoiled, ROOM), tuple | Fault)


@pytest.mark.server
@pytest.mark.parametrize("content", [rar4({f"材料\\{NAME}".encode("gbk"): REPORT}), rar5({f"材料/{NAME}": REPORT})])
def test_both_formats_of_rar_are_opened_with_their_chinese_names(opener: Opener, content: bytes) -> None:
    need_rar()
    result = unpacked(opener, File("材料.rar", content))
    assert [(file.name, file.content, file.via) for file in result.files] == [(NAME, REPORT, ("材料.rar", "材料"))]


@pytest.mark.server
@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_alone_reads_a_rar_and_leaves_nothing_behind(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_rar()
    monkeypatch.setattr(rar, "_TOOLS", {tool: rar._TOOLS[tool]})
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    content = rar5({"../../outside.txt": b"x" * 9, NAME: REPORT})
    listed = list_rar(content, ROOM)
    assert isinstance(listed, tuple)
    assert (NAME, REPORT) in contents(extract_rar(content, listed, ROOM, 20))
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "outside.txt").exists()


def test_without_a_tool_the_answer_asks_for_a_zip(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rar, "_TOOLS", {"no such tool": rar._by_bsdtar})
    result = unpacked(opener, File("材料.rar", rar5({NAME: REPORT})))
    assert "RAR 压缩包，这里打不开" in result.refused[0].reason
    assert "zip" in result.refused[0].reason


def test_a_tool_that_hangs_or_never_stops_writing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = rar5({NAME: REPORT})
    listed = list_rar(content, ROOM)
    assert isinstance(listed, tuple)
    for behaviour in ("exec sleep 60", "exec yes"):
        script = tmp_path / "bsdtar"
        script.write_text(f"#!/bin/sh\n{behaviour}\n")
        script.chmod(0o755)
        monkeypatch.setattr(rar, "_TOOLS", {str(script): rar._by_bsdtar})
        assert extract_rar(content, listed, ROOM, 0.5).fault is Fault.BROKEN
