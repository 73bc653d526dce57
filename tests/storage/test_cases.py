"""What waits for a person."""

from dataclasses import replace

import pytest

from storage.errors import StorageConflict
from storage.ledger import Ledger
from tests.storage.given import CAMPAIGN, a_mail, case, later, sha


def test_a_case_comes_back_as_it_was_opened_until_it_is_closed(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        told = case(mail=a_mail(book), campaign=CAMPAIGN, units=("0101", "0102"), sha256=sha("report"))
        number = book.add_case(told)
    with ledger.transaction() as book:
        assert book.open_cases(CAMPAIGN) == (replace(told, id=number),)
        assert book.close_case(number, later())
        assert not book.close_case(number, later(days=1))
    with ledger.reading() as book:
        assert book.open_cases(None) == ()
        assert book.case(number).units == ("0101", "0102")
        with pytest.raises(KeyError):
            book.case(number + 1)


def test_a_case_of_no_campaign_belongs_to_every_campaign(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        here = book.add_case(case(campaign=CAMPAIGN, units=("0101",)))
        anywhere = book.add_case(case(campaign="", units=("0102",)))
        elsewhere = book.add_case(case(campaign="another", units=("0103",)))
        closed = book.add_case(case(campaign=CAMPAIGN, units=("0104",)))
        book.close_case(closed, later())
    with ledger.reading() as book:
        assert [one.id for one in book.open_cases(CAMPAIGN)] == [here, anywhere]
        assert [one.id for one in book.open_cases(None)] == [here, anywhere, elsewhere]
        assert book.busy_units(CAMPAIGN) == {"0101", "0102"}


def test_a_case_about_a_mail_that_is_not_there_is_refused(ledger: Ledger) -> None:
    with pytest.raises(StorageConflict), ledger.transaction() as book:
        book.add_case(case(mail=4711))
