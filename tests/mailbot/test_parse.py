"""Parts, text, headers: what a mail says, however it is built. People, units and addresses are invented."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.parse import parse
from rules.model import Address, Mail

SAMPLES = Path(__file__).parents[1] / "mail"


def b64(text: str, charset: str) -> str:
    return base64.b64encode(text.encode(charset)).decode("ascii")


def with_part(*fields: bytes, body: bytes = b"data") -> Mail:
    """A mail with a text and one more part that has these fields."""
    return parse(
        b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n"
        b"--b\r\n" + b"\r\n".join(fields) + b"\r\n\r\n" + body + b"\r\n--b--\r\n"
    )


def test_a_nameless_part_gets_a_name_by_what_it_is() -> None:
    fields = (b"Content-Type: application/pdf", b"Content-Disposition: attachment")
    assert [file.name for file in with_part(*fields, body=b"%PDF-1.4\n%%EOF").files] == ["无名附件1.pdf"]
    assert [file.name for file in with_part(b"Content-Type: application/x-thing").files] == ["无名附件1.bin"]
    unnamed = with_part(b"Content-Type: application/octet-stream", body=b"{\\rtf1 text}")
    assert [file.name for file in unnamed.files] == ["无名附件1.rtf"]


def test_a_mail_that_is_only_a_file_has_no_text() -> None:
    mail = parse(b'From: a@example.com\r\nContent-Type: application/msword; name="a.doc"\r\n\r\ndata')
    assert [(file.name, file.content) for file in mail.files] == [("a.doc", b"data")]
    assert mail.text == ""


def test_transfer_encodings_are_undone_also_where_misspelt() -> None:
    for label in (b"base64", b"BASE64", b" Base64 ", b"base64;"):
        fields = (b"Content-Type: application/msword; name=a.doc", b"Content-Transfer-Encoding: " + label)
        (file,) = with_part(*fields, body=base64.b64encode(b"\x00binary")).files
        assert file.content == b"\x00binary", label


def test_broken_base64_gives_what_it_holds() -> None:
    fields = (b"Content-Type: application/msword; name=a.doc", b"Content-Transfer-Encoding: base64")
    whole = base64.b64encode(b"first piece")
    for body, expected in (
        (whole + b"\r\n" + base64.b64encode(b" and second"), b"first piece and second"),
        (base64.b64encode(b"abc") + b"Q", b"abc"),
        (whole + b"\r\n\r\n-- \r\na footer of a list", b"first piece"),
        (whole.rstrip(b"="), b"first piece"),
    ):
        (file,) = with_part(*fields, body=body).files
        assert file.content == expected


def test_uuencoded_files_in_the_text_are_files() -> None:
    text = b"here it is\r\n\r\nbegin 644 report.txt\r\n#0V%T\r\n`\r\nend\r\nbye\r\n"
    mail = parse(b"From: a@example.com\r\n\r\n" + text)
    assert [(file.name, file.content) for file in mail.files] == [("report.txt", b"Cat")]
    assert "#0V%T" not in mail.text
    assert "bye" in mail.text


def test_an_attached_mail_is_a_file_named_by_its_subject() -> None:
    inner = f"From: b@example.com\r\nSubject: =?utf-8?B?{b64('转/发', 'utf-8')}?=\r\n\r\ninner text\r\n".encode()
    (file,) = with_part(b"Content-Type: message/rfc822", body=inner).files
    assert (file.name, file.content_type) == ("转／发.eml", "message/rfc822")
    assert parse(file.content).text == "inner text"


def test_of_alternatives_the_plain_text_is_read_unless_it_is_blank() -> None:
    def alternatives(plain: bytes) -> Mail:
        return parse(
            b"From: a@example.com\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
            b"--b\r\nContent-Type: text/plain\r\n\r\n" + plain + b"\r\n"
            b"--b\r\nContent-Type: text/html\r\n\r\n<p>rich <a href='https://example.com/x'>here</a>\r\n--b--"
        )

    assert alternatives(b"plain").text == "plain"
    assert alternatives(b" \r\n").text == "rich here"
    assert alternatives(b"plain").links == ("https://example.com/x",)


def test_html_is_read_as_it_is_seen() -> None:
    html = (
        "<html><head><title>no</title><style>p{}</style></head><body><!-- no --><script>alert(1)</script>"
        "<p>您好：</p><div>附件是总结<br>请查收</div><div style='display:none'>hidden</div>"
        "<table><tr><td>一</td><td>二</td></tr></table><blockquote type=cite>原来的话<br>两行</blockquote></html>"
    )
    mail = parse(b"From: a@example.com\r\nContent-Type: text/html; charset=gb2312\r\n\r\n" + html.encode("gbk"))
    lines = [line for line in mail.text.splitlines() if line]
    assert lines == ["您好：", "附件是总结", "请查收", "一 二", "> 原来的话", "> 两行"]


def test_a_picture_that_the_html_shows_is_inline() -> None:
    mail = parse(
        b"From: a@example.com\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<img src='cid:logo@x'>\r\n"
        b"--b\r\nContent-Type: image/gif; name=logo.gif\r\nContent-ID: <logo@x>\r\n\r\nGIF89a\r\n"
        b"--b\r\nContent-Type: image/gif; name=photo.gif\r\nContent-ID: <photo@x>\r\n\r\nGIF89a\r\n--b--\r\n"
    )
    assert [(file.name, file.inline) for file in mail.files] == [("logo.gif", True), ("photo.gif", False)]


def test_headers_addresses_ids_and_the_date_are_read() -> None:
    mail = parse(
        b"From: =?gb2312?B?" + b64("张三, 办公室", "gbk").encode() + b"?= <ZhangSan@Example.COM>\r\n"
        b'Reply-To: "=?utf-8?B?' + b64("李四", "utf-8").encode() + b'?=" <li@example.com>\r\n'
        b'To: "Last, First" <a@example.com>, b@example.com (a comment)\r\n'
        + "Cc: 王五 <w@example.com>\r\n".encode("gbk")
        + b"Date: Mon, 10 Sep 2012 16:42:00 +0800\r\nMessage-ID:\r\n <1@example.com>\r\n"
        b"In-Reply-To: your mail <0@example.com>\r\nReferences: <a@b> <0@example.com>\r\n <a@b>\r\n"
        b"X-Odd: \x00 1\r\n\r\n"
    )
    assert mail.sender == Address("张三, 办公室", "zhangsan@example.com")
    assert mail.reply_to == (Address("李四", "li@example.com"),)
    assert [to.address for to in mail.to] == ["a@example.com", "b@example.com"]
    assert mail.to[0].name == "Last, First"
    assert mail.cc == (Address("王五", "w@example.com"),)
    assert mail.date == datetime(2012, 9, 10, 8, 42, tzinfo=UTC)
    assert mail.message_id == "1@example.com"
    assert mail.in_reply_to == ("0@example.com",)
    assert mail.references == ("a@b", "0@example.com")
    assert [name for name, _ in mail.headers][:2] == ["from", "reply-to"]
    assert mail.header("X-Odd") == "1"


@pytest.mark.parametrize("value", ["", "yesterday", "Mon, 99 Sep 2012 99:99:99 +9999", "1 Jan 99999 00:00:00 +0000"])
def test_a_date_that_is_none_is_none(value: str) -> None:
    assert parse(f"Date: {value}\r\n\r\n".encode()).date is None


def test_a_field_with_a_space_in_its_name_does_not_hide_the_attachments() -> None:
    mail = parse(
        b"From: a@example.com\r\nX-Virus Scanned: by gateway\r\n\tand more\r\n"
        b"Content-Type: application/msword; name=a.doc\r\n\r\nX-Kept too: data"
    )
    assert [(file.name, file.content) for file in mail.files] == [("a.doc", b"X-Kept too: data")]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.eml")), ids=lambda path: path.stem)
def test_every_sample_in_the_folder_gives_text_or_files(path: Path) -> None:
    mail = parse(path.read_bytes())
    assert mail.sender.address.endswith((".example.edu.cn", "@example.com"))
    assert mail.text or mail.files
    assert "\ufffd" not in mail.subject + mail.text
