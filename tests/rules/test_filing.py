"""The browsing tree. All units are invented."""

from datetime import date, datetime, timedelta, timezone
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.campaign import Campaign, Deadline, Deliverable
from rules.filing import LONGEST, clean, shelf
from rules.model import Kind, Roster, Unit


def campaign(title: str = "创先争优活动总结") -> Campaign:
    return Campaign(
        id="test",
        title=title,
        opens=date(2012, 8, 27),
        deadline=Deadline(text="9月14日前", at=datetime(2012, 9, 14, 23, 59, tzinfo=timezone(timedelta(hours=8)))),
        deliverables=(Deliverable(key="report", title="总结", by=frozenset(Kind)),),
    )


GENERAL = Unit("01", "计算机学院党总支", Kind.GENERAL_BRANCH)
BRANCH = Unit("0101", "教工第一党支部", Kind.BRANCH, "01")
ROSTER = Roster((GENERAL, BRANCH, Unit("04", "图书馆直属党支部", Kind.DIRECT_BRANCH)))


def test_a_branch_lies_in_the_folder_of_its_general_branch() -> None:
    found = shelf(campaign(), ROSTER, BRANCH, 2, "docx")
    folder = PurePosixPath("收件/创先争优活动总结/01 计算机学院党总支/0101 教工第一党支部")
    assert found.path == folder / "教工第一党支部-创先争优活动总结-v2.docx"
    assert found.newest == folder / "教工第一党支部-创先争优活动总结.docx"


def test_a_general_branch_keeps_its_own_report_in_its_own_folder() -> None:
    found = shelf(campaign(), ROSTER, GENERAL, 1, ".DOC")
    assert str(found.path) == "收件/创先争优活动总结/01 计算机学院党总支/计算机学院党总支-创先争优活动总结-v1.doc"


@pytest.mark.parametrize(
    ("given_extension", "kept"),
    [("pdf", "pdf"), ("image", "jpg"), ("exe", "bin"), ("../../x", "bin"), ("", "bin"), ("docx/..", "bin")],
)
def test_only_extensions_that_we_know_are_used(given_extension: str, kept: str) -> None:
    assert shelf(campaign(), ROSTER, BRANCH, 1, given_extension).path.suffix == f".{kept}"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("a/b\\c", "a b c"),
        ("..", "未命名"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Console", "Console"),
        ("教工第一党支部. ", "教工第一党支部"),
        ("名\n称\u202e", "名 称"),
        ("计算机：一", "计算机 一"),
    ],
)
def test_names_are_cleaned_for_every_disk(words: str, part: str) -> None:
    assert clean(words) == part


def test_units_whose_names_look_alike_stay_apart() -> None:
    twins = Roster((Unit("A/1", "甲/支部", Kind.DIRECT_BRANCH), Unit("a:1", "甲:支部", Kind.DIRECT_BRANCH)))
    first, second = (shelf(campaign(), twins, unit, 1, "doc").path for unit in twins.units)
    assert str(first).casefold() != str(second).casefold()


@given(st.text(max_size=300), st.text(max_size=300), st.text(min_size=1, max_size=60), st.text(max_size=20))
def test_whatever_the_roster_says_the_path_is_safe(name: str, title: str, code: str, extension: str) -> None:
    top = Unit(code, name, Kind.GENERAL_BRANCH)
    unit = Unit(code + "1", name, Kind.BRANCH, code)
    found = shelf(campaign(title), Roster((top, unit)), unit, 3, extension)
    for path in (found.path, found.newest):
        assert not path.is_absolute()
        assert path.parts[0] == "收件"
        assert len(path.parts) == 5
        for part in path.parts:
            assert part not in ("", ".", "..")
            assert not set(part) & set('/\\:*?"<>|\0\n')
            assert part == part.strip()
            assert not part.endswith(".")
            assert len(part) <= LONGEST
            assert len(part.encode()) <= 255
