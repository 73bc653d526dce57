"""The demo played to its end: every case of the story really happened, the sums hold, and nobody outside was asked."""

import email
import io
import sys
from dataclasses import dataclass
from email.policy import default
from pathlib import Path

import pytest
from rich.console import Console

from mailbot.config import ConfigError
from mailbot.convert import Converter
from mailbot.demo import stage
from mailbot.demo.college import DEPARTMENT, address, roster
from mailbot.demo.ending import Ending
from mailbot.demo.letters import Pile, short
from mailbot.demo.play import play
from mailbot.demo.server import Delivered
from mailbot.demo.story import posts
from mailbot.demo.story_odd import TYPO
from rules.model import LetterKind, Outcome, State
from rules.pages.lists import CASES
from storage.nouns import Outgoing, SendState

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

LOOPBACK = ("127.0.0.1", "::1", "localhost", None)
contacted: list[object] = []
watching = False


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    """Every connection and every look-up of a name that this process makes (PEP 578)."""
    if watching and event in ("socket.connect", "socket.sendto"):
        contacted.append(arguments[1])
    elif watching and event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        contacted.append(arguments)


@dataclass(frozen=True)
class Played:
    """The demo at its end, and all that it showed."""

    ending: Ending
    shown: str

    def letters(self, kind: LetterKind, to: str = "") -> list[Outgoing]:
        return [one for one in self.ending.letters if one.kind is kind and (not to or to in one.recipients)]

    def state(self, code: str) -> State | None:
        return next(row.state for group in self.ending.tracking.groups for row in group.rows if row.unit.code == code)

    def late(self) -> set[str]:
        return {row.unit.code for group in self.ending.tracking.groups for row in group.rows if row.is_late}

    def words(self, stem: str) -> str:
        """The text of the letter whose file begins so; there is exactly one."""
        (path,) = (self.ending.folder / "letters").glob(f"{stem}*.eml")
        mail = email.message_from_bytes(path.read_bytes(), policy=default)
        body = mail.get_body(("plain",))
        assert body is not None
        return f"{mail['Subject']}\n{body.get_content()}"

    def outcome(self, shows: str) -> str:
        """What the screen says became of the mail that is there to show this."""
        (line,) = (line for line in self.shown.splitlines() if f"〔{shows}〕" in line)
        return line.rpartition("〕")[2].strip()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    global watching
    sys.addaudithook(_listen)
    contacted.clear()
    watching = True
    out = io.StringIO()
    try:
        ending = play(tmp_path_factory.mktemp("demo") / "demo", Console(file=out, width=100))
    finally:
        watching = False
    return Played(ending, out.getvalue())


def test_the_sums_of_ledger_server_and_disk_are_the_same(played: Played) -> None:
    assert [one.sentence for one in played.ending.sums if not one.holds] == []
    assert len(played.ending.sums) == 10
    assert played.ending.counts.seen == len(posts()) >= 60


def test_nothing_but_loopback_is_contacted(played: Played) -> None:
    assert contacted, "the hook saw nothing: this test would prove nothing"
    strangers = [one for one in contacted if isinstance(one, tuple) and one[0] not in LOOPBACK]
    assert strangers == []


# The old Word file of the story is read where LibreOffice is installed, and its sender asked for .docx elsewhere.
CONVERTS = Converter().found() is not None

STORY = {
    "支部直接报来，请总支把关": "已归档",
    "同一文件重发": "已归档",
    "压缩包，文件名是 GBK": "已归档",
    "认不出是谁的": "已归档",
    "说有附件，没有": "已归档",
    "网盘链接": "已归档",
    "0 字节": "已归档",
    ".doc": "已归档",
    "照片": "已归档",
    "加了密码": "已归档",
    "邮件里套着邮件": "已归档",
    "主题和文件名是裸 GBK": "已归档",
    "主题是公式，文件名藏路径": "已归档",
    "回信地址写错": "已归档",
    "道谢": "已归档",
    "同一封又到一次": "重复邮件",
    "邮件太大": "待人工处理",
    "来信询问": "待人工处理",
    "不知是不是报来的": "待人工处理",
    "工作人员叫停": "办理指令",
    "假期自动回复": "自动回信",
    "没有标记的自动回复": "自动回信",
    "英文自动回复": "自动回信",
    "已读回执": "自动回信",
    "我们的信被退回": "自动回信",
    "邮件列表": "自动回信",
    "我们自己发的": "本邮箱发出",
    "与我们无关": "其他邮件",
    "同事存档": "其他邮件",
}


