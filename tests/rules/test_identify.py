"""Whose a report is. The college is invented."""

from dataclasses import replace

import pytest

from mailbot.demo import college
from rules.identify import Clues, identify, identify_all
from rules.model import Kind, Roster, Unit

BRANCHES = ("教工第一党支部", "教工第二党支部", "学生第一党支部", "学生第二党支部")
ROSTER = Roster(
    (
        Unit("01", "计算机学院党总支", Kind.GENERAL_BRANCH),
        *(Unit(f"01{n:02}", f"计算机学院{name}", Kind.BRANCH, "01") for n, name in enumerate(BRANCHES, 1)),
        Unit("02", "数学与统计学院党总支", Kind.GENERAL_BRANCH, aliases=("数统学院",)),
        *(Unit(f"02{n:02}", f"数学与统计学院{name}", Kind.BRANCH, "02") for n, name in enumerate(BRANCHES, 1)),
        Unit("03", "图书馆直属党支部", Kind.DIRECT_BRANCH),
    )
)
FIRST = "计算机学院教工第一党支部"
SECOND = "计算机学院教工第二党支部"
TOLD = "创先争优活动总结"


@pytest.mark.parametrize(
    ("clues", "unit"),
    [
        pytest.param(
            Clues(("01",), file_name="教工一支部总结.doc"), "0101", id="the 总支 sends, the file name says which"
        ),
        pytest.param(Clues(("01",), title=f"教工第一党支部{TOLD}"), "0101", id="the 总支 sends, the title says which"),
        pytest.param(Clues(("0101",), file_name="总结.docx"), "0101", id="a branch sends one file without a name"),
        pytest.param(Clues(("0101",), file_name="教师1支部.doc"), "0101", id="a branch names itself"),
        pytest.param(Clues(("03",), file_name="新建 Microsoft Word 文档.doc"), "03", id="a 直属 branch without a name"),
        pytest.param(Clues(("01",), file_name="总支总结.docx"), "01", id="总支总结 from the 总支"),
        pytest.param(Clues(("01",), file_name="总结.docx"), "01", id="the only file of a 总支, no branch spoken of"),
        pytest.param(Clues(("01",), title=f"计算机学院党总支{TOLD}", alone=False), "01", id="the title names the 总支"),
        pytest.param(Clues(title=f"{FIRST}{TOLD}"), "0101", id="an unknown address, a clear title"),
        pytest.param(Clues(file_name=f"{FIRST}总结.doc", subject=f"{FIRST}总结"), "0101", id="file name and subject"),
        pytest.param(
            Clues(("01",), via=("材料.zip", "计算机学院/教工第一党支部"), file_name="总结.doc", alone=False),
            "0101",
            id="the folder in the bundle",
        ),
        pytest.param(
            Clues(("0101",), file_name=f"{SECOND}.doc", title=f"{SECOND}{TOLD}", signature=SECOND),
            "0102",
            id="against the sender where the whole document says so",
        ),
        pytest.param(
            Clues(("0201",), file_name="转来.doc", title=f"{FIRST}{TOLD}", subject="转发：总结"),
            "0101",
            id="a forwarder is not the author",
        ),
        pytest.param(
            Clues(("0201",), via=("转发.eml",), file_name="总结.doc", author_units=("0101",)),
            "0101",
            id="the author of a forwarded mail, not the forwarder",
        ),
        pytest.param(
            Clues(("01",), file_name="教工一.doc", title=f"{FIRST}{TOLD}", subject=f"Re: {SECOND}总结"),
            "0101",
            id="an old subject does not shake file name and title",
        ),
        pytest.param(
            Clues(("01",), file_name="教工一支部.doc", subject="计算机学院党总支总结", alone=False),
            "0101",
            id="the subject names the 总支 of the bundle",
        ),
        pytest.param(
            Clues(
                ("01",), file_name="总结.doc", body="现将我院教工第一党支部总结报上，请查收。", subject="教工第一党支部"
            ),
            "0101",
            id="subject and words of the mail",
        ),
        pytest.param(
            Clues(("01", "0101"), file_name="教工第一支部.doc"), "0101", id="a shared address and a file name"
        ),
        pytest.param(
            Clues(("01",), title=f"教工第一党支部{TOLD}", signature="计算机学院党总支"), "0101", id="落款 of the 总支"
        ),
        pytest.param(Clues(hint="0104", title=f"{FIRST}{TOLD}"), "0104", id="a human decided"),
    ],
)
def test_where_the_clues_agree_the_unit_is_named(clues: Clues, unit: str | None) -> None:
    assert identify(clues, ROSTER).unit == unit


