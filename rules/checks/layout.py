"""Family L: the layout of a formal document, as it is declared in the file. Said, never demanded."""

import re
from collections.abc import Iterator, Sequence

from rules.aspect.text import place
from rules.checks.rule import Remark, Report
from rules.chinese_dates import find_date
from rules.layout.fonts import fits
from rules.layout.lines import Line
from rules.layout.measures import begins_at
from rules.layout.parts import DATE, DOCUMENT_NUMBER, Part, Told
from rules.layout.subject import Laid
from rules.layout.wishes import SIDES, Range
from rules.layout.wording import look_words, range_words, wanted_words
from rules.model import Sheet
from rules.text import clip, fold, squeeze

_SIDES = dict(zip(SIDES, "上下左右", strict=True))
_PAPER_ROOM = 1.0
_SHORT = 500
"""Characters that surely stand on one page, which needs no number."""
_FAR = 8.0
"""Characters from the left margin from which a line stands on the right half."""
_ENDING = re.compile(r"[。，；、,;.]$")
_ARABIC = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")
_MONTH, _DAY = "(?:十[一二]?|[一二三四五六七八九])", "(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CHINESE = re.compile(rf"[二一][〇○一二三四五六七八九]{{3}}年{_MONTH}月{_DAY}日")


def page(report: Report) -> Iterator[Remark]:
    """Paper and margins of upright sections with text in them; a page number anywhere."""
    laid = report.laid
    if laid is None:
        return
    used = sorted({one.line.laid.sheet for one in laid.told if one.part is not Part.ASIDE})
    sheets = [laid.sheets[at] for at in used if laid.sheets[at].upright]
    said = [words for words in (_paper(sheets, laid), _margins(sheets, laid), _paging(sheets, laid)) if words]
    if said:
        yield Remark(f"页面设置建议调整：{'；'.join(said)}。")


def title(report: Report) -> Iterator[Remark]:
    laid = report.laid
    lines = [one.line for one in laid.all(Part.TITLE)] if laid is not None else []
    if laid is None or not lines:
        return
    said = [words for words in (_title_look(line, laid) for line in lines) if words][:1]
    aside = next((line for line in lines if line.setting.align != "center"), None)
    if aside is not None:
        said.append("应居中")
    ending = _ENDING.search(lines[-1].text)
    if ending:
        said.append(f"末尾不用“{ending[0]}”")
    if said:
        yield Remark(f"标题格式建议调整：{'；'.join(said)}。", f"标题：{clip(report.document.title)}")


def document_number(report: Report) -> Iterator[Remark]:
    laid = report.laid
    for one in laid.all(Part.NUMBER) if laid is not None else ():
        text = re.sub(r"\s", "", one.line.raw)
        match = DOCUMENT_NUMBER.search(text)
        if match is None or len(match["year"]) not in (2, 4):
            continue
        year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
        right = f"〔{year}〕{int(match['count'])}号"
        if match[0] != right:
            said = f"发文字号建议改写：“{match[0]}”应写作“{right}”（年份写四位，用六角括号；不加“第”，不补零）。"
            yield Remark(said, _at(one.line))


def date(report: Report) -> Iterator[Remark]:
    """Form and place of the 成文日期, with the 署名 above it. One under the title in brackets is left alone."""
    laid = report.laid
    if laid is None or not laid.all(Part.BODY, Part.HEADING):
        return
    dates = laid.all(Part.DATE)
    if not dates:
        if report.document.day is None and not _dated_in_front(laid):
            yield Remark("文末没有看到成文日期；应写在署名下方，年、月、日写全，如“2012年9月10日”。")
        return
    said = [_date_form(dates[0].line, laid), _date_place(laid.all(Part.SIGNATURE, Part.DATE))]
    if any(said):
        yield Remark(f"成文日期建议调整：{'；'.join(words for words in said if words)}。", _at(dates[0].line))


def enclosure(report: Report) -> Iterator[Remark]:
    laid = report.laid
    lines = [one.line for one in laid.all(Part.ENCLOSURE)] if laid is not None else []
    ended = [line for line in lines if _ENDING.search(line.text)]
    counted = [line for line in lines if re.search(r"(?:^|[:：])\s*\d{1,2}、", line.text)]
    said = []
    if ended:
        said.append(f"附件名称后面不加标点（“{clip(ended[0].text, 20)}”）")
    if counted:
        said.append("附件的顺序号用“1.”，不用“1、”")
    if said:
        yield Remark(f"{'；'.join(said)}。", _at((ended or counted)[0]))


