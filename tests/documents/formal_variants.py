"""The invented formal document in the ways that are right, and with each fault of layout in it, one at a time."""

from dataclasses import replace

from tests.documents.formal import Form, Formal

GOOD = Formal()
_AS_IN_WINDOWS = {
    "仿宋_GB2312": "FangSong", "黑体": "SimHei", "楷体_GB2312": "KaiTi", "方正小标宋简体": "FZXiaoBiaoSong-B05S",
}  # fmt: skip
_FOUNDER = {
    "仿宋_GB2312": "方正仿宋_GBK", "黑体": "方正黑体_GBK", "楷体_GB2312": "方正楷体_GBK",
    "方正小标宋简体": "方正小标宋_GBK",
}  # fmt: skip
_SINOTYPE = {"仿宋_GB2312": "华文仿宋", "楷体_GB2312": "华文楷体", "方正小标宋简体": "华文中宋"}


def _typed() -> Formal:
    """Indented by two wide spaces."""
    lines = tuple((kind, f"　　{text}" if kind == "body" else text) for kind, text in GOOD.lines)
    return replace(GOOD.form("body", first=0), lines=lines)


RIGHT: dict[str, Formal] = {
    "the standard": GOOD,
    "fonts by their English names": GOOD.named(_AS_IN_WINDOWS),
    "fonts of Founder": GOOD.named(_FOUNDER),
    "fonts of SinoType": GOOD.named(_SINOTYPE),
    "宋体 in bold for the title": GOOD.form("title", font="宋体", bold=True),
    "headings in bold": GOOD.form("h1", bold=True).form("h2", bold=True).form("h3", bold=True),
    "26 points": GOOD.everywhere(line=26),
    "28 points": GOOD.everywhere(line=28),
    "30 points": GOOD.everywhere(line=30),
    "at least 28 points": GOOD.everywhere(line=28, rule="atLeast"),
    "single lines on the grid": replace(
        GOOD.everywhere(line=1, rule="auto"), grid='<w:docGrid w:type="lines" w:linePitch="579"/>'
    ),
    "no grid": replace(GOOD, grid=""),
    "indents in points": GOOD.everywhere(twips=True),
    "indents of wide spaces": _typed(),
    "a date in Chinese": GOOD.text("2012年9月10日", "二〇一二年九月十日"),
    "narrow points behind numbers": GOOD.text("1．", "1.").text("2．", "2."),
    "two levels": GOOD.without("h2").without("h4"),
    "no red head": GOOD.without("head").without("number"),
    "no enclosure and no imprint": GOOD.without("enclosure").without("imprint").without("addressee"),
    "margins of a guide, 1": replace(GOOD, margins=(35, 33, 27, 27)),
    "margins of a guide, 2": replace(GOOD, margins=(34, 31, 28, 26)),
    "margins of a guide, 3": replace(GOOD, margins=(37, 27, 28, 26)),
    "margins of a guide, 4": replace(GOOD, margins=(30, 30, 29, 29)),
    "a short one without page numbers": replace(GOOD, lines=(*GOOD.lines[:7], *GOOD.lines[-4:]), footer=""),
}

