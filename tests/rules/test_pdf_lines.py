"""Lines of pages to paragraphs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.pdf_lines import Line, Sheet, joined, paragraphs_of
from tests.documents.pdf import HEIGHT, LEFT, PITCH, RIGHT, SIZE, TOP, WIDTH

FULL = "满" * 27


def sheet(*lines: str | Line, page: int = 0) -> Sheet:
    """Lines below each other. Leading full-width spaces are an indent; a Line stands where it says."""
    made = []
    for number, line in enumerate(lines):
        if isinstance(line, Line):
            made.append(line)
            continue
        text = line.lstrip("\u3000")
        left = LEFT + SIZE * (len(line) - len(text))
        made.append(Line(text, page, left, left + SIZE * len(text), TOP - number * PITCH, SIZE))
    return Sheet(WIDTH, HEIGHT, tuple(made))


def texts(*sheets: Sheet) -> list[str]:
    return [paragraph.text for paragraph, _ in paragraphs_of(sheets)]


JOINED = [
    ("an indented first line", (f"　　{FULL[:25]}", FULL, "尾。"), [f"{FULL[:25]}{FULL}尾。"]),
    ("without any indent", (FULL, "尾。"), [f"{FULL}尾。"]),
    (
        "a whole block set in",
        (f"　　{FULL[:25]}", f"　　{FULL[:25]}", "　　尾。", FULL),
        [FULL[:25] * 2 + "尾。", FULL],
    ),
    ("the last line nearly full", (FULL[:26], "尾。"), [FULL[:26] + "尾。"]),
]
APART = [
    ("a short last line", (FULL, "尾。", FULL), [f"{FULL}尾。", FULL]),
    ("an indent", (FULL[:26] + "。", "　　另起一段。"), [FULL[:26] + "。", "另起一段。"]),
    ("a numbered heading", (FULL[:26] + "。", "二、做法"), [FULL[:26] + "。", "二、做法"]),
    ("lines of a 落款", (FULL, "某某支部", "2012年9月6日"), [FULL + "某某支部", "2012年9月6日"]),
    ("a blank line between", (FULL, Line(FULL, 0, LEFT, RIGHT, TOP - 3 * PITCH, SIZE)), [FULL, FULL]),
    ("larger letters", (FULL, Line("大" * 20, 0, LEFT, RIGHT, TOP - PITCH, 22.0)), [FULL, "大" * 20]),
]


@pytest.mark.parametrize(("lines", "wanted"), [case[1:] for case in JOINED + APART], ids=[c[0] for c in JOINED + APART])
def test_lines_are_joined_or_kept_apart(lines: tuple[str | Line, ...], wanted: list[str]) -> None:
    rest = ("　　" + FULL[:25], FULL, FULL, "完。")  # so that the edges of the text are known
    assert texts(sheet(*lines), sheet(*rest, page=1))[: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("1", "2"),
        ("- 1 -", "- 2 -"),
        ("第 1 页 共 2 页", "第 2 页 共 2 页"),
        ("1/2", "2/2"),
        ("虚构学院 1", "虚构学院 2"),
    ],
)
def test_page_numbers_and_running_heads_are_left_out(above: str, below: str) -> None:
    pages = [
        sheet(f"　　{FULL[:25]}", "完。", Line(words, number, 280, 300, 40, 9), page=number)
        for number, words in enumerate((above, below))
    ]
    assert texts(*pages) == [f"{FULL[:25]}完。"] * 2


def test_a_number_in_the_text_and_a_title_at_the_top_stay() -> None:
    title = Line("二〇一二年创先争优活动总结", 0, 200, 408, 800, 22.0)
    assert texts(sheet(title, "2012", FULL)) == [title.text, "2012", FULL]


@pytest.mark.parametrize(
    ("before", "after", "both"),
    [
        ("总", "结", "总结"), ("共 3", "项", "共 3项"), ("Party", "branch", "Party branch"),
        ("infor-", "mation", "information"), ("2011-", "2012", "2011- 2012"), ("", "x", "x"), ("。", "A", "。A"),
    ],
)  # fmt: skip
def test_two_lines_meet_as_people_write(before: str, after: str, both: str) -> None:
    assert joined(before, after) == both


@given(
    st.lists(
        st.builds(
            Line,
            st.text("总结支部，。abc12", min_size=1, max_size=9),
            st.just(0),
            *[st.floats(0, 1e4)] * 3,
            st.floats(1, 99),
        ),
        max_size=12,
    )
)
def test_no_letter_is_lost_wherever_the_lines_stand(lines: list[Line]) -> None:
    found = "".join(texts(Sheet(1e6, 1e6, tuple(replace(line, base=5e5 + line.base) for line in lines))))
    assert found.replace(" ", "") == "".join(line.text for line in lines)
