"""A formal document as the standard has it gives no alarm; each fault in it gives one, of the rule that it breaks."""

import io
import random
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.checks import examine
from rules.layout.read import read_layout, read_with_layout
from rules.model import Document, Kind, Level
from rules.word import read_document
from tests.documents.formal import Formal
from tests.documents.formal_asked import PAPER, REPORT, asking, findings, formal, ids, said_of
from tests.documents.formal_variants import FAULTS, GOOD, RIGHT
from tests.documents.invented import DIRECT, EVERYBODY, FIRST, GENERAL, OTHER_GENERAL
from tests.servers_start import require

WAYS = ("direct", "styles", "theme")
CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "word"


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_gives_no_alarm(name: str) -> None:
    assert findings(RIGHT[name].docx()) == []


@pytest.mark.parametrize("way", ["styles", "theme"])
def test_looks_may_stand_in_styles_or_in_the_theme(way: str) -> None:
    assert findings(replace(GOOD, way=way).docx()) == []
    assert ids(replace(FAULTS["text in 宋体"][1], way=way).docx()) == ["L3"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_gives_one_finding_of_its_rule(name: str) -> None:
    rule, spoilt = FAULTS[name]
    found = findings(spoilt.docx())
    assert [one.rule for one in found] == [rule]
    assert re.fullmatch(r".*[一-鿿]{6}.*。", found[0].message)
    assert len(found[0].message) <= 120
    assert found[0].level is Level.HINT


@pytest.mark.slow
@pytest.mark.parametrize("way", ["styles", "theme"])
def test_all_is_judged_alike_in_styles_and_in_the_theme(way: str) -> None:
    assert {name: found for name, one in RIGHT.items() if (found := findings(replace(one, way=way).docx()))} == {}
    assert {name: ids(replace(one, way=way).docx()) for name, (_, one) in FAULTS.items()} == {
        name: [rule] for name, (rule, _) in FAULTS.items()
    }


def test_a_finding_says_which_paragraphs_what_is_there_and_what_should_be() -> None:
    (found,) = findings(GOOD.form("body", size=12, font="宋体").docx())
    assert found.message == "字体字号建议调整：正文应为3号仿宋，第6、8、10段等9处现为小四宋体。"
    assert found.where.startswith("¶6 ")


def test_a_document_with_everything_wrong_gets_few_lines() -> None:
    worst = (
        replace(GOOD, margins=(25.4, 25.4, 31.8, 31.8), footer="")
        .everywhere(font="宋体", size=12, line=1.5, rule="auto", first=0)
        .form("title", font="黑体", align="left")
        .text("（一）", "(一)、")
        .text("〔2012〕8号", "（2012）8号")
        .text("2012年9月10日", "2012.9.10")
    )
    found = findings(worst.docx())
    assert [one.rule for one in found] == ["L1", "L2", "L3", "L4", "L5", "L6", "L7"]
    assert all(len(one.message) <= 120 for one in found)


# ------------------------------------------------------------------------------------------------- whose


def test_nobody_is_told_of_layout_where_the_campaign_has_no_profile() -> None:
    assert ids(FAULTS["no indent"][1].docx(), formal(asking(profile=""))) == []


def test_only_who_owes_a_formal_document_is_told() -> None:
    content = FAULTS["no indent"][1].docx()
    assert ids(content, formal(unit=OTHER_GENERAL)) == ["L5"]
    assert ids(content, formal(unit=FIRST)) == []
    assert ids(content, formal(unit=DIRECT)) == []
    assert ids(content, formal(asking(deliverables=(REPORT,)), GENERAL)) == []


def test_the_campaign_may_name_other_kinds_of_unit() -> None:
    content = FAULTS["no indent"][1].docx()
    asked = asking(by=frozenset({Kind.DIRECT_BRANCH, Kind.BRANCH}))
    assert [ids(content, formal(asked, unit)) for unit in (GENERAL, FIRST, DIRECT)] == [[], ["L5"], ["L5"]]


def test_a_branch_is_left_alone_even_where_it_owes_paper() -> None:
    everybody = asking(deliverables=(REPORT, PAPER.model_copy(update={"by": EVERYBODY})))
    content = FAULTS["no indent"][1].docx()
    assert [ids(content, formal(everybody, unit)) for unit in (GENERAL, FIRST, DIRECT)] == [["L5"], [], ["L5"]]


def test_a_converted_file_and_one_read_without_layout_are_left_alone() -> None:
    content = FAULTS["no indent"][1].docx()
    document = read_with_layout("总结.docx", content)
    assert isinstance(document, Document)
    for other in (replace(document, kind="doc"), read_document("总结.docx", content)):
        assert said_of(other, formal()) == []


# ------------------------------------------------------------------------------------------------- wishes


WISHES: tuple[tuple[dict[str, Any], Formal, list[str]], ...] = (
    ({"line_pitch": 28}, GOOD.everywhere(line=28), []),
    ({"line_pitch": 28}, GOOD, ["L5"]),
    ({"profile": "gbt9704-2012-28pt"}, GOOD, ["L5"]),
    ({"profile": "notice-38pt"}, GOOD.everywhere(line=38).form("title", size=18), []),
    ({"profile": "gbt9704-2012-gb2312"}, GOOD, []),
    ({"profile": "gbt9704-2012-gb2312"}, RIGHT["fonts of Founder"], ["L2", "L3"]),
    ({"profile": "gbt9704-2012-gbk"}, RIGHT["fonts of Founder"], []),
    ({"profile": "gbt9704-2012-gbk"}, GOOD, ["L2", "L3"]),
    ({"profile": "gbt9704-2012-plain"}, RIGHT["宋体 in bold for the title"], []),
    ({"title_size": ["二号", "小二号"]}, GOOD.form("title", size=18), []),
    ({"title_size": "小二"}, GOOD, ["L2"]),
    ({"body_fonts": ["宋体"], "body_size": "小四"}, GOOD.form("body", font="SimSun", size=12), ["L3"]),
    ({"margins": {"left": 31.8, "right": 31.8}}, replace(GOOD, margins=(37, 35, 31.8, 31.8)), []),
    ({"margins": {"left": 31.8}}, RIGHT["margins of a guide, 4"], ["L1"]),
    ({"margins": []}, FAULTS["a narrow left margin"][1], []),
    ({"paper": [176, 250]}, GOOD, ["L1"]),
    ({"indent": []}, GOOD.form("body", first=0), []),
    ({"line_pitch": [], "space": 20}, GOOD.everywhere(line=20, after=18), []),
    ({"number_forms": False}, GOOD.text("（一）", "(一)"), []),
    ({"page_number": False}, FAULTS["no page number"][1], []),
    ({"page_dashes": True}, GOOD, []),
    ({"page_dashes": True}, replace(GOOD, footer=GOOD.footer.replace("—", "")), ["L1"]),
    ({"date_forms": ["arabic"]}, RIGHT["a date in Chinese"], ["L7"]),
    ({"date_forms": []}, FAULTS["2012.9.10"][1], []),
    ({"title_fonts": [], "title_size": []}, FAULTS["a title in 黑体"][1], []),
)


@pytest.mark.parametrize(("wishes", "document", "expected"), WISHES, ids=[str(one[0]) for one in WISHES])
def test_a_campaign_asks_for_what_it_writes(wishes: dict[str, Any], document: Formal, expected: list[str]) -> None:
    assert ids(document.docx(), formal(asking(**wishes))) == expected


# ------------------------------------------------------------------------------------------------- odd files


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("seed", range(20))
def test_damage_inside_of_a_file_gives_a_layout_or_none(seed: int) -> None:
    chance = random.Random(seed)
    parts = members(replace(GOOD, way=WAYS[seed % 3]).docx())
    name = chance.choice([name for name in parts if name.endswith(".xml")])
    data = bytearray(parts[name])
    for _ in range(chance.choice([1, 1, 3, 20])):
        at = chance.randrange(len(data))
        data[at : at + chance.choice([0, 1, 8])] = chance.choice([b"", b"-", b"9", b"99999999999", b"\x00", b"<w:p>"])
    findings(packed({**parts, name: bytes(data)}))


def test_the_items_of_a_list_are_no_headings_without_a_level_above() -> None:
    plain = GOOD.without("h1").without("h2").without("h4")
    items = plain.text("1．加强组织领导", "1．加强组织领导；").text("2．注", "2．抓好学习")
    assert ids(plain.docx()) == ["L4"]
    assert ids(items.docx()) == []


def test_automatically_numbered_paragraphs_have_indents_of_their_own() -> None:
    parts = members(FAULTS["no indent"][1].docx())
    number = b'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    numbered = parts["word/document.xml"].replace(b"<w:pPr>", number)
    assert ids(packed({**parts, "word/document.xml": numbered})) == []


@pytest.mark.parametrize("absent", ["word/styles.xml", "word/settings.xml", "word/footer.xml", "word/theme/theme1.xml"])
def test_a_part_that_is_absent_costs_only_what_stands_in_it(absent: str) -> None:
    parts = members(GOOD.docx())
    del parts[absent]
    assert ids(packed(parts)) == (["L1"] if "footer" in absent else [])


def test_what_is_no_word_file_has_no_layout() -> None:
    assert read_layout(b"") is None
    assert read_layout("总结".encode()) is None
    assert read_layout(b"PK\x03\x04") is None


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpora/word is absent")
def test_no_file_of_others_stops_it() -> None:
    for path in sorted(CORPUS.glob("*/*.docx")):
        document = read_with_layout(path.name, path.read_bytes())
        if isinstance(document, Document):
            examine(document, formal())


# ------------------------------------------------------------------------------------------------- LibreOffice


def saved(contents: dict[str, bytes], folder: Path, *formats: str) -> dict[str, bytes]:
    """Each document once LibreOffice has opened and saved it in one format after the other."""
    source = folder / "0"
    source.mkdir()
    for number, content in enumerate(contents.values()):
        (source / f"{number}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for step, target in enumerate(formats, 1):
        command = ["soffice", profile, "--headless", "--norestore", "--convert-to", target]
        files = sorted(map(str, source.iterdir()))
        source = folder / str(step)
        subprocess.run([*command, "--outdir", str(source), *files], capture_output=True, timeout=300, check=True)
    return {name: (source / f"{number}.docx").read_bytes() for number, name in enumerate(contents)}


WORD = "docx:MS Word 2007 XML"


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.parametrize("formats", [(WORD,), ("odt", WORD)], ids=["saved again", "through OpenDocument"])
def test_what_libreoffice_has_saved_is_judged_alike(formats: tuple[str, ...], tmp_path: Path) -> None:
    require("soffice")
    right = {f"{name}, {way}": replace(one, way=way).docx() for name, one in RIGHT.items() for way in WAYS}
    spoilt = {name: one.docx() for name, (_, one) in FAULTS.items()}
    read = saved({**right, **spoilt}, tmp_path, *formats)
    assert {name: found for name in right if (found := findings(read[name]))} == {}
    assert {name: ids(read[name]) for name in spoilt} == {name: [rule] for name, (rule, _) in FAULTS.items()}
