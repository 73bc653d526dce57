"""`mailbot check`: documents judged without mail, its JSON, and copies with comments."""

import io
from pathlib import Path

import pytest
from docx import Document as open_document

from mailbot.demo import college
from mailbot.demo.reports import Report, docx, write
from tests.commands import Home, is_one_line

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

BRANCH = "计算机学院教工第一党支部"
LIBRARY = "图书馆直属党支部"
KINDS = {"docx", "doc", "wps", "rtf", "odt", "pdf", "image", "archive", "other"}
ASPECTS = ["特点", "做法", "成效", "社会评价", "经验启示"]


@pytest.fixture
def papers(home: Home) -> dict[str, Path]:
    """Two reports in Word, one without an aspect; a plain text, a picture, a broken file."""
    contents = {
        f"{LIBRARY}总结.docx": write(Report(LIBRARY)),
        f"{BRANCH}总结.docx": write(Report(BRANCH, without=("社会评价", "经验启示"))),
        "总结.txt": "创先争优活动总结\n我们没有写什么。".encode(),
        "照片.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "坏的.docx": b"PK\x03\x04" + bytes(40),
    }
    for name, content in contents.items():
        (home.path / name).write_bytes(content)
    return {name: home.path / name for name in contents}


def test_check_json_has_the_promised_shape_for_every_kind_of_file(home: Home, papers: dict[str, Path]) -> None:
    said = home.run("check", "--json", *map(str, papers.values()))
    assert said.code == 1
    found = {Path(one["file"]).name: one for one in said.json}
    assert list(found) == list(papers)
    for one in found.values():
        assert list(one) == [
            "file", "readable", "kind", "unit", "aspects", "participation", "review", "findings"
        ]  # fmt: skip
        assert one["kind"] in KINDS
        assert list(one["participation"]) == ["found", "where", "counts"]
        assert all(list(finding)[:3] == ["rule", "level", "message"] for finding in one["findings"])
        assert all(
            list(aspect) == ["found", "where", "chars", "score", "passages"] for aspect in one["aspects"].values()
        )
    library, branch = found[f"{LIBRARY}总结.docx"], found[f"{BRANCH}总结.docx"]
    assert (library["readable"], library["kind"]) == (True, "docx")
    assert list(library["unit"]) == ["code", "name", "confidence", "because"]
    assert (library["unit"]["code"], library["unit"]["name"]) == ("07", LIBRARY)
    assert 0 < library["unit"]["confidence"] <= 1
    assert "title" in library["unit"]["because"]
    assert list(library["aspects"]) == ASPECTS
    assert {one["found"] for one in library["aspects"].values()} == {"heading"}
    assert not [one for one in library["findings"] if one["level"] == "must"]
    missing = branch["aspects"]["社会评价"]
    assert (missing["found"], missing["where"], missing["chars"]) == ("absent", "", 0)
    assert {one["rule"] for one in branch["findings"] if one["level"] == "must"} == {"S1"}, "R1 needs a mail"
    assert [(found[name]["kind"], found[name]["readable"]) for name in ("总结.txt", "照片.png", "坏的.docx")] == [
        ("other", True), ("image", False), ("docx", False)
    ]  # fmt: skip


def test_check_says_in_chinese_whose_it_is_what_is_there_and_what_is_missing(home: Home) -> None:
    path = home.path / "总结.docx"
    path.write_bytes(write(Report(LIBRARY, without=("社会评价", "经验启示"))))
    said = home.run("check", str(path))
    assert said.code == 1
    first, *rest = said.out.splitlines()
    assert first == f"{path}（docx）：{LIBRARY}"
    assert "  社会评价：✗ " in rest
    assert any(line.startswith("  [S1 须补正] ") and "社会评价" in line for line in rest)


def test_check_is_0_when_nothing_stops_acceptance_and_believes_the_unit_it_is_told(home: Home) -> None:
    path = home.path / "无名.docx"
    path.write_bytes(write(Report(LIBRARY, title="创先争优活动总结")))
    said = home.run("check", str(path), "--unit", "07", "--json")
    assert said.code == 0, said.out
    assert said.json[0]["unit"]["code"] == "07"