def _at(line: Line) -> str:
    return place(line.number, line.text) if line.number else ""


def _paper(sheets: Sequence[Sheet], laid: Laid) -> str:
    wanted = laid.wanted.paper
    for sheet in sheets if wanted else ():
        if sheet.paper and wanted and max(abs(one - two) for one, two in zip(sheet.paper, wanted, strict=True)) > 1:
            wide, high = sheet.paper
            name = "A4（210×297毫米）" if wanted == (210, 297) else f"{wanted[0]:g}×{wanted[1]:g}毫米"
            return f"纸张应为{name}，现为{wide:.0f}×{high:.0f}毫米"
    return ""


def _margins(sheets: Sequence[Sheet], laid: Laid) -> str:
    """Of the first section whose margins are neither those wanted nor one of the other accepted sets."""
    wanted, room = laid.wanted.margins, laid.wanted.margin_room or 0.0
    for sheet in sheets if wanted else ():
        sides = dict(zip(SIDES, sheet.margins or (), strict=False))
        off = _off(sides, wanted or {}, room)
        if off and not any(other and not _off(sides, other, room) for other in laid.wanted.margins_also or ()):
            now = "、".join(f"{_SIDES[side]}{sides[side]:.3g}" for side in off)
            right = "、".join(f"{_SIDES[side]}{range_words(one)}" for side, one in off.items())
            return f"页边距应为{right}毫米，现为{now}毫米"
    return ""


def _off(sides: dict[str, float], wanted: dict[str, Range], room: float) -> dict[str, Range]:
    return {
        side: (least, most)
        for side, (least, most) in wanted.items()
        if side in sides and not least - room <= sides[side] <= most + room
    }


def _paging(sheets: Sequence[Sheet], laid: Laid) -> str:
    if not laid.wanted.page_number or not sheets or len(squeeze(laid.document.text)) <= _SHORT:
        return ""
    if not any(sheet.paged for sheet in sheets):
        return "没有页码"
    undashed = laid.wanted.page_dashes and not any(sheet.dashes for sheet in sheets)
    return "页码两边应各有一条一字线（— 1 —）" if undashed else ""


def _title_look(line: Line, laid: Laid) -> str:
    look, fonts, sizes = line.look(), laid.wanted.title_fonts, laid.wanted.title_size
    if look is None:
        return ""
    face = not fonts or look.font is None or fits(look.font, look.bold, fonts, bool(laid.wanted.exact_fonts))
    size = not sizes or any(abs(look.size - one) <= 0.5 for one in sizes)
    return "" if face and size else f"应为{wanted_words(fonts, sizes)}，现为{look_words(look)}"


def _dated_in_front(laid: Laid) -> bool:
    last = max((at for at, one in enumerate(laid.told) if one.part is Part.TITLE), default=-1)
    return any(DATE.search(squeeze(one.line.text)) for one in laid.told[last + 1 : last + 4] if one.part is Part.ASIDE)


def _date_form(line: Line, laid: Laid) -> str:
    forms = laid.wanted.date_forms
    match = DATE.search(squeeze(line.text))
    if not forms or match is None:
        return ""
    rights = [{"arabic": _ARABIC, "chinese": _CHINESE}[form] for form in forms]
    if any(right.fullmatch(match[0]) for right in rights):
        return ""
    found = find_date(re.sub(r"^(?=\d\d年)", "20", fold(match[0])))
    if "日" not in match[0] and "号" not in match[0] and "年" in match[0]:
        return f"“{match[0]}”应把年、月、日写全"
    right = f"{found[0].year}年{found[0].month}月{found[0].day}日" if found else "2012年9月10日"
    return f"“{match[0]}”应写作“{right}”"


def _date_place(signed: Sequence[Told]) -> str:
    off = [one for one in signed if not _is_on_the_right(one.line)]
    if not off:
        return ""
    who = {Part.SIGNATURE: "署名", Part.DATE: "成文日期"}
    names = "和".join(dict.fromkeys(who[one.part] for one in off))
    now = "居中" if off[0].line.setting.align == "center" else "靠左"
    return f"{names}应在正文右下方（成文日期右空四字），现在{now}"


def _is_on_the_right(line: Line) -> bool:
    """Also where tabs or spaces were typed to get it there; how far a tab goes is not known."""
    return line.setting.align == "right" or "\t" in line.raw[:4] or begins_at(line) >= _FAR
