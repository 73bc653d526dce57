"""`mailbot doctor` and what clerks write: a campaign, a roster, the days of the school."""

from datetime import timedelta

import pytest

from mailbot.demo import college
from mailbot.doctor import Level, Subject, exit_code
from mailbot.tables import write_rows
from rules.roster import roster_rows
from tests.doctor_desk import NOW, Desk, about, the_problem, the_warning


def test_a_clerk_reads_chinese_about_a_bad_row_and_the_servers_are_still_examined(desk: Desk) -> None:
    rows = roster_rows(college.roster())
    rows[3][2], rows[5][5] = "党小组", "jsj@"
    (desk.folder / "roster.xlsx").write_bytes(write_rows(rows))
    checks = desk.checks()
    kind, address = about(checks, Subject.ROSTER)
    assert "roster.xlsx: 第 4 行「类型」 = '党小组': 只能是 党总支、分党委" in kind.said
    assert "第 6 行「邮箱」 = 'jsj@'" in address.said
    assert "改好后再运行" in address.todo
    assert kind.level is address.level is Level.PROBLEM
    assert exit_code(checks) == 2
    assert about(checks, Subject.SMTP_LOGIN)[0].level is Level.OK


def test_a_roster_with_many_faults_does_not_fill_the_screen(desk: Desk) -> None:
    rows = [[*row[:2], "x", *row[3:]] if number else row for number, row in enumerate(roster_rows(college.roster()))]
    (desk.folder / "roster.xlsx").write_bytes(write_rows(rows))
    found = about(desk.checks(), Subject.ROSTER)
    assert len(found) == 13
    assert "另有" in found[-1].said


def test_the_rows_of_the_template_and_units_without_an_address_are_pointed_out(desk: Desk) -> None:
    (desk.folder / "roster.xlsx").unlink()
    assert "mailbot init" in the_problem(desk.checks()).todo
    rows = roster_rows(college.roster())
    rows[1][5] = ""
    (desk.folder / "roster.xlsx").write_bytes(write_rows(rows))
    (warning,) = about(desk.checks(), Subject.ROSTER, Level.WARNING)
    assert "第 2 行「邮箱」: “计算机学院党总支”没有邮箱" in warning.said
    rows[2][9] = "示例（虚构），请删除"
    (desk.folder / "roster.xlsx").write_bytes(write_rows(rows))
    problem = the_problem(desk.checks())
    assert "第 3 行「备注」" in problem.said
    assert "请删除" in problem.said


# What is wrong in campaign.toml: (there, instead, level, what the line says).
CAMPAIGNS = [
    ('weekday      = "周五"', 'weekday = "周三"', Level.WARNING,
     "campaign.toml: deadline.weekday = '周三': 按日历 2012-09-14 是星期五"),
    ("2012-09-14T23:59:59+08:00", "2012-09-31", Level.PROBLEM,
     "campaign.toml: 活动文件: 不是有效的 TOML：第 27 行"),
    ("2012-09-14T23:59:59+08:00", '"2012-09-31"', Level.PROBLEM, "deadline.at"),
    ("2012-09-14T23:59:59+08:00", "2012-10-01", Level.WARNING, "不是工作日"),
    ("opens       = 2012-08-27", "opens = 2012-10-27", Level.PROBLEM, "早于开始日期"),
    ("[late]", "[lates]", Level.PROBLEM, "late"),
    ('name  = "范某"', 'name = "示例某"', Level.WARNING, "仍是示例联系人"),
]  # fmt: skip


@pytest.mark.parametrize(("there", "instead", "level", "said"), CAMPAIGNS)
def test_a_campaign_that_cannot_be_meant_so_is_told_in_chinese(
    desk: Desk, there: str, instead: str, level: Level, said: str
) -> None:
    desk.replace("campaign.toml", there, instead)
    checks = desk.checks()
    found = about(checks, Subject.CAMPAIGN, level)
    assert said in "\n".join(check.said for check in found)
    assert all("核对" in check.todo or "改好" in check.todo for check in found)
    assert exit_code(checks) == (2 if level is Level.PROBLEM else 0)


def test_a_campaign_file_that_is_not_there_or_twice_is_a_problem(desk: Desk) -> None:
    assert "nowhere.toml" in the_problem(desk.checks(MAILBOT_CAMPAIGN__FILES="nowhere.toml")).said
    (desk.folder / "b.toml").write_bytes((desk.folder / "campaign.toml").read_bytes())
    doubled = the_problem(desk.checks(MAILBOT_CAMPAIGN__FILES="campaign.toml,b.toml"))
    assert "b.toml: id = 'chuangxian-zhengyou-2012' 与 campaign.toml 相同" in doubled.said


def test_a_deadline_that_has_passed_and_a_year_without_a_calendar_are_warned_of(desk: Desk) -> None:
    after = desk.checks(NOW + timedelta(days=10))
    assert "截止时间已过" in the_warning(after).said
    later = desk.checks(NOW.replace(year=2099))
    assert "还没有 2099 年的节假日安排" in about(later, Subject.CALENDAR)[0].said
    (desk.folder / "days.toml").write_text("holidays = [2012-09-07]\nworkday = []\n")
    assert "workday" in the_problem(desk.checks(MAILBOT_CALENDAR__OVERRIDES="days.toml")).said
