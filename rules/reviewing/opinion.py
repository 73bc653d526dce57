"""What the 总支 wrote into its opinion block, without labels, blanks and unticked boxes; and whether it is signed."""

import re

from rules.chinese_dates import find_date
from rules.text import fold

_DATE_FIELD = re.compile(r"(?:20)?[\s_.…]*年[\s_.…]*月[\s_.…]*日")
_FURNITURE = re.compile(
    r"(?:党?总支|分?党委|党工委|党组织|主要|单位|支部)?(?:副?书记|负责人|组织员|经办人|审核人|审批人|签名人|签字人|主管领导|领导)"
    r"?\(?(?:签名|签字|签章|签署|盖章|公章|印章|章)\)?(?:处|栏)?"
    r"|(?:党?总支)?副?书记|负责人|组织员"
    r"|(?:请)?(?:在此)?(?:填写|签署)(?:审核)?意见|审核意见|盖章处|签章处|日期|时间|(?:联系)?电话"
)
# What a form tells the one who fills it in: （由党总支填写并盖章）.
_TOLD = re.compile(
    r"\((?:请|由|此|该|本栏|需|须|应|可|注|限|要求|包括|盖|签|公|不少于|是否|填|写|同意与否|\d+字)[^)\n]{0,40}\)"
)
_HEAD_ENDS = re.compile(
    r"(?:党?总支|分?党委|党工委|学院|单位)?(?:主要)?(?:副?书记|负责人|组织员|审核人|领导)\(?(?:签名|签字|签章)?\)?(?=[::_\s]|\(|$)"
    r"|(?:党?总支|分?党委|党工委)?(?:副?书记|负责人)(?:签名|签字|签章)|\(?(?:签名|签字|签章|盖章|公章|印章)(?=\)|[::_\s]|$)"
)
_SIGN_LABEL = re.compile(
    r"(?:书记|负责人|组织员|签名|签字|签章|审核人|审批人)\)?:?[\s_]*(?P<name>(?!年|月|日|盖|公章|签|章|日期|时间|同意|意见)[一-鿿·]{2,4})(?![一-鿿])"
)
_BLANKS = re.compile(r"[_.…·—\-:/\\,;。、()\[\]【】\s*~]+")
_WORDS = re.compile(r"[一-鿿]{2,}|^阅$|OK|ok")

_EMPTY_BOX = r"□☐○◯▢◻⬜〇"
_TICKED_BOX = r"☑☒✓✔√■●⊠▣✅"
_OPTION = (
    rf"不?(?:同意|通过|合格|属实|予上报|予报送)[^\s{_EMPTY_BOX}{_TICKED_BOX}()\[\]。;,/]{{0,6}}"
    r"|情况属实|修改后(?:再)?(?:上报|报送|报)?|退回修改"
)
_SIGN = rf"[{_EMPTY_BOX}{_TICKED_BOX}]|\([{_TICKED_BOX}]?\)|\[[{_TICKED_BOX}]?\]"
_BOXES = re.compile(rf"(?:{_SIGN})")
_BEFORE = re.compile(rf"(?P<sign>{_SIGN}):?(?P<option>{_OPTION})")
_BEHIND = re.compile(rf"(?P<option>{_OPTION}):?(?P<sign>{_SIGN})")
_PRINTED = re.compile(r"同意上?报?[/、|或\s]*不同意上?报?|不同意[/、|或\s]*同意")
"""同意／不同意, to be crossed out: nobody did."""

_NO_REFUSAL = re.compile(
    r"[没无](?:有)?不同意见|(?:无需|不需|不用|不必|无须)(?:再)?(?:做|作)?修改|(?:已|业已|均已|已经|经)[^。;]{0,12}?(?:修改|补充|完善|重新)后?"
    r"|第?[一二三首前](?:次|版)?稿?[^。;]{0,20}?(?:退回|缺|不足)"
)
_REFUSAL = re.compile(
    r"不同意|不通过|不予|不合格|不宜|未通过|退回|打回|修改后|补充后|完善后|请.{0,6}(?:修改|补充|完善)|需.{0,8}(?:修改|补充|完善|充实)|(?<!不断)重新|暂缓|待(?:修改|补充|完善|研究|定|审|核)"
)
_WANTING = re.compile(r"缺|欠(?!缺之)|不够|不全|不完整|尚需|还要|再补|补写|补上|请补")
_AGREES = re.compile(
    r"同意|属实|已审|审核无误|无误|通过|可以|可报|准予|予以|合格|认可|无异议|无意见|没意见|已阅|^阅$|真实|OK|ok|上报|报送"
)


def opinion_of(rest: str) -> str:
    """The words between the label and the signature, without labels of the form, dates and blanks."""
    head = _HEAD_ENDS.split(_TOLD.sub("", rest), maxsplit=1)[0]
    found = find_date(fold(head))
    if found is not None:
        head = fold(head)[: found[1]]
    head = _PRINTED.sub("", _chosen(head))
    return _BLANKS.sub("", _FURNITURE.sub("", _DATE_FIELD.sub("", head)))


def has_words(opinion: str) -> bool:
    return _WORDS.search(opinion) is not None


def agrees(opinion: str) -> bool:
    return _AGREES.search(opinion) is not None


def refuses(opinion: str) -> bool:
    """The 总支 says no, or not yet: 不同意, 修改后再报, 缺社会评价."""
    opinion = _NO_REFUSAL.sub("", opinion)
    return bool(_REFUSAL.search(opinion) or (_WANTING.search(opinion) and not _AGREES.search(opinion)))


def signed(rest: str) -> bool:
    """A name stands behind 书记签名 or the like."""
    return _SIGN_LABEL.search(rest) is not None


def _chosen(head: str) -> str:
    """Options with boxes give way to the ticked ones: ☑同意 □不同意 is 同意, □同意 □不同意 nothing."""
    first = _BOXES.search(head)
    if first is None:
        return head
    pattern = _BEFORE if _BEFORE.match(head, first.start()) else _BEHIND
    return _BOXES.sub("", pattern.sub(lambda match: match["option"] if _is_ticked(match["sign"]) else "", head))


def _is_ticked(sign: str) -> bool:
    return any(character in _TICKED_BOX for character in sign)