@pytest.mark.parametrize("shows", STORY)
def test_every_mail_of_the_story_ends_as_it_should(played: Played, shows: str) -> None:
    assert played.outcome(shows) == STORY[shows]


LETTERS = {
    "2012-09-03 0912 回信": "正在请计算机学院党总支把关",
    "2012-09-03 0912 请把关": "请把关：计算机学院教工第一党支部的总结",
    "2012-09-03 1040 回信": "没有找到“社会评价”的内容",
    "2012-09-05 0830 回信": "与第 2 版完全相同",
    "2012-09-05 1100 回信": "空栏不能算已审核",
    "2012-09-05 1400 回信": "已记为经党总支把关，登记完毕",
    "2012-09-05 1520 回信": "共收到 3 份，对应 3 个单位：2 份已登记，1 份待补正；还缺 2 个支部",
    "2012-09-06 0900 回信": "“初稿”",
    "2012-09-06 1010 回信": "已登记",
    "2012-09-06 1400 回信": "请回复一句：这份总结是哪个单位的",
    "2012-09-06 1530 回信": "数学学院学生第二党支部 · 创先争优活动总结（第 1 版，9月6日 14:00 收到）",
    "2012-09-07 0900 催报预告": "9月7日 11:00 将发出 6 封催报通知",
    "2012-09-10 0930 回信": "里面没有附件",
    "2012-09-10 1020 回信": "2012年10月10日 10:20 到期",
    "2012-09-10 1140 回信": "设有打开密码",
    "2012-09-11 0820 邮件过大": "太大（1.6 MB），没能收下",
    "2012-09-11 1015 回信": "似为模板残留",
    "2012-09-11 1111 回信": "正在请后勤党总支把关" if CONVERTS else "是.doc格式",
    "2012-09-11 1440 回信": "扫描件或照片无法检查内容",
    "2012-09-12 0905 回信": "空文件（0 字节）",
    "2012-09-12 1500 回信": "1 份属免报",
    "2012-09-12 1616 回信": "机关二支部总结.docx",
    "2012-09-13 0945 回信": "（可能是化学与材料学院教工第二党支部、",
    "2012-09-13 1620 回信": "（在 转发邮件.eml 里）",
    "2012-09-13 2011 提醒工作人员": TYPO,
    "2012-09-14 1000 催报 后勤党总支": "待补正：物业中心党支部（请改发 Word 文档）",
    "2012-09-14 1500 电话名单": "0595-0000000",
    "2012-09-14 2248 回信": "登记完毕",
    "2012-09-15 0855 回信": "逾期",
    "2012-09-17 0800 台账": "9月17日台账（截止）",
    "2012-09-17 0900 逾期催报 外国语学院党总支": "时间已过，但还可以补报",
    "2012-09-17 0930 电话名单": "外国语学院本科生第二党支部：总结没有报",
    "2012-09-17 1100 回信": "暂以此前齐全的第 1 版为准",
}


@pytest.mark.parametrize("stem", LETTERS)
def test_every_letter_says_what_its_case_asks_for(played: Played, stem: str) -> None:
    assert LETTERS[stem] in played.words(stem)


def test_a_hostile_name_is_shown_without_its_tricks_and_never_becomes_a_path(played: Played) -> None:
    words = played.words("2012-09-13 0850 回信")
    assert "\u202e" not in words
    assert ".." not in words.partition("\n")[2]
    assert not any("calc" in path.name for path in played.ending.folder.rglob("*"))
    assert "\u202e" not in played.shown


def test_units_end_in_every_state(played: Played) -> None:
    direct, exempt, accepted = played.state("07"), played.state("0204"), played.state("0101")
    assert (direct, exempt, accepted) == (State.ACCEPTED, State.EXEMPT, State.ACCEPTED)
    assert played.state("0304") is State.MISSING
    assert played.state("0105") is State.INCOMPLETE
    assert played.state("0504") is State.ACCEPTED, "its newer version waits for review; the reviewed one counts"
    assert played.late() == {"0104", "0105", "0304", "06", "0602"} | (set() if CONVERTS else {"0601"})