@pytest.mark.parametrize(
    "clues",
    [
        pytest.param(Clues(), id="nothing"),
        pytest.param(Clues(file_name=f"{FIRST}总结.doc"), id="the file name alone, from nobody we know"),
        pytest.param(Clues(title=f"教工第一党支部{TOLD}"), id="a short name without its 总支"),
        pytest.param(Clues(("01",), file_name="教工一.doc", title=f"{SECOND}{TOLD}"), id="file name against title"),
        pytest.param(Clues(("0101",), title=f"{SECOND}{TOLD}"), id="sender against title"),
        pytest.param(Clues(("0101",), file_name=f"{SECOND}.doc", title=f"{SECOND}{TOLD}"), id="no 落款 to settle it"),
        pytest.param(Clues(("02",), title=f"{FIRST}{TOLD}"), id="a branch of another 总支"),
        pytest.param(Clues(("01",), file_name="总结.doc", alone=False), id="one of many, without a name"),
        pytest.param(Clues(("01",), file_name="党支部总结.doc"), id="a branch of the 总支, but which"),
        pytest.param(Clues(("01",), title=f"学生党支部{TOLD}"), id="one of two student branches"),
        pytest.param(Clues(("01",), title=f"教工第九党支部{TOLD}"), id="a branch that nobody knows"),
        pytest.param(Clues(("01",), file_name="计算机学苑教工一支部.doc"), id="a slip of the pen alone"),
        pytest.param(Clues(("01",), title="教工第一、第二党支部总结"), id="a report of two branches"),
        pytest.param(Clues(("0201",), file_name="总结.doc", subject="转发：总结"), id="forwarded without a name"),
        pytest.param(Clues(("01", "0101"), file_name="总结.doc"), id="a shared address and no name"),
        pytest.param(Clues(("01",), file_name="总结.doc", body="附件是我支部的总结"), id="the body speaks of a branch"),
        pytest.param(Clues(("01",), file_name="计算机学院各支部总结.doc"), id="one file for all branches"),
        pytest.param(Clues(("0101",), title=f"计算机学院党总支{TOLD}"), id="a branch with the report of its 总支"),
        pytest.param(Clues(("99",), file_name="总结.doc", hint="77"), id="codes that the roster does not have"),
    ],
)
def test_two_good_candidates_or_none_are_never_a_guess(clues: Clues) -> None:
    assert identify(clues, ROSTER).unit is None


def test_candidates_of_an_unsure_report_come_the_likeliest_first() -> None:
    found = identify(Clues(("01",), title=f"学生党支部{TOLD}"), ROSTER)
    assert [candidate.unit for candidate in found.candidates] == ["0103", "0104", "01"]
    assert found.candidates[0].because == ("title", "sender")


def test_the_reasons_are_named() -> None:
    found = identify(Clues(("01",), file_name="教工一支部.doc", title=f"{FIRST}{TOLD}", signature=FIRST), ROSTER)
    assert found.because == ("title", "signature", "file name", "sender")
    assert found.confidence > 0.9


def test_an_unknown_sender_is_believed_less() -> None:
    clues = Clues(title=f"{FIRST}{TOLD}")
    known = Clues(("01",), title=f"{FIRST}{TOLD}")
    assert identify(clues, ROSTER).confidence < identify(known, ROSTER).confidence


def test_units_that_other_files_surely_are_come_last_but_nothing_is_decided_by_exclusion() -> None:
    files = [
        Clues(("01",), file_name=name)
        for name in (
            "总支总结.doc",
            "教工一支部.doc",
            "教工二支部.doc",
            "学生一支部.doc",
            "学生支部.doc",
            "总结(1).doc",
        )
    ]
    found = identify_all(files, ROSTER)
    assert [each.unit for each in found] == ["01", "0101", "0102", "0103", None, None]
    assert found[4].candidates[0].unit == "0104"
    assert found[5].candidates[0].unit == "0104"


def test_the_end_of_its_own_name_as_the_file_name_is_no_other_branch() -> None:
    clues = Clues(
        file_name="一支部.docx", title="计算机学院教工第一党支部创先争优总结", signature="计算机学院教工第一党支部"
    )
    assert identify(clues, college.roster()).unit == "0101"
    other = replace(clues, file_name="五支部.docx")
    assert identify(other, college.roster()).unit is None
