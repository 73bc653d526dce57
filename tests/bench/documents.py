"""Two hundred invented reports as Word saves them: Chinese text, two tables, one picture, 49 to 292 kB (seeded)."""

import io
import random
import struct
import zlib

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

COUNT = 200
SMALLEST, LARGEST = 49_000, 292_000
"""Bytes of a file. They are spread evenly, so that the median is about 170 kB."""

_SECTIONS = (
    ("主要做法", "加强组织领导，落实工作责任", "抓好学习教育，夯实思想基础", "搭建活动载体，推动中心工作"),
    ("活动特点", "主题鲜明，载体丰富", "结合岗位，讲求实效"),
    ("取得的成效", "党员作用得到发挥", "服务水平有了提高", "制度建设得到加强"),
    ("社会评价", "师生反映良好", "上级给予肯定"),
    ("经验启示", "领导重视是前提", "群众参与是基础", "建章立制是保证"),
)
_SENTENCES = (
    "支部成立了由书记任组长的活动领导小组，制定实施方案，召开动员大会，把任务分解到每一个党小组。",
    "坚持每月一次集中学习，先后组织党员学习文件{n}篇，撰写心得体会{n}篇，开展专题讨论{n}次。",
    "围绕教学科研中心工作，设立党员示范岗{n}个，开展“一名党员一面旗帜”主题实践活动。",
    "支部召开座谈会{n}次，走访师生{n}人，发放问卷{n}份，收回{n}份，征求到意见和建议{n}条。",
    "对征求到的意见逐条登记、逐项整改，已经解决实验室开放时间、自习教室照明等实际问题{n}件。",
    "两年来，支部党员承担各级课题{n}项，发表论文{n}篇，指导学生在省级以上竞赛中获奖{n}项。",
    "活动中涌现出一批先进典型，{n}名党员被评为校级优秀共产党员，支部荣获先进基层党组织称号。",
    "在学校组织的群众测评中，师生对支部活动的满意率达到{n}%，督查组给予了充分肯定。",
    "毕业班学生送来感谢信，家长也通过电话和网络留言对辅导员老师的工作表示好评。",
    "实践证明，只有把活动同本职工作结合起来，才能防止“两张皮”，使活动真正见到实效。",
    "我们深刻体会到，必须坚持群众路线，把群众满意不满意作为检验活动成效的根本标准。",
    "今后要进一步健全学习、谈心和联系群众等制度，形成创先争优的长效机制。",
    "全体党员按照统一安排，认真对照公开承诺逐项落实，党员之间开展了批评和自我批评。",
    "支部注意发挥老党员的传帮带作用，结成帮扶对子{n}对，青年教师的教学质量有了明显提高。",
    "利用网站、橱窗和QQ群及时宣传活动进展，编发简报{n}期，被学校采用{n}篇。",
    "组织党员到社区开展志愿服务{n}场，服务居民{n}人次，受到社区干部群众的欢迎。",
)
_LEADS = (
    "针对这一情况，", "在此基础上，", "活动开展以来，", "按照支部的部署，", "与此同时，", "结合专业实际，",
    "在广泛征求意见的基础上，",
    "新学期一开始，", "经过支委会研究，", "在学院党总支的指导下，", "围绕迎接评估，", "借助校园网，",
)  # fmt: skip
_HEAD = ("项目", "内容", "时间", "参加人数")
_ITEMS = ("集中学习", "专题讨论", "示范岗", "志愿服务", "座谈会", "走访慰问", "技能比赛")


def report(number: int) -> bytes:
    """The report with that number, 0 … COUNT - 1: always the same text; its size follows from its number."""
    chance = random.Random(number)
    made = docx.Document()
    _ordinary_type(made)
    _line(made, f"示例学院第{number + 1}党支部创先争优活动总结", size=22, centred=True)
    _line(made, _text(chance, 3))
    for place, (heading, *parts) in enumerate(_SECTIONS):
        _line(made, f"{'一二三四五'[place]}、{heading}", bold=True)
        for at, part in enumerate(parts):
            lead = _line(made, f"（{'一二三'[at]}）{part}。", bold=True)
            _write(lead, _text(chance, 1))
            _line(made, _text(chance, 3))
        if place in (0, 2):
            _table(made, chance)
    made.add_picture(io.BytesIO(_picture(chance, _room(number) - _WITHOUT_PICTURE)), width=Cm(8))
    _line(made, f"示例学院第{number + 1}党支部")
    _line(made, "2012年9月6日")
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


_WITHOUT_PICTURE = 42_000
"""Bytes of such a report before its picture is put in, about."""


def _room(number: int) -> int:
    return SMALLEST + (LARGEST - SMALLEST) * number // (COUNT - 1)


def _ordinary_type(made: Document) -> None:
    font = made.styles["Normal"].font
    font.name, font.size = "仿宋_GB2312", Pt(16)


def _text(chance: random.Random, sentences: int) -> str:
    """Sentences that are seldom the same twice: nothing that a program remembers of one report helps with the next."""
    return "".join(_sentence(chance) for _ in range(sentences))


def _sentence(chance: random.Random) -> str:
    parts = [part.replace("{n}", str(chance.randint(2, 98))) for part in chance.choice(_SENTENCES)[:-1].split("，")]
    chance.shuffle(parts)
    return chance.choice(_LEADS) + "，".join(parts) + "。"


def _line(made: Document, text: str, size: int = 16, bold: bool = False, centred: bool = False) -> Paragraph:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.line_spacing = Pt(28)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, text, size, bold)
    return paragraph


def _write(paragraph: Paragraph, text: str, size: int = 16, bold: bool = False) -> None:
    """Word begins a new run wherever digits and Chinese characters meet; so does this."""
    piece = ""
    for letter in f"{text}\0":
        if piece and (letter == "\0" or letter.isascii() != piece[-1].isascii()):
            run = paragraph.add_run(piece)
            run.bold = bold or None
            run.font.size = Pt(size)
            run.font.name = "仿宋_GB2312"
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
            piece = ""
        piece += letter


def _table(made: Document, chance: random.Random) -> None:
    table = made.add_table(rows=0, cols=len(_HEAD), style="Table Grid")
    rows = ((item, _text(chance, 1)[:20], "2012年5月", str(chance.randint(5, 80))) for item in _ITEMS)
    for cells in (_HEAD, *rows):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words


def _picture(chance: random.Random, size: int) -> bytes:
    """A grey PNG of about `size` bytes that no zip can make smaller, as a photograph."""
    width = 256
    height = max(1, size // (width + 1))
    rows = b"".join(b"\0" + chance.randbytes(width) for _ in range(height))

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
