"""Mail that wants to exhaust or to break us: what is cut is said, nothing raises."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.mime.parts import MAX_DEPTH, MAX_PARTS
from mailbot.parse import MAX_SUBJECT, parse
from rules.model import Mail


def with_subject(value: bytes) -> Mail:
    return parse(b"From: a@example.com\r\nSubject: " + value + b"\r\n\r\ntext\r\n")


def nested(levels: int, kind: bytes) -> bytes:
    parts = (
        b"Content-Type: multipart/%s; boundary=b%d\r\n\r\n--b%d\r\n" % (kind, level, level) for level in range(levels)
    )
    return (
        b"From: a@example.com\r\nSubject: deep\r\n"
        + b"".join(parts)
        + b"Content-Type: text/plain; name=a.txt\r\n\r\n"
        + b"line\r\n" * 100
    )


def test_ten_thousand_parts_are_cut_and_said_to_be() -> None:
    part = b"--b\r\nContent-Type: text/plain; name=a.txt\r\n\r\nx\r\n"
    mail = parse(b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 10_000)
    assert len(mail.files) == MAX_PARTS - 1
    assert any("parts" in defect for defect in mail.defects)


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 300, 5_000])
def test_deep_nesting_is_cut_and_said_to_be(levels: int) -> None:
    mail = parse(nested(levels, b"mixed"))
    assert mail.subject == "deep"
    assert mail.files == ()
    assert any("nested" in defect or "structure" in defect for defect in mail.defects)
    assert parse(nested(5, b"mixed")).files


def test_attached_mails_inside_each_other_without_end_are_survived() -> None:
    parse(b"Content-Type: message/rfc822\r\n\r\n" * 5_000)
    parse(b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n" % number for number in range(9_000)))


def test_boundaries_times_lines_are_bounded() -> None:
    mail = parse(nested(800, b"mixed") + b"\r\n" * 200_000)
    assert mail.subject == "deep"
    assert any("only the headers" in defect for defect in mail.defects)


def test_a_subject_of_a_megabyte_is_clipped() -> None:
    for value in (b"a" * 1_000_000, b"=?utf-8?B?5a2m?= " * 60_000, b"=?a?b? " * 140_000, b"\xd6\xd0" * 500_000):
        mail = with_subject(value)
        assert len(mail.subject) <= MAX_SUBJECT
        assert any("clipped" in defect for defect in mail.defects)


def test_endless_header_fields_are_cut() -> None:
    mail = parse(b"From: a@example.com\r\n" + b"X-A: b\r\n" * 50_000 + b"\r\ntext")
    assert len(mail.headers) <= 500
    assert mail.text == "text"


def test_html_that_wants_to_exhaust_us_is_survived() -> None:
    for html in (b"<div>" * 100_000, b"<b" * 100_000, b"&" * 100_000, b"<p><blockquote type=cite>" * 50_000):
        parse(b"From: a@example.com\r\nContent-Type: text/html\r\n\r\n" + html)


PIECES = [
    b"From: ", b"Subject: ", b"Content-Type: ", b"multipart/mixed; boundary=b", b"message/rfc822", b"text/html",
    b"\r\n", b"\n", b"--b", b"--b--", b"=?utf-8?B?", b"?=", b"gb2312'zh'", b"name*0*=", b"filename=", b'"', b"\xd6\xd0",
    b"\xff", b"<", b">", b"@", b"Content-Transfer-Encoding: base64", b"begin 644 a\r\n", b"end", b"charset=", b"utf-7",
    b"Date: ", b" ", b";", b"%E4%B8", b"\x00",
]  # fmt: skip


@given(st.binary(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join))
@example(b"Content-Type: text/plain; charset=\x00\r\n\r\nx")
@example(b"Content-Type: text/plain; charset=zlib\r\n\r\nx")
@example(b"Content-Type: text/plain; charset=unicode_escape\r\n\r\n\\d")
@example(b"Content-Type: text/plain\r\nContent-Transfer-Encoding: uuencode\r\n\r\nbegin 644 \xff\r\n\xff\xff\r\nend")
@example(b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff")
@example(b"Date: =?utf-8?B?????=\r\nFrom: <<<<@>>>>, (((\r\n\r\n")
def test_any_bytes_give_a_mail(raw: bytes) -> None:
    mail = parse(raw)
    assert mail.size == len(raw)
    assert all(file.name for file in mail.files)


@pytest.mark.parametrize("charset", [b'"a\0b"', b"undefined", b"*0*=utf-8''x; charset*1=y", b"hex"])
@pytest.mark.parametrize("encoding", [b"8bit", b"base64", b"x-unknown"])
def test_a_label_that_python_stumbles_over_costs_nothing_but_the_label(charset: bytes, encoding: bytes) -> None:
    head = b"From: a@example.com\r\nContent-Transfer-Encoding: " + encoding
    body = "总结".encode("gb18030") + b" =x"
    mail = parse(head + b"\r\nContent-Type: text/plain; charset=" + charset + b"\r\n\r\n" + body)
    assert encoding == b"base64" or "总结" in mail.text


@pytest.mark.parametrize("sign", [b"\x0b", b"\x0c", b"\x1c", b"\x1e"])
def test_an_attached_mail_with_a_field_inside_a_field_keeps_its_text(sign: bytes) -> None:
    """The standard library reads such a mail and then refuses to write it."""
    inner = b"X-Odd: a" + sign + b"List-Post: b\r\nSubject: inner\r\n\r\n" + "总结".encode()
    mail = parse(b"Subject: outer\r\nContent-Type: message/rfc822\r\n\r\n" + inner)
    assert [file.name for file in mail.files] == ["inner.eml"]
    assert "总结".encode() in mail.files[0].content
