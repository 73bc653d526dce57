"""预审: which subjects ask for a look, and which only seem to."""

import pytest

from rules.preliminary import asks_for_a_look
from tests.letters.invented import CAMPAIGN

ASKS = (
    "预审", "【预审】创先争优总结", "Re: 【预审】创先争优总结", "转发：预审", "回复：预审：总结", "Fwd: 请预审 总结",
    "总结（预审）", "计算机学院党总支总结预审稿", "请“预审”一下", "预 审：总结", "［预审］总结", "总结材料预审",
)  # fmt: skip
LEFT_ALONE = (
    "创先争优总结", "", "总结（已预审）", "总结，预审通过", "按预审意见修改的总结", "预审后正式报送", "非预审 总结",
    "无需预审：总结",
    "关于《项目预审办法》的总结", "“资格预审办法”学习总结", "入党材料预审", "发展对象预审结果", "招标资格预审公告",
)  # fmt: skip


@pytest.mark.parametrize("subject", ASKS)
def test_these_ask_for_a_look(subject: str) -> None:
    assert asks_for_a_look(subject, "请看看还缺什么。", [CAMPAIGN])


@pytest.mark.parametrize("subject", LEFT_ALONE)
def test_these_hand_something_in_or_are_about_something_else(subject: str) -> None:
    assert not asks_for_a_look(subject, "请查收。", [CAMPAIGN])


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("已按意见改好，现正式报送。", False),
        ("这次是正式报送，请登记。", False),
        ("正式报送之前请先看看。", True),
        ("改好后再正式报送。", True),
    ],
)
def test_a_reply_under_the_old_subject_may_say_that_it_is_meant_in_earnest(words: str, asks: bool) -> None:
    assert asks_for_a_look("Re: 【预审】总结", words, [CAMPAIGN]) is asks


def test_a_campaign_that_is_called_so_does_not_make_every_mail_one() -> None:
    campaign = CAMPAIGN.model_copy(update={"title": "基层党建项目预审工作总结", "short_title": "预审工作总结"})
    assert not asks_for_a_look("计算机学院党总支预审工作总结", "", [campaign])
    assert asks_for_a_look("【预审】计算机学院党总支预审工作总结", "", [campaign])
