"""Other business of the department: the inbox is shared, and this must stay as it is."""

import random
from collections.abc import Iterator
from datetime import timedelta

from mailbot.demo.college import DEPARTMENT, address
from mailbot.demo.mail import Post, moment
from mailbot.demo.reports import docx

_SENDERS = ("jsj", "math", "flc", "chem", "jiguan", "math-xs1", "flc-en", "jsj-xs1")
_SUBJECTS = ("党员发展材料", "干部人事档案核对", "党费收缴情况", "关于调整支委的请示", "入党积极分子培训班报名表")


def others() -> Iterator[Post]:
    chance = random.Random(2012)  # noqa: S311 - invented mail, the same each time
    for number in range(12):
        at = moment(3, "08:10") + timedelta(days=number, minutes=chance.randint(0, 540))
        subject = _SUBJECTS[number % len(_SUBJECTS)]
        files = ((f"{subject}.docx", docx([subject, "（内容略，虚构）"])),) if number % 3 else ()
        yield Post(at, address(_SENDERS[number % len(_SENDERS)]), subject, "请查收，谢谢。", files, shows="别的工作")
    quote = (("报价.pdf", b"%PDF-1.4\n"),)
    yield Post(
        moment(4, "11:00"), "sales@shop.example.com", "办公用品报价单", "附件是报价。", quote, shows="与我们无关"
    )
    names = (("花名册.docx", docx(["花名册"])),)
    yield Post(moment(13, "13:00"), DEPARTMENT.staff[0], "党员花名册", "存档用。", names, shows="同事存档")
