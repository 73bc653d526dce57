"""Doctor: what clerks write – campaigns, the school's calendar, the roster. Said in Chinese, as these files are."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from mailbot.app import load_calendar, load_roster, read_text
from mailbot.checkup.check import Check, Subject, ok, problem, warning
from mailbot.config import ConfigError
from mailbot.notices import read_notice
from mailbot.settings import Settings
from mailbot.tables import TableError, read_rows
from rules.campaign import Campaign
from rules.campaign_file import read_campaign, warnings
from rules.faults import Fault, Reading
from rules.model import Kind, Roster
from rules.roster import read_roster, roster_changes, roster_rows
from rules.workdays import Calendar

MOST_LINES = 12  # of one file: the first ones are mended first
_MEND = "改好后再运行 mailbot doctor"
_ASK = "核对通知；无误可不管"


def examine_campaigns(settings: Settings, now: datetime) -> Iterator[Check]:
    """Calendar first: the days of a campaign are judged by it."""
    calendar = Calendar()
    try:
        calendar = load_calendar(settings)
    except ConfigError as error:
        yield from _faults(Subject.CALENDAR, error.faults)
    else:
        yield _calendar(calendar, now)
    ids: dict[str, Path] = {}
    for path in settings.campaign.files:
        yield from _campaign(path, calendar, now, ids)


def _calendar(calendar: Calendar, now: datetime) -> Check:
    if not calendar.knows(now.year):
        said = f"还没有 {now.year} 年的节假日安排，只按周末推算工作日"
        return warning(Subject.CALENDAR, said, "升级程序，或把放假、调休日写进 calendar.overrides 文件")
    return ok(Subject.CALENDAR, f"{now.year} 年的节假日安排已知")


def _campaign(path: Path, calendar: Calendar, now: datetime, ids: dict[str, Path]) -> Iterator[Check]:
    try:
        reading = read_campaign(read_text(path))
    except ConfigError as error:
        yield from _faults(
            Subject.CAMPAIGN, error.faults, "把活动文件放到这里，或改 campaign.files（mailbot init 有样本）"
        )
        return
    yield from _faults(Subject.CAMPAIGN, _named(path, reading.faults))
    campaign = reading.value
    if campaign is None:
        return
    if campaign.id in ids:
        said = f"{path.name}: id = {campaign.id!r} 与 {ids[campaign.id].name} 相同"
        yield problem(Subject.CAMPAIGN, said, "改成不同的 id")
    ids.setdefault(campaign.id, path)
    yield from _faults(Subject.CAMPAIGN, [one for one in read_notice(path, campaign) if isinstance(one, Fault)])
    odd = (*_named(path, warnings(campaign, calendar)), *_named(path, _time_oddities(campaign, now)))
    yield from (warning(Subject.CAMPAIGN, str(one), _ASK) for one in odd)
    yield ok(Subject.CAMPAIGN, f"{path.name}: 《{campaign.title}》，截止 {_local(campaign):%Y-%m-%d %H:%M}")


def _time_oddities(campaign: Campaign, now: datetime) -> Iterator[Fault]:
    """What is odd at this moment only, and what was left from the shipped campaign."""
    at = _local(campaign)
    if at < now:
        yield Fault("deadline.at", "截止时间已过，收到的都算逾期；如是新活动请改日期", f"{at:%Y-%m-%d %H:%M}")
    if "示例" in campaign.contact.name:
        yield Fault("contact.name", "仍是示例联系人，会写进每封信", campaign.contact.name)


def _local(campaign: Campaign) -> datetime:
    return campaign.deadline.at.astimezone(campaign.tz)


def examine_roster(settings: Settings, kept: Roster | None) -> Iterator[Check]:
    """`kept`: what the database holds, None where it could not be read. It counts; before the first start the file."""
    path = settings.campaign.roster
    if kept is not None and kept.units:
        yield from _warnings("数据库中的名册", read_roster(roster_rows(kept)))
        yield from _changed(path, kept)
        yield ok(Subject.ROSTER, f"数据库中：{_sums(kept)}")
        return
    try:
        reading = read_roster(read_rows(path))
    except (OSError, TableError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        yield problem(
            Subject.ROSTER, f"{path}: 读不出名册：{said}", "把名册放到这里，或改 campaign.roster（mailbot init 有模板）"
        )
        return
    yield from _faults(Subject.ROSTER, _named(path, reading.faults))
    yield from _warnings(path.name, reading)
    if reading.value is not None:
        yield ok(Subject.ROSTER, f"{path.name}: {_sums(reading.value)}，首次启动时读入")


def _changed(path: Path, kept: Roster) -> Iterator[Check]:
    """The file is no longer looked at: said when it says something else. Its faults are told by `roster import`."""
    try:
        changes = roster_changes(kept, load_roster(path))
    except ConfigError:
        return
    if changes:
        said = f"{path.name} 与数据库中的名册有 {len(changes)} 处不同（例如：{changes[0]}）；以数据库为准"
        yield warning(Subject.ROSTER, said, f"要用新的，运行 mailbot roster import {path.name}")


def _warnings(where: str, reading: Reading[Roster]) -> Iterator[Check]:
    """Template rows left, units without an address, and what else the reader of the roster finds odd."""
    for one in reading.warnings[:MOST_LINES]:
        yield warning(Subject.ROSTER, f"{where}: {one}", _MEND)
    if len(reading.warnings) > MOST_LINES:
        yield warning(Subject.ROSTER, f"{where}: 另有 {len(reading.warnings) - MOST_LINES} 处类似", _MEND)


def _sums(roster: Roster) -> str:
    counts = {kind: sum(unit.kind is kind for unit in roster.units) for kind in Kind}
    unheard = sum(not unit.addresses for unit in roster.units)
    said = "、".join(f"{count} 个{kind}" for kind, count in counts.items() if count)
    return f"{said}，其中 {unheard} 个没有自己的邮箱" if unheard else said


def _named(path: Path, faults: Iterator[Fault] | Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(Fault(f"{path.name}: {fault.where}", fault.message, fault.value) for fault in faults)


def _faults(what: Subject, faults: Sequence[Fault], todo: str = _MEND) -> Iterator[Check]:
    yield from (problem(what, str(fault), todo) for fault in faults[:MOST_LINES])
    if len(faults) > MOST_LINES:
        yield problem(what, f"另有 {len(faults) - MOST_LINES} 处错误", todo)
