"""The table of refusals: what providers really say, and when to try again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.refusals import LOST, STEPS, SUSPECT_TRIES, UNCLEAR, Kind, Refusal, judge_refusal, next_try

YOUNG, OLD = timedelta(minutes=5), timedelta(days=3)


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        # NetEase
        (451, "DT:SPM 163 smtp7,C8CowABX, please try again", Kind.SUSPECT),
        (554, "DT:SPM 163 smtp7 see http://mail.163.com/help/help_spam_16.htm?ip=", Kind.SUSPECT),
        (451, "MI:SFQ 163 smtp2", Kind.BUSY),
        (450, "MI:CEL 163 smtp2", Kind.BUSY),
        (450, "MI:DMC 163", Kind.BUSY),
        (451, "RP:DRC 163", Kind.BUSY),
        (421, "HL:ICC 163 smtp3", Kind.BUSY),
        (421, "HL:IFC 163 smtp3", Kind.BUSY),
        (554, "MI:STC 163 smtp3", Kind.BUSY),
        (550, "User not found: zzb@example.com", Kind.PERMANENT),
        (550, "User suspended", Kind.ACCOUNT),
        (553, "Mail from must equal authorized user", Kind.ACCOUNT),
        (553, "authentication is required,163 smtp", Kind.ACCOUNT),
        # QQ
        (550, "The mail may contain inappropriate words or content.", Kind.PERMANENT),
        (550, "Connection frequency limited. http://service.mail.example.com/", Kind.BUSY),
        (550, "Ip frequency limited", Kind.BUSY),
        (535, "Login Fail. Please enter your authorization code to login.", Kind.ACCOUNT),
        (501, "mail from address must be same as authorization user", Kind.ACCOUNT),
        (550, "Mailbox unavailable or access denied", Kind.PERMANENT),
        # Coremail, Postfix, Dovecot and others
        (550, "5.1.1 <nobody@example.edu.cn>: Recipient address rejected: User unknown", Kind.PERMANENT),
        (550, "5.1.1 User doesn't exist: a@example.edu.cn", Kind.PERMANENT),
        (550, "该用户不存在", Kind.PERMANENT),
        (554, "5.7.1 <a@example.com>: Relay access denied", Kind.PERMANENT),
        (554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using RBL", Kind.BUSY),
        (552, "5.3.4 Message size exceeds fixed limit", Kind.PERMANENT),
        (552, "Requested mail action aborted: exceeded mailsize limit", Kind.PERMANENT),
        (552, "5.2.2 Mailbox full", Kind.TEMPORARY),
        (550, "收件人空间不足", Kind.TEMPORARY),
        (452, "4.2.2 over quota", Kind.TEMPORARY),
        (450, "4.2.0 Greylisted, see you", Kind.TEMPORARY),
        (451, "4.3.0 try again later", Kind.TEMPORARY),
        (421, "4.3.2 closing transmission channel", Kind.BUSY),
        (530, "5.7.0 Must issue a STARTTLS command first", Kind.ACCOUNT),
        (554, "transaction failed", Kind.PERMANENT),
    ],
)
def test_what_servers_say_is_understood(code: int, text: str, kind: Kind) -> None:
    assert judge_refusal(code, text).kind is kind


def test_pauses_are_those_that_providers_ask_for() -> None:
    assert judge_refusal(451, "DT:SPM please try again").pause_seconds == 2 * 60
    assert judge_refusal(451, "MI:SFQ").pause_seconds == 15 * 60
    assert judge_refusal(550, "Connection frequency limited").pause_seconds >= 5 * 60


@given(st.integers(-10, 1000), st.text(max_size=50))
def test_every_answer_has_a_meaning_and_its_first_digit_is_believed(code: int, text: str) -> None:
    refusal = judge_refusal(code, text)
    assert refusal.meaning
    assert refusal.pause_seconds >= 0
    if not 400 <= code < 600 and not any(word in text.lower() for word in ("frequency", "2.2", "不足", "quota")):
        assert refusal == UNCLEAR
    if refusal.kind is Kind.PERMANENT:
        assert 500 <= code < 600


def test_a_letter_is_tried_again_for_two_days_ever_more_slowly() -> None:
    temporary = judge_refusal(450, "later")
    waits = [next_try(temporary, tries, OLD) for tries in range(1, len(STEPS) + 2)]
    assert waits[:2] == [timedelta(minutes=1), timedelta(minutes=5)]
    assert waits[-2:] == [timedelta(hours=4), None]
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert timedelta(hours=44) < sum(known, timedelta()) <= timedelta(hours=49)


def test_a_letter_that_was_held_up_by_a_busy_server_is_not_given_up_before_two_days() -> None:
    temporary = judge_refusal(450, "later")
    assert next_try(temporary, 100, YOUNG) == timedelta(hours=4)
    assert next_try(temporary, 100, OLD) is None
    assert next_try(temporary, 1, OLD) == timedelta(minutes=1)


def test_what_is_taken_for_spam_is_tried_a_few_times_only() -> None:
    suspect = judge_refusal(554, "DT:SPM")
    assert next_try(suspect, SUSPECT_TRIES - 1, YOUNG) == timedelta(hours=2)
    assert next_try(suspect, SUSPECT_TRIES, YOUNG) is None


@pytest.mark.parametrize("kind", [Kind.BUSY, Kind.ACCOUNT])
def test_what_is_not_the_fault_of_the_letter_never_gives_it_up(kind: Kind) -> None:
    assert next_try(Refusal(kind, 900, ""), 1000, OLD) == timedelta(seconds=900)


def test_a_permanent_refusal_is_final_and_a_lost_connection_is_not() -> None:
    assert next_try(judge_refusal(550, "no such user"), 1, YOUNG) is None
    assert next_try(LOST, 1, YOUNG) == timedelta(minutes=1)


@given(st.sampled_from(list(Kind)), st.integers(0, 100), st.timedeltas(timedelta(), timedelta(days=9)))
def test_a_wait_is_never_shorter_than_the_pause_asked_for(kind: Kind, tries: int, age: timedelta) -> None:
    wait = next_try(Refusal(kind, 700, ""), tries, age)
    assert wait is None or wait >= timedelta(seconds=700)