def test_check_writes_copies_with_comments_and_leaves_the_originals_alone(home: Home) -> None:
    contents = [write(Report(LIBRARY, without=("社会评价", "经验启示"), seed=seed)) for seed in (1, 2)]
    paths = [home.path / folder / "总结.docx" for folder in ("a", "b")]
    for path, content in zip(paths, contents, strict=True):
        path.parent.mkdir()
        path.write_bytes(content)
    (home.path / "说明.txt").write_text("说明")
    target = home.path / "copies"
    said = home.run("check", *map(str, paths), str(home.path / "说明.txt"), "--json", "--annotate", str(target))
    assert [path.read_bytes() for path in paths] == contents
    # The same name twice makes two copies, and what is written is told beside the JSON, not in it.
    assert sorted(path.name for path in target.iterdir()) == [
        "总结（批注1）.docx", "总结（批注）.docx", "说明（检查意见）.docx"
    ]  # fmt: skip
    assert len(said.json) == 3
    assert said.err.splitlines() == [
        str(target / name) for name in ("总结（批注）.docx", "总结（批注1）.docx", "说明（检查意见）.docx")
    ]
    wanted = [one["message"] for one in said.json[0]["findings"] if one["level"] != "clerk"]
    summary, *_ = open_document(io.BytesIO((target / "总结（批注）.docx").read_bytes())).comments
    assert all(words in summary.text for words in wanted)
    assert summary.author == "组织部收件系统"
    listed = open_document(io.BytesIO((target / "说明（检查意见）.docx").read_bytes()))
    assert "检查意见" in [paragraph.text for paragraph in listed.paragraphs]


def test_check_judges_as_if_it_came_from_an_address_and_says_when_it_cannot(home: Home) -> None:
    path = home.path / "总结.docx"
    path.write_bytes(write(Report(BRANCH)))
    without = home.run("check", str(path))
    assert without.code == 0, without.out
    assert "说明：未经邮件，无法判断是否由总支报来" in without.out
    assert home.run("check", str(path), "--json").json[0]["review"] is None
    from_branch = home.run("check", str(path), "--from", college.address("jsj-jg1"), "--json")
    assert from_branch.code == 1
    assert [one["rule"] for one in from_branch.json[0]["findings"] if one["level"] == "must"] == ["R1"]
    from_general = home.run("check", str(path), "--from", college.address("jsj"), "--json")
    assert from_general.code == 0
    assert from_general.json[0]["review"]["evidence"] == "sender"
    is_one_line(home.run("check", str(path), "--from", "nobody"), 2, "--from nobody")


def test_check_explains_what_led_to_each_mark_and_finding(home: Home) -> None:
    path = home.path / f"{BRANCH}总结.docx"
    path.write_bytes(write(Report(BRANCH, without=("社会评价",))))
    said = home.run("check", str(path), "--explain", "--from", college.address("jsj-jg1"))
    lines = [line.strip() for line in said.out.splitlines()]
    assert lines[1].startswith(f"单位：{BRANCH}（把握 ")
    assert "标题" in lines[1]
    assert any(line.startswith("做法：✓ 标题里有，把握 ") for line in lines)
    assert any(line.startswith("社会评价：✗ 没有找到") for line in lines)
    assert f"由总支发来：不是（{college.address('jsj-jg1')}）" in lines
    assert "规则：要求写的方面在标题和正文里都找不到" in lines
    assert "结论：还没有依据" in lines
    assert "意见栏：没有找到" in lines
    is_one_line(home.run("check", str(path), "--explain", "--json"), 2, "--json goes with neither")


def test_check_refuses_what_it_cannot_read_and_units_it_does_not_know(home: Home) -> None:
    is_one_line(home.run("check", str(home.path / "nothing.docx")), 2, "nothing.docx", "cannot be read")
    is_one_line(home.run("check"), 2, "give the documents")
    is_one_line(home.run("check", str(home.path)), 2, str(home.path), "cannot be read")
    (home.path / "x.docx").write_bytes(docx(["x"]))
    is_one_line(home.run("check", str(home.path / "x.docx"), "--unit", "99"), 2, "--unit 99")
