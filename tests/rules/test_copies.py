"""Near-copies are found whatever was swapped in them; independent reports with the same slogans never are."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.campaign import NearDuplicate
from rules.copies import Pair, Prints, Relation, near_copies, settled
from rules.copying.passages import compare
from rules.copying.print import Printed, TextPrint, print_of
from rules.copying.shared import shared_hashes
from tests.copies_texts import (
    college,
    document,
    edited,
    independent,
    with_own_figures,
    with_slogans,
)

RULE = NearDuplicate()
Texts = dict[str, tuple[str, ...]]
BEFORE, AFTER = datetime(2011, 6, 1, tzinfo=UTC), datetime(2012, 9, 1, tzinfo=UTC)


def printed(unit: str, lines: tuple[str, ...], campaign: str = "now", at: datetime = AFTER) -> Printed:
    return Printed(unit, campaign, f"{unit}.docx", unit, 1, at, print_of(document(*lines)))


def pairs(texts: Texts, rule: NearDuplicate = RULE) -> list[Pair]:
    """Found by print and kept after reading."""
    likely = near_copies(Prints(tuple(printed(*one) for one in texts.items())), college(*texts), rule)
    read = {code: document(*lines) for code, lines in texts.items()}
    kept = (settled(pair, compare(read[pair.first.unit], read[pair.second.unit]), rule) for pair in likely)
    return [pair for pair in kept if pair is not None]


def who(found: list[Pair], relation: Relation = Relation.OTHER) -> set[tuple[str, str]]:
    return {(pair.first.unit, pair.second.unit) for pair in found if pair.relation is relation}


def reports(count: int, first: int = 1001) -> Texts:
    """Independent texts with everybody's slogans in them."""
    texts = list(independent(500).values())[:count]
    return {str(first + at): with_slogans(lines, at) for at, lines in enumerate(texts)}


@pytest.fixture(scope="module")
def independents() -> Texts:
    return reports(40)


def test_independent_reports_with_the_same_slogans_are_never_named(independents: Texts) -> None:
    assert len(independents) >= 20
    assert near_copies(Prints(tuple(printed(*one) for one in independents.items())), college(*independents), RULE) == ()


@pytest.mark.parametrize("how", ["as it is", "own figures", "edited a little"])
def test_a_copy_is_found(independents: Texts, how: str) -> None:
    original = independents["1003"]
    copy = {
        "as it is": original,
        "own figures": with_own_figures(original, 1),
        "edited a little": edited(original, 40, 1),
    }
    assert who(pairs(independents | {"2001": copy[how]})) == {("1003", "2001")}


