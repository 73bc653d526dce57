"""The invented reports of reports.txt as Word files, with what a careful reader finds in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.documents.build import Line, docx, numbering, style, table

TRAIT = "活动中我们紧扣中心工作，特色鲜明，形成了“一名党员一面旗帜”的品牌，成为学院党建的一张名片。"
DOING = "支部成立了由书记任组长的领导小组，召开动员大会，通过集中学习、岗位练兵等形式把活动落到实处。"
RESULT = "两年来取得了明显成效，全体党员的服务意识提高了一大步，支部荣获校级先进基层党组织称号。"
PRAISE = "学校督查组对我支部的工作给予充分肯定，师生普遍给予好评，先后收到锦旗一面、感谢信三封。"
LESSON = "回顾两年的工作，我们深刻体会到，必须坚持围绕中心、服务大局，才能使活动常抓常新、深入人心。"
PLAIN = "全体党员按照支部的统一安排，认真学习文件，积极参加每一次集中活动，没有一人缺席。"
WORDS = {
    "TITLE": "计算机学院教工第一党支部创先争优活动总结",
    "LEAD": "　　2010年以来，在上级党组织的领导下，我支部认真开展创先争优活动，现将有关情况总结如下。",
    "TALKS": "支部召开座谈会五次，走访师生三十余人，发放问卷58份，收回58份。",
    "NEXT": "下一步，我们将针对不足，完善制度，把活动引向深入。",
    "TRAIT": TRAIT,
    "DOING": DOING,
    "RESULT": RESULT,
    "PRAISE": PRAISE,
    "LESSON": LESSON,
    "PLAIN": PLAIN,
}
_PARTS = {
    "styles": style("h1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', title="heading 1"),
    "numbering": numbering([("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")]),
}


@dataclass(frozen=True)
class Sample:
    """`found` has a letter per aspect: h in a heading, b in the text, a absent; `methods` those of 群众参与."""

    name: str
    lines: tuple[Line | str, ...]
    found: str
    methods: tuple[str, ...] = ()

    def docx(self) -> bytes:
        return docx(self.lines, _PARTS)


def _samples() -> Iterator[Sample]:
    text = (Path(__file__).parent / "reports.txt").read_text(encoding="utf-8")
    for block in text.split("\n== ")[1:]:
        header, *lines = block.strip().split("\n")
        name, found, *methods = header.split("|")
        yield Sample(name.strip(), tuple(_line(line) for line in lines), found.strip(), tuple("".join(methods).split()))


def _line(written: str) -> Line | str:
    mark, _, text = written.format(**WORDS).partition(" ")
    if mark == "&":
        return table([[cell.strip() for cell in text.split(" / ")]])
    looks = {
        "^": Line(text, bold=True, centred=True),
        "*": Line(text, bold=True),
        "%": Line(text, style="h1"),
        "@": Line(text, number=(1, 0)),
    }
    return looks.get(mark, written.format(**WORDS))


SAMPLES = tuple(_samples())
