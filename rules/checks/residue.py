"""Family H: what a template or a copy left behind: XX党支部, 20__年, （此处填写…）, a paragraph twice, 我园."""

import re
from collections.abc import Iterator

from rules.aspect.text import place
from rules.checks.rule import Remark, Report
from rules.model import Document, Paragraph, Place
from rules.reviewing.block import opinion_blocks
from rules.text import clip, fold, squeeze

_LONGEST = 3000
"""Characters of a paragraph that are looked at."""
_CONTEXT = 3

# 张××, 李XX, 王**: tact about persons, no residue, unless a word for a body or a time follows.
_SURNAMES = (
    "张李王刘陈杨黄赵吴周徐孙马朱胡林郭何罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶杜苏魏程吕丁沈任姚卢傅钟姜崔谭"
    "廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹"
)
_BODY = r"(?:党?支部|党?总支|学院|学校|大学|系|处|部门|年|月|日|镇|乡|村|县|市|区|局|公司|单位)"
_CROSSES = r"(?:[Xx]{2,}|[×✕╳]{2,}|[Xx](?: [Xx])+|×(?: ×)+)"
_ZEROS = r"[○◯〇◎]"
_FORMS = (
    rf"(?<![A-Za-z0-9/.@_\-]){_CROSSES}(?![A-Za-z0-9/.@_\-])",
    r"(?<![A-Za-z0-9*])\*{2,}(?![A-Za-z0-9*.@])",
    rf"(?<![A-Za-z0-9*×])[Xx×*](?={_BODY})(?!年级)",
    r"(?:19|20)\s?[xX×*]{1,2}\s?年|(?:19|20)\d\s?[xX×*]\s?年|20\s?[_.…—]{1,6}\s?年|(?<!_)_{2,8}年",
    r"(?<![近建过这前后约满整龄校了\d])20\s+年\s?(?:[\d度]|月(?!\s?日)|创先|[上下]半年)",
    r"(?:19|20)\d\d ?年 ?_{1,6} ?月",
    r"二[〇○零][xX×*]{1,2}年",
    rf"(?<![一二三四五六七八九十\d〇○零]){_ZEROS}{{2,}}(?![一二三四五六七八九\d后]|年代)|O{{2,}}(?=党?支部|党?总支|学院)",
    r"(?<=[一-鿿])[△▲]{2,}|[△▲]{2,}(?=[一-鿿])",
    r"(?<=[一-鿿,、(])_{2,12}(?=[一-鿿])(?!_*[年月日])|_{2,20}(?=党?支部|党?总支|学院)|(?<=:)_{2,12}(?=[人名份次个])",
    r"(?<=[一-鿿])[Xx](?=[次名个场份项期篇条届位](?!一))|\((?:单位|支部|学院|学校)(?:名称|全称)\)(?=党|支部|总支|\d|创)",
    r"某某(?=党?支部|党?总支|学院|系|大学|学校|单位|部门|公司)|某年某月|某月某日",
    r"(?:单击|点击)(?:此处|这里)|此处(?:输入|填写|插入)|请在此(?:处)?(?:输入|填写)",
    r"[\[【{<〈](?:请?填?写?)(?:支部|单位|学院|姓名|日期|名称|时间|数字|人数|地点|标题)[^\]】}>〉\d]{0,8}[\]】}>〉]",
    r"\((?:(?:请|可)?(?:自行)?(?:填写|填入|补充|插入)(?:单位|支部|姓名|名称|数字|具体|内容|时间|日期|数据)[^)\d]{0,12}"
    r"|[^)\d]{0,8}(?:请补充|待补充?|待填|待核实?|待查))\)",
    r"(?<!\d)20\d{4}(?=\s?[-—~–至]+\s?(?:19|20)\d\d(?!\d))|(?<!\d)(?:19|20)\d{3}年",
)
_PLACEHOLDER = re.compile("|".join(f"(?:{form})" for form in _FORMS))
# A sign of each form: most paragraphs have none.
_MAYBE = re.compile(
    r"[XxＸｘ×✕╳*＊_＿○◯〇◎△▲【{\[［｛＜<〈某]|击此|击这|此处|请在此|待[补填核查]|[2２][0０]\s+年|20\s?[.…—]"
    r"|[(（](?:请|可|自|填|补|插|单|支|学)|OO|\d{5}|[０-９]{5}"
)
_PERSON = re.compile(rf"[{_SURNAMES}]$")
_BODY_NEXT = re.compile(rf"\s?{_BODY}")
_FORM_LINE = re.compile(r"签[名字章]|盖章|意见\s*[:：]|姓名\s*[:：]|年\s*月\s*日")

_LONG = 40
"""Characters from which the same paragraph twice is no chance: headings and set phrases are shorter."""

