"""The fixed words by which machines can be told: names of senders, beginnings of subjects and of texts.

Every row is a regular expression, small letters and full width do not matter. Taken from mail servers' sources and
manuals, from real bounces, and from the notices of QQ, NetEase and Coremail.
"""

import re


def _any(rows: tuple[str, ...], before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(rows)}){after}", re.IGNORECASE)


DAEMON = _any(
    (
        r"mailer-?daemon",
        r"post-?master(?:\\.*)?",
        r"mail-?daemon",
        r"mdaemon",
        r".{1,40}[._-]mailer-daemon",
        r"(?:mail-?)?bounces?(?:[+=-].*)?",
    )
)
"""Local parts of addresses that bounces come from."""

NO_REPLY = _any((r"(?:do-?)?not?[-_.]?reply.*", r"auto[-_]?reply.*", r"auto(?:matic)?[-_.]?mail(?:er)?"))
"""Local parts of addresses that nobody reads."""

DAEMON_NAME = _any(
    (
        r"mail(?:er)?[ -]?(?:delivery|daemon|administrator).*",
        r".{0,60}mail delivery (?:sub)?system.*",
        r"系统退信.*",
    )
)
"""Display names that bounces come under."""

BOUNCE_SUBJECT = _any(
    (
        r"undeliver(?:ed|able).*",
        r"(?:mail )?deliver(?:y|ies) (?:status )?(?:notification|failure|failed|report|error|problem|has).*",
        r"mail (?:delivery )?(?:fail|warning|error|could not|not delivered|system error|status report).*",
        r"(?:returned )?mail(?: |: | - )?(?:returned|undeliverable).*",
        r"returned (?:e?mail|to sender|message).*",
        r"failure notice.*",
        r"failed (?:mail|delivery|message|to deliver).*",
        r"(?:message|mail) (?:delayed|rejected|undeliverable|status).*",
        r"(?:warning: )?(?:could not|unable to|cannot|can't) (?:send|deliver).*",
        r"delayed mail.*",
        r"non-?deliver(?:y|able).*",
        r"message (?:you sent )?(?:could not be|not) delivered.*",
        r"rejected mail.*",
        r".{0,80}permanent fatal errors.*",
        r"error (?:sending|delivering).{0,40}mail.*",
        r"your (?:e?mail|message) (?:was|could|has).{0,40}(?:not|reject|undeliver|return|block).*",
        r"系统退信.*",
        r"退信(?:通知|提醒|信息)?(?:[:/].*)?",
        r"邮件(?:被退回|退回|投递失败|发送失败|无法送达|未送达|递送失败).*",
        r"(?:投递失败|未送达|无法投递|无法送达|未传递|传递状态通知|送达失败|郵件無法傳遞|無法傳遞|退回郵件).*",
    )
)

BOUNCE_TEXT = _any(
    (
        r"(?:could|can|was|were)\s?(?:not|n't)\s(?:be\s)?(?:deliver|sent\b|reach)",
        r"undeliver",
        r"delivery\s(?:has\s)?fail",
        r"has\sbeen\spostponed",
        r"permanent\s(?:fatal\s)?error",
        r"unknown\s(?:user|recipient|local|address)",
        r"user\sunknown",
        r"no\ssuch\s(?:user|recipient|address)",
        r"not\s(?:listed\sin|known\sat)",
        r"\b[45]\d\d[ -]?[45]\.\d\.\d",
        r"\b55\d[ -]",
        r"mailbox\s(?:full|unavailable|not\sfound|exceeds)",
        r"over\s?quota",
        r"用户不存在|收件人空间不足|投递失败|无法投递|无法送达|被退回|邮箱已满",
    )
)

REPLY_SUBJECT = _any(
    (
        r"自动回复|自動回覆|自动答复|自動答覆|自動回復|假期自动回复|外出自动回复",
        r"auto[- ]?reply|automatic reply|auto[- ]?response|auto",
        r"out of (?:the )?office(?: auto ?reply)?",
        r"不在办公室|外出通知",
    ),
    before=r"(?:(?:re|回复|答复)[:：] ?)*[\[【(]?\s?",
    after=r"\s?(?:[\]】):：].*|- .*|$)",
)

REPLY_TEXT = _any(
    (
        r"这是来自QQ邮箱的(?:假期)?自动回复邮件",
        r"这是一封自动回复(?:的?邮件)?",
        r"(?:此|本)邮件(?:为|是|由)(?:系统)?自动(?:回复|发送|发出)",
        r"(?:此|本)邮件由系统自动(?:回复|发送|发出)",
        r"这是(?:一封)?系统自动(?:回复|发送)",
        r"This is an automat(?:ed|ic) (?:reply|response|message)",
    ),
    before=r"\W{0,3}",
)

RECEIPT_SUBJECT = _any(
    (
        r"已读|已讀|未读(?:已删除)?|已送达",
        r"(?:读取|阅读|已读|邮件|送达)?回执|讀取回條",
        r"read|not read|delivered|relayed",
        r"read receipt|return receipt(?: \(displayed\))?",
    ),
    after=r"\s?(?:[:：].*|- .*)",
)

COMPLAINT_SUBJECT = _any((r"complaint about message from [\d.x]+",))
"""Hotmail's feedback loop sends no multipart/report."""

THANKS = re.compile(
    r"(?:组织部|各位|领导|老师|你好|您好|已经?|均已|邮件|来信|信件|收到|收悉|知悉|知道|明白|好的?|是的?|嗯|行|马上(?:处理|办)|尽快(?:处理|办)"
    r"|辛苦|多谢|感谢|谢谢|谢|大家|你们|您|你|了|哦|啊|祝(?:好|工作顺利|安好)|[\W_])*"
)
"""Words that acknowledge a letter and decide nothing."""
