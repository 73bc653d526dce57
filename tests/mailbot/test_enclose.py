"""Reports that go back with an answer: to whom, in which form, how many, and the same bytes each time."""

import io
from collections.abc import Iterator

import pytest
from docx import Document as open_document

from mailbot import enclose
from mailbot.app import App
from mailbot.demo.reports import docx
from mailbot.reading import Failed, Reader
from rules.annotate import AUTHOR
from rules.model import LetterKind
from rules.opinion import opinion_on
from tests.commands import Home
from tests.mailbot.desk_work import last, letter, opened, owed, take
from tests.path_mails import report

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

LIBRARY = "图书馆直属党支部"
BRANCH = "计算机学院教工第一党支部"
MARKED = "图书馆直属党支部-创先争优活动总结（批注）.docx"


@pytest.fixture
def app(home: Home) -> Iterator[App]:
    made = opened(home)
    yield made
    made.ledger.close()


def test_a_report_to_mend_comes_back_with_comments_and_the_letter_says_so(app: App) -> None:
    name, content = report(LIBRARY, without=("社会评价",))
    take(app, "lib", "图书馆总结", [(name, content)])
    found = last(app)
    assert list(found.files) == [MARKED]
    word = open_document(io.BytesIO(found.files[MARKED]))
    summary = next(iter(word.comments))
    assert summary.author == AUTHOR
    assert summary.text.startswith("还差一处要补正")
    assert "附件是加了批注的副本，要看的地方都标出来了；您的原件没有动。" in found.text
    assert "加了批注的副本" in found.html
    with app.ledger.reading() as book:
        sha256 = book.standing(app.campaigns[0].id, "07", "report").receipts[0].sha256
    assert app.archive.read(sha256) == content, "the original is untouched"


def test_a_report_in_order_comes_back_with_nothing(app: App) -> None:
    take(app, "lib", "图书馆总结", [report(LIBRARY)])
    assert last(app).files == {}
    assert "附件" not in last(app).text


def test_of_plain_text_the_findings_alone_come_back(app: App) -> None:
    text = f"{LIBRARY}创先争优活动总结\n我馆党支部认真学习，开展了活动。\n{LIBRARY}\n2012年9月6日\n"
    take(app, "lib", "图书馆总结", [(f"{LIBRARY}总结.txt", text.encode())])
    ((name, content),) = last(app).files.items()
    assert name == "图书馆直属党支部-创先争优活动总结（检查意见）.docx"
    assert "检查意见" in [one.text for one in open_document(io.BytesIO(content)).paragraphs]
    assert "附件是一份检查意见" in last(app).text


def test_what_could_not_be_opened_is_said_in_the_letter_alone(app: App) -> None:
    take(app, "lib", "图书馆总结", [(f"{LIBRARY}总结.docx", b"PK\x03\x04" + bytes(100))])
    assert last(app).files == {}


def test_the_review_that_a_branch_cannot_give_is_not_asked_for_in_its_copy(app: App) -> None:
    take(app, "jsj-jg1", f"{BRANCH}总结", [report(BRANCH, without=("社会评价",))])
    answers = [one for one in owed(app) if one.kind is LetterKind.ACKNOWLEDGEMENT]
    ((name, content),) = letter(app, answers[-1]).files.items()
    assert name == "教工第一党支部-创先争优活动总结（批注）.docx"
    said = "\n".join(comment.text for comment in open_document(io.BytesIO(content)).comments)
    assert "社会评价" in said
    assert "把关" not in said


def test_the_same_report_again_comes_back_only_while_it_is_to_be_mended(app: App) -> None:
    to_mend = report(LIBRARY, without=("社会评价",))
    for number in (1, 2):
        take(app, "lib", f"图书馆总结 {number}", [to_mend])
        assert list(last(app).files) == [MARKED]
    in_order = report(LIBRARY)
    for number in (3, 4):
        take(app, "lib", f"图书馆总结 {number}", [in_order])
        assert last(app).files == {}


def test_the_copies_of_one_mail_are_bounded_and_the_letter_says_how_many_are_not_there(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enclose, "MOST", 2)
    branches = (BRANCH, "计算机学院教工第二党支部", "计算机学院学生第一党支部")
    take(app, "jsj", "计算机学院材料", [report(name, without=("社会评价",)) for name in branches])
    assert len(last(app).files) == 2
    assert "附件是 2 份加了批注的副本，要看的地方都标出来了；另有 1 份没有附上，请看本信。" in last(app).text


def test_two_files_of_one_unit_have_names_of_their_own(app: App) -> None:
    files = [report(LIBRARY, f"{LIBRARY}总结{seed}.docx", seed=seed, without=("社会评价",)) for seed in (1, 2)]
    take(app, "lib", "图书馆总结", files)
    assert set(last(app).files) == {
        "图书馆直属党支部-创先争优活动总结～2（批注）.docx",
        "图书馆直属党支部-创先争优活动总结（批注）.docx",
    }


def test_a_copy_that_would_be_too_large_is_replaced_by_the_findings_and_a_failing_child_by_nothing(app: App) -> None:
    opinion = opinion_on((), app.now())
    content = docx(["图书馆直属党支部总结", "我们认真开展了活动。"])
    assert getattr(enclose.make(app.reader, content, opinion), "kind", "") == "批注"
    assert getattr(enclose.make(app.reader, content, opinion, largest=100), "kind", "") == "检查意见"

    class Dying(Reader):
        def run(self, *_: object, **__: object) -> Failed:  # type: ignore[override]
            return Failed("MemoryError")

    assert enclose.make(Dying(), content, opinion) is None


def test_a_mail_that_gets_no_answer_makes_no_copies(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(enclose, "make", lambda *_: made.append(_))
    no_answers = app.campaigns[0].reply.model_copy(update={"cap_per_day": 0})
    silent = app.campaigns[0].model_copy(update={"reply": no_answers})
    object.__setattr__(app, "campaigns", (silent,))
    take(app, "lib", "图书馆总结", [report(LIBRARY, without=("社会评价",))])
    assert (made, owed(app)) == ([], [])
