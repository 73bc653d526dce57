"""The mails of the crash tests: one of every way that a mail can go. Units, people and files are invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from mailbot.demo.college import DEPARTMENT, DOMAIN, address
from mailbot.demo.reports import Report, archive, write

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2012, 9, 14, 15, 0, tzinfo=ZONE)  # the last day: reminders, the telephone list and the sheet are due
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LIBRARY = "图书馆直属党支部"
UNKNOWN_TO_SERVER = (f"away@{DOMAIN}", address("houqin"))  # a member of staff, and a 总支: their mailbox is gone
STRANGER = "lixx@example.com"
STAFF = (DEPARTMENT.staff[0], UNKNOWN_TO_SERVER[0])


@dataclass(frozen=True)
class Sent:
    """A mail as the server gets it, and when."""

    name: str
    raw: bytes
    at: datetime


def report(unit: str, name: str = "", seed: int = 0, without: tuple[str, ...] = ()) -> tuple[str, bytes]:
    return (name or f"{unit}创先争优活动总结.docx", write(Report(unit, seed=seed, without=without)))


def mail(name: str, sender: str, subject: str, body: str = "", *files: tuple[str, bytes], **headers: str) -> Sent:
    """`name` becomes the Message-ID. Headers by keyword: `Auto_Submitted="auto-replied"`."""
    at = NOW - timedelta(hours=3)
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, DEPARTMENT.address, subject
    made["Date"], made["Message-ID"] = format_datetime(at), f"<{name}@{DOMAIN}>"
    for key, value in headers.items():
        made[key.replace("_", "-")] = value
    made.set_content(body or "请查收。")
    for file_name, content in files:
        kind, _, subtype = (WORD if file_name.endswith(".docx") else "application/octet-stream").partition("/")
        made.add_attachment(content, maintype=kind, subtype=subtype, filename=file_name)
    return Sent(name, made.as_bytes(policy=made.policy.clone(linesep="\r\n")), at)


def every_way() -> Iterator[Sent]:
    """Ten mails in the order in which they arrive; every outcome but those that are asked for by a letter of ours."""
    first = mail("first", address("lib"), f"{LIBRARY}总结", "", report(LIBRARY))
    yield first
    yield mail("business", address("jsj-xs1"), "党费收缴情况", "本月党费已交。")
    bundle = archive(
        [
            report("外国语学院党总支", "外国语学院/外国语学院党总支总结.docx"),
            report("外国语学院英语系教工党支部", "外国语学院/英语系教工支部总结.docx"),
            report("外国语学院日语系教工党支部", "外国语学院/日语系教工支部总结.docx", without=("经验启示",)),
        ],
        "gbk",
    )
    reviewed = "各支部总结已经总支审核，请查收。"
    yield mail("bundle", address("flc"), "外国语学院党总支材料", reviewed, ("外国语学院材料.zip", bundle))
    branch = "计算机学院教工第一党支部"
    yield mail("branch", address("jsj-jg1"), f"{branch}总结", "", report(branch))
    yield mail("newer", address("lib"), f"{LIBRARY}总结（修改）", "", report(LIBRARY, "总结（修改）.docx", seed=1))
    yield mail("machine", address("jiguan"), "自动回复：总结", "我正在休假。", Auto_Submitted="auto-replied")
    yield Sent("first", first.raw, NOW - timedelta(hours=2))
    yield mail("question", address("chem-jg1"), "创先争优活动总结", "请问总结要写多少字？")
    yield mail("whose", STRANGER, "创先争优活动总结", "见附件", ("总结(1).docx", write(Report("学生第二党支部"))))
    heavy = ("扫描件.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\x01" * 1_200_000)
    yield mail("heavy", address("math-jg"), "数学学院教工党支部创先争优活动总结", "扫描件见附件。", heavy)


def many(count: int) -> Iterator[Sent]:
    """So many mails of all kinds, no two of them the same."""
    units = (("lib", LIBRARY), ("math-jg", "数学学院教工党支部"), ("jsj-jg1", "计算机学院教工第一党支部"))
    for number in range(count):
        account, unit = units[number % len(units)]
        if number % 10 == 9:
            yield mail(f"many-{number}", address(account), "党费收缴情况", "本月党费已交。")
        elif number % 10 == 8:
            yield mail(f"many-{number}", address(account), "创先争优活动总结", "请问总结要写多少字？")
        else:
            yield mail(f"many-{number}", address(account), f"{unit}总结", "", report(unit, seed=number))
