"""A new roster: what units owe follows it, what came stays, and a new address that it has is no question any more."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from mailbot.app import App
from mailbot.demo import college
from mailbot.replay import replay_one
from mailbot.roster_change import change_roster
from rules.model import Outcome, Roster, State
from tests.commands import IN_TIME, INBOX, Home
from tests.path_mails import mail, report, to_bytes

# Part of the whole run: each builds a bot of its own, and together they take half a minute.
pytestmark = pytest.mark.slow

LIBRARY = "图书馆直属党支部"


@pytest.fixture
def app(home: Home) -> Iterator[App]:
    """The library's report is in, and lacks aspects."""
    built = home.open()
    take(built, college.address("lib"), without=("成效", "社会评价", "经验启示"))
    yield built
    built.close()


def take(app: App, sender: str, **how: Any) -> None:
    files = [report(LIBRARY, **how)]
    assert replay_one(app, to_bytes(mail(sender, INBOX, f"{LIBRARY}总结", files=files, Date=IN_TIME))) is Outcome.FILED


def changed(code: str, **what: Any) -> Roster:
    return Roster(tuple(replace(unit, **what) if unit.code == code else unit for unit in college.roster().units))


def state(app: App, code: str = "07") -> State:
    with app.ledger.reading() as book:
        return book.standing(app.campaigns[0].id, code, "report").state


def versions(app: App) -> int:
    with app.ledger.reading() as book:
        return len(book.standing(app.campaigns[0].id, "07", "report").receipts)


def test_a_unit_that_is_exempt_now_owes_nothing_and_owes_again_when_it_no_longer_is(app: App) -> None:
    assert state(app) is State.INCOMPLETE
    change_roster(app, changed("07", exempt=True))
    assert (state(app), versions(app)) == (State.EXEMPT, 1)
    change_roster(app, college.roster())
    assert (state(app), versions(app)) == (State.INCOMPLETE, 1)


@pytest.mark.parametrize("what", [{"contact": "壬九"}, {"name": "图书馆党支部"}, {"aliases": ("书馆",)}, {}])
def test_whatever_else_changes_nothing_that_came_is_lost(app: App, what: dict[str, Any]) -> None:
    change_roster(app, changed("07", **what))
    assert (state(app), versions(app)) == (State.INCOMPLETE, 1)


def test_a_unit_that_is_left_out_and_comes_back_has_its_reports_as_before(app: App) -> None:
    change_roster(app, Roster(tuple(unit for unit in college.roster().units if unit.code != "07")))
    change_roster(app, college.roster())
    assert (state(app), versions(app)) == (State.INCOMPLETE, 1)


def new_addresses(app: App) -> list[str]:
    with app.ledger.reading() as book:
        return [case.sender for case in book.open_cases(None) if case.kind == "new_address"]


def test_a_new_address_is_a_question_until_the_roster_has_it(app: App) -> None:
    take(app, "lib-new@example.com", seed=2)
    assert new_addresses(app) == ["lib-new@example.com"]
    change_roster(app, changed("07", contact="壬九"))
    assert new_addresses(app) == ["lib-new@example.com"]
    change_roster(app, changed("07", addresses=("lib@example.edu.cn", "lib-new@example.com")))
    assert new_addresses(app) == []
