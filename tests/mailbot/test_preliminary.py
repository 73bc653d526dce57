"""预审 in the bot: the same answer, and nothing comes of it."""

import io
from collections.abc import Iterator

import pytest
from docx import Document as open_document

from mailbot.app import App
from mailbot.demo.reports import docx
from mailbot.overview import look_over
from mailbot.replay import foresee, replay_one
from rules.model import LetterKind, Outcome
from rules.tracking import figures
from tests.commands import IN_TIME, INBOX, Home
from tests.mailbot.desk_work import last, opened, owed, take
from tests.path_mails import mail, report, to_bytes

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

LIBRARY, BRANCH = "图书馆直属党支部", "计算机学院教工第一党支部"


@pytest.fixture
def app(home: Home) -> Iterator[App]:
    made = opened(home)
    yield made
    made.ledger.close()


def nothing_came_of_it(app: App) -> None:
    campaign = app.campaigns[0]
    with app.ledger.reading() as book:
        assert book.standings(campaign.id) == {}
        assert book.open_cases(None) == ()
        counts = book.mailbox_counts()
    seen = look_over(app, campaign, app.now())
    assert seen.tracking().log == ()
    assert figures(seen.tracking()).new_today == 0
    assert not (app.settings.storage.data_dir / "收件").exists()
    assert counts.seen == counts.filed


def test_a_report_to_look_at_is_answered_with_its_copy_and_counts_as_nothing(app: App) -> None:
    assert take(app, "jsj-jg1", "【预审】教工一支部总结", [report(BRANCH, without=("社会评价",))]) is Outcome.FILED
    (answer,) = owed(app)
    assert answer.kind is LetterKind.PRELIMINARY, "no request for review"
    found = last(app)
    assert found.first_line == "预审意见，不算报送：还差一处要补。"
    assert "正式报送请去掉主题里的“预审”再发一次" in found.text
    assert "由计算机学院党总支发来最省事" in found.text
    assert "把关" not in found.text
    assert list(found.files) == ["教工第一党支部-创先争优活动总结（批注）.docx"]
    nothing_came_of_it(app)
    with app.ledger.reading() as book:
        (entry,) = book.mail_log(None)
    assert (entry.outcome, entry.reason) == (Outcome.FILED, "preliminary")
    assert app.archive.has(entry.sha256), "the original is kept"


def test_nobody_is_asked_whose_it_is_and_no_address_is_learned(app: App) -> None:
    nameless = report("教工党支部", "总结(1).docx", title="教工党支部创先争优活动总结", without=("社会评价",))
    take(app, "else@example.com", "预审：教工党支部创先争优活动总结", [nameless])
    assert "哪个单位的？" not in last(app).text
    assert list(last(app).files) == ["报告-创先争优活动总结（批注）.docx"]
    take(app, "somebody@example.com", "预审：计算机学院教工一支部创先争优总结", [report(BRANCH)])
    assert [one.kind for one in owed(app)] == [LetterKind.PRELIMINARY] * 2
    nothing_came_of_it(app)


def test_a_bundle_is_looked_at_report_by_report(app: App) -> None:
    files = [report(LIBRARY, without=("社会评价",)), report(BRANCH, without=("社会评价",), seed=4)]
    take(app, "jsj", "请预审：创先争优总结", files)
    assert last(app).first_line == "预审意见，不算报送：共 2 份，2 份还要补。"
    assert len(last(app).files) == 2
    nothing_came_of_it(app)


def test_nothing_is_said_of_a_review_that_comes_later(app: App) -> None:
    draft = (
        "总结（初稿）.docx",
        docx([f"{BRANCH}创先争优活动总结", "我们认真开展了活动。", "党总支意见：", "（盖章）　年　月　日"]),
    )
    take(app, "jsj-jg1", "预审 教工一支部创先争优总结", [draft])
    (content,) = last(app).files.values()
    said = last(app).text + "".join(one.text for one in open_document(io.BytesIO(content)).comments)
    assert "党总支意见" not in said
    assert "字样" not in said


def test_a_report_that_does_not_even_name_the_campaign_is_looked_at_and_troubles_nobody(app: App) -> None:
    text = [f"{LIBRARY}材料", *["我馆党员在流通、采编、信息各岗位上为读者服务，延长开馆时间，送书到系。"] * 12]
    assert take(app, "lib", "预审", [("汇报.docx", docx(text))]) is Outcome.FILED
    assert last(app).first_line.startswith("预审意见，不算报送：")
    nothing_came_of_it(app)


def test_handed_in_afterwards_it_is_the_first_version(app: App) -> None:
    take(app, "lib", "预审 图书馆总结", [report(LIBRARY)])
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    with app.ledger.reading() as book:
        standing = book.standing(app.campaigns[0].id, "07", "report")
    assert (standing.current, standing.state.value) == (1, "accepted")
    assert last(app).first_line == "已收到，材料齐全，已登记。"


def test_without_a_file_a_question_is_read_by_a_person_and_a_forgotten_one_is_asked_for(app: App) -> None:
    assert take(app, "lib", "预审 创先争优总结", body="见附件，请预审。") is Outcome.FILED
    assert last(app).first_line == "预审邮件已收到，但里面没有附件。"
    nothing_came_of_it(app)
    assert take(app, "lib", "请问创先争优总结怎么预审", body="请问在哪里预审？") is Outcome.SET_ASIDE


def test_the_same_mail_twice_is_answered_once(app: App) -> None:
    raw = to_bytes(mail("lib@example.edu.cn", INBOX, "预审 图书馆总结", files=[report(LIBRARY)], Date=IN_TIME))
    assert [replay_one(app, raw), replay_one(app, raw)] == [Outcome.FILED, Outcome.DUPLICATE]
    assert len(owed(app)) == 1


def test_a_dry_run_says_so(app: App) -> None:
    raw = to_bytes(mail("lib@example.edu.cn", INBOX, "预审", files=[report(LIBRARY)], Date=IN_TIME))
    assert foresee(app, raw) == (Outcome.FILED, f"预审，不算报送；{report(LIBRARY)[0]} → {LIBRARY}")
