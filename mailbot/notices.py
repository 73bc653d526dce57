"""The text of a campaign's notice, from the files that the campaign names: reports quote it, and that is no copying."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mailbot.config import ConfigError
from rules.campaign import Campaign
from rules.faults import Fault
from rules.model import Document
from rules.word import read_document

KEY = "near_duplicate.notice"
MOST_BYTES = 20 * 1024 * 1024

Notices = Mapping[str, Sequence[tuple[str, Document]]]
"""Id of a campaign to the names and texts of its notice's files."""


def load_notices(files: Sequence[Path], campaigns: Sequence[Campaign]) -> Notices:
    """Of every campaign, `files` being theirs in the same order. Raises ConfigError with a line per faulty file."""
    faults: list[Fault] = []
    notices: dict[str, tuple[tuple[str, Document], ...]] = {}
    for path, campaign in zip(files, campaigns, strict=True):
        found = list(read_notice(path, campaign))
        faults.extend(one for one in found if isinstance(one, Fault))
        notices[campaign.id] = tuple(one for one in found if not isinstance(one, Fault))
    if faults:
        raise ConfigError(tuple(faults))
    return notices


def read_notice(path: Path, campaign: Campaign) -> Iterator[tuple[str, Document] | Fault]:
    """Each file that the campaign at `path` names, relative to it: its text, or what is wrong with it."""
    rule = campaign.near_duplicate
    for name in rule.notice if rule is not None else ():
        read = _read(path.parent / name)
        yield (name, read) if isinstance(read, Document) else Fault(f"{path.name}: {KEY}", read, name)


def _read(path: Path) -> Document | str:
    try:
        if path.stat().st_size > MOST_BYTES:
            return "文件太大，通知只要文字：请另存一份 .docx 或 .txt"
        document = read_document(path.name, path.read_bytes())
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else "名字不能这样写"
        return f"读不到这个文件（{said}）；路径从活动文件所在的文件夹算起"
    return document if isinstance(document, Document) else "读不出文字：请另存为 .docx 或 .txt"
