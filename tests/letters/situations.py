"""The situations whose letters are kept as golden files: a name for the file, and the letter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from rules.letter.copies import Copies, Copy
from rules.letter.reports import told
from rules.letters import (
    Heavy,
    acknowledgement,
    oversize,
    preliminary,
)
from rules.model import Decision, Enclosure, Finding, Item, Letter, Level, Mail, Refused, State, Verdict
from rules.opinion import worth_returning
from rules.status import decide
from tests.letters.invented import (
    ARRIVED,
    CAMPAIGN,
    LATE,
    NO_LESSONS,
    NO_REVIEW,
    NO_VALUE,
    ROSTER,
    TEMPLATE,
    THIN,
    Office,
    item,
    mail,
)
from tests.letters.situations_ours import OURS

BRANCHES = tuple(unit.code for unit in ROSTER.below("01"))
ENCRYPTED = Finding("F3", Level.MUST, "文件加了密码，打不开。请在 Word 里取消密码后另存，再发一次。")


def answer(
    office: Office,
    sender: tuple[str, ...] = ("01",),
    about: Mail | None = None,
    at: datetime = ARRIVED,
    ignored: tuple[Refused, ...] = (),
    cloud: tuple[str, ...] = (),
) -> Letter:
    items = tuple(change.item for change in office.changes)
    verdict = Verdict(CAMPAIGN.id, sender, items, ignored, cloud)
    situation = replace(office.situation(at), copies=copies(verdict))
    return acknowledgement(about or mail(), verdict, office.standings, situation)


def copies(verdict: Verdict, room: int = 10) -> Copies:
    """As the bot would enclose them: with comments, but for what is no .docx."""
    wanted = [item for item in verdict.items if item.unit and worth_returning(told(item, verdict, ROSTER))]
    made = tuple(
        Copy(item.sha256, Enclosure(f"{item.name}（批注）.docx", "x/y", b"invented"), item.name.endswith(".docx"))
        for item in wanted
    )
    return Copies(made[:room], frozenset(item.sha256 for item in wanted[room:]))


def look(*items: Item, about: Mail | None = None, ignored: tuple[Refused, ...] = ()) -> Letter:
    """The answer to a 预审 of these reports."""
    verdict = Verdict(CAMPAIGN.id, (items[0].unit or "09",) if items else ("09",), items, ignored)
    situation = replace(Office().situation(), copies=copies(verdict))
    return preliminary(about or mail("【预审】创先争优总结"), verdict, situation)


def _complete() -> Letter:
    office = Office()
    for code in BRANCHES:
        office.put(code, State.ACCEPTED)
    return answer(office.take(item("总支总结.docx", "01")))


def _complete_with_hints() -> Letter:
    return answer(Office().take(item("图书馆支部总结.docx", "09", THIN, TEMPLATE)), ("09",))


def _to_mend() -> Letter:
    return answer(Office().take(item("图书馆支部总结.docx", "09", NO_VALUE)), ("09",))


def _to_mend_twice_by_a_branch() -> Letter:
    findings = (NO_VALUE, NO_LESSONS, NO_REVIEW, TEMPLATE)
    return answer(Office().take(item("学生一支部总结.docx", "0101", *findings)), ("0101",))


def _encrypted() -> Letter:
    return answer(Office().take(item("总支总结.docx", "01", ENCRYPTED)))


def _bundle() -> Letter:
    office = (
        Office()
        .paper("01")
        .take(
            item("计算机学院党总支总结.docx", "01"),
            item("学生第一党支部.docx", "0101"),
            item("学生第二党支部.docx", "0102", NO_LESSONS),
            item("学生第三党支部.docx", "0103"),
            item("教工第一党支部.docx", "0104", TEMPLATE),
            item("教工第二党支部.docx", "0105"),
            item("总结(1).docx", None, candidates=("0106", "0107")),
        )
    )
    return answer(
        office, ignored=(Refused("材料/汇总表.xlsx", "是汇总表，已随邮件存档，不作为总结检查", ("材料.zip",)),)
    )


def _bundle_of_strangers() -> Letter:
    files = (item("总结(1).docx", None, candidates=("0106", "0107")), item("新建文档.docx", None))
    return answer(Office().take(*files), (), mail("", "zhangsan@example.com", ""))


def _bundle_all_in() -> Letter:
    names = {code: ROSTER.unit(code).name for code in ("01", *BRANCHES)}
    return answer(Office().paper("01").take(*(item(f"{name}.docx", code) for code, name in names.items())))


def _branch_mailed_directly() -> Letter:
    return answer(
        Office().take(item("学生一支部总结.docx", "0101", NO_REVIEW)), ("0101",), mail("总结", "jsj1@example.com")
    )


def _who_are_you() -> Letter:
    about = mail("", "zhangsan@example.com", "")
    return answer(Office().take(item("总结(1).docx", None, candidates=("0101", "0201"))), (), about)


def _cloud() -> Letter:
    return answer(Office(), ("09",), cloud=("QQ邮箱超大附件：总结材料.rar（128.03M，2012年9月27日 21:59 到期）",))


def _no_attachment() -> Letter:
    return answer(Office(), ("09",), mail("Re: Re: 总结", text="见附件。"))


def _a_note() -> Letter:
    return answer(Office(), ("09",), mail("请问", text="请问纸质件送到哪里？"))


def _nothing_usable() -> Letter:
    refused = (
        Refused("总结.rar", "压缩包打不开，请改用 zip 或直接附上 Word 文件"),
        Refused("合影.jpg", "不是总结文档，已随邮件存档"),
    )
    return answer(Office(), ("09",), ignored=refused)


def _identical() -> Letter:
    report = item("图书馆支部总结.docx", "09")
    return answer(Office().take(report).take(report), ("09",))


def _replaced() -> Letter:
    office = Office().take(item("总结.docx", "09", NO_VALUE)).take(item("总结（修改）.docx", "09"))
    return answer(office, ("09",), mail("回复：Re: 总结（重发）"))


def _older_counts() -> Letter:
    office = Office().take(item("总结.docx", "09")).take(item("总结2.docx", "09", NO_VALUE))
    return answer(office, ("09",))


def _late() -> Letter:
    return answer(Office().take(item("图书馆支部总结.docx", "09"), at=LATE), ("09",), at=LATE)


def _late_to_mend() -> Letter:
    return answer(Office().take(item("图书馆支部总结.docx", "09", NO_VALUE), at=LATE), ("09",), at=LATE)


def _review_added() -> Letter:
    from_branch = item("学生一支部总结.docx", "0101", NO_REVIEW)
    again = replace(item("学生一支部总结.docx", "0101"), via=("汇总.zip",))
    return answer(Office().take(from_branch).take(again))


def _exempt() -> Letter:
    return answer(Office().put("0107", State.EXEMPT).take(item("离退休.docx", "0107")), ("0107",))


def _many_to_mend() -> Letter:
    files = (f"{name}.docx" for name in ("学生一支部", "学生二支部"))
    findings = (item(name, code, NO_LESSONS) for name, code in zip(files, BRANCHES, strict=False))
    return answer(Office().paper("01").take(*findings, item("教工一支部.pdf", "0104", NO_VALUE)))


def _sent_back_the_same_again() -> Letter:
    office = Office().take(item("图书馆支部总结.docx", "09", THIN))
    back = Decision(False, "组织部", ARRIVED, "请补上具体数据")
    office.standings[("09", "report")] = decide(office.standings[("09", "report")], 1, back)
    return answer(office.take(item("图书馆支部总结.docx", "09", THIN)), ("09",))


def _look() -> Letter:
    return look(item("学生一支部总结.docx", "0101", NO_VALUE, TEMPLATE))


def _look_in_order() -> Letter:
    return look(item("总结.docx", None), about=mail("请预审：总结"))


def _look_at_many() -> Letter:
    return look(
        item("学生一支部.docx", "0101", NO_VALUE), item("学生二支部.pdf", "0102", THIN), item("总结.docx", None)
    )


def _look_at_nothing() -> Letter:
    return look(about=mail("预审", text="请预审，见附件。"))


def _oversize() -> Letter:
    heavy = Heavy(
        "INBOX/1/77", "tsg@example.edu.cn", "总结和照片", "big@mail.example.com", 83_000_000, 60 * 1024 * 1024
    )
    return oversize(heavy, CAMPAIGN, ARRIVED)


SITUATIONS: dict[str, Callable[[], Letter]] = {
    "complete": _complete,
    "complete-with-hints": _complete_with_hints,
    "to-mend": _to_mend,
    "to-mend-twice-by-a-branch": _to_mend_twice_by_a_branch,
    "encrypted": _encrypted,
    "bundle": _bundle,
    "bundle-of-strangers": _bundle_of_strangers,
    "bundle-all-in": _bundle_all_in,
    "branch-mailed-directly": _branch_mailed_directly,
    "who-are-you": _who_are_you,
    "cloud": _cloud,
    "no-attachment": _no_attachment,
    "a-note": _a_note,
    "nothing-usable": _nothing_usable,
    "identical": _identical,
    "replaced": _replaced,
    "older-counts": _older_counts,
    "late": _late,
    "late-to-mend": _late_to_mend,
    "review-added": _review_added,
    "exempt": _exempt,
    "many-to-mend": _many_to_mend,
    "sent-back-the-same-again": _sent_back_the_same_again,
    "look": _look,
    "look-in-order": _look_in_order,
    "look-at-many": _look_at_many,
    "look-at-nothing": _look_at_nothing,
    "oversize": _oversize,
    **OURS,
}
