"""The whole way of a report: branch → Postfix → Dovecot → bot → Postfix → the branch's mailbox. All people invented."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from mailbot.demo.reports import archive, docx
from rules.model import Outcome
from tests.path_mails import CLERK, STRANGER, account, campaign_around, report
from tests.path_support import ASIDE, DONE, Bot, University
from tests.servers_postfix import MailSystem

pytestmark = pytest.mark.server

LIBRARY = "图书馆直属党支部"
STAFF_BRANCH = "计算机学院教工第一党支部"  # 0101, below the 总支 01
FLC = "外国语学院党总支"


@pytest.fixture(scope="module")
def university(mail_system: MailSystem) -> Iterator[University]:
    with University(mail_system) as made:
        yield made


@pytest.fixture
def bot(university: University, tmp_path: Path) -> Bot:
    return university.department(tmp_path)


def test_a_complete_report_of_a_direct_branch_is_accepted_filed_and_answered_in_its_thread(bot: Bot) -> None:
    name, content = report(LIBRARY)
    sent = bot.send(
        "lib", f"{LIBRARY}总结", "附件是总结，请查收。", [(name, content)], References="<earlier@example.com>"
    )
    assert bot.round().outcomes == {Outcome.FILED: 1}
    letter = bot.letter("lib")
    assert letter.first_line == "已收到，材料齐全，已登记。"
    digest = sha256(content).hexdigest()
    assert name in letter.text
    assert f"指纹 {digest[:4]}-{digest[4:8]}" in letter.text
    assert letter.first_line in letter.html
    assert letter["Subject"] == f"Re: {LIBRARY}总结"
    assert letter["In-Reply-To"] == sent
    assert letter["References"] == f"<earlier@example.com> {sent}"
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert bot.states("07") == ["accepted"]
    shelf = f"创先争优活动总结/07 {LIBRARY}/{LIBRARY}-创先争优活动总结"
    assert bot.tree() == {f"{shelf}-v1.docx", f"{shelf}.docx"}
    assert (bot.home / "var" / "收件" / f"{shelf}.docx").read_bytes() == content


def test_a_filed_mail_is_moved_to_the_chinese_folder_unread_and_its_exact_bytes_are_in_the_archive(bot: Bot) -> None:
    bot.send("lib", f"{LIBRARY}总结", files=[report(LIBRARY)])
    (arrived,) = bot.inbox()
    bot.round()
    assert bot.inbox() == []
    (kept,) = bot.inbox(DONE)
    assert (kept.raw, kept.flags) == (arrived.raw, frozenset())
    assert bot.app.archive.read(sha256(arrived.raw).hexdigest()) == arrived.raw


def test_a_bundle_from_chinese_windows_is_split_reconciled_and_says_who_is_still_missing(bot: Bot) -> None:
    bundle = archive(
        [
            report(FLC, "外国语学院/外国语学院党总支总结.docx"),
            report("外国语学院英语系教工党支部", "外国语学院/英语系教工支部总结.docx", style="run-in"),
            report("外国语学院日语系教工党支部", "外国语学院/日语系教工支部总结.docx", without=("经验启示",)),
        ],
        "gbk",
    )
    bot.send("flc", f"{FLC}材料", "各支部总结已经总支审核，请查收。", [("外国语学院材料.zip", bundle)])
    bot.round()
    letter = bot.letter("flc")
    assert letter.first_line == "共收到 3 份，对应 3 个单位：2 份已登记，1 份待补正；还缺 2 个支部。"
    assert "还缺：本科生第一党支部、本科生第二党支部" in letter.text
    assert "日语系教工党支部：" in letter.text
    assert "经验启示" in letter.text
    assert "英语系教工支部总结.docx" in letter.text
    assert "（在 外国语学院材料.zip、外国语学院 里）" in letter.text
    assert bot.states("03", "0301", "0302", "0303") == ["accepted", "accepted", "incomplete", "missing"]
    assert "行政楼512室" in letter.text, "the paper copy of the 总支 is still to be brought"


def test_a_branch_that_mails_directly_waits_until_its_general_branch_sends_the_report_back(bot: Bot) -> None:
    name, content = report(STAFF_BRANCH)
    bot.send("jsj-jg1", f"{STAFF_BRANCH}总结", files=[(name, content)])
    bot.round()
    assert bot.states("0101") == ["awaiting_review"]
    assert bot.letter("jsj-jg1").first_line == (
        "已收到，谢谢，材料齐全；正在请计算机学院党总支把关，您现在不用再做什么。"
    )
    request = bot.letter("jsj")
    assert "请把关" in request["Subject"]
    assert request["Auto-Submitted"] == "auto-generated"
    assert list(request.files.values()) == [content]
    bot.send("jsj", request["Subject"], "同意。", list(request.files.items()), In_Reply_To=request["Message-ID"])
    bot.round()
    assert bot.states("0101") == ["accepted"]
    assert bot.standing("0101").current == 1
    answer = bot.answer("jsj", 2)
    assert answer.first_line.startswith("已收到，已记为经党总支把关，登记完毕")
    bot.letter("jsj-jg1")  # the branch was told once


def test_a_general_branch_that_agrees_without_the_file_is_read_by_a_person(bot: Bot) -> None:
    bot.send("jsj-jg1", f"{STAFF_BRANCH}总结", files=[report(STAFF_BRANCH)])
    bot.round()
    request = bot.letter("jsj")
    bot.send("jsj", f"回复：{request['Subject']}", "同意，已审核。", In_Reply_To=request["Message-ID"])
    assert bot.round().outcomes == {Outcome.SET_ASIDE: 1}
    assert bot.states("0101") == ["awaiting_review"]
    assert [(case.kind, case.sender) for case in bot.cases()] == [("set_aside", account("jsj"))]


def test_a_missing_aspect_is_named_and_a_mended_version_replaces_the_first(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY, without=("社会评价",))])
    bot.round()
    first = bot.letter("lib")
    assert first.first_line == "已收到，还差一处即可登记。"
    assert "社会评价" in first.text
    assert "经验启示" not in first.text
    assert bot.states("07") == ["incomplete"]
    name, mended = report(LIBRARY, "总结（修改）.docx", seed=1)
    bot.send("lib", first["Subject"], "已补充。", [(name, mended)], In_Reply_To=first["Message-ID"])
    bot.round()
    assert bot.answer("lib", 2).first_line == "已收到，材料齐全，已登记，替换此前的版本。"
    assert (bot.states("07"), bot.standing("07").current) == (["accepted"], 2)
    newest = next(path for path in bot.tree() if "-v" not in path)
    assert (bot.home / "var" / "收件" / newest).read_bytes() == mended


def test_an_identical_resend_changes_nothing_and_says_so(bot: Bot) -> None:
    files = [report(LIBRARY)]
    bot.send("lib", "图书馆总结", files=files)
    bot.round()
    before = bot.standing("07"), bot.tree()
    bot.send("lib", "图书馆总结（重发）", "不知发出没有，再发一次。", files)
    bot.round()
    assert (bot.standing("07"), bot.tree()) == before
    assert bot.answer("lib", 2).first_line == "已收到，与已登记的第 1 版完全相同，无需再发。"


def test_a_newer_version_that_lacks_something_does_not_unseat_a_complete_one(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.round()
    bot.send("lib", "图书馆总结", files=[report(LIBRARY, without=("社会评价", "经验启示"))])
    bot.round()
    standing = bot.standing("07")
    assert (standing.state, standing.current, len(standing.receipts)) == ("accepted", 1, 2)
    assert bot.answer("lib", 2).first_line == "已收到第 2 版，这一版还差两处；暂以此前齐全的第 1 版为准。"


def test_a_late_report_is_accepted_and_the_answer_says_so(university: University, tmp_path: Path) -> None:
    bot = university.department(tmp_path, campaign=campaign_around(datetime.now(UTC) - timedelta(hours=1)))
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.round()
    assert bot.letter("lib").first_line == ("已收到，材料齐全，已登记；过了截止时间，照常接收，注明“逾期”。")
    (unit,) = [unit for unit in bot.status()["units"] if unit["code"] == "07"]
    assert (unit["deliverables"][0]["state"], unit["deliverables"][0]["late"]) == ("accepted", True)


def test_an_exempt_branch_that_reports_all_the_same_is_filed_and_thanked(bot: Bot) -> None:
    retired = report("数学学院离退休党支部", "老同志支部总结.docx")
    bot.send("math", "数学学院党总支材料", "经总支审核。", [report("数学学院党总支"), retired])
    bot.round()
    letter = bot.letter("math")
    assert "1 份已登记，1 份属免报" in letter.first_line
    assert "离退休" not in letter.text.partition("还缺：")[2].partition("。")[0]
    assert bot.states("0204") == ["exempt"]
    assert any("离退休" in path for path in bot.tree())


def test_a_stranger_is_asked_whose_report_it_is_and_one_line_answers_it(bot: Bot) -> None:
    nameless = report("学生第二党支部", "总结(1).docx", title="创先争优活动总结")
    bot.send(f"李某某 <{STRANGER}>", "总结", "见附件", [nameless])
    bot.round()
    question = bot.letter(STRANGER)
    assert question.first_line == "已收到，请回复一句：这份总结是哪个单位的？"
    assert [case.kind for case in bot.cases()] == ["unsure"]
    bot.send(STRANGER, "回复：总结", "数学学院学生第二党支部", In_Reply_To=question["Message-ID"])
    assert bot.round().outcomes == {Outcome.ORDER: 1}
    answer = bot.answer(STRANGER, 2)
    assert "数学学院学生第二党支部" in answer.text
    assert bot.states("0203") == ["awaiting_review"]
    first_arrival = min(entry.received_at for entry in bot.log())
    assert bot.standing("0203").receipts[0].received_at == first_arrival, "the time of the file counts, not the reply's"
    assert [case.kind for case in bot.cases()] == ["new_address"], "an address is learned only by a human yes"


def test_two_unknown_files_of_a_bundle_are_answered_line_by_line(bot: Bot) -> None:
    staff = report("教工党支部", "新建 Microsoft Word 文档.docx", title="教工党支部创先争优活动总结")
    students = report("学生党支部", "文档2.docx", title="学生支部创先争优活动总结", seed=4)
    bot.send("jsj", "计算机学院党总支材料", "已经总支审核。", [report("计算机学院党总支"), staff, students])
    bot.round()
    question = bot.letter("jsj")
    assert question.first_line == "共收到 3 份，对应 1 个单位：1 份已登记，2 份认不出单位；还缺 5 个支部。"
    assert "请回复，每份一行，写“文件名 单位全称”" in question.text
    words = "文档2.docx 计算机学院学生第一党支部\n新建 Microsoft Word 文档.docx 计算机学院教工第二党支部\n"
    bot.send("jsj", question["Subject"], words, In_Reply_To=question["Message-ID"])
    bot.round()
    assert bot.cases() == ()
    assert bot.states("0102", "0103") == ["accepted", "accepted"]
    assert bot.answer("jsj", 2).first_line == "共收到 2 份，对应 2 个单位：全部已登记；还缺 3 个支部。"


def test_what_is_no_report_is_named_and_asked_of_nobody(bot: Bot) -> None:
    table = ("汇总表.docx", docx(["计算机学院党总支所属支部总结汇总表", "序号　支部名称　联系人"]))
    bot.send("jsj", "计算机学院党总支总结", "已经总支审核。", [report("计算机学院党总支"), table])
    bot.round()
    letter = bot.letter("jsj")
    assert letter.first_line == "已收到，材料齐全，已登记。"
    assert "没有用上的文件：" in letter.text
    assert "汇总表.docx" in letter.text
    assert bot.cases() == ()


def test_a_question_of_a_branch_goes_to_a_person_and_into_the_folder_for_it(bot: Bot) -> None:
    bot.send("jsj-xs1", "请问创先争优总结的字数要求", "老师您好，请问创先争优活动总结有没有字数要求？谢谢！")
    assert bot.round().outcomes == {Outcome.SET_ASIDE: 1}
    assert (bot.inbox(), len(bot.inbox(ASIDE))) == ([], 1)
    letter = bot.letter("jsj-xs1")
    assert (len(bot.outbox()), letter["Auto-Submitted"]) == (1, "auto-replied")
    assert letter.first_line.startswith("来信已收到")
    (case,) = bot.cases()
    assert (case.kind, case.sender, case.units) == ("set_aside", account("jsj-xs1"), ("0103",))


def test_a_short_thank_you_to_an_answer_is_neither_answered_nor_shown_to_anybody(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.round()
    bot.send("lib", "回复：图书馆总结", "收到，谢谢！", In_Reply_To=bot.letter("lib")["Message-ID"])
    bot.round()
    assert (len(bot.outbox()), bot.cases(), bot.inbox()) == (1, (), [])


def test_an_address_of_the_general_branch_may_write_for_its_branch_by_any_spelling_of_its_name(bot: Bot) -> None:
    bot.send("math", "支部总结", "经总支审核。", [report("数学学院学生第二党支部", "数学学院学生2支部.docx")])
    bot.round()
    assert bot.states("0203") == ["accepted"]


def test_status_as_json_has_the_promised_shape_and_its_sums_match(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY, without=("特点",))])
    bot.send("jsj", "党费收缴情况", "请查收。", [("党费.docx", docx(["党费收缴情况"]))])
    bot.send("jsj-jg1", f"{STAFF_BRANCH}总结", files=[report(STAFF_BRANCH, opinion="情况属实，同意报送。")])
    bot.round()
    status = bot.status()
    assert set(status) == {"campaign", "units", "mailbox"}
    assert set(status["campaign"]) == {"id", "title", "deadline"}
    units = {unit["code"]: unit for unit in status["units"]}
    assert (units["0101"]["parent"], units["01"]["parent"], units["07"]["kind"]) == ("01", None, "直属党支部")
    (library,) = units["07"]["deliverables"]
    assert (library["state"], library["label"], library["version"]) == ("incomplete", "已收·待补正", 1)
    assert (library["findings"][0]["rule"], library["findings"][0]["level"]) == ("S1", "must")
    assert units["0101"]["deliverables"][0]["review"]["evidence"] == "block"
    paper = next(one for one in units["01"]["deliverables"] if one["medium"] == "paper")
    assert (paper["key"], paper["state"], paper["have"], paper["want"]) == ("paper", "missing", 0, 1)
    sums = status["mailbox"]
    assert sums["seen"] == sum(value for key, value in sums.items() if key != "seen") == 3
    assert (sums["filed"], sums["not_ours"]) == (2, 1)


def test_staff_hear_nothing_of_a_report_that_is_in_order(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.round()
    assert [letter for letter in bot.outbox() if CLERK in letter.recipients] == []
