"""A clerk's corrections: written once as text, held against the rules, and said when they no longer hold."""

import re
from pathlib import Path

import pytest

from mailbot.demo import college
from mailbot.demo.reports import Report, write
from rules.golden import read_golden
from tests.commands import Home, Said, is_one_line
from tests.mailbot.desk_work import ReaderHere

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

BRANCH = "计算机学院教工第一党支部"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a child for each command: the files are our own."""
    monkeypatch.setattr("mailbot.app.Reader", ReaderHere)


@pytest.fixture
def paper(home: Home) -> Path:
    path = home.path / f"{BRANCH}总结.docx"
    path.write_bytes(write(Report(BRANCH, without=("社会评价",))))
    return path


def teach(home: Home, path: Path, *words: str) -> Said:
    return home.run("teach", str(path), "--into", str(home.path / "set"), *words)


def test_a_correction_is_a_small_text_that_can_be_read_and_is_never_written_over(home: Home, paper: Path) -> None:
    for number in (1, 2):
        said = teach(home, paper, "--rule", "S1", "--found", "--aspect", "社会评价", "--note", "确实没有")
        assert said.code == 0, said
        path = home.path / "set" / "S1" / f"00{number}-{BRANCH}总结.txt"
        assert str(path) in said.out
        assert "涂掉" in said.out
    golden = read_golden(path.read_text("utf-8")).value
    assert golden is not None
    head = golden.header
    assert (head.rule, head.verdict, head.aspect, head.note) == ("S1", "found", "社会评价", "确实没有")
    assert (head.unit, head.parent, head.sender) == (BRANCH, "计算机学院党总支", "")
    assert "主要做法" in golden.document.text


def test_a_correction_with_which_the_rules_do_not_agree_is_written_and_said(home: Home, paper: Path) -> None:
    said = teach(home, paper, "--rule", "S1", "--clear", "--aspect", "社会评价")
    assert said.code == 1
    assert "现在的规则判“有问题”" in said.out


def test_review_is_taught_with_the_address_it_came_from(home: Home, paper: Path) -> None:
    branch, general = college.address("jsj-jg1"), college.address("jsj")
    assert teach(home, paper, "--rule", "R1", "--found", "--from", branch).code == 0
    assert teach(home, paper, "--rule", "R1", "--clear", "--from", general).code == 0
    senders = [read_golden(path.read_text("utf-8")).value for path in sorted((home.path / "set" / "R1").iterdir())]
    assert [one.header.sender for one in senders if one is not None] == ["unit", "parent"]


def test_a_changed_campaign_file_is_held_against_the_corrections(home: Home, paper: Path) -> None:
    folder = str(home.path / "set")
    teach(home, paper, "--rule", "S1", "--found", "--aspect", "社会评价", "--note", "没有群众的话")
    held = home.run("check", "--golden", folder)
    assert (held.code, held.out) == (0, "共 1 份更正，1 份仍然成立。\n")
    campaign = home.path / "campaign.toml"
    text = campaign.read_text("utf-8")
    renamed, count = re.subn(r'(key\s*=\s*)"社会评价"', r'\1"群众评价"', text)
    assert count == 1
    campaign.write_text(renamed, "utf-8")
    broken = home.run("check", "--golden", folder)
    assert broken.code == 1
    assert "S1 社会评价 应判“有问题”，现在判“没有问题”（没有群众的话）" in broken.out
    assert broken.out.endswith("共 1 份更正，0 份仍然成立。\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "S1", "--aspect", "特点"), "--found"),
        (("--rule", "S1", "--found", "--clear", "--aspect", "特点"), "--found"),
        (("--rule", "S1", "--found"), "--aspect"),
        (("--rule", "S1", "--found", "--aspect", "特色"), "unknown; one of 特点"),
        (("--rule", "F1", "--found"), "--rule F1"),
        (("--rule", "X9", "--found"), "--rule X9"),
    ],
)
def test_wrong_usage_is_one_line_and_writes_nothing(home: Home, paper: Path, words: tuple[str, ...], said: str) -> None:
    is_one_line(teach(home, paper, *words), 2, said)
    assert not (home.path / "set").exists()


def test_what_cannot_be_read_teaches_nothing_and_a_faulty_correction_is_named(home: Home) -> None:
    broken = home.path / "坏的.docx"
    broken.write_bytes(b"PK\x03\x04" + bytes(40))
    is_one_line(teach(home, broken, "--rule", "H1", "--clear"), 2, "cannot be read")
    is_one_line(home.run("check", "--golden", str(home.path / "nowhere")), 2, "no such folder")
    (home.path / "set").mkdir()
    (home.path / "set" / "notes.txt").write_text("别的文字", "utf-8")
    assert home.run("check", "--golden", str(home.path / "set")).out.startswith("共 0 份更正")
    (home.path / "set" / "x.txt").write_text("+++\nrule = 1\n+++\n", "utf-8")
    is_one_line(home.run("check", "--golden", str(home.path / "set")), 2, "x.txt", "rule")
