"""The form of a vocabulary: tables of regular expressions, and the people and figures that many of them name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

_SHARED: Mapping[str, str] = {
    "people": (
        r"(?:群众|师生|学生|同学|同学们|教工|教师|老师|教授|博士|职工|员工|家长|居民|村民|市民|乡亲|读者|患者|病人|老人|老同志|"
        r"孩子|孩子们|新生|毕业生|校友|用人单位|企业|单位|客户|街坊|邻居|邻里|楼长|社区|街道|居委会|家委会|镇政府|师傅|阿姨|大爷|"
        r"大妈|大姐|大娘|奶奶|爷爷|叔叔|老乡|保安|班主任|辅导员|校长|院长|处长|主任|(?<!支部)书记|领导|专家|督导员|男生|女生|母亲|"
        r"父亲|妈妈|爸爸|店主|老板|记者|网友|科长|局长|园长|站长|所长|厂长|经理|秘书|教练|负责人|民警|医生|护士|工人|农民|服务对象|"
        r"家属|工程师|娃娃|承包商|研究生|农户|茶农|村支书|庭长|馆长|部长|会长|阿婆|学长|学妹|师妹|读者协会|工会|评审组|督查组|网管|店家|船家|"
        r"各界|社会|外界|同行|同事|办事员|来访者|残疾人|参展商|学员|战士|外教|校工|宿管|代表|顾客|住户|业主|选手|评委|嘉宾|理事长)"
    ),
    "above": (
        r"(?:上级|学校党委|校党委|院党委|分党委|学院党委|总支|组织部|省委|市委|教育厅|教育局|教育部|工委|督导组|督查组|检查组|"
        r"考核组|巡视组|评估组|调研组|指导组|巡查组|专家组|校领导|院领导|学校领导|上级领导|市领导|省领导|校长|厅长|局长|书记)"
    ),
    "media": (
        r"(?:媒体|电视台|广播站|广播台|电台|日报|晚报|早报|都市报|晨报|商报|校报|院报|示例报|教育报|青年报|导报|党建网|新闻网|"
        r"教育网|校园网|学校网站|学院网站|厅网站|官网|报纸|省报|市报|县报|头版|简报)"
    ),
    "share": (
        r"(?:\d+(?:\.\d+)?%|[百千]分之[一二三四五六七八九十百点\d]+|[一二三四五六七八九]成[一二三四五六七八九]?|"
        r"[三四]分之[一二三])"
    ),
    "figure": r"(?:\d[\d,.]*|[一二两三四五六七八九十百千万几数]+)",
    # What is no work of the branch: books, courses, feasts and films, and those of whom the papers write.
    "outside": (
        r"(?:(?:该|此|这部|这本|这门|这套|本届|本次|本年度|新)(?:教材|专著|课程|影片|电影|算法|论文|书|校运会|运动会|旅游节|大纲|教学大纲)|"
        r"(?:专著|论文|教材|电影|影片|歌舞剧|小说|画作)(?:《[^》]*》)?[^,;。]{0,8}(?:在|获得|受到|得到|引起|放映|体例|出版)|公选课|选修课的|"
        r"(?:校运会|运动会|旅游节|开幕式|艺术节)[^,;。]{0,8}亮点|办学(?:方针|理念|定位|思想)|个性鲜明是|"
        r"(?:杨善洲|张丽莉|郭明义|焦裕禄|孔繁森|沈浩|吴斌|文花枝|雷锋|钱学森|王瑛)(?:同志|老师)?[^,;。]{0,6}(?:的?(?:先进|感人|英雄|模范)?"
        r"(?:事迹|一生|报道|影片|故事)|说过)|最美(?:女|乡村)?(?:教师|司机|妈妈)|总书记|共和国|建筑的|他们的(?:做法|经验|活动)|"
        r"(?:大学|交大|师大)的[“\"]|讲课风格|教授的研究|上级要求|希望通过|争取到|计划用|据(?:说|悉|报道|[^,;。]{2,14}消息)|邻校|某高校|兄弟(?:高校|院校|支部|单位|总支)(?:(?!我们|学|说)[^,;。]){0,14}(?:做法|模式|各具)|"
        r"那是他们|(?:课程|[^,;。]{2,6}课|数控技术|文化)的?(?:一大特色|突出特点|特色鲜明|独具特色|以)|木偶|非物质文化遗产|"
        r"盼望|期盼|(?:我们的)?设想是|停留在纸上|不知能不能|一段(?:很)?长的路|追求的目标|仍[须需]努力|没有参与|眼下还拿不出)"
    ),
    # Titles of papers and lectures (《从谷歌看创新的启示》) say nothing; newspapers are something else.
    "titles": r"《[^》]{1,30}(?<!报)》",
}
_NAME = re.compile(r"<([a-z]+)>")


def table(text: str, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Expressions, one to a line or parted by two spaces; a line set in goes on with the one above; <people> is a name.

    They are written for folded text: half-width signs, no line breaks. Unknown names raise KeyError on import.
    """
    known = {**_SHARED, **(names or {})}
    lines = re.sub(r"\n +", "", dedent(text)).split("\n")
    return tuple(_filled(each, known) for line in lines for each in line.split("  ") if each.strip())


def _filled(expression: str, names: Mapping[str, str]) -> str:
    while _NAME.search(expression):
        expression = _NAME.sub(lambda name: names[name[1]], expression)
    return expression.strip()


FIGURE = _SHARED["figure"]


@dataclass(frozen=True, slots=True)
class Words:
    """Regular expressions for folded text. One `strong` place is enough; `weak` ones need a second, or the right place.

    `headings` name the aspect in a part of a heading, `friends` and `heading_friends` look like it and are not.
    `anywhere` is enough even in a section of 问题 or 打算. Sentences with `others` speak of another unit. `home` says
    where weak cues count more: "lead" (before the first heading), "last" (last section), "" nowhere. `hopes` true: a
    wish or a denial in the same clause undoes a cue. `thematic`: sections with titles of their own tell of it.
    `learned`: what the learned model calls the aspect, "" when it has not learned it; `trust`: what a full score of the
    written cues and a certainty of the model are worth, in shares of what is enough twice over (chosen on labelled
    reports: praise and lessons have so many dresses that the model is heard more than the cues).
    `repeats`: the same weak cue in two sentences counts twice. `asides`: sections of 问题, 打算, 背景 are its home.
    """

    headings: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    friends: tuple[str, ...] = ()
    heading_friends: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    home: str = ""
    hopes: bool = True
    thematic: bool = False
    repeats: bool = False
    asides: bool = False
    learned: str = ""
    trust: tuple[float, float] = (0.7, 0.65)

    @property
    def tables(self) -> tuple[tuple[str, ...], ...]:
        """Those that are looked for in the running text."""
        return self.strong, self.weak, self.anywhere, self.friends, self.others
