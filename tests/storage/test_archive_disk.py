"""The archive when the disk is full, read-only, or the power goes."""

import errno
import hashlib
import os
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from storage import archive as module
from storage.archive import Archive
from storage.errors import StorageError, StorageFull, StorageReadOnly
from tests.storage.given import PLACE, REPORT, files


def test_a_crash_before_the_rename_leaves_nothing_under_the_final_name(
    archive: Archive, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "replace", cut)
        patched.setattr(module.Path, "unlink", lambda *_, **__: None)  # the dead tidy nothing up
        with pytest.raises(PowerCut):
            archive.keep(REPORT)
    sha256 = hashlib.sha256(REPORT).hexdigest()
    assert not archive.has(sha256)
    (left,) = files(root)
    assert left.endswith(".part")
    assert archive.keep(REPORT) == sha256
    assert archive.read(sha256) == REPORT
    assert archive.sweep(datetime(2012, 9, 1, tzinfo=UTC)) == 0
    assert archive.sweep(datetime.fromtimestamp((root / left).stat().st_mtime + 1, UTC)) == 1
    assert files(root) == [f"originals/{sha256[:2]}/{sha256[2:]}"]


def test_bytes_are_on_the_disk_before_they_have_their_name_and_the_name_before_keep_returns(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    really = {name: getattr(os, name) for name in ("fsync", "replace")}

    def fsync(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        really["fsync"](handle)

    def replace(*names: object) -> None:
        order.append("rename")
        really["replace"](*names)

    monkeypatch.setattr(module.os, "fsync", fsync)
    monkeypatch.setattr(module.os, "replace", replace)
    archive.keep(REPORT)
    # The new folders (originals, and the one of two letters) are safe in theirs first.
    assert order == ["folder", "folder", "file", "rename", "folder"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EROFS, StorageReadOnly),
        (errno.EACCES, StorageReadOnly),
        (errno.EIO, StorageError),
    ],
)
def test_what_the_disk_says_is_said_in_our_words(
    archive: Archive, root: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[StorageError]
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number), str(root / "收件/张三.docx"))

    monkeypatch.setattr(module.os, "fsync", fail)
    with pytest.raises(StorageError) as raised:
        archive.write(PurePosixPath("heartbeat"), b"1")
    assert type(raised.value) is kind
    assert raised.value.remedy
    assert "张三" not in str(raised.value)
    assert files(root) == []


def test_a_full_disk_keeps_what_is_whole_and_nothing_else(small_disk: Path) -> None:
    archive = Archive(small_disk / "var")
    kept = archive.keep(b"a" * 400_000)
    with pytest.raises(StorageFull) as raised:
        archive.keep(b"b" * 900_000)
    assert raised.value.again
    assert files(small_disk / "var") == [f"originals/{kept[:2]}/{kept[2:]}"]
    assert archive.read(kept) == b"a" * 400_000
    assert archive.free_bytes() < 700_000
    assert archive.keep(b"c" * 50_000)


def test_a_read_only_disk_is_said(small_disk: Path) -> None:
    archive = Archive(small_disk / "var")
    kept = archive.keep(REPORT)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for attempt in (
        lambda: archive.keep(b"more"),
        lambda: archive.shelve(kept, PLACE),
        lambda: archive.write(PurePosixPath("heartbeat"), b"1"),
        lambda: Archive(small_disk / "another"),
    ):
        with pytest.raises(StorageReadOnly) as raised:
            attempt()
        assert raised.value.again
    assert archive.read(kept) == REPORT
