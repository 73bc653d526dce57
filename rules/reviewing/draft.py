"""Marks of a text that is not final: 初稿, 征求意见稿, 请总支审阅."""

import re

from rules.aspect.text import place
from rules.context import Context
from rules.model import Document
from rules.text import squeeze

_SHORT = 40
_WHO = r"(?:党?总支|分党委|党工委|(?:学院|系|院)党委)"
_READ = r"(?:审阅|审核|审定|审查|审批|审改|把关|过目|修改|审(?=[。,!;)]|$))"
_ASKS = rf"(?<!已)(?<!也)请[您你]?(?:{_WHO}|[一-鿿]{{1,3}}书记)[^。;,]{{0,6}}?{_READ}|待{_WHO}[^。;,]{{0,4}}?审"
DRAFT = re.compile(
    rf"(?<!从)(?<!提交)(?:初稿|草稿|草拟稿|征求意见稿|讨论稿|送审稿|审议稿|待审稿?|请审稿?(?=[)）]|$)|未定稿|征求意见$|未完稿|待修改|待完善)|{_ASKS}"
)
_FINAL = re.compile(r"已(?:对|将|按|根据)?[^。;,]{0,8}?(?:初稿|草稿)|(?:初稿|草稿)[^。;,]{0,6}?(?:已|作废|经)|修改初稿")
_ASKED = re.compile(_ASKS)
_DRAFT_SENT = re.compile(
    r"(?:先|附|发|报)[^。;,]{0,8}?(?:初稿|草稿|征求意见稿|讨论稿)|(?:初稿|草稿)(?:先|发|写好|如下|请)"
)


def draft_mark(document: Document, context: Context) -> tuple[str, str] | None:
    """(the words, the place) that call it a draft: in the file name, the title, the mail, the first and last lines."""
    for text, where in ((context.file_name, "文件名"), (document.title, "标题"), (context.subject, "邮件主题")):
        if text and (mark := DRAFT.search(squeeze(text[:300]))):
            return mark[0], where
    mail = squeeze(context.mail_text[:2000])
    if (mark := _ASKED.search(mail)) or ((mark := _DRAFT_SENT.search(mail)) and not _FINAL.search(mail)):
        return mark[0], "邮件正文"
    for paragraph in (*document.paragraphs[:5], *document.paragraphs[-5:]):
        text = squeeze(paragraph.text) if len(paragraph.text) <= 3 * _SHORT else ""
        mark = DRAFT.search(text) if text else None
        if mark and len(text) <= _SHORT and "《" not in text:
            return mark[0], place(paragraph.number, paragraph.text)
    return None
