"""What looks like it and is left alone, for each rule."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rules.campaign import Length, Naming, ParticipationRule
from rules.model import Document, Paragraph
from tests.documents.invented import DIRECT, FIRST, GENERAL, SECOND, context, text_of
from tests.documents.reports import DOING, LESSON, PLAIN, PRAISE, RESULT, TRAIT
from tests.rules.checks.case import BY_BRANCH, FULL, GOOD, ONE, Case, asking, named, plus, titled, unreadable
from tests.rules.checks.layout_cases import LEFT_ALONE_LAYOUT

LEFT_ALONE: Mapping[str, tuple[Case, ...]] = {
    **LEFT_ALONE_LAYOUT,
    "F1": (Case("readable", GOOD, context()), Case("locked is another matter", unreadable("docx", "F2"), context())),
    "F2": (Case("readable", GOOD, context()), Case("only broken", unreadable("docx", "F1"), context())),
    "F3": (Case("one word", text_of("好"), context()), Case("an old format", unreadable("doc", "F4"), context())),
    "F4": (
        Case("plain text", Document("txt", (Paragraph(1, "正文"),)), context()),
        Case("empty", unreadable("doc", "F3"), context()),
    ),
    "S1": (
        Case("all in the text", GOOD, context()),
        Case("other words for it", text_of(TRAIT, DOING, RESULT, LESSON, "群众满意率达98%。"), context()),
        Case("nothing asked", text_of(PLAIN), asking(aspects=())),
    ),
    "S2": (
        Case("enough", GOOD, context()),
        Case(
            "a short heading, but told elsewhere",
            text_of("四、社会评价", "三、别的", PRAISE, DOING, RESULT, LESSON, TRAIT),
            context(),
        ),
        Case("absent is S1's", text_of(PLAIN), context()),
    ),
    "S3": (
        Case("an honour", GOOD, context()),
        Case("a figure", text_of("二、成效", "党员的素质提高了，补考通过率达到85%，凝聚力增强了。"), context()),
        Case("a counted thing in Chinese", text_of("取得了明显成效，办成实事十二件。"), context()),
        Case("absent is S1's", text_of(PLAIN), context()),
        Case("another aspect", text_of("师生一致好评。"), asking(aspects=(ONE,))),
    ),
    "P1": (
        Case("an everyday method", text_of("支部书记与群众谈心。"), context()),
        Case("nothing asked", text_of(PLAIN), asking(participation=ParticipationRule(any_of=0))),
    ),
    "P2": (
        Case(
            "with a figure",
            text_of("支部召开座谈会三场。"),
            asking(participation=ParticipationRule(methods={"座谈会": ()}, numbers_preferred=True)),
        ),
        Case("not asked for", text_of("支部召开座谈会，听取意见。"), context()),
        Case(
            "none at all is P1's",
            text_of(PLAIN),
            asking(participation=ParticipationRule(methods={"座谈会": ()}, numbers_preferred=True)),
        ),
    ),
    "U1": (
        Case("its own name", titled("计算机学院教工第一党支部总结", "计算机学院教工第一党支部"), context()),
        Case("its alias", titled("软件教研室党支部总结"), context()),
        Case("the 总支 in front of the branch", titled("计算机学院党总支教工第一党支部总结"), context()),
        Case("the 总支 above it", titled("创先争优活动总结", "计算机学院党总支 2012年9月"), context()),
        Case("no name at all", titled("创先争优活动总结"), context()),
        Case("a joint report", titled("计算机学院教工第一党支部、教工第二党支部总结"), context(SECOND)),
        Case("nobody's yet", titled("数学学院学生党支部总结"), context(None)),
        Case("the 总支's own", titled("计算机学院党总支创先争优总结"), context(GENERAL)),
        Case("others only in the text", plus("我们向数学学院学生党支部学习。"), context()),
    ),
    "R1": (
        Case("from the 总支", GOOD, context()),
        Case("a filled block", plus("党总支意见：同意报送。", "书记签名：某某　2012年9月7日"), BY_BRANCH),
        Case("the mail says so", GOOD, replace(BY_BRANCH, mail_text="我支部总结已经党总支审核同意，现报上。")),
        Case("a ticked box", plus("党总支意见：☑同意　□不同意", "书记签名：赵某　2012年9月7日"), BY_BRANCH),
        Case("read, said in passing", GOOD, replace(BY_BRANCH, mail_text="总支看过，觉得可以。")),
        Case("a 直属党支部", GOOD, context(DIRECT, (DIRECT,))),
        Case("the 总支's own report", GOOD, context(GENERAL, (GENERAL,))),
        Case("nobody's yet", GOOD, context(None, ())),
        Case("unreadable is asked for first", unreadable("docx", "F1"), BY_BRANCH),
    ),
    "R2": (
        Case("filled in", plus("党总支意见：同意报送。", "书记签名：某某　2012年9月7日"), BY_BRANCH),
        Case("the 总支 sent it itself", plus("党总支意见：", "书记签名：　　年　月　日"), context()),
        Case("no block", GOOD, BY_BRANCH),
        Case("prose about opinions", plus("三、认真落实党总支意见", "按照党总支意见，我们作了整改。"), BY_BRANCH),
        Case("the branch's own block", plus("支部意见：", "年　月　日"), BY_BRANCH),
        Case("no review needed", plus("党总支意见：", "年　月　日"), context(DIRECT, (DIRECT,))),
    ),
    "R4": (
        Case("no picture", GOOD, BY_BRANCH),
        Case("reviewed already", GOOD, replace(context(), pictures=("盖章页.jpg",))),
        Case("no review needed", GOOD, replace(context(DIRECT, (DIRECT,)), pictures=("盖章页.jpg",))),
    ),
    "R3": (
        Case("final", GOOD, named("总结（定稿）.docx")),
        Case("asked, and done", GOOD, replace(BY_BRANCH, mail_text="已请总支审阅同意，现报上。")),
        Case("the draft is void", GOOD, replace(context(), mail_text="附终稿，前发初稿作废。")),
        Case("a plan that was discussed", plus("支部讨论了《整改方案（征求意见稿）》。"), context()),
        Case("in the middle of the text", text_of(*FULL, "支部拿出初稿后反复修改。", *FULL), context()),
        Case("please read it, said to the department", GOOD, replace(context(), mail_text="请审阅")),
    ),
    "H1": (
        Case("a real text", GOOD, context()),
        Case("Latin words and addresses", plus("参观了XXL展厅，网址 www.xx.com，邮箱 xx@example.com"), context()),
        Case("a hidden telephone number", plus("电话138****1234"), context()),
        Case("switched off", plus("XX党支部"), asking(placeholders=None)),
        Case("one cross", plus("X光机检修，3×5米"), context()),
        Case("tact about persons", plus("学生李××、王**同学，张某某同志，陈XX说"), context()),
        Case("so-and-so village in a title", plus("《某镇留守儿童调查》获奖，某同学受助"), context()),
        Case("Chinese years", plus("二○○八年、二〇〇九年，一九九○年"), context()),
        Case("a form", plus("党总支意见：________", "书记签名：________ 20　年　月　日"), context()),
        Case("a code", plus("型号 XX-12，仪器XXA，文件 a_b__c"), context()),
        Case("years told", plus("建校20 年来，近20　年的积累，○○后学生"), context()),
        Case(
            "crosses that mean something", plus("“2+X”模式，X射线，“三×三”行动，A×B，王某某等3人，“3X”工程"), context()
        ),
        Case("a line of stars", plus("满分***** 分"), asking(placeholders=None)),
        Case("who fills it in", plus("（此栏由党总支填写）", "发放征求意见表（填写58份）"), context()),
        Case("a real range of years", plus("2010—2012学年，2011-2012"), context()),
    ),
    "H2": (
        Case("inside", titled("2010—2012年创先争优活动总结"), context()),
        Case("a school year", titled("2013学年第一学期总结"), context()),
        Case("a student grade", titled("2009级学生党支部总结"), context()),
        Case("only in the text", plus("1998年建校以来"), context()),
        Case("not asked", titled("1999年总结"), asking(years=None)),
        Case("a long number", GOOD, named("总结2013555501.docx")),
    ),
    "H3": (
        Case("within a tenth", text_of("甲" * 730), asking(length=Length(min=800))),
        Case("not asked", text_of("甲"), context()),
        Case("inside both", text_of("甲" * 900), asking(length=Length(min=800, max=1000))),
    ),
    "H4": (
        Case("right", plus("创先争优活动"), context()),
        Case("an excellent one", plus("深入开展创争优秀活动"), asking(wrong_names=("创争优",))),
        Case("right twice in a row", plus("创先争优创先争优"), context()),
    ),
    "H5": (Case("clean", GOOD, context()),),
    "H6": (
        Case("nothing asked", GOOD, context()),
        Case("as asked", GOOD, asking(naming=Naming(pattern="^总结$"))),
        Case("an answer", GOOD, replace(asking(naming=Naming(subject="总结")), subject="Re: 请补正")),
        Case("several reports", GOOD, replace(asking(naming=Naming(subject="支部")), subject="材料", reports=3)),
        Case("no subject known", GOOD, asking(naming=Naming(subject="支部"))),
    ),
    "H7": (
        Case("real days", plus("2012年2月29日、2月29日、9月30日，2011-12-31"), context()),
        Case("a plan", plus("2012年12月底前完成整改，将于2012年12月3日召开大会，到2015年建成"), context()),
        Case("dated ahead, to the deadline", plus("教工一支部 2012年9月14日"), context()),
        Case("signed in summer", replace(GOOD, day=date(2012, 7, 20)), context()),
        Case("versions and shares", plus("软件3.13.40版，增长13.5.2，IP 10.13.40.1"), context()),
        Case("numbers with dashes", plus("电话2012-22-33，编号2011-13-05"), context()),
        Case("months as a span", plus("历时13个月，3月至6月，1—31日"), context()),
        Case("history", plus("建校于1958年，古城始建于1368年"), context()),
    ),
    "H8": (
        Case("its own", plus("我校、我院、我系、我支部、我们公司"), context()),
        Case("quoted", plus("厂长说：“我厂受益很大。”村主任表示，我村要学习"), context()),
        Case(
            "a kindergarten's own",
            plus("我园党员积极参加。"),
            replace(context(), unit=replace(FIRST, name="附属幼儿园党支部")),
        ),
        Case("other words", plus("自我司法教育，自我园地，我园林专业，我乡村振兴队，忘我厂里"), context()),
    ),
    "H9": (
        Case("all of them", plus("满意率100%，发放50份，收回50份。"), context()),
        Case("leaflets and forms", plus("发放宣传单500份，收回问卷600份"), context()),
        Case("growth", plus("满意率由60%提高了120%，产值增长150%。"), context()),
        Case("other halves", plus("党员12名，其中教授5名、博士9名、女党员6名。"), context()),
        Case("right halves", plus("党员13名，其中教师5名、学生8名。"), context()),
        Case("a base beside it", plus("3000人次参加，满意率98.5%"), context()),
    ),
    "H10": (
        Case("a short line twice", plus("一、学习", "一、学习"), context()),
        Case("alike, not the same", plus(DOING + LESSON, DOING + LESSON + "以上。"), context()),
    ),
    "U2": (
        Case("its own name", plus("我计算机学院教工第一党支部共有党员九名。"), context()),
        Case("the 总支", plus("我计算机学院党总支高度重视"), context()),
        Case("a neighbour", plus("我院学生第二党支部与我校数学学院学生党支部结对"), context()),
        Case("quoted", plus("他们说：“我数学学院学生党支部来学习了”"), context()),
        Case("nobody's yet", plus("我数学学院学生党支部"), context(None)),
    ),
}
