"""The words that tell a campaign's mail from other business, and which campaign is meant."""

import re
from collections.abc import Iterable
from datetime import datetime

from rules.campaign import Campaign
from rules.text import squeeze

_REPORT = re.compile(r"总结|小结|汇报|报告(?!会)|自查|述职")
_BRANCH = re.compile(r"支部|总支|分党委|党委|党组织|创先|争优")
_UNIT = re.compile(r"支部|总支|分党委")
# What a department's inbox also gets. A report word beside it does not make it ours: 发展党员工作总结.
_BUSINESS = re.compile(
    r"发展党员|发展对象|入党|转正|预备党员|党费|思想汇报|组织关系|党员(?:名册|信息|统计|发展)|积极分子|党校|党课|民主生活会"
    r"|换届|选举|任免|干部|考核|职称|工资|津贴|采购|发票|报销|经费|慰问|会议|报名|请假|考试|培训|招聘|课表|体检|值班|广告|优惠"
    r"|(?:党建|年度|年终|上半年|下半年|半年|教学|科研|工会|团委|就业|招生|安全|宣传|师德|作风|军训)\w{0,4}(?:总结|小结|汇报|报告)"
)
# What says nothing: empty, numbers, dates, and the names that programs and hurried people give.
_EMPTY = re.compile(
    r"re|fw|fwd|回复|转发|答复|无主题|无标题|no ?subject|untitled|新建|microsoft|office|word|wps|docx?|文档|文件|文本"
    r"|副本|附件|材料|资料|电子版|扫描件?|img|scan|最终|定稿|终稿|修改|重发|更正|以此为准|初稿|[版稿]"
    r"|zip|rar|7z|pdf|rtf|txt|jpe?g|png|eml|总结|小结|汇报|报告|报送|上报|请查收|活动|工作|的|[\W\d_]",
    re.IGNORECASE,
)
_KIND_OF_TEXT = re.compile(r"(?:活动|工作)?(?:情况)?(?:总结|小结|汇报|报告)(?:报告|材料)?$")


def names_of(campaign: Campaign) -> tuple[str, ...]:
    """All names of the campaign, wrong ones and document numbers too; the title's topic where none is listed."""
    topics = (*campaign.names, *campaign.wrong_names) or (_KIND_OF_TEXT.sub("", squeeze(campaign.title)),)
    names = (*topics, campaign.title, campaign.short_title, *campaign.doc_numbers)
    return tuple(name for name in dict.fromkeys(squeeze(name).lower() for name in names) if len(name) >= 2)


def speaks_of(text: str, campaign: Campaign) -> bool:
    """The text names the campaign, rightly or not, or one of its document numbers."""
    words = squeeze(text).lower()
    return any(name in words for name in names_of(campaign))


def says_report(text: str) -> bool:
    return _REPORT.search(squeeze(text)) is not None


def says_branch(text: str) -> bool:
    return _BRANCH.search(squeeze(text)) is not None


def says_unit(text: str) -> bool:
    """Speaks of a branch or 总支, whether or not the roster knows it by that name."""
    return _UNIT.search(squeeze(text)) is not None


def other_business(text: str) -> bool:
    return _BUSINESS.search(squeeze(text)) is not None


def is_plain(text: str) -> bool:
    """Says nothing of its own: 无主题, 附件1.doc, 新建 Microsoft Word 文档.doc, 总结(1).docx."""
    return not _EMPTY.sub("", squeeze(text))


def is_open(campaign: Campaign, at: datetime) -> bool:
    """The day of `at` (aware) in the campaign's zone lies between `opens` and `closes`, both included."""
    day = at.astimezone(campaign.tz).date()
    return campaign.opens <= day and (campaign.closes is None or day <= campaign.closes)


def which_campaign(texts: Iterable[str], campaigns: Iterable[Campaign], received_at: datetime) -> Campaign | None:
    """The open campaign that the texts name most often; the only open one where they name none; None for a tie."""
    listed = tuple(texts)
    scores = {
        campaign.id: (sum(speaks_of(text, campaign) for text in listed), campaign)
        for campaign in campaigns
        if is_open(campaign, received_at)
    }
    best = max((score for score, _ in scores.values()), default=0)
    likely = [campaign for score, campaign in scores.values() if score == best]
    return likely[0] if len(likely) == 1 else None
