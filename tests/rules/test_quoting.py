"""Own words against quoted ones. People, places and addresses are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quoting import asks, own_words

OWN = "是学生第一党支部的。"

CUT = {
    "QQ": '\n\n------------------ 原始邮件 ------------------\n发件人: "组织部" <z@example.edu.cn>;\n主题: 请问\n',
    "QQ, new": '\n\n---原始邮件---\n发件人: "组织部"<z@example.edu.cn>\n发送时间: 2012年9月10日(周一) 下午4:42\n',
    "Outlook, Chinese": "\n\n-----原始邮件-----\n发件人: 组织部\n发送时间: 2012年9月10日 16:42\n收件人: 张三\n",
    "Outlook without a line": "\n\n发件人: 组织部\n发送时间: 2012年9月10日 16:42\n收件人: 张三\n主题: 请问",
    "Outlook, English": "\n\n-----Original Message-----\nFrom: Dept\nSent: Monday\n",
    "Outlook, underscores": "\n\n________________________________\nFrom: Dept\nSent: Monday\n",
    "Foxmail": "\n\n发件人： 组织部\n发送时间： 2012-09-10 16:42\n收件人： 张三\n主题： 请问",
    "NetEase": '\n\n在 2012-09-10 16:42:01，"组织部" <z@example.edu.cn> 写道：\n请问是哪个支部的',
    "NetEase, 于": "\n\n于 2012年09月10日 16:42, 组织部 写道:\n请问是哪个支部的",
    "NetEase, replied": "\n\n---- 回复的原邮件 ----\n| 发件人 | 组织部 |\n",
    "Gmail": "\n\nOn Mon, Sep 10, 2012 at 4:42 PM, Dept <z@example.edu.cn> wrote:\n> 请问\n",
    "Gmail, folded": "\n\nOn Mon, Sep 10, 2012 at 4:42 PM, A Department\n<z@example.edu.cn> wrote:\n> 请问\n",
    "Gmail, Chinese": "\n\n组织部 <z@example.edu.cn> 于2012年9月10日周一 16:42写道：\n> 请问\n",
    "iPhone, Chinese": "\n\n在 2012年9月10日，16:42，组织部 <z@example.edu.cn> 写道：\n\n> 请问\n",
    "quoted lines": "\n> 请问是哪个支部的？\n> 谢谢\n",
    "signature": "\n-- \n张三\n某学院办公室\n",
    "forwarded": "\n---------- Forwarded message ----------\nFrom: x\n",
    "phone": "\n发自我的iPhone",
    "phone, 从": "\n从我的手机发送",
    "phone, QQ": "\n发自我的QQ邮箱移动端",
    "phone, brand": "\n发自我的华为手机",
    "phone, English": "\nSent from my iPhone",
    "master": "\n来自网易邮箱大师",
    "Outlook for iOS": "\nGet Outlook for iOS",
}

LEFT_ALONE = (
    "附件是我支部2012年9月10日的总结，请查收。",
    "2012-09-10 学校要求写道：",
    "发件人：写错了，应为李四。",
    "主题：创先争优活动总结\n时间：9月10日",
    "我从手机上看了，没有问题。",
    "-- 总支 --",
    "一、特点\n——以人为本\n二、做法",
    "感谢来自学生的邮箱建议，我们已采纳并写进总结。",
)


@pytest.mark.parametrize("program", CUT)
def test_what_a_mail_program_adds_is_not_the_writers(program: str) -> None:
    assert own_words(OWN + CUT[program]) == OWN


@pytest.mark.parametrize("text", LEFT_ALONE[2:])
def test_the_writers_own_lines_are_left_alone(text: str) -> None:
    assert own_words(text) == text


def test_a_date_in_a_sentence_ends_nothing() -> None:
    assert own_words(LEFT_ALONE[0]) == LEFT_ALONE[0]


def test_an_answer_below_the_quotation_is_kept() -> None:
    assert own_words("> 请问是哪个支部的？\n学生第一党支部") == "学生第一党支部"


def test_a_mail_that_only_forwards_has_no_words_of_its_own() -> None:
    assert own_words(CUT["QQ"]) == ""


@given(st.text(alphabet="> -_发件人原始邮件写道：:wroteOn在2012年9月\n@<>.", max_size=300) | st.text(max_size=300))
def test_nothing_is_invented_and_nothing_raises(text: str) -> None:
    kept = own_words(text)
    assert all(line.strip() in text for line in kept.splitlines())
    assert len(kept) <= len(text)


def test_a_text_of_endless_lines_is_bounded() -> None:
    assert own_words("在" * 1_000_000).startswith("在")
    assert own_words("在 2012-09-10 a@b" * 50_000)


@pytest.mark.parametrize("words", ["请问要盖章吗", "截止是几号？", "Can we send it later?", "能否延期到周五"])
def test_a_question_is_told_from_other_words(words: str) -> None:
    assert asks(words)


@pytest.mark.parametrize("words", ["好的，我们周三前交。", "收到，谢谢", ""])
def test_what_asks_nothing_is_no_question(words: str) -> None:
    assert not asks(words)
