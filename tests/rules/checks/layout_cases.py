"""What the rules about layout flag and leave alone; the whole table of faults is in tests/rules/layout."""

from collections.abc import Mapping

from rules.layout.read import read_with_layout
from rules.model import Document
from tests.documents.formal_asked import asking, formal
from tests.documents.formal_variants import FAULTS, RIGHT
from tests.documents.invented import FIRST
from tests.rules.checks.case import Case

_HELD = formal()


def _document(content: bytes) -> Document:
    read = read_with_layout("总结.docx", content)
    assert isinstance(read, Document)
    return read


def _spoilt(name: str, says: str, where: str = "") -> Case:
    return Case(name, _document(FAULTS[name][1].docx()), _HELD, says, where)


def _right(name: str) -> Case:
    return Case(name, _document(RIGHT[name].docx()), _HELD)


def _of_a_branch(name: str) -> Case:
    return Case(f"a branch's: {name}", _document(FAULTS[name][1].docx()), formal(unit=FIRST))


FLAGGED_LAYOUT: Mapping[str, tuple[Case, ...]] = {
    "L1": (
        _spoilt("Letter paper", "纸张应为A4（210×297毫米），现为216×279毫米"),
        _spoilt("a narrow left margin", "页边距应为左27—28毫米，现为左20毫米"),
        _spoilt("no page number", "没有页码"),
    ),
    "L2": (
        _spoilt("a small title", "标题格式建议调整：应为2号小标宋，现为小二方正小标宋简体", "标题"),
        _spoilt("a title on the left", "应居中"),
        _spoilt("a full stop behind the title", "末尾不用“。”"),
    ),
    "L3": (
        _spoilt("text in 宋体", "正文应为3号仿宋，第6、8、10段等9处现为3号宋体", "¶6"),
        _spoilt("一、 in 宋体", "一级标题应为3号黑体，第7、12、19段现为3号宋体加粗", "¶7"),
        _spoilt("（一） in 仿宋", "二级标题应为3号楷体", "¶9"),
    ),
    "L4": (
        _spoilt("1、", "“1、”应写作“1.”（第14、16段）", "¶14"),
        _spoilt("(一)", "“(一)”应写作“（一）”（全角括号）"),
        _spoilt("nothing above （1）", "“（1）”上面缺一级"),
    ),
    "L5": (
        _spoilt("one and a half lines", "行距应为26—30磅，全部现为1.5倍行距"),
        _spoilt("no indent", "首行应缩进2字，第6、8、10段等7处没有缩进"),
        _spoilt("an addressee set in", "主送机关应顶格写", "¶5"),
        _spoilt("space below paragraphs", "段前段后间距应为0"),
    ),
    "L6": (
        _spoilt("（2012）", "“（2012）8号”应写作“〔2012〕8号”", "¶2"),
        _spoilt("第8号", "应写作“〔2012〕8号”"),
    ),
    "L7": (
        _spoilt("2012.9.10", "“2012.9.10”应写作“2012年9月10日”", "¶24"),
        _spoilt("12年", "应写作“2012年9月10日”"),
        _spoilt("a date on the left", "成文日期应在正文右下方"),
        _spoilt("no date", "文末没有看到成文日期"),
    ),
    "L8": (
        _spoilt("a full stop behind an enclosure", "附件名称后面不加标点", "¶22"),
        _spoilt("附件：1、", "附件的顺序号用“1.”", "¶21"),
    ),
}

LEFT_ALONE_LAYOUT: Mapping[str, tuple[Case, ...]] = {
    "L1": (
        _right("margins of a guide, 1"),
        _right("margins of a guide, 4"),
        _right("a short one without page numbers"),
        _of_a_branch("no page number"),
        Case("no profile", _document(FAULTS["Letter paper"][1].docx()), formal(asking(profile=""))),
    ),
    "L2": (_right("宋体 in bold for the title"), _right("fonts of SinoType"), _of_a_branch("a title in 黑体")),
    "L3": (_right("fonts by their English names"), _right("headings in bold"), _of_a_branch("text in 宋体")),
    "L4": (_right("two levels"), _right("narrow points behind numbers"), _of_a_branch("1、")),
    "L5": (_right("single lines on the grid"), _right("indents of wide spaces"), _of_a_branch("no indent")),
    "L6": (_right("no red head"), _of_a_branch("（2012）")),
    "L7": (_right("a date in Chinese"), _of_a_branch("2012.9.10")),
    "L8": (_right("no enclosure and no imprint"), _of_a_branch("附件：1、")),
}
