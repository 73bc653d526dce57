"""A thousand mails for a rehearsal, and what should become of each: mixed as in a department's inbox. All invented.

A mail is made from its number alone, so that nothing has to be kept: the same number gives the same bytes.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from hashlib import sha256
from typing import Any

from mailbot.demo.reports import Report, archive, docx, write
from rules.model import Kind, Outcome, Roster, Unit
from tests.path_mails import WORD, to_bytes
from tests.servers import DOMAIN

TO = f"rehearsal-zuzhib@{DOMAIN}"
_SUBJECTS = re.findall("..", "文学历史数学物理化学生物地理法学经济管理教育体育音乐美术软件信息机械土木海洋旅游")
_BRANCHES = ("教工第一党支部", "教工第二党支部", "学生第一党支部", "学生第二党支部", "研究生党支部")


def roster() -> Roster:
    """Twenty 总支 with five branches each; every unit has an address."""
    units: list[Unit] = []
    for number, subject in enumerate(_SUBJECTS, 1):
        code, box = f"{number:02}", f"rehearsal-{number:02}"
        units.append(Unit(code, f"{subject}学院党总支", Kind.GENERAL_BRANCH, None, (), (f"{box}@{DOMAIN}",)))
        units.extend(
            Unit(f"{code}{place:02}", f"{subject}学院{name}", Kind.BRANCH, code, (), (f"{box}-{place}@{DOMAIN}",))
            for place, name in enumerate(_BRANCHES, 1)
        )
    return Roster(tuple(units))


ROSTER = roster()
TYPES = {"docx": WORD, "zip": "application/zip", "jpg": "image/jpeg"}
_HEADS = ROSTER.tops()


@dataclass(frozen=True)
class Sent:
    """A mail and what should become of it; `reports` are (code of the unit, SHA-256) of what should be filed."""

    kind: str
    outcome: Outcome
    raw: bytes
    reports: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> str:
        return sha256(self.raw).hexdigest()


def mail_number(number: int) -> Sent:
    """One of the kinds below, by their shares; from the fiftieth on some are mails that came before."""
    chance = random.Random(f"rehearsal {number}")
    if number >= 50 and chance.random() < 0.06:
        return _again(mail_number(_first_of(chance.randrange(number))), chance)
    kind, make = chance.choices([(kind, make) for kind, make, _ in KINDS], [share for *_, share in KINDS])[0]
    return make(kind, number, chance)


def _first_of(number: int) -> int:
    """A number below whose mail is none that came before."""
    while mail_number(number).outcome is Outcome.DUPLICATE:
        number -= 1
    return number


def _again(first: Sent, chance: random.Random) -> Sent:
    """The same bytes, or (where the first was kept) as another server on the way has stamped them."""
    if first.outcome is Outcome.FILED and first.kind != "broken" and chance.random() < 0.5:
        stamp = f"Received: from relay.example.com by mx.{DOMAIN}; Mon, 3 Sep 2012 08:00:00 +0800\r\n".encode()
        return Sent("the same, stamped anew", Outcome.DUPLICATE, stamp + first.raw)
    return Sent("the same", Outcome.DUPLICATE, first.raw)


def _mail(number: int, sender: str, subject: str, body: str, *files: tuple[str, bytes], **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, TO, subject
    made["Date"] = "Thu, 06 Sep 2012 09:00:00 +0800"
    made["Message-ID"] = f"<rehearsal-{number}@{DOMAIN}>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    for name, content in files:
        kind, _, subtype = TYPES[name.rpartition(".")[2]].partition("/")
        made.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    return _bounded(made, number)


def _bounded(made: EmailMessage, number: int) -> EmailMessage:
    """With a boundary of our own: the library's is another one each time."""
    if made.is_multipart():
        made.set_boundary(f"=_rehearsal-{number}")
    return made


def _report(unit: Unit, number: int, chance: random.Random, **how: Any) -> tuple[str, bytes]:
    style = chance.choice(("named", "run-in", "thematic"))
    return f"{unit.name}创先争优活动总结.docx", write(Report(unit.name, style=style, seed=number, **how))


def _photo(chance: random.Random) -> tuple[tuple[str, bytes], ...]:
    """A quarter of the mails carries one: what a leak of memory would be seen by."""
    if chance.random() > 0.25:
        return ()
    return (("活动照片.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF" + chance.randbytes(chance.randrange(300_000, 800_000))),)


def _filed(kind: str, made: EmailMessage, *reports: tuple[Unit, bytes]) -> Sent:
    return Sent(
        kind,
        Outcome.FILED,
        to_bytes(made),
        tuple((unit.code, sha256(content).hexdigest()) for unit, content in reports),
    )


def _single(kind: str, number: int, chance: random.Random) -> Sent:
    unit = chance.choice(ROSTER.units)
    file = _report(unit, number, chance, without=("社会评价",) if chance.random() < 0.2 else ())
    made = _mail(number, unit.addresses[0], f"{unit.name}总结", "请查收。", file, *_photo(chance))
    return _filed(kind, made, (unit, file[1]))


