"""Where a report belongs in the browsing tree: names are our words, safe on every disk, never the sender's."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from rules.campaign import Campaign
from rules.model import Roster, Unit
from rules.text import fold

ROOT = "收件"
LONGEST = 80  # characters of one part of a path
_BYTES = 240  # of one part in UTF-8; disks allow 255

# What a report may be called at the end; by kind of file (rules.kinds) or by an extension we know.
EXTENSIONS = {
    **{kind: kind for kind in ("docx", "doc", "wps", "rtf", "odt", "txt", "pdf", "jpg", "png", "tif")},
    "image": "jpg",
    "jpeg": "jpg",
    "tiff": "tif",
}
UNKNOWN = "bin"

_RESERVED = re.compile(r'[<>:"/\\|?*%$`\'\u0000-\u001f\u007f\ud800-\udfff]')
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|clock|com[0-9¹²³]|lpt[0-9¹²³]|conin|conout)(?=\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Both below the data directory: `path` of this version, `newest` of the file that always holds the newest."""

    path: PurePosixPath
    newest: PurePosixPath


def shelf(campaign: Campaign, roster: Roster, unit: Unit, version: int, extension: str) -> Shelf:
    """`收件/<campaign>/<no> <总支>/<no> <支部>/<unit>-<title>-v<n>.<ext>`; a 总支's own report lies in its own folder.

    `extension`: a kind of file or an extension; one we do not know becomes .bin. The newest file's extension may
    differ from the last one's (.doc, then .docx): whoever puts it there takes the other away.
    """
    folder = PurePosixPath(ROOT, clean(campaign.title))
    parent = roster.unit(unit.parent) if unit.parent is not None and unit.parent in roster else None
    for holder in (parent, unit):
        if holder is not None:
            folder /= _folder_of(holder, roster)
    ending = EXTENSIONS.get(extension.lower().removeprefix("."), UNKNOWN)
    stem = f"{clean(unit.name, LONGEST // 2 - 12)}-{clean(campaign.title, LONGEST // 2 - 12)}"
    return Shelf(folder / f"{stem}-v{version}.{ending}", folder / f"{stem}.{ending}")


def clean(words: str, longest: int = LONGEST) -> str:
    """Words as one part of a path: one line, no sign or device name that Windows reserves, never empty or hidden."""
    part = fold(_RESERVED.sub(" ", fold(words))).strip(". ")
    part = _DEVICES.sub(lambda device: f"_{device.group()}", part)
    part = part[:longest].encode()[: _BYTES * longest // LONGEST].decode(errors="ignore")
    return part.strip(". ") or "未命名"


def _folder_of(unit: Unit, roster: Roster) -> str:
    return clean(f"{_number(unit, roster)} {clean(unit.name, 50)}")


def _number(unit: Unit, roster: Roster) -> str:
    """The unit's code; where two codes look alike on a disk, its place in the roster keeps them apart."""
    mine = clean(unit.code, 20)
    alike = [other for other in roster.units if clean(other.code, 20).casefold() == mine.casefold()]
    return mine if len(alike) < 2 else f"{mine}~{roster.units.index(unit) + 1}"
