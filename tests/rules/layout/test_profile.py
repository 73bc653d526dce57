"""Profiles, fonts that are the same, sizes by name, and the [layout] table of a campaign file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.campaign_file import read_campaign, warnings
from rules.layout.fonts import fits, plain_name
from rules.layout.profile import profile, profile_names
from rules.layout.sizes import name_of, points_of
from rules.layout.wishes import Wishes
from rules.workdays import Calendar

STANDARD = "gbt9704-2012"
SMALL = """
id = "small"
title = "小活动"
opens = 2012-08-27
[deadline]
text = "9月14日前"
at = 2012-09-14
[[deliverables]]
key = "report"
title = "总结"
by = ["党支部"]
"""


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_says_something_of_everything(name: str) -> None:
    assert [key for key in Wishes.model_fields if getattr(profile(name), key) is None] == []


def test_a_profile_changes_what_it_says_and_keeps_the_rest() -> None:
    base, close = profile(STANDARD), profile("gbt9704-2012-28pt")
    assert (base.line_pitch, close.line_pitch) == ((26, 30), (28, 28))
    assert [key for key in Wishes.model_fields if getattr(base, key) != getattr(close, key)] == ["line_pitch"]


@given(st.sampled_from(list(Wishes.model_fields)))
def test_wishes_that_are_not_written_leave_the_profile_as_it_is(key: str) -> None:
    assert getattr(Wishes().over(profile(STANDARD)), key) == getattr(profile(STANDARD), key)


def test_own_margins_stand_beside_those_of_the_profile_and_end_its_other_sets() -> None:
    wanted = Wishes.model_validate({"margins": {"left": 30}}).over(profile(STANDARD))
    assert wanted.margins == {"top": (34, 37), "bottom": (27, 35), "left": (30, 30), "right": (25, 27)}
    assert wanted.margins_also == ()


# What is written, and what is said of it; "" where it is right.
WRITTEN = (
    ('profile = ""', ""),
    ('profile = "gbt9704-2012"', ""),
    ('profile = "gbt9704-2012"\nline_pitch = 28\ntitle_size = "小二号"\nbody_fonts = ["仿宋_GB2312"]', ""),
    ('profile = "gbt9704-2012"\nmargins = { top = 37, left = [27, 28] }\nline_pitch = []\nindent = 2', ""),
    ('profile = "gbt9704-2012"\nby = ["党总支", "党支部"]', ""),
    ('profile = "gbt9704"', "layout.profile = 'gbt9704': 没有这种版式，是不是想写 gbt9704-2012？"),
    ('profile = "国标"', "没有这种版式，可用的有：gbt9704-2012、"),
    ("line_pitch = 28", "layout: 写了版式要求，还须写 profile"),
    ('profile = "gbt9704-2012"\nline_pich = 28', "layout.line_pich = '28': 没有这个键，是不是想写 line_pitch？"),
    ('profile = "gbt9704-2012"\nline_pitch = "28磅"', "layout.line_pitch = '28磅': 应是大于 0 的数，或 [最小, 最大]"),
    ('profile = "gbt9704-2012"\nline_pitch = [30, 26]', "应是大于 0 的数，或 [最小, 最大]"),
    ('profile = "gbt9704-2012"\nline_pitch = nan', "应是大于 0 的数"),
    ('profile = "gbt9704-2012"\ntitle_size = "九号"', '应是字号，如 "3号"、"小二"，或磅数，如 16'),
    ('profile = "gbt9704-2012"\nmargins = 30', "应写成 { top = 37, bottom = 35, left = 28, right = 26 }"),
    ('profile = "gbt9704-2012"\nmargins = { lft = 30 }', "没有“lft”这一边，是不是想写 left？"),
    ('profile = "gbt9704-2012"\nmargins = { 左 = 30 }'.replace("左", '"左"'), "可用：top、bottom、left、right"),
    ('profile = "gbt9704-2012"\npaper = "A4"', "应写成 [宽, 高]，单位毫米，如 [210, 297]"),
    ('profile = "gbt9704-2012"\nbody_fonts = "仿宋"', "layout.body_fonts = '仿宋': 应是列表"),
    ('profile = "gbt9704-2012"\ndate_forms = ["roman"]', "只能是"),
    ('profile = "gbt9704-2012"\nby = ["总支"]', "只能是"),
    ('profile = "gbt9704-2012"\npage_number = "yes"', ""),
)


@pytest.mark.parametrize(("written", "said"), WRITTEN)
def test_the_table_of_a_campaign_file(written: str, said: str) -> None:
    reading = read_campaign(f"{SMALL}\n[layout]\n{written}\n")
    if said:
        assert reading.value is None
        assert any(said in str(fault) for fault in reading.faults), reading.faults
    else:
        assert reading.value is not None, reading.faults


def test_a_profile_that_nobody_is_held_against_is_a_warning() -> None:
    def said(more: str) -> list[str]:
        campaign = read_campaign(f'{SMALL}\n[layout]\nprofile = "{STANDARD}"\n{more}').value
        assert campaign is not None
        return [fault.where for fault in warnings(campaign, Calendar()) if fault.where.startswith("layout")]

    assert said("") == ["layout.profile"]
    assert said('by = ["党支部"]') == []


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("二号", 22), ("2号", 22), ("２号", 22), ("小二", 18), ("小二号", 18), ("小2号", 18), ("三号", 16),
        ("小四", 12),
        ("初号", 42), ("小初", 36), ("八号", 5), ("16", 16), ("16磅", 16), ("10.5pt", 10.5), ("九号", None), ("", None),
        ("0", None), ("大", None),
    ],
)  # fmt: skip
def test_sizes_by_name(written: str, points: float | None) -> None:
    assert points_of(written) == points


@given(st.floats(min_value=1, max_value=99).map(lambda size: round(size, 1)))
def test_a_size_by_its_name_is_that_size(size: float) -> None:
    assert points_of(name_of(size)) == pytest.approx(size, abs=0.05)


@pytest.mark.parametrize(
    ("font", "bold", "wanted", "expected"),
    [
        ("FangSong", False, ["仿宋"], True),
        ("仿宋_GB2312", False, ["仿宋"], True),
        ("方正仿宋_GBK", False, ["仿宋"], True),
        ("华文仿宋", False, ["仿宋"], True),
        ("@仿宋", False, ["仿宋"], True),
        ("仿宋;宋体", False, ["仿宋"], True),
        ("fangsong", False, ["仿宋"], True),
        ("宋体", False, ["仿宋"], False),
        ("楷体", False, ["仿宋"], False),
        ("宋体", True, ["小标宋", "宋体加粗"], True),
        ("宋体", False, ["小标宋", "宋体加粗"], False),
        ("STZhongsong", False, ["小标宋", "中宋"], True),
        ("某单位自制字体", False, ["某单位自制字体"], True),
    ],
)
def test_fonts_that_are_the_same_to_a_reader(font: str, bold: bool, wanted: list[str], expected: bool) -> None:
    assert fits(font, bold, wanted) is expected


def test_where_names_count_exactly_only_the_other_language_is_the_same() -> None:
    assert fits("FangSong_GB2312", False, ["仿宋_GB2312"], exactly=True)
    assert not fits("仿宋", False, ["仿宋_GB2312"], exactly=True)
    assert fits("SimHei", False, ["黑体"], exactly=True)
    assert not fits("方正黑体_GBK", False, ["黑体"], exactly=True)
    assert plain_name("KaiTi") == "楷体"