def test_half_a_copy_and_a_paraphrase_are_below_the_threshold(independents: Texts) -> None:
    others = {code: lines for code, lines in independents.items() if code != "1005"}
    mine, other = independents["1003"], independents["1005"]
    half = (*mine[: len(mine) // 2], *other[len(other) // 2 :])
    assert pairs(others | {"2001": half, "2002": edited(independents["1004"], 7, 1)}) == []


def test_a_lower_threshold_finds_half_a_copy(independents: Texts) -> None:
    long = independents["1003"]
    found = pairs(independents | {"2001": (*long[: len(long) // 2], *independents["1004"])}, NearDuplicate(clerk=0.2))
    assert ("1003", "2001") in who(found)


def test_a_short_report_inside_a_long_one_is_found_and_the_shares_say_so() -> None:
    texts = reports(9)
    texts["1009"] = (*texts["1001"], *texts["1002"], *texts["1003"])
    found = {pair.first.unit: pair for pair in pairs(texts)}
    assert set(found) == {"1001", "1002", "1003"}
    assert found["1001"].of_first > 0.95
    assert found["1001"].of_second < 0.6
    assert found["1001"].share == found["1001"].of_first


def test_one_text_in_many_units_is_not_taken_for_a_slogan(independents: Texts) -> None:
    group = {str(3000 + at): with_own_figures(independents["1003"], at) for at in range(12)}
    found = who(pairs(independents | group))
    named = {unit for pair in found for unit in pair}
    assert named == {"1003", *group}
    assert all("1003" in pair or pair[0] in group for pair in found)
    assert len(found) <= 40


def test_branches_that_share_one_text_are_named_beside_each_other_though_their_head_collects_them() -> None:
    texts = reports(6)
    shared = texts.pop("1001")
    collected = (*texts["1002"], *shared, *texts["1003"])
    family = {"05": collected, **{f"05{at:02}": shared for at in range(1, 8)}}
    found = pairs(texts | family)
    assert {unit for pair in who(found) for unit in pair} >= set(family) - {"05"}
    assert all(second == "05" for _, second in who(found, Relation.PARENT))


def test_a_branch_in_the_report_of_its_own_head_is_said_apart() -> None:
    texts = reports(6)
    found = pairs({"10": (*texts["1001"], *texts["1002"]), **texts})
    assert who(found) == set()
    assert who(found, Relation.PARENT) == {("1001", "10"), ("1002", "10")}
    parent = next(pair for pair in found if pair.first.unit == "1001")
    assert parent.of_first > 0.95 > 0.7 > parent.of_second


def test_a_branch_in_the_report_of_another_head_is_a_pair_like_any_other() -> None:
    texts = reports(6)
    assert who(pairs({"20": (*texts["1001"], *texts["1002"]), **texts})) == {("20", "1001"), ("20", "1002")}


def test_an_earlier_report_of_the_same_unit_is_compared_a_later_one_is_not() -> None:
    texts = reports(6)
    old = with_own_figures(texts["1002"], 3)
    earlier = (printed("1002", old, "before", BEFORE), printed("1003", texts["1004"], "before", BEFORE))
    now = tuple(printed(*one) for one in texts.items())
    found = near_copies(Prints(now, earlier), college(*texts), RULE)
    assert [(pair.relation, pair.first.unit, pair.second.campaign) for pair in found] == [("earlier", "1002", "before")]
    later = (printed("1002", old, "later", datetime(2013, 1, 1, tzinfo=UTC)),)
    assert near_copies(Prints(now, later), college(*texts), RULE) == ()


def test_what_reports_quote_from_the_notice_does_not_count() -> None:
    texts = reports(8)
    notice = next(reversed(list(independent(700).values())))
    quoting = {**texts, "2001": (*notice, texts["1001"][0] * 2), "2002": (*notice, texts["1002"][0] * 2)}
    now = tuple(printed(*one) for one in quoting.items())
    named = Printed("", "", "通知.docx", "", print=print_of(document(*notice)))
    found = near_copies(Prints(now, notices=(named,)), college(*quoting), RULE)
    assert [(pair.relation, pair.first.unit) for pair in found] == [("notice", "2001"), ("notice", "2002")]
    assert ("2001", "2002") in who(pairs(quoting)), "without the notice's text they are like each other"


def test_of_the_notice_only_the_share_of_the_report_counts() -> None:
    report, notice = printed("1001", ("甲" * 120,)), Printed("", "", "通知.docx", "")
    assert Pair(Relation.NOTICE, report, notice, 0.3, 1.0).share == 0.3
    assert Pair(Relation.OTHER, report, report, 0.3, 1.0).share == 1.0


def test_without_reading_the_estimate_decides() -> None:
    report = printed("1001", ("甲" * 120,))
    assert settled(Pair(Relation.OTHER, report, report, 0.79, 0.5), None, RULE) is None
    kept = settled(Pair(Relation.OTHER, report, report, 0.8, 0.5), None, RULE)
    assert kept is not None
    assert not kept.compared


def test_a_unit_is_not_compared_with_itself_nor_a_few_words_with_anything() -> None:
    one = printed("1001", reports(1)["1001"])
    assert near_copies(Prints((one, one)), college("1001"), RULE) == ()
    few = tuple(
        printed(code, ("创先争优活动扎实开展，取得了明显成效，党员受到了教育，群众得到了实惠。",))
        for code in ("1001", "1002")
    )
    assert near_copies(Prints(few), college("1001", "1002"), RULE) == ()


def test_a_roster_that_runs_in_a_circle_ends() -> None:
    texts = dict.fromkeys(("1001", "1002"), reports(1)["1001"])
    odd = college("1001", "1002").units
    assert near_copies(Prints(tuple(printed(*one) for one in texts.items())), type(college())(odd), RULE)


@settings(max_examples=40)
@given(st.lists(st.sets(st.integers(0, 2**64 - 1) | st.integers(0, 30), max_size=20), max_size=8))
def test_shared_hashes_are_those_of_two_or_more_prints(sets: list[set[int]]) -> None:
    prints = [TextPrint(1, b"".join(one.to_bytes(8, "big") for one in sorted(numbers))) for numbers in sets]
    having = defaultdict[int, list[int]](list)
    for at, numbers in enumerate(sets):
        for number in numbers:
            having[number].append(at)
    assert sorted(shared_hashes(prints)) == sorted(places for places in having.values() if len(places) > 1)
