"""Where a member of an archive stands: name and folders, for people to read; litter of systems is passed over."""

import re

from mailbot.mime.parts import clean_name, one_line

MAX_FOLDERS = 6
# What systems put into archives on their own.
_LITTER = re.compile(r"\._.*|~\$.*|\.ds_store|thumbs\.db|desktop\.ini|\.~lock\..*", re.IGNORECASE)


def place_of(path: str) -> tuple[str, tuple[str, ...]] | None:
    """(name, folders outermost first) of a path with any kind of slash; None for litter and folders."""
    parts = re.split(r"[\\/]", path)
    name = clean_name(parts[-1])
    if not name or _LITTER.fullmatch(name) or "__MACOSX" in parts:
        return None
    folders = tuple(one_line(folder)[:80] for folder in parts[:-1] if folder.strip(" .") and folder[1:] != ":")
    return name, folders[-MAX_FOLDERS:]
