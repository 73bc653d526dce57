"""An invented college, its campaign and its people: nothing here names anybody real."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from rules.campaign import Aspect, Campaign, Contact, Deadline, Deliverable, Medium, Route
from rules.letter.reports import Situation
from rules.model import (
    NOBODY,
    Address,
    AspectFound,
    Candidate,
    Change,
    Department,
    Evidence,
    Examination,
    File,
    Finding,
    Identification,
    Item,
    Kind,
    Level,
    Mail,
    Review,
    Roster,
    Standing,
    State,
    Unit,
)
from rules.status import Delivery, receive

ZONE = ZoneInfo("Asia/Shanghai")
DEPARTMENT = Department(
    name="中共示例学院委员会组织部",
    address="zuzhib@example.edu.cn",
    staff=("clerk@example.edu.cn",),
    contact="组织部办公室，电话 0595-00000000（短号 8512），行政楼512室",
)
ASPECTS = ("特点", "做法", "成效", "社会评价", "经验启示")
CAMPAIGN = Campaign(
    id="chuangxian-zhengyou-2012",
    title="创先争优活动总结",
    short_title="创先争优总结",
    opens=date(2012, 8, 27),
    doc_numbers=("示例院委组工〔2012〕18号",),
    deadline=Deadline(
        text="9月14日前", at=datetime(2012, 9, 14, 23, 59, 59, tzinfo=ZONE), office_close=time(17, 30), weekday="周五"
    ),
    contact=Contact(name="示例", phone="0595-00000000", short="8512", room="行政楼512室"),
    deliverables=(
        Deliverable(
            key="report",
            title="总结报告",
            by=frozenset({Kind.BRANCH, Kind.DIRECT_BRANCH, Kind.GENERAL_BRANCH, Kind.COMMITTEE}),
            route=Route.VIA_PARENT,
            review=True,
        ),
        Deliverable(
            key="paper",
            title="党总支总结（纸质）",
            by=frozenset({Kind.GENERAL_BRANCH, Kind.COMMITTEE}),
            medium=Medium.PAPER,
            form="正式文件",
            place="行政楼512室",
        ),
    ),
    aspects=tuple(Aspect(key=key) for key in ASPECTS),
)

_BRANCHES = (
    "学生第一党支部",
    "学生第二党支部",
    "学生第三党支部",
    "教工第一党支部",
    "教工第二党支部",
    "教工第三党支部",
    "离退休党支部",
)
ROSTER = Roster(
    (
        Unit(
            "01",
            "计算机学院党总支",
            Kind.GENERAL_BRANCH,
            addresses=("jsj@example.edu.cn",),
            contact="陈示例",
            phone="8601",
        ),
        *(
            Unit(f"01{n:02}", f"计算机学院{name}", Kind.BRANCH, parent="01", addresses=(f"jsj{n}@example.com",))
            for n, name in enumerate(_BRANCHES, 1)
        ),
        Unit(
            "02",
            "外国语学院党总支",
            Kind.GENERAL_BRANCH,
            addresses=("wgy@example.edu.cn",),
            contact="林示例",
            phone="8602",
        ),
        Unit("0201", "外国语学院学生第一党支部", Kind.BRANCH, parent="02", contact="黄示例", phone="8612"),
        Unit("0202", "外国语学院教工党支部", Kind.BRANCH, parent="02"),
        Unit(
            "09",
            "图书馆直属党支部",
            Kind.DIRECT_BRANCH,
            addresses=("tsg@example.edu.cn",),
            contact="吴示例",
            phone="8609",
        ),
    )
)

ARRIVED = datetime(2012, 9, 10, 8, 42, tzinfo=UTC)
LATE = datetime(2012, 9, 17, 1, 5, tzinfo=UTC)

NO_VALUE = Finding(
    "S4",
    Level.MUST,
    "没有找到“社会评价”的内容（查了全文标题和正文）。可补一段群众、师生或服务对象怎样评价，例如测评结果、座谈会意见、感谢信。",
)
NO_LESSONS = Finding(
    "S5", Level.MUST, "没有找到“经验启示”的内容（查了全文标题和正文）。可补一段这次活动的体会，例如今后要坚持什么。"
)
NO_REVIEW = Finding("R1", Level.MUST, "没有看到党总支把关的记录。")
THIN = Finding("S11", Level.SHOULD, "“特点”写得较简单，可再举一两件最能说明本单位特点的事。", "¶12 一、主要特点")
TEMPLATE = Finding("T1", Level.HINT, "“20xx年”像是模板里留下的，请核对。", "¶3 20xx年以来")


def examined(*findings: Finding, review: Review | None = None) -> Examination:
    """What the checks found; an aspect is absent where a must-finding names it."""
    musts = [finding.message for finding in findings if finding.level is Level.MUST]
    return Examination(
        title="创先争优活动总结",
        aspects=tuple(
            AspectFound(key, "absent" if any(key in message for message in musts) else "body") for key in ASPECTS
        ),
        review=review,
        findings=findings,
        chars=3000,
    )


REVIEWED = Review(Evidence.SENDER, "计算机学院党总支")


def item(
    name: str, unit: str | None, *findings: Finding, candidates: tuple[str, ...] = (), octets: int = 38_000
) -> Item:
    """A judged report; its bytes, and so its fingerprint, follow from its name."""
    identified = Identification(unit, 0.97, ("sender",)) if unit else NOBODY
    if candidates:
        identified = Identification(None, candidates=tuple(Candidate(code, 0.5) for code in candidates))
    unreviewed = any(finding.rule.startswith("R") for finding in findings)
    return Item(
        name=name,
        sha256=hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest(),
        size=octets,
        kind="docx",
        identification=identified,
        examination=examined(*findings, review=None if unreviewed else REVIEWED),
        deliverable="report" if unit else None,
    )


def mail(
    subject: str = "创先争优总结",
    sender: str = "jsj@example.edu.cn",
    text: str = "请查收。",
    files: tuple[File, ...] = (),
) -> Mail:
    return Mail(
        message_id="m1@mail.example.com",
        sender=Address("", sender),
        subject=subject,
        text=text,
        files=files,
        references=("m0@mail.example.com",),
        sha256=hashlib.sha256(f"{subject}{sender}{text}".encode(errors="surrogatepass")).hexdigest(),
    )


class Office:
    """A ledger for as long as one test: what came, in order, and where everybody stands."""

    def __init__(self) -> None:
        self.standings: dict[tuple[str, str], Standing] = {}
        self.changes: list[Change] = []

    def take(self, *items: Item, at: datetime = ARRIVED) -> "Office":
        """Records the reports of one mail; only the last mail's changes are kept."""
        self.changes = []
        for one in items:
            if one.unit is None:
                nobody = Standing("", "")
                self.changes.append(Change(one, nobody, nobody, "unsure"))
                continue
            key = (one.unit, "report")
            change = receive(self.standings.get(key, Standing(*key)), one, Delivery(1, "x@example.com", at))
            self.standings[key] = change.after
            self.changes.append(change)
        return self

    def put(self, code: str, state: State, deliverable: str = "report") -> "Office":
        self.standings[(code, deliverable)] = Standing(code, deliverable, state)
        return self

    def paper(self, code: str) -> "Office":
        self.standings[(code, "paper")] = replace(Standing(code, "paper"), copies=1)
        return self

    def situation(self, at: datetime = ARRIVED) -> Situation:
        return Situation(CAMPAIGN, ROSTER, DEPARTMENT, at, 1, at, tuple(self.changes))
