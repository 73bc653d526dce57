"""Reports and what comes with them."""

import pytest

from rules.roles import role_of


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("总结.docx", ""),
        ("新建 Microsoft Word 文档.doc", ""),
        ("附件1.doc", "计算机学院党总支创先争优活动总结"),
        ("教工一支部.docx", "创先争优活动情况汇报"),
        ("汇总表.docx", "计算机学院创先争优活动总结"),
        ("关于创先争优活动的总结(1).doc", ""),
        ("贯彻通知精神总结.doc", ""),
        ("计划执行情况总结.doc", ""),
        ("代表大会.doc", ""),
        ("表彰先进.docx", "先进表彰工作小结"),
    ],
)
def test_a_report_is_taken_for_a_report(name: str, title: str) -> None:
    assert role_of(name, title, "docx") == "report"


@pytest.mark.parametrize(
    ("name", "title", "kind", "role"),
    [
        ("汇总表.xlsx", "", "sheet", "table"),
        ("总结报送汇总表.doc", "", "doc", "table"),
        ("党支部总结审批表.docx", "", "docx", "table"),
        ("附件.doc", "党员名册", "doc", "table"),
        ("总结.doc", "关于做好创先争优活动总结工作的通知", "doc", "notice"),
        ("关于开展总结的通知.pdf", "", "pdf", "notice"),
        ("正式文件封面.doc", "", "doc", "cover"),
        ("支撑材料.docx", "", "docx", "other"),
        ("座谈会.jpg", "", "image", "other"),
        ("思想汇报.doc", "", "doc", "other"),
        ("实施方案.doc", "", "doc", "other"),
        ("~$总结.docx", "", "docx", "other"),
        ("Thumbs.db", "", "other", "other"),
    ],
)
def test_what_is_no_report_is_not_judged_as_one(name: str, title: str, kind: str, role: str) -> None:
    assert role_of(name, title, kind) == role


def test_a_photo_that_is_called_a_report_is_taken_for_one() -> None:
    assert role_of("物业中心党支部总结.jpg", "", "image") == "report"
    assert role_of("合影.jpg", "", "image") == "other"


@pytest.mark.parametrize("name", ["说明.txt", "报送说明.txt", "材料清单.docx", "README.txt"])
def test_a_short_note_beside_the_reports_is_no_report_whatever_its_first_line_says(name: str) -> None:
    said = "10份总结和2份其他材料"
    assert role_of(name, said, "txt", said) == "cover"


def test_what_is_called_a_note_and_tells_of_the_branch_at_length_or_cannot_be_read_is_a_report() -> None:
    assert role_of("活动情况说明.doc", "", "doc", "支部开展了创先争优活动，取得了成效。" * 30) == "report"
    assert role_of("情况说明.doc", "", "doc") == "report"
