"""A formal document of an invented 总支 as the standard has it, written by hand: a test can spoil any one thing."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = ("styles", "settings", "footer")
_FOOTER = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
)


@dataclass(frozen=True)
class Form:
    """How a paragraph is set: `size` in points, `line` in points ("" rule: single), indents in characters."""

    font: str = "仿宋_GB2312"
    size: float = 16
    bold: bool = False
    align: str = "both"
    first: float = 2
    right: float = 0
    left: float = 0
    line: float = 28.95
    rule: str = "exact"
    before: float = 0
    after: float = 0
    twips: bool = False

    def run(self) -> str:
        bold = "<w:b/>" if self.bold else ""
        font = quoteattr(self.font)
        fonts = f'<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:hint="eastAsia"/>' if self.font else ""
        if self.font.startswith("@"):
            fonts = f'<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme={quoteattr(self.font[1:])}/>'
        return f'{fonts}{bold}<w:sz w:val="{self.size * 2:g}"/><w:szCs w:val="{self.size * 2:g}"/>'

    def paragraph(self) -> str:
        line = f'w:line="{self.line * (20 if self.rule != "auto" else 240):.0f}" w:lineRule="{self.rule}" '
        space = f'<w:spacing w:before="{self.before * 20:.0f}" w:after="{self.after * 20:.0f}" {line}/>'
        twips = f'w:firstLine="{self.first * self.size * 20:.0f}" w:right="{self.right * self.size * 20:.0f}" '
        chars = f'w:firstLineChars="{self.first * 100:.0f}" w:rightChars="{self.right * 100:.0f}" '
        left = f'w:left="{self.left * self.size * 20:.0f}" '
        return f'{space}<w:ind {left}{twips}{"" if self.twips else chars}/><w:jc w:val="{self.align}"/>'


FORMS: Mapping[str, Form] = {
    "head": Form("方正小标宋简体", 48, align="center", first=0, line=60),
    "number": Form(align="center", first=0),
    "title": Form("方正小标宋简体", 22, align="center", first=0, line=32),
    "addressee": Form(first=0),
    "h1": Form("黑体"),
    "h2": Form("楷体_GB2312"),
    "h3": Form(),
    "h4": Form(),
    "body": Form(),
    "enclosure": Form(),
    "signature": Form(align="right", first=0, right=2),
    "date": Form(align="right", first=0, right=4),
    "imprint": Form(size=14, first=1),
}
_LONG = (
    "学院党总支坚持把创先争优活动与教学科研工作结合起来，组织各党支部围绕培养人才、服务师生开展承诺践诺，"
    "做到人人有目标、件件有落实、月月有检查。"
)
LINES: tuple[tuple[str, str], ...] = (
    ("head", "中共示例学院委员会文学院总支部委员会文件"),
    ("number", "示院文总〔2012〕8号"),
    ("title", "中共示例学院委员会文学院总支部委员会"),
    ("title", "关于创先争优活动情况的总结报告"),
    ("addressee", "学院党委组织部："),
    ("body", "根据《关于做好创先争优活动总结工作的通知》（示院委组〔2012〕18号）要求，现将有关情况报告如下。"),
    ("h1", "一、主要特点"),
    ("body", _LONG),
    ("h2", "（一）主题鲜明"),
    ("body", "我们确定了“强堡垒、当先锋、树形象”的主题，3个党支部、96名党员全部参加，支部有品牌、党员有岗位。" + _LONG),
    ("h2", "（二）载体有特色。|开展党员示范岗活动，设立岗位28个，受到师生好评，先后有三批学生到岗位学习。"),
    ("h1", "二、主要做法"),
    ("body", "按照学院党委统一部署，总支成立领导小组，分三个阶段推进。" + _LONG),
    ("h3", "1．加强组织领导"),
    ("body", "总支书记负总责，各党支部书记具体抓，每月召开一次推进会，及时研究解决活动中出现的困难和问题。"),
    ("h3", "2．注重群众参与。|召开座谈会6次，发放问卷120份，收回118份，师生满意率为98.3%。"),
    ("h4", "（1）听取意见"),
    ("body", "走访教师52人次、学生310人次，共收集意见建议47条，已经全部办理完毕并反馈给本人。"),
    ("h1", "三、经验和启示"),
    ("body", "实践证明，必须坚持围绕中心、服务大局，必须坚持群众路线，必须坚持常抓不懈。" + _LONG),
    ("enclosure", "附件：1．文学院总支创先争优活动统计表"),
    ("enclosure", "　　　2．先进集体和个人名单"),
    ("signature", "中共示例学院委员会文学院总支部委员会"),
    ("date", "2012年9月10日"),
    ("imprint", "（联系人：某某，电话：0595－00000000）"),
    ("imprint", "抄送：学院党委办公室。"),
)  # fmt: skip


@dataclass(frozen=True)
class Formal:
    """`way`: where the looks stand, "direct", "styles" or "theme". `forms`: the look of each kind; `only`: the look of
    single lines by their place. Paper and margins in millimetres: top, bottom, left, right."""

    lines: tuple[tuple[str, str], ...] = LINES
    forms: Mapping[str, Form] = field(default_factory=lambda: dict(FORMS))
    only: Mapping[int, Form] = field(default_factory=dict)
    paper: tuple[float, float] = (210, 297)
    margins: tuple[float, float, float, float] = (37, 35, 28, 26)
    grid: str = '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>'
    footer: str = _FOOTER
    way: str = "direct"

    def form(self, kind: str, **changes: Any) -> "Formal":
        """With another look of the lines of that kind."""
        return replace(self, forms={**self.forms, kind: replace(self.forms[kind], **changes)})

    def everywhere(self, **changes: Any) -> "Formal":
        """With another look of all lines of the text."""
        kinds = ("h1", "h2", "h3", "h4", "body")
        changed = {kind: replace(self.forms[kind], **changes) for kind in kinds}
        return replace(self, forms={**self.forms, **changed})

    def named(self, fonts: Mapping[str, str]) -> "Formal":
        """The same with other names of fonts."""
        forms = {kind: replace(form, font=fonts.get(form.font, form.font)) for kind, form in self.forms.items()}
        return replace(self, forms=forms)

    def text(self, old: str, new: str) -> "Formal":
        """With a piece of its text replaced; it must be there."""
        assert any(old in text for _, text in self.lines), old
        return replace(self, lines=tuple((kind, text.replace(old, new)) for kind, text in self.lines))

    def without(self, kind: str) -> "Formal":
        return replace(self, lines=tuple(line for line in self.lines if line[0] != kind))

    def docx(self) -> bytes:
        members = {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _links((("officeDocument", "word/document.xml"),)),
            "word/_rels/document.xml.rels": _links(
                [*((kind, f"{kind}.xml") for kind in _KINDS), ("theme", "theme/theme1.xml")]
            ),
            "word/document.xml": self._document(),
            "word/styles.xml": self._styles(),
            "word/settings.xml": f'<w:settings xmlns:w="{_W}"><w:themeFontLang w:eastAsia="zh-CN"/></w:settings>',
            "word/footer.xml": f'<w:ftr xmlns:w="{_W}">{self.footer or "<w:p/>"}</w:ftr>',
            "word/theme/theme1.xml": _THEME,
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in members.items():
                archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode())
        return buffer.getvalue()

    def _document(self) -> str:
        body = "".join(self._line(at, kind, text) for at, (kind, text) in enumerate(self.lines))
        top, bottom, left, right = (round(side * 72 / 25.4 * 20) for side in self.margins)
        width, height = (round(side * 72 / 25.4 * 20) for side in self.paper)
        section = (
            f'<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="{width}" w:h="{height}"/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" '
            f'w:footer="992" w:gutter="0"/>{self.grid}</w:sectPr>'
        )
        return f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}{section}</w:body></w:document>'

    def _line(self, at: int, kind: str, text: str) -> str:
        form, lead, rest = self.only.get(at, self.forms[kind]), *text.partition("|")[::2]
        direct = self.way == "direct" or at in self.only
        runs = _run(form.run() if direct else "", lead)
        if rest:
            runs += _run(self.forms["body"].run() if self.way == "direct" else '<w:rStyle w:val="rest"/>', rest)
        own = form.paragraph() if direct else ""
        style = "" if self.way == "direct" else f'<w:pStyle w:val="{kind}"/>'
        return f"<w:p><w:pPr>{style}{own}</w:pPr>{runs}</w:p>"

    def _styles(self) -> str:
        written = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        if self.way != "direct":
            rest = self._run(self.forms["body"])
            written += (
                f'<w:style w:type="character" w:styleId="rest"><w:name w:val="rest"/><w:rPr>{rest}</w:rPr></w:style>'
            )
            for kind, form in self.forms.items():
                # Every style is based on that of the text, as people make them.
                written += (
                    f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{kind}"><w:name w:val="公文{kind}"/>'
                    f'<w:basedOn w:val="{"a" if kind == "body" else "body"}"/><w:pPr>{form.paragraph()}</w:pPr>'
                    f"<w:rPr>{self._run(form)}</w:rPr></w:style>"
                )
        defaults = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/><w:sz w:val="21"/>'
        return (
            f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault>'
            f"</w:docDefaults>{written}</w:styles>"
        )

    def _run(self, form: Form) -> str:
        """In a theme 仿宋 is the font of text and 黑体 that of headings."""
        themed = {"仿宋_GB2312": "@minorEastAsia", "黑体": "@majorEastAsia"}
        return (replace(form, font=themed.get(form.font, form.font)) if self.way == "theme" else form).run()


_THEME = (
    f'<a:theme xmlns:a="{_A}" name="t"><a:themeElements><a:clrScheme name="c"/><a:fontScheme name="f">'
    '<a:majorFont><a:latin typeface="Arial"/><a:ea typeface="黑体"/><a:cs typeface=""/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    '<a:font script="Jpan" typeface="MS Mincho"/><a:font script="Hans" typeface="仿宋"/></a:minorFont>'
    '</a:fontScheme><a:fmtScheme name="m"/></a:themeElements></a:theme>'
)


def _run(look: str, text: str) -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _links(links: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="r{at}" Type="{_R}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _types() -> str:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{main}.{name}+xml"/>' for name in _KINDS)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>{parts}'
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        "</Types>"
    )
