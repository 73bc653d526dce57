"""The labelled reports: read from their files, built as Word files. README.md has the marks."""

import itertools
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.documents.build import Line, docx, numbering, style, table

HERE = Path(__file__).parent
PARTS = ("tune", "second", "report")
ASPECTS = ("特点", "做法", "成效", "社会评价", "经验启示")
METHODS = ("个别访谈", "座谈会", "问卷", "网络测评")
FOUND = ("heading", "body", "absent")
FORMATS = ("docx", "doc", "wps", "rtf", "odt", "txt", "pdf")
_MARKS = ("^^", "^", "%%", "%", "@@", "@", "&", "~", "#", "*")
_INLINE = re.compile(r"\{\+(?P<new>.*?)\+\}|\{-(?P<gone>.*?)-\}|\{\?(?P<said>.*?)\??\}")
_PARTS = {
    "styles": style("h1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>', title="heading 1")
    + style("h2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr>', title="heading 2"),
    "numbering": numbering([("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")]),
}


@dataclass(frozen=True)
class Labelled:
    """One report with what a careful clerk finds in it."""

    name: str
    part: str
    header: dict[str, Any] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)

    @property
    def file(self) -> str:
        return str(self.header["file"])

    @property
    def unit(self) -> str:
        return str(self.header["unit"])

    @property
    def aspects(self) -> dict[str, str]:
        return dict(self.header["aspects"])

    @property
    def format(self) -> str:
        suffix = self.file.rpartition(".")[2].lower()
        return suffix if suffix in FORMATS else "docx"

    def docx(self) -> bytes:
        """The report as a Word file, whatever its name says."""
        return _Typed().docx(self.lines)

    def text(self) -> bytes:
        """The report as a text file on a Chinese Windows."""
        typed = (_INLINE.sub(lambda match: match["new"] or "", _unmarked(line)[1]) for line in self.lines)
        return "\r\n".join(typed).encode("gb18030")


def labelled(part: str) -> tuple[Labelled, ...]:
    """All reports of one part, in the order of their names."""
    return tuple(_read(path, part) for path in sorted((HERE / part).glob("*.txt")))


def _read(path: Path, part: str) -> Labelled:
    _, header, text = path.read_text(encoding="utf-8").split("+++\n", 2)
    return Labelled(path.stem, part, tomllib.loads(header), tuple(line for line in text.split("\n") if line.strip()))


def _unmarked(line: str) -> tuple[str, str]:
    """The mark in front, with or without a space behind it; ****党支部 is residue of a template, no mark."""
    mark = next((mark for mark in _MARKS if line.startswith(mark)), "")
    if not mark or line.startswith("**"):
        return "", line
    return mark, line[len(mark) :].removeprefix(" ")


class _Typed:
    """One report being typed: footnotes and comments are gathered for parts of their own."""

    def __init__(self) -> None:
        self._notes: list[str] = []
        self._comments: list[str] = []
        self._changes = itertools.count(1)

    def docx(self, lines: tuple[str, ...]) -> bytes:
        body: list[str | Line] = []
        for line in lines:
            mark, text = _unmarked(line)
            if mark == "#" and body and isinstance(body[-1], str):
                body[-1] = body[-1].replace("</w:p>", f"{self._note(text)}</w:p>")
            else:
                body.append(self._paragraph(mark, text))
        if body and isinstance(body[-1], str) and body[-1].startswith("<w:tbl"):
            body.append("<w:p/>")  # as Word has it: a table is never the last thing
        notes = "".join(_note_xml("footnote", number, note) for number, note in enumerate(self._notes, 2))
        said = "".join(_note_xml("comment", number, text) for number, text in enumerate(self._comments))
        more = {name: inner for name, inner in (("footnotes", notes), ("comments", said)) if inner}
        return docx(body, {**_PARTS, **more})

    def _paragraph(self, mark: str, text: str) -> str:
        if mark == "&":
            return table([[cell.strip() for cell in text.split(" / ")]])
        properties = {
            "^": '<w:jc w:val="center"/>',
            "^^": '<w:jc w:val="center"/>',
            "%": '<w:pStyle w:val="h1"/>',
            "%%": '<w:pStyle w:val="h2"/>',
            "@": '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
            "@@": '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
        }.get(mark, "")
        runs = self._runs(text, "<w:b/>" if mark in ("^", "*") else "")
        if mark == "~":
            runs = f'<w:r><w:pict><v:shape style="width:400pt;height:60pt"><v:textbox><w:txbxContent><w:p>{runs}</w:p>'
            runs += "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"

    def _runs(self, text: str, look: str) -> str:
        made, end = "", 0
        for match in _INLINE.finditer(text):
            made += _run(text[end : match.start()], look) + self._marked(match, look)
            end = match.end()
        return made + _run(text[end:], look)

    def _marked(self, match: re.Match[str], look: str) -> str:
        author = f'w:id="{next(self._changes)}" w:author="示例" w:date="2012-09-01T08:00:00Z"'
        if match["new"] is not None:
            return f"<w:ins {author}>{_run(match['new'], look)}</w:ins>"
        if match["gone"] is not None:
            return f"<w:del {author}>{_run(match['gone'], look).replace('w:t', 'w:delText')}</w:del>"
        self._comments.append(match["said"])
        return f'<w:r><w:commentReference w:id="{len(self._comments) - 1}"/></w:r>'

    def _note(self, text: str) -> str:
        self._notes.append(text)
        return f'<w:r><w:footnoteReference w:id="{len(self._notes) + 1}"/></w:r>'


def _run(text: str, look: str) -> str:
    written = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f"<w:r><w:rPr>{look}</w:rPr>{written}</w:r>" if text else ""


def _note_xml(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}" w:author="示例"><w:p>{_run(text, "")}</w:p></w:{kind}>'
