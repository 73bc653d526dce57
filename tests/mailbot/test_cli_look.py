"""Commands that look and write what they are asked for: init, doctor, status, remind, sheet, demo."""

import sys
from pathlib import Path
from typing import Any

import pytest

from mailbot.demo.reports import Report, write
from mailbot.tables import read_rows
from tests.commands import Home, is_one_line, run

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

BRANCH = "计算机学院教工第一党支部"
LIBRARY = "图书馆直属党支部"
STATES = {"missing", "incomplete", "awaiting_review", "returned", "accepted", "exempt"}
SUMS = ["seen", "filed", "orders", "automatic", "own", "not_ours", "set_aside", "duplicate"]


# ------------------------------------------------------------------------------------------------- init, doctor, demo


def test_init_writes_the_files_and_says_what_to_do_with_each(tmp_path: Path) -> None:
    folder = tmp_path / "bot"
    said = run("init", str(folder))
    assert (said.code, said.err) == (0, "")
    for name in ("config.toml", "password.txt", "roster.xlsx", "campaign.toml"):
        assert f"{folder / name}: " in said.out
    assert f"mailbot doctor --config {folder / 'config.toml'}" in said.out


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "roster.xlsx").write_text("mine")
    is_one_line(run("init", str(tmp_path)), 2, "roster.xlsx", "nothing was written")
    assert [path.name for path in tmp_path.iterdir()] == ["roster.xlsx"]


def test_doctor_is_2_when_a_person_must_mend_something_and_3_when_only_a_server_is_away(home: Home) -> None:
    said = home.run("doctor")
    assert said.code == 3
    assert "problem imap: IMAP 127.0.0.1:1" in said.out
    assert home.run("doctor", environ={"MAILBOT_CAMPAIGN__FILES": "nothing.toml"}).code == 2
    assert home.run("doctor", "--config", "elsewhere.toml").code == 2


def test_doctor_is_0_on_a_right_set_up_and_sends_nothing(served: Home, server: Any) -> None:
    said = served.run("doctor")
    assert said.code == 0, said.out
    assert server.letters == []


def test_a_demo_without_its_mail_server_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mailbot.demo.play", None)
    said = run("demo", "--dir", str(tmp_path / "demo"))
    is_one_line(said, 2, "[demo]", "dev.py demo")
    assert not (tmp_path / "demo").exists()


# ------------------------------------------------------------------------------------------------- status, sheet


@pytest.fixture
def busy(home: Home) -> Home:
    """A complete report, one that waits for review, one to be mended, other business; nothing was mailed yet."""
    reports = {
        "lib": (LIBRARY, write(Report(LIBRARY))),
        "jsj-jg1": (BRANCH, write(Report(BRANCH))),
        "jiguan1": ("机关第一党支部", write(Report("机关第一党支部", without=("成效",)))),
    }
    for account, (unit, content) in reports.items():
        home.write_mail(f"mails/{account}.eml", account, f"{unit}总结", [(f"{unit}总结.docx", content)])
    home.write_mail("mails/z.eml", "someone@example.com", "会议通知")
    assert home.run("replay", str(home.path / "mails")).code == 0
    return home


def test_status_json_has_the_promised_shape_for_every_unit(busy: Home) -> None:
    said = busy.run("status", "--json")
    assert (said.code, said.err) == (0, "")
    assert list(said.json) == ["campaign", "units", "mailbox"]
    assert said.json["campaign"] == {
        "id": "chuangxian-zhengyou-2012", "title": "创先争优活动总结", "deadline": "2012-09-14T23:59:59+08:00"
    }  # fmt: skip
    assert len(said.json["units"]) == 30
    for unit in said.json["units"]:
        assert list(unit) == ["code", "name", "kind", "parent", "deliverables"]
        for one in unit["deliverables"]:
            if one["medium"] == "paper":
                assert list(one) == ["key", "medium", "state", "have", "want"]
                assert one["state"] in {"missing", "partial", "complete", "exempt"}
            else:
                assert list(one) == [
                    "key", "medium", "state", "label", "late", "version", "received_at", "review", "findings"
                ]  # fmt: skip
                assert one["state"] in STATES
                assert all(list(finding) == ["rule", "level", "message"] for finding in one["findings"])
    assert list(said.json["mailbox"]) == SUMS
    sums = said.json["mailbox"]
    assert sums["seen"] == sum(count for name, count in sums.items() if name != "seen") == 4
    assert (sums["filed"], sums["not_ours"]) == (3, 1)


