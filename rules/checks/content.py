"""Families S and P: what the notice asks a report to speak of."""

from collections.abc import Iterator

from rules.aspects import THIN
from rules.campaign import Aspect
from rules.checks.rule import Remark, Report
from rules.model import AspectFound, Level

# What can be written, by aspect; other aspects are helped with their own headings.
_ADVICE = {
    "特点": "可补一段本单位活动最突出的特点或特色，例如有特色的主题、载体、品牌或创新之处",
    "做法": "可补一段主要做法，例如怎样组织、开展了哪些活动、采取了哪些措施",
    "成效": "可补一段取得的成效，例如解决了哪些问题、完成了哪些任务、获得的荣誉和具体数据",
    "社会评价": "可补一段群众、师生或服务对象怎样评价，例如测评结果、座谈会意见、感谢信",
    "经验启示": "可补一段几点体会或启示，例如哪些做法证明有效、今后必须坚持什么",
}


def aspect_missing(report: Report) -> Iterator[Remark]:
    """Absent only when neither a heading nor the text speaks of it; an aspect that is not required is asked for."""
    for aspect, found in _pairs(report):
        if found.found == "absent":
            said = f"没有找到“{aspect.key}”的内容（查了全文标题和正文）。{_advice(aspect)}。"
            yield Remark(said, level=None if aspect.required else Level.SHOULD)


def aspect_thin(report: Report) -> Iterator[Remark]:
    """A heading with next to nothing under it, or fewer characters than the campaign asks for."""
    for aspect, found in _pairs(report):
        wanted = aspect.min_chars or THIN
        if found.found == "absent" or found.chars >= wanted:
            continue
        asked = f"（通知要求不少于{aspect.min_chars}字）" if aspect.min_chars else ""
        if found.found == "heading":
            yield Remark(
                f"“{aspect.key}”部分只有约{found.chars}字{asked}，请充实一些：{_advice(aspect)}。", found.where
            )
        else:
            said = f"“{aspect.key}”只在正文里简单提到{asked}，建议写得具体一些：{_advice(aspect)}。"
            yield Remark(said, found.where, aspect.body_only)


def no_participation(report: Report) -> Iterator[Remark]:
    rule = report.context.campaign.participation
    if rule.methods and len(report.participation.found) < rule.any_of:
        ways = "、".join(rule.methods)
        yield Remark(
            f"没有看到群众参与的内容。建议补写是怎样听取群众意见的（如{ways}等方式），最好带上数字，例如发放问卷多少份、收回多少份。"
        )


def _pairs(report: Report) -> Iterator[tuple[Aspect, AspectFound]]:
    return zip(report.context.campaign.aspects, report.aspects, strict=True)


def _advice(aspect: Aspect) -> str:
    if aspect.key in _ADVICE:
        return _ADVICE[aspect.key]
    examples = "、".join(f"“{heading}”" for heading in aspect.headings[:3])
    return f"可补一段，标题可用{examples}" if examples else f"可补一段专门写{aspect.key}"
