"""Reports as they should come, and nearly: by branches, by their 总支, mended, on time, late."""

from collections.abc import Iterator, Sequence
from typing import Any

from mailbot.demo.college import DOMAIN, address
from mailbot.demo.mail import Named, Post, moment
from mailbot.demo.reports import Report, archive, docx, write

PRIVATE = f"lixx@mail.{DOMAIN}"


def report(unit: str, name: str = "", **how: Any) -> Named:
    """An invented report of that unit; `how` as in `reports.Report`."""
    return (name or f"{unit}创先争优活动总结.docx", write(Report(unit, **how)))


def bundle(day: int, clock: str, account: str, name: str, files: Sequence[Named], **how: Any) -> Post:
    """A 总支 sends what its branches have written."""
    body = (
        f"组织部：\n    现将{name}及所属支部的创先争优活动总结报送，各支部总结已经总支审核，请查收。\n        {name}\n"
    )
    return Post(moment(day, clock), address(account), f"{name}创先争优活动总结报送", body, tuple(files), name, **how)


def branch(day: int, clock: str, account: str, unit: str, shows: str = "", **how: Any) -> Post:
    """A branch sends its report by itself."""
    body = f"领导好：\n附件是{unit}的总结，请查收。\n"
    return Post(moment(day, clock), address(account), f"{unit}总结", body, (report(unit, **how),), unit, shows)


def reports() -> Iterator[Post]:
    yield from _first_week()
    yield from _second_week()
    yield from _last_day()
    yield from _afterwards()


def _first_week() -> Iterator[Post]:
    yield branch(3, "09:12", "jsj-jg1", "计算机学院教工第一党支部", "支部直接报来，请总支把关")
    yield branch(3, "10:40", "math-jg", "数学学院教工党支部", "缺一个方面", without=("社会评价",), seed=6)
    yield branch(4, "16:05", "math-jg", "数学学院教工党支部", "补正", seed=1)
    yield Post(
        moment(5, "08:30"), address("math-jg"), "数学学院教工党支部总结（重发）", "昨天不知发出没有，再发一次。",
        (report("数学学院教工党支部", seed=1),), "数学学院教工党支部", "同一文件重发",
    )  # fmt: skip
    # No aspect word in any heading: half of the real reports are like this.
    yield branch(4, "09:20", "lib", "图书馆直属党支部", "直属党支部，不用把关", style="thematic")
    yield bundle(
        5, "15:20", "flc", "外国语学院党总支", [("外国语学院材料.zip", archive(_foreign_languages(), "gbk"))],
        shows="压缩包，文件名是 GBK",
    )  # fmt: skip
    yield branch(5, "11:00", "chem-jg1", "化学与材料学院教工第一党支部", "总支意见栏空着", opinion="")
    yield Post(
        moment(5, "14:00"), address("chem"), "回复：请把关", "同意报送。",
        (report("化学与材料学院教工第一党支部", opinion=""),), "化学与材料学院党总支", "总支回信把关", replies=True,
    )  # fmt: skip
    yield Post(
        moment(6, "09:00"), address("chem-xs"), "总结初稿", "请先看看。",
        (report("化学与材料学院学生党支部", "学生党支部总结（初稿）.docx"),), "化学学生支部", "初稿",
    )  # fmt: skip
    filled = "情况属实，同意报送。"
    yield branch(6, "10:10", "jiguan1", "机关第一党支部", "总支意见栏已填", opinion=filled, style="run-in")
    yield Post(
        moment(6, "14:00"), PRIVATE, "总结", "见附件",
        (report("学生第二党支部", "总结(1).docx", title="创先争优活动总结"),), "李某某（虚构）", "认不出是谁的",
    )  # fmt: skip
    answer = "数学学院学生第二党支部"
    yield Post(moment(6, "15:30"), PRIVATE, "回复：总结", answer, (), "李某某（虚构）", "回一句话", replies=True)


