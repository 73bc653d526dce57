"""The outbox: once for each key, whatever happens."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from rules.model import LetterKind
from storage.errors import StorageConflict
from storage.ledger import Ledger
from storage.nouns import UNTIL_RELEASED, Outgoing, SendState
from storage.outbox import MOVES
from tests.storage.given import CAMPAIGN, NOW, later, letter, put, sha


def due(ledger: Ledger, **passed: float) -> list[str]:
    with ledger.reading() as book:
        return [one.key for one in book.outbox.due(later(**passed), 100)]


def test_a_letter_comes_back_as_it_was_put(ledger: Ledger) -> None:
    told = letter(
        "ack:1", subject="Re: 总结", kind=LetterKind.REMINDER, campaign=CAMPAIGN, answers="their@id",
        to=("B@example.edu.cn", "a@example.edu.cn"), about=("0102", "0101", "0102"),
    )  # fmt: skip
    with ledger.transaction() as book:
        assert book.outbox.put(told, message_id="our@id", content_sha256=sha("x"), now=NOW, hold_until=later(hours=1))
    with ledger.reading() as book:
        (found,) = book.outbox.listing()
        assert book.outbox.letter(found.id) == found
        with pytest.raises(KeyError):
            book.outbox.letter(found.id + 1)
    assert found == Outgoing(
        id=found.id, key="ack:1", message_id="our@id", kind=LetterKind.REMINDER, subject="Re: 总结",
        recipients=("b@example.edu.cn", "a@example.edu.cn"), content_sha256=sha("x"), created_at=later(),
        campaign=CAMPAIGN, about=("0102", "0101"), answers="their@id", hold_until=later(hours=1),
    )  # fmt: skip


def test_a_key_that_was_seen_changes_nothing_whatever_became_of_its_letter(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        number = put(book, "ack:1")
        again = letter("ack:1", subject="another")
        assert not book.outbox.put(again, message_id="m", content_sha256=sha("x"), now=NOW)
        book.outbox.cancel(number)
    with ledger.transaction() as book:
        assert not book.outbox.put(again, message_id="m", content_sha256=sha("x"), now=NOW)
        assert [one.subject for one in book.outbox.listing()] == ["已收到"]


def test_two_letters_never_have_one_message_id(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        put(book, "ack:1")
    with pytest.raises(StorageConflict), ledger.transaction() as book:
        book.outbox.put(letter("ack:2"), message_id="ack:1@bot", content_sha256=sha("x"), now=NOW)


def test_answers_go_before_mass_mail_and_the_oldest_first(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        for key, answers in (("remind:1", ""), ("ack:1", "x"), ("remind:2", ""), ("ack:2", "y")):
            put(book, key, answers=answers)
        assert len(book.outbox.due(NOW, 3)) == 3
    assert due(ledger) == ["ack:1", "ack:2", "remind:1", "remind:2"]


def test_a_letter_is_claimed_once_sent_and_counted(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        number = put(book, "ack:1", about=("0101",))
        claimed = book.outbox.claim(number, later(seconds=5))
        assert claimed is not None
        assert (claimed.state, claimed.attempts, claimed.claimed_at) == (SendState.SENDING, 1, later(seconds=5))
        assert (claimed.recipients, claimed.about) == (("a@example.edu.cn",), ("0101",))
        assert book.outbox.claim(number, later()) is None
        assert book.outbox.claim(number + 1, later()) is None
    assert due(ledger) == []
    with ledger.transaction() as book:
        assert book.outbox.sent_since(later(days=-1)) == 0
        assert book.outbox.mark_sent(number, later(seconds=9))
        assert not book.outbox.mark_sent(number, later(seconds=99))
        assert book.outbox.letter(number).sent_at == later(seconds=9)
        assert book.outbox.sent_since(later(seconds=9)) == 1
        assert book.outbox.sent_since(later(seconds=10)) == 0
    assert due(ledger, days=9) == []


def test_a_letter_put_off_is_due_again_at_its_time(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        number = put(book, "ack:1")
        book.outbox.claim(number, NOW)
        assert book.outbox.defer(number, "451 4.7.1 " + "later " * 500, later(minutes=10))
        found = book.outbox.letter(number)
        assert (found.state, found.attempts, len(found.last_error)) == (SendState.DEFERRED, 1, 500)
    assert due(ledger, minutes=9) == []
    assert due(ledger, minutes=10) == ["ack:1"]
    with ledger.transaction() as book:
        claimed = book.outbox.claim(number, later(minutes=10))
        assert claimed is not None
        assert claimed.attempts == 2


def test_what_a_crash_left_half_sent_is_owed_again_with_the_same_message_id(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        left, fresh = put(book, "ack:1"), put(book, "ack:2")
        book.outbox.claim(left, later(minutes=1))
        book.outbox.claim(fresh, later(minutes=2))
    with ledger.transaction() as book:
        assert book.outbox.reclaim(later(minutes=2)) == 1
        assert book.outbox.reclaim(later(minutes=2)) == 0
        found = book.outbox.letter(left)
        assert (found.state, found.attempts, found.message_id) == (SendState.WAITING, 1, "ack:1@bot")
        assert book.outbox.letter(fresh).state is SendState.SENDING
        # The lost process may come back late and say that it did send it.
        assert book.outbox.mark_sent(left, later(minutes=3))


def test_a_dead_letter_is_told_to_staff_once_and_can_be_tried_again(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        number = put(book, "ack:1")
        book.outbox.claim(number, NOW)
        assert book.outbox.give_up(number, "550 5.1.1 no such user")
        assert [one.key for one in book.outbox.failed_unreported()] == ["ack:1"]
        book.outbox.mark_reported([number])
        assert book.outbox.failed_unreported() == ()
    assert due(ledger, days=9) == []
    with ledger.transaction() as book:
        assert book.outbox.retry(number)
        assert book.outbox.letter(number).attempts == 0
        assert book.outbox.letter(number).last_error == "550 5.1.1 no such user"
        book.outbox.give_up(number, "550 again")
        assert len(book.outbox.failed_unreported()) == 1
        assert book.outbox.retry(number)
    assert due(ledger) == ["ack:1"]


def test_a_letter_that_some_recipients_were_refused_is_sent_and_told_to_staff_once(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        number, whole = put(book, "ack:1"), put(book, "ack:2")
        for one, refused in ((number, "b@example.edu.cn 550 no such user"), (whole, "")):
            book.outbox.claim(one, NOW)
            assert book.outbox.mark_sent(one, later(seconds=1), refused)
        (found,) = book.outbox.failed_unreported()
        assert (found.id, found.state, found.last_error) == (
            number,
            SendState.SENT,
            "b@example.edu.cn 550 no such user",
        )
        book.outbox.mark_reported([number])
        assert book.outbox.failed_unreported() == ()
    assert due(ledger, days=9) == []


def test_a_cancelled_letter_stays_where_it_is(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        number, sending = put(book, "ack:1"), put(book, "ack:2")
        book.outbox.claim(sending, NOW)
        assert book.outbox.cancel(number)
        assert not book.outbox.cancel(number)
        assert not book.outbox.cancel(sending)
        assert book.outbox.claim(number, NOW) is None
        assert [one.id for one in book.outbox.listing([SendState.CANCELLED])] == [number]
        assert book.outbox.listing([]) == ()
    assert due(ledger, days=9) == []


def test_a_first_mass_mail_is_held_until_its_hour_or_until_somebody_says_yes(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        for key in ("remind:c:01:1", "remind:c:02:1", "remind:d:01:1", "REMIND:c:01:1"):
            put(book, key, hold_until=later(hours=2))
        put(book, "remind%")
    assert due(ledger, hours=1) == ["remind%"]
    with ledger.transaction() as book:
        assert book.outbox.hold("remind:c:", UNTIL_RELEASED) == 2
    assert due(ledger, hours=2) == ["remind:d:01:1", "REMIND:c:01:1", "remind%"]
    with ledger.transaction() as book:
        assert book.outbox.release("remind:c:") == 2
        assert book.outbox.release("remind_") == 0
        assert book.outbox.keys("remind:c:") == {"remind:c:01:1", "remind:c:02:1"}
        assert book.outbox.keys("remind%") == {"remind%"}
        assert len(book.outbox.keys("")) == 5
    assert due(ledger) == ["remind:c:01:1", "remind:c:02:1", "remind%"]


def test_answers_to_an_address_are_counted_sent_or_not(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        put(book, "ack:1", answers="x", to=("A@example.edu.cn",), now=later(hours=1))
        put(book, "ack:2", answers="y", to=("b@example.edu.cn", "a@example.edu.cn"), now=later(hours=2))
        put(book, "remind:1", to=("a@example.edu.cn",), now=later(hours=3))
        book.outbox.cancel(put(book, "ack:3", answers="z", to=("a@example.edu.cn",), now=later(hours=3)))
    with ledger.reading() as book:
        assert book.outbox.answered_to("a@Example.edu.cn", later()) == 2
        assert book.outbox.answered_to("a@example.edu.cn", later(hours=2)) == 1
        assert book.outbox.answered_to("c@example.edu.cn", later()) == 0
        assert book.outbox.answered_since(later()) == 2
        assert book.outbox.answered_since(later(hours=2, seconds=1)) == 0


def test_our_newest_letter_is_found_among_thousands_of_references(ledger: Ledger) -> None:
    with ledger.transaction() as book:
        put(book, "ack:1")
        newest = put(book, "ack:2")
    with ledger.reading() as book:
        found = book.outbox.by_message_id(["ack:2@bot", *(f"{n}@elsewhere" for n in range(3000)), "ack:1@bot", "\0"])
        assert found is not None
        assert found.id == newest
        assert book.outbox.by_message_id(frozenset({"elsewhere"})) is None
        assert book.outbox.by_message_id(()) is None


def test_no_way_leads_out_of_sent() -> None:
    assert set(MOVES) == set(SendState)
    assert not any(SendState.SENT in sources for sources in MOVES.values())


class Post(RuleBasedStateMachine):
    """Random calls on one letter: sent stays sent, and only a claim counts an attempt."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.ledger = ledger
        with ledger.transaction() as book:
            self.number = put(book, f"ack:{len(book.outbox.keys(''))}")
        self.sent = False
        self.clock = NOW

    @rule(call=st.sampled_from(["claim", "sent", "defer", "give_up", "cancel", "retry", "reclaim"]))
    def something_happens(self, call: str) -> None:
        self.clock += timedelta(minutes=1)
        with self.ledger.transaction() as book:
            outbox, before = book.outbox, book.outbox.letter(self.number)
            done = {
                "claim": lambda: outbox.claim(self.number, self.clock) is not None,
                "sent": lambda: outbox.mark_sent(self.number, self.clock),
                "defer": lambda: outbox.defer(self.number, "451", self.clock),
                "give_up": lambda: outbox.give_up(self.number, "550"),
                "cancel": lambda: outbox.cancel(self.number),
                "retry": lambda: outbox.retry(self.number),
                "reclaim": lambda: bool(outbox.reclaim(self.clock)),
            }[call]()
            after = outbox.letter(self.number)
        assert done or after == before
        assert after.attempts - before.attempts == (done and call == "claim") or (done and call == "retry")
        self.sent = self.sent or (done and call == "sent")

    @invariant()
    def what_was_sent_stays_sent(self) -> None:
        with self.ledger.reading() as book:
            found = book.outbox.letter(self.number)
            dues = [one.id for one in book.outbox.due(self.clock, 1000)]
        assert (found.state is SendState.SENT) == self.sent == (found.sent_at is not None)
        assert (self.number in dues) == (found.state in (SendState.WAITING, SendState.DEFERRED))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_whatever_happens_to_a_letter_it_is_sent_once_at_most(ledger: Ledger) -> None:
    limits = settings(max_examples=15, stateful_step_count=10, deadline=None)
    run_state_machine_as_test(lambda: Post(ledger), settings=limits)  # type: ignore[no-untyped-call]