def _bundle(kind: str, number: int, chance: random.Random) -> Sent:
    head = chance.choice(_HEADS)
    units = [head, *chance.sample(ROSTER.below(head.code), chance.randint(2, 5))]
    files = [_report(unit, number, chance) for unit in units]
    packed = chance.random() < 0.6
    enclosed = [("各支部材料.zip", archive(files, chance.choice(("gbk", "utf-8"))))] if packed else files
    body = "现将我总支及所属支部的总结报送，均已经总支审核，请查收。"
    made = _mail(number, head.addresses[0], f"{head.name}创先争优活动总结报送", body, *enclosed, *_photo(chance))
    return _filed(kind, made, *zip(units, (content for _, content in files), strict=True))


def _forwarded(kind: str, number: int, chance: random.Random) -> Sent:
    head = chance.choice(_HEADS)
    unit = chance.choice(ROSTER.below(head.code))
    file = _report(unit, number, chance)
    outer = _mail(number, head.addresses[0], f"转发：{unit.name}创先争优总结", "已审核，请查收。")
    outer.add_attachment(_mail(number + 10**6, unit.addresses[0], "总结", "请把关。", file))
    return _filed(kind, _bounded(outer, number), (unit, file[1]))


def _broken(kind: str, number: int, chance: random.Random) -> Sent:
    """Mail as it should not be: raw GBK in the header, no last boundary, half a file, a charset that nobody knows."""
    unit = chance.choice(_HEADS)
    name, content = _report(unit, number, chance)
    if chance.random() < 0.3:
        content = content[: len(content) // 2]
    raw = to_bytes(_mail(number, unit.addresses[0], f"{unit.name}总结", "请查收。", (name, content)))
    wound = chance.randrange(3)
    if wound == 0:
        raw = b"X-Unit: " + unit.name.encode("gbk") + b"\r\n" + raw
    elif wound == 1:
        raw = raw.rstrip().removesuffix(b"--") + b"\r\n"
    else:
        raw = raw.replace(b'charset="utf-8"', b"charset=x-nobody-knows", 1)
    return Sent(kind, Outcome.FILED, raw, ((unit.code, sha256(content).hexdigest()),))


def _question(kind: str, number: int, chance: random.Random) -> Sent:
    unit = chance.choice(ROSTER.units)
    made = _mail(number, unit.addresses[0], "请问创先争优总结的要求", "老师好，请问创先争优活动总结有没有字数要求？")
    return Sent(kind, Outcome.SET_ASIDE, to_bytes(made))


def _other(kind: str, number: int, chance: random.Random) -> Sent:
    subject = chance.choice(("党员发展材料", "党费收缴情况", "干部人事档案核对", "入党积极分子培训班报名表"))
    files = ((f"{subject}.docx", docx([subject, f"第 {number} 份（虚构）"])), *_photo(chance))
    return Sent(kind, Outcome.NOT_OURS, to_bytes(_mail(number, _colleague(chance), subject, "请查收，谢谢。", *files)))


def _other_inside(kind: str, number: int, chance: random.Random) -> Sent:
    lines = [f"第{day}天：各学院在体育馆前接待新生，地点不变（虚构）。" for day in "一二三四五"]
    file = (f"迎新安排{number}.docx", docx(["关于迎新的安排", *lines]))
    return Sent(kind, Outcome.NOT_OURS, to_bytes(_mail(number, _colleague(chance), "迎新安排", "请查收。", file)))


def _stranger(kind: str, number: int, chance: random.Random) -> Sent:
    made = _mail(number, f"sales{number}@shop.example.com", "办公用品报价单", "附件是报价。", *_photo(chance))
    return Sent(kind, Outcome.NOT_OURS, to_bytes(made))


def _machine(kind: str, number: int, chance: random.Random) -> Sent:
    subject, headers = chance.choice(
        (
            ("自动回复：总结", {}),
            ("Automatic reply", {"Auto_Submitted": "auto-replied"}),
            ("[校内信息] 会议安排", {"List_Id": "<n.example.com>", "List_Unsubscribe": "<mailto:off@example.com>"}),
            ("Undelivered Mail Returned to Sender", {"Return_Path": "<>", "X_Failed_Recipients": "a@example.com"}),
        )
    )
    made = _mail(number, _colleague(chance), subject, "我正在休假。", **headers)
    return Sent(kind, Outcome.AUTOMATIC, to_bytes(made))


def _own(kind: str, number: int, chance: random.Random) -> Sent:
    return Sent(kind, Outcome.OWN, to_bytes(_mail(number, TO, "抄送：创先争优总结", f"第 {number} 封。")))


def _colleague(chance: random.Random) -> str:
    return chance.choice(ROSTER.units).addresses[0]


KINDS: tuple[tuple[str, Callable[[str, int, random.Random], Sent], int], ...] = (
    # what it is, how it is made, how many of a hundred
    ("one report", _single, 32),
    ("a bundle", _bundle, 12),
    ("forwarded", _forwarded, 4),
    ("broken", _broken, 6),
    ("a question", _question, 4),
    ("other business", _other, 20),
    ("other business, by its contents", _other_inside, 4),
    ("other business of strangers", _stranger, 8),
    ("a machine's", _machine, 9),
    ("our own", _own, 1),
)


def mails(first: int, end: int) -> Iterator[Sent]:
    """Those with these numbers, one at a time."""
    return map(mail_number, range(first, end))
