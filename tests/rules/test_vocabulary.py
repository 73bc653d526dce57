"""The built-in words: sentences that speak of an aspect and others that only look like it; other notices' aspects."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.aspect.cues import anchors_of, cue, cues
from rules.aspect.text import sentences_of
from rules.aspects import aspects_of, prose_of
from rules.campaign import Aspect, ParticipationRule
from rules.model import AspectFound, Document, Participation
from rules.participation import participation_of
from rules.vocabulary import words_for
from rules.vocabulary.words import table
from tests.documents.invented import campaign, text_of

SENTENCES = Path(__file__).parents[1] / "documents" / "sentences.txt"
KEYS = ("特点", "做法", "成效", "社会评价", "经验启示")
METHODS = {"个别访谈": (), "座谈会": (), "问卷": (), "网络测评": ()}


def labelled() -> list[tuple[str, bool, str]]:
    rows, key = [], ""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            key = line[3:]
        elif line[:2] in ("+ ", "- "):
            rows.append((key, line[0] == "+", line[2:]))
    return rows


def found(document: Document, *aspects: Aspect) -> dict[str, AspectFound]:
    asked = campaign(aspects=aspects)
    return {one.key: one for one in aspects_of(prose_of(document, asked, sentences_of(document)), asked)}


def asking(*lines: str) -> Participation:
    document = text_of(*lines)
    return participation_of(prose_of(document, campaign(), sentences_of(document)), ParticipationRule(methods=METHODS))


@pytest.mark.parametrize(("key", "there", "sentence"), labelled())
def test_a_sentence_speaks_of_the_aspect_or_only_looks_like_it(key: str, there: bool, sentence: str) -> None:
    document = text_of("支部现有党员18名，现将有关情况报告如下。", sentence, "党员按要求参加了学习。")
    assert (found(document, Aspect(key=key))[key].found != "absent") is there


@pytest.mark.parametrize(
    ("key", "heading", "text"),
    [
        ("群众评价", "四、群众的评价", "群众说好。"),
        ("主要成效", "二、取得的成绩", "支部获校先进。"),
        ("存在问题", "四、存在的不足", "学习不够深入，有的党员积极性不高。"),
        ("下一步打算", "五、今后努力方向", "继续抓好学习，办好党课。"),
        ("基本情况", "一、支部概况", "支部现有党员18名。"),
        ("活动背景", "一、缘起", "根据学校党委的部署开展。"),
        ("思想成果", "三、思想上的成果", "党员的认识提高了。"),
        ("廉政建设", "三、廉政建设情况", "签订承诺书。"),
    ],
)
def test_an_aspect_of_another_notice_needs_only_its_key(key: str, heading: str, text: str) -> None:
    seen = found(text_of("二○一二年，我们开展活动如下。", heading, text), Aspect(key=key))[key]
    assert (seen.found, seen.where) == ("heading", f"¶2 {heading}")


def test_problems_and_plans_are_found_in_plain_text() -> None:
    document = text_of("支部学习还不够深入，存在一定差距。", "下一步，我们将继续抓好党课。")
    seen = found(document, Aspect(key="存在问题"), Aspect(key="下一步打算"))
    assert [one.found for one in seen.values()] == ["body", "body"]


def test_a_section_of_plans_or_problems_says_nothing_for_the_aspects() -> None:
    document = text_of(
        "四、存在的问题",
        "群众满意度98%的目标没有达到，特色鲜明的活动少。",
        "五、下一步打算",
        "必须坚持求真，必须坚持务实，取得明显成效。",
    )
    aspects = (Aspect(key=key) for key in ("特点", "成效", "社会评价", "经验启示"))
    assert {one.found for one in found(document, *aspects).values()} == {"absent"}


def test_what_is_said_after_the_plans_about_the_whole_counts_again() -> None:
    document = text_of("五、下一步打算", "继续学习。", "回顾两年，“开门办学”是我们最鲜明的特色。")
    assert found(document, Aspect(key="特点"))["特点"].found == "body"


def test_weak_words_need_a_second_and_the_score_says_how_sure_it_is() -> None:
    one, two = text_of("师生比较满意。", "别的话。"), text_of("大家满意。", "有人夸我们。")
    aspect = Aspect(key="社会口碑", weak=("满意", "夸"), only_own_words=True)
    assert found(one, aspect)["社会口碑"].found == "absent"
    seen = found(two, aspect)["社会口碑"]
    assert (seen.found, seen.score) == ("body", 0.51)
    assert seen.passages == ("¶1 大家满意", "¶2 有人夸我们")


def test_words_of_the_campaign_come_on_top_and_may_stand_alone() -> None:
    document = text_of("支部成为示范点。", "锦旗一面。")
    assert found(document, Aspect(key="社会评价", body=("示范点",)))["社会评价"].passages[0] == "¶2 锦旗一面"
    alone = found(document, Aspect(key="社会评价", body=("示范点",), only_own_words=True))["社会评价"]
    assert alone.passages == ("¶1 支部成为示范点",)


def test_praise_for_others_is_no_praise() -> None:
    document = text_of("支部到附属中学参观学习，他们得到学生普遍欢迎，墙上挂着六面锦旗。", "支部给灾区老师写了感谢信。")
    assert found(document, Aspect(key="社会评价"))["社会评价"].found == "absent"


@pytest.mark.parametrize(
    ("sentence", "methods", "counts"),
    [
        ("向学生发放测评表53份、收回53份。", ("问卷",), ("发放测评表53份", "收回53份")),
        ("支委挨个找了二十名同学谈，听大家对支部的意见。", ("个别访谈",), ("找了二十名",)),
        ("请家长代表坐下来谈了一个下午，提了12条意见。", ("座谈会",), ("提了12条",)),
        ("在班级QQ群里征求意见。", ("网络测评",), ()),
        ("设立意见箱，开通书记信箱。", ("问卷", "网络测评"), ()),
        ("下一步要召开座谈会、发放问卷。", (), ()),
        ("至今没有召开座谈会。", (), ()),
        ("召开考研学习经验座谈会。", (), ()),
        ("走访慰问困难党员9人。", (), ()),
        ("受统计局委托发放问卷2000份。", (), ()),
        ("开展民主评议党员。", (), ()),
    ],
)
def test_asking_the_people_in_everyday_dress(sentence: str, methods: tuple[str, ...], counts: tuple[str, ...]) -> None:
    seen = asking(sentence)
    assert (seen.found, seen.counts) == (methods, counts)


def test_a_section_of_plans_is_no_participation() -> None:
    assert asking("五、今后打算", "召开座谈会，发放问卷。").found == ()


def all_expressions() -> list[str]:
    words = [words_for(Aspect(key=key)) for key in KEYS]
    return sorted({one for each in words for one in (*each.strong, *each.weak, *each.friends)})


@pytest.mark.parametrize("expression", all_expressions()[::29])
def test_every_match_holds_a_word_of_each_anchor(expression: str) -> None:
    simple = re.sub(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)", "", expression)

    @settings(max_examples=20)
    @given(st.from_regex(simple, fullmatch=True))
    def check(text: str) -> None:
        assert all(any(word in text for word in words) for words in cue(simple).anchors)

    check()


@pytest.mark.parametrize(
    ("expression", "anchors"),
    [
        ("取得了?.{0,9}(成效|效果)", (("取得",), ("成效", "效果"))),
        ("甲|乙丙", (("甲", "乙丙"),)),
        ("(甲|乙(?!丙)|丁?)戊", (("戊",),)),
        ("(?<!支部)书记", (("书记",),)),
        (r"\d+%", (("%",),)),
        ("(?:甲乙|丙)+丁*", (("甲乙", "丙"),)),
        ("[甲乙]", ()),
        ("(甲|)乙{0,2}", ()),
    ],
)
def test_anchors_are_what_no_match_can_do_without(expression: str, anchors: tuple[tuple[str, ...], ...]) -> None:
    assert anchors_of(expression) == anchors


def test_every_expression_is_a_regular_one() -> None:
    for expression in all_expressions():
        re.compile(expression)
    assert len(cues(tuple(all_expressions()))) > 400


def test_a_table_is_lines_parted_by_two_spaces_or_set_in_to_go_on() -> None:
    text = """
        甲  乙
        (?:丙|
            丁)<figure>
        """
    assert table(text, {"figure": r"\d"}) == ("甲", "乙", r"(?:丙|丁)\d")


@pytest.mark.parametrize("words", ["一", "群众说好", "由三", "学生们说，"])
def test_a_text_of_one_word_is_read_to_its_end(words: str) -> None:
    document = text_of(words * (20_000 // len(words)))
    seen = found(document, *(Aspect(key=key) for key in KEYS))
    assert set(seen) == set(KEYS)
