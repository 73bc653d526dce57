"""What comes back, on real servers: copies with comments, 预审, and what staff decided. All people invented."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document as open_document

from mailbot.decide import Wish, decide
from rules.model import Outcome
from tests.path_mails import CLERK, report
from tests.path_support import Bot, University
from tests.servers_postfix import MailSystem

pytestmark = pytest.mark.server

LIBRARY = "图书馆直属党支部"
BRANCH = "计算机学院教工第一党支部"


@pytest.fixture(scope="module")
def university(mail_system: MailSystem) -> Iterator[University]:
    with University(mail_system) as made:
        yield made


@pytest.fixture
def bot(university: University, tmp_path: Path) -> Bot:
    return university.department(tmp_path)


def comments(content: bytes) -> list[str]:
    return [comment.text for comment in open_document(io.BytesIO(content)).comments]


def test_a_report_to_mend_comes_back_mended_and_with_its_comments_left_in_it_is_accepted(bot: Bot) -> None:
    bot.send("lib", f"{LIBRARY}总结", files=[report(LIBRARY, without=("社会评价",))])
    bot.round()
    letter = bot.letter("lib")
    ((name, content),) = letter.files.items()
    assert name == f"{LIBRARY}-创先争优活动总结（批注）.docx"
    assert comments(content)[0].startswith("还差一处要补正")
    word = open_document(io.BytesIO(content))
    word.paragraphs[-3].insert_paragraph_before("四、社会评价").runs[0].bold = True
    word.paragraphs[-3].insert_paragraph_before(
        "群众测评满意率为97%，师生在座谈会上普遍给予好评，学生家长寄来感谢信3封。"
    )
    mended = io.BytesIO()
    word.save(mended)
    bot.send("lib", f"Re: {LIBRARY}总结", files=[(name, mended.getvalue())], In_Reply_To=letter["Message-ID"])
    bot.round()
    answer = bot.answer("lib", 2)
    assert bot.states("07") == ["accepted"], answer.text
    assert not any("还差" in said for content in answer.files.values() for said in comments(content))


def test_a_mail_that_asks_for_a_look_is_answered_and_the_department_sees_nothing_of_it(bot: Bot) -> None:
    bot.send("jsj-jg1", "【预审】教工一支部总结", files=[report(BRANCH, without=("社会评价",))])
    assert bot.round().outcomes == {Outcome.FILED: 1}
    letter = bot.letter("jsj-jg1")
    assert letter.first_line == "预审意见，不算报送：还差一处要补。"
    assert len(letter.files) == 1
    assert (bot.states("0101"), bot.cases(), bot.tree()) == (["missing"], (), set())
    assert [one for one in bot.outbox() if CLERK in one.recipients or one.kind == "review_request"] == []
    sums = bot.status()["mailbox"]
    assert (sums["seen"], sums["filed"]) == (1, 1)
    bot.send(
        "jsj-jg1", "教工一支部总结", files=[report(BRANCH, without=("社会评价",))], In_Reply_To=letter["Message-ID"]
    )
    bot.round()
    assert (bot.states("0101"), bot.standing("0101").current) == (["incomplete"], 1)


def test_what_staff_decide_reaches_the_branch_and_the_status(bot: Bot) -> None:
    bot.send("jsj-jg1", f"{BRANCH}总结", files=[report(BRANCH)])
    bot.round()
    assert bot.states("0101") == ["awaiting_review"]
    decide(bot.app, Wish(bot.app.campaigns[0], "0101", accepted=True, reason="总支来电确认"))
    bot.round()
    assert bot.answer("jsj-jg1", 2).first_line == "这份总结已由组织部审看接收，登记完毕。"
    unit = next(one for one in bot.status()["units"] if one["code"] == "0101")
    assert unit["deliverables"][0]["review"]["evidence"] == "staff"
    bot.restart()
    assert bot.states("0101") == ["accepted"]


def test_of_a_file_that_can_carry_no_comments_the_findings_come_back(bot: Bot) -> None:
    text = "\n".join((f"{LIBRARY}创先争优活动总结", "我馆认真开展了活动。", LIBRARY, "2012年9月6日"))
    bot.send("lib", f"{LIBRARY}总结", files=[(f"{LIBRARY}总结.txt", text.encode("gb18030"))])
    bot.round()
    ((name, content),) = bot.letter("lib").files.items()
    assert name.endswith("（检查意见）.docx")
    assert "检查意见" in [paragraph.text for paragraph in open_document(io.BytesIO(content)).paragraphs]
