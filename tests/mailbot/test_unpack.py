"""Bundles as they are really sent, and as nobody should send them. Everything is built here; names are invented."""

import io
import random
import struct
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.bundles.open import CLOSED, KINDS
from mailbot.parse import parse
from mailbot.unpack import SMALL_PICTURE, Unpacked, UnpackLimits, unpack
from rules.model import Address, File, Mail

ARCHIVES = Path(__file__).parents[2] / "../shared/corpora/archives/zip-rs"
LIMITS = UnpackLimits(file_bytes=200_000, total_bytes=1_000_000, files=10, depth=2, ratio=50)
NOISE = random.Random(7).randbytes(300_000)


def unpacked(*files: File, limits: UnpackLimits = LIMITS) -> Unpacked:
    return unpack(Mail("1@example.com", Address("", "a@example.com"), "总结", files=files), limits)


def zipped(members: dict[str, bytes], encoding: str = "") -> bytes:
    """A zip; with an encoding its names are written as Chinese Windows does: raw bytes, no UTF-8 flag."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo("x" * len(name.encode(encoding)) if encoding else name)
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    data = out.getvalue()
    for name in members if encoding else ():
        raw = name.encode(encoding)
        data = data.replace(b"x" * len(raw), raw, 2)
    return data


def names(result: Unpacked) -> list[str]:
    return [file.name for file in result.files]


def reasons(result: Unpacked) -> list[str]:
    return [refused.reason for refused in result.refused]


@pytest.mark.parametrize("encoding", ["", "gbk", "utf-8"])
def test_chinese_names_of_members_are_read_and_folders_are_clues(encoding: str) -> None:
    content = zipped({"计算机学院/学生第一党支部.txt": b"one", "教工党支部.txt": b"two"}, encoding)
    result = unpacked(File("材料.zip", content))
    assert [(file.name, file.via, file.content) for file in result.files] == [
        ("学生第一党支部.txt", ("材料.zip", "计算机学院"), b"one"),
        ("教工党支部.txt", ("材料.zip",), b"two"),
    ]
    assert result.refused == ()


def test_a_backslash_that_is_half_a_character_divides_nothing() -> None:
    assert names(unpacked(File("a.zip", zipped({"昞乗.txt": b"1"}, "gbk")))) == ["昞乗.txt"]


def test_backslashes_as_separators_divide() -> None:
    (file,) = unpacked(File("a.zip", zipped({"学院\\支部.txt": b"1"}, "gbk"))).files
    assert (file.name, file.via) == ("支部.txt", ("a.zip", "学院"))


def test_the_unicode_path_of_info_zip_is_believed_when_it_fits() -> None:
    out = io.BytesIO()
    path = "总结.txt".encode()
    for raw, expected in ((b"????.txt", "总结.txt"), (b"other.txt", "other.txt")):
        field = struct.pack("<BI", 1, zlib.crc32(b"????.txt")) + path
        info = zipfile.ZipInfo(raw.decode())
        info.extra = struct.pack("<HH", 0x7075, len(field)) + field
        with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
            archive.writestr(info, b"1")
        assert names(unpacked(File("a.zip", out.getvalue()))) == [expected]


def test_litter_of_systems_and_folders_are_passed_over() -> None:
    litter = ("__MACOSX/._a.txt", "._a.txt", "~$总结.docx", ".DS_Store", "x/Thumbs.db", "desktop.ini")
    result = unpacked(File("a.zip", zipped({"folder/": b"", "a.txt": b"1", **dict.fromkeys(litter, b"junk")})))
    assert names(result) == ["a.txt"]
    assert result.refused == ()


def test_paths_out_of_the_archive_are_no_paths() -> None:
    content = zipped({"../../etc/a.txt": b"1", "/b.txt": b"2", "C:\\x\\c.txt": b"3"})
    assert [(file.name, file.via[1:]) for file in unpacked(File("a.zip", content)).files] == [
        ("a.txt", ("etc",)),
        ("b.txt", ()),
        ("c.txt", ("x",)),
    ]


def test_a_zip_in_a_zip_is_opened_up_to_the_depth() -> None:
    one = zipped({"一.txt": b"1"})
    two = zipped({"里.zip": one})
    assert [(file.name, file.via) for file in unpacked(File("外.zip", two)).files] == [("一.txt", ("外.zip", "里.zip"))]
    three = unpacked(File("更外.zip", zipped({"外.zip": two})))
    assert three.files == ()
    assert [(refused.name, refused.via) for refused in three.refused] == [("里.zip", ("更外.zip", "外.zip"))]


def test_word_files_are_zips_that_stay_shut() -> None:
    docx = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert names(unpacked(File("总结.docx", docx))) == ["总结.docx"]
    assert names(unpacked(File("材料.zip", zipped({"总结.docx": docx})))) == ["总结.docx"]


def test_an_attached_mail_gives_its_files() -> None:
    inner = b'From: b@example.com\r\nContent-Type: text/plain; name="a.txt"\r\n\r\ndata'
    result = unpacked(File("转发.eml", inner, "message/rfc822"), File("原件.eml", inner.replace(b"data", b"more")))
    assert [(file.name, file.via) for file in result.files] == [("a.txt", ("转发.eml",)), ("a.txt", ("原件.eml",))]


def test_an_attached_mail_without_files_is_named() -> None:
    assert "没有附件" in reasons(unpacked(File("a.eml", b"From: b@example.com\r\n\r\ntext", "message/rfc822")))[0]


CALLED = [(at, magic, what) for at, magic, what, _ in KINDS] + [(0, magic, what) for magic, what in CLOSED]


@pytest.mark.parametrize("row", CALLED, ids=lambda row: str(row[2]))
def test_without_an_opener_other_bundles_say_what_to_do(row: tuple[int, bytes, str]) -> None:
    at, magic, what = row
    result = unpacked(File("材料", bytes(at) + magic + b"rest"))
    assert result.files == ()
    assert what in reasons(result)[0]
    assert "请" in reasons(result)[0]


def test_an_archive_with_a_password_is_refused_once() -> None:
    content = bytearray(zipped({"a.txt": b"1", "b.txt": b"2"}))
    for at in range(len(content) - 4):
        if content[at : at + 4] in (b"PK\x01\x02", b"PK\x03\x04"):
            content[at + (8 if content[at + 2] == 1 else 6)] |= 1
    result = unpacked(File("a.zip", bytes(content)))
    assert [(refused.name, "密码" in refused.reason) for refused in result.refused] == [("a.zip", True)]


def test_a_bomb_is_not_opened_whatever_its_directory_says() -> None:
    content = bytearray(zipped({"a.txt": bytes(20_000_000)}))
    limits = UnpackLimits(file_bytes=50_000_000, total_bytes=100_000_000, ratio=50)
    assert "不合常理" in reasons(unpacked(File("a.zip", bytes(content)), limits=limits))[0]
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 3)
    result = unpacked(File("a.zip", bytes(content)), limits=limits)
    assert all(file.size <= 3 for file in result.files)


def test_sizes_and_numbers_are_limited_and_said_to_be() -> None:
    big = unpacked(File("大.doc", NOISE), File("小.doc", b"1"))
    assert names(big) == ["小.doc"]
    assert "0.2 MB" in reasons(big)[0]
    assert "0.2 MB" in reasons(unpacked(File("a.zip", zipped({"大.doc": NOISE}))))[0]
    many = unpacked(File("a.zip", zipped({f"{number}.txt": b"%d" % number for number in range(30)})))
    assert len(many.files) == LIMITS.files
    assert len(many.refused) == 1
    total = unpacked(*(File(f"{number}.doc", bytes([number]) * 190_000) for number in range(9)))
    assert len(total.files) == 5
    assert "1 MB" in reasons(total)[0]


def test_the_same_member_again_and_again_is_work_that_counts() -> None:
    member = NOISE[:150_000]
    content = zipped({f"{number}.bin": member for number in range(100)})
    limits = UnpackLimits(file_bytes=20_000_000, total_bytes=20_000_000, files=200)
    result = unpacked(File("a.zip", content), limits=limits)
    assert "20 MB" in reasons(result)[-1]


def test_the_same_bytes_are_kept_once() -> None:
    result = unpacked(File("a.doc", b"same"), File("a.doc", b"same"), File("b.doc", b"same"))
    assert names(result) == ["a.doc"]
    assert [(refused.name, "a.doc" in refused.reason) for refused in result.refused] == [("b.doc", True)]


def test_empty_things_are_named() -> None:
    result = unpacked(File("a.doc", b""), File("b.zip", zipped({})), File("c.zip", b"PK\x03\x04broken"))
    assert [refused.name for refused in result.refused] == ["a.doc", "b.zip", "c.zip"]
    assert len(set(reasons(result))) == 3


def picture(size: int) -> File:
    return File("logo.gif", b"GIF89a".ljust(size, b"\x00"), "image/gif", inline=True)


def test_pictures_shown_in_the_text_are_no_files() -> None:
    assert unpacked(picture(100)) == Unpacked()
    assert unpacked(picture(SMALL_PICTURE), File("a.doc", b"1")).refused == ()
    assert "贴在正文里" in reasons(unpacked(picture(SMALL_PICTURE)))[0]
    attached = File("盖章页.gif", b"GIF89a", "image/gif")
    assert names(unpacked(attached)) == ["盖章页.gif"]


def test_what_programs_add_for_programs_is_passed_over() -> None:
    assert unpacked(File("smime.p7s", b"1", "application/pkcs7-signature")) == Unpacked()


def test_the_attachments_of_a_forwarded_sample_are_not_lost() -> None:
    raw = (Path(__file__).parents[1] / "mail/forwarded-with-attachment.eml").read_bytes()
    (file,) = unpack(parse(raw), LIMITS).files
    assert (file.name, file.via) == ("数学系总结.txt", ("数学系党支部总结.eml",))


@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="the shared corpora (../shared/corpora) are not here")
def test_archives_of_a_corpus_are_opened_or_refused() -> None:
    found = {path.name: unpacked(File(path.name, path.read_bytes())) for path in sorted(ARCHIVES.glob("*.zip"))}
    assert len(found) >= 30
    assert all(result.files or result.refused for result in found.values())
    assert names(found["chinese.zip"]) == ["七个房间.txt"]
    assert [refused.name for refused in found["windows-7zip.zip"].refused] == ["你好.txt"]
    assert "中文" in names(found["non_utf8.zip"])
    assert "密码" in reasons(found["aes_archive.zip"])[0]
    assert "快捷链接" in reasons(found["symlink.zip"])[0]


SEED = zipped({"学院/a.txt": b"hello " * 20, "b.zip": zipped({"c.txt": b"1"})}, "gbk")


@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(SEED)))
def test_no_damage_raises(changes: list[tuple[int, int]], length: int) -> None:
    content = bytearray(SEED)
    for at, value in changes:
        content[at] = value
    for damaged in (bytes(content), bytes(content[:length])):
        unpacked(File("a.zip", damaged))


@given(st.binary(max_size=200), st.sampled_from(["a.zip", "a.eml", "a.docx", "a.rar", ""]))
def test_no_bytes_raise(content: bytes, name: str) -> None:
    unpacked(File(name, content), File(name, b"PK\x03\x04" + content), File(name, b"From: a\r\n" + content))


def test_a_file_in_an_attached_mail_remembers_who_wrote_that_mail() -> None:
    inner = EmailMessage()
    inner["From"] = "Branch <jsj-jg1@example.edu.cn>"
    inner.set_content("见附件")
    inner.add_attachment(b"report", maintype="application", subtype="octet-stream", filename="总结.bin")
    outer = EmailMessage()
    outer["From"] = "someone@example.edu.cn"
    outer.set_content("转发")
    outer.add_attachment(inner)
    (file,) = unpack(parse(outer.as_bytes()), UnpackLimits()).files
    assert (file.name, file.author) == ("总结.bin", "jsj-jg1@example.edu.cn")