def test_a_stop_by_staff_keeps_the_reminders_back_and_silence_lets_the_next_ones_go(played: Played) -> None:
    steps = {one.key.rpartition(":")[2] for one in played.letters(LetterKind.REMINDER)}
    assert steps == {"before-2", "before-0"}
    assert len(played.letters(LetterKind.ANNOUNCEMENT)) == 2
    assert len(list((played.ending.folder / "letters").glob("2012-09-12 1100 催报 *"))) == 6


def test_what_needs_a_person_is_listed(played: Played) -> None:
    kinds = sorted(case.kind for case in played.ending.tracking.open_cases)
    assert kinds == ["bounced", "doubtful", "new_address", "new_address", "set_aside", "set_aside"]
    (bounced,) = (one for one in played.ending.tracking.cases if one.what == CASES["bounced"][0])
    assert address("houqin") in bounced.detail


def test_a_letter_put_off_goes_out_later_and_one_that_cannot_be_delivered_is_given_up(played: Played) -> None:
    (greylisted,) = played.letters(LetterKind.ACKNOWLEDGEMENT, address("lib"))
    assert (greylisted.state, greylisted.attempts) == (SendState.SENT, 2)
    (lost,) = (one for one in played.ending.letters if one.state is SendState.FAILED)
    assert lost.recipients == (TYPO,)


def test_machines_lists_and_ourselves_get_no_answer(played: Played) -> None:
    unanswered = {Outcome.AUTOMATIC, Outcome.OWN, Outcome.NOT_OURS, Outcome.DUPLICATE}
    spoken = sum(row.outcome not in unanswered for row in played.ending.tracking.log)
    answers = [one for one in played.ending.letters if one.answers]
    assert len(answers) <= spoken
    nobody = {DEPARTMENT.address, "sales@shop.example.com", f"mailer-daemon@{DEPARTMENT.address.partition('@')[2]}"}
    assert not any(nobody & set(one.recipients) for one in played.ending.letters)


def test_a_sheet_goes_to_staff_on_every_working_day(played: Played) -> None:
    daily = [one.key.rpartition(":")[2] for one in played.letters(LetterKind.DAILY)]
    days = [f"2012-09-{day:02}" for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 17)]
    assert sorted(daily) == sorted([*days, "截止"])
    assert len(list((played.ending.folder / "var" / "台账").glob("*.xlsx"))) == 12


def test_other_business_stays_where_it_is(played: Played) -> None:
    counts = played.ending.counts
    assert counts.not_ours == 14
    left = counts.not_ours + counts.automatic + counts.own + 1  # the doubtful one
    assert played.ending.folders["INBOX"] == left


def test_it_says_that_everything_is_invented(played: Played) -> None:
    assert "虚构" in played.shown.splitlines()[0]
    assert all("虚构" in played.words(stem) for stem in LETTERS)
    assert all(unit.note == "虚构" for unit in roster().units)


# ------------------------------------------------------------------------------------------------ the folder


def test_a_folder_that_no_demo_made_is_not_touched(tmp_path: Path) -> None:
    mine = tmp_path / "letters" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    with pytest.raises(ConfigError, match="not made by"):
        stage.prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]
    assert mine.read_text() == "mine"


def test_a_second_demo_begins_anew_and_leaves_what_was_laid_beside_it(tmp_path: Path) -> None:
    stage.prepare(tmp_path)
    old, mine = tmp_path / "letters" / "old.eml", tmp_path / "notes.txt"
    old.write_text("old")
    mine.write_text("mine")
    stage.prepare(tmp_path)
    assert not old.exists()
    assert mine.exists()


def test_a_link_in_the_way_is_taken_away_and_what_it_points_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine")
    folder = tmp_path / "demo"
    stage.prepare(folder)
    (folder / "letters").rmdir()
    (folder / "letters").symlink_to(elsewhere)
    stage.prepare(folder)
    assert (elsewhere / "mine.txt").exists()
    assert not (folder / "letters").is_symlink()


def test_two_letters_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    pile = Pile(tmp_path, roster())
    letter = Delivered("", (address("jsj"),), b"Subject: 1\r\n\r\n")
    at = posts()[0].at
    names = [pile.lay(letter, LetterKind.REMINDER, at).name for _ in range(2)]
    assert names == ["2012-09-03 0912 催报 计算机学院党总支.eml", "2012-09-03 0912 催报 计算机学院党总支 2.eml"]


def test_a_line_on_the_screen_shows_nothing_invisible() -> None:
    assert short("a\u202eb\x1b[31m\n c", 20) == "ab[31m c"
