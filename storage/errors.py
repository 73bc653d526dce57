"""What can go wrong with the database and the disk: who must act, and whether to try again."""

import contextlib
import errno
from collections.abc import Iterator
from typing import ClassVar


class StorageError(Exception):
    """The storage did not do what it was asked for, and changed nothing. `str()` is one line for the log.

    `again`: the same call may succeed later without anybody's help. `remedy`: what a person has to do ("" for nobody).
    """

    again: ClassVar[bool] = False
    remedy: ClassVar[str] = "look at the disk and the database"


class StorageFull(StorageError):
    """No space left on the device, or the quota is used up."""

    again = True
    remedy = "free some space on the disk of data_dir or of the database"


class StorageReadOnly(StorageError):
    """The folder or the database may not be written."""

    again = True
    remedy = "give the bot's user the right to write to data_dir, or mount the disk writable"


class StorageBusy(StorageError):
    """Another process holds the database, or wrote the same rows first."""

    again = True
    remedy = ""


class StorageUnreachable(StorageError):
    """The database server does not answer, or refuses the login."""

    again = True
    remedy = "start the database server, or correct [storage] database"


class StorageConflict(StorageError):
    """A unique key or another constraint refused the rows: somebody else recorded the same thing, or they are wrong."""

    again = True
    remedy = ""


class Damaged(StorageError):
    """The bytes of an original are no longer those that were kept."""

    remedy = "restore the file from a backup, or fetch the mail again"


class Missing(StorageError):
    """There is no such original or file."""

    remedy = "restore the file from a backup, or fetch the mail again"


class UnsafePath(StorageError):
    """A path leaves data_dir or touches what is not for browsing. A fault of the program, never of a mail."""

    remedy = "report this as a fault of the program"


class StorageNewer(StorageError):
    """The database was made by a newer version of the program."""

    remedy = "install the version of the program that made this database, or a newer one"


# OSError.errno → what it means here.
MEANINGS: dict[int, type[StorageError]] = {
    errno.ENOSPC: StorageFull,
    errno.EDQUOT: StorageFull,
    errno.EFBIG: StorageFull,
    errno.EROFS: StorageReadOnly,
    errno.EACCES: StorageReadOnly,
    errno.EPERM: StorageReadOnly,
    errno.ENOENT: Missing,
}


@contextlib.contextmanager
def disk_errors(doing: str) -> Iterator[None]:
    """Turns any OSError inside into a StorageError that says what was being done. No path: it may hold names."""
    try:
        yield
    except OSError as error:
        kind = MEANINGS.get(error.errno or 0, StorageError)
        raise kind(f"{doing}: {error.strerror or type(error).__name__}") from error
