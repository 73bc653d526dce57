"""Files: whole or not at all. Originals by the hash of their bytes, never overwritten; and what people browse."""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from storage.errors import Damaged, Missing, UnsafePath, disk_errors

ORIGINALS = "originals"
PART = ".part"  # what a crash may leave behind; nobody takes it for a file of ours
NAME_BYTES = 255  # of ext4, xfs, APFS and NTFS alike (APFS and NTFS count characters: then it is on the safe side)
READ_ONLY = 0o444  # a browsed file is the original itself under another name: an editor must not change it in place
PRIVATE = 0o600
SHARED = 0o644  # for whoever is let into data_dir at all
POSIX = os.name == "posix"


class Archive:
    """Everything below `data_dir` but the database. Its folder is made private to the bot's user when there is none.

    Whatever goes wrong on the disk is a StorageError, and then nothing has changed but a `.part` file at most.
    """

    def __init__(self, data_dir: Path) -> None:
        self._root = Path(data_dir).absolute()
        with disk_errors("make data_dir"):
            if not self._root.is_dir():
                self._root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, content: bytes) -> str:
        """Keeps the exact bytes, on the disk before it returns, and gives their SHA-256 in hexadecimal.

        Twice is as good as once. A file of another size under that name (a disk that lost its end) is replaced.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._original(sha256)
        with disk_errors("keep an original"):
            if not (path.is_file() and path.stat().st_size == len(content)):
                with _whole(path, READ_ONLY) as part:
                    _write(part, content)
        return sha256

    def has(self, sha256: str) -> bool:
        return self._original(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """The bytes of an original. Missing when there is none, Damaged when they are no longer what was kept."""
        with disk_errors(f"read the original {sha256[:12]}"):
            content = self._original(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(f"the original {sha256[:12]} has changed on the disk ({len(content)} bytes)")
        return content

    def shelve(self, sha256: str, path: PurePosixPath, newest: PurePosixPath | None = None) -> None:
        """Shows an original to people at `path` below data_dir, and at `newest` in place of what was there.

        A link where the file system has links, else a copy. The tree is made from the ledger: a file that stands
        there already, from before a crash or by a clerk's hand, gives way. UnsafePath, Missing.
        """
        original = self._original(sha256)
        if not original.is_file():
            raise Missing(f"there is no original {sha256[:12]}")
        for target in (path, newest):
            if target is not None:
                place = self._inside(target, "shelve")
                with disk_errors("put a file into the browsing tree"):
                    _show(original, place)

    def unshelve(self, path: PurePosixPath) -> None:
        """Takes a name away from the browsing tree (a `newest` of another format); the original stays."""
        place = self._inside(path, "unshelve")
        with disk_errors("take a file out of the browsing tree"), contextlib.suppress(FileNotFoundError):
            place.unlink()

    def write(self, path: PurePosixPath, content: bytes, *, private: bool = False) -> Path:
        """Writes a sheet, a heartbeat, a key: whole or not at all, in place of what was there; gives where it is."""
        place = self._inside(path, "write")
        with disk_errors("write a file"), _whole(place, PRIVATE if private else SHARED) as part:
            _write(part, content)
        return place

    def exists(self, path: PurePosixPath) -> bool:
        return self._inside(path, "look for").is_file()

    def read_file(self, path: PurePosixPath) -> bytes:
        """A file that `write` wrote. Missing when there is none."""
        place = self._inside(path, "read")
        with disk_errors("read a file"):
            return place.read_bytes()

    def locate(self, path: PurePosixPath) -> Path:
        """Where a path below data_dir really is, for showing to people."""
        return self._inside(path, "locate")

    def free_bytes(self) -> int:
        """Space that is left for the bot's user on the disk of data_dir."""
        with disk_errors("ask for free space"):
            return shutil.disk_usage(self._root).free

    def sweep(self, before: datetime) -> int:
        """Removes `.part` files last written before that time: what crashes left behind. Gives how many."""
        swept = 0
        with disk_errors("sweep"):
            for part in self._root.rglob(f".*{PART}"):
                if part.is_file() and not part.is_symlink() and part.stat().st_mtime < before.timestamp():
                    part.unlink()
                    swept += 1
        return swept

    def _original(self, sha256: str) -> Path:
        if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise UnsafePath(f"no SHA-256: {sha256[:64]!r}")
        return self._root / ORIGINALS / sha256[:2] / sha256[2:]

    def _inside(self, path: PurePosixPath, doing: str) -> Path:
        """The place of a path of ours; UnsafePath for one that leaves data_dir, by `..` or by a link on the way."""
        unsafe = path.is_absolute() or not path.parts or path.parts[0].casefold() == ORIGINALS
        if unsafe or not all(_plain_name(part) for part in path.parts):
            raise UnsafePath(f"{doing}: the path is not a place below data_dir for this")
        place = self._root.joinpath(*path.parts)
        with disk_errors(doing):
            if not place.parent.resolve().is_relative_to(self._root.resolve()):
                raise UnsafePath(f"{doing}: a link on the way leads out of data_dir")
        return place


def _plain_name(name: str) -> bool:
    forbidden = set("/\\:\0") | {chr(code) for code in range(32)}
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        return False
    return name not in ("", ".", "..") and not set(name) & forbidden and length <= NAME_BYTES


def _show(original: Path, place: Path) -> None:
    if place.is_symlink() or not place.exists() or not place.samefile(original):
        with _whole(place, None) as part:
            part.unlink()
            try:
                os.link(original, part)
            except OSError:
                # FAT, some network file systems, too many links: a copy says the same.
                _write(part, original.read_bytes())


@contextlib.contextmanager
def _whole(place: Path, mode: int | None) -> Iterator[Path]:
    """A file of another name in the same folder to write to; at the end it takes the place, for good and at once."""
    _make_folder(place.parent)
    handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=place.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        if POSIX and mode is not None:
            part.chmod(mode)
        os.replace(part, place)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    _sync_folder(place.parent)


def _write(part: Path, content: bytes) -> None:
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> None:
    """Makes a folder and those above it, each one's name on the disk before anything is put into it."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """A rename is safe only once its folder is on the disk. Windows has no such call."""
    if POSIX:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
