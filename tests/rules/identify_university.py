"""A second invented university: names that look alike, numbers of all kinds, names that have changed."""

from rules.model import Kind, Roster, Unit

# 总支: (code, name, kind, aliases), then its branches: (name, aliases, contact)
_TOPS: tuple[tuple[str, str, tuple[str, ...], tuple[tuple[str, tuple[str, ...], str], ...]], ...] = (
    ("01", "外国语学院党总支", ("外语系党总支", "外国语言文学学院党委"), (
        ("外国语学院英语系教工党支部", (), "甲示例"),
        ("外国语学院大学英语教研部教工党支部", (), "乙示例"),
        ("外国语学院日语系教工党支部", (), ""),
        ("外国语学院本科生第一党支部", (), ""),
        ("外国语学院本科生第二党支部", (), ""),
        ("外国语学院研究生党支部", (), ""),
    )),
    ("02", "国际学院党总支", (), (
        ("国际学院教工党支部", (), ""),
        ("国际学院学生党支部", (), ""),
    )),
    ("03", "数学学院党委", (), (
        ("数学学院教工第一党支部", (), ""),
        ("数学学院教工第二党支部", (), ""),
        ("数学学院学生21党支部", (), ""),
        ("数学学院学生22党支部", (), ""),
        ("数学学院16级博士党支部", (), ""),
        ("数学学院16级硕士党支部", (), ""),
        ("数学学院17级硕士第一党支部", (), ""),
        ("数学学院17级硕士第二党支部", (), ""),
    )),
    ("04", "数学与统计学院党总支", (), (
        ("数学与统计学院教工第一党支部", (), ""),
        ("数学与统计学院学生第一党支部", (), ""),
        ("应用统计系教师党支部", (), ""),
    )),
    ("05", "机关一党总支", (), (
        ("机关一第一党支部", ("党委办公室党支部",), ""),
        ("机关一第二党支部", ("人事处党支部",), ""),
    )),
    ("06", "机关二党总支", (), (
        ("机关二第一党支部", ("教务处党支部", "研究生院党支部"), ""),
        ("机关二第二党支部", (), ""),
    )),
    ("07", "园艺学院党委", ("农学系党总支",), (
        ("果树教师党支部-16级果树硕士研究生党支部", (), ""),
        ("蔬菜教师党支部", (), ""),
        ("观赏园艺教师党支部", (), "丙示例"),
        ("园艺学院本科生党支部", (), "丙示例"),
        ("园艺1601班党支部", (), ""),
    )),
    ("08", "离退休党总支", (), (
        ("离退休第一党支部", (), ""),
        ("离退休第十党支部", (), ""),
        ("离退休第十一党支部", ("附属医院退休党支部",), ""),
    )),
    ("09", "后勤集团党总支", (), (
        ("后勤集团饮食服务中心党支部", (), ""),
        ("后勤集团物业管理中心党支部", (), ""),
    )),
    ("13", "教师教育学院党总支", (), (
        ("教师教育学院教师党支部", (), ""),
        ("教师教育学院学生党支部", (), ""),
    )),
    ("14", "信息工程学院党总支", (), (
        ("信息工程学院教工党支部", (), ""),
        ("信息工程学院学生第一党支部", (), ""),
    )),
    ("15", "物理与信息工程学院党总支", (), (
        ("物理与信息工程学院教工党支部", (), ""),
        ("物理与信息工程学院学生第一党支部", (), ""),
    )),
)  # fmt: skip
_DIRECT = (("10", "图书馆直属党支部", "丁示例"), ("11", "档案馆直属党支部", ""), ("12", "附属小学直属党支部", ""))


def university(school: str = "") -> Roster:
    """`school`: the school's name in front of the names of the 总支, as many a roster has it."""
    units: list[Unit] = []
    for code, name, aliases, branches in _TOPS:
        kind = Kind.COMMITTEE if name.endswith("党委") else Kind.GENERAL_BRANCH
        units.append(Unit(code, f"{school}{name}", kind, None, aliases))
        for number, (branch, names, contact) in enumerate(branches, 1):
            units.append(Unit(f"{code}{number:02}", branch, Kind.BRANCH, code, names, (), contact))
    units += (Unit(code, name, Kind.DIRECT_BRANCH, contact=contact) for code, name, contact in _DIRECT)
    return Roster(tuple(units))
