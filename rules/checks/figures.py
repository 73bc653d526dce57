"""Family H: figures that plainly cannot be: 满意率 120%, more questionnaires back than out, parts above their whole."""

import re
from collections.abc import Iterator

from rules.aspect.text import Sentence
from rules.checks.rule import Remark, Report

_SHARE = re.compile(
    r"(?P<what>满意(?:率|度)|测评率|参与率|参学率|出勤率|到会率|覆盖(?:率|面)|合格率|及格率|就业率|回收率|收回率|返回率|通过率|知晓率|优秀率|优良率"
    r"|赞成率|支持率|签约率|出席率|到课率)[^%，。;,、]{0,10}?(?P<figure>\d{2,5}(?:\.\d+)?) ?%"
)
_GROWTH = re.compile(r"提高|增长|上升|增加|增幅|由|从|超|翻|环比|同比")
_OUT_AND_BACK = re.compile(
    r"(?:发放|发出|下发|印发|共发)[^。;\d]{0,20}?(?P<out>\d{1,5}) ?[份张][^。;\d]{0,16}?"
    r"(?:收回|回收|返回|实收|交回)[^。;\d]{0,10}?(?P<back>\d{1,5}) ?[份张]"
)
_PAPER = re.compile(r"问卷|[表票卡函]")
_LEAFLET = re.compile(r"宣传|资料|[书册单](?!位)|倡议")
_WHOLE = re.compile(r"(?P<whole>\d{1,4}) ?[名人位](?P<who>[一-鿿]{0,8})[,(]?其中:?(?P<parts>[^。;]{2,80})")
_PART = re.compile(r"(?P<label>[一-鿿]{1,8}?)(?:有|为|共)?(?P<count>\d{1,4}) ?[名人位]")
_HALVES = (
    ({"教师", "教工", "教职工", "教师党员", "教工党员", "教职工党员"}, {"学生", "学生党员"}),
    ({"男", "男党员", "男性"}, {"女", "女党员", "女性"}),
    ({"正式党员", "正式"}, {"预备党员", "预备"}),
    ({"在职", "在职党员"}, {"离退休", "退休", "离退休党员", "退休党员"}),
    ({"离休", "离休党员"}, {"退休", "退休党员"}),
)
_MAYBE = ("率", "度", "面", "回", "其中", "实收")


def figures(report: Report) -> Iterator[Remark]:
    """At most one remark, on the first; what only looks unusual is left alone."""
    found: list[tuple[str, str]] = []
    for sentence in report.sentences:
        if any(sign in sentence.text for sign in _MAYBE):
            found.extend((why, sentence.where) for why in _wrong(sentence))
    if found:
        why, where = found[0]
        count = f"（这样的共{len(found)}处）" if len(found) > 1 else ""
        yield Remark(f"{why}{count}，请再核对一下数字。", where)


def _wrong(sentence: Sentence) -> Iterator[str]:
    text = sentence.text
    for match in _SHARE.finditer(text):
        between = text[match.start("what") : match.start("figure")]
        if float(match["figure"]) > 100 and not _GROWTH.search(between):
            yield f"“{match['what']}{match['figure']}%”超过了100%"
    for match in _OUT_AND_BACK.finditer(text):
        if int(match["back"]) > int(match["out"]) and _PAPER.search(match[0]) and not _LEAFLET.search(match[0]):
            yield f"发出{match['out']}份、收回{match['back']}份，收回的比发出的多"
    if "其中" in text:
        for match in _WHOLE.finditer(text):
            yield from _sum(int(match["whole"]), match["parts"])


def _sum(whole: int, parts: str) -> Iterator[str]:
    """Parts that leave no third (教师、学生) must make the whole; any part must fit into it."""
    counted = [(part["label"].lstrip("和与及、,"), int(part["count"])) for part in _PART.finditer(parts)]
    for label, count in counted[:1]:
        if count > whole:
            yield f"共{whole}人，其中{label}{count}人，部分大于总数"
            return
    if len(counted) != 2:
        return
    (one, first), (two, second) = counted
    exhausted = any((one in a and two in b) or (two in a and one in b) for a, b in _HALVES)
    if exhausted and first + second != whole:
        yield f"共{whole}人，其中{one}{first}人、{two}{second}人，加起来是{first + second}人"
