"""Rules of the families R, U and H on text that nobody would write: one remark each at most, and no exception."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.checks.register import REPORT_RULES
from rules.checks.rule import Report
from rules.model import Document, Paragraph, Place
from tests.rules.checks.case import BY_BRANCH

PIECES = st.sampled_from(
    [
        *(
            "党总支意见：",
            "书记签名：",
            "同意",
            "□",
            "☑",
            "（）",
            "　年　月　日",
            "2012年9月31日",
            "9999年99月99日",
            "\n",
        ),
        *(
            "发放9份收回99份",
            "满意率999%",
            "12人，其中教师5人、学生8人",
            "XX",
            "×",
            "20__年",
            "____",
            "○○",
            "（此处填写",
        ),
        *(
            "【单位名称】",
            "我园",
            "“",
            "”",
            "我数学学院学生党支部",
            "待总支审核",
            "经总支审核",
            "赵书记",
            "。",
            "，",
            "1年月甲",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXTS, st.booleans()), max_size=6), TEXTS, TEXTS)
def test_each_rule_says_one_thing_at_most(lines: list[tuple[str, bool]], words: str, name: str) -> None:
    paragraphs = (
        Paragraph(number, text, place=Place.TABLE if cell else Place.BODY, row=1 if cell else 0)
        for number, (text, cell) in enumerate(lines, 1)
    )
    context = replace(BY_BRANCH, mail_text=words, mail_whole=words, subject=name, file_name=name)
    report = Report(Document("docx", tuple(paragraphs), name, words), context)
    said = Counter(finding.rule for rule in REPORT_RULES if rule.id[0] in "RUH" for finding in rule.findings(report))
    assert all(count <= (2 if rule == "H6" else 1) for rule, count in said.items())
