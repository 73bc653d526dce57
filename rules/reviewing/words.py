"""Sentences that say the 总支 has reviewed a report, that it has yet to, or neither: 经总支审核同意, 待总支审核."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from rules.model import Unit
from rules.text import fold, squeeze

LONGEST = 300
"""Characters of a sentence that are looked at."""

# 校党委, 省委 and the department itself are no 总支; 党委组织部 is the one that receives the reports.
_OFFICES = (
    r"党?总支(?!出|付)|分党委|党工委|(?<![校省市县区局])(?:学院|系|院|二级)?党委(?!组织部|宣传部|统战部|办|会议室|发)"
    r"|(?:上级|所在|二级)党组织"
)
# Short words first looked for: a sentence with none of them speaks of no review.
_HINTS = ("总支", "党委", "党工委", "党组织", "书记")
# 经计算机学院党总支教工第一党支部支委会讨论通过 is the branch's own step.
_BETWEEN = r"(?P<between>(?:(?!支部|支委)[^。;,:]){0,14}?)"
_VERB = (
    r"(?:审?[核阅查批定]?意见(?::|为:?|是:?))?(?P<verb>(?:(?:、|并|和)?(?:审核|审阅|审查|审定|审批|审议|审读|审看|审签|初审|复审|终审|批阅|批示|批准|核准|核定|把好?了?过?关|过目|过了目|看过|看了|看完"
    r"|阅过|已阅|审过|审了|审毕|审完|认可|点了?头|签过?了?[字名章批]|签署|签了?意见|盖过?了?[印公]?章|过了一?遍|(?:研究|讨论)[^。;]{0,6}?(?:通过|同意)"
    r"|同意|通过|(?<=已)审(?=$|[,、:]))){1,3})"
)
# What stands right before the 总支 or its verb and turns it into a wish, a duty or a plan: 未经, 待, 请, 须经 …
_NOT_YET = re.compile(
    r"(?:未|没有?(?!意见|问题)|尚|待|等(?!同学|同志|材料|人|项)|(?<![已也均都经并])请(?!查|收|指正|老师)|(?<![现兹已])将|拟|必?须|(?<!无)需(?!求)|应(?!用|届|数|化|约)"
    r"|应当|(?<![主重首需扼简])要(?!求)|凡|准备|争取|希望|再|后续|届时|打算|预计|无法|来不及|正在|正[由请送报]|明天|下周|随后|稍后|尽快|一旦|假如|如果"
    r"|是否|能否|可否|以便|便于|[报送交呈](?!来|上|经))[^。;,已均]{0,6}$"
)
_NOT_BETWEEN = re.compile(
    r"未|没(?!问题|意见)|尚|待|(?<!现)将|需|须|应(?!用|届)|正在|拟|准备|是否|会(?!议|上|[审研讨])|再|能否|可否|请|(?<![主重简])要(?!求)|不(?!断)"
)
_NOT_AFTER = re.compile(
    r"^(?:稿|版|的?为准)|^[^。;,]{0,4}?(?:后再|后,?方|后才|后,?(?:另|补|将|会|正式)|后盖章补|后签字补|中(?:$|,)|吗|没有|与否|不同意|不通过|不合格|不过(?:$|,)|未通过)"
    r"|^[^。;]{0,24}?(?:不同意|不予|未?不?能通过|没通过|未通过|退回|打回|要求(?:我们|支部)?(?:再|重新|继续|做|进一步)?修改|让(?:我们|支部)?(?:再|重)"
    r"|还要改|还需|仍需|需再|有待|再改|正在改|在修改|正在修改|修改中|修改完?后再)"
)
# How one sees that it has happened.
_DONE_BEFORE = re.compile(
    r"(?:经(?!常|费|验|济|历|典|贸|营|管|手)|经过|已由|业经|[已也均都并]请|征得|得到|获得|获|通过了?|按照?|根据|请)[^。;,:]{0,24}$"
)
_DONE_BETWEEN = re.compile(r"已|业|均|都|也|刚|进行了?|[作做给予]了|予以|认真|严格|亲自|集体|会议?|逐[字份篇句]|初步")
_DONE_WITHIN = re.compile(r"[过了毕完]|已阅|同意|通过|认可|批准|核准|核定|审定")
_DONE_AFTER = re.compile(
    r"^(?:意见(?::|为:?|是:?)?|:)?(?:同意|通过)|^(?:过(?![两几一些])|了|完|毕|无误|无(?:修改)?意见|无异议|合格|属实|认可|并|,?(?:没有?|无)(?:修改)?意见|,?同意|,?准予|,?可以"
    r"|,?认为|,?(?:现|特|予以)?(?:报送|上报|报上|送上|呈报|报来)|意见[::]?(?:情况属实|已审)|后(?:报|发|送|上报|提交|呈))"
)
# 总支同意我们延期 is an agreement to something else.
_AGREED_ELSE = re.compile(r"^(?!$|[,、;:]|上报|报|提交|发送|呈|推荐|[该此本这]|意见|后|了|的)")
_ALONE = re.compile(r"^(?:同意|通过|认可|批准|核准|点了?头)$")
# 按总支审核意见修改好了: reviewed, and mended.
_MENDED = (
    r"(?:按照?|根据|依照?|照着?)[^。;,]{0,8}?(?:@)[^。;,]{0,10}?意见"
    r"[^。;]{0,10}?(?:修改|补充|完善|修订|改)(?:完善|完|好|过|了|定)"
)
# 总支赵书记让我直接发您，他已过目
_HE = re.compile(r",[他她](?:也|都)?(?:已经?)?(?:审[核阅定过]|看过|过目|签[了过]?字|同意)了?(?=$|,)")
# 审核：计算机学院党总支（同意）2012年9月8日, as one line below a paper.
_CREDITED = r"^审[核阅定签](?:人|单位)?:[^。;]{0,20}?(?:@)(?:副?书记)?[一-鿿]{0,4}?(?:同意|已审|(?:19|20)\d\d ?[年.])"
_DUTY = re.compile(r"各(?:党)?支部|每[篇份个]|一律")
# A sentence after one that names the 总支, or above its name: 均已审核, 已经我们看过.
_CARRIED = re.compile(
    r"(?:^|,|、)[^。;,]{0,8}?(?:均|都|现|业|也)?已经?(?:我们?|本人)?[^。;,]{0,3}?"
    r"(?:审核|审阅|审查|审定|把关|看过|审过|审(?=$|,)|阅)(?!后再|中|吗)"
)


class Said(StrEnum):
    """What a sentence says: reviewed, or not yet."""

    REVIEWED = "reviewed"
    OPEN = "open"


def said_of_review(text: str, reviewer: Unit | None) -> Said | None:
    """What one sentence says of the review by the 总支 (or by its secretary, whose name the roster has); else None.

    The last word counts: 前稿未经总支审核，现已经总支审阅同意 is reviewed.
    """
    text = plain(text)[:LONGEST]
    if not any(hint in text for hint in _HINTS) or _DUTY.search(text):
        return None
    found: Said | None = None
    person = reviewer.contact if reviewer is not None else ""
    who, statement, told = _patterns(squeeze(person))
    he = _HE.search(text)
    if told.search(text) or (he and who.search(text[: he.start()])):
        found = Said.REVIEWED
    for match in statement.finditer(text):
        found = _weigh(text, match) or found
    return found


def carried(text: str) -> bool:
    """已审核, 均已审阅 without saying by whom: for sentences beside one that names the 总支."""
    text = plain(text)[:LONGEST]
    match = _CARRIED.search(text)
    return match is not None and not _NOT_YET.search(text[: match.start() + 1])


def plain(text: str) -> str:
    """Squeezed, without brackets and quotation marks: 老许（总支书记）看过, （经总支审核）."""
    return squeeze(text).translate(_BRACKETS)


_BRACKETS = dict.fromkeys(map(ord, "()[]【】“”\"'「」〔〕"))


def _weigh(text: str, match: re.Match[str]) -> Said | None:
    # 签字 and 盖章 still to come are about the paper: they leave open what was said before.
    before, between, verb = text[: match.start()], match["between"], match["verb"]
    clause = re.split(r"[,;:。]", before)[-1]
    after = text[match.end() :]
    perfect = bool(_DONE_WITHIN.search(verb) or _DONE_AFTER.match(after))
    asked = _NOT_YET.search(clause)
    if asked and not (asked[0].startswith(("请", "报", "送", "交", "呈")) and perfect and verb not in ("同意", "通过")):
        return _open(verb)
    if _NOT_BETWEEN.search(between + verb[0]) or _NOT_AFTER.match(after):
        return _open(verb)
    if _ALONE.match(verb) and _AGREED_ELSE.match(after):
        return None
    done = perfect or _DONE_BEFORE.search(clause) or _DONE_BETWEEN.search(between)
    return Said.REVIEWED if done else None


def _open(verb: str) -> Said | None:
    return None if verb.startswith(("签", "盖")) else Said.OPEN


@lru_cache(maxsize=64)
def _patterns(person: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The 总支, a statement, and other ways to tell of one, with the names of its secretary beside the offices."""
    who = "|".join((_OFFICES, *_names(person)))
    statement = rf"(?P<who>{who})(?:委员会|支?委会)?{_BETWEEN}{_VERB}"
    return re.compile(who), re.compile(statement), re.compile(f"{_MENDED}|{_CREDITED}".replace("@", who))


def _names(person: str) -> Iterator[str]:
    if not re.fullmatch(r"[一-鿿·]{2,5}", person):
        return
    surname, full = re.escape(person[0]), re.escape(person)
    yield full
    yield rf"(?<!支部){surname}[一-鿿]{{0,2}}书记"
    yield rf"老{surname}(?=书记|总支|已|看|审)"


def sentences(text: str) -> list[str]:
    """The sentences of a mail, folded."""
    return [folded for line in re.split(r"[。!！?？;；\n]", text) if (folded := fold(line))]
