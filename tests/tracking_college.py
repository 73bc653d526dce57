"""An invented college and what it has sent so far, for tests of the 台账. No unit, person or number here is real."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.campaign import Aspect, Campaign, Deadline, Deliverable, Medium, ParticipationRule, Route
from rules.model import (
    AspectFound,
    Case,
    Evidence,
    Examination,
    Finding,
    Kind,
    Level,
    LogEntry,
    MailboxCounts,
    Outcome,
    Participation,
    Receipt,
    Review,
    Roster,
    Standing,
    State,
    Unit,
)
from rules.tracking import TrackingFacts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2012, 9, 17, 9, 30, tzinfo=SHANGHAI)
BEFORE = datetime(2012, 9, 12, 17, 30, tzinfo=SHANGHAI)
ASPECTS = ("特点", "做法", "成效", "社会评价", "经验启示")
EVERYBODY = frozenset(Kind)
HEADS = frozenset({Kind.GENERAL_BRANCH, Kind.COMMITTEE})

REPORT = Deliverable(key="report", title="总结报告", by=EVERYBODY, route=Route.VIA_PARENT, review=True)
PAPER = Deliverable(
    key="paper", title="总结报告", by=HEADS, medium=Medium.PAPER, form="正式文件", place="行政楼512室", copies=2
)


def campaign(**changed: object) -> Campaign:
    """The campaign of the tests: a report by everybody, the same on paper by every 总支."""
    values: dict[str, object] = {
        "id": "example-2012",
        "title": "创先争优活动总结（示例）",
        "short_title": "创先争优总结",
        "opens": date(2012, 9, 3),
        "deadline": Deadline(
            text="9月14日前", at=datetime(2012, 9, 14, 23, 59, 59, tzinfo=SHANGHAI), office_close=time(17, 30)
        ),
        "deliverables": (REPORT, PAPER),
        "aspects": tuple(Aspect(key=key) for key in ASPECTS),
        "participation": ParticipationRule(any_of=1, methods={"座谈会": ("座谈会",)}),
    }
    return Campaign.model_validate(values | changed)


def general_branch(code: str, name: str, **changed: object) -> Unit:
    return _unit(code, f"{name}党总支", Kind.GENERAL_BRANCH, changed)


def branch(code: str, name: str, parent: str, **changed: object) -> Unit:
    return _unit(code, name, Kind.BRANCH, changed | {"parent": parent})


def direct_branch(code: str, name: str, **changed: object) -> Unit:
    return _unit(code, f"{name}直属党支部", Kind.DIRECT_BRANCH, changed)


def _unit(code: str, name: str, kind: Kind, changed: dict[str, object]) -> Unit:
    values: dict[str, object] = {"contact": "示例老师", "phone": "0595-00000000"}
    return Unit(code, name, kind, **(values | changed))  # type: ignore[arg-type]


def examination(*findings: Finding, review: Review | None = None, found: str = "heading") -> Examination:
    """All five aspects found the same way, one sign of 群众参与."""
    return Examination(
        title="创先争优活动总结",
        aspects=tuple(
            AspectFound(key, found, f"¶{number * 4} 一、主要{key}" if found != "absent" else "", 420)
            for number, key in enumerate(ASPECTS, start=1)
        ),
        participation=Participation(("座谈会", "问卷"), "¶7 召开座谈会3次，发放问卷120份"),
        review=review,
        findings=findings,
        chars=2600,
    )


SENDER = Review(Evidence.SENDER, "jsj-dzz@example.edu.cn", datetime(2012, 9, 10, 8, 42, tzinfo=UTC))
NO_EVALUATION = Finding("S4", Level.MUST, "没有找到“社会评价”的内容（查了全文标题和正文）。")
NO_REVIEW = Finding("R1", Level.MUST, "没有看到总支把关的依据。")
HINT = Finding("H2", Level.HINT, "“20xx年”似为模板残留。", "¶5")


def receipt(at: datetime, made: Examination, version: int = 1, name: str = "总结.docx") -> Receipt:
    return Receipt(
        version=version,
        name=name,
        sha256="9f2c41aa" + f"{version:056x}",
        size=38_211,
        received_at=at,
        sender="jsj-dzz@example.edu.cn",
        mail=12,
        examination=made,
    )


def sent(unit: str, state: State, at: datetime, made: Examination, **changed: object) -> Standing:
    """One version, which counts; complete unless the state says otherwise."""
    values: dict[str, object] = {"completed_at": None if state is State.INCOMPLETE else at}
    return Standing(unit, "report", state, (receipt(at, made),), 1, **(values | changed))  # type: ignore[arg-type]


def by_key(*standings: Standing) -> dict[tuple[str, str], Standing]:
    return {(standing.unit, standing.deliverable): standing for standing in standings}


def case(number: int, kind: str, units: tuple[str, ...] = (), **changed: object) -> Case:
    values: dict[str, object] = {
        "subject": "总结",
        "sender": "someone@example.com",
        "received_at": datetime(2012, 9, 11, 2, number % 60, tzinfo=UTC),
        "detail": "文件名和正文都没有写明单位",
        "sha256": f"{number * 98_765_431 % 2**32:08x}" * 8,
    }
    return Case(number, kind, units=units, **(values | changed))  # type: ignore[arg-type]


def entry(number: int, outcome: Outcome = Outcome.FILED, **changed: object) -> LogEntry:
    values: dict[str, object] = {
        "received_at": datetime(2012, 9, 5, 1, 0, tzinfo=UTC) + timedelta(hours=2 * number),
        "sender": "jsj-dzz@example.edu.cn",
        "subject": "计算机学院党总支创先争优活动总结",
        "reason": "发件人在花名册中",
        "sha256": f"{number * 54_321_977 % 2**32:08x}" * 8,
        "files": number % 4,
    }
    return LogEntry(mail=number, outcome=outcome, **(values | changed))  # type: ignore[arg-type]


def college(heads: int, branches: int, now: datetime = NOW) -> TrackingFacts:
    """`heads` 总支 with `branches` 支部 dealt out among them, three 直属党支部, in every state there is."""
    units: list[Unit] = []
    for head in range(1, heads + 1):
        units.append(_head(head))
        units += [_branch(head, place) for place in range(1, branches // heads + 1 + (head <= branches % heads))]
    units += [direct_branch(f"Z{number}", name) for number, name in enumerate(("校医院", "附属中学", "出版社"), 1)]
    standings = [one for number, unit in enumerate(units) for one in _standings(unit, number, now)]
    kinds = ("unsure", "doubtful", "set_aside", "bounced", "new_address")
    outcomes = tuple(Outcome)
    return TrackingFacts(
        campaign=campaign(),
        roster=Roster(tuple(units)),
        standings=by_key(*standings),
        now=now,
        cases=tuple(case(number, kind, (units[number - 1].code,)) for number, kind in enumerate(kinds, start=1)),
        log=tuple(entry(number, outcomes[number % 7 if number % 3 == 0 else 0]) for number in range(1, 80)),
        counts=MailboxCounts(57, 2, 6, 4, 3, 4, 3),
    )


_NAMES = (
    "计算机科学学院", "数学与统计学院", "文学与传播学院", "外国语学院", "物理与信息工程学院", "化学与生命科学学院",
    "教育科学学院", "美术与设计学院", "音乐与舞蹈学院", "体育学院", "经济与管理学院", "政治与社会发展学院",
    "资源与环境科学学院", "继续教育学院", "软件学院", "航海学院", "机关第一", "机关第二", "图书馆", "后勤集团",
    "离退休", "应用科技学院", "工商信息学院", "护理学院", "马克思主义学院",
)  # fmt: skip
_WHO = ("教工第一", "教工第二", "学生第一", "学生第二", "研究生第一", "本科学生第三", "离退休")


def _head(head: int) -> Unit:
    name = _NAMES[(head - 1) % len(_NAMES)] + ("" if head <= len(_NAMES) else f"{head}")
    return general_branch(f"{head:02}", name, contact="示例甲", phone=f"0595-000000{head % 100:02}")


def _branch(head: int, place: int) -> Unit:
    name = f"{_NAMES[(head - 1) % len(_NAMES)]}{_WHO[(place - 1) % len(_WHO)]}党支部"
    phone = "" if place % 3 == 0 else f"1380000{head % 100:02}{place:02}"
    note = "与教工第二支部合并过组织生活" if (head + place) % 11 == 0 else ""
    exempt = (head * 7 + place) % 29 == 0
    return branch(f"{head:02}{place:02}", name, f"{head:02}", contact="示例乙", phone=phone, note=note, exempt=exempt)


def _standings(unit: Unit, number: int, now: datetime) -> list[Standing]:
    at = datetime(2012, 9, 5 + number % 12, number % 10, number % 60, tzinfo=UTC)
    at = min(at, now - timedelta(hours=1))
    made = [Standing(unit.code, "paper", copies=number % 3)] if unit.kind in HEADS else []
    if unit.exempt or number % 7 == 3:
        reminded = Standing(unit.code, "report", State.EXEMPT if unit.exempt else State.MISSING, reminded=number % 4)
        return [*made, reminded]
    match number % 9:
        case 1:
            poor = examination(NO_EVALUATION, HINT, found="body")
            poor = Examination(
                aspects=(*poor.aspects[:3], AspectFound("社会评价", "absent"), poor.aspects[4]), findings=poor.findings
            )
            return [*made, sent(unit.code, State.INCOMPLETE, at, poor, reminded=1, reminded_at=at)]
        case 2 if unit.kind is Kind.BRANCH:
            return [*made, sent(unit.code, State.AWAITING_REVIEW, at, examination(NO_REVIEW))]
        case 4:
            return [*made, sent(unit.code, State.RETURNED, at, examination(review=SENDER), note="请补充数据后重报")]
        case 5:
            until = datetime(2012, 9, 20, 23, 59, 59, tzinfo=SHANGHAI)
            return [*made, Standing(unit.code, "report", extended_to=until, reminded=2)]
    return [*made, sent(unit.code, State.ACCEPTED, at, examination(HINT, review=SENDER, found="heading"))]
