"""Doctor: the machine itself – clock, time zone, programs that open what Python does not."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailbot.bundles.rar import INSTALL as RAR_INSTALL
from mailbot.bundles.rar import TOOLS
from mailbot.checkup.check import Check, Subject, ok, problem, warning
from mailbot.convert import NONE, PROGRAMS, Converter, NotConverted
from mailbot.settings import Settings
from rules.campaign import OURS

FIRST_YEAR = 2012  # of the first notice: no clock that is right says less
CHINA = timedelta(hours=8)
INSTALL = "apt-get install libreoffice-writer-nogui, or name another soffice in convert.soffice"
SAMPLE = rb"{\rtf1\ansi test\par}"


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


def examine_converters(settings: Settings) -> Iterator[Check]:
    """Whether old Word, WPS, RTF and OpenDocument can be read: LibreOffice is asked to convert a line of text."""
    converter = Converter(settings.convert.soffice, settings.limits.seconds)
    program = converter.found()
    if settings.convert.soffice == NONE:
        yield ok(Subject.CONVERTERS, "none wanted: senders of .doc, .wps, .rtf and .odt are asked for .docx")
        return
    if program is None:
        sought = settings.convert.soffice or " or ".join(PROGRAMS)
        said = f"no {sought} here: senders of .doc, .wps, .rtf and .odt are asked for .docx"
        yield warning(Subject.CONVERTERS, said, INSTALL)
        return
    made = converter.convert(SAMPLE)
    if isinstance(made, NotConverted):
        yield warning(Subject.CONVERTERS, f"{program} does not work: {made.value}", INSTALL)
    else:
        network = "without a network" if converter.apart else "its network shut by a dead proxy alone"
        yield ok(Subject.CONVERTERS, f"{program} ({_version(program)}) reads .doc, .wps, .rtf and .odt, {network}")


def examine_bundles() -> Iterator[Check]:
    """Whether rar can be opened; zip, 7z, tar, winmail.dat and .msg need no program."""
    present = [tool for tool in TOOLS if shutil.which(tool)]
    absent = [tool for tool in TOOLS if tool not in present]
    if not present:
        said = f"no {' or '.join(TOOLS)} here: senders of .rar are asked for .zip"
        yield warning(Subject.BUNDLES, said, RAR_INSTALL)
    elif absent:
        said = (
            f"{present[0]} reads .rar, but not every kind without {absent[0]}; senders of the others are asked for .zip"
        )
        yield warning(Subject.BUNDLES, said, RAR_INSTALL)
    else:
        yield ok(
            Subject.BUNDLES, f"{' and '.join(present)} read .rar; .zip, .7z, .tar, winmail.dat, .msg need no program"
        )


def _version(program: str) -> str:
    """As it says itself, in a few words; "" when it does not say."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join(said.decode("utf-8", "replace").split()[:2])
