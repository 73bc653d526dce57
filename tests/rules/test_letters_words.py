"""Sizes, times, names and subjects as people say them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.letter.words import count, deadline, fingerprint, line, moment, reply_subject, short_name, size
from tests.letters.invented import (
    CAMPAIGN,
    ROSTER,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2012, 9, 14, 23, 59, 59, tzinfo=SHANGHAI), "9月14日（星期五）24时前"),
        (datetime(2012, 9, 15, 0, 0, tzinfo=SHANGHAI), "9月14日（星期五）24时前"),
        (datetime(2012, 9, 14, 17, 0, tzinfo=SHANGHAI), "9月14日（星期五）17:00前"),
        (datetime(2012, 9, 14, 9, 0, tzinfo=UTC), "9月14日（星期五）17:00前"),
        (datetime(2013, 1, 6, 23, 59, tzinfo=SHANGHAI), "2013年1月6日（星期日）24时前"),
    ],
)
def test_a_deadline_is_said_in_full_with_its_weekday(at: datetime, said: str) -> None:
    assert deadline(at, CAMPAIGN) == said


def test_a_moment_is_said_in_local_time() -> None:
    assert moment(datetime(2012, 9, 10, 17, 5, tzinfo=UTC), CAMPAIGN) == "9月11日 01:05"


@pytest.mark.parametrize(
    ("octets", "said"),
    [(1, "1 KB"), (38_000, "38 KB"), (1024, "1 KB"), (60 * 1024 * 1024, "60 MB"), (2_700_000, "2.6 MB")],
)
def test_a_size_is_rounded_so_that_nothing_is_empty(octets: int, said: str) -> None:
    assert size(octets) == said


def test_a_fingerprint_is_two_groups_of_four() -> None:
    assert fingerprint("9f2c41aa" + "0" * 56) == "9f2c-41aa"


def test_small_numbers_are_counted_as_people_do() -> None:
    assert [count(n) for n in (1, 2, 10, 11)] == ["一", "两", "十", "11"]


@pytest.mark.parametrize(
    ("written", "answered"),
    [
        ("总结", "Re: 总结"),
        ("Re: 总结", "Re: 总结"),
        ("RE：回复: 答复：Re[2]: 总结", "Re: 总结"),
        ("转发：总结", "Re: 转发：总结"),
        ("Research 总结", "Re: Research 总结"),
        ("", "Re: 【创先争优总结】材料"),
        (" Re: ", "Re: 【创先争优总结】材料"),
    ],
)
def test_an_answer_keeps_the_subject_with_one_re(written: str, answered: str) -> None:
    assert reply_subject(written, CAMPAIGN) == answered


def test_a_subject_for_no_campaign_is_still_one() -> None:
    assert reply_subject("", None) == "Re: 您的来信"


def test_a_long_name_keeps_its_ending() -> None:
    shown = line("很" * 200 + ".docx")
    assert len(shown) == 60
    assert shown.endswith(".docx")


@pytest.mark.parametrize(
    ("written", "shown"),
    [("a\u202etxt.exe", "atxt.exe"), ("a\r\nBcc: x", "a Bcc: x"), ("\ud800", "（无名）"), ("a\x00b", "ab")],
)
def test_what_cannot_be_seen_is_left_out(written: str, shown: str) -> None:
    assert line(written) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [("0101", "学生第一党支部"), ("0202", "教工党支部"), ("09", "图书馆直属党支部"), ("01", "计算机学院党总支")],
)
def test_branches_among_sisters_drop_the_name_of_the_college(code: str, shown: str) -> None:
    assert short_name(ROSTER.unit(code), ROSTER) == shown
