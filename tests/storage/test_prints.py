"""Prints come back as they were saved, with the version that counts."""

import pytest

from rules.copying.print import TextPrint
from storage.ledger import Ledger
from tests.storage.given import CAMPAIGN, a_mail, later, receipt, sha, standing

ONE, TWO = TextPrint(800, bytes(range(16))), TextPrint(0, b"")


def test_the_version_that_counts_comes_back_with_its_print(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        mail = a_mail(book)
        book.save_standing(CAMPAIGN, standing(receipt(mail), receipt(mail, 2)))
        book.save_print(sha("report 1"), TWO)
        book.save_print(sha("report 2"), ONE)
    with ledger.reading() as book:
        (found,) = book.printed(CAMPAIGN)
        assert (found.unit, found.campaign, found.version, found.sha256) == ("0101", CAMPAIGN, 2, sha("report 2"))
        assert (found.print, found.name, found.received_at) == (ONE, "总结2.docx", later(hours=2))
        assert book.printed("another") == ()


def test_a_print_is_saved_once_and_never_changed(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(receipt(a_mail(book))))
        book.save_print(sha("report 1"), ONE)
        book.save_print(sha("report 1"), TWO)
    with ledger.transaction() as book:
        book.save_print(sha("report 1"), TWO)
        assert [one.print for one in book.printed(CAMPAIGN)] == [ONE]


def test_a_rolled_back_receipt_leaves_no_print(ledger: Ledger) -> None:
    def breaks_off() -> None:
        with ledger.transaction() as book:
            book.save_standing(CAMPAIGN, standing(receipt(a_mail(book))))
            book.save_print(sha("report 1"), ONE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    with ledger.transaction() as book:
        book.save_standing(CAMPAIGN, standing(receipt(a_mail(book))))
        assert book.without_print(CAMPAIGN) == (("总结1.docx", sha("report 1")),)


def test_the_same_units_reports_in_other_campaigns_are_found(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        mail = a_mail(book)
        for campaign, unit in ((CAMPAIGN, "0101"), ("before", "0101"), ("before", "0102")):
            book.save_standing(campaign, standing(receipt(mail), unit=unit))
        book.save_print(sha("report 1"), ONE)
    with ledger.reading() as book:
        found = book.printed_elsewhere(CAMPAIGN)
        assert [(one.campaign, one.unit) for one in found] == [("before", "0101")]
        assert [one.unit for one in book.printed_elsewhere("before")] == ["0101"]


def test_only_versions_that_count_are_asked_for_a_print(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        mail = a_mail(book)
        book.save_standing(CAMPAIGN, standing(receipt(mail), receipt(mail, 2)))
        assert book.without_print(CAMPAIGN) == (("总结2.docx", sha("report 2")),)
        book.save_print(sha("report 2"), ONE)
        assert book.without_print(CAMPAIGN) == ()
