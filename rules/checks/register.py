"""The register: every rule, in the order in which people read its findings. Ids are for ever; see docs/rules.md."""

from typing import Any

from rules.checks import (
    content,
    content_figures,
    dates,
    figures,
    files,
    hints,
    layout,
    layout_text,
    residue,
    reviewed,
    unit,
)
from rules.checks.rule import Report, Rule, Unopened
from rules.model import Level

FILE_RULES: tuple[Rule[Unopened], ...] = (
    Rule("F1", Level.MUST, "文件打不开", files.cannot_be_opened),
    Rule("F2", Level.MUST, "文件有打开密码", files.encrypted),
    Rule("F3", Level.MUST, "文件里没有文字", files.empty),
    Rule("F4", Level.MUST, "这种格式无法检查内容", files.other_format),
)

REPORT_RULES: tuple[Rule[Report], ...] = (
    Rule("U1", Level.MUST, "标题或落款写的是别的单位", unit.another_unit),
    Rule("S1", Level.MUST, "要求写的方面在标题和正文里都找不到", content.aspect_missing),
    Rule("R1", Level.MUST, "没有党总支审核把关的依据", reviewed.no_review),
    Rule("S2", Level.SHOULD, "某个方面写得太少", content.aspect_thin),
    Rule("S3", Level.SHOULD, "成效没有数字、名称或事例", content_figures.results_in_general),
    Rule("P1", Level.SHOULD, "没有群众参与的内容", content.no_participation),
    Rule("R2", Level.SHOULD, "党总支意见栏是空的", reviewed.empty_block),
    Rule("R3", Level.SHOULD, "有初稿、征求意见稿、请总支审阅等字样", reviewed.draft),
    Rule("R4", Level.CLERK, "随信的图片、扫描件里可能有审核盖章页", reviewed.pictures),
    Rule("P2", Level.HINT, "群众参与没有数字", content_figures.participation_without_figures),
    Rule("H1", Level.HINT, "留有 XX、20xx年 等模板残留", residue.placeholders),
    Rule("H2", Level.HINT, "标题或文件名里的年份不在活动期间", dates.years),
    Rule("H3", Level.HINT, "字数与通知要求相差较多", hints.length),
    Rule("H4", Level.HINT, "活动名称写法不规范", hints.campaign_name),
    Rule("H5", Level.HINT, "留有修订或批注", residue.leftovers),
    Rule("U2", Level.HINT, "正文里用别的单位的名称自称", unit.named_as_own),
    Rule("H6", Level.HINT, "文件名或邮件主题与通知要求的写法不同", hints.file_name),
    Rule("H7", Level.HINT, "有不可能的日期，或落款日期对不上", dates.dates),
    Rule("H8", Level.HINT, "用了别的单位的自称（我园、我公司）", residue.other_body),
    Rule("H9", Level.HINT, "数字明显对不上", figures.figures),
    Rule("H10", Level.HINT, "同一段文字出现两次", residue.doubled),
    Rule("L1", Level.HINT, "正式文件的纸张、页边距或页码与版式要求不同", layout.page),
    Rule("L2", Level.HINT, "正式文件标题的字体、字号、位置与版式要求不同", layout.title),
    Rule("L3", Level.HINT, "正式文件正文、小标题的字体字号与版式要求不同", layout_text.fonts),
    Rule("L4", Level.HINT, "正式文件的层次序数写法或顺序不合规范", layout_text.numbers),
    Rule("L5", Level.HINT, "正式文件的行距或缩进与版式要求不同", layout_text.spacing),
    Rule("L6", Level.HINT, "发文字号写法不合规范", layout.document_number),
    Rule("L7", Level.HINT, "成文日期的写法或位置不合规范", layout.date),
    Rule("L8", Level.HINT, "附件说明写法不合规范", layout.enclosure),
)

REGISTER: tuple[Rule[Any], ...] = (*FILE_RULES, *REPORT_RULES)
