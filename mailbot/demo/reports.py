"""Reports as branches write them: a small .docx writer, and invented texts in the styles that really occur."""

import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EPOCH = (2012, 9, 1, 8, 0, 0)


@dataclass(frozen=True)
class Line:
    """One paragraph; bold and centred as a typist would make a heading or a title."""

    text: str
    bold: bool = False
    centred: bool = False


def docx(lines: Iterable[Line | str]) -> bytes:
    """The smallest .docx that Word opens: plain paragraphs, the same bytes for the same lines."""
    body = "".join(_paragraph(line if isinstance(line, Line) else Line(line)) for line in lines)
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_WORD}"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document}
    return archive((name, text.encode()) for name, text in parts.items())


def rtf(lines: Iterable[Line | str]) -> bytes:
    """Rich text, as WPS and Word also save under the name .doc; letters as \\u with a ? for readers that know none."""
    body = "".join(_rich(line if isinstance(line, Line) else Line(line)) for line in lines)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 SimSun;}}}}\\fs28 {body}}}".encode("ascii")


def _rich(line: Line) -> str:
    text = "".join(f"\\u{int.from_bytes(unit, 'little', signed=True)}?" for unit in _units(line.text))
    look = ("\\qc" if line.centred else "") + ("\\b" if line.bold else "")
    return f"{{\\pard{look} {text}\\par}}"


def _units(text: str) -> Iterator[bytes]:
    """The 16-bit units of UTF-16, which RTF writes as signed numbers."""
    raw = text.encode("utf-16-le")
    return (raw[at : at + 2] for at in range(0, len(raw), 2))


def archive(members: Iterable[tuple[str, bytes]], encoding: str = "utf-8") -> bytes:
    """A zip file. With `encoding="gbk"` the names are written as Chinese Windows does: raw, and without the flag."""
    buffer = io.BytesIO()
    renamed: list[tuple[bytes, bytes]] = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for number, (name, content) in enumerate(members):
            raw = name.encode(encoding)
            written = name if encoding == "utf-8" else f"{number:02}".ljust(len(raw), "_")
            renamed.append((written.encode(), raw))
            bundle.writestr(zipfile.ZipInfo(written, _EPOCH), content, zipfile.ZIP_DEFLATED)
    data = buffer.getvalue()
    for written_name, raw in renamed if encoding != "utf-8" else ():
        data = data.replace(written_name, raw)
    return data


def _paragraph(line: Line) -> str:
    align = '<w:pPr><w:jc w:val="center"/></w:pPr>' if line.centred else ""
    bold = "<w:rPr><w:b/></w:rPr>" if line.bold else ""
    return f'<w:p>{align}<w:r>{bold}<w:t xml:space="preserve">{escape(line.text)}</w:t></w:r></w:p>'


# ------------------------------------------------------------------------------------------------ the words

_FEATURE = (
    "活动呈现出主题鲜明、载体新颖的突出特点，把“{theme}”作为支部的特色品牌来抓，党员亮身份、亮承诺、亮业绩成为亮点。",
    "我支部活动的鲜明特色是紧扣{work}，以“{theme}”为抓手，形成了一名党员一面旗帜的特色做法。",
)
_DOING = (
    "一是加强组织领导，成立了由支部书记任组长的领导小组，制定活动方案，召开动员大会。二是开展公开承诺，{n}名党员全部签订承诺书。"
    "三是组织“{theme}”主题实践，通过结对帮扶、党员示范岗等方式推进{work}。",
    "通过集中学习与个人自学相结合，先后组织专题学习{m}次；围绕{work}开展岗位练兵；通过召开座谈会、发放调查问卷{k}份、"
    "走访谈心等方式听取师生意见，逐条整改落实。",
)
_RESULT = (
    "活动取得了明显成效，全年完成{work}任务{m}项，{n}名党员受到表彰，支部荣获校级先进基层党组织称号，各项工作按期完成率提高了{p}个百分点。",
    "两年来，支部党员主持完成课题{m}项，帮扶学生{k}人，就业率达到9{p}%，取得了看得见、摸得着的实效。",
)
_PRAISE = (
    "群众测评满意率达9{p}%，师生普遍给予好评，学校督查组对我支部的工作给予充分肯定，收到感谢信{p}封、锦旗1面。",
    "在民主评议中，{k}名群众代表对活动表示满意或比较满意；校报两次报道了支部的做法，得到了服务对象的一致好评。",
)
_LESSON = (
    "实践使我们体会到：必须坚持围绕中心、服务大局，必须坚持群众路线，必须坚持常抓不懈，才能使创先争优成为党员的自觉行动。",
    "主要启示有三点：领导带头是关键，载体创新是动力，群众满意是标准。今后要把好经验用制度固定下来。",
)
_THEMES = ("我为党旗添光彩", "服务先锋", "三比三看", "学雷锋树新风", "党员先锋岗")
_WORKS = ("教学科研", "学风建设", "实验室安全", "师生服务", "就业帮扶", "后勤保障")


