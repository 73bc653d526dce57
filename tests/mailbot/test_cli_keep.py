"""Commands that keep things in order: roster, outbox, set-aside, replay; and `run --once` on the embedded server."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.demo import college
from mailbot.demo.reports import Report, write
from mailbot.demo.server import MailServer
from mailbot.tables import read_rows, write_rows
from tests.commands import INBOX, Home, is_one_line
from tests.path_mails import mail, report, to_bytes

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

LIBRARY = "图书馆直属党支部"
HOSTILE = "创先争优总结 [/red] [link=x]y :smile: \x1b]0;taken over\x07"


# ------------------------------------------------------------------------------------------------- roster


def rewritten(home: Home, change: dict[str, tuple[str, str]], without: str = "") -> str:
    """The roster as exported, with column and value changed for some codes, and one code left out."""
    path = home.path / "roster-new.xlsx"
    assert home.run("roster", "export", str(path)).code == 0
    header, *rows = [[str(cell) for cell in row] for row in read_rows(path)]
    kept = [row for row in rows if row[header.index("编号")] != without]
    for row in kept:
        if new := change.get(row[header.index("编号")]):
            row[header.index(new[0])] = new[1]
    path.write_bytes(write_rows([header, *kept]))
    return str(path)


def test_the_exported_roster_can_be_imported_and_changes_nothing(home: Home) -> None:
    said = home.run("roster", "import", rewritten(home, {}))
    assert (said.code, said.out) == (0, "名单没有变化。\n")


def test_importing_shows_the_changes_first_and_asks(home: Home) -> None:
    new = rewritten(home, {"07": ("联系人", "壬九")}, without="0602")
    refused = home.run("roster", "import", new, answer="n\n")
    assert refused.code == 0
    assert "共 2 处变化，写入？" in refused.out
    assert refused.out.index("壬九") < refused.out.index("写入？")
    assert refused.out.endswith("没有写入，名单不变。\n")
    agreed = home.run("roster", "import", new, answer="y\n")
    assert agreed.code == 0
    assert agreed.out.endswith("已写入 29 个单位。\n")
    assert home.run("roster", "import", new).out == "名单没有变化。\n"


def test_without_an_answer_nothing_is_imported_and_with_yes_nothing_is_asked(home: Home) -> None:
    new = rewritten(home, {"07": ("电话", "0595-11111111")})
    silent = home.run("roster", "import", new, answer="")
    assert (silent.code, silent.err.count("\n")) == (1, 1)
    assert "--yes" in silent.err
    said = home.run("roster", "import", new, "--yes")
    assert said.code == 0
    assert "写入？" not in said.out
    assert "已写入 30 个单位。" in said.out


def test_a_csv_roster_from_chinese_excel_can_be_imported(home: Home) -> None:
    rows = read_rows(Path(rewritten(home, {"07": ("联系人", "壬九")})))
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = home.path / "名册.csv"
    path.write_bytes(text.getvalue().encode("gbk"))
    assert "已写入 30 个单位。" in home.run("roster", "import", str(path), "--yes").out


def test_a_faulty_roster_changes_nothing_and_every_fault_is_a_line(home: Home) -> None:
    new = rewritten(home, {"07": ("类型", "支部"), "0602": ("上级", "99")})
    said = home.run("roster", "import", new, "--yes")
    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 2
    assert all(line.startswith("mailbot: roster-new.xlsx: 第 ") for line in said.err.splitlines())
    is_one_line(home.run("roster", "import", str(home.path / "nothing.xlsx")), 2, "nothing.xlsx")
    is_one_line(home.run("roster", "import", str(home.config)), 2, "config.toml")
    is_one_line(home.run("roster", "export", str(home.path / "roster.csv")), 2, ".xlsx")
    assert home.run("roster", "import", rewritten(home, {})).out == "名单没有变化。\n"


# ------------------------------------------------------------------------------------------------- replay, outbox


@pytest.fixture
def answered(home: Home) -> Home:
    """One report was taken in; its answer waits in the outbox."""
    home.write_mail("one.eml", "lib", f"{LIBRARY}总结", [report(LIBRARY)])
    assert home.run("replay", str(home.path / "one.eml")).out == "filed 1\n"
    return home


def test_the_same_mail_twice_changes_nothing(answered: Home) -> None:
    before = answered.files(), answered.run("status", "--json").json, answered.run("outbox", "list").out
    assert answered.run("replay", str(answered.path / "one.eml")).out == "duplicate 1\n"
    assert (answered.files(), answered.run("status", "--json").json, answered.run("outbox", "list").out) == before


def test_a_dry_run_says_what_would_become_of_each_mail_and_writes_nothing(home: Home) -> None:
    home.run("status")
    home.write_mail("mails/1.eml", "lib", f"{LIBRARY}总结", [report(LIBRARY, "总结.docx")])
    home.write_mail("mails/2.eml", "someone@example.com", "会议通知")
    home.write_mail("mails/3.eml", "someone@example.com", HOSTILE, [("总结.docx", write(Report("某")))])
    before = home.files(), home.run("status", "--json").json
    said = home.run("replay", "--dry-run", str(home.path / "mails"))
    assert said.out.splitlines()[:2] == [f"1.eml: filed：总结.docx → {LIBRARY}", "2.eml: not_ours"]
    assert said.code == 1
    assert "set_aside 1" in said.out.splitlines()[-1]
    assert (home.files(), home.run("status", "--json").json) == before


def test_replay_says_which_path_is_missing_before_it_takes_anything(home: Home) -> None:
    home.write_mail("one.eml", "lib", f"{LIBRARY}总结", [report(LIBRARY)])
    is_one_line(home.run("replay", str(home.path / "one.eml"), "nothing.mbox"), 2, "nothing.mbox", "no such file")
    assert home.run("status", "--json").json["mailbox"]["seen"] == 0
    (home.path / "empty").mkdir()
    assert home.run("replay", str(home.path / "empty")).out == "no mail found\n"


def test_letters_can_be_listed_cancelled_and_owed_again(answered: Home) -> None:
    header, line = answered.run("outbox", "list").out.splitlines()
    assert header.split() == ["No.", "state", "to", "subject", "tries", "error"]
    assert line.split() == ["1", "waiting", "lib@example.edu.cn", "Re:", f"{LIBRARY}总结", "0"]
    assert answered.run("outbox", "cancel", "1").out == "1: cancelled\n"
    assert answered.run("outbox", "list").out == "outbox: nothing waits\n"
    assert "cancelled" in answered.run("outbox", "list", "--all").out
    assert answered.run("outbox", "retry", "1").out == "1: owed again\n"
    assert "waiting" in answered.run("outbox", "list").out


def test_a_letter_that_is_not_there_or_has_gone_is_refused(answered: Home) -> None:
    is_one_line(answered.run("outbox", "retry", "99"), 2, "no letter 99", "outbox list")
    app = answered.open()
    with app.ledger.transaction() as book:
        book.outbox.claim(1, app.now())
        book.outbox.mark_sent(1, app.now())
    app.close()
    for action in ("retry", "cancel"):
        is_one_line(answered.run("outbox", action, "1"), 2, "letter 1", "went out")


def test_a_letter_that_was_given_up_is_listed_with_the_reason_and_makes_the_exit_code_1(answered: Home) -> None:
    app = answered.open()
    with app.ledger.transaction() as book:
        book.outbox.claim(1, app.now())
        book.outbox.give_up(1, "550 no such mailbox")
    app.close()
    said = answered.run("outbox", "list")
    assert said.code == 1
    assert "failed" in said.out
    assert "550 no such mailbox" in said.out


# ------------------------------------------------------------------------------------------------- set-aside


@pytest.fixture
def doubted(home: Home) -> Home:
    """A mail of which nobody can say whether it is ours; its subject would steer a terminal."""
    home.write_mail("doubt.eml", "someone@example.com", HOSTILE, [("总结.docx", write(Report("某")))])
    assert home.run("replay", str(home.path / "doubt.eml")).code == 1
    return home


def test_mail_that_waits_for_a_person_is_listed_and_its_subject_steers_no_terminal(doubted: Home) -> None:
    said = doubted.run("set-aside", "list")
    assert said.code == 1
    assert "[/red] [link=x]y :smile:" in said.out
    assert "\x1b" not in said.out
    assert "2012-09-10 09:00" in said.out, "in local time"
    assert "doubtful" in said.out


def test_mail_taken_in_again_keeps_its_place_and_is_no_second_mail(doubted: Home) -> None:
    number = doubted.run("set-aside", "list").out.splitlines()[1].split()[0]
    before = doubted.run("status", "--json").json["mailbox"]
    said = doubted.run("set-aside", "retry", number)
    assert said.out.startswith(f"{number}: ")
    after = doubted.run("status", "--json").json["mailbox"]
    assert after["seen"] == before["seen"] == 1


def test_what_a_person_has_dealt_with_is_taken_off_the_list_and_counts_as_before(doubted: Home) -> None:
    number = doubted.run("set-aside", "list").out.splitlines()[1].split()[0]
    before = doubted.run("status", "--json").json
    assert doubted.run("set-aside", "done", number).out == f"{number}: off the list\n"
    assert doubted.run("set-aside", "list").code == 0
    assert doubted.run("status", "--json").json == before
    is_one_line(doubted.run("set-aside", "done", number), 2, f"no open case {number}", "set-aside list")


def test_without_anything_set_aside_the_list_says_so_and_a_wrong_number_leaves_code_1(home: Home) -> None:
    assert home.run("set-aside", "list").out == "set-aside: nothing waits for a person\n"
    said = home.run("set-aside", "retry", "7")
    assert said.code == 1
    assert "7: no such open case" in said.out


# ------------------------------------------------------------------------------------------------- run --once


def test_one_pass_takes_a_mail_answers_it_and_leaves_a_heartbeat(served: Home, server: MailServer) -> None:
    message = mail(college.address("lib"), INBOX, f"{LIBRARY}总结", files=[report(LIBRARY)])
    server.deliver(INBOX, to_bytes(message), datetime.now(UTC))
    said = served.run("run", "--once", environ={"MAILBOT_SHEET__AT": "23:59"})
    assert said.code == 0
    assert said.out.startswith("taken 1, moved 1, failed 0; sent 1")
    (letter,) = [one for one in server.letters if one.recipients == ("lib@example.edu.cn",)]
    assert b"Auto-Submitted: auto-replied" in letter.content
    assert (served.var / "heartbeat.json").exists()
    again = served.run("run", "--once", environ={"MAILBOT_SHEET__AT": "23:59"})
    assert again.out.startswith("taken 0, moved 0, failed 0; sent 0")


def test_one_pass_is_1_when_it_sets_a_mail_aside(served: Home, server: MailServer) -> None:
    message = mail(
        "someone@example.com", INBOX, HOSTILE.partition("\x1b")[0], files=[("总结.docx", write(Report("某")))]
    )
    server.deliver(INBOX, to_bytes(message), datetime.now(UTC))
    assert served.run("run", "--once").code == 1


def test_one_pass_is_3_when_letters_cannot_be_sent(served: Home, server: MailServer) -> None:
    message = mail(college.address("lib"), INBOX, f"{LIBRARY}总结", files=[report(LIBRARY)])
    server.deliver(INBOX, to_bytes(message), datetime.now(UTC))
    said = served.run("run", "--once", environ={"MAILBOT_SMTP__PORT": "1"})
    assert said.code == 3
    assert "SMTP 127.0.0.1:1" in said.err
    assert "taken 1" in said.out, "what came is recorded, and its answer stays owed"
    assert "waiting" in served.run("outbox", "list").out or "deferred" in served.run("outbox", "list").out


def test_replay_of_what_is_no_mail_says_so_and_takes_nothing(home: Home) -> None:
    other = home.path / "notes.txt"
    other.write_text("this is no mail", encoding="utf-8")
    is_one_line(home.run("replay", str(other)), 2, "notes.txt", "not a mail")
    assert home.run("status", "--json").json["mailbox"]["seen"] == 0
