"""What goes wrong with mail: nothing attached, a link instead, unreadable, protected, too large, hostile."""

import base64
import io
import random
from collections.abc import Iterator

from msoffcrypto.format.ooxml import OOXMLFile

from mailbot.demo.college import DEPARTMENT, DOMAIN, address
from mailbot.demo.mail import Post, message, moment
from mailbot.demo.reports import Report, docx, lines_of, rtf, write
from mailbot.demo.story_reports import branch, report

TYPO = f"zhoumm@mial.{DOMAIN}"
"""A Reply-To that its owner has misspelt: the answer cannot be delivered."""

_CLOUD = (
    "从QQ邮箱发来的超大附件\n\n机关第四党支部创先争优总结.docx (12.03M, 2012年10月10日 10:20 到期)进入下载页面："
    "http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=0000000000&code=0000\n"
)
# A formula for a spreadsheet, a path, and a mark that turns the rest of the name around.
_FORMULA = '=HYPERLINK("http://192.0.2.1","点我") 英语系教工党支部创先争优活动总结'
_HOSTILE = "../../=cmd|'/C calc'!A1 英语系教工党支部总结\u202excod.docx"


def odd() -> Iterator[Post]:
    yield from _without_a_file()
    yield from _unreadable()
    yield from _strange()
    yield from _for_a_person()


def _without_a_file() -> Iterator[Post]:
    box, unit = address("jiguan4"), "机关第四党支部"
    yield Post(moment(10, "09:30"), box, f"{unit}总结", "总结见附件，请查收。", (), unit, "说有附件，没有")
    yield Post(moment(10, "10:20"), box, f"{unit}创先争优总结", _CLOUD, (), unit, "网盘链接")
    yield branch(11, "09:00", "jiguan4", unit, "改为附件")
    yield Post(
        moment(12, "09:05"), address("flc-ja"), "日语系教工党支部总结", "",
        (("日语系教工党支部总结.docx", b""),), shows="0 字节",
    )  # fmt: skip


def _unreadable() -> Iterator[Post]:
    yield Post(
        moment(11, "11:11"), address("yinshi"), "饮食中心党支部总结", "请查收",
        (("饮食中心党支部总结.doc", rtf(lines_of(Report("后勤饮食中心党支部")))),), "饮食中心", ".doc",
    )  # fmt: skip
    photo = ("物业中心党支部总结.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\x01" * 30000)
    yield Post(moment(11, "14:40"), address("houqin"), "物业支部总结", "扫描件见附件", (photo,), "后勤党总支", "照片")
    unit = "计算机学院学生第一党支部"
    locked = (f"{unit}总结.docx", encrypted(report(unit)[1]))
    yield Post(moment(10, "11:40"), address("jsj-xs1"), f"{unit}总结", "请查收。", (locked,), unit, "加了密码")
    noise = random.Random(2012).randbytes(1_200_000)  # noqa: S311 - an invented scan, the same each time
    yield Post(
        moment(11, "08:20"), address("chem-xs"), "化学与材料学院学生党支部创先争优活动总结", "照片较多。",
        (("学生党支部总结及照片.pdf", b"%PDF-1.4\n" + noise),), "化学学生支部", "邮件太大",
    )  # fmt: skip


def encrypted(content: bytes) -> bytes:
    """The same .docx with a password to open it, as Word writes it (ECMA-376 agile encryption in an OLE2 file)."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("invented", out)
    return out.getvalue()


def _strange() -> Iterator[Post]:
    yield Post(
        moment(13, "08:50"), address("flc-en"), _FORMULA, "更新一版。",
        (report("外国语学院英语系教工党支部", _HOSTILE, seed=1),), shows="主题是公式，文件名藏路径",
    )  # fmt: skip
    yield Post(
        moment(13, "16:20"), address("jiguan"), "转发：机关第三党支部创先争优活动总结", "三支部报来的，转上，已审核。",
        (("转发邮件.eml", _forwarded()),), "机关党总支", "邮件里套着邮件",
    )  # fmt: skip
    both = "机关党总支和机关第二党支部创先争优总结"
    raw = _gbk_mail(both)
    yield Post(moment(12, "16:16"), address("jiguan"), both, shows="主题和文件名是裸 GBK", raw=raw)
    yield Post(moment(12, "16:31"), address("jiguan"), both, shows="同一封又到一次", raw=raw)
    yield Post(
        moment(13, "20:10"), f"zhoumm@mail.{DOMAIN}", "外国语学院本科生第一党支部创先争优活动总结", "用自己的邮箱发。",
        (report("外国语学院本科生第一党支部", style="run-in"),), "周某某（虚构）", "回信地址写错",
        headers=(("Reply-To", TYPO),),
    )  # fmt: skip


def _forwarded() -> bytes:
    """What the branch had sent its 总支, from a private address."""
    inner = Post(
        moment(13, "15:02"), f"chenmm@mail.{DOMAIN}", "三支部的总结", "书记好，总结写好了。",
        (report("机关第三党支部", "机关三支部总结.docx"),), "陈某某（虚构）",
    )  # fmt: skip
    return message(inner, 900)


def _gbk_mail(subject: str) -> bytes:
    """A mail with raw GBK in its headers and file names (what RFC 5322 forbids and old programs send)."""
    own = base64.encodebytes(write(Report("机关党总支"))).replace(b"\n", b"\r\n")
    second = base64.encodebytes(write(Report("机关第二党支部", opinion="同意报送"))).replace(b"\n", b"\r\n")
    head = (
        f'From: "机关党总支" <{address("jiguan")}>\r\nTo: {DEPARTMENT.address}\r\n'
        f"Subject: {subject}\r\nDate: Wed, 12 Sep 2012 16:15:00 +0800\r\n"
        f"Message-ID: <gbk-mail@{DOMAIN}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n"
        "--b1\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "请查收总支和机关第二党支部的总结。\r\n"
    ).encode("gbk")
    parts = [
        f'--b1\r\nContent-Type: application/msword; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode("gbk")
        + content
        for name, content in (("机关二支部总结.docx", second), ("机关党总支总结.docx", own))
    ]
    return head + b"".join(parts) + b"--b1--\r\n"


def _for_a_person() -> Iterator[Post]:
    yield Post(
        moment(10, "14:15"), address("flc-ja"), "请教创先争优总结的问题",
        "老师好：我们支部书记出差到下周二才回来，创先争优总结能不能晚几天交？另外字数有要求吗？", shows="来信询问",
    )  # fmt: skip
    text = docx(["创先争优活动总结", "　　活动开展以来，全体党员积极参加，取得了成效。"])
    yield Post(
        moment(7, "15:40"), f"wangmm@mail.{DOMAIN}", "创先争优活动总结", "请查收", (("创先争优总结材料.docx", text),),
        "王某某（虚构）", "不知是不是报来的",
    )  # fmt: skip
    stop = "暂停。数学、机关下周一才集中报，先不催。"
    yield Post(moment(7, "09:25"), DEPARTMENT.staff[0], "回复：催报预告", stop, shows="工作人员叫停", replies=True)
