"""Family L, of the text: fonts and sizes of body and headings, the numbers in front of them, lines and indents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.aspect.text import place
from rules.checks.rule import Remark, Report
from rules.layout.fonts import fits
from rules.layout.lines import Line, Look
from rules.layout.measures import begins_at, pitch
from rules.layout.parts import Part, Told
from rules.layout.subject import Laid
from rules.layout.wording import look_words, most_common, pitch_words, places, range_words, wanted_words
from rules.text import fold

_SIZE_ROOM = 0.5
_PITCH_ROOM = 0.5
_INDENT_ROOM = (0.5, 1.2)
"""Characters less and more: an indent in points is a little off where the text is larger or smaller."""
_CLAUSES = 3
"""Groups, or wrong numbers, that one finding names."""
_LEVELS = {1: "一级标题", 2: "二级标题", 3: "三级标题", 4: "四级标题"}
_LIKE_BODY = (Part.BODY, Part.ADDRESSEE, Part.ENCLOSURE, Part.SIGNATURE, Part.DATE)
_FLUSH = 0.5
"""Characters by which an addressee may stand off the margin."""


@dataclass(frozen=True, slots=True)
class Group:
    """Passages that should look the same: all of them, and those that do not."""

    name: str
    wanted: str
    count: int
    off: tuple[tuple[Line, Look], ...]

    def said(self) -> str:
        where = places([line for line, _ in self.off], self.count)
        return f"{self.name}应为{self.wanted}，{where}现为{most_common([look_words(look) for _, look in self.off])}"


def fonts(report: Report) -> Iterator[Remark]:
    """Most Chinese characters of a passage decide; Latin letters and figures are left alone."""
    laid = report.laid
    groups = [group for group in _groups(laid) if group.off] if laid is not None else []
    if groups:
        said = "；".join(group.said() for group in groups[:_CLAUSES])
        yield Remark(f"字体字号建议调整：{said}。", _at(groups[0].off[0][0]))


def numbers(report: Report) -> Iterator[Remark]:
    """Each number written in another way than the standard's, and the first heading without one above it."""
    laid = report.laid
    if laid is None or not laid.wanted.number_forms:
        return
    wrong = [one for one in laid.told if one.number is not None and one.number.right]
    examples = dict.fromkeys((one.number.level, one.number.written, one.number.right) for one in wrong if one.number)
    levels = {level: (written, right) for level, written, right in reversed(list(examples))}
    said = [_mended(*levels[level]) for level in sorted(levels)][:_CLAUSES]
    if said:
        said[-1] += f"（{places([one.line for one in wrong])}）"
    orphan = _orphan(laid)
    if orphan is not None and orphan.number is not None:
        said.append(f"应依次用“一、”“（一）”“1.”“（1）”，“{orphan.number.written}”上面缺一级")
    if said:
        first = wrong[0] if wrong else orphan
        yield Remark(f"层次序数建议改写：{'；'.join(said)}。", _at(first.line) if first else "")


def spacing(report: Report) -> Iterator[Remark]:
    laid = report.laid
    if laid is None:
        return
    said: list[tuple[str, Line]] = [*_pitches(laid), *_spaces(laid), *_indents(laid), *_flush(laid)]
    if said:
        yield Remark(f"行距缩进建议调整：{'；'.join(words for words, _ in said)}。", _at(said[0][1]))


def _at(line: Line) -> str:
    return place(line.number, line.text) if line.number else ""


def _groups(laid: Laid) -> Iterator[Group]:
    wanted = laid.wanted
    body = [(one.line, one.line.look()) for one in laid.all(*_LIKE_BODY)]
    rests = ((one.line, one.end) for one in laid.all(Part.HEADING) if _goes_on(one))
    body += [(line, line.look(end)) for line, end in rests if end is not None]
    yield _group("正文", body, laid, wanted.body_fonts, wanted.body_size)
    for level, fonts in enumerate(
        (wanted.heading1_fonts, wanted.heading2_fonts, wanted.heading3_fonts, wanted.heading4_fonts), 1
    ):
        headings = [one for one in laid.all(Part.HEADING) if one.number and one.number.level == level]
        looks = [(one.line, one.line.look(0, one.end)) for one in headings]
        yield _group(_LEVELS[level], looks, laid, fonts, wanted.heading_size)


