"""Small Word files for tests: paragraphs and parts written out by hand, so that a test says exactly what is in them."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@dataclass(frozen=True)
class Line:
    """A paragraph as a typist makes it. `number` is (numId, ilvl) of automatic numbering; `size` in half-points."""

    text: str
    bold: bool = False
    centred: bool = False
    style: str = ""
    number: tuple[int, int] | None = None
    size: int = 0

    def xml(self) -> str:
        style = f'<w:pStyle w:val="{self.style}"/>' if self.style else ""
        alignment = '<w:jc w:val="center"/>' if self.centred else ""
        number = ""
        if self.number is not None:
            number = f'<w:numPr><w:ilvl w:val="{self.number[1]}"/><w:numId w:val="{self.number[0]}"/></w:numPr>'
        bold = "<w:b/>" if self.bold else ""
        size = f'<w:sz w:val="{self.size}"/>' if self.size else ""
        written = f"<w:r><w:rPr>{bold}{size}</w:rPr>{words(self.text)}</w:r>"
        return f"<w:p><w:pPr>{style}{number}{alignment}</w:pPr>{written}</w:p>"


def words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def run(text: str) -> str:
    return f"<w:r>{words(text)}</w:r>"


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """Each cell is text; a line break in it starts another paragraph of the cell."""
    written = ""
    for row in rows:
        cells = ("".join(Line(line).xml() for line in cell.split("\n")) for cell in row)
        written += "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    return f"<w:tbl><w:tblPr/>{written}</w:tbl>"


def docx(lines: Iterable[Line | str], parts: Mapping[str, str] | None = None) -> bytes:
    """A .docx of paragraphs; a string that starts with "<" is XML for the body."""
    body = "".join(
        line.xml() if isinstance(line, Line) else line if line.startswith("<") else Line(line).xml() for line in lines
    )
    return package(f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>", parts or {})


def package(document: str, parts: Mapping[str, str]) -> bytes:
    """`parts`: "styles", "numbering", "footnotes" … to the inner XML of that part's root."""
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relations({name: f"{name}.xml" for name in parts}),
    }
    for name, inner in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {_NAMESPACES}>{inner}</w:{name}>"
    return archive(members)


def relations(targets: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def archive(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return buffer.getvalue()


def style(name: str, inner: str, kind: str = "paragraph", title: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{title or name}"/>{inner}</w:style>'


def numbering(levels: Iterable[tuple[str, str]], more: str = "") -> str:
    """One abstract list (0) with a w:num 1 for it. Each level: (number format, text such as "%1、")."""
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{rows}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )
