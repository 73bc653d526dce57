"""Mails, cursors, troubles and the sums."""

import pytest

from rules.model import MailboxCounts, Outcome
from storage.errors import StorageConflict
from storage.ledger import Ledger
from storage.mails import SUMS
from storage.nouns import Cursor, Unmoved
from tests.storage.given import ACCOUNT, CAMPAIGN, a_mail, arrival, facts, later, sha


def test_a_cursor_is_kept_for_each_folder_of_each_account(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        assert book.cursor("a", "INBOX") is None
        book.set_cursor("a", "INBOX", 1, 5)
        book.set_cursor("a", "垃圾邮件", 2, 6)
        book.set_cursor("b", "INBOX", 3, 7)
        book.set_cursor("a", "INBOX", 4_294_967_295, 4_294_967_294)
    with ledger.reading() as book:
        assert book.cursor("a", "INBOX") == Cursor(4_294_967_295, 4_294_967_294)
        assert book.cursor("a", "垃圾邮件") == Cursor(2, 6)
        assert book.cursor("b", "INBOX") == Cursor(3, 7)


def test_a_mail_is_known_by_its_place_and_by_its_bytes(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        first = book.add_mail(arrival(1), facts(), Outcome.FILED)
        again = book.add_mail(arrival(2), facts(), Outcome.DUPLICATE)
        assert first != again
    with ledger.reading() as book:
        place = arrival(2)
        assert book.mail_at(place.account, place.folder, place.uidvalidity, place.uid) == again
        assert book.mail_at(place.account, place.folder, 1, place.uid) is None
        assert book.mail_at(place.account, "Other", place.uidvalidity, place.uid) is None
        assert book.same_mail("one@example.edu.cn", sha("one")) == first
        assert book.same_mail("one@example.edu.cn", sha("other")) is None
        assert book.same_mail("other@example.edu.cn", sha("one")) is None


def test_namesakes_have_message_id_and_sender_in_common_and_nearly_the_size(ledger: Ledger) -> None:
    same = {"message_id": "one@example.edu.cn"}
    with ledger.transaction() as book:
        first = book.add_mail(arrival(1), facts("one", **same), Outcome.FILED, move_to="已归档")
        second = book.add_mail(arrival(2), facts("two", size=1234 + 8192, **same), Outcome.NOT_OURS)
        book.add_mail(arrival(3), facts("three", size=1234 + 8193, **same), Outcome.FILED)
        book.add_mail(arrival(4), facts("four", sender="b@example.edu.cn", **same), Outcome.FILED)
        book.add_mail(arrival(5), facts("five"), Outcome.FILED)
        book.add_mail(arrival(6), facts("six", message_id=""), Outcome.FILED)
    with ledger.reading() as book:
        found = book.namesakes("one@example.edu.cn", "a@example.edu.cn", 1234)
        assert [entry.mail for entry in found] == [first, second]
        assert book.namesakes("", "a@example.edu.cn", 1234) == ()
        assert [book.home(entry.mail) for entry in found] == ["已归档", ""]


def test_one_place_holds_one_mail(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        book.add_mail(arrival(1), facts("one"), Outcome.FILED)
    with pytest.raises(StorageConflict), ledger.transaction() as book:
        book.add_mail(arrival(1), facts("two"), Outcome.FILED)


def test_a_mail_comes_back_as_it_was_told(ledger: Ledger) -> None:
    told = facts("one", subject="关于总结\0的\ud800汇报", files=3)
    with ledger.transaction() as book:
        number = book.add_mail(arrival(7), told, Outcome.SET_ASIDE, "unsure", campaign=CAMPAIGN)
    with ledger.reading() as book:
        entry = book.mail(number)
        assert (entry.subject, entry.files, entry.reason) == ("关于总结\ufffd的\ufffd汇报", 3, "unsure")
        assert (entry.received_at, entry.sha256, entry.outcome) == (later(minutes=7), sha("one"), Outcome.SET_ASIDE)
        assert book.arrival(number) == arrival(7)
        assert book.message_id(number) == "one@example.edu.cn"
        with pytest.raises(KeyError):
            book.mail(number + 1)


def test_what_became_of_a_mail_can_be_settled_later(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        number = a_mail(book, outcome=Outcome.SET_ASIDE, campaign="")
        book.settle_mail(number, Outcome.FILED, "answered", campaign=CAMPAIGN)
        other = a_mail(book, uid=2, outcome=Outcome.SET_ASIDE)
        book.settle_mail(other, Outcome.NOT_OURS, "")
    with ledger.reading() as book:
        assert book.mailbox_counts() == MailboxCounts(filed=1, not_ours=1)
        assert [entry.mail for entry in book.mail_log(CAMPAIGN)] == [number, other]
        assert book.mail(number).reason == "answered"


def test_every_outcome_has_its_sum_and_seen_is_the_sum_of_them(ledger: Ledger) -> None:
    assert set(SUMS) == set(Outcome)
    with ledger.transaction() as book:
        for uid, outcome in enumerate([*Outcome, Outcome.FILED, Outcome.OWN], start=1):
            a_mail(book, uid=uid, outcome=outcome)
        counts = book.mailbox_counts()
    assert counts == MailboxCounts(2, 1, 1, 2, 1, 1, 1)
    assert counts.seen == len(Outcome) + 2


def test_the_log_is_in_order_of_arrival_and_can_be_narrowed(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        late = a_mail(book, uid=9)
        early = a_mail(book, uid=1, outcome=Outcome.DUPLICATE)
        other = a_mail(book, uid=5, campaign="another")
    with ledger.reading() as book:
        assert [entry.mail for entry in book.mail_log(None)] == [early, other, late]
        assert [entry.mail for entry in book.mail_log(CAMPAIGN)] == [early, late]
        assert [entry.mail for entry in book.mail_log(CAMPAIGN, Outcome.DUPLICATE)] == [early]


def test_what_is_still_to_be_moved_is_remembered_until_it_was(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        a_mail(book, uid=1)
        number = book.add_mail(arrival(2), facts(), Outcome.FILED, move_to="已归档")
        book.add_mail(arrival(3, account="other"), facts(), Outcome.FILED, move_to="已归档")
    with ledger.transaction() as book:
        assert book.unmoved(ACCOUNT) == (Unmoved(number, "INBOX", 4_294_967_295, 2, "已归档"),)
        book.mark_moved(number)
    with ledger.reading() as book:
        assert book.unmoved(ACCOUNT) == ()


def test_trouble_counts_its_attempts_and_is_due_when_its_time_has_come(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        assert book.trouble(arrival()) is None
        assert book.add_trouble(arrival(), "ValueError", later(minutes=1)).attempts == 1
    with ledger.transaction() as book:
        assert book.add_trouble(arrival(), "KeyError" * 1000, later(minutes=4)).attempts == 2
        book.add_trouble(arrival(2), "KeyError", later(minutes=3))
        book.add_trouble(arrival(3, folder="垃圾邮件"), "KeyError", later(minutes=3))
    with ledger.reading() as book:
        trouble = book.trouble(arrival())
        assert trouble is not None
        assert (trouble.arrival, trouble.next_at) == (arrival(), later(minutes=4))
        assert len(trouble.error) == 500
        assert book.due_troubles(ACCOUNT, "INBOX", later(minutes=2)) == ()
        due = book.due_troubles(ACCOUNT, "INBOX", later(minutes=4))
        assert [one.arrival.uid for one in due] == [2, 1]
        assert [one.arrival.uid for one in book.troubles()] == [1, 2, 3]


def test_a_mail_in_trouble_counts_as_set_aside_once(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        book.add_trouble(arrival(1), "ValueError", later())
        book.add_trouble(arrival(2), "ValueError", later())
        assert book.mailbox_counts() == MailboxCounts(set_aside=2)
        book.clear_trouble(arrival(2))
        book.clear_trouble(arrival(2))
        assert book.mailbox_counts() == MailboxCounts(set_aside=1)
        a_mail(book, uid=1)
        assert book.trouble(arrival(1)) is None
        assert book.mailbox_counts() == MailboxCounts(filed=1)
        book.add_trouble(arrival(1), "after it was recorded", later())
        assert book.mailbox_counts() == MailboxCounts(filed=1)


def test_a_new_uidvalidity_forgets_the_troubles_under_the_old_numbers(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        book.add_trouble(arrival(1, uidvalidity=1), "ValueError", later())
        book.add_trouble(arrival(1, folder="Other", uidvalidity=1), "ValueError", later())
        book.set_cursor(ACCOUNT, "INBOX", 1, 1)
        assert len(book.troubles()) == 2
        book.set_cursor(ACCOUNT, "INBOX", 2, 0)
        assert [trouble.arrival.folder for trouble in book.troubles()] == ["Other"]
