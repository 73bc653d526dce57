"""The fortnight before the deadline: some sixty mails as branches, colleagues and machines send them. All invented."""

import base64
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.demo.college import DEPARTMENT, DOMAIN, address
from mailbot.demo.reports import Report, archive, docx, write

ZONE = ZoneInfo("Asia/Shanghai")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Post:
    """One mail of the story: when it arrives, who sends it, what it says and what is enclosed.

    `replies`: it answers the bot's last letter to that address. `raw`: bytes to deliver as they are.
    """

    at: datetime
    sender: str
    subject: str
    body: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    name: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    replies: bool = False
    raw: bytes | None = field(default=None, repr=False)


def moment(day: int, clock: str) -> datetime:
    """A local time in September 2012."""
    hour, minute = clock.split(":")
    return datetime(2012, 9, day, int(hour), int(minute), tzinfo=ZONE)


def posts() -> list[Post]:
    """The whole story in order of arrival."""
    told = (*_first_week(), *_second_week(), *_last_day(), *_afterwards(), *_machines(), *_other_business())
    return sorted(told, key=lambda post: post.at)


def message(post: Post, number: int, answers: str = "") -> bytes:
    """The bytes of a mail, as its sender's program would write them."""
    if post.raw is not None:
        return post.raw
    mail = EmailMessage()
    mail["From"] = f"{Header(post.name, 'utf-8').encode()} <{post.sender}>" if post.name else post.sender
    mail["To"] = DEPARTMENT.address
    mail["Date"] = format_datetime(post.at)
    mail["Subject"] = post.subject
    mail["Message-ID"] = f"<story-{number:03}@{post.sender.partition('@')[2]}>"
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    for key, value in post.headers:
        mail[key] = value
    mail.set_content(post.body or " ")
    for name, content in post.files:
        kind, _, subtype = _type_of(name).partition("/")
        mail.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))


def _type_of(name: str) -> str:
    endings = {"docx": WORD, "zip": "application/zip", "jpg": "image/jpeg"}
    return endings.get(name.rpartition(".")[2], "application/octet-stream")


def _report(unit: str, name: str = "", **how: Any) -> tuple[str, bytes]:
    return (name or f"{unit}创先争优活动总结.docx", write(Report(unit, **how)))


def _bundle(day: int, clock: str, account: str, name: str, files: Sequence[tuple[str, bytes]], **how: Any) -> Post:
    body = (
        f"组织部：\n    现将{name}及所属支部的创先争优活动总结报送，各支部总结已经总支审核，请查收。\n        {name}\n"
    )
    return Post(moment(day, clock), address(account), f"{name}创先争优活动总结报送", body, tuple(files), name, **how)


def _branch(day: int, clock: str, account: str, unit: str, **how: Any) -> Post:
    body = f"领导好：\n附件是{unit}的总结，请查收。\n"
    return Post(moment(day, clock), address(account), f"{unit}总结", body, (_report(unit, **how),), unit)


def _first_week() -> Iterator[Post]:
    # A branch that mails directly: held until its 总支 has reviewed it.
    yield _branch(3, "09:12", "jsj-jg1", "计算机学院教工第一党支部")
    # The same without 社会评价, later mended; then an identical resend of the mended one.
    yield _branch(3, "10:40", "math-jg", "数学学院教工党支部", without=("社会评价",))
    yield _branch(4, "16:05", "math-jg", "数学学院教工党支部", seed=1)
    yield Post(
        moment(5, "08:30"), address("math-jg"), "数学学院教工党支部总结（重发）", "昨天不知发出没有，再发一次。",
        (_report("数学学院教工党支部", seed=1),), "数学学院教工党支部",
    )  # fmt: skip
    # A 直属党支部 has no 总支 above it: accepted at once. No aspect word in any heading.
    yield _branch(4, "09:20", "lib", "图书馆直属党支部", style="thematic")
    # A zip from Chinese Windows with GBK names: the 总支's own report and two of its four branches.
    yield _bundle(5, "15:20", "flc", "外国语学院党总支", [("外国语学院材料.zip", archive(_foreign_languages(), "gbk"))])
    # An empty opinion block is no evidence; 初稿 neither.
    yield _branch(5, "11:00", "chem-jg1", "化学与材料学院教工第一党支部", opinion="")
    yield Post(
        moment(6, "09:00"), address("chem-xs"), "总结初稿", "请先看看。",
        (_report("化学与材料学院学生党支部", "学生党支部总结（初稿）.docx"),), "化学学生支部",
    )  # fmt: skip
    # A filled opinion block is evidence, although the branch mails itself.
    yield _branch(6, "10:10", "jiguan1", "机关第一党支部", opinion="情况属实，同意报送。", style="run-in")
    # Whose is it? Sent from a private address, without a name inside: one question goes back, one line answers it.
    yield Post(
        moment(6, "14:00"), f"lixx@mail.{DOMAIN}", "总结", "见附件",
        (_report("学生第二党支部", "总结(1).docx", title="创先争优活动总结"),), "李某某（虚构）",
    )  # fmt: skip
    yield Post(moment(6, "15:30"), f"lixx@mail.{DOMAIN}", "回复：总结", "数学学院学生第二党支部", replies=True)


