"""An invented college: 6 general branches, 24 branches. No unit, person, address or number here is real."""

from rules.model import Department, Kind, Roster, Unit

DOMAIN = "example.edu.cn"
INVENTED = "虚构"
"""Stands in the remarks of every unit, so that no sheet of the demo is taken for a real one."""
DEPARTMENT = Department(
    name="中共示例学院委员会组织部（虚构）",
    address=f"zuzhib@{DOMAIN}",
    staff=(f"clerk@{DOMAIN}",),
    contact="组织部办公室，电话 0595-00000000（短号 8512），行政楼512室",
)

# 总支: (code, name, account, contact), then its branches: (name, account or "", aliases)
_GENERAL: tuple[tuple[str, str, str, str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    ("01", "计算机学院党总支", "jsj", "甲一", (
        ("计算机学院教工第一党支部", "jsj-jg1", ("软件教研室党支部",)),
        ("计算机学院教工第二党支部", "jsj-jg2", ()),
        ("计算机学院学生第一党支部", "jsj-xs1", ()),
        ("计算机学院学生第二党支部", "", ()),
        ("计算机学院研究生党支部", "", ()),
    )),
    ("02", "数学学院党总支", "math", "乙二", (
        ("数学学院教工党支部", "math-jg", ()),
        ("数学学院学生第一党支部", "math-xs1", ()),
        ("数学学院学生第二党支部", "", ()),
        ("数学学院离退休党支部", "", ("数学学院老同志党支部",)),
    )),
    ("03", "外国语学院党总支", "flc", "丙三", (
        ("外国语学院英语系教工党支部", "flc-en", ()),
        ("外国语学院日语系教工党支部", "flc-ja", ()),
        ("外国语学院本科生第一党支部", "", ()),
        ("外国语学院本科生第二党支部", "", ()),
    )),
    ("04", "化学与材料学院党总支", "chem", "丁四", (
        ("化学与材料学院教工第一党支部", "chem-jg1", ()),
        ("化学与材料学院教工第二党支部", "", ()),
        ("化学与材料学院学生党支部", "chem-xs", ()),
        ("化学与材料学院研究生党支部", "", ()),
    )),
    ("05", "机关党总支", "jiguan", "戊五", (
        ("机关第一党支部", "jiguan1", ("校长办公室党支部",)),
        ("机关第二党支部", "", ("教务处党支部",)),
        ("机关第三党支部", "", ()),
        ("机关第四党支部", "jiguan4", ()),
    )),
    ("06", "后勤党总支", "houqin", "己六", (
        ("后勤饮食中心党支部", "yinshi", ()),
        ("后勤物业中心党支部", "", ()),
    )),
)  # fmt: skip


def address(account: str) -> str:
    return f"{account}@{DOMAIN}"


def roster() -> Roster:
    """The units in roster order; the last one is a 直属党支部. The 离退休 branch is exempt."""
    units: list[Unit] = []
    for code, name, account, contact, branches in _GENERAL:
        phone = f"0595-000000{code}"
        own = (address(account),)
        units.append(Unit(code, name, Kind.GENERAL_BRANCH, None, (), own, contact, phone, note=INVENTED))
        for number, (branch, box, aliases) in enumerate(branches, 1):
            units.append(
                Unit(
                    code=f"{code}{number:02}",
                    name=branch,
                    kind=Kind.BRANCH,
                    parent=code,
                    aliases=aliases,
                    addresses=(address(box),) if box else (),
                    contact=f"{contact[0]}某{number}",
                    phone=f"{phone}-{number}",
                    exempt="离退休" in branch,
                    note=INVENTED,
                )
            )
    library = ("07", "图书馆直属党支部", Kind.DIRECT_BRANCH, None, (), (address("lib"),), "庚七", "0595-00000007")
    return Roster((*units, Unit(*library, note=INVENTED)))