# Words of another kind of body, with what makes them right: a unit whose name or aliases say so.
_OTHER_BODIES = {
    "我园": ("园",),
    "我公司": ("公司", "集团", "企业", "产业", "后勤"),
    "我司": ("公司", "集团", "企业", "产业", "后勤"),
    "我企业": ("公司", "集团", "企业", "产业", "后勤"),
    "我厂": ("厂",),
    "我店": ("店",),
    "我矿": ("矿",),
    "我局": ("局",),
    "我县": ("县",),
    "我镇": ("镇",),
    "我乡": ("乡",),
    "我村": ("村",),
    "我街道": ("街道", "社区"),
    "我社区": ("街道", "社区"),
}
# 我园林专业, 自我局限: only the first sign of another word.
_LONGER = {
    "园": "林艺区丁",
    "司": "机法仪",
    "厂": "区",
    "店": "铺面主",
    "局": "部限面域",
    "县": "域",
    "镇": "定静守",
    "乡": "村镇亲土愁下音",
    "村": "官",
    "区": "服志",
}
_OTHER_BODY = re.compile(
    "(?<![自忘大小敌你无本唯])(?:"
    + "|".join(f"{word}(?![们{_LONGER.get(word[-1], '')}])" for word in _OTHER_BODIES)
    + ")"
)
_QUOTED = re.compile(r"“[^”]{0,400}”|「[^」]{0,400}」|《[^》]{0,100}》")
_PARTNER = re.compile(r"[说道讲问答写称评][:：,，]")


def placeholders(report: Report) -> Iterator[Remark]:
    level = report.context.campaign.placeholders
    if level is None:
        return
    found = list(_placeholders(report.document))
    if found:
        number, text, match = found[0]
        words = text[match.start() : match.end() + _CONTEXT]
        count = f"（全文共{len(found)}处）" if len(found) > 1 else ""
        yield Remark(f"“{clip(words, 20)}”似为模板残留{count}，请改成实际内容。", place(number, text), level)


def _placeholders(document: Document) -> Iterator[tuple[int, str, re.Match[str]]]:
    in_form: set[int] | None = None
    for paragraph in document.paragraphs:
        if not _MAYBE.search(paragraph.text) and paragraph.text.isprintable():
            continue
        text = fold(paragraph.text[:_LONGEST])
        for match in _PLACEHOLDER.finditer(text):
            if _is_person(text, match):
                continue
            if "_" in match[0] or match[0].startswith("20 "):
                if in_form is None:
                    in_form = _form_paragraphs(document)
                if paragraph.number in in_form or ("_" in match[0] and _FORM_LINE.search(text)):
                    continue
            yield paragraph.number, text, match


def _is_person(text: str, match: re.Match[str]) -> bool:
    """张××同学, 王**: but not 李××村."""
    before = text[max(0, match.start() - 1) : match.start()]
    return bool(_PERSON.search(before)) and not _BODY_NEXT.match(text, match.end())


def _form_paragraphs(document: Document) -> set[int]:
    """Those of the 总支's opinion block: its blanks are another rule's."""
    return {number for block in opinion_blocks(document) for number in range(block.first, block.last + 1)}


def leftovers(report: Report) -> Iterator[Remark]:
    document = report.document
    left = [
        f"{count}处{what}" for count, what in ((document.tracked_changes, "修订"), (document.comments, "批注")) if count
    ]
    if not left:
        return
    said = next((clip(text, 20) for text in document.comment_texts if text.strip()), "")
    said = said.replace("“", "‘").replace("”", "’")
    first = f"（第一条批注是“{said}”）" if said else ""
    yield Remark(f"文档里还留有{'、'.join(left)}{first}，定稿前请接受或删除（审阅—接受所有修订，删除所有批注）。")


def doubled(report: Report) -> Iterator[Remark]:
    """The same paragraph twice in one report, spaces and signs apart."""
    seen: dict[str, Paragraph] = {}
    pairs: list[tuple[Paragraph, Paragraph]] = []
    for paragraph in report.document.paragraphs:
        if len(paragraph.text) < _LONG or paragraph.place is Place.FOOTNOTE:
            continue
        key = squeeze(paragraph.text)
        if len(key) < _LONG:
            continue
        if key in seen:
            pairs.append((seen[key], paragraph))
        else:
            seen[key] = paragraph
    if pairs:
        first, again = pairs[0]
        more = f"（这样的共{len(pairs)}处）" if len(pairs) > 1 else ""
        yield Remark(
            f"“{clip(again.text, 20)}”这一段与前面第{first.number}段完全相同{more}，可能是粘贴重复，请删去一处。",
            place(again.number, again.text),
        )


def other_body(report: Report) -> Iterator[Remark]:
    """我园, 我公司 …: words of another kind of body, outside of quotations."""
    found = [
        (paragraph, word)
        for paragraph in report.document.paragraphs
        if "我" in paragraph.text
        for word in _bodies(paragraph.text[:_LONGEST])
        if not _is_own(word, report)
    ]
    if found:
        paragraph, word = found[0]
        count = f"（全文共{len(found)}处）" if len(found) > 1 else ""
        yield Remark(
            f"“{word}”不像本单位的自称{count}，可能是借用别的材料时没有改过来，请核对。",
            place(paragraph.number, paragraph.text),
        )


def _bodies(text: str) -> Iterator[str]:
    """The words outside of quotations; what somebody is said to have said is a quotation without its signs."""
    text = _QUOTED.sub("“”", text)
    return (match[0] for match in _OTHER_BODY.finditer(text) if not _PARTNER.search(text[: match.start()][-12:]))


def _is_own(word: str, report: Report) -> bool:
    units = [unit for unit in (report.context.unit, report.context.reviewer) if unit is not None]
    names = "".join(name for unit in units for name in (unit.name, *unit.aliases))
    return any(hint in names for hint in _OTHER_BODIES[word])
