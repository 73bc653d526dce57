"""The files of a mail: attachments, bundles, attached mails, all laid side by side, within limits."""

from dataclasses import dataclass, field, replace

from mailbot.bundles.nouns import Fault, Inner, Opened, Room
from mailbot.bundles.open import MSG, Opener, called
from mailbot.mime.members import place_of
from mailbot.mime.zip import BROKEN, MAX_MEMBERS, RATIO_FLOOR, Member, TooLarge, Zip
from mailbot.parse import parse
from rules.kinds import kind_of
from rules.model import File, Mail, Refused

SMALL_PICTURE = 20_000
"""Bytes; pictures below it that the text shows in place are logos of signatures."""
MEGABYTE = 1_000_000

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK")

# Parts that programs add for programs; nobody who sent a report means them.
MACHINERY = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "text/rfc822-headers",
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
    }
)

CLOSED_REASON = "是{what}，这里打不开，请把里面的文件直接附上，或压缩成 zip 再发一次"
LOCKED = "加了密码，打不开，请去掉密码再发一次"
BROKEN_REASON = "压缩包已损坏，打不开，请重新压缩，或把文件直接附上"
BROKEN_MEMBER = "在压缩包里已损坏或压缩方式特殊，取不出来，请单独附上"
BOMB = "解开后大得不合常理，没有打开，请把文件直接附上"
TOO_DEEP = "压缩包或邮件套了太多层，没有打开，请把里面的文件直接附上"
EMPTY_FILE = "是空文件（0 字节），可能没有上传完，请重新附上"
EMPTY_ARCHIVE = "里面没有文件"
EMPTY_MAIL = "是一封附带的邮件，里面没有附件"
LINK = "只是快捷链接，不是文件"
PASTED = "是贴在正文里的图片，不能当作文件登记，请附上文件本身"
TOO_BIG = "超过 {most}，没有处理，请压缩图片后再发，或分成几个文件"
VOLUME = "是分卷压缩包中的一卷，单独打不开，请压缩成一个文件再发"
NAMELESS = "附件"
TWIN = "与「{other}」内容完全相同，只登记一次"


