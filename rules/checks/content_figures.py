"""Family S and P: results without anything to hold on to, and asking the people without a figure."""

import re
from collections.abc import Iterator

from rules.aspects import told_of
from rules.checks.rule import Remark, Report

_RESULTS = re.compile("成效|成果|成绩|效果|实效")
# Something to hold on to: a figure, a name, a title, an example. 一个, 一次, 一步 count nothing.
_CONCRETE = re.compile(
    r"\d|[二两三四五六七八九十百千万几](?:余|多|几)?(?:名|位|个|人|次|份|项|件|篇|户|台|本|门|倍|成|元|场|所|条|期|面|封|届|间|对|只|棵|斤|公里|分钟|小时)|"
    r"[“”《》]|称号|奖|先进|优秀|第一|标兵|模范|示范|例如|比如|某某|同志|老师傅|[一-鿿]某|(?:一|首)(?:名|位|所|项|篇|门|等)"
)
_EXAMPLES = "，例如帮助了多少人、解决了哪件事、获得了什么荣誉"


def results_in_general(report: Report) -> Iterator[Remark]:
    """成效 told in set phrases alone: 凝聚力增强了, 素质提高了."""
    for aspect, found in zip(report.context.campaign.aspects, report.aspects, strict=True):
        if found.found == "absent" or not _RESULTS.search(aspect.key):
            continue
        if not any(_CONCRETE.search(text) for text in told_of(aspect, report.prose)):
            yield Remark(f"“{aspect.key}”写得比较笼统，建议补上一两个具体的数字、名称或事例{_EXAMPLES}。", found.where)


def participation_without_figures(report: Report) -> Iterator[Remark]:
    rule, seen = report.context.campaign.participation, report.participation
    if rule.numbers_preferred and seen.found and not seen.counts:
        ways = "、".join(seen.found)
        yield Remark(
            f"群众参与写到了{ways}，没有看到数字。如果有，可以补上，例如座谈会几场、问卷发放和收回多少份。", seen.where
        )