def test_status_json_says_where_each_report_stands(busy: Home) -> None:
    units = {unit["code"]: unit for unit in busy.run("status", "--json").json["units"]}
    report = {code: unit["deliverables"][0] for code, unit in units.items()}
    assert (units["07"]["kind"], units["07"]["parent"], units["0101"]["parent"]) == ("直属党支部", None, "01")
    assert (report["07"]["state"], report["07"]["version"], report["07"]["late"]) == ("accepted", 1, False)
    assert report["07"]["received_at"] == "2012-09-10T09:00:00+08:00"
    assert report["0101"]["state"] == "awaiting_review"
    assert (report["0501"]["state"], report["0501"]["label"]) == ("incomplete", "已收·待补正")
    assert "S1" in {finding["rule"] for finding in report["0501"]["findings"]}
    assert (report["0204"]["state"], report["0204"]["label"]) == ("exempt", "免报")
    assert report["02"] == {
        "key": "report", "medium": "email", "state": "missing", "label": "未报", "late": True, "version": 0,
        "received_at": None, "review": None, "findings": [],
    }  # fmt: skip
    paper = units["01"]["deliverables"][1]
    assert (paper["medium"], paper["state"], paper["have"], paper["want"]) == ("paper", "missing", 0, 1)


def test_status_for_people_names_every_unit_and_cuts_nothing_off_in_a_pipe(busy: Home) -> None:
    said = busy.run("status")
    first, _, *rest = said.out.splitlines()
    assert first.startswith("创先争优活动总结　已登记 1 / 应报 29")
    assert sum(line.startswith("0") for line in rest) == 30
    assert any(LIBRARY in line and "已接收" in line and "09-10 09:00" in line for line in rest)
    assert "…" not in said.out


def test_the_sheet_is_written_where_it_is_wanted(busy: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    target = busy.path / "台账.xlsx"
    assert busy.run("sheet", "-o", str(target)).out == f"{target}\n"
    cells = [cell for row in read_rows(target) for cell in row]
    assert any(LIBRARY in str(value) for value in cells)
    monkeypatch.chdir(busy.path)
    assert busy.run("sheet").out == "台账-chuangxian-zhengyou-2012.xlsx\n"
    assert (busy.path / "台账-chuangxian-zhengyou-2012.xlsx").exists()


# ------------------------------------------------------------------------------------------------- remind


def test_remind_shows_each_letter_of_a_moment_to_whom_and_why_and_queues_nothing(busy: Home) -> None:
    before = busy.run("outbox", "list", "--all").out
    said = busy.run("remind", "--preview", "--at", "2012-09-12 09:30")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("步骤 ")
    assert "2012-09-12" in lines[0]
    letters = sum(line.startswith("收信：") for line in lines)
    assert lines[0].endswith(f"共 {letters} 封：")
    assert letters == 6, "one for each 总支; the library has handed in its report"
    assert "收信：jsj@example.edu.cn" in lines
    assert any(line.startswith("主题：【创先争优总结】计算机学院党总支") for line in lines)
    assert busy.run("outbox", "list", "--all").out == before


@pytest.mark.parametrize("moment", ["2012-09-08 09:30", "2012-09-12T03:00", "2012-08-01"])
def test_remind_says_when_nothing_is_due(home: Home, moment: str) -> None:
    said = home.run("remind", "--preview", "--at", moment)
    assert (said.code, said.err) == (0, "")
    assert "没有到期的催报" in said.out


def test_a_time_may_carry_a_zone_of_its_own(home: Home) -> None:
    local = home.run("remind", "--preview", "--at", "2012-09-12T09:30").out
    assert home.run("remind", "--preview", "--at", "2012-09-12T01:30+00:00").out == local
    assert "步骤" in local


@pytest.mark.parametrize("moment", ["tomorrow", "2012-13-01", "09:30", "0001-01-01", "9999-12-31T23:59"])
def test_a_time_that_is_none_is_refused(home: Home, moment: str) -> None:
    is_one_line(home.run("remind", "--preview", "--at", moment), 2, f"--at {moment}")
