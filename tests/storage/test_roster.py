"""The roster and small facts."""

import pytest

from rules.model import Kind, Roster, Unit
from storage.errors import StorageConflict
from storage.ledger import Ledger

BRANCH = Unit("0101", "示例学院教工第一党支部", Kind.BRANCH, "01", ("教师一支部",), ("a@example.edu.cn",), "张三",
              "8512", True, "备注")  # fmt: skip
TOP = Unit("01", "示例学院党总支", Kind.GENERAL_BRANCH)


def test_a_roster_comes_back_in_the_order_in_which_the_clerk_wrote_it(ledger: Ledger) -> None:
    roster = Roster((BRANCH, TOP, Unit("02", "示例直属党支部", Kind.DIRECT_BRANCH)))
    with ledger.transaction() as book:
        assert book.roster() == Roster(())
        book.replace_roster(roster)
    with ledger.reading() as book:
        assert book.roster() == roster


def test_a_new_roster_takes_the_place_of_the_old_one_whole(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        book.replace_roster(Roster((TOP, BRANCH)))
    with ledger.transaction() as book:
        book.replace_roster(Roster((BRANCH, TOP)))
        assert book.roster() == Roster((BRANCH, TOP))
        book.replace_roster(Roster((TOP,)))
    with ledger.reading() as book:
        assert book.roster() == Roster((TOP,))


@pytest.mark.parametrize("wrong", [(TOP, TOP), (BRANCH,)], ids=["a code twice", "a parent that is not there"])
def test_a_wrong_roster_is_refused_and_the_old_one_stays(ledger: Ledger, wrong: tuple[Unit, ...]) -> None:
    with ledger.transaction() as book:
        book.replace_roster(Roster((TOP, BRANCH)))
    with pytest.raises(StorageConflict), ledger.transaction() as book:
        book.replace_roster(Roster(wrong))
    with ledger.reading() as book:
        assert book.roster() == Roster((TOP, BRANCH))


def test_a_small_fact_is_kept_by_its_name(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        assert book.setting("roster file") is None
        book.set_setting("roster file", "1")
        book.set_setting("roster file", "2")
        book.set_setting("other", "")
    with ledger.reading() as book:
        assert (book.setting("roster file"), book.setting("other")) == ("2", "")
