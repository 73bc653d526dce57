"""Cloud attachments in the shapes of the big providers. Names, keys and people are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.cloud import CloudAttachment, cloud_attachments

QQ = "https://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=0123abcd&code=9f9f"
OLD_163 = (
    "http://fs.163.com/fs/display/?p=X-NETEASE-HUGE-ATTACHMENT&file=abc123"
    "&title=%E6%94%AF%E9%83%A8%E6%80%BB%E7%BB%93.doc"
)

FOUND = {
    "QQ in plain text": (
        f"见附件\n从QQ邮箱发来的超大附件\n\n支部总结.docx (128.03M, 2020年11月27日 21:59 到期)进入下载页面：{QQ}",
        (CloudAttachment("支部总结.docx", "QQ邮箱超大附件", "2020年11月27日 21:59"),),
    ),
    "QQ with the name on a line of its own": (
        f"从QQ邮箱发来的超大附件\n支部总结(终稿).docx\n(128.03M, 2020年11月27日 21:59 到期)\n进入下载页面：{QQ}",
        (CloudAttachment("支部总结(终稿).docx", "QQ邮箱超大附件", "2020年11月27日 21:59"),),
    ),
    "QQ, parameters in another order": (
        "https://mail.qq.com/cgi-bin/ftnExs_download?k=0123&t=exs_ftn_download&code=1",
        (CloudAttachment("", "QQ邮箱超大附件"),),
    ),
    "QQ, new": ("https://wx.mail.qq.com/ftn/download?func=3&k=1", (CloudAttachment("", "QQ邮箱超大附件"),)),
    "NetEase of 2011": (
        f"从网易163邮箱发来的超大附件 {OLD_163}",
        (CloudAttachment("支部总结.doc", "网易邮箱超大附件"),),
    ),
    "NetEase, title in GBK": (
        "http://fs.163.com/fs/display/?file=1&title=%D7%DC%BD%E1+%D2%BB.doc#x",
        (CloudAttachment("总结 一.doc", "网易邮箱超大附件"),),
    ),
    "NetEase, newer": (
        "从网易163邮箱发来的超大附件\n总结.zip (80.96M, 2026年8月17日 0:49 到期)\n推荐客户端极速下载\n"
        "https://dashi.163.com/html/cloud-attachment-download/?key=abc",
        (CloudAttachment("总结.zip", "网易邮箱超大附件", "2026年8月17日 0:49"),),
    ),
    "two at once": (
        f"一.doc (51M, 2012年9月20日 10:00 到期)\n二.doc (52M, 2012年9月20日 10:00 到期)\n{QQ}\n{QQ}1",
        (
            CloudAttachment("一.doc", "QQ邮箱超大附件", "2012年9月20日 10:00"),
            CloudAttachment("二.doc", "QQ邮箱超大附件", "2012年9月20日 10:00"),
        ),
    ),
    "Sina": ("https://mail.sina.com.cn/filecenter/download.php?id=7", (CloudAttachment("", "新浪邮箱文件中心"),)),
    "189": ("http://download.cloud.189.cn/file/downloadFile.action?dt=5", (CloudAttachment("", "天翼云"),)),
    "Baidu": ("链接：https://pan.baidu.com/s/1abc 提取码：x1y2", (CloudAttachment("", "百度网盘"),)),
    "Kingsoft": ("https://www.kdocs.cn/l/abc", (CloudAttachment("", "金山文档"),)),
    "Tencent documents": ("https://docs.qq.com/doc/DABC", (CloudAttachment("", "腾讯文档"),)),
}

LEFT_ALONE = (
    "附件已发，请查收。",
    "网址 https://www.example.edu.cn/news/1.html",
    "百度网盘 https://pan.baidu.com/",
    "https://mail.qq.com/",
    "会议通知（2012年9月14日到期）",
    # What our own answer says about one, quoted in a reply:
    "> 支部总结.docx（QQ邮箱超大附件，2020年11月27日 21:59 到期）",
    "http://pan.baidu.com.example.com/s/1",
    "http://[::1/ftn/",
)


@pytest.mark.parametrize("shape", FOUND)
def test_a_cloud_attachment_is_named(shape: str) -> None:
    text, expected = FOUND[shape]
    assert cloud_attachments(text) == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_text_is_left_alone(text: str) -> None:
    assert cloud_attachments(text) == ()


def test_links_of_the_html_count_like_those_in_the_text() -> None:
    assert cloud_attachments("见超大附件", (OLD_163,)) == (CloudAttachment("支部总结.doc", "网易邮箱超大附件"),)


def test_it_reads_as_a_line_for_the_answer() -> None:
    assert str(CloudAttachment("名称", "QQ邮箱超大附件", "2020年11月27日 21:59")) == (
        "名称（QQ邮箱超大附件，2020年11月27日 21:59 到期）"
    )
    assert str(CloudAttachment("", "百度网盘")) == "（没有写文件名）（百度网盘）"


@given(st.text(max_size=400), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_a_bounded_answer(text: str, links: list[str]) -> None:
    assert len(cloud_attachments(text, tuple(links))) <= 50
