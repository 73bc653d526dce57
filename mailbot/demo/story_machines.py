"""What machines send: nobody answers these."""

from collections.abc import Iterator

from mailbot.demo.college import DEPARTMENT, DOMAIN, address
from mailbot.demo.mail import Post, moment


def machines() -> Iterator[Post]:
    """Automatic replies, a read receipt, bounces (one of a letter of ours), a list, our own notice."""
    away = "这是来自QQ邮箱的假期自动回复邮件。您好，我最近正在休假中，无法亲自回复您的邮件。"
    yield Post(moment(3, "09:20"), address("jsj-jg1"), "自动回复:Re: 总结", away, shows="假期自动回复", replies=True)
    yield Post(
        moment(4, "09:22"), address("lib"), "自动回复", "来信已收到，祝好", shows="没有标记的自动回复", replies=True
    )
    yield Post(
        moment(12, "11:02"), address("jiguan"), "Automatic reply: 催报", "I am away.", shows="英文自动回复",
        headers=(("Auto-Submitted", "auto-replied"),), replies=True,
    )  # fmt: skip
    yield Post(
        moment(12, "11:30"), address("math"), "已读：创先争优总结", "您的邮件已被阅读。", shows="已读回执", replies=True
    )
    yield Post(
        moment(12, "11:04"), f"MAILER-DAEMON@{DOMAIN}", "Undelivered Mail Returned to Sender", name="邮件系统",
        shows="我们的信被退回", bounces=address("houqin"),
    )  # fmt: skip
    yield Post(
        moment(6, "07:00"), f"notice@lists.{DOMAIN}", "[校内信息] 每周会议安排", "本周会议安排如下。", shows="邮件列表",
        headers=(("List-Id", f"<notice.lists.{DOMAIN}>"), ("List-Unsubscribe", f"<mailto:off@lists.{DOMAIN}>")),
    )  # fmt: skip
    yield Post(
        moment(6, "16:30"), DEPARTMENT.address, "关于报送创先争优活动总结的通知（抄送本邮箱）", "请于9月14日前报送。",
        shows="我们自己发的",
    )  # fmt: skip
