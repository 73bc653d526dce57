"""A campaign file to a Campaign, or to one clear Chinese line per fault; and what is odd about a good one."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, time, timedelta

from pydantic import ValidationError

from rules.campaign import Campaign
from rules.faults import Fault, Reading
from rules.layout.subject import formal_kinds
from rules.validation import faults_of, shown
from rules.workdays import Calendar

WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_DAY = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:：]\s*(\d{2})|[时点])")


def read_campaign(text: str) -> Reading[Campaign]:
    """The campaign, or every fault of the file. Never half of it."""
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        return Reading(None, (Fault("活动文件", f"不是有效的 TOML：{_where(str(error))}"),))
    try:
        campaign = Campaign.model_validate(raw)
    except ValidationError as error:
        return Reading(None, faults_of(error.errors(include_url=False), Campaign, raw))
    faults = (*_bad_patterns(campaign), *_impossible(campaign))
    return Reading(None, faults) if faults else Reading(campaign)


def _where(message: str) -> str:
    """The place out of tomllib's message, in Chinese, with the message itself."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    place = f"第 {found[1]} 行第 {found[2]} 列附近写法有误，检查引号、括号和等号" if found else "文件没有写完"
    return f"{place}（{message}）"


def _patterns(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """(key, regular expression) for every one in the campaign."""
    for aspect in campaign.aspects:
        yield from ((f"aspects「{aspect.key}」.body", pattern) for pattern in aspect.body)
        yield from ((f"aspects「{aspect.key}」.false_friends", pattern) for pattern in aspect.false_friends)
    for method, patterns in campaign.participation.methods.items():
        yield from ((f"participation.methods.{method}", pattern) for pattern in patterns)
    naming = (("naming.pattern", campaign.naming.pattern), ("naming.subject", campaign.naming.subject))
    yield from ((key, pattern) for key, pattern in naming if pattern)


def _bad_patterns(campaign: Campaign) -> Iterator[Fault]:
    for key, pattern in _patterns(campaign):
        try:
            re.compile(pattern)
        except re.error as error:
            yield Fault(key, f"不是有效的正则表达式（{error}）；普通词语可直接写，括号等符号前加 \\\\", shown(pattern))
        else:
            if re.fullmatch(pattern, ""):
                yield Fault(key, "这个正则表达式什么都能匹配到，等于没有要求", shown(pattern))


def _impossible(campaign: Campaign) -> Iterator[Fault]:
    """Good values that contradict each other."""
    if campaign.last_day < campaign.opens:
        yield Fault("deadline.at", f"早于开始日期 opens = {campaign.opens}", shown(campaign.deadline.at))
    if campaign.closes and campaign.closes < campaign.last_day:
        yield Fault("closes", f"早于截止日期 {campaign.last_day}", shown(campaign.closes))
    if not campaign.deliverables:
        yield Fault("deliverables", "至少要有一项应报材料 [[deliverables]]")
    length = campaign.length
    if length.min is not None and length.max is not None and length.max < length.min:
        yield Fault("length.max", f"小于 length.min = {length.min}", shown(length.max))
    if campaign.years and campaign.years.last < campaign.years.first:
        yield Fault("years.last", f"早于 years.first = {campaign.years.first}", shown(campaign.years.last))
    if campaign.participation.any_of > len(campaign.participation.methods):
        yield Fault("participation.any_of", "大于 methods 里列出的方式数", shown(campaign.participation.any_of))
    yield from _doubled_steps(campaign)


def _doubled_steps(campaign: Campaign) -> Iterator[Fault]:
    """Steps are known by their day: a second one of that day would never go out."""
    reminders, escalation = campaign.reminders, campaign.escalation
    for key, days in (
        ("reminders.steps", [step.before for step in reminders.steps]),
        ("reminders.overdue", [step.after for step in reminders.overdue]),
        ("escalation.before", [step.before for step in escalation.before]),
        ("escalation.after", [step.after for step in escalation.after]),
    ):
        for day in sorted({day for day in days if days.count(day) > 1}):
            yield Fault(key, "同一天只能写一次", str(day))


def warnings(campaign: Campaign, calendar: Calendar) -> tuple[Fault, ...]:
    """Oddities that a person should confirm; notices do carry misprinted dates."""
    day = campaign.last_day
    return (
        *_weekday_oddities(campaign, day),
        *_text_oddities(campaign, day),
        *_clock_oddities(campaign),
        *_day_oddities(campaign, day, calendar),
        *_layout_oddities(campaign),
    )


def _weekday_oddities(campaign: Campaign, day: date) -> Iterator[Fault]:
    real = WEEKDAYS[day.weekday()]
    for key, written in (("deadline.weekday", campaign.deadline.weekday), ("deadline.text", campaign.deadline.text)):
        found = _WEEKDAY.search(written or "")
        if found and found[1].replace("天", "日") != real:
            yield Fault(key, f"按日历 {day} 是星期{real}，请核对通知", shown(written))
        elif key == "deadline.weekday" and written and not found:
            yield Fault(key, f"看不出是星期几，应写成“周{real}”", shown(written))


def _text_oddities(campaign: Campaign, day: date) -> Iterator[Fault]:
    """`text` names another day than `at`."""
    text = campaign.deadline.text
    found = _DAY.search(text)
    if found and (int(found[1] or day.year), int(found[2]), int(found[3])) != (day.year, day.month, day.day):
        yield Fault("deadline.text", f"写的日子与 at（{day}）不一致，请核对通知", shown(text))


def _clock_oddities(campaign: Campaign) -> Iterator[Fault]:
    """`text` names another hour than `at`, or the office closes after it. 24 时 may be written as 23:59:59."""
    text, at, closes = (
        campaign.deadline.text,
        campaign.deadline.at.astimezone(campaign.tz),
        campaign.deadline.office_close,
    )
    found = _HOUR.search(_DAY.sub("", text))
    soon = at + timedelta(minutes=1)
    if found and (int(found[1]) % 12, int(found[2] or 0)) not in {(t.hour % 12, t.minute) for t in (at, soon)}:
        yield Fault("deadline.text", f"写的钟点与 at（{at:%H:%M}）不一致，请核对通知", shown(text))
    if closes and at.time() != time() and closes > at.time():
        yield Fault("deadline.office_close", f"晚于截止时刻 {at:%H:%M}，不起作用", shown(closes))


def _day_oddities(campaign: Campaign, day: date, calendar: Calendar) -> Iterator[Fault]:
    key = "deadline.at"
    if not calendar.is_workday(day):
        yield Fault(key, f"{day}（星期{WEEKDAYS[day.weekday()]}）不是工作日，请核对通知", str(day))
    for vacation in campaign.vacations:
        if day in vacation:
            yield Fault(key, f"{day} 在{vacation.name or '假期'}（{vacation.first} 至 {vacation.last}）内", str(day))
    if not calendar.knows(day.year):
        yield Fault(
            key, f"还没有 {day.year} 年的节假日安排，只按周末推算；可在 calendar.overrides 文件里补充", str(day)
        )
    if day == campaign.opens:
        yield Fault("opens", "开始当天就截止，请核对", str(day))


def _layout_oddities(campaign: Campaign) -> Iterator[Fault]:
    """A profile that nobody's report is held against."""
    if campaign.layout.profile and not formal_kinds(campaign):
        key, owed = "layout.profile", '没有单位要交正式文件（medium = "paper"，并写了 form），不会检查版式'
        yield Fault(key, f"{owed}；也可用 layout.by 写明哪些单位", campaign.layout.profile)
