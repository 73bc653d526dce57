"""Files: whole or not at all, even when the disk is full, read-only, or the power goes."""

import errno
import hashlib
import stat
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import archive as module
from storage.archive import Archive
from storage.errors import Damaged, Missing, UnsafePath
from tests.storage.given import PLACE, REPORT, files

NEWEST = PurePosixPath("收件/2012/01 示例学院党总支/0101-总结.docx")
UNSAFE = ["../x", "a/../../x", "/etc/passwd", "", ".", "a\\..\\x", "a\0b", "c:x", "a\nb", "x" * 256, "总" * 86,
          "originals/ab/cd", "Originals/x", "half \ud83d"]  # fmt: skip


def test_the_exact_bytes_are_kept_under_their_hash(archive: Archive, root: Path) -> None:
    sha256 = archive.keep(REPORT)
    assert sha256 == hashlib.sha256(REPORT).hexdigest()
    assert archive.has(sha256)
    assert archive.read(sha256) == REPORT
    assert files(root) == [f"originals/{sha256[:2]}/{sha256[2:]}"]
    assert archive.read(archive.keep(b"")) == b""


def test_keeping_twice_writes_once(archive: Archive, root: Path) -> None:
    sha256 = archive.keep(REPORT)
    kept = root / "originals" / sha256[:2] / sha256[2:]
    before = kept.stat().st_ino
    assert archive.keep(REPORT) == sha256
    assert kept.stat().st_ino == before
    assert not stat.S_IMODE(kept.stat().st_mode) & 0o222


def test_an_original_that_lost_its_end_is_replaced_by_the_whole_one(archive: Archive, root: Path) -> None:
    sha256 = archive.keep(REPORT)
    kept = root / "originals" / sha256[:2] / sha256[2:]
    kept.chmod(0o600)
    kept.write_bytes(REPORT[:5])
    with pytest.raises(Damaged, match="5 bytes"):
        archive.read(sha256)
    archive.keep(REPORT)
    assert archive.read(sha256) == REPORT


def test_a_changed_original_is_noticed(archive: Archive, root: Path) -> None:
    sha256 = archive.keep(REPORT)
    kept = root / "originals" / sha256[:2] / sha256[2:]
    kept.chmod(0o600)
    kept.write_bytes(REPORT[:-1] + b"?")
    with pytest.raises(Damaged) as raised:
        archive.read(sha256)
    assert not raised.value.again
    assert raised.value.remedy


def test_an_original_that_is_not_there_is_missing(archive: Archive) -> None:
    absent = "0" * 64
    assert not archive.has(absent)
    with pytest.raises(Missing):
        archive.read(absent)
    with pytest.raises(Missing):
        archive.shelve(absent, PLACE)


@pytest.mark.parametrize("word", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "g" * 64])
def test_only_a_hash_is_taken_for_a_hash(archive: Archive, word: str) -> None:
    with pytest.raises(UnsafePath):
        archive.read(word)


def test_a_report_is_shown_to_people_under_our_words(archive: Archive, root: Path) -> None:
    sha256 = archive.keep(REPORT)
    archive.shelve(sha256, PLACE, NEWEST)
    archive.shelve(sha256, PLACE, NEWEST)
    assert (root / PLACE).read_bytes() == (root / NEWEST).read_bytes() == REPORT
    assert (root / PLACE).stat().st_nlink == 3
    assert len(files(root)) == 3


def test_the_newest_version_takes_the_place_of_the_older_one(archive: Archive, root: Path) -> None:
    archive.shelve(archive.keep(REPORT), PLACE, NEWEST)
    second = archive.keep(b"second")
    archive.shelve(second, PLACE.with_name("0101-总结-v2.docx"), NEWEST)
    assert (root / NEWEST).read_bytes() == b"second"
    assert (root / PLACE).read_bytes() == REPORT
    archive.unshelve(NEWEST)
    archive.unshelve(NEWEST)
    assert not (root / NEWEST).exists()
    assert archive.read(second) == b"second"


def test_what_was_left_at_a_place_before_a_crash_gives_way(archive: Archive, root: Path) -> None:
    first, second = archive.keep(REPORT), archive.keep(b"second")
    archive.shelve(first, PLACE)
    archive.shelve(second, PLACE)
    assert (root / PLACE).read_bytes() == b"second"
    assert archive.read(first) == REPORT


def test_without_links_a_copy_does(archive: Archive, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(module.os, "link", no_links)
    archive.shelve(archive.keep(REPORT), PLACE, NEWEST)
    assert (root / PLACE).read_bytes() == (root / NEWEST).read_bytes() == REPORT
    assert (root / PLACE).stat().st_nlink == 1


@pytest.mark.parametrize("path", UNSAFE)
def test_no_path_leaves_the_data_directory(archive: Archive, root: Path, path: str) -> None:
    sha256 = archive.keep(REPORT)
    before = files(root.parent)
    for attempt in (
        lambda: archive.shelve(sha256, PurePosixPath(path)),
        lambda: archive.write(PurePosixPath(path), b"x"),
        lambda: archive.unshelve(PurePosixPath(path)),
        lambda: archive.read_file(PurePosixPath(path)),
        lambda: archive.exists(PurePosixPath(path)),
    ):
        with pytest.raises(UnsafePath):
            attempt()
    assert files(root.parent) == before


def test_a_link_that_leads_out_is_not_followed(archive: Archive, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "passwd").write_bytes(b"untouched")
    (root / "收件").symlink_to(outside)
    with pytest.raises(UnsafePath):
        archive.shelve(archive.keep(REPORT), PurePosixPath("收件/passwd"))
    (root / "台账.xlsx").symlink_to(outside / "passwd")
    archive.write(PurePosixPath("台账.xlsx"), b"sheet")
    assert (outside / "passwd").read_bytes() == b"untouched"
    assert archive.read_file(PurePosixPath("台账.xlsx")) == b"sheet"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=4).map("/".join))
def test_whatever_the_path_says_it_stays_below_or_is_refused(path: str) -> None:
    try:
        place = Archive(Path("/tmp")).locate(PurePosixPath(path))
    except UnsafePath:
        return
    assert Path("/tmp") in place.parents
    assert ".." not in place.parts


def test_a_file_is_written_in_place_of_what_was_there(archive: Archive, root: Path) -> None:
    heartbeat = PurePosixPath("heartbeat")
    assert not archive.exists(heartbeat)
    with pytest.raises(Missing):
        archive.read_file(heartbeat)
    archive.write(heartbeat, b"1")
    assert archive.write(heartbeat, b"2") == root / "heartbeat"
    assert archive.read_file(heartbeat) == b"2"
    assert archive.exists(heartbeat)
    assert files(root) == ["heartbeat"]


def test_a_private_file_is_for_its_owner_alone(archive: Archive, root: Path) -> None:
    archive.write(PurePosixPath("secret.key"), b"x" * 32, private=True)
    assert stat.S_IMODE((root / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


def test_free_space_is_known(archive: Archive) -> None:
    assert archive.free_bytes() > 0
