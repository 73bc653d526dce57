"""Puts the parts together: the only place that chooses real ones, and the only one that asks the clock."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from mailbot.bundles.open import Opener
from mailbot.config import ConfigError
from mailbot.convert import Converter
from mailbot.deliver import SmtpAccount
from mailbot.imap.nouns import ImapAccount
from mailbot.inbox import Inbox
from mailbot.notices import Notices, load_notices
from mailbot.reading import Reader
from mailbot.settings import Settings
from mailbot.tables import TableError, read_rows
from mailbot.texts import decode
from mailbot.unpack import UnpackLimits
from rules.campaign import Campaign
from rules.campaign_file import read_campaign
from rules.faults import Fault
from rules.layout.read import read_with_layout
from rules.model import Department, Roster
from rules.roster import read_roster
from rules.word import read_document
from rules.workdays import Calendar, read_overrides
from storage.archive import Archive
from storage.database import open_database, upgrade
from storage.ledger import Ledger

MEGABYTE = 1024 * 1024
IMPORTED = "roster imported"
SECRET_FILE = PurePosixPath("secret.key")


@dataclass(frozen=True)
class App:
    """The parts of a running bot. `now` gives aware UTC; tests and the demo put their own clock there."""

    settings: Settings
    campaigns: tuple[Campaign, ...]
    calendar: Calendar
    ledger: Ledger
    archive: Archive
    reader: Reader
    secret: bytes
    now: Callable[[], datetime]
    notices: Notices = field(default_factory=dict)

    @property
    def department(self) -> Department:
        return self.settings.department.signature

    @property
    def account(self) -> str:
        """Under this name the ledger knows the mailbox."""
        return f"{self.settings.imap.username}@{self.settings.imap.host}"

    @property
    def folders(self) -> tuple[str, ...]:
        return (self.settings.imap.folder, *self.settings.imap.also)

    @property
    def limits(self) -> UnpackLimits:
        limits = self.settings.limits
        return UnpackLimits(
            file_bytes=limits.file_mb * MEGABYTE,
            total_bytes=limits.unpacked_mb * MEGABYTE,
            files=limits.files,
            depth=limits.depth,
            ratio=limits.ratio,
        )

    @property
    def opener(self) -> Opener:
        return Opener(self.reader, self.settings.limits.seconds)

    def campaign(self, key: str) -> Campaign | None:
        return next((campaign for campaign in self.campaigns if campaign.id == key), None)

    def inbox(self) -> Inbox:
        """A mailbox that is not yet connected."""
        imap = self.settings.imap
        return Inbox(
            ImapAccount(
                imap.host, imap.port, imap.security, imap.username, imap.password.get_secret_value, imap.timeout_seconds
            )
        )

    def smtp(self) -> SmtpAccount:
        smtp = self.settings.smtp
        return SmtpAccount(
            smtp.host, smtp.port, smtp.security, smtp.username, smtp.password.get_secret_value, smtp.timeout_seconds
        )

    def close(self) -> None:
        self.reader.close()
        self.ledger.close()


def build(settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> App:
    """A bot out of its settings. Raises ConfigError with every fault of the campaign, calendar and roster files."""
    calendar = load_calendar(settings)
    campaigns = load_campaigns(settings)
    archive = Archive(settings.storage.data_dir)
    engine = open_database(settings.database_url)
    upgrade(engine)
    app = App(
        settings=settings,
        campaigns=campaigns,
        calendar=calendar,
        ledger=Ledger(engine),
        archive=archive,
        reader=_reader(settings, campaigns),
        secret=load_secret(archive),
        now=now,
        notices=load_notices(settings.campaign.files, campaigns),
    )
    first_roster(app)
    return app


def _reader(settings: Settings, campaigns: Sequence[Campaign]) -> Reader:
    """It reads the layout as well only where a campaign asks something of it."""
    seconds = settings.limits.seconds
    work = read_with_layout if any(campaign.layout.profile for campaign in campaigns) else read_document
    return Reader(seconds, work=work, converter=Converter(settings.convert.soffice, seconds))


def load_campaigns(settings: Settings) -> tuple[Campaign, ...]:
    """Every campaign of the settings. Raises ConfigError that names file, key, value and what is allowed."""
    faults: list[Fault] = []
    campaigns: list[Campaign] = []
    for path in settings.campaign.files:
        reading = read_campaign(read_text(path))
        faults.extend(Fault(f"{path.name}: {fault.where}", fault.message, fault.value) for fault in reading.faults)
        if reading.value is not None:
            if any(other.id == reading.value.id for other in campaigns):
                faults.append(Fault(f"{path.name}: id", "另一个活动文件已用了这个 id，请改成不同的", reading.value.id))
            campaigns.append(reading.value)
    if faults:
        raise ConfigError(tuple(faults))
    return tuple(campaigns)


def load_calendar(settings: Settings) -> Calendar:
    path = settings.calendar.overrides
    if path is None:
        return Calendar()
    reading = read_overrides(read_text(path))
    if reading.value is None or reading.faults:
        raise ConfigError(tuple(Fault(f"{path.name}: {one.where}", one.message, one.value) for one in reading.faults))
    return reading.value


def load_roster(path: Path) -> Roster:
    """The roster of an .xlsx or .csv file. Raises ConfigError with a line per faulty row."""
    try:
        rows = read_rows(path)
    except (OSError, TableError) as error:
        raise ConfigError((Fault(str(path), f"读不出名单：{error}"),)) from None
    reading = read_roster(rows)
    if reading.value is None or reading.faults:
        raise ConfigError(tuple(Fault(f"{path.name}: {one.where}", one.message, one.value) for one in reading.faults))
    return reading.value


def first_roster(app: App) -> None:
    """Until the first mail is taken in, the roster's file counts; then the ledger's, changed by `roster import`."""
    with app.ledger.reading() as book:
        settled = book.setting(IMPORTED) is not None or book.mailbox_counts().seen > 0
        known = book.roster()
    if known.units and settled:
        return
    wanted = load_roster(app.settings.campaign.roster)
    if wanted != known:
        with app.ledger.transaction() as book:
            book.replace_roster(wanted)


def load_secret(archive: Archive) -> bytes:
    """The key of our Message-IDs: made once, kept in the data directory, readable by its owner alone."""
    if not archive.exists(SECRET_FILE):
        archive.write(SECRET_FILE, secrets.token_bytes(32), private=True)
    return archive.read_file(SECRET_FILE)


def read_text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise ConfigError((Fault(str(path), f"cannot be read: {error.strerror}"),)) from None
