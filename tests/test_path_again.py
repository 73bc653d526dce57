"""The same mail again, another UIDVALIDITY, a restart in the middle: nothing is lost and nothing doubled."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from mailbot import receive
from mailbot.demo.reports import docx
from mailbot.errors import ConnectionLost, OutsideError
from mailbot.inbox import Inbox
from mailbot.poll import RETRY_MINUTES
from mailbot.work import look_into_inbox
from rules.model import Outcome
from storage.nouns import SendState
from tests.path_mails import CLERK, STRANGER, account, mail, report, to_bytes
from tests.path_support import ASIDE, DONE, Bot, University
from tests.servers import folder_argument
from tests.servers_postfix import MailSystem

pytestmark = pytest.mark.server

LIBRARY = "图书馆直属党支部"
SPAM = "垃圾邮件"


@pytest.fixture(scope="module")
def university(mail_system: MailSystem) -> Iterator[University]:
    with University(mail_system) as made:
        yield made


@pytest.fixture
def bot(university: University, tmp_path: Path) -> Bot:
    return university.department(tmp_path)


def test_a_mail_that_the_server_delivers_twice_is_filed_and_answered_once(bot: Bot) -> None:
    raw = to_bytes(mail(account("lib"), bot.address, f"{LIBRARY}总结", files=[report(LIBRARY)]))
    bot.submit(account("lib"), raw)
    bot.submit(account("lib"), raw)  # other Received lines, the same mail
    assert bot.round().outcomes == {Outcome.FILED: 1, Outcome.DUPLICATE: 1}
    bot.letter("lib")
    assert (len(bot.outbox()), len(bot.standing("07").receipts)) == (1, 1)
    assert (len(bot.inbox(DONE)), bot.inbox()) == (2, [])


def test_a_mail_put_back_into_the_inbox_by_hand_changes_nothing(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.round()
    (kept,) = bot.inbox(DONE)
    before = bot.standing("07"), bot.tree(), len(bot.outbox())
    bot.system.append(bot.address, kept.raw)
    assert bot.round().outcomes == {Outcome.DUPLICATE: 1}
    assert (bot.standing("07"), bot.tree(), len(bot.outbox())) == before
    assert (bot.inbox(), len(bot.inbox(DONE))) == ([], 2)


WELCOME = (
    "迎新安排.docx",
    docx(["关于迎新的安排", *(f"第{day}天：各学院在体育馆前接待新生（虚构）。" for day in "一二三四五")]),
)


def test_other_business_that_comes_twice_is_neither_moved_nor_kept(bot: Bot) -> None:
    raw = to_bytes(mail(account("jsj"), bot.address, "迎新安排", files=[WELCOME]))
    for outcome in (Outcome.NOT_OURS, Outcome.DUPLICATE):
        bot.system.append(bot.address, raw)
        assert bot.round().outcomes == {outcome: 1}
    assert len(bot.inbox()) == 2
    assert bot.inbox(DONE) == []
    assert not bot.app.archive.has(sha256(bot.inbox()[0].raw).hexdigest())


def everything(bot: Bot) -> dict[str, bytes]:
    """One mail of each kind, as bytes."""
    files = {
        "report": ("lib", "图书馆总结", [report(LIBRARY)]),
        "question": (STRANGER, "总结", [report("学生第二党支部", "总结(1).docx", title="创先争优活动总结")]),
        "other, by its envelope": ("jsj", "党员发展材料", []),
        "other, by its contents": ("math", "迎新安排", [WELCOME]),
        "doubtful": (STRANGER, "活动总结报告", [("创先争优材料.docx", docx(["关于创先争优的若干材料"]))]),
        "machine": ("flc", "自动回复", []),
    }
    return {
        kind: to_bytes(mail(who if "@" in who else account(who), bot.address, subject, files=enclosed))
        for kind, (who, subject, enclosed) in files.items()
    }


def fill(bot: Bot, mails: Sequence[bytes]) -> None:
    """Makes the folder anew, under another UIDVALIDITY, with these mails in it."""
    name = folder_argument(SPAM)
    with bot.system.dovecot.connect(bot.address) as client:
        client.create(name)
        client.delete(name)
        client.create(name)
        for raw in mails:
            client.append(name, "", "", raw)


def uidvalidity(bot: Bot) -> int:
    with bot.system.dovecot.connect(bot.address) as client:
        client.select(folder_argument(SPAM), readonly=True)
        return int(client.response("UIDVALIDITY")[1][0])


def test_a_folder_that_was_rebuilt_is_read_again_and_nothing_is_doubled(university: University, tmp_path: Path) -> None:
    bot = university.department(tmp_path, imap=f'also = ["{SPAM}"]')
    mails = everything(bot)
    fill(bot, list(mails.values()))
    bot.round()
    first, before = uidvalidity(bot), bot.counts()
    stays = [kept.raw for kept in bot.inbox(SPAM)]
    assert before.seen == len(mails)
    facts = bot.standing("07"), bot.tree(), bot.cases(), len(bot.outbox())
    fill(bot, list(mails.values()))
    assert uidvalidity(bot) != first
    bot.round()
    assert (bot.standing("07"), bot.tree(), bot.cases(), len(bot.outbox())) == facts
    assert [kept.raw for kept in bot.inbox(SPAM)] == stays, "what is not ours is not moved either"
    after = bot.counts()
    assert after.seen - before.seen == after.duplicate - before.duplicate == len(mails)
    assert bot.bodies_fetched_by(bot.round) == 0


def test_a_mail_that_was_recorded_but_not_moved_is_moved_after_the_restart(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    with monkeypatch.context() as broken:
        broken.setattr(Inbox, "move", _lost)
        with pytest.raises(ConnectionLost):
            look_into_inbox(bot.app)
    assert (len(bot.inbox()), bot.states("07")) == (1, ["accepted"])
    bot.restart()
    assert bot.bodies_fetched_by(bot.round) == 0
    assert (bot.inbox(), len(bot.inbox(DONE)), bot.counts().seen) == ([], 1, 1)
    bot.letter("lib")


def _lost(inbox: Inbox, *_: object) -> None:
    raise ConnectionLost("imap.example.edu.cn", "the line is dead")


def test_an_answer_that_was_owed_when_the_process_ended_goes_out_once_after_it(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    look_into_inbox(bot.app)
    bot.restart()
    bot.round()
    bot.restart()
    bot.round()
    bot.letter("lib")


def test_a_process_that_dies_while_it_judges_has_kept_the_mail_and_judges_it_again(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    (arrived,) = bot.inbox()
    with monkeypatch.context() as broken:
        broken.setattr(receive, "judge", _killed)
        with pytest.raises(SystemExit):
            look_into_inbox(bot.app)
    assert bot.app.archive.read(sha256(arrived.raw).hexdigest()) == arrived.raw
    assert bot.counts().seen == 0
    bot.restart()
    bot.round()
    assert (bot.states("07"), bot.counts().filed) == (["accepted"], 1)
    bot.letter("lib")


def _killed(*_: object) -> None:
    raise SystemExit


def test_a_mail_that_fails_is_tried_again_and_in_the_end_set_aside_and_told(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.send("jsj-jg1", "总结", files=[report("计算机学院教工第一党支部", opinion="同意报送。")])
    whole = receive.judge
    monkeypatch.setattr(receive, "judge", lambda mail, *rest: whole(mail, *rest) if "lib" not in str(mail) else 1 / 0)
    for failures in range(1, len(RETRY_MINUTES) + 1):
        with capture_logs() as said:
            passed, _ = bot.try_round()
        assert "mail failed" in [event["event"] for event in said]
        assert (passed.failed, bot.counts().set_aside) == (1, 1), f"in trouble, after {failures} failures"
        bot.clock.ahead += timedelta(minutes=3 * RETRY_MINUTES[failures - 1])
    assert bot.states("0101") == ["accepted"], "the mail behind it is not held up"
    with capture_logs():
        bot.try_round()
    assert (bot.inbox(), len(bot.inbox(ASIDE)), bot.counts().set_aside) == ([], 1, 1)
    assert "没能处理" in bot.letter(CLERK)["Subject"]
    bot.round()


def test_a_mail_in_trouble_that_somebody_deletes_is_forgotten(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    with monkeypatch.context() as broken, capture_logs():
        broken.setattr(receive, "judge", lambda *_: 1 / 0)
        bot.try_round()
    assert bot.counts().set_aside == 1
    with bot.system.dovecot.connect(bot.address) as client:
        client.select("INBOX")
        client.store("1:*", "+FLAGS", r"(\Deleted)")
        client.expunge()
    bot.clock.ahead += timedelta(minutes=2)
    bot.round()
    assert bot.counts().seen == 0


def test_a_server_that_is_away_costs_nothing_but_time(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.system.dovecot.stop()
    try:
        with pytest.raises(OutsideError):
            bot.round()
    finally:
        bot.system.dovecot.start()
    bot.round()
    bot.letter("lib")


def test_an_answer_waits_for_a_mail_server_that_is_away(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    bot.system.postfix.stop()
    try:
        _, delivered = bot.try_round()
    finally:
        bot.system.postfix.start()
    assert isinstance(delivered.trouble, OutsideError)
    (owed,) = bot.outbox()
    assert (owed.state, owed.attempts) == (SendState.WAITING, 0)
    bot.round()
    bot.letter("lib")


def test_the_command_makes_one_round_and_says_that_somebody_is_needed(bot: Bot) -> None:
    bot.send("lib", "图书馆总结", files=[report(LIBRARY)])
    assert mailbot(bot, "run", "--once").returncode == 0
    bot.letter("lib")
    bot.send("jsj-xs1", "请问创先争优总结的字数要求", "请问创先争优活动总结有没有字数要求？")
    assert mailbot(bot, "run", "--once").returncode == 1
    shown = mailbot(bot, "status", "--json")
    assert json.loads(shown.stdout)["mailbox"]["seen"] == 2


def mailbot(bot: Bot, *words: str) -> "subprocess.CompletedProcess[str]":
    """The command, as cron calls it. Nothing of what came in may stand in what it says."""
    command = [sys.executable, "-m", "mailbot", *words, "--config", str(bot.home / "config.toml")]
    root = Path(__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, env={**os.environ})
    assert "Traceback" not in done.stderr, done.stderr
    return done
