"""From reports in the ledger to the clerk's page: copies are listed for staff, told once, and never said to others."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document as open_document
from python_calamine import CalamineWorkbook

from mailbot.app import App
from mailbot.copies import near_copies_of, with_copies
from mailbot.overview import look_over
from mailbot.reading import Reader
from mailbot.sheet import write_sheet
from mailbot.tell import send_sheet
from rules.copies import Relation
from rules.copying.print import print_of
from rules.model import Arrival, Document, Examination, LetterKind, Outcome, Receipt, Standing, State, Unreadable
from rules.word import read_document
from storage.nouns import MailFacts
from tests.commands import Home
from tests.copies_texts import independent, with_own_figures
from tests.documents.build import Line, docx

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

CAME = datetime(2012, 9, 10, 1, tzinfo=UTC)
NAMES = {"01": "计算机学院党总支", "02": "数学学院党总支", "04": "化学与材料学院党总支", "05": "机关党总支"}


@dataclass
class ReaderHere(Reader):
    """Reads in this process: the files are ours."""

    def read(self, name: str, content: bytes) -> Document | Unreadable:
        return read_document(name, content)


def texts() -> list[tuple[str, ...]]:
    return list(independent(700).values())


def report(unit: str, lines: tuple[str, ...]) -> bytes:
    title = Line(f"{NAMES.get(unit, unit)}创先争优活动总结", bold=True, centred=True)
    return docx([title, *(line for line in lines if "党支部" not in line[-12:] and len(line) > 12)])


def hand_in(app: App, unit: str, content: bytes, campaign: str = "", at: datetime = CAME, prints: bool = True) -> None:
    """A report of a unit as the ledger has it once it was taken in."""
    original = app.archive.keep(content)
    with app.ledger.transaction() as book:
        number = book.mailbox_counts().seen + 1
        facts = MailFacts(f"{number}@example.edu.cn", sha256(str(number).encode()).hexdigest(), 1)
        mail = book.add_mail(Arrival("a", "INBOX", 1, number, at), facts, Outcome.FILED)
        receipt = Receipt(1, "=总结.docx", original, len(content), at, "a@example.edu.cn", mail, Examination())
        standing = Standing(unit, "report", State.ACCEPTED, (receipt,), 1)
        book.save_standing(campaign or app.campaigns[0].id, standing)
        document = read_document("总结.docx", content)
        if prints and isinstance(document, Document):
            book.save_print(original, print_of(document))


@pytest.fixture
def app(home: Home) -> Iterator[App]:
    """An empty department."""
    made = replace(home.open(), reader=ReaderHere())
    yield made
    made.close()


@pytest.fixture
def filled(app: App) -> App:
    """Four 总支 have reported: three in their own words, 机关 in those of 计算机学院 with other figures."""
    for unit, lines in zip(NAMES, (*texts()[:3], with_own_figures(texts()[0], 1)), strict=True):
        hand_in(app, unit, report(unit, lines))
    return app


def pages(app: App) -> dict[str, list[list[object]]]:
    tracking, _ = with_copies(app, look_over(app, app.campaigns[0], app.now()).tracking())
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_sheet(tracking)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_sheet_has_the_pair_with_its_passages_and_nothing_else(filled: App) -> None:
    page = pages(filled)["文字相近"]
    assert page[0][0] == "文字相近（仅供组织部了解）"
    assert str(page[2][0]).startswith("共 1 对。")
    pair, passage = page[4], page[5]
    assert pair[:2] == [1, "两个单位"]
    assert str(pair[2]) == "计算机学院党总支\n=总结.docx（第 1 版）"
    assert str(pair[3]).startswith("机关党总支\n")
    assert "%" in str(pair[4])
    assert str(passage[2]).startswith("¶")
    assert not [word for word in ("抄", "雷同", "违") if word in str(page)]


def test_the_page_is_only_there_when_there_is_something(app: App) -> None:
    for unit, lines in zip(NAMES, texts(), strict=False):
        hand_in(app, unit, report(unit, lines))
    assert "文字相近" not in pages(app)


def test_a_campaign_that_does_not_ask_compares_nothing(filled: App) -> None:
    silent = filled.campaigns[0].model_copy(update={"near_duplicate": None})
    assert near_copies_of(filled, silent) == ()


def test_words_that_look_like_a_formula_stay_words(app: App) -> None:
    lines = tuple(f"=1+1 {line}" for line in texts()[0])
    for unit in ("01", "05"):
        hand_in(app, unit, report(unit, lines))
    assert "=1+1" in str(pages(app)["文字相近"][5][2])


def send(app: App, milestone: str = "") -> None:
    now = app.now()
    assert send_sheet(app, look_over(app, app.campaigns[0], now).tracking(), now, milestone, milestone)


def letters(app: App) -> list[bytes]:
    with app.ledger.reading() as book:
        found = book.outbox.listing()
    assert all(letter.kind is LetterKind.DAILY and letter.recipients == app.department.staff for letter in found)
    return [app.archive.read(letter.content_sha256) for letter in found]


def test_staff_get_the_passages_once_and_again_when_the_pairs_are_others(filled: App, home: Home) -> None:
    send(filled)
    send(filled, "截止")
    hand_in(filled, "06", report("06", texts()[1]))
    send(filled, "全部登记")
    assert [letter.count(b"wordprocessingml") for letter in letters(filled)] == [1, 0, 1]
    (kept,) = (home.var / "台账").glob("*文字相近对照*.docx")
    word = open_document(io.BytesIO(kept.read_bytes()))
    assert word.paragraphs[0].text == "文字相近的报告（逐段对照）"
    assert len(word.tables) == 2


def test_an_earlier_report_of_the_unit_is_called_by_its_campaign(app: App) -> None:
    hand_in(app, "01", report("01", texts()[0]), "xuexi-2009", datetime(2009, 6, 1, tzinfo=UTC))
    hand_in(app, "01", report("01", with_own_figures(texts()[0], 1)))
    page = pages(app)["文字相近"]
    assert (page[4][1], page[4][5]) == ("本单位往次", "与本单位以前报来的相比。")
    assert str(page[4][3]).startswith("计算机学院党总支《xuexi-2009》")


def test_a_branch_beside_its_own_head_is_said_mildly(app: App) -> None:
    hand_in(app, "01", report("01", (*texts()[0], *texts()[1])))
    hand_in(app, "0101", report("0101", texts()[0]))
    row = pages(app)["文字相近"][4]
    assert (row[1], row[5]) == ("支部与总支", "总支汇总支部材料，本属常情，仅供了解。")


def test_reports_from_before_prints_were_kept_get_one(app: App) -> None:
    for unit in ("01", "05"):
        hand_in(app, unit, report(unit, texts()[0]), prints=False)
    hand_in(app, "04", b"no document", prints=False)
    assert [pair.second.unit for pair in near_copies_of(app, app.campaigns[0])] == ["05"]
    with app.ledger.reading() as book:
        assert book.without_print(app.campaigns[0].id) == ()


def test_an_original_that_is_gone_leaves_the_estimate(app: App, home: Home) -> None:
    for unit in ("01", "05"):
        hand_in(app, unit, report(unit, texts()[0]))
    (pair,) = near_copies_of(app, app.campaigns[0])
    assert pair.compared
    (home.var / "originals" / pair.first.sha256[:2] / pair.first.sha256[2:]).unlink()
    (estimated,) = near_copies_of(app, app.campaigns[0])
    assert (estimated.compared, estimated.share) == (False, 1.0)
    assert str(pages(app)["文字相近"][4][5]).startswith("按指纹估计")


def test_only_so_many_pairs_are_read_again(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    for unit in ("01", "04", "05"):
        hand_in(app, unit, report(unit, texts()[0]))
    monkeypatch.setattr("mailbot.copies.PAIRS_COMPARED", 2)
    assert [pair.compared for pair in near_copies_of(app, app.campaigns[0])] == [True, True, False]


def test_a_report_that_is_the_notice_is_said_beside_the_notice(filled: App) -> None:
    notice = read_document("通知.txt", "\n".join(texts()[0]).encode())
    assert isinstance(notice, Document)
    told = replace(filled, notices={filled.campaigns[0].id: (("通知.txt", notice),)})
    found = near_copies_of(told, told.campaigns[0])
    assert {pair.relation for pair in found} == {Relation.NOTICE}
    assert "01" in {pair.first.unit for pair in found}


@pytest.mark.slow
def test_reports_that_came_by_mail_are_listed_by_the_command(home: Home) -> None:
    for account, unit in (("jsj", "01"), ("jiguan", "05")):
        files = [(f"{NAMES[unit]}总结.docx", report(unit, texts()[0]))]
        home.write_mail(f"mails/{account}.eml", account, f"{NAMES[unit]}总结", files)
    assert home.run("replay", str(home.path / "mails")).code == 0
    (found,) = home.run("copies", "--json").json
    assert (found["relation"], found["first"]["unit"], found["second"]["unit"]) == ("other", "01", "05")
    assert (found["first"]["share"], found["compared"]) == (1.0, True)
    assert sum(passage["characters"] for passage in found["passages"]) > 500
    target = home.path / "对照.docx"
    said = home.run("copies", "-o", str(target))
    assert said.code == 0
    assert "计算机学院党总支" in said.out
    (table,) = open_document(str(target)).tables
    assert [cell.text.splitlines()[0] for cell in table.rows[0].cells] == ["甲　计算机学院党总支", "乙　机关党总支"]
    with home.open().ledger.reading() as book:
        answers = [one for one in book.outbox.listing() if one.kind is LetterKind.ACKNOWLEDGEMENT]
        written = b"".join(
            Path(home.var, "originals", one.content_sha256[:2], one.content_sha256[2:]).read_bytes() for one in answers
        )
    assert len(answers) == 2
    assert "相近" not in written.decode()


def test_nothing_alike_is_said_in_one_line(home: Home) -> None:
    assert home.run("copies").out == "没有文字相近的报告。\n"
    assert home.run("copies", "--json").json == []
    assert home.run("copies", "-o", str(home.path / "no" / "where.docx")).code == 2