def _foreign_languages() -> Iterator[tuple[str, bytes]]:
    yield _report("外国语学院党总支", "外国语学院/外国语学院党总支总结.docx")
    yield _report("外国语学院英语系教工党支部", "外国语学院/英语系教工支部总结.docx", style="run-in")
    yield _report("外国语学院日语系教工党支部", "外国语学院/日语系教工支部总结.docx", without=("经验启示",))


def _second_week() -> Iterator[Post]:
    # The 总支 confirms by sending the branch's report along with its own; one branch report is thin.
    yield _bundle(10, "16:42", "jsj", "计算机学院党总支", [
        _report("计算机学院党总支", "总支总结.docx"),
        _report("计算机学院教工第一党支部"),
        _report("计算机学院教工第二党支部", "教工二支部.docx"),
        _report("计算机学院学生第一党支部", "学生一支部总结.docx", without=("特点",)),
        ("汇总表.docx", docx(["计算机学院党总支所属支部总结汇总表", "序号　支部名称　联系人"])),
    ])  # fmt: skip
    yield Post(moment(10, "17:05"), address("jsj"), "回复：计算机学院党总支", "收到，谢谢！", replies=True)
    # The remaining student branch of the bundle, mended: 特点 is there now. Placeholders are left in it.
    left_over = ("　　20xx年以来，XX同志表现突出。",)
    mended = _report("计算机学院学生第一党支部", "学生一支部总结（修改）.docx", seed=2, extra=left_over)
    yield _bundle(11, "10:15", "jsj", "计算机学院党总支", [mended])
    # 见附件 without an attachment, then a cloud link, then the file itself.
    yield Post(
        moment(10, "09:30"), address("jiguan4"), "机关第四党支部总结", "总结见附件，请查收。", (), "机关第四党支部"
    )
    yield Post(moment(10, "10:20"), address("jiguan4"), "机关第四党支部创先争优总结", _CLOUD, (), "机关第四党支部")
    yield _branch(11, "09:00", "jiguan4", "机关第四党支部")
    # Formats that cannot be looked into yet: .doc and a scan; an encrypted-looking and an empty file.
    yield Post(
        moment(11, "11:11"), address("yinshi"), "饮食中心党支部总结", "请查收",
        (("饮食中心党支部总结.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),), "饮食中心",
    )  # fmt: skip
    yield Post(
        moment(11, "14:40"), address("houqin"), "物业支部总结", "扫描件见附件",
        (("物业中心党支部总结.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\x01" * 30000),), "后勤党总支",
    )  # fmt: skip
    yield Post(
        moment(12, "09:05"), address("flc-ja"), "日语系教工党支部总结", "", (("日语系教工党支部总结.docx", b""),),
    )  # fmt: skip
    # Other spellings of a unit: 二 for 第二, 老师, without 党; and an exempt branch that reports all the same.
    yield _bundle(12, "15:00", "math", "数学学院党总支", [
        _report("数学学院党总支"),
        _report("数学学院教工党支部", seed=1),
        _report("数学学院学生第一党支部", "数学学生一支部 创先争优总结.docx", style="run-in"),
        _report("数学学院学生第二党支部", "数学学院学生2支部.docx"),
        _report("数学学院离退休党支部", "老同志支部总结.docx"),
    ])  # fmt: skip
    # Raw GBK in the headers and in the file name, as old programs send it.
    yield Post(moment(12, "16:16"), address("jiguan"), "", raw=_gbk_mail())
    # Bundles with something wrong in them: one file names a unit of another 总支, one has no name at all.
    yield _bundle(13, "09:45", "chem", "化学与材料学院党总支", [
        _report("化学与材料学院党总支"),
        _report("化学与材料学院教工第一党支部", seed=3, opinion="同意"),
        _report("教工党支部", "新建 Microsoft Word 文档.docx", title="教工党支部创先争优活动总结"),
    ])  # fmt: skip
    yield Post(moment(13, "10:30"), address("chem"), "回复", "是化学与材料学院教工第二党支部的", replies=True)


def _last_day() -> Iterator[Post]:
    yield _bundle(14, "09:10", "flc", "外国语学院党总支", [
        _report("外国语学院日语系教工党支部", seed=1),
        _report("外国语学院本科生第一党支部", "本科一支部.docx", style="run-in"),
    ])  # fmt: skip
    yield _bundle(14, "11:30", "chem", "化学与材料学院党总支", [
        _report("化学与材料学院学生党支部", seed=1),
        _report("化学与材料学院研究生党支部", "研究生支部总结.docx"),
    ])  # fmt: skip
    # After the office has closed, before midnight: on time.
    yield _bundle(14, "22:48", "jiguan", "机关党总支", [
        _report("机关第三党支部", "机关三支部总结.docx"),
        _report("机关第四党支部"),
    ])  # fmt: skip


def _afterwards() -> Iterator[Post]:
    yield _bundle(15, "08:55", "jsj", "计算机学院党总支", [
        _report("计算机学院学生第二党支部", "学生二支部总结.docx"),
        _report("计算机学院研究生党支部", "研究生支部.docx", style="thematic"),
    ])  # fmt: skip
    yield _bundle(17, "10:00", "houqin", "后勤党总支", [
        _report("后勤党总支"), _report("后勤饮食中心党支部"), _report("后勤物业中心党支部", without=("社会评价",)),
    ])  # fmt: skip
    # A newer, worse version does not unseat the good one.
    yield _bundle(17, "11:00", "math", "数学学院党总支", [_report("数学学院党总支", seed=5, without=("成效", "特点"))])


def _machines() -> Iterator[Post]:
    """Nobody answers these: automatic replies, a bounce, a read receipt, a list."""
    away = "这是来自QQ邮箱的假期自动回复邮件。您好，我最近正在休假中，无法亲自回复您的邮件。"
    yield Post(moment(3, "09:20"), address("jsj-jg1"), "自动回复:Re: 总结", away, replies=True)
    yield Post(
        moment(7, "09:02"), address("jiguan1"), "Automatic reply: 提醒", "I am away.",
        headers=(("Auto-Submitted", "auto-replied"),), replies=True,
    )  # fmt: skip
    yield Post(moment(12, "09:03"), address("lib"), "自动回复", "来信已收到，祝好", replies=True)
    yield Post(moment(7, "09:01"), f"MAILER-DAEMON@{DOMAIN}", "Undelivered Mail", raw=_bounce())
    yield Post(
        moment(6, "07:00"), f"notice@lists.{DOMAIN}", "[校内信息] 每周会议安排", "本周会议安排如下。",
        headers=(("List-Id", f"<notice.lists.{DOMAIN}>"), ("List-Unsubscribe", f"<mailto:off@lists.{DOMAIN}>")),
    )  # fmt: skip


def _other_business() -> Iterator[Post]:
    """The inbox is shared: other business of the department, which must stay as it is."""
    colleagues = ("jsj", "math", "flc", "chem", "jiguan", "math-xs1", "flc-en", "jsj-xs1")
    subjects = ("党员发展材料", "干部人事档案核对", "党费收缴情况", "关于调整支委的请示", "入党积极分子培训班报名表")
    chance = random.Random(2012)  # noqa: S311 - invented mail, the same each time
    for number in range(16):
        at = moment(3, "08:10") + timedelta(days=number % 12, minutes=chance.randint(0, 540))
        subject = subjects[number % len(subjects)]
        files = ((f"{subject}.docx", docx([subject, "（内容略，虚构）"])),) if number % 3 else ()
        yield Post(at, address(colleagues[number % len(colleagues)]), subject, "请查收，谢谢。", files)
    yield Post(
        moment(4, "11:00"), "sales@shop.example.com", "办公用品报价单", "附件是报价。", (("报价.pdf", b"%PDF-1.4\n"),)
    )
    yield Post(moment(13, "13:00"), DEPARTMENT.staff[0], "党员花名册", "存档用。", (("花名册.docx", docx(["花名册"])),))


_CLOUD = (
    "从QQ邮箱发来的超大附件\n\n机关第四党支部创先争优总结.docx (12.03M, 2012年10月10日 10:20 到期)进入下载页面："
    "http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=0000000000&code=0000\n"
)


def _gbk_mail() -> bytes:
    """A mail with raw GBK in its headers and file name (what RFC 5322 forbids and old programs send)."""
    encoded = base64.encodebytes(write(Report("机关第二党支部", opinion="同意报送"))).replace(b"\n", b"\r\n")
    own = base64.encodebytes(write(Report("机关党总支"))).replace(b"\n", b"\r\n")
    head = (
        f'From: "机关党总支" <{address("jiguan")}>\r\nTo: {DEPARTMENT.address}\r\n'
        "Subject: 机关党总支和机关第二党支部创先争优总结\r\nDate: Wed, 12 Sep 2012 16:15:00 +0800\r\n"
        f"Message-ID: <gbk-mail@{DOMAIN}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n"
        "--b1\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "请查收总支和机关第二党支部的总结。\r\n"
    ).encode("gbk")
    parts = [
        f'--b1\r\nContent-Type: application/msword; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode("gbk")
        + content
        for name, content in (("机关二支部总结.docx", encoded), ("机关党总支总结.docx", own))
    ]
    return head + b"".join(parts) + b"--b1--\r\n"


def _bounce() -> bytes:
    return (
        f"From: MAILER-DAEMON@{DOMAIN}\r\nTo: {DEPARTMENT.address}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Date: Fri, 07 Sep 2012 09:01:00 +0800\r\nMessage-ID: <bounce-1@{DOMAIN}>\r\nReturn-Path: <>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b2\r\n\r\n"
        "--b2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe mail could not be delivered.\r\n"
        "--b2\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.edu.cn\r\n\r\n"
        f"Final-Recipient: rfc822; nobody@{DOMAIN}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b2--\r\n"
    ).encode()
