"""What each rule flags: a piece of the message, and of the place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rules.campaign import Aspect, Length, Naming, ParticipationRule
from rules.model import Address
from tests.documents.build import table
from tests.documents.invented import GENERAL, OTHER, context, document, text_of
from tests.documents.reports import DOING, LESSON, PRAISE, RESULT, TRAIT
from tests.rules.checks.case import BY_BRANCH, FULL, GOOD, ONE, Case, asking, named, plus, titled, unreadable
from tests.rules.checks.layout_cases import FLAGGED_LAYOUT

FLAGGED: Mapping[str, tuple[Case, ...]] = {
    **FLAGGED_LAYOUT,
    "F1": (
        Case("broken", unreadable("docx", "F1"), named("甲.docx"), "“甲.docx”打不开"),
        Case("old Word", unreadable("doc", "F1"), named("甲.doc"), "另存为 .docx"),
        Case("a reason nobody knows", unreadable("docx", "F9"), context(), "打不开"),
    ),
    "F2": (
        Case("password", unreadable("docx", "F2"), named("甲.docx"), "去掉密码"),
        Case("a locked PDF", unreadable("pdf", "F2"), named("甲.pdf"), "最好发 Word 文档"),
    ),
    "F3": (Case("nothing in it", unreadable("docx", "F3"), context(), "没有文字"),),
    "F4": (
        Case("old Word", unreadable("doc", "F4"), named("总结.doc"), "“总结.doc”是.doc格式"),
        Case("rich text inside", unreadable("rtf", "F4"), named("总结.doc"), "“总结.doc”是.doc格式"),
        Case("Kingsoft", unreadable("wps", "F4"), context(), "另存为 .docx"),
        Case("scan", unreadable("pdf", "F4"), context(), "扫描件或照片无法检查内容，请另附 Word"),
        Case("photo", unreadable("image", "F4"), context(), "请另附 Word"),
        Case("something else", unreadable("other", "F4"), named("总结.html"), "“总结.html”的格式暂时无法检查内容"),
        Case("packed", unreadable("archive", "F4"), named("总结.zip"), "“总结.zip”是压缩包，没有检查里面的内容"),
        Case("mail", unreadable("mail", "F4"), named("转发.eml"), "请把其中的总结单独作为附件发送"),
    ),
    "S1": (
        Case(
            "absent", text_of(TRAIT, DOING, RESULT, LESSON), context(), "没有找到“社会评价”的内容（查了全文标题和正文）"
        ),
        Case("says what to write", text_of(TRAIT, DOING, RESULT, LESSON), context(), "测评结果、座谈会意见、感谢信"),
        Case(
            "an aspect of another notice",
            GOOD,
            asking(aspects=(Aspect(key="整改", headings=("整改情况",)),)),
            "“整改情况”",
        ),
        Case(
            "only a false friend",
            text_of(DOING + "认真学习兄弟单位的先进经验。", TRAIT, RESULT, PRAISE),
            context(),
            "经验启示",
        ),
    ),
    "S2": (
        Case(
            "a heading with nothing under it",
            text_of(*FULL[:3], LESSON, "四、社会评价", "很好。"),
            context(),
            "只有约3字",
            "¶5 四、社会评价",
        ),
        Case(
            "below what the notice asks for",
            GOOD,
            asking(aspects=(ONE.model_copy(update={"min_chars": 300}),)),
            "不少于300字",
            "¶4",
        ),
        Case("named in passing", text_of("师生好评。", DOING), asking(aspects=(ONE,)), "只在正文里简单提到"),
    ),
    "S3": (
        Case(
            "set phrases",
            text_of(TRAIT, DOING, PRAISE, LESSON, "二、成效", "通过活动，党员的素质提高了，支部的凝聚力明显增强了。"),
            context(),
            "“成效”写得比较笼统",
            "¶5 二、成效",
        ),
        Case(
            "in the text alone", text_of(TRAIT, DOING, PRAISE, LESSON, "活动取得了明显成效。"), context(), "具体的数字"
        ),
    ),
    "P1": (
        Case("nobody was asked", text_of(*FULL[2:], TRAIT, DOING), context(), "访谈、座谈会、问卷"),
        Case(
            "two methods wanted",
            text_of(*FULL, "召开座谈会。"),
            asking(participation=ParticipationRule(any_of=2, methods={"座谈会": ("座谈",), "投票": ("投票",)})),
            "座谈会、投票",
        ),
    ),
    "P2": (
        Case(
            "a method without a figure",
            text_of("支部召开座谈会，听取大家的意见。"),
            asking(participation=ParticipationRule(methods={"座谈会": ()}, numbers_preferred=True)),
            "写到了座谈会，没有看到数字",
            "¶1",
        ),
    ),
    "U1": (
        Case(
            "another branch in the title",
            titled("计算机学院教工第二党支部创先争优活动总结"),
            context(),
            "标题写的是“计算机学院教工第二党支部”",
        ),
        Case(
            "another branch in the 落款",
            titled("创先争优活动总结", "数学学院学生党支部 2012年9月6日"),
            context(),
            "落款写的是",
        ),
        Case("another 总支", titled("数学学院党总支创先争优活动总结"), context(), "数学学院党总支"),
        Case(
            "a branch's report filed for the 总支", titled("计算机学院教工第一党支部总结"), context(GENERAL), "教工第一"
        ),
    ),
    "R1": (
        Case("straight from the branch", GOOD, BY_BRANCH, "计算机学院党总支的邮箱转来"),
        Case("the branch's own committee", plus("本总结经支委会讨论通过。"), BY_BRANCH, "审核把关"),
        Case(
            "the 总支 said no",
            plus("党总支意见：请修改后再报。", "书记签名：某某 2012年9月7日"),
            BY_BRANCH,
            "请修改后再报",
            "党总支意见",
        ),
        Case("from another 总支", GOOD, replace(BY_BRANCH, sender_units=(OTHER,)), "审核把关"),
        Case(
            "still to come",
            GOOD,
            replace(BY_BRANCH, mail_text="先报上，待党总支审核后再报盖章件。"),
            "还没有审完",
            "邮件正文",
        ),
        Case(
            "only copied in",
            GOOD,
            replace(BY_BRANCH, copied_to=(Address("", GENERAL.addresses[0]),)),
            "抄送党总支还不能算已审核",
        ),
        Case("no box ticked", plus("党总支意见：□同意　□不同意", "书记签名：　年　月　日"), BY_BRANCH, "审核把关"),
        Case("web credits", plus("一审：张某　二审：李某　三审：党总支赵某"), BY_BRANCH, "审核把关"),
    ),
    "R2": (
        Case(
            "blanks",
            plus("党总支意见：＿＿＿＿＿＿", "书记签名：　　　　　年　　月　　日"),
            BY_BRANCH,
            "空栏不能算已审核",
            "党总支意见",
        ),
        Case("dots", plus("党总支审核意见：……………………", "（盖章）　　年　月　日"), BY_BRANCH, "还空着"),
        Case(
            "cells",
            document(*FULL, table([["党总支\n审核\n意见", "\n\n书记（签字）：\n年　月　日"]])),
            BY_BRANCH,
            "还空着",
        ),
        Case(
            "the date left open",
            plus("党总支意见：同意报送。", "书记签名：赵某　　20　　年　　月　　日"),
            BY_BRANCH,
            "写了“同意报送”，但没有填全",
            "党总支意见",
        ),
        Case(
            "signed, no opinion, no date", plus("党总支审核意见：", "书记签名：赵某"), BY_BRANCH, "有签名，但没有填全"
        ),
    ),
    "R4": (
        Case("a photo", GOOD, replace(BY_BRANCH, pictures=("盖章页.jpg",)), "“盖章页.jpg”"),
        Case("three scans", GOOD, replace(BY_BRANCH, pictures=("1.jpg", "2.jpg", "3.pdf")), "等3个图片或扫描件"),
    ),
    "R3": (
        Case("in the name", GOOD, named("总结（初稿）.docx"), "文件名有“初稿”字样"),
        Case("in the title", titled("创先争优活动总结（征求意见稿）"), context(), "标题有“征求意见稿”字样"),
        Case("in a line of its own", text_of("（待审稿）", *FULL), context(), "“待审稿”", "¶1"),
        Case("asks the 总支 to read it", plus("以上总结请党总支审阅。"), context(), "请党总支审阅"),
        Case("the mail asks the 总支", GOOD, replace(BY_BRANCH, mail_text="请总支审核"), "邮件正文有“请总支审核”"),
    ),
    "H1": (
        Case("XX", plus("中共XX党支部委员会"), context(), "“XX党支部”", "¶6"),
        Case("×× and ＸＸ", plus("××党支部", "ＸＸ年"), context(), "全文共2处"),
        Case("stars", plus("**年**月"), context(), "模板残留"),
        Case("20xx", plus("20xx年工作"), context(), "20xx年"),
        Case("201*", plus("201*年"), context(), "201*年"),
        Case("20__", plus("20__年"), context(), "20__年"),
        Case("a year never filled in", plus("20　　年9月"), context(), "模板残留"),
        Case("a control never filled in", plus("单击此处输入文字。"), context(), "模板残留"),
        Case("a lone X before a body", plus("自X年X月以来"), context(), "“X年X月”"),
        Case("spaced out", plus("中共 X X 党支部"), context(), "“X X 党支"),
        Case("rings", plus("示例学院○○○党支部"), context(), "“○○○党支部”"),
        Case("so-and-so branch", plus("某某党支部"), context(), "“某某党支部”"),
        Case("a hint of the template", plus("支部共有党员（此处填写人数）名"), context(), "模板残留"),
        Case("a name in brackets", plus("【单位名称】创先争优总结"), context(), "“【单位名称】"),
        Case("figures to come", plus("共收到意见建议（数字待核实）条"), context(), "模板残留"),
        Case("a blank in the sentence", plus("支部现有党员____名，其中教师____名。"), context(), "全文共2处"),
        Case("odd years", plus("202223-2023学年工作"), context(), "“202223"),
        Case("letters for rings", plus("示例学院OOO党支部"), context(), "“OOO党支部”"),
        Case("how many times", plus("全年组织学习X次"), context(), "“X次”"),
        Case("a date in the text", plus("2012年__月__日召开动员会"), context(), "模板残留"),
        Case("a blank behind a colon", plus("党员人数：______人，其中教师9人"), context(), "模板残留"),
        Case("a surname before a village", plus("到李××村走访"), context(), "模板残留"),
    ),
    "H2": (
        Case("in the title", titled("2009年度党支部总结"), context(), "标题里的“2009”不在活动年份（2010—2012年）之内"),
        Case("in the name", GOOD, named("2013年总结.docx"), "文件名里的“2013”"),
        Case("as a date in the name", GOOD, named("总结20130901.docx"), "2013"),
        Case("in Chinese", titled("二〇〇八年总结"), context(), "2008"),
    ),
    "H3": (
        Case("short", text_of("甲" * 700), asking(length=Length(min=800)), "约700字，通知要求不少于800字"),
        Case("long", text_of("甲" * 1200), asking(length=Length(max=1000)), "不超过1000字"),
    ),
    "H4": (
        Case("in the text", plus("争先创优活动开展以来"), context(), "“争先创优”的规范说法是“创先争优”", "¶6"),
        Case("in the title", titled("创优争先活动总结"), context(), "创优争先", "标题"),
        Case("in the name", GOOD, named("争先创优.docx"), "争先创优", "文件名"),
        Case("counted", plus("争先创优活动", "创优争先活动"), context(), "（共2处）", "¶6"),
    ),
    "H5": (
        Case("both", replace(GOOD, comments=2, tracked_changes=3), context(), "3处修订、2处批注"),
        Case("one", replace(GOOD, comments=1), context(), "还留有1处批注"),
        Case(
            "the first is quoted",
            replace(GOOD, comments=2, comment_texts=("这里补个“数字”", "好")),
            context(),
            "2处批注（第一条批注是“这里补个‘数字’”）",
        ),
    ),
    "H6": (
        Case("the name", GOOD, asking(naming=Naming(pattern="支部.*总结")), "文件名“总结.docx”", "文件名"),
        Case(
            "an example is shown",
            GOOD,
            asking(naming=Naming(pattern="支部.*总结$", example="教工一支部总结.docx")),
            "下次请写成“教工一支部总结.docx”这样",
        ),
        Case(
            "the subject",
            GOOD,
            replace(asking(naming=Naming(subject="支部.*总结")), subject="材料"),
            "邮件主题“材料”",
            "邮件主题",
        ),
    ),
    "H7": (
        Case("no such day", plus("2012年2月30日召开大会。"), context(), "“2012年2月30日”不是日历上有的日子", "¶6"),
        Case("a short month", plus("9月31日，支部走访。"), context(), "“9月31日”"),
        Case("no such month", plus("2012年13月5日"), context(), "2012年13月5日"),
        Case("in points", plus("教工一支部 2012.9.31"), context(), "2012.9.31"),
        Case("not yet", plus("2012年12月3日，支部召开了座谈会。"), context(), "在收到材料的日期之后"),
        Case("digits changed places", plus("2102年9月，支部开展了走访。"), context(), "“2102年”不像真实的年份"),
        Case(
            "an older paper",
            replace(GOOD, day=date(2011, 6, 20), signature="教工一支部"),
            context(),
            "2011年6月20日",
            "落款",
        ),
        Case("counted", plus("9月31日", "6月31日"), context(), "类似的共2处"),
    ),
    "H8": (
        Case("a kindergarten", plus("我园党员积极参加活动。"), context(), "“我园”不像本单位的自称", "¶6"),
        Case("a company, twice", plus("我公司党员带头，我公司荣获称号。"), context(), "全文共2处"),
    ),
    "H9": (
        Case("more than all", plus("师生满意率达到120%。"), context(), "“满意率120%”超过了100%", "¶6"),
        Case("more back than out", plus("发放问卷50份，收回58份。"), context(), "收回的比发出的多"),
        Case("halves", plus("支部有党员12名，其中教师5名、学生8名。"), context(), "加起来是13人"),
        Case("a part above the whole", plus("支部现有党员12人，其中教授15人。"), context(), "部分大于总数"),
    ),
    "H10": (
        Case("pasted twice", plus(DOING + LESSON, "别的。", DOING + LESSON), context(), "与前面第6段完全相同", "¶8"),
        Case("but for spaces", plus(DOING + LESSON, "　　" + DOING + " " + LESSON), context(), "可能是粘贴重复"),
    ),
    "U2": (
        Case(
            "another branch's words",
            plus("我数学学院学生党支部共有党员九名。"),
            context(),
            "自称“我数学学院学生党支部”",
            "¶6",
        ),
    ),
}