def _foreign_languages() -> Iterator[Named]:
    yield report("外国语学院党总支", "外国语学院/外国语学院党总支总结.docx")
    yield report("外国语学院英语系教工党支部", "外国语学院/英语系教工支部总结.docx", style="run-in")
    yield report("外国语学院日语系教工党支部", "外国语学院/日语系教工支部总结.docx", without=("经验启示",))


def _second_week() -> Iterator[Post]:
    yield bundle(10, "16:42", "jsj", "计算机学院党总支", [
        report("计算机学院党总支", "总支总结.docx"),
        report("计算机学院教工第一党支部"),
        report("计算机学院教工第二党支部", "教工二支部.docx"),
        report("计算机学院学生第一党支部", "学生一支部总结.docx", without=("特点",)),
        ("汇总表.docx", docx(["计算机学院党总支所属支部总结汇总表", "序号　支部名称　联系人"])),
    ], shows="总支汇总，一份还差")  # fmt: skip
    yield Post(
        moment(10, "17:05"), address("jsj"), "回复：计算机学院党总支", "收到，谢谢！", shows="道谢", replies=True
    )
    left_over = ("　　20xx年以来，XX同志表现突出。",)
    mended = report("计算机学院学生第一党支部", "学生一支部总结（修改）.docx", seed=2, extra=left_over)
    yield bundle(11, "10:15", "jsj", "计算机学院党总支", [mended], shows="补正，留有模板字样")
    yield bundle(12, "15:00", "math", "数学学院党总支", [
        report("数学学院党总支"),
        report("数学学院教工党支部", seed=1),
        report("数学学院学生第一党支部", "数学学生一支部 创先争优总结.docx", style="run-in"),
        report("数学学院学生第二党支部", "数学学院学生2支部.docx"),
        report("数学学院离退休党支部", "老同志支部总结.docx"),
    ], shows="叫法不一，免报的也来了")  # fmt: skip
    yield bundle(13, "09:45", "chem", "化学与材料学院党总支", [
        report("化学与材料学院党总支"),
        report("化学与材料学院教工第一党支部", seed=3, opinion="同意"),
        report("教工党支部", "新建 Microsoft Word 文档.docx", title="教工党支部创先争优活动总结"),
    ], shows="有一份可能是两个支部的")  # fmt: skip
    yield Post(
        moment(13, "10:30"), address("chem"), "回复", "是化学与材料学院教工第二党支部的", shows="回一句话", replies=True
    )


def _last_day() -> Iterator[Post]:
    yield bundle(14, "09:10", "flc", "外国语学院党总支", [
        report("外国语学院日语系教工党支部", seed=1),
        report("外国语学院本科生第一党支部", style="run-in"),
    ], shows="补正，并为支部把关")  # fmt: skip
    yield bundle(14, "11:30", "chem", "化学与材料学院党总支", [
        report("化学与材料学院学生党支部", seed=1),
        report("化学与材料学院研究生党支部", "研究生支部总结.docx"),
    ], shows="报齐")  # fmt: skip
    # After the office has closed, before midnight: on time.
    yield bundle(14, "22:48", "jiguan", "机关党总支", [report("机关第四党支部")], shows="下班后，当天24时前")


def _afterwards() -> Iterator[Post]:
    yield bundle(15, "08:55", "jsj", "计算机学院党总支", [
        report("计算机学院学生第二党支部", "学生二支部总结.docx"),
        report("计算机学院研究生党支部", "研究生支部.docx", without=("成效",), seed=3),
    ], shows="逾期，一份还差")  # fmt: skip
    yield bundle(17, "10:00", "houqin", "后勤党总支", [
        report("后勤党总支"), report("后勤饮食中心党支部"),
    ], shows="逾期")  # fmt: skip
    worse = report("数学学院党总支", seed=5, without=("成效", "特点"))
    yield bundle(17, "11:00", "math", "数学学院党总支", [worse], shows="新的一版反而缺项")
    yield branch(17, "14:20", "jiguan4", "机关第四党支部", "登记后又自己换新版，把关前以旧版为准", seed=4)
