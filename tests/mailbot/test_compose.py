"""The message that goes out: readable by mail programs, threaded, and not to be broken by anything from outside."""

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.compose import compose, html_of, message_id_for, text_of
from rules.letters import daily
from rules.model import Case, Department, Enclosure, Letter, Refused
from rules.tracking import Figures
from tests.letters.invented import ARRIVED, CAMPAIGN, DEPARTMENT, NO_VALUE, ROSTER, Office, item, mail
from tests.letters.situations import SITUATIONS, answer
from tests.letters.situations_ours import SHEET

ID = message_id_for("ack:1", b"secret", "example.edu.cn")
NASTY = (
    "\r\nBcc: victim@example.com",
    "\n\n<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "{{ ''.__class__.__mro__ }}",
    "\u202efdp.tra\u2066",
    "=?utf-8?q?=0D=0ABcc:_x?=",
    '"><img src=x onerror=y>',
    "</div></td></tr></table>",
    "\ud800\udfff\x00\x1b[31m",
    "总结" * 400,
    "",
)
hostile = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.builds("".join, st.lists(st.sampled_from(NASTY))))


def parsed(letter: Letter, department: Department = DEPARTMENT) -> EmailMessage:
    return email.message_from_bytes(compose(letter, department, ID, ARRIVED), policy=email.policy.default)


def words_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return part.get_content()


def test_an_answer_carries_what_keeps_it_in_its_thread_and_out_of_loops() -> None:
    message = parsed(SITUATIONS["complete"]())
    assert message["Message-ID"] == f"<{ID}>"
    assert message["In-Reply-To"] == "<m1@mail.example.com>"
    assert message["References"] == "<m0@mail.example.com> <m1@mail.example.com>"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["From"] == "中共示例学院委员会组织部 <zuzhib@example.edu.cn>"
    assert message["To"] == "jsj@example.edu.cn"
    assert message["Reply-To"] == "zuzhib@example.edu.cn"
    assert message["Date"] == "Mon, 10 Sep 2012 16:42:00 +0800"


def test_a_letter_of_our_own_answers_nothing() -> None:
    message = parsed(SITUATIONS["reminder"]())
    assert message["In-Reply-To"] is None
    assert message["References"] is None
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_letter_is_a_sound_message(name: str) -> None:
    letter = SITUATIONS[name]()
    raw = compose(letter, DEPARTMENT, ID, ARRIVED)
    _assert_fit_for_smtp(raw)
    message = parsed(letter)
    assert not [part.defects for part in message.walk() if part.defects]
    assert message["Subject"] == letter.subject
    assert words_of(message, "plain").replace("\r\n", "\n") == text_of(letter, DEPARTMENT)
    assert words_of(message, "html").replace("\r\n", "\n") == html_of(letter, DEPARTMENT)


def test_an_enclosure_arrives_whole_and_is_named_in_both_ways() -> None:
    name = "台账（截至9月10日17时30分）.xlsx"
    letter = replace(SITUATIONS["daily"](), enclosures=(replace(SHEET, name=name, content=bytes(range(256)) * 40),))
    (part,) = parsed(letter).iter_attachments()
    assert part.get_filename() == name
    assert part.get_payload(decode=True) == bytes(range(256)) * 40
    raw = compose(letter, DEPARTMENT, ID, ARRIVED).decode("ascii")
    assert re.search(r'\n name="=\?utf-8\?b\?[^"\r\n]+\?="', raw)
    assert re.search(r'\n filename="=\?utf-8\?b\?[^"\r\n]+\?=";\r\n filename\*=utf-8\'\'%E5', raw)


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = SITUATIONS["daily"]()
    assert compose(letter, DEPARTMENT, ID, ARRIVED) == compose(letter, DEPARTMENT, ID, ARRIVED)


def test_a_message_id_is_stable_unguessable_and_one_per_key() -> None:
    assert message_id_for("ack:1", b"secret", "example.edu.cn") == ID
    assert message_id_for("ack:2", b"secret", "example.edu.cn") != ID
    assert message_id_for("ack:1", b"other", "example.edu.cn") != ID
    assert re.fullmatch(r"[0-9a-f]{40}@example\.edu\.cn", ID)
    with pytest.raises(ValueError, match="secret"):
        message_id_for("ack:1", b"", "example.edu.cn")


def test_a_long_thread_keeps_its_first_and_latest() -> None:
    thread = tuple(f"{number}@example.com" for number in range(40))
    references = parsed(replace(SITUATIONS["complete"](), thread=thread))["References"].split()
    assert len(references) == 10
    assert references[0] == "<0@example.com>"
    assert references[-1] == "<m1@mail.example.com>"


@pytest.mark.parametrize(
    "address", ["a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", "", "部@例.cn"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        compose(replace(SITUATIONS["complete"](), to=(address,)), DEPARTMENT, ID, ARRIVED)


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        compose(SITUATIONS["complete"](), DEPARTMENT, ID, ARRIVED.replace(tzinfo=None))


@settings(max_examples=40, deadline=None)
@given(name=hostile, subject=hostile, reason=hostile, thread=hostile)
def test_nothing_that_a_sender_writes_breaks_an_answer(name: str, subject: str, reason: str, thread: str) -> None:
    quoting = replace(NO_VALUE, message=reason, where=name)
    office = Office().take(item(name, "0101", quoting), item(f"{name}2", None, candidates=("0101",)))
    about = replace(mail(subject), message_id=thread, references=(thread, "m0@mail.example.com"))
    letter = answer(office, about=about, ignored=(Refused(name, reason, (name,)),), cloud=(reason,))
    _assert_harmless(letter)


@settings(max_examples=40, deadline=None)
@given(name=hostile, subject=hostile, detail=hostile)
def test_nothing_that_a_sender_writes_breaks_the_daily_letter(name: str, subject: str, detail: str) -> None:
    case = Case(1, "unsure", subject, name, ARRIVED, detail, units=("0101",))
    sheet = Enclosure(name, detail, b"x")
    letter = daily(CAMPAIGN, ROSTER, DEPARTMENT, Figures(ARRIVED, 1, 2, 3, cases=(case,)), sheet)
    _assert_harmless(replace(letter, subject=subject))


def test_words_of_others_are_never_template_code() -> None:
    words = text_of(answer(Office().take(item("{{ 7 * 7 }}{% if 1 %}.docx", "0101")), ("0101",)), DEPARTMENT)
    assert "{{ 7 * 7 }}{% if 1 %}.docx" in words
    assert "49" not in words


def _assert_harmless(letter: Letter) -> None:
    raw = compose(letter, DEPARTMENT, ID, ARRIVED)
    _assert_fit_for_smtp(raw)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert set(message.keys()) <= {
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "X-Auto-Response-Suppress", "Content-Language", "Content-Type", "MIME-Version",
    }  # fmt: skip
    page = html_of(letter, DEPARTMENT)
    tags = set(re.findall(r"<(/?[a-z!]+)", page.lower()))
    assert {tag.strip("/") for tag in tags} <= {
        "!doctype", "html", "head", "meta", "title", "body", "table", "tbody", "tr", "td", "div", "span",
    }  # fmt: skip
    for words in (page, text_of(letter, DEPARTMENT)):
        assert not re.search(
            "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", words
        )


def _assert_fit_for_smtp(raw: bytes) -> None:
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
