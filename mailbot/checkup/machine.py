"""Doctor: the machine itself – clock, time zone, programs that are not needed."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailbot.checkup.check import Check, Subject, ok, problem
from rules.campaign import OURS

FIRST_YEAR = 2012  # of the first notice: no clock that is right says less
CHINA = timedelta(hours=8)


def examine_clock(now: datetime) -> Iterator[Check]:
    """The year, and whether Asia/Shanghai is what it should be. How the clock compares with the server's: imap."""
    try:
        local = now.astimezone(ZoneInfo(OURS))
    except (ZoneInfoNotFoundError, OSError):
        yield problem(Subject.CLOCK, f"the time zone {OURS} is not known", "install the Python package tzdata")
        return
    if now.year < FIRST_YEAR:
        said = f"it is not {now:%Y-%m-%d %H:%M}"
        yield problem(Subject.CLOCK, said, "set the clock of this machine (timedatectl set-ntp true)")
    elif local.utcoffset() != CHINA:
        said = f"{OURS} is {local:%z}, not +0800"
        yield problem(Subject.CLOCK, said, "install the Python package tzdata, or mend the time zones of this machine")
    else:
        yield ok(Subject.CLOCK, f"{local:%Y-%m-%d %H:%M} in {OURS}")


def examine_converters() -> Iterator[Check]:
    """None is used: this version reads .docx alone, and that must not be kept from people."""
    present = [name for name in ("soffice", "libreoffice", "antiword") if shutil.which(name)]
    here = f" ({', '.join(present)} present, not used)" if present else ""
    said = f"none needed{here}: this version reads .docx; senders of .doc, .wps, .rtf, .odt, .pdf are asked for .docx"
    yield ok(Subject.CONVERTERS, said)