@dataclass(frozen=True)
class Report:
    """What a report is to look like. `without`: aspects left out; `style`: named, run-in or thematic sections."""

    unit: str
    style: str = "named"
    without: Sequence[str] = ()
    opinion: str | None = None
    title: str | None = None
    extra: Sequence[str] = ()
    seed: int = 0


def write(report: Report) -> bytes:
    """The .docx of an invented report."""
    return docx(lines_of(report))


def lines_of(report: Report) -> list[Line]:
    chance = random.Random(f"{report.unit}{report.seed}")  # noqa: S311 - invented text, the same each time
    facts = {
        "theme": chance.choice(_THEMES), "work": chance.choice(_WORKS), "n": chance.randint(11, 48),
        "m": chance.randint(3, 12), "k": chance.randint(30, 180), "p": chance.randint(2, 8),
    }  # fmt: skip

    def say(choices: Sequence[str]) -> str:
        return "　　" + chance.choice(choices).format(**facts)

    sections = {
        "特点": ("活动的主要特点", say(_FEATURE)),
        "做法": ("主要做法", say(_DOING)),
        "成效": ("取得的成效", say(_RESULT)),
        "社会评价": ("社会评价", say(_PRAISE)),
        "经验启示": ("经验与启示", say(_LESSON)),
    }
    kept = [section for key, section in sections.items() if key not in report.without]
    lines = [Line(report.title or f"{report.unit}创先争优活动总结", bold=True, centred=True)]
    lines.append(Line(f"　　2010年以来，{report.unit}在上级党组织领导下，认真开展创先争优活动，现将有关情况总结如下。"))
    lines.extend(_sections(kept, report.style, str(facts["theme"])))
    lines.extend(Line(text) for text in report.extra)
    lines.extend((Line(report.unit), Line("2012年9月6日")))
    if report.opinion is not None:
        lines.extend(_opinion(report.opinion))
    return lines


_ORDINALS = "一二三四五六"
_THEMATIC = ("强化领导，夯实组织基础", "创新载体，激发党员活力", "服务师生，树立先锋形象", "总结提高，建立长效机制")


def _sections(sections: Sequence[tuple[str, str]], style: str, theme: str) -> list[Line]:
    if style == "run-in":
        return [
            Line(f"　　{_ORDINALS[number]}、{heading}。{text.strip()}")
            for number, (heading, text) in enumerate(sections)
        ]
    if style == "thematic":
        # No heading carries an aspect word: half of the real reports are like this.
        headings = [(_THEMATIC[number % 4] if number < 4 else theme) for number in range(len(sections))]
        sections = [(heading, text) for heading, (_, text) in zip(headings, sections, strict=True)]
    lines: list[Line] = []
    for number, (heading, text) in enumerate(sections):
        lines.extend((Line(f"{_ORDINALS[number]}、{heading}", bold=True), Line(text)))
    return lines


def _opinion(words: str) -> list[Line]:
    """The opinion block of the 总支, filled in, or empty as it is so often."""
    if not words:
        return [Line("党总支意见："), Line("　　　　　　　　党总支书记签名：　　　　　　　　　年　　月　　日")]
    return [Line(f"党总支意见：{words}"), Line("　　　　　　　　党总支书记签名：某某某（虚构）　　2012年9月7日")]
