"""What a file is for: the report itself, or a table, a copy of a notice, a cover sheet, something else."""

import re
from typing import Literal

from rules.text import squeeze

Role = Literal["report", "table", "notice", "cover", "other"]

_REPORT = r"总结|小结|汇报|报告|述职"
_TABLE = (
    r"(?:汇总|审批|登记|申报|推荐|统计|测评|报送|信息|情况|调查|意见|审核|基本|评分)表|一览表|表格|名单|名册|台账|附表"
)
_NOTICE = r"通知|委组工?〔\d{4}〕|工作部署|转发.{0,20}文件"
_COVER = r"封面|扉页|目录|报送函|报送说明|签收单|回执"
_OTHER = (
    r"照片|图片|相册|剪影|截图|扫描|简报|佐证|支撑材料|新闻|讲话|发言稿|会议记录|入党|发展党员|党费|思想汇报|转正"
    r"|实施方案|工作方案|活动方案|计划|制度|章程|承诺书"
)
_NOTE = re.compile(r"(?:.{0,6}说明|.{0,6}清单|先看我|必读|读我|readme|备注)[\d()]*")
_NOTE_LENGTH = 300
"""Characters up to which a file that is called a note (说明.txt beside the reports in an archive) is one."""
_JUNK = re.compile(r"^(?:~\$|\._|\.ds_store$|thumbs\.db$|desktop\.ini$)|\.(?:tmp|lnk|ini|db|exe|p7s|vcf|ics)$")

_SPEECH = re.compile(r"讲话|发言")
_PROSE = 120
"""Characters in lines with whole sentences."""
_ADDRESSED = re.compile(r"各(?:党总支|党支部|分党委|二级党组织|单位|学院)")
_MARKS = tuple(
    map(
        re.compile,
        (
            r"我?(?:支部|总支|党委)", r"创先争优|活动|总结", r"成立|制定|召开|组织|开展|坚持|举办|建立",
            r"取得|成效|提高|获|解决|完成|成绩|变化|评为",
        ),
    )
)  # fmt: skip

# By kind alone, before anything is read: none of these can hold a report's text.
_BY_KIND: dict[str, Role] = {"sheet": "table", "archive": "other", "mail": "other"}

# First row that fits. "tail": the words end with it (关于…总结工作的通知 is a notice, …通知精神的总结 a report).
_BY_WORDS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"思想汇报|述职述廉"), "other"),
    (re.compile(rf"(?:{_TABLE})[\d()版终]*$"), "table"),
    (re.compile(r"通知[\d()版终]*$|通知.{0,4}(?:印发|转发)$"), "notice"),
    (re.compile(rf"(?:{_COVER})[\d()版终]*$"), "cover"),
    (re.compile(_REPORT), "report"),
    (re.compile(_TABLE), "table"),
    (re.compile(_NOTICE), "notice"),
    (re.compile(_COVER), "cover"),
    (re.compile(_OTHER), "other"),
)


def role_of(file_name: str, title: str, kind: str, text: str = "") -> Role:
    """What a file is for. The title says more than the file name; where neither says anything it is a report.

    `kind`: as `rules.kinds` tells it; `text`: of the document, where it is known: a form or a speech that is written
    like a report (总结登记表 with the report in its cells) is one. A report that is taken for a table is lost, a table
    taken for a report only draws a needless question: so a title that plainly is a report's wins over any file name,
    but for the few lines of a 说明.txt.
    """
    name = squeeze(file_name).lower()
    if _JUNK.search(name):
        return "other"
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    by_title = _by_words(squeeze(title))
    by_name = _by_words(_stem(name))
    if kind == "image":  # a photo of the report that says so; any other picture is only a picture
        return "report" if by_name == "report" else "other"
    if _NOTE.fullmatch(_stem(name)) and 0 < len(squeeze(text)) <= _NOTE_LENGTH and not _reads_like_report(text):
        return "cover"
    role = by_title or by_name or "report"
    told = role == "table" or (role == "other" and _SPEECH.search(squeeze(title) + name) is not None)
    return "report" if told and _reads_like_report(text) else role


def _reads_like_report(text: str) -> bool:
    """Enough whole sentences, and most of what a report speaks of. A list of units or a questionnaire has neither."""
    prose = [line for line in text.split("\n") if "。" in line]
    if sum(map(len, prose)) < _PROSE or _ADDRESSED.search(text[:200]):
        return False
    return sum(bool(mark.search(text)) for mark in _MARKS) >= len(_MARKS) - 1


def says_report(file_name: str, title: str) -> bool:
    """Whether title or file name plainly say that it is a report; `role_of` takes it for one when nothing is said."""
    return any(
        _by_words(squeeze(words)) == "report" for words in (title, re.sub(r"\.\w{1,5}$", "", file_name)) if words
    )


def _stem(name: str) -> str:
    return re.sub(r"\.[a-z0-9]{1,5}$", "", name)


def _by_words(words: str) -> Role | None:
    return next((role for pattern, role in _BY_WORDS if pattern.search(words)), None)
