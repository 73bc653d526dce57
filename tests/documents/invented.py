"""An invented college, campaign and context for tests of rules. No unit, person or address here is real."""

from datetime import UTC, date, datetime
from typing import Any

from rules.campaign import Aspect, Campaign, Deadline, Deliverable, ParticipationRule, Years
from rules.context import Context
from rules.model import Address, Document, Kind, Level, Paragraph, Roster, Unit
from rules.word import read_document
from tests.documents.build import Line, docx

ASPECTS = (
    Aspect(
        key="特点",
        headings=("特点", "特色", "亮点", "创新"),
        body=("特色鲜明", "鲜明的?(特色|特点)", "呈现.{0,8}特点", "亮点"),
        false_friends=("中国特色", "结合.{0,10}特点"),
    ),
    Aspect(
        key="做法",
        headings=("做法", "措施", "举措", "开展情况", "基本情况", "活动流程", "实施过程"),
        body=("一是.{2,120}二是", "成立.{0,16}领导小组", "通过.{2,30}(形式|方式)", "召开.{0,10}动员"),
        accept_thematic=True,
    ),
    Aspect(
        key="成效",
        headings=("成效", "成果", "成绩", "效果", "实效"),
        body=("取得了?.{0,10}(成效|成绩|实效)", "荣获", "提高了", r"\d+(\.\d+)?%"),
        false_friends=("(为|力争).{0,6}取得.{0,6}实效",),
    ),
    Aspect(
        key="社会评价",
        headings=("社会评价", "群众评价", "社会反响", "测评"),
        body=("好评", "满意(度|率)", "充分肯定", "锦旗", "感谢信"),
        false_friends=("评价体系",),
    ),
    Aspect(
        key="经验启示",
        headings=("经验", "启示", "体会"),
        body=("必须坚持", "实践证明", "(深刻)?体会到", "启示(是|有)"),
        false_friends=("(推广|学习|借鉴|交流).{0,8}经验", "心得体会"),
    ),
)
METHODS = {
    "访谈": ("访谈", "谈心", "走访"),
    "座谈会": ("座谈",),
    "问卷": ("问卷", "(测评|评议|征求意见)表", "意见箱"),
    "网络测评": ("(网络|网上|在线).{0,6}(测评|评议|征求意见|调查)",),
}
EVERYBODY = frozenset(Kind)

GENERAL = Unit("01", "计算机学院党总支", Kind.GENERAL_BRANCH, None, (), ("jsj@example.edu.cn",))
FIRST = Unit("0101", "计算机学院教工第一党支部", Kind.BRANCH, "01", ("软件教研室党支部",), ("jg1@example.edu.cn",))
SECOND = Unit("0102", "计算机学院教工第二党支部", Kind.BRANCH, "01")
OTHER_GENERAL = Unit("02", "数学学院党总支", Kind.GENERAL_BRANCH, None, (), ("math@example.edu.cn",))
OTHER = Unit("0201", "数学学院学生党支部", Kind.BRANCH, "02")
DIRECT = Unit("03", "图书馆直属党支部", Kind.DIRECT_BRANCH)
ROSTER = Roster((GENERAL, FIRST, SECOND, OTHER_GENERAL, OTHER, DIRECT))


def campaign(**changes: Any) -> Campaign:
    """The invented campaign, with some of its fields changed."""
    fields: dict[str, Any] = {
        "id": "invented-2012",
        "title": "创先争优活动总结（虚构）",
        "names": ("创先争优",),
        "wrong_names": ("争先创优", "创优争先"),
        "opens": date(2012, 8, 27),
        "deadline": Deadline(text="9月14日前", at=datetime(2012, 9, 14, 15, 59, 59, tzinfo=UTC)),
        "deliverables": (Deliverable(key="report", title="总结报告", by=EVERYBODY, review=True),),
        "aspects": ASPECTS,
        "participation": ParticipationRule(any_of=1, methods=METHODS),
        "years": Years(first=2010, last=2012),
        "placeholders": Level.HINT,
    }
    return Campaign(**{**fields, **changes})


def context(unit: Unit | None = FIRST, sender: tuple[Unit, ...] = (GENERAL,), **changes: Any) -> Context:
    """A report of `unit` that came from an address of `sender`; the 总支 unless told otherwise."""
    chosen = changes.pop("campaign", None) or campaign()
    fields: dict[str, Any] = {
        "campaign": chosen,
        "roster": ROSTER,
        "unit": unit,
        "deliverable": chosen.report_of(unit) if unit is not None else None,
        "sender": Address("", sender[0].addresses[0] if sender and sender[0].addresses else "someone@example.com"),
        "sender_units": sender,
        "mail_text": "",
        "file_name": "总结.docx",
        "received_at": datetime(2012, 9, 10, 2, 0, tzinfo=UTC),
    }
    return Context(**{**fields, **changes})


def text_of(*lines: str, title: str = "", signature: str = "") -> Document:
    """A document of plain paragraphs, without going through a file."""
    return Document("docx", tuple(Paragraph(n, line) for n, line in enumerate(lines, 1)), title, signature)


def document(*lines: Line | str) -> Document:
    """A document that went through a .docx."""
    read = read_document("总结.docx", docx(lines))
    assert isinstance(read, Document), read
    return read