# Why a bundle, and why one member of it, gave nothing.
REASONS = {
    Fault.NO_TOOL: CLOSED_REASON, Fault.BROKEN: BROKEN_REASON, Fault.LOCKED: LOCKED, Fault.BOMB: BOMB,
    Fault.TOO_BIG: TOO_BIG, Fault.VOLUME: VOLUME, Fault.LINK: LINK,
}  # fmt: skip
MEMBER_REASONS = {Fault.LOCKED: LOCKED, Fault.LINK: LINK, Fault.TOO_BIG: TOO_BIG, Fault.BOMB: BOMB}


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """Bytes of one file (a bundle as such may be larger) and of all that is unpacked together; number of files;
    containers inside each other; unpacked to packed size.
    """

    file_bytes: int = 30 * MEGABYTE
    total_bytes: int = 300 * MEGABYTE
    files: int = 200
    depth: int = 3
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What can be judged, and what could not be opened or used with the reason (plain Chinese, named in the answer)."""

    files: tuple[File, ...] = ()
    refused: tuple[Refused, ...] = ()


def unpack(mail: Mail, limits: UnpackLimits, opener: Opener | None = None) -> Unpacked:
    """All files of a mail, those in archives and attached mails among them; `via` names archives and folders.

    `opener` opens what is no zip (rar, 7z, tar, winmail.dat, .msg); without one those are refused.
    Word files are not opened, zip or not. The same bytes are kept once. Left out without a word: signatures of
    S/MIME and PGP and the like (MACHINERY), litter of operating systems in archives, and pictures that the HTML shows
    in place when they are small or when the mail brings other files too. Never raises.
    """
    work = _Work(limits, opener)
    pasted = [file for file in mail.files if _pasted(file)]
    for file in mail.files:
        if not _pasted(file):
            work.take(file, 0)
    if not work.files and not work.refused:
        work.refused.extend(Refused(file.name, PASTED) for file in pasted if file.size >= SMALL_PICTURE)
    return Unpacked(tuple(work.files), tuple(work.refused))


def _pasted(file: File) -> bool:
    return file.inline and kind_of(file.name, file.content) == "image"


@dataclass
class _Work:
    """One mail being unpacked: what was found and what is left of the limits."""

    limits: UnpackLimits
    opener: Opener | None = None
    files: list[File] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    # Everything that was unpacked, kept or not: the same member a thousand times is work a thousand times.
    _bytes: int = 0
    _members: int = 0
    _names: dict[str, str] = field(default_factory=dict)
    _full: bool = False

    def take(self, file: File, depth: int) -> None:
        """Keep a file, open a container, or say why not. `depth`: containers around it."""
        if self._full or file.content_type in MACHINERY:
            return
        self._bytes += file.size
        if self._bytes > self.limits.total_bytes:
            self._stop(
                file, f"全部文件解开后超过 {_megabytes(self.limits.total_bytes)}，从这个起没有处理，请分几封发送"
            )
            return
        what = called(file.name, file.content)
        container = what is not None or self._is_container(file)
        if not file.content:
            self._refuse(file, EMPTY_FILE)
        elif not container and file.size > self.limits.file_bytes:
            self._refuse(file, self._too_big())
        elif not container:
            self._keep(file)
        elif depth >= self.limits.depth:
            self._refuse(file, TOO_DEEP)
        elif what is not None:
            self._open_other(file, what, depth)
        elif file.content.startswith(ZIP):
            self._open_zip(file, depth)
        else:
            self._open_mail(file, depth)

    @staticmethod
    def _is_container(file: File) -> bool:
        if file.content_type == "message/rfc822":
            return True
        kind = kind_of(file.name, file.content)
        return kind == "mail" or (kind == "archive" and file.content.startswith(ZIP))

    def _keep(self, file: File) -> None:
        other = self._names.get(file.sha256)
        if other is not None:
            if other != file.name:
                self._refuse(file, TWIN.format(other=other))
            return
        if len(self.files) >= self.limits.files:
            self._stop(file, f"一封邮件最多收 {self.limits.files} 个文件，从这个起没有处理，请分几封发送")
        else:
            self._names[file.sha256] = file.name
            self.files.append(file)

    def _open_mail(self, file: File, depth: int) -> None:
        mail = parse(file.content)
        inside = [inner for inner in mail.files if not _pasted(inner)]
        if not inside:
            self._refuse(file, EMPTY_MAIL)
        for inner in inside:
            self.take(replace(inner, via=(*file.via, file.name), author=mail.sender.address), depth + 1)

    def _open_other(self, file: File, what: str, depth: int) -> None:
        """rar, 7z, tar, winmail.dat, .msg: opened elsewhere, within what is left of the limits."""
        unpacked = max(RATIO_FLOOR, self.limits.ratio * file.size)
        room = Room(self.limits.file_bytes, min(self.limits.total_bytes - self._bytes, unpacked), MAX_MEMBERS)
        opened = self.opener.open(file.name, file.content, room) if self.opener else Opened(fault=Fault.NO_TOOL)
        if opened.fault is not None:
            self._refuse(file, REASONS[opened.fault].format(what=what, most=_megabytes(self.limits.file_bytes)))
        elif not opened.members:
            self._refuse(file, EMPTY_ARCHIVE if what != MSG else EMPTY_MAIL)
        for inner in opened.members:
            self._take_inner(file, inner, opened.author or file.author, depth)

    def _take_inner(self, file: File, inner: Inner, author: str, depth: int) -> None:
        place = place_of(inner.path or NAMELESS)
        self._members += 1
        if place is None or self._full or self._members > MAX_MEMBERS:
            return
        name, folders = place
        member = File(name, inner.content, via=(*file.via, file.name, *folders), author=author)
        if inner.fault is None:
            self.take(member, depth + 1)
        else:
            most = _megabytes(self.limits.file_bytes)
            self._refuse(member, MEMBER_REASONS.get(inner.fault, BROKEN_MEMBER).format(most=most))

    def _open_zip(self, file: File, depth: int) -> None:
        try:
            archive = Zip(file.content)
            members = tuple(archive.members())
        except TooLarge:
            self._refuse(file, BOMB)
        except BROKEN:
            self._refuse(file, BROKEN_REASON)
        else:
            if not members:
                self._refuse(file, EMPTY_ARCHIVE)
            elif all(member.encrypted for member in members):
                self._refuse(file, LOCKED)
            else:
                self._take_members(file, archive, members, depth)

    def _take_members(self, file: File, archive: Zip, members: tuple[Member, ...], depth: int) -> None:
        for member in members:
            self._members += 1
            if self._full or self._members > MAX_MEMBERS:
                return
            via = (*file.via, file.name, *member.folders)
            content = self._read(archive, member, via)
            if content is not None:
                self.take(File(member.name, content, via=via, author=file.author), depth + 1)

    def _read(self, archive: Zip, member: Member, via: tuple[str, ...]) -> bytes | None:
        """The bytes of a member, or None with the reason written down."""
        reason = LOCKED if member.encrypted else LINK if member.link else ""
        if not reason:
            try:
                return archive.read(member, self.limits.file_bytes, self.limits.ratio)
            except TooLarge as error:
                self._bytes += self.limits.file_bytes
                reason = BOMB if error.bomb else self._too_big()
            except BROKEN:
                reason = BROKEN_MEMBER
        self._refuse(File(member.name, b"", via=via), reason)
        return None

    def _too_big(self) -> str:
        return TOO_BIG.format(most=_megabytes(self.limits.file_bytes))

    def _refuse(self, file: File, reason: str) -> None:
        if len(self.refused) < self.limits.files:
            self.refused.append(Refused(file.name, reason, file.via))

    def _stop(self, file: File, reason: str) -> None:
        self._full = True
        self._refuse(file, reason)


def _megabytes(count: int) -> str:
    return f"{count / MEGABYTE:g} MB"
