"""A shared inbox on the whole way: what is not ours stays untouched, and machines get no answer. All invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.demo.reports import docx
from rules.model import LetterKind, Outcome
from storage.nouns import SendState
from tests.path_mails import CLERK, STRANGER, account, campaign_around, mail, midnight, report, to_bytes
from tests.path_support import ASIDE, DONE, Bot, University
from tests.servers_postfix import MailSystem

pytestmark = pytest.mark.server

LIBRARY = "图书馆直属党支部"
OTHER = [
    ("jsj", "党员发展材料", [("党员发展材料.docx", docx(["党员发展材料", "（虚构）"]))]),
    ("math", "关于调整支委的请示", []),
    ("flc", "年度工作总结", [("2011年度党建工作总结.docx", docx(["2011年度党建工作总结", "（虚构）"]))]),
    (STRANGER, "办公用品报价单", [("报价.pdf", b"%PDF-1.4\n")]),
]


@pytest.fixture(scope="module")
def university(mail_system: MailSystem) -> Iterator[University]:
    with University(mail_system) as made:
        yield made


@pytest.fixture
def bot(university: University, tmp_path: Path) -> Bot:
    return university.department(tmp_path)


def test_other_business_stays_unread_unmoved_unanswered_and_is_not_fetched_twice(bot: Bot) -> None:
    for sender, subject, files in OTHER:
        bot.send(sender, subject, "请查收，谢谢。", files)
    before = bot.inbox()
    first = bot.bodies_fetched_by(bot.round)
    assert first < len(OTHER), "what is plainly other business is not downloaded at all"
    assert bot.bodies_fetched_by(bot.round) == 0
    assert bot.inbox() == before
    assert all(kept.flags == frozenset() for kept in before)
    assert bot.outbox() == []
    assert bot.counts().not_ours + bot.counts().set_aside == len(OTHER)
    assert {case.kind for case in bot.cases()} <= {"doubtful"}
    for folder in (DONE, ASIDE):
        assert bot.inbox(folder) == []


def test_a_mail_that_a_person_has_read_keeps_its_mark_and_ours_is_moved_with_it(bot: Bot) -> None:
    bot.send("jsj", "党员发展材料", "请查收。")
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    with bot.system.dovecot.connect(bot.address) as client:
        client.select("INBOX")
        client.store("1:*", "+FLAGS", r"(\Seen)")
    bot.round()
    assert [kept.flags for kept in bot.inbox()] == [{"\\Seen"}]
    assert [kept.flags for kept in bot.inbox(DONE)] == [{"\\Seen"}]


def test_a_steady_poll_downloads_nothing_and_says_little(bot: Bot) -> None:
    for sender, subject, files in OTHER:
        bot.send(sender, subject, files=files)
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.round()
    for _ in range(3):
        assert bot.bodies_fetched_by(bot.round) == 0
    said = [line for line in bot.system.dovecot.log.splitlines() if f"imap({bot.address})<" in line][-1]
    assert "hdr_count=0" in said


def test_a_doubtful_mail_is_listed_for_the_clerk_and_left_where_it_is(bot: Bot) -> None:
    bot.send(STRANGER, "活动总结报告", files=[("创先争优材料.docx", docx(["关于创先争优的若干材料", "（虚构）"]))])
    bot.round()
    assert [case.kind for case in bot.cases()] == ["doubtful"]
    assert (len(bot.inbox()), bot.outbox()) == (1, [])


MACHINES = {
    "automatic reply": ({"Auto-Submitted": "auto-replied"}, "自动回复：总结", "我正在休假。"),
    "automatic reply without a mark": ({}, "自动回复", "这是来自QQ邮箱的假期自动回复邮件。您好，我最近正在休假中。"),
    "mailing list": ({"List-Id": "<x.example.com>", "List-Unsubscribe": "<mailto:x@example.com>"}, "总结", "请看。"),
    "read receipt": ({}, "已读：总结", "您的邮件已读。"),
    "null return path": ({}, "创先争优总结", "这不是人写的。"),
}


@pytest.mark.parametrize("what", MACHINES)
def test_a_machine_gets_no_answer(bot: Bot, what: str) -> None:
    headers, subject, body = MACHINES[what]
    bot.send("jsj-jg1", "总结", files=[report("计算机学院教工第一党支部", opinion="同意报送。")])
    bot.round()
    ours = bot.letter("jsj-jg1")["Message-ID"]
    made = mail(account("jsj-jg1"), bot.address, subject, body, In_Reply_To=ours)
    for name, value in headers.items():
        made[name] = value
    bot.from_outside("" if what == "null return path" else account("jsj-jg1"), to_bytes(made))
    assert bot.round().outcomes == {Outcome.AUTOMATIC: 1}
    assert len(bot.outbox()) == 1
    assert len(bot.inbox()) == 1, "it stays where it is"


def test_our_own_mail_is_counted_and_never_answered(bot: Bot) -> None:
    bot.submit(bot.address, to_bytes(mail(bot.address, bot.address, f"{LIBRARY}总结", files=[report(LIBRARY)])))
    assert bot.round().outcomes == {Outcome.OWN: 1}
    assert (bot.outbox(), bot.states("07")) == ([], ["missing"])


def test_an_answer_goes_where_reply_to_says(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)], Reply_To=STRANGER)
    bot.round()
    assert bot.letter(STRANGER).first_line == "已收到，材料齐全，已登记。"
    assert bot.letters("lib", 0) == []


def test_an_address_that_the_server_does_not_know_becomes_a_dead_letter_that_staff_hear_of(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)], Reply_To=account("nobody-has-this"))
    bot.try_round()
    (answer,) = bot.outbox()
    assert (answer.state, answer.attempts) == (SendState.FAILED, 1)
    bot.round()
    bot.round()
    alarm = bot.letter(CLERK)
    assert "有信送不到" in alarm["Subject"]
    assert account("nobody-has-this") in alarm.text
    assert [letter.kind for letter in bot.outbox()] == [LetterKind.ACKNOWLEDGEMENT, LetterKind.ALARM]


def test_a_bounce_by_the_real_server_is_listed_for_the_clerk_and_not_answered(bot: Bot) -> None:
    ghost = bot.system.add_ghost("path-moved-away")
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)], Reply_To=ghost)
    before = bot.uidnext()
    bot.round()
    bot.arrived(before)
    assert bot.round().outcomes == {Outcome.AUTOMATIC: 1}
    assert [letter.state for letter in bot.outbox()] == [SendState.SENT]
    (case,) = bot.cases()
    assert case.kind == "bounced"
    assert ghost in case.sender + case.detail
    assert len(bot.inbox()) == 1


def capped(text: str) -> str:
    return text.replace("cap_per_address_per_day = 20", "cap_per_address_per_day = 2")


@pytest.mark.parametrize("elsewhere", [False, True], ids=["to the sender", "by Reply-To"])
def test_an_address_gets_only_so_many_answers_a_day(university: University, tmp_path: Path, elsewhere: bool) -> None:
    bot = university.department(tmp_path, campaign=capped(campaign_around(midnight(30))))
    headers = {"Reply_To": STRANGER} if elsewhere else {}
    for number in range(4):
        bot.send("lib", f"图书馆总结{number}", files=[report(LIBRARY, seed=number)], **headers)
        bot.round()
    assert [letter.kind for letter in bot.outbox()] == [LetterKind.ACKNOWLEDGEMENT] * 2
    assert bot.standing("07").current == 4, "filed all the same"
    assert bot.counts().filed == 4