# The rule that finds it, and the document with the fault.
FAULTS: dict[str, tuple[str, Formal]] = {
    "Letter paper": ("L1", replace(GOOD, paper=(215.9, 279.4))),
    "the margins that Word begins with": ("L1", replace(GOOD, margins=(25.4, 25.4, 31.8, 31.8))),
    "a narrow left margin": ("L1", replace(GOOD, margins=(37, 35, 20, 26))),
    "no page number": ("L1", replace(GOOD, footer="")),
    "a small title": ("L2", GOOD.form("title", size=18)),
    "a title in 黑体": ("L2", GOOD.form("title", font="黑体")),
    "a title in thin 宋体": ("L2", GOOD.form("title", font="宋体")),
    "a title on the left": ("L2", GOOD.form("title", align="left")),
    "a full stop behind the title": ("L2", GOOD.text("总结报告", "总结报告。")),
    "text in 宋体": ("L3", GOOD.form("body", font="宋体")),
    "text in 小四": ("L3", GOOD.form("body", size=12)),
    "one paragraph in another font": ("L3", replace(GOOD, only={7: Form(font="微软雅黑")})),
    "一、 in 宋体": ("L3", GOOD.form("h1", font="宋体", bold=True)),
    "一、 too large": ("L3", GOOD.form("h1", size=18)),
    "（一） in 仿宋": ("L3", GOOD.form("h2", font="仿宋_GB2312")),
    "1. in 黑体": ("L3", GOOD.form("h3", font="黑体")),
    "（1） in 楷体": ("L3", GOOD.form("h4", font="楷体")),
    "1、": ("L4", GOOD.text("1．加", "1、加").text("2．注", "2、注")),
    "(一)": ("L4", GOOD.text("（一）", "(一)").text("（二）", "(二)")),
    "(一）": ("L4", GOOD.text("（一）", "(一）")),
    "（一）、": ("L4", GOOD.text("（一）", "（一）、")),
    "（1）、": ("L4", GOOD.text("（1）", "（1）、")),
    "1）": ("L4", GOOD.text("（1）", "1）")),
    "一.": ("L4", GOOD.text("一、", "一.")),
    "nothing above （一）": ("L4", GOOD.without("h1")),
    "nothing above （1）": ("L4", GOOD.without("h3")),
    "one and a half lines": ("L5", GOOD.everywhere(line=1.5, rule="auto")),
    "20 points": ("L5", GOOD.everywhere(line=20)),
    "at least 40 points": ("L5", GOOD.everywhere(line=40, rule="atLeast")),
    "one paragraph set close": ("L5", replace(GOOD, only={7: Form(line=22)})),
    "no indent": ("L5", GOOD.form("body", first=0)),
    "an indent of four": ("L5", GOOD.form("body", first=4)),
    "space below paragraphs": ("L5", GOOD.form("body", after=10)),
    "an addressee set in": ("L5", GOOD.form("addressee", first=2)),
    "（2012）": ("L6", GOOD.text("〔2012〕8号", "（2012）8号")),
    "[2012]": ("L6", GOOD.text("〔2012〕8号", "[2012]8号")),
    "【2012】": ("L6", GOOD.text("〔2012〕8号", "【2012】8号")),
    "第8号": ("L6", GOOD.text("〔2012〕8号", "〔2012〕第8号")),
    "08号": ("L6", GOOD.text("〔2012〕8号", "〔2012〕08号")),
    "〔12〕": ("L6", GOOD.text("〔2012〕8号", "〔12〕8号")),
    "2012.9.10": ("L7", GOOD.text("2012年9月10日", "2012.9.10")),
    "2012年09月10日": ("L7", GOOD.text("2012年9月10日", "2012年09月10日")),
    "a date without a day": ("L7", GOOD.text("2012年9月10日", "2012年9月")),
    "12年": ("L7", GOOD.text("2012年9月10日", "12年9月10日")),
    "二O一二年": ("L7", GOOD.text("2012年9月10日", "二O一二年九月十日")),
    "figures and numerals": ("L7", GOOD.text("2012年9月10日", "2012年九月十日")),
    "a date on the left": ("L7", GOOD.form("date", align="left", right=0, first=2)),
    "a date in the middle": ("L7", GOOD.form("date", align="center", right=0)),
    "署名 and date on the left": (
        "L7",
        GOOD.form("date", align="both", right=0).form("signature", align="both", right=0),
    ),
    "no date": ("L7", GOOD.without("date").without("imprint")),
    "a full stop behind an enclosure": ("L8", GOOD.text("名单", "名单。")),
    "a semicolon behind an enclosure": ("L8", GOOD.text("统计表", "统计表；")),
    "附件：1、": ("L8", GOOD.text("附件：1．", "附件：1、")),
}
