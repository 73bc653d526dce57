"""A campaign file: the shipped one, every kind of fault in it, and what is odd about a good one."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from rules.campaign import Campaign, Deliverable, Medium
from rules.campaign_file import read_campaign, warnings
from rules.checks import examine
from rules.model import Kind, Unit
from rules.workdays import Calendar
from tests.documents.invented import context, text_of

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "rules/campaigns/chuangxian-zhengyou-2012.toml"
SMALL = """
id = "small"
title = "小活动"
opens = 2012-08-27
[deadline]
text = "9月14日前"
at = 2012-09-14
[[deliverables]]
key = "report"
title = "总结"
by = ["党支部"]
"""


def shipped() -> Campaign:
    campaign = read_campaign(SHIPPED.read_text(encoding="utf-8")).value
    assert campaign is not None
    return campaign


def lines(text: str) -> list[str]:
    reading = read_campaign(text)
    assert reading.value is None
    return [str(fault) for fault in reading.faults]


def tables() -> list[tuple[str, str]]:
    """(section, key) for every key of the models."""
    found = [("campaign", name) for name in Campaign.model_fields]
    for name, field in Campaign.model_fields.items():
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found.remove(("campaign", name)) if ("campaign", name) in found else None
                found += [(name, key) for key in inner.model_fields]
    return found


class TestShipped:
    def test_it_reads_without_a_fault_or_a_warning(self) -> None:
        reading = read_campaign(SHIPPED.read_text(encoding="utf-8"))
        assert reading.faults == ()
        assert warnings(shipped(), Calendar()) == ()

    def test_it_says_what_the_notice_says(self) -> None:
        campaign = shipped()
        assert campaign.deadline.at == datetime.fromisoformat("2012-09-14T23:59:59+08:00")
        assert campaign.last_day == date(2012, 9, 14)
        assert [aspect.key for aspect in campaign.aspects] == ["特点", "做法", "成效", "社会评价", "经验启示"]
        assert all(aspect.required for aspect in campaign.aspects)
        assert list(campaign.participation.methods) == ["个别访谈", "座谈会", "问卷", "网络测评"]

    @pytest.mark.parametrize(
        ("kind", "parent", "owed", "reviewed"),
        [
            (Kind.GENERAL_BRANCH, None, ["report", "paper"], False),
            (Kind.COMMITTEE, None, ["report", "paper"], False),
            (Kind.BRANCH, "01", ["report"], True),
            (Kind.DIRECT_BRANCH, None, ["report"], False),
        ],
    )
    def test_each_kind_of_unit_owes_its_own(
        self, kind: Kind, parent: str | None, owed: list[str], reviewed: bool
    ) -> None:
        campaign, unit = shipped(), Unit("x", "示例", kind, parent)
        assert [d.key for d in campaign.owed_by(unit) if not d.optional] == owed
        report = campaign.report_of(unit)
        assert report is not None
        assert report.key == "report"
        assert campaign.needs_review(unit, report) is reviewed

    def test_the_paper_goes_to_the_room(self) -> None:
        paper = shipped().deliverable("paper")
        assert (paper.medium, paper.copies, paper.place) == (Medium.PAPER, 1, "行政楼512室")

    @pytest.mark.parametrize(
        ("aspect", "passage", "there"),
        [
            ("特点", "学院党建工作特色鲜明", True),
            ("特点", "坚持中国特色社会主义道路", False),
            ("特点", "结合学院实际和学生特点开展", False),
            ("做法", "一是领导重视，成立了领导小组；二是加强学习", True),
            ("成效", "活动取得了明显成效", True),
            ("成效", "荣获省级先进基层党组织称号", True),
            ("成效", "努力取得更大的成效", False),
            ("社会评价", "群众满意率达 98%", True),
            ("社会评价", "受到校督导组的充分肯定", True),
            ("社会评价", "收到锦旗两面、感谢信三封", True),
            ("社会评价", "完善教学质量评价体系", False),
            ("经验启示", "我们深刻体会到，必须坚持党的领导", True),
            ("经验启示", "学习推广先进经验", False),
        ],
    )
    def test_body_words_find_the_aspect_and_false_friends_do_not(self, aspect: str, passage: str, there: bool) -> None:
        found = {one.key: one.found for one in examine(text_of(f"{passage}。"), context(campaign=shipped())).aspects}
        assert (found[aspect] == "body") is there

    @pytest.mark.parametrize(
        ("method", "passage"),
        [
            ("个别访谈", "开展谈心活动 20 人次"),
            ("个别访谈", "走访学生宿舍"),
            ("座谈会", "召开师生座谈会 3 场"),
            ("问卷", "发放测评表53份,收回53份"),
            ("问卷", "设立意见箱"),
            ("网络测评", "通过QQ群征求意见"),
            ("网络测评", "开展网上满意度测评"),
        ],
    )
    def test_everyday_names_of_the_methods_are_known(self, method: str, passage: str) -> None:
        assert examine(text_of(f"{passage}。"), context(campaign=shipped())).participation.found == (method,)


FAULTS = [
    ('id = "small"', 'id = "Small Talk"', "id = 'Small Talk': 只能用小写英文字母"),
    ('title = "小活动"', "", "title: 缺少这一项"),
    ('title = "小活动"', 'titel = "小活动"\ntitle = "x"', "titel = '小活动': 没有这个键，是不是想写 title？"),
    ("opens = 2012-08-27", "opens = 20120827", "opens = '20120827': 应写成日期"),
    ("opens = 2012-08-27", 'opens = "八月"', "opens = '八月': 应是日期"),
    ("opens = 2012-08-27", "opens = 2012-10-01", "deadline.at = '2012-09-14 23:59:59+08:00': 早于开始日期"),
    ("opens = 2012-08-27", "opens = 2012-08-27\ncloses = 2012-09-01", "closes = '2012-09-01': 早于截止日期"),
    ("opens = 2012-08-27", 'opens = 2012-08-27\nzone = "北京"', "zone = '北京': 不认识这个时区"),
    ("at = 2012-09-14", "at = 20120914", "deadline.at = '20120914': 应写成日期"),
    ("at = 2012-09-14", 'at = "下周"', "deadline.at = '下周': 应是日期和时间"),
    ("at = 2012-09-14", "", "deadline.at: 缺少这一项"),
    ("at = 2012-09-14", "at = 2012-09-14\noffice_close = 17", "deadline.office_close = '17': 应写成日期"),
    ('by = ["党支部"]', 'by = ["党小组"]', "deliverables「report」.by[1] = '党小组': 只能是 '党总支'"),
    ('by = ["党支部"]', 'by = ["党支部"]\ncopies = 0', "deliverables「report」.copies = '0': 不能小于 1"),
    ('by = ["党支部"]', 'by = ["党支部"]\nmedum = 3', "deliverables「report」.medum = '3': 没有这个键，是不是想写 me"),
    ('by = ["党支部"]', 'by = ["党支部"]\noptional = 5', "deliverables「report」.optional = '5': 应是 true 或 false"),
    ('key = "report"', "", "deliverables[1].key: 缺少这一项"),
]  # fmt: skip
MORE_FAULTS = [
    ("[[aspects]]\nkey = '特点'\nbody = ['(坏']", "aspects「特点」.body = '(坏': 不是有效的正则表达式"),
    ("[[aspects]]\nkey = '特点'\nfalse_friends = ['']", "aspects「特点」.false_friends: 这个正则表达式什么都能匹配到"),
    ("[[aspects]]\nkey = '特点'\nbody_only = 'red'", "aspects「特点」.body_only = 'red': 只能是 'must'"),
    ("[[aspects]]\nkey = '甲'\n[[aspects]]\nkey = '甲'", "aspects 里的 key 重复：甲"),
    ("[participation]\nany_of = 2\nmethods = {'座谈会' = ['座谈']}", "participation.any_of = '2': 大于 methods"),
    ("[naming]\npattern = '['", "naming.pattern = '[': 不是有效的正则表达式"),
    ("[length]\nmin = 9\nmax = 3", "length.max = '3': 小于 length.min = 9"),
    ("[years]\nfirst = 2012\nlast = 2010", "years.last = '2010': 早于"),
    ("[reminders]\nsteps = [{before = -1, at = '09:00'}]", "reminders.steps[1].before = '-1': 不能小于 0"),
    ("[reminders]\nsteps = [{before = 1, at = 9}]", "reminders.steps[1].at = '9': 应写成"),
    ("[escalation]\nafter = [{after = 1, at = '09:00'}, {after = 1, at = '15:00'}]", "escalation.after = '1': 同一天"),
    ("[reminders]\nlatest = '07:00'", "reminders: latest 必须晚于 earliest"),
    ("[[vacations]]\nfirst = 2012-09-01\nlast = 2012-08-01", "vacations[1]: last 早于 first"),
    ("[near_duplicate]\nclerk = 80", "near_duplicate.clerk = '80': 不能大于 1"),
    ("[near_duplicate]\nshared_by = 1", "near_duplicate.shared_by = '1': 不能小于 2"),
    ("[near_duplicate]\nnotice = '通知.docx'", "near_duplicate.notice = '通知.docx': 应是列表"),
    ("[late]\nacept = true", "late.acept = 'True': 没有这个键，是不是想写 accept？"),
]


class TestFaults:
    def test_the_small_one_is_good(self) -> None:
        assert read_campaign(SMALL).faults == ()

    @pytest.mark.parametrize(("old", "new", "expected"), FAULTS)
    def test_a_fault_is_one_line_with_key_value_and_what_is_allowed(self, old: str, new: str, expected: str) -> None:
        assert old in SMALL
        (line,) = lines(SMALL.replace(old, new))
        assert line.startswith(expected)

    @pytest.mark.parametrize(("more", "expected"), MORE_FAULTS)
    def test_so_it_is_in_every_section(self, more: str, expected: str) -> None:
        text = SMALL + more
        found = lines(text)
        assert any(expected in line for line in found)
        assert len(found) == 1

    def test_every_fault_is_told_at_once(self) -> None:
        assert (
            len(lines(SMALL.replace('title = "小活动"', "").replace('key = "report"', 'key = ""\ncopies = "x"'))) == 2
        )

    def test_what_is_no_toml_says_where(self) -> None:
        (line,) = lines(SMALL + "title = ，")
        assert "第 12 行" in line

    @given(st.text(max_size=200))
    def test_no_text_raises(self, text: str) -> None:
        assert read_campaign(text).value is None

    @given(st.sampled_from(sorted(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))), st.sampled_from([
        "3", '"x"', "[1]", "{a = 1}", "true", "2012-01-01", "-1.5"]))  # fmt: skip
    def test_no_value_of_the_wrong_type_raises(self, key: str, value: str) -> None:
        rest = dict(zip(("id", "title", "opens"), SMALL.splitlines()[1:4], strict=True))
        rest.pop(key, None)
        read_campaign("\n".join([*rest.values(), f"{key} = {value}"]))


class TestDeadline:
    @pytest.mark.parametrize(
        ("written", "at"),
        [
            ("2012-09-14", "2012-09-14T23:59:59+08:00"),
            ("2012-09-14\ninclusive = false", "2012-09-14T00:00:00+08:00"),
            ('"2012-09-14"', "2012-09-14T23:59:59+08:00"),
            ("2012-09-14T17:00:00", "2012-09-14T17:00:00+08:00"),
            ('"2012-09-14 17:00"', "2012-09-14T17:00:00+08:00"),
            ("2012-09-14T15:59:59Z", "2012-09-14T23:59:59+08:00"),
        ],
    )
    def test_a_local_time_is_read_in_the_zone(self, written: str, at: str) -> None:
        campaign = read_campaign(SMALL.replace("at = 2012-09-14", f"at = {written}")).value
        assert campaign is not None
        assert campaign.deadline.at == datetime.fromisoformat(at)
        assert campaign.deadline.at.utcoffset() in (timedelta(hours=8), timedelta(0))

    def test_midnight_ends_the_day_before(self) -> None:
        campaign = read_campaign(SMALL.replace("at = 2012-09-14", "at = 2012-09-15T00:00:00")).value
        assert campaign is not None
        assert campaign.last_day == date(2012, 9, 14)
        assert warnings(campaign, Calendar()) == ()


ODD = [
    ("2012-09-14", 'text = "9月14日（周四）前"', "deadline.text = '9月14日（周四）前': 按日历 2012-09-14 是星期五"),
    ("2012-09-14", 'text = "x"\nweekday = "星期六"', "deadline.weekday = '星期六': 按日历"),
    ("2012-09-14", 'text = "x"\nweekday = "Friday"', "deadline.weekday = 'Friday': 看不出是星期几"),
    ("2012-09-15", 'text = "9月15日前"', "deadline.at = '2012-09-15': 2012-09-15（星期六）不是工作日"),
    ("2012-10-01", 'text = "10月1日前"', "不是工作日"),
    ("2012-09-13", 'text = "9月14日前"', "deadline.text = '9月14日前': 写的日子与 at（2012-09-13）不一致"),
    ("2012-09-14", 'text = "2013年9月14日前"', "写的日子与 at"),
    ("2012-09-14T17:00:00", 'text = "9月14日15:00前"', "写的钟点与 at（17:00）不一致"),
    ("2012-09-14T15:00:00", 'text = "x"\noffice_close = "17:30"', "'17:30:00': 晚于截止时刻 15:00"),
    ("2012-08-27", 'text = "x"', "opens = '2012-08-27': 开始当天就截止"),
    ("2035-09-14", 'text = "x"', "还没有 2035 年的节假日安排"),
]  # fmt: skip
USUAL = [
    ("2012-09-14", 'text = "9月14日（周五）前"\nweekday = "星期五"'),
    ("2012-09-14T17:00:00", 'text = "9月14日下午5点前"'),
    ("2012-09-14T17:00:00", 'text = "9月14日17:00前"'),
    ("2012-09-14", 'text = "9月14日24时前"\noffice_close = "17:30"'),
    ("2012-09-29", 'text = "2012年9月29日前"'),
    ("2012-09-28", 'text = "9月底前"'),
]


@pytest.mark.parametrize(("at", "text", "expected"), ODD)
def test_what_is_odd_about_a_deadline_is_warned_of(at: str, text: str, expected: str) -> None:
    campaign = read_campaign(SMALL.replace('text = "9月14日前"', text).replace("at = 2012-09-14", f"at = {at}")).value
    assert campaign is not None
    (warning,) = warnings(campaign, Calendar())
    assert expected in str(warning)


@pytest.mark.parametrize(("at", "text"), USUAL)
def test_what_is_usual_is_left_alone(at: str, text: str) -> None:
    campaign = read_campaign(SMALL.replace('text = "9月14日前"', text).replace("at = 2012-09-14", f"at = {at}")).value
    assert campaign is not None
    assert warnings(campaign, Calendar()) == ()


def test_a_deadline_in_a_vacation_is_warned_of() -> None:
    text = SMALL + '[[vacations]]\nname = "暑假"\nfirst = 2012-09-01\nlast = 2012-09-20\n'
    campaign = read_campaign(text).value
    assert campaign is not None
    assert ["在暑假" in str(warning) for warning in warnings(campaign, Calendar())] == [True]


@pytest.mark.parametrize(("section", "key"), tables())
def test_the_documentation_names_every_key(section: str, key: str) -> None:
    text = (ROOT / "docs/campaign.md").read_text(encoding="utf-8")
    table = text.split(f"## {section}\n")[1].split("\n## ")[0]
    assert f"| `{key}` |" in table


def test_a_deliverable_is_found_by_its_key() -> None:
    assert isinstance(shipped().deliverable("report"), Deliverable)
    with pytest.raises(KeyError):
        shipped().deliverable("nothing")
