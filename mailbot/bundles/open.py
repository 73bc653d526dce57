"""Opens bundles: libraries in the reading child, tools in confinement; within the limits of the mail."""

from collections.abc import Callable
from dataclasses import dataclass

from mailbot.bundles.nouns import Fault, Opened, Room
from mailbot.bundles.outlook import open_msg, open_tnef
from mailbot.bundles.rar import extract_rar, list_rar
from mailbot.bundles.seven import open_7z
from mailbot.bundles.tar import open_tar
from mailbot.reading import Failed, Reader
from rules.kinds import kind_of

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Open = Callable[[str, bytes, Room], Opened]

# What a bundle is called in answers, told by its first bytes and where they stand, and what opens it.
KINDS: tuple[tuple[int, bytes, str, Open | None], ...] = (
    (0, b"Rar!\x1a\x07", "RAR 压缩包", None),
    (0, b"7z\xbc\xaf\x27\x1c", "7z 压缩包", open_7z),
    (0, b"\x1f\x8b", "gz 压缩包", open_tar),
    (0, b"BZh", "bz2 压缩包", open_tar),
    (0, b"\xfd7zXZ\x00", "xz 压缩包", open_tar),
    (257, b"ustar", "tar 压缩包", open_tar),
    (0, b"\x78\x9f\x3e\x22", "Outlook 的 winmail.dat", open_tnef),
)
# Told by their first bytes and never opened: nobody in an office makes them.
CLOSED: tuple[tuple[bytes, str], ...] = ((b"MSCF", "cab 压缩包"),)
MSG = "Outlook 的 msg 邮件"


def called(name: str, content: bytes) -> str | None:
    """What a bundle that is no zip is called in Chinese; None for anything else."""
    if content.startswith(_OLE2):
        return MSG if kind_of(name, content) == "mail" else None
    closed = ((0, magic, what) for magic, what in CLOSED)
    told = (*((at, magic, what) for at, magic, what, _ in KINDS), *closed)
    return next((what for at, magic, what in told if content[at : at + len(magic)] == magic), None)


@dataclass(frozen=True)
class Opener:
    """`reader`: the child that runs libraries; `seconds`: for a tool."""

    reader: Reader
    seconds: float = 60

    def open(self, name: str, content: bytes, room: Room) -> Opened:
        """The members of a bundle that `called` knows; never raises."""
        if content.startswith(_OLE2):
            return self._in_child(open_msg, name, content, room)
        for at, magic, _, opens in KINDS:
            if content[at : at + len(magic)] == magic:
                return self._in_child(opens, name, content, room) if opens else self._rar(content, room)
        return Opened(fault=Fault.NO_TOOL)

    def _in_child(self, opens: Open, name: str, content: bytes, room: Room) -> Opened:
        opened = self.reader.run(opens, name, content, room)
        return Opened(fault=Fault.BROKEN) if isinstance(opened, Failed) else opened

    def _rar(self, content: bytes, room: Room) -> Opened:
        listed = self.reader.run(list_rar, content, room)
        if isinstance(listed, Failed):
            return Opened(fault=Fault.BROKEN)
        return Opened(fault=listed) if isinstance(listed, Fault) else extract_rar(content, listed, room, self.seconds)
