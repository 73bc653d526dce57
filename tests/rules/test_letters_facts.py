"""What an answer is made of, as far as it is computed."""

from rules.letter.facts import HINTS_SHOWN, AcknowledgementFacts, NamedFile, Remark, Reported, Result, Terms

TERMS = Terms("9月14日（星期五）24时", past=False)
ASK_PEOPLE = Remark("没有看到群众参与的内容。")


def report(unit: str, advice: tuple[Remark, ...] = (), hints: int = 0) -> Reported:
    return Reported(
        unit=unit,
        title="总结",
        result=Result.COMPLETE,
        effect="new",
        version=1,
        received="9月10日 16:42",
        counts=1,
        file=NamedFile("总结.docx"),
        advice=advice,
        hints=tuple(Remark(f"提示 {number}", unit) for number in range(hints)),
    )


def test_the_same_advice_to_several_branches_is_said_once_with_their_names() -> None:
    other = Remark("“成效”写得较少。", "第 3 段")
    reports = (report("甲支部", (ASK_PEOPLE,)), report("乙支部", (ASK_PEOPLE, other)))
    facts = AcknowledgementFacts(Result.BUNDLE, "", TERMS, reports=reports)
    assert facts.advised == (("甲支部、乙支部", ASK_PEOPLE), ("乙支部", other))


def test_small_hints_that_do_not_fit_are_counted() -> None:
    facts = AcknowledgementFacts(
        Result.BUNDLE, "", TERMS, reports=(report("甲", hints=HINTS_SHOWN + 2), report("乙", hints=1))
    )
    assert len(facts.advised) == HINTS_SHOWN + 1
    assert facts.not_said == 2
