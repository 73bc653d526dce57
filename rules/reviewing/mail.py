"""What a mail says of the review: its own sentences, its subject, and a mail of the 总支 that it passes on."""

import re

from rules.context import Context
from rules.names import mentions
from rules.reviewing.words import Said, carried, plain, said_of_review, sentences
from rules.text import clip, fold, squeeze

_MOST = 20_000
"""Characters of a mail that are looked at."""

_WEB_CREDITS = re.compile(r"[一二三初复终]审\s*[:：]|责任编辑|编辑\s*[:：]|撰稿|供稿|审稿\s*[:：]|来源\s*[:：]|摄影")
# The same words about something else: members, candidates, teaching, plans.
_ABOUT_OTHERS = re.compile(
    r"发展党员|发展对象|党员发展|积极分子|预备党员|转正|入党|候选|推荐(?:对象|人选)|申报|课题|教学|教材|论文|采购|经费|预算|方案|计划|"
    r"制度|办法|决定|成立|评选|名单|承诺|补助"
)
ABOUT_REPORT = re.compile(
    r"总结|(?:本|此|该|这)(?:报告|材料|汇报|文|稿|案例|份|篇)|文稿|稿件|报告|材料|汇报|[前初终]稿"
)
_SIGNED = re.compile(
    r"^(?!.*[已审看阅核])[一-鿿]{0,16}(?:党?总支|分党委|党工委|(?:学院|系|院)党委)(?:委员会)?(?:[一-鿿]{2,3})?$"
)
_PASSED_ON = re.compile(r"[我本](?:党?总支|分党委)|(?:党?总支|分党委)转|转[报发上来]")
_FROM = re.compile(r"\s*[*>|＞]{0,2}\s*(?:发\s*件\s*人|寄件[人者]|From)\s*\*{0,2}\s*[:：]", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*[*>|＞]{0,2}\s*(?:发送时间|发送日期|时\s*间|日\s*期|收\s*件\s*人|抄\s*送|主\s*题|Sent|Date|To|Cc|Subject)\s*\*{0,2}\s*[:：]",
    re.IGNORECASE,
)
_APPROVES = re.compile(
    r"已[经]?(?:审|阅|看)|同意|审[核阅定]?(?:通过|过)|(?:没有?|无)(?:修改)?意见|没(?:有)?问题|看过|可以(?:报|上报|报送|了|$)|请(?:直接)?(?:上)?报(?:送)?组织部"
)
_OBJECTS = re.compile(
    r"不(?!再)|未|没(?!有?(?:修改)?意见|有?问题)|再(?:改|报|补)|修改(?!意见)|待|尽快|请各|需|后再|吗|是否|如果"
)


def is_credit(text: str) -> bool:
    """一审二审三审, 责任编辑: how web sites name those who let a text through."""
    return _WEB_CREDITS.search(text) is not None


def about_others(text: str) -> bool:
    return _ABOUT_OTHERS.search(text) is not None


def states(text: str, context: Context) -> Said | None:
    """As `said_of_review`, but for web credits and the review of another 总支 that the sentence names."""
    if is_credit(text):
        return None
    said = said_of_review(text, context.reviewer)
    return None if said is Said.REVIEWED and _of_another(text, context) else said


def mail_says(context: Context) -> tuple[Said, str] | None:
    """The last word of the mail on the review, and the sentence; the subject speaks first."""
    found: tuple[Said, str] | None = None
    lines = [("邮件主题", line) for line in sentences(context.subject[:300])]
    lines += [("邮件正文", line) for line in sentences(context.mail_text[:_MOST])]
    by_reviewer = any(_SIGNED.match(plain(line)) or _PASSED_ON.search(line) for _, line in lines)
    for where, line in lines:
        said = None if _elsewhere(line) else states(line, context)
        if said is None and by_reviewer and carried(line) and not _elsewhere(line):
            said = Said.REVIEWED
        if said is not None:
            found = (said, f"{where}：{clip(line)}")
    return found


def forwarded_approval(context: Context) -> str | None:
    """Where a quoted mail from the 总支's own address approves: 发件人：jsj@… 已审阅，请报组织部."""
    addresses = context.reviewer.addresses if context.reviewer is not None else ()
    if not addresses or "@" not in context.mail_whole:
        return None
    ours = False
    for line in context.mail_whole[:_MOST].splitlines():
        if _FROM.match(line):
            ours = any(address in line.lower() for address in addresses)
        elif ours and not _FIELD.match(line):
            text = squeeze(line[:300])
            if _APPROVES.search(text) and not _OBJECTS.search(text):
                return f"邮件里转来的{addresses[0]}来信：{clip(fold(line))}"
    return None


def _elsewhere(line: str) -> bool:
    return about_others(line) and not ABOUT_REPORT.search(line)


def _of_another(text: str, context: Context) -> bool:
    """Names another 总支 and not the own one."""
    if context.unit is None:
        return False
    own = {context.unit.code, context.unit.parent}
    named = {mention.unit for mention in mentions(text, context.roster, [context.unit.code]) if mention.strength.firm}
    tops = {code for code in named if context.roster.unit(code).kind.reviews}
    return bool(tops) and not own & named
