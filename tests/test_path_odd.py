"""Odd mail on the whole way: files that hold no report, and mail as old or careless programs write it. All invented."""

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from mailbot.convert import NONE, Converter
from mailbot.demo.reports import Report, archive, lines_of, rtf
from mailbot.reading import Reader
from rules.model import Outcome
from tests.path_mails import account, mail, report, to_bytes
from tests.path_support import ASIDE, DONE, Bot, University
from tests.servers_postfix import MailSystem
from tests.servers_start import require

pytestmark = pytest.mark.server

LIBRARY = "图书馆直属党支部"
SCAN = b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\x01" * 30_000
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000


@pytest.fixture(scope="module")
def university(mail_system: MailSystem) -> Iterator[University]:
    with University(mail_system) as made:
        yield made


@pytest.fixture
def bot(university: University, tmp_path: Path) -> Bot:
    return university.department(tmp_path)


def encrypted(content: bytes) -> bytes:
    """The same .docx with a password to open it, as Word writes it (ECMA-376 agile encryption)."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("invented", out)
    return out.getvalue()


UNREADABLE = {
    "a .doc": ("图书馆总结.doc", OLD_WORD, "docx"),
    "a photo": ("图书馆直属党支部总结.jpg", SCAN, "Word"),
    "nothing in it": ("图书馆直属党支部总结.docx", b"", "空"),
    "a password": ("图书馆直属党支部总结.docx", encrypted(report(LIBRARY)[1]), "密码"),
    "half of a file": ("图书馆直属党支部总结.docx", report(LIBRARY)[1][:900], "打不开"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_is_kept_and_its_sender_is_told_what_to_do(bot: Bot, what: str) -> None:
    name, content, word = UNREADABLE[what]
    bot.send("lib", f"{LIBRARY}总结", files=[(name, content)])
    bot.round()
    letter = bot.letter("lib")
    assert letter.first_line.startswith(("已收到，还差一处", "邮件已收到，但附件里没有可以登记的总结"))
    assert name in letter.text
    assert word in letter.text
    assert bot.states("07")[0] in ("incomplete", "missing")
    assert (len(bot.inbox(DONE)), len(bot.log())) == (1, 1)
    bot.send("lib", letter["Subject"], "重发", [report(LIBRARY)], In_Reply_To=letter["Message-ID"])
    bot.round()
    assert bot.states("07") == ["accepted"]
    assert bot.answer("lib", 2).first_line.startswith("已收到，材料齐全，已登记")


def test_an_old_word_file_goes_the_whole_way(bot: Bot) -> None:
    require("soffice")
    bot.send("lib", f"{LIBRARY}总结", files=[(f"{LIBRARY}总结.doc", rtf(lines_of(Report(LIBRARY))))])
    bot.round()
    assert bot.letter("lib").first_line.startswith("已收到，材料齐全，已登记")
    assert bot.states("07") == ["accepted"]


def test_without_a_converter_the_sender_of_an_old_word_file_is_asked_for_a_new_one(bot: Bot) -> None:
    bot.app = replace(bot.app, reader=Reader(30, converter=Converter(NONE)))
    try:
        bot.send("lib", f"{LIBRARY}总结", files=[(f"{LIBRARY}总结.doc", rtf(lines_of(Report(LIBRARY))))])
        bot.round()
    finally:
        bot.app.reader.close()
    letter = bot.letter("lib")
    assert "是.doc格式，暂时无法检查内容。请用 Word 或 WPS 另存为 .docx" in letter.text
    assert bot.states("07") == ["incomplete"]


def test_a_cloud_attachment_is_recognised_and_never_fetched(bot: Bot) -> None:
    words = (
        "从QQ邮箱发来的超大附件\n\n图书馆直属党支部创先争优总结.docx (12.03M, 2026年12月30日 10:20 到期)进入下载页面："
        "http://mail.qq.example.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=0000000000&code=0000\n"
    )
    bot.send("lib", "图书馆直属党支部创先争优总结", words)
    bot.round()
    letter = bot.letter("lib")
    assert letter.first_line == "邮件已收到，但文件放在云附件里，文件本身还没有收到。"
    assert "QQ邮箱超大附件" in letter.text
    assert bot.states("07") == ["missing"]


def test_a_promised_attachment_that_is_not_there_is_asked_for(bot: Bot) -> None:
    bot.send("lib", f"{LIBRARY}总结", "总结见附件，请查收。")
    bot.round()
    assert bot.letter("lib").first_line == "邮件已收到，但里面没有附件。"
    assert (bot.cases(), len(bot.inbox(DONE))) == ((), 1)


def test_raw_gbk_in_headers_and_names_is_read_and_answered_readably(bot: Bot) -> None:
    name, content = report("机关第二党支部", "机关二支部总结.docx", opinion="情况属实，同意报送。")
    head = (
        f'From: "机关党总支" <{account("jiguan")}>\r\nTo: {bot.address}\r\nSubject: 机关第二党支部创先争优总结\r\n'
        f"Message-ID: <raw-gbk@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n"
        "--b1\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n请查收。\r\n"
        f'--b1\r\nContent-Type: application/msword; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    ).encode("gbk")
    body = base64.encodebytes(content).replace(b"\n", b"\r\n")
    bot.submit(account("jiguan"), head + body + b"--b1--\r\n")
    bot.round()
    letter = bot.letter("jiguan")
    assert letter["Subject"] == "Re: 机关第二党支部创先争优总结"
    assert name in letter.text
    assert bot.states("0502") == ["accepted"]


def test_a_name_in_pieces_as_rfc_2231_writes_it_is_put_together(bot: Bot) -> None:
    made = mail(account("lib"), bot.address, "总结", "请查收。", [report(LIBRARY, "x.docx")])
    pieces = (
        "attachment; filename*0*=gb18030''%CD%BC%CA%E9%B9%DD%D6%B1;\r\n filename*1*=%CA%F4%B5%B3%D6%A7%B2%BF;\r\n"
        " filename*2*=%D7%DC%BD%E1.docx"
    )
    raw = to_bytes(made).replace(b'attachment; filename="x.docx"', pieces.encode())
    assert b"filename*1*" in raw
    bot.submit(account("lib"), raw)
    bot.round()
    assert "图书馆直属党支部总结.docx" in bot.letter("lib").text
    assert bot.states("07") == ["accepted"]


def test_a_report_in_a_forwarded_mail_in_an_archive_is_found(bot: Bot) -> None:
    bundle = archive([report("机关第三党支部", "机关三支部总结.docx")])
    inner = mail(account("jiguan4"), account("jiguan"), "三支部的总结", "请把关。", [("材料.zip", bundle)])
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = account("jiguan"), bot.address, "转发：机关第三党支部总结"
    outer["Message-ID"] = "<forwarded-1@example.com>"
    outer.set_content("已审核，请查收。")
    outer.add_attachment(inner)
    bot.submit(account("jiguan"), to_bytes(outer))
    bot.round()
    assert "机关三支部总结.docx" in bot.letter("jiguan").text
    assert bot.states("0503") == ["accepted"]


def test_a_mail_without_a_message_id_is_answered_once(bot: Bot) -> None:
    made = mail(account("lib"), bot.address, f"{LIBRARY}总结", files=[report(LIBRARY)])
    del made["Message-ID"]
    bot.submit(account("lib"), to_bytes(made))
    bot.round()
    bot.round()
    assert bot.letter("lib").first_line == "已收到，材料齐全，已登记。"


def test_broken_mime_never_stops_the_inbox(bot: Bot) -> None:
    name, content = report(LIBRARY)
    cut = to_bytes(mail(account("lib"), bot.address, f"{LIBRARY}总结", files=[(name, content)]))[:-700]
    strange = (
        f"From: {account('jsj')}\r\nTo: {bot.address}\r\nSubject: =?nonsense?B?###?= =?utf-8?Q?=E5=88?=\r\n"
        "Content-Type: multipart/mixed; boundary=\r\nContent-Transfer-Encoding: x-nothing\r\nDate: never\r\n\r\n"
        "--\r\n\x01\x02\r\n"
    ).encode()
    bot.submit(account("lib"), cut)
    bot.submit(account("jsj"), strange)
    bot.send("jsj-jg1", "总结", files=[report("计算机学院教工第一党支部", opinion="同意报送。")])
    bot.round()
    assert bot.counts().seen == 3
    assert bot.states("0101") == ["accepted"]


def test_a_bomb_in_an_archive_is_refused_by_name_and_the_rest_is_taken(bot: Bot) -> None:
    bomb = archive([("很大.docx", b"\0" * 80_000_000)])
    bot.send("lib", f"{LIBRARY}总结", files=[report(LIBRARY), ("材料.zip", bomb)])
    bot.round()
    assert bot.states("07") == ["accepted"]
    assert "很大.docx" in bot.letter("lib").text


def test_a_mail_that_is_too_large_is_not_downloaded_but_answered(university: University, tmp_path: Path) -> None:
    bot = university.department(tmp_path, extra="[limits]\nmail_mb = 1\n")
    sent = bot.send("lib", f"{LIBRARY}创先争优总结", files=[("照片.jpg", SCAN * 50)])
    assert bot.bodies_fetched_by(bot.round) == 0
    letter = bot.letter("lib")
    assert letter.first_line.startswith("您的邮件太大（")
    assert letter["In-Reply-To"] == sent
    assert (len(bot.inbox(ASIDE)), bot.counts().set_aside) == (1, 1)
    assert [case.kind for case in bot.cases()] == ["set_aside"]


def test_a_large_mail_about_something_else_stays_where_it_is(university: University, tmp_path: Path) -> None:
    bot = university.department(tmp_path, extra="[limits]\nmail_mb = 1\n")
    bot.send("lib", "迎新晚会照片", files=[("照片.jpg", SCAN * 50)])
    assert bot.bodies_fetched_by(bot.round) == 0
    assert (len(bot.inbox()), bot.inbox(ASIDE), bot.outbox()) == (1, [], [])


def test_a_path_in_a_file_name_leads_nowhere(bot: Bot) -> None:
    bundle = archive([report(LIBRARY, "../../../../tmp/evil.docx")])
    bot.send("lib", f"{LIBRARY}总结", files=[("..\\..\\材料.zip", bundle)])
    bot.round()
    assert bot.states("07") == ["accepted"]
    assert not any("evil" in str(path) for path in bot.home.rglob("*"))


def test_a_name_that_looks_like_a_formula_or_a_header_does_no_harm(bot: Bot) -> None:
    bot.send("lib", '=HYPERLINK("http://example.com")总结', files=[report(LIBRARY, "=1+1总结.docx")])
    assert bot.round().outcomes == {Outcome.FILED: 1}
    assert bot.letter("lib")["Subject"] == 'Re: =HYPERLINK("http://example.com")总结'
