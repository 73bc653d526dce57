"""What Outlook and Exchange wrap attachments in: winmail.dat (TNEF, [MS-OXTNEF]) and .msg files ([MS-OXMSG]).

The only importer of tnefparse and oxmsg. To be run in the reading child: the libraries trust what they read.
"""

import itertools
import logging
import re
import struct
from collections.abc import Iterator
from dataclasses import replace

from olefile import OleFileIO
from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.storage import Storage
from tnefparse.tnef import TNEF, TNEFAttachment, TNEFObject

from mailbot.bundles.nouns import Fault, Inner, Opened, Room
from mailbot.mime.text import decode

_SIGNATURE = b"\x78\x9f\x3e\x22"
_HEADER = 6
_SMALLEST = 12
_LONG_NAME = 0x3707
_SHORT_NAME = 0x3704
_EMBEDDED = "__substg1.0_3701000D"
_DEPTH = 5
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w.-]{1,255}")
_DAMAGE = (
    struct.error, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, EOFError, ArithmeticError,
    AssertionError, RuntimeError, LookupError,
)  # fmt: skip
logging.getLogger("tnefparse").disabled = True  # it would log what is in the file


def open_tnef(name: str, content: bytes, room: Room) -> Opened:
    """The attachments of a winmail.dat. Never raises.

    Only attachment attributes are read: the library decodes the message around them by a code page that GBK mail
    does not always name, and gives everything up when that fails.
    """
    if not content.startswith(_SIGNATURE):
        return Opened(fault=Fault.BROKEN)
    files: list[TNEFAttachment] = []
    at = _HEADER
    try:
        while at + _SMALLEST < len(content) and len(files) <= room.members:
            (size,) = struct.unpack("<I", content[at + 5 : at + 9])
            found = TNEFObject(content[at : at + 11 + size])
            at += 11 + size
            if found.name == TNEF.ATTATTACHRENDDATA:
                files.append(TNEFAttachment("gb18030"))
            if found.level == TNEF.LVL_ATTACHMENT and files:
                _add(files[-1], found)
    except _DAMAGE:
        return Opened(fault=Fault.BROKEN)
    return Opened(tuple(_member(_tnef_name(file), file.data, room) for file in files))


def _add(file: TNEFAttachment, found: TNEFObject) -> None:
    """A property that cannot be read costs that property, not the file."""
    try:
        file.add_attr(found)
    except _DAMAGE:
        return


def _tnef_name(file: TNEFAttachment) -> str:
    long = next((one.data for one in file.mapi_attrs if one.name == _LONG_NAME), None)
    name = long or file._name
    return (decode(name) if isinstance(name, bytes) else str(name)).strip("\x00 ")


def open_msg(name: str, content: bytes, room: Room) -> Opened:
    """The attachments of a mail saved by Outlook, those of mails attached to it too, and who wrote it. Never raises."""
    try:
        with OleFileIO(content) as container:
            root = Storage.from_ole(container)
        members = tuple(itertools.islice(_attachments(root, room, ()), room.members))
        author = _ADDRESS.search(_sender(root))
    except _DAMAGE:
        return Opened(fault=Fault.BROKEN)
    return Opened(members, author=author[0].lower() if author else "")


def _sender(root: Storage) -> str:
    try:
        return Message(root).sender or ""
    except _DAMAGE:
        return ""


def _attachments(mail: Storage, room: Room, folders: tuple[str, ...]) -> Iterator[Inner]:
    for part in mail.iter_attachment_storages():
        inner = next((one for one in part.storages if one.name == _EMBEDDED), None)
        if inner is None:
            yield _from_msg(Attachment(part), room, folders)
        elif len(folders) < _DEPTH:
            yield from _attachments(inner, room, (*folders, "附带的邮件"))


def _from_msg(attachment: Attachment, room: Room, folders: tuple[str, ...]) -> Inner:
    try:
        name = attachment.file_name or attachment.properties.str_prop_value(_SHORT_NAME) or ""
        member = _member(name, attachment.file_bytes or b"", room)
    except _DAMAGE:
        member = Inner("", fault=Fault.BROKEN)
    return replace(member, path="/".join((*folders, member.path)))


def _member(name: str, content: bytes | str, room: Room) -> Inner:
    path = name.replace("\\", "/").rpartition("/")[2]
    if not isinstance(content, bytes):
        return Inner(path, fault=Fault.BROKEN)
    return Inner(path, content) if len(content) <= room.member else Inner(path, fault=Fault.TOO_BIG)
