"""What staff decide: state, sheet, letter, tree; once, undone, and by the command line."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailbot.app import App
from mailbot.decide import NotDecided, Outcome, Wish, decide, foresee
from mailbot.overview import look_over
from rules.model import LetterKind, Standing, State
from rules.status_document import status_document
from storage.nouns import Outgoing, SendState
from tests.commands import Home, is_one_line
from tests.mailbot.desk_work import last, letter, opened, owed, take
from tests.path_mails import report

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

LIBRARY, BRANCH = "图书馆直属党支部", "计算机学院教工第一党支部"


@pytest.fixture
def app(home: Home) -> Iterator[App]:
    made = opened(home)
    yield made
    made.ledger.close()


def wish(app: App, unit: str, accepted: bool | None, reason: str = "", **more: object) -> Wish:
    return Wish(app.campaigns[0], unit, accepted, reason, **more)  # type: ignore[arg-type]


def standing(app: App, unit: str) -> Standing:
    with app.ledger.reading() as book:
        return book.standing(app.campaigns[0].id, unit, "report")


def told(app: App) -> list[Outgoing]:
    """The letters about decisions that are owed or went out."""
    return [one for one in owed(app) if one.kind is LetterKind.DECISION and one.state is not SendState.CANCELLED]


def mark_sent(app: App, sent: Outgoing) -> None:
    with app.ledger.transaction() as book:
        book.outbox.mark_sent(sent.id, app.now())


def test_a_returned_report_is_asked_for_again_and_its_branch_hears_why_once(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    outcome = decide(app, wish(app, "07", False, "请补上具体数据"))
    assert (outcome.before.state, outcome.after.state) == (State.ACCEPTED, State.RETURNED)
    (sent,) = told(app)
    assert sent.key == "decision:chuangxian-zhengyou-2012:07:1:1"
    assert sent.recipients == ("lib@example.edu.cn",)
    found = letter(app, sent)
    assert found.first_line == "这份总结需要修改，已退回。"
    assert "原因：请补上具体数据" in found.text
    assert found["Auto-Submitted"] == "auto-generated"
    assert not decide(app, wish(app, "07", False, "请补上具体数据")).changed
    assert len(told(app)) == 1
    take(app, "lib", "图书馆总结（修改）", [report(LIBRARY, seed=5)])
    assert (standing(app, "07").state, standing(app, "07").current) == (State.ACCEPTED, 2)
    decision = standing(app, "07").receipts[0].decision
    assert decision is not None
    assert decision.reason == "请补上具体数据"


def test_to_accept_again_without_the_reason_keeps_the_reason_and_writes_to_nobody(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    decide(app, wish(app, "07", True, "口头说明过"))
    assert not decide(app, wish(app, "07", True)).changed
    assert decide(app, wish(app, "07", True, "另有说明")).changed
    assert len(told(app)) == 1, "of the two letters that were owed the newer one goes out"


def test_the_word_of_staff_is_the_evidence_in_status_and_stands_in_the_sheet(app: App) -> None:
    take(app, "jsj-jg1", f"{BRANCH}总结", [report(BRANCH, without=("社会评价",))])
    assert standing(app, "0101").state is State.INCOMPLETE
    decide(app, wish(app, "0101", True, "电话核实过"))
    seen = look_over(app, app.campaigns[0], app.now())
    unit = next(one for one in status_document(seen.facts)["units"] if one["code"] == "0101")
    (found,) = [one for one in unit["deliverables"] if one["key"] == "report"]
    assert (found["state"], found["review"]["evidence"], found["review"]["by"]) == ("accepted", "staff", "组织部")
    rows = {row.key: row for group in seen.tracking().groups for row in group.rows}
    assert rows["0101"].note.startswith("按组织部意见接收（电话核实过）")
    assert last(app).first_line == "这份总结已由组织部审看接收，登记完毕。"


def test_a_decision_that_nobody_has_heard_of_is_undone_in_silence_and_a_known_one_is_not(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    before = standing(app, "07")
    decide(app, wish(app, "07", False, "错了"))
    undone = decide(app, wish(app, "07", None))
    assert (undone.letter, told(app)) == (None, []), "the letter had not gone: it is taken out"
    assert standing(app, "07") == before
    decide(app, wish(app, "07", False, "又错了"))
    mark_sent(app, told(app)[-1])
    decide(app, wish(app, "07", None))
    assert last(app).first_line == "此前对这份总结的处理意见已撤销，现在的状态：已接收。"
    assert [one.key.rpartition(":")[2] for one in told(app)] == ["2", "3"]


def test_a_quiet_decision_writes_to_nobody(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    before = len(owed(app))
    assert decide(app, wish(app, "07", False, "再看看", tell=False)).letter is None
    assert len(owed(app)) == before


def test_a_decision_withdraws_the_request_for_review(app: App) -> None:
    take(app, "jsj-jg1", f"{BRANCH}总结", [report(BRANCH)])
    (request,) = [one for one in owed(app) if one.kind is LetterKind.REVIEW_REQUEST]
    decide(app, wish(app, "0101", True))
    with app.ledger.reading() as book:
        assert book.outbox.letter(request.id).state is SendState.CANCELLED


def test_the_version_that_counts_lies_without_a_number_in_the_tree(app: App) -> None:
    old, new = report(LIBRARY), report(LIBRARY, without=("社会评价",), seed=3)
    take(app, "lib", "图书馆总结", [old])
    take(app, "lib", "图书馆总结", [new])
    newest = next((app.settings.storage.data_dir / "收件").rglob("*活动总结.docx"))
    assert newest.read_bytes() == old[1]
    decide(app, wish(app, "07", True, version=2))
    assert (standing(app, "07").current, newest.read_bytes()) == (2, new[1])
    decide(app, wish(app, "07", None, version=2))
    assert (standing(app, "07").current, newest.read_bytes()) == (1, old[1])


def test_to_foresee_changes_nothing(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    before, letters = standing(app, "07"), len(owed(app))
    outcome = foresee(app, wish(app, "07", False, "看看"))
    assert isinstance(outcome, Outcome)
    assert outcome.after.state is State.RETURNED
    assert (standing(app, "07"), len(owed(app))) == (before, letters)


@pytest.mark.parametrize(
    ("unit", "accepted", "version", "said"),
    [
        ("99", True, None, "no unit of that code"),
        ("06", True, None, "nothing has come"),
        ("07", True, 3, "there is no version 3; it has 1"),
        ("07", None, None, "nothing to undo"),
    ],
)
def test_what_cannot_be_decided_is_said_in_one_line(
    app: App, unit: str, accepted: bool | None, version: int | None, said: str
) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    with pytest.raises(NotDecided, match=said):
        decide(app, wish(app, unit, accepted, version=version))


def test_the_same_bytes_again_are_answered_with_the_decision(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    decide(app, wish(app, "07", False, "请补上具体数据"))
    take(app, "lib", "图书馆总结，再发一次", [report(LIBRARY)])
    assert last(app).first_line == (
        "已收到，与退回的第 1 版完全相同，请修改后再发。按组织部意见退回（请补上具体数据）。"
    )
    assert last(app).files == {}


def test_what_staff_took_as_it_is_comes_back_with_no_more_wishes(app: App) -> None:
    lacking = report(LIBRARY, without=("社会评价",))
    take(app, "lib", "图书馆总结", [lacking])
    assert last(app).files
    decide(app, wish(app, "07", True))
    take(app, "lib", "图书馆总结，再发一次", [lacking])
    assert last(app).first_line == "已收到，与已登记的第 1 版完全相同，无需再发。"
    assert "社会评价" not in last(app).text
    assert last(app).files == {}


def test_the_general_branch_that_sends_it_afterwards_gets_no_wishes_either(app: App) -> None:
    lacking = report(BRANCH, without=("社会评价",))
    take(app, "jsj-jg1", f"{BRANCH}总结", [lacking])
    decide(app, wish(app, "0101", True))
    take(app, "jsj", f"{BRANCH}总结", [lacking])
    assert last(app).first_line == "已收到，已记为经党总支把关，登记完毕。"
    assert last(app).files == {}


def test_the_command_says_what_it_does_to_whom_and_refuses_in_one_line(home: Home) -> None:
    app = opened(home)
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    app.ledger.close()
    foreseen = home.run("decide", "07", "--return", "请补上 具体数据", "--dry-run")
    assert foreseen.code == 0
    assert foreseen.out.splitlines() == [
        "将退回（请补上 具体数据）：图书馆直属党支部第 1 版",
        "状态：已接收 → 已退回，以第 1 版为准",
        "将写信告知：lib@example.edu.cn",
    ]
    assert home.run("decide", "07", "--return", "请补上具体数据").out.startswith("已退回")
    assert "没有变化" in home.run("decide", "07", "--return", "请补上具体数据").out
    assert home.run("decide", "07", "--undo", "--quiet").out.splitlines()[-1] == "不写信告知"
    for words in ((), ("--accept", "--undo"), ("--return", "  ")):
        is_one_line(home.run("decide", "07", *words), 2, "give one of --accept, --return with a reason, --undo")
    is_one_line(home.run("decide", "99", "--accept"), 2, "decide: 99", "no unit of that code")


def test_a_decision_is_dated_by_the_clock_of_the_bot(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    decide(app, wish(app, "07", True))
    decision = standing(app, "07").receipts[0].decision
    assert decision is not None
    assert abs(decision.at - app.now()) < timedelta(minutes=5)