def _goes_on(one: Told) -> bool:
    """A heading with text behind it in its own paragraph."""
    return one.end is not None and len(one.line.raw[one.end :].strip()) > 10


def _group(
    name: str,
    looks: Sequence[tuple[Line, Look | None]],
    laid: Laid,
    fonts: Sequence[str] | None,
    sizes: Sequence[float] | None,
) -> Group:
    known = [(line, look) for line, look in looks if look is not None]
    exactly = bool(laid.wanted.exact_fonts)
    off = tuple(
        (line, look)
        for line, look in known
        if (fonts and look.font is not None and not fits(look.font, look.bold, fonts, exactly))
        or (sizes and all(abs(look.size - size) > _SIZE_ROOM for size in sizes))
    )
    return Group(name, wanted_words(fonts, sizes), len(known), off)


def _mended(written: str, right: str) -> str:
    brackets = "（全角括号）" if fold(written) == fold(right) else ""
    return f"“{written}”应写作“{right}”{brackets}"


def _orphan(laid: Laid) -> Told | None:
    """The first heading whose level has none above it; with two levels, 1. may follow 一、 directly.

    1. and （1） with nothing above and a sentence in them are the items of a list, not headings.
    """
    above: set[int] = set()
    listed: set[int] = set()
    for one in laid.all(Part.HEADING):
        if one.number is None:
            continue
        level = one.number.level
        if level >= 3 and not above and (level in listed or _is_item(one)):
            listed.add(level)
            continue
        parents = {1: {0}, 2: {1}, 3: {1, 2}, 4: {3}}[level]
        if level > 1 and not parents & above:
            return one
        above = {other for other in above if other < level} | {level}
    return None


def _is_item(one: Told) -> bool:
    return _goes_on(one) or one.line.text.endswith(("。", ";", ",", "、"))


def _pitches(laid: Laid) -> Iterator[tuple[str, Line]]:
    wanted = laid.wanted.line_pitch
    if wanted is None:
        return
    lines = laid.all(Part.BODY, Part.HEADING)
    off = [
        one.line
        for one in lines
        if not wanted[0] - _PITCH_ROOM <= pitch(one.line, laid.sheet(one)) <= wanted[1] + _PITCH_ROOM
    ]
    if off:
        now = most_common([pitch_words(line.setting) for line in off])
        yield f"行距应为{range_words(wanted, '磅')}，{places(off, len(lines))}现为{now}", off[0]


def _spaces(laid: Laid) -> Iterator[tuple[str, Line]]:
    most, lines = laid.wanted.space, [one.line for one in laid.all(Part.BODY)]
    off = [line for line in lines if most is not None and _space(line) > most]
    if off:
        yield f"段前段后间距应为0，{places(off, len(lines))}现为{_space(off[0]):.3g}磅", off[0]


def _space(line: Line) -> float:
    return max(line.setting.before, line.setting.after)


def _indents(laid: Laid) -> Iterator[tuple[str, Line]]:
    """Automatic numbers bring indents of their own and are left alone; so are centred lines."""
    wanted = laid.wanted.indent
    if wanted is None:
        return
    lines = [one.line for one in laid.all(Part.BODY, Part.HEADING) if not one.line.laid.listed and _is_left(one.line)]
    less, more = _INDENT_ROOM
    off = [line for line in lines if not wanted[0] - less <= begins_at(line) <= wanted[1] + more]
    if off:
        bare = all(abs(begins_at(line)) < _FLUSH for line in off)
        now = "没有缩进" if bare else f"缩进{begins_at(off[0]):.2g}字"
        yield f"首行应缩进{range_words(wanted, '字')}，{places(off, len(lines))}{now}", off[0]


def _is_left(line: Line) -> bool:
    return line.setting.align not in ("center", "right")


def _flush(laid: Laid) -> Iterator[tuple[str, Line]]:
    for one in laid.all(Part.ADDRESSEE) if laid.wanted.indent is not None else ():
        if begins_at(one.line) > _FLUSH and _is_left(one.line):
            yield "主送机关应顶格写", one.line
