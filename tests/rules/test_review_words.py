"""Sentences of covering mails, invented: those that say the 总支 has reviewed the report, and those that do not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Roster
from rules.reviewing.mail import mail_says
from rules.reviewing.words import Said, said_of_review
from tests.documents.invented import FIRST, GENERAL, ROSTER, context

SECRETARY = replace(GENERAL, contact="赵示例")
CONTEXT = replace(context(sender=(FIRST,)), roster=Roster((SECRETARY, *ROSTER.units[1:])))

REVIEWED = (
    "我支部总结已经党总支审核，现报上",
    "现将经党总支把关的总结报上，请查收",
    "经支委会讨论、党总支审定，现报送总结",
    "经总支委会研究通过，现报送",
    "党总支审核意见：同意",
    "已请赵书记看过并签字",
    "总支已把关",
    "学院党总支审定",
    "党总支同意上报",
    "总支审过，请查收",
    "总支已审，请收",
    "老赵（总支书记）已经看过，说可以报",
    "外语系党总支已审，前稿漏了两行",
    "赵书记签过字了，请收",
    "该总结由数统学院党总支把关后发送",
    "总结赵书记已经审核过了，改了两处，说可以报",
    "按总支要求直接报送，总支已审核过",
    "经外国语学院党总支审阅，无修改意见",
    "学生党支部的总结写成了案例，总支看过，觉得可以",
    "已由分党委会议审议",
    "院党委已签意见",
    "均经党总支认真把关",
    "已按总支审核意见修改完善，现报送",
    "本报告业经党工委审定",
    "前稿未经总支审核，现已经总支审阅同意",
    "总支已审核，纸质件待总支盖章后补送",
    "总支赵书记让我直接发您，他已过目",
    "上报前已请总支审阅",
    "党总支意见：同意报送",
    "总支审核把关后报送",
    "党总支已审。",
    "材料经总支审核，现呈报",
    "总支书记已阅",
    "本支部总结已提交党总支审核并获通过",
    "总支已经审核完毕，请查收",
    "总结已送总支审过了",
    "院党委已把关",
    "经学院分党委审核，同意上报",
    "赵书记审了，没意见",
    "赵书记已签字",
    "党总支赵示例书记已审定",
    "我们的总结总支已经过了一遍，没有意见",
    "组织部：支部总结已经赵书记审阅并修改，现报上",
    "总支把过关了",
    "经赵书记同意，现发给您",
    "赵书记看了，说行",
    "已由党总支统一审核",
    "党总支审核意见为“同意上报”",
    "总支审核：同意",
    "总支已审阅签字",
    "已经通过学院党总支的审核",
    "已按赵书记意见修改好，请收",
    "总支已认真审阅",
    "请查收（总支已审）",
    "本总结已呈党总支审阅并同意报送",
    "这份总结已由学院党总支把关",
    "赵书记点头了",
    "（已经赵书记审阅）",
    "报告已经总支会议审议通过",
    "总支刚刚审完",
    "各项内容已经总支审核",
    "学院总支昨天审过了",
    "总结昨天总支审核了",
    "已经总支审核盖章",
    "我支部总结交总支看了，没有意见",
    "经总支研究，同意报送",
    "总支领导看过了",
    "总支组织员已审",
    "党总支书记审阅同意",
)

NOT_REVIEWED = (
    "总结未经党总支审核",
    "待党总支审核后再报",
    "各支部的总结要经党总支认真把关后汇总报送",
    "初稿先发上来，请总支审阅，待总支审核后再报正式稿",
    "分党委韩书记尚未审阅，先发一份供参考",
    "回来后再请赵书记看",
    "先发组织部备案，总支审后盖章补交",
    "请计算机系党总支也收一份",
    "本材料待机关党总支审核后，另报盖章件",
    "还没有给总支看",
    "已报总支审核",
    "总支正在审核中",
    "总支同意我们延期两天报送",
    "总支看过，提了三条意见，正在改",
    "总支审核不通过",
    "总支是否审核过，请您问一下",
    "等赵书记看过再报正式稿",
    "支部赵书记审核通过",
    "李书记已审核",
    "赵书记出差，没来得及看",
    "总支审核吗",
    "校党委已审核",
    "学校党委审核通过",
    "已报送总支审阅，待反馈",
    "我支部党员认真学习总支文件，通过多种形式开展活动",
    "总支赵书记这两天出差，审核意见后补",
    "请总支、组织部审阅",
    "报请总支审核",
    "本总结未经总支审核，先行上报",
    "总支那边还没看",
    "总支说先发组织部",
    "赵书记说可以先发初稿",
    "总支安排我们直接报",
    "正等总支审核",
    "等总支审核后再发正式版",
    "总支还在审",
    "这是送总支审核的稿子",
    "党总支审核中",
    "先报上，总支审核后另行补报",
    "书记还没签字",
    "支部书记已审核",
    "经支部大会审议通过",
    "支委会审核把关",
    "我支部书记赵老师审核同意",
    "抄送：计算机学院党总支",
    "总支要求今天报送，来不及审核",
    "总支让我们直接报，他们不再审核",
    "总支没时间审核",
    "若需总支审核请告知",
    "是否要先经总支审核？",
    "总支不审核，直接报组织部",
    "总结没给总支看",
    "总支审核情况待补",
    "赵书记下周回来审核",
    "总支看过后再补盖章件",
    "已报总支，未审",
    "已经报给总支，还没有回音",
    "已发给总支审核",
    "总支提出修改意见，正在修改",
    "总支审核要到下周",
    "赵书记还没有审阅",
    "党总支的审核意见过两天补",
    "请赵书记审阅后转组织部",
    "拟请总支审阅",
    "不知总支审核了没有",
    "此稿仅供参考，最终以总支审定为准",
    "以总支审定稿为准",
    "总支审定稿随后报",
)


def says(text: str) -> Said | None:
    said = mail_says(replace(CONTEXT, mail_text=text))
    return said[0] if said is not None else None


@pytest.mark.parametrize("text", REVIEWED)
def test_it_says_reviewed(text: str) -> None:
    assert says(text) is Said.REVIEWED


@pytest.mark.parametrize("text", NOT_REVIEWED)
def test_it_does_not_say_reviewed(text: str) -> None:
    assert says(text) is not Said.REVIEWED


@pytest.mark.parametrize(
    "text", ["待党总支审核后再报", "总支还没看过", "请总支审阅", "赵书记还没有审阅", "总支审核不通过"]
)
def test_it_says_that_the_review_is_still_to_come(text: str) -> None:
    assert says(text) is Said.OPEN


def test_the_secretary_counts_by_name_only_where_the_roster_names_him() -> None:
    assert said_of_review("赵书记已审核", SECRETARY) is Said.REVIEWED
    assert said_of_review("赵书记已审核", GENERAL) is None
    assert said_of_review("赵书记已审核", None) is None
    assert said_of_review("总支赵书记已审核", None) is Said.REVIEWED


def test_another_general_branch_has_reviewed_something_else() -> None:
    assert says("数学学院党总支已审核") is None
    assert says("计算机学院党总支已审核") is Said.REVIEWED


@given(st.text(alphabet="经党总支书记赵已未待请审核看过同意意见：，。（）后报 \n", max_size=120))
def test_any_words_are_weighed_without_raising(text: str) -> None:
    assert says(text) in (None, Said.REVIEWED, Said.OPEN)
