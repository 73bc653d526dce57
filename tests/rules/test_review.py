"""The ladder of evidence that the 总支 has reviewed a report, and what only looks like a rung of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.campaign import ReviewRule
from rules.model import Document, Evidence, Review, Unreadable
from rules.review import review_of
from rules.reviewing.block import BlockState, opinion_blocks
from tests.documents.build import Line, table
from tests.documents.invented import DIRECT, FIRST, GENERAL, OTHER_GENERAL, campaign, context, document, text_of

TEXT = "一、主要做法。" + "支部认真组织学习。" * 40
BY_BRANCH = context(sender=(FIRST,))


def review(read: Document | Unreadable, mail_text: str = "", **changes: object) -> Review | None:
    return review_of(read, replace(BY_BRANCH, mail_text=mail_text, **changes))  # type: ignore[arg-type]


def evidence(*lines: Line | str) -> Evidence | None:
    found = review(document(TEXT, *lines))
    return found.evidence if found else None


def test_the_general_branch_as_sender_is_the_strongest() -> None:
    found = review_of(text_of(TEXT, "党总支意见：同意。书记签名：某某 2012年9月7日"), context())
    assert found is not None
    assert (found.evidence, found.by) == (Evidence.SENDER, "计算机学院党总支")
    assert found.at == context().received_at
    assert "jsj@example.edu.cn" in found.where


def test_an_address_shared_by_branch_and_general_branch_counts() -> None:
    assert review_of(text_of(TEXT), context(sender=(FIRST, GENERAL))) is not None


def test_another_general_branch_does_not_count() -> None:
    assert review_of(text_of(TEXT), context(sender=(OTHER_GENERAL,))) is None


def test_nothing_is_said_where_no_review_is_needed() -> None:
    assert review_of(text_of(TEXT), context(DIRECT, (DIRECT,))) is None
    assert review_of(text_of(TEXT), context(GENERAL, (GENERAL,))) is None
    assert review_of(text_of(TEXT), context(None)) is None


def test_only_evidence_that_the_campaign_counts_is_evidence() -> None:
    block = text_of(TEXT, "党总支意见：同意。", "书记签名：某某 2012年9月7日")
    strict = context(campaign=campaign(review=ReviewRule(evidence=("block",))))
    assert review_of(text_of(TEXT), strict) is None
    found = review_of(block, strict)
    assert found is not None
    assert found.evidence is Evidence.BLOCK
    assert (
        review_of(block, context(sender=(FIRST,), campaign=campaign(review=ReviewRule(evidence=("sender",))))) is None
    )


def test_an_unreadable_file_from_the_general_branch_is_reviewed_all_the_same() -> None:
    assert review_of(Unreadable("doc", "F4"), context()) is not None
    assert review(Unreadable("doc", "F4"), "该总结已经党总支审核。") is not None
    assert review(Unreadable("doc", "F4")) is None


FILLED: list[tuple[str, tuple[Line | str, ...]]] = [
    ("on one line", ("党总支意见：同意报送。 书记签名：某某某 2012年9月7日",)),
    ("over three lines", ("党总支意见：", "情况属实，同意报送。", "党总支书记签名：某某某　　2012年9月7日")),
    ("with a stamp and a date", ("党总支审核意见：已审核，同意。", "（盖章）", "2012.9.7")),
    ("in Chinese numerals", ("所在党总支意见：同意。", "负责人（签字）：某某", "二○一二年九月七日")),
    ("a committee in its place", ("学院党委意见：同意上报。", "书记：某某 2012年9月7日")),
    ("審核 without a name", ("审核意见：同意", "书记签章：某某 2012年9月7日")),
    ("in two cells", (table([["党总支审核意见", "同意报送\n书记签字：某某\n2012年9月7日"]]),)),
    ("in a narrow cell", (table([["党\n总\n支\n意\n见", "情况属实。\n（盖章） 2012年9月7日"]]),)),
    ("label above the text in one cell", (table([["党总支意见：\n同意报送。\n书记签名：某某 2012年9月7日"]]),)),
    ("a signature and no date line", ("党总支意见：同意报送。 书记签名：某某某",)),
    ("signed and dated without words", ("党总支意见：", "书记签名：某某 2012年9月7日")),
    ("a long opinion", ("党总支审核意见：", "该支部活动扎实。" * 40, "书记签名：某某 2012年9月7日")),
]


@pytest.mark.parametrize("lines", [lines for _, lines in FILLED], ids=[name for name, _ in FILLED])
def test_a_filled_block_is_evidence(lines: tuple[Line | str, ...]) -> None:
    assert evidence(*lines) is Evidence.BLOCK


def test_a_block_gives_its_day_as_an_aware_time_and_its_words() -> None:
    found = review(document(TEXT, "党总支意见：同意报送。", "书记签名：某某 2012年9月7日"))
    assert found == Review(
        Evidence.BLOCK, "计算机学院党总支", datetime(2012, 9, 7, 4, 0, tzinfo=UTC), "¶2 党总支意见：同意报送"
    )


NO_BLOCK: list[tuple[str, tuple[Line | str, ...]]] = [
    ("spaces", ("党总支意见：　　　　　　　　", "党总支书记签名：　　　　　　　年　　月　　日")),
    ("underscores", ("党总支意见：____________", "书记签名：________ ____年__月__日")),
    ("dots", ("党总支意见：…………………………", "党总支书记签名：………… 年 月 日")),
    ("an empty cell", (table([["党总支意见", "\n\n（盖章）\n年 月 日"]]),)),
    ("words but the date was left open", ("党总支意见：同意报送。", "书记签名：　　　年　月　日")),
    ("only a date", ("党总支意见：", "2012年9月7日")),
    ("a refusal", ("党总支意见：不同意上报。", "书记签名：某某 2012年9月7日")),
    ("back for changes", ("党总支意见：请修改后再报。", "书记签名：某某 2012年9月7日")),
    ("the branch's own", ("党支部意见：同意报送。", "书记签名：某某 2012年9月7日")),
    ("the school's", ("学校党委意见：同意。", "2012年9月7日")),
    ("a heading about opinions", ("二、认真听取党总支意见", "同意的占多数。2012年9月7日召开了会议。")),
]  # fmt: skip


@pytest.mark.parametrize("lines", [lines for _, lines in NO_BLOCK], ids=[name for name, _ in NO_BLOCK])
def test_what_only_looks_like_a_block_is_no_evidence(lines: tuple[Line | str, ...]) -> None:
    assert evidence(*lines) is None


def test_an_empty_block_is_known_to_be_empty_and_a_refusal_to_be_one() -> None:
    states = [
        block.state for block in opinion_blocks(text_of("党总支意见：", "书记签名： 年 月 日", "党总支意见：不同意"))
    ]
    assert states == [BlockState.EMPTY, BlockState.REFUSED]


STATED = [
    "我支部总结已经党总支审核，现报上。",
    "该总结经我总支认真审核同意。",
    "本总结已由总支书记审阅。",
    "现将经党总支把关的总结报上，请查收。",
    "总结已通过系党总支审核。",
    "经党总支研究同意，现将我支部总结报送。",
    "党总支已对总结作了审核。",
    "经计算机学院党总支讨论通过。",
    "经支委会讨论、党总支审定，现报送总结。",
    "经总支委会研究通过，现报送。",
    "党总支审核意见：同意。",
    "已经学院党委审核。",
]
NOT_STATED = [
    "总结经支委会讨论通过，现报上。",
    "总结未经党总支审核。",
    "请党总支审核。",
    "待党总支审核后再报。",
    "总结还没有经总支把关。",
    "将经党总支审核。",
    "须经党总支审核。",
    "经党总支审核后再报送纸质稿。",
    "经党总支第一党支部支委会讨论通过。",
    "经党总支审查的发展对象三人。",
    "经党总支研究决定成立领导小组。",
    "经学校批准。",
    "一审某某，二审某某，三审党总支某某审核。",
    "严把党员发展关，党总支已审核推荐对象。",
    "现将我党总支的总结报上。",
    "各支部的总结要经党总支认真把关后汇总报送。",
]


@pytest.mark.parametrize("sentence", STATED)
def test_a_statement_in_the_mail_is_evidence(sentence: str) -> None:
    found = review(text_of(TEXT), f"组织部：\n您好！{sentence}\n谢谢")
    assert found is not None
    assert found.evidence is Evidence.STATEMENT
    assert found.where.startswith("邮件正文：")


@pytest.mark.parametrize("sentence", NOT_STATED)
def test_a_wish_a_duty_or_something_else_is_no_statement(sentence: str) -> None:
    assert review(text_of(TEXT), f"组织部：\n您好！{sentence}") is None
    assert review(text_of(TEXT, sentence)) is None


@pytest.mark.parametrize(
    "line",
    [
        "（经系党总支审核）",
        "本总结经党总支审核同意。",
        "（已经党总支审阅）",
        "（经计算机学院党总支审核同意，2012年9月10日）",
        "本总结已报经党总支审阅。",
        "经中共示例学院计算机科学学院总支部委员会审核，现予上报。",
        "本报告由支部起草，经支部大会讨论、党总支审定。",
        "审核：计算机学院党总支（同意） 2012年9月8日",
        "此件经党总支审核后报送。",
    ],
)
def test_a_statement_at_the_edge_of_the_report_is_evidence(line: str) -> None:
    for lines in ((TEXT, line), (line, *[TEXT] * 8)):
        found = review(text_of(*lines))
        assert found is not None
        assert found.evidence is Evidence.STATEMENT
        assert found.at is None


@pytest.mark.parametrize(
    "sentence",
    [
        "三十份承诺书都经党总支审核后上墙公示，接受全体师生监督。",
        "活动的主题经党总支审定，围绕学习型党组织建设展开，内容丰富。",
        "发展对象由总支书记亲自把关。",
        "名单经党总支审核后公示。",
        "活动方案报党总支审批同意。",
        "（撰稿：冯某　审稿：王某　责任编辑：总支办）",
        "一审：某某 二审：某某 三审：总支赵书记审核",
        "支部计划经总支同意后实施。",
        "承诺书经总支审核上墙。",
        "总支领导参加了座谈会，同意了支部的设想。",
        "每名党员的公开承诺都经总支书记审定。",
        "学院党委审核通过了3名预备党员转正。",
    ],
)
def test_a_report_that_tells_of_other_reviews_has_none_of_its_own(sentence: str) -> None:
    assert review(text_of(TEXT, TEXT + sentence + TEXT, TEXT)) is None


@given(
    st.lists(st.text(alphabet="经党总支意见审核：同意书记签名年月日2019.。、（）_ \n", max_size=60), max_size=8),
    st.text(max_size=80),
)
def test_any_words_are_weighed_without_raising(lines: list[str], mail: str) -> None:
    found = review(text_of(*[line or "空" for line in lines]), mail)
    assert found is None or found.evidence in (Evidence.BLOCK, Evidence.STATEMENT)
