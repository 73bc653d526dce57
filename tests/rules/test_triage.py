"""Which mail is ours. All units and addresses are invented."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from rules.campaign import Campaign, Deadline, Deliverable
from rules.model import Kind, Roster, Unit
from rules.triage import FIRST, SECOND, Belongs, Contents, Look, Paper, first_look, second_look, why
from rules.triage_words import is_plain, names_of, speaks_of, which_campaign

NOW = datetime(2012, 9, 10, 2, 0, tzinfo=UTC)
BRANCH, UNKNOWN, STAFF = "b1@jsj.example.edu.cn", "someone@example.com", "clerk@example.edu.cn"
ROSTER = Roster(
    (
        Unit("01", "计算机学院党总支", Kind.GENERAL_BRANCH, addresses=("dzz@jsj.example.edu.cn",)),
        Unit("0101", "计算机学院教工第一党支部", Kind.BRANCH, "01", addresses=(BRANCH,)),
    )
)
LONG = "本支部认真组织全体党员学习，讨论并落实各项工作，取得了一定的成绩。" * 20


def campaign(key: str = "cxzy", names: tuple[str, ...] = ("创先争优",), closes: date | None = None) -> Campaign:
    return Campaign(
        id=key,
        title="创先争优活动总结" if key == "cxzy" else "作风建设年活动总结",
        names=names,
        wrong_names=("争先创优",) if names else (),
        doc_numbers=("示例委组工〔2012〕18号",) if key == "cxzy" else (),
        opens=date(2012, 8, 27),
        closes=closes,
        deadline=Deadline(text="9月14日前", at=datetime(2012, 9, 14, 23, 59, tzinfo=timezone(timedelta(hours=8)))),
        deliverables=(Deliverable(key="report", title="总结", by=frozenset(Kind)),),
    )


CAMPAIGNS = (campaign(),)


def look(
    sender: str, subject: str, *names: str, answers_us: bool = False, attached: bool = False, shared: bool = True
) -> Look:
    return Look(sender, subject, NOW, names, answers_us, attached, shared)


def first(envelope: Look) -> Belongs:
    return first_look(envelope, CAMPAIGNS, ROSTER, (STAFF,))


def second(envelope: Look, *papers: Paper, words: str = "") -> Belongs:
    return second_look(envelope, Contents(words, papers), CAMPAIGNS, ROSTER, (STAFF,))


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(look(UNKNOWN, "好的", answers_us=True), id="a reply to us"),
        pytest.param(look(BRANCH, "创先争优总结", "1.doc"), id="a branch about the campaign"),
        pytest.param(look(BRANCH.upper(), "", "创先争优活动总结.doc"), id="told by the file name"),
        pytest.param(look(BRANCH, "", "争先创优总结.doc"), id="with the wrong name"),
        pytest.param(look(STAFF, "转发：创先争优总结", "a.zip"), id="staff passes one on"),
        pytest.param(look(UNKNOWN, "计算机学院教工第一党支部创先争优总结", "1.doc"), id="campaign and unit"),
        pytest.param(look(UNKNOWN, "你好", "照片.zip", shared=False), id="an inbox for nothing else"),
    ],
)
def test_the_envelope_says_it_is_ours(envelope: Look) -> None:
    assert first(envelope) is Belongs.OURS


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(look(BRANCH, "关于发展党员材料", "材料.doc"), id="a branch about something else"),
        pytest.param(look(BRANCH, "9月党费", "党费.xls"), id="Party dues"),
        pytest.param(look(UNKNOWN, "教材优惠目录", "目录.pdf"), id="advertising"),
        pytest.param(look(UNKNOWN, "关于设备维修的函", "函.doc"), id="a letter from somebody"),
        pytest.param(look(UNKNOWN, "你好"), id="a word from a stranger"),
        pytest.param(look(UNKNOWN, "你好", shared=False), id="no files, even in an inbox of our own"),
    ],
)
def test_other_business_is_not_even_downloaded(envelope: Look) -> None:
    assert first(envelope) is Belongs.NOT_OURS


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(look(BRANCH, "", "总结.docx"), id="a branch, an unnamed report"),
        pytest.param(look(BRANCH, "发展党员工作总结", "1.doc"), id="a branch, another report"),
        pytest.param(look(BRANCH, "请问"), id="a branch asks"),
        pytest.param(look(UNKNOWN, "", "新建 Microsoft Word 文档.doc"), id="a stranger, nothing said"),
        pytest.param(look(UNKNOWN, "支部材料", "1.doc"), id="a stranger speaks of a branch"),
        pytest.param(look(UNKNOWN, "创先争优", "1.doc"), id="a stranger names the campaign"),
        pytest.param(look(UNKNOWN, "", attached=True), id="a file whose name the server does not tell"),
    ],
)
def test_what_the_envelope_does_not_say_is_looked_into(envelope: Look) -> None:
    assert first(envelope) is Belongs.LOOK_INSIDE


REPORT = Paper("总结.docx", "创先争优活动总结", "", LONG)


@pytest.mark.parametrize(
    ("envelope", "papers", "words"),
    [
        pytest.param(look(BRANCH, "", "总结.docx"), (REPORT,), "", id="the title says it"),
        pytest.param(look(BRANCH, ""), (Paper("总结.docx", "", "", "我们开展创先争优。" + LONG),), "", id="the text"),
        pytest.param(look(BRANCH, ""), (Paper("总结.pdf"),), "", id="a scan of something called a report"),
        pytest.param(look(BRANCH, ""), (Paper("总结.docx", "", "", "见附件"),), "", id="nearly empty"),
        pytest.param(look(BRANCH, "请问"), (), "创先争优总结要盖章吗？", id="a question about it"),
        pytest.param(
            look(UNKNOWN, ""),
            (Paper("1.doc", "计算机学院党总支创先争优活动总结", "", LONG),),
            "",
            id="a stranger's title",
        ),
        pytest.param(
            look(UNKNOWN, "总结"), (Paper("1.doc", "创先争优总结", "计算机学院党总支", LONG),), "", id="and the 落款"
        ),
        pytest.param(
            look(UNKNOWN, "总结"), (Paper("1.doc", "创先争优总结", "学生第二党支部", LONG),), "", id="a 落款 half told"
        ),
        pytest.param(look(BRANCH, "教工第一党支部总结"), (), "见附件", id="a report that was forgotten"),
        pytest.param(look(UNKNOWN, "好", answers_us=True), (), "", id="a reply to us"),
        pytest.param(look(UNKNOWN, "好", shared=False), (Paper("照片.jpg", role="other"),), "", id="our own inbox"),
    ],
)
def test_what_is_inside_says_it_is_ours(envelope: Look, papers: tuple[Paper, ...], words: str) -> None:
    assert second(envelope, *papers, words=words) is Belongs.OURS


@pytest.mark.parametrize(
    ("envelope", "papers", "words"),
    [
        pytest.param(look(BRANCH, "总结"), (Paper("总结.doc", "总结", "", LONG),), "", id="a report on something else"),
        pytest.param(
            look(BRANCH, ""), (Paper("1.doc", "发展党员工作总结", "", "创先争优" + LONG),), "", id="in passing only"
        ),
        pytest.param(look(UNKNOWN, ""), (REPORT,), "", id="the campaign, nobody's"),
        pytest.param(
            look(UNKNOWN, ""), (Paper("1.doc", "计算机学院教工第一党支部总结", "", LONG),), "", id="a unit, no campaign"
        ),
        pytest.param(
            look(UNKNOWN, "关于报送创先争优总结的通知"), (Paper("通知.doc", role="notice"),), "", id="a notice"
        ),
    ],
)
def test_doubtful_mail_is_for_the_clerk(envelope: Look, papers: tuple[Paper, ...], words: str) -> None:
    assert second(envelope, *papers, words=words) is Belongs.DOUBTFUL


@pytest.mark.parametrize(
    ("envelope", "papers", "words"),
    [
        pytest.param(look(BRANCH, "请问"), (), "明天的会几点开？", id="a branch asks something else"),
        pytest.param(look(BRANCH, ""), (Paper("计划.doc", role="other"),), "", id="no report in it"),
        pytest.param(look(BRANCH, ""), (Paper("1.doc", "发展党员工作总结", "", LONG),), "", id="another report"),
        pytest.param(look(UNKNOWN, ""), (Paper("总结.doc", "教学总结", "", LONG),), "", id="a stranger's own report"),
        pytest.param(look(UNKNOWN, ""), (), "", id="nothing at all"),
    ],
)
def test_other_business_found_inside_is_left_alone(envelope: Look, papers: tuple[Paper, ...], words: str) -> None:
    assert second(envelope, *papers, words=words) is Belongs.NOT_OURS


def test_outside_of_a_campaign_only_replies_are_ours() -> None:
    later = Look(BRANCH, "创先争优总结", datetime(2012, 12, 1, tzinfo=UTC), ("1.doc",))
    over = (campaign(closes=date(2012, 9, 30)),)
    assert first_look(later, over, ROSTER, ()) is Belongs.LOOK_INSIDE
    assert second_look(later, Contents("", (REPORT,)), over, ROSTER, ()) is Belongs.DOUBTFUL
    assert first_look(Look(BRANCH, "总结", later.received_at, ("1.doc",)), over, ROSTER, ()) is Belongs.NOT_OURS


def test_every_row_decides_something_and_the_last_always_holds() -> None:
    assert len({row.sentence for row in FIRST}) == len(FIRST)
    assert len({row.sentence for row in SECOND}) == len(SECOND)
    assert why(look(BRANCH, "创先争优总结"), None, CAMPAIGNS, ROSTER, ()) == "known, names the campaign and a report"
    assert why(look(UNKNOWN, "你好"), Contents(), CAMPAIGNS, ROSTER, ()) == "nothing speaks of the campaign"


@pytest.mark.parametrize("text", ["创 先 争 优", "关于争先创优", "根据示例委组工〔2012〕18号"])
def test_a_campaign_is_known_by_its_names_and_numbers(text: str) -> None:
    assert speaks_of(text, campaign())


@pytest.mark.parametrize("text", ["", "总结", "优先"])
def test_other_words_do_not_name_a_campaign(text: str) -> None:
    assert not speaks_of(text, campaign())


def test_without_listed_names_the_topic_of_the_title_is_the_name() -> None:
    assert names_of(campaign("zuofeng", ())) == ("作风建设年", "作风建设年活动总结")


@pytest.mark.parametrize(
    "text", ["", "无主题", "Re: 回复：", "附件1.doc", "新建 Microsoft Word 文档.doc", "总结(1).docx", "7371.rar"]
)
def test_names_that_say_nothing_are_plain(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize("text", ["教学大纲.doc", "函.doc", "你好"])
def test_names_that_say_something_are_not_plain(text: str) -> None:
    assert not is_plain(text)


def test_the_open_campaign_that_is_named_is_meant() -> None:
    both = (campaign(), campaign("zuofeng", ("作风建设年",)))
    assert which_campaign(["创先争优总结"], both, NOW) is both[0]
    assert which_campaign(["作风建设年总结", "总结"], both, NOW) is both[1]
    assert which_campaign(["总结"], both, NOW) is None
    assert which_campaign(["总结"], both[:1], NOW) is both[0]
    assert which_campaign(["创先争优"], (), NOW) is None


@pytest.mark.parametrize(
    ("at", "is_it"),
    [
        (datetime(2012, 8, 26, 15, 59, tzinfo=UTC), False),
        (datetime(2012, 8, 26, 16, 0, tzinfo=UTC), True),
        (datetime(2012, 9, 30, 15, 59, tzinfo=UTC), True),
        (datetime(2012, 9, 30, 16, 0, tzinfo=UTC), False),
    ],
)
def test_a_campaign_is_open_on_its_first_and_last_day_in_its_own_zone(at: datetime, is_it: bool) -> None:
    assert (which_campaign(["创先争优"], (campaign(closes=date(2012, 9, 30)),), at) is not None) is is_it
