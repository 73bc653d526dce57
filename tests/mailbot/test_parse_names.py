"""Chinese subjects and file names in every spelling that mailers have found. People and units are invented."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.mime.parts import MAX_NAME
from mailbot.parse import parse
from rules.model import Mail

TITLE = "学生第一党支部创先争优活动总结"
NAME = TITLE + ".doc"


def b64(text: str, charset: str) -> str:
    return base64.b64encode(text.encode(charset)).decode("ascii")


def q(text: str, charset: str) -> str:
    return "".join(f"={byte:02X}" for byte in text.encode(charset))


def percent(text: str, charset: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode(charset))


def with_subject(value: bytes) -> Mail:
    return parse(b"From: a@example.com\r\nSubject: " + value + b"\r\n\r\ntext\r\n")


def with_part(*fields: bytes, body: bytes = b"data") -> Mail:
    """A mail with a text and one more part that has these fields."""
    return parse(
        b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n"
        b"--b\r\n" + b"\r\n".join(fields) + b"\r\n\r\n" + body + b"\r\n--b--\r\n"
    )


SPLIT = b64(TITLE, "gb18030")
SUBJECTS = {
    "raw UTF-8": TITLE.encode(),
    "raw GBK": TITLE.encode("gbk"),
    "GBK, Base64": f"=?gbk?B?{b64(TITLE, 'gbk')}?=".encode(),
    "quoted-printable": f"=?UTF-8?Q?{q(TITLE, 'utf-8')}?=".encode(),
    "lower case": f"=?utf-8?b?{b64(TITLE, 'utf-8')}?=".encode(),
    "two words": f"=?utf-8?B?{b64(TITLE[:4], 'utf-8')}?=\r\n =?UTF-8?B?{b64(TITLE[4:], 'utf-8')}?=".encode(),
    "words that touch": f"=?utf-8?B?{b64(TITLE[:4], 'utf-8')}?==?UTF-8?B?{b64(TITLE[4:], 'utf-8')}?=".encode(),
    "words of Q and B": f"=?utf-8?Q?{q(TITLE[:4], 'utf-8')}?= =?utf-8?B?{b64(TITLE[4:], 'utf-8')}?=".encode(),
    "no padding": f"=?gb18030?B?{SPLIT.rstrip('=')}?=".encode(),
    "a space inside": f"=?gb18030?B?{SPLIT[:9]} {SPLIT[9:]}?=".encode(),
    "folded inside": f"=?gb18030?B?{SPLIT[:8]}\r\n {SPLIT[8:]}?=".encode(),
    "Base64 cut anywhere": f"=?gb18030?B?{SPLIT[:9]}?=\r\n =?gb18030?B?{SPLIT[9:]}?=".encode(),
    "a language tag": f"=?utf-8*zh?B?{b64(TITLE, 'utf-8')}?=".encode(),
    "an unknown charset": f"=?x-unheard-of?B?{b64(TITLE, 'utf-8')}?=".encode(),
    "no charset that says anything": f"=?unknown-8bit?B?{b64(TITLE, 'gbk')}?=".encode(),
    "UTF-8 that is called ASCII": f"=?us-ascii?B?{b64(TITLE, 'utf-8')}?=".encode(),
    "GBK that is called Latin-1": f"=?iso-8859-1?Q?{q(TITLE, 'gbk')}?=".encode(),
    "Python's own name for GB 2312": f"=?eucgb2312_cn?B?{b64(TITLE, 'gbk')}?=".encode(),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_a_chinese_subject_is_read(case: str) -> None:
    assert with_subject(SUBJECTS[case]).subject == TITLE


def test_words_split_inside_a_character_are_joined_first() -> None:
    data = TITLE.encode("utf-8")
    halves = [base64.b64encode(part).decode() for part in (data[:10], data[10:])]
    assert with_subject(f"=?utf-8?B?{halves[0]}?=\r\n =?utf-8?B?{halves[1]}?=".encode()).subject == TITLE


def test_gb2312_labels_carry_what_only_gb18030_has() -> None:
    assert with_subject(f"=?gb2312?B?{b64('朱镕基，喆，㐂', 'gb18030')}?=".encode()).subject == "朱镕基，喆，㐂"


def test_one_character_outside_of_gb2312_in_a_long_text_leaves_no_gap() -> None:
    text = TITLE * 3 + "朱镕基" + TITLE
    assert with_subject(f"=?gb2312?B?{b64(text, 'gbk')}?=".encode()).subject == text


def test_a_lone_accented_letter_is_no_chinese_character() -> None:
    assert with_subject(b"Dij\xe9at, caf\xe9s").subject == "Dij\ufffdat, caf\ufffds"


def test_big5_without_a_label_is_read() -> None:
    assert with_subject("黨支部活動總結報告".encode("big5")).subject == "黨支部活動總結報告"


def test_broken_utf8_keeps_what_is_whole() -> None:
    assert with_subject(TITLE.encode() + b"\xe6\x80").subject.startswith(TITLE)


def test_latin_text_is_not_read_as_chinese() -> None:
    assert with_subject(b"=?iso-8859-1?Q?r=E9sum=E9 =FCber?=").subject == "résumé über"


@pytest.mark.parametrize("value", [b"", b"=?", b"=?utf-8?B?", b"=?utf-8?X?aa?=", b"=?idna?Q?a?=", b"a=?=b", b"??=?="])
def test_what_is_no_encoded_word_stays(value: bytes) -> None:
    assert with_subject(value).subject in (value.decode(), "a")


FILE_NAMES = {
    "raw UTF-8": (f'Content-Disposition: attachment; filename="{NAME}"'.encode(),),
    "raw GBK": (f'Content-Disposition: attachment; filename="{NAME}"'.encode("gbk"),),
    "QQ: both, GB 18030": (
        f'Content-Type: application/octet-stream;\r\n\tname="=?gb18030?B?{b64(NAME, "gb18030")}?="'.encode(),
        f'Content-Disposition: attachment; filename="=?gb18030?B?{b64(NAME, "gb18030")}?="'.encode(),
    ),
    "Foxmail: GB2312": (
        f'Content-Type: application/octet-stream;\r\n\tname="=?GB2312?B?{b64(NAME, "gbk")}?="'.encode(),
        b"Content-Disposition: attachment",
    ),
    "an empty filename, only a name": (
        f'Content-Type: application/msword; name="=?utf-8?B?{b64(NAME, "utf-8")}?="'.encode(),
        b'Content-Disposition: attachment; filename=""',
    ),
    "RFC 2231, UTF-8": (f"Content-Disposition: attachment; filename*=UTF-8''{percent(NAME, 'utf-8')}".encode(),),
    "RFC 2231, GBK": (f"Content-Disposition: attachment; filename*=gb2312'zh-cn'{percent(NAME, 'gbk')}".encode(),),
    "RFC 2231, no charset": (f"Content-Disposition: attachment; filename*=''{percent(NAME, 'gbk')}".encode(),),
    "RFC 2231, continued": (
        f"Content-Disposition: attachment;\r\n filename*0*=utf-8''{percent(NAME[:5], 'utf-8')};\r\n"
        f" filename*1*={percent(NAME[5:15], 'utf-8')};\r\n filename*2=.doc".encode(),
    ),
    "RFC 2231, out of order": (
        f"Content-Disposition: attachment; filename*1*={percent(NAME[5:], 'utf-8')};"
        f" filename*0*=utf-8''{percent(NAME[:5], 'utf-8')}".encode(),
    ),
    "RFC 2231, cut inside a character": (
        f"Content-Disposition: attachment; filename*0*=utf-8''{percent(NAME, 'utf-8')[:15]};"
        f" filename*1*={percent(NAME, 'utf-8')[15:]}".encode(),
    ),
    "an encoded word over two continuations": (
        f'Content-Disposition: attachment; filename*0="=?utf-8?B?{b64(NAME, "utf-8")[:20]}";'
        f' filename*1="{b64(NAME, "utf-8")[20:]}?="'.encode(),
    ),
    "an encoded word in RFC 2231": (
        f"Content-Disposition: attachment; filename*=utf-8''%3D%3Futf-8%3FB%3F{b64(NAME, 'utf-8')}%3F%3D".encode(),
    ),
    "percent signs in a plain one": (f"Content-Disposition: attachment; filename={percent(NAME, 'utf-8')}".encode(),),
    "no quotes": (f"Content-Disposition: attachment; filename=学生第一党支部 {TITLE[7:]}.doc".encode(),),
    "UTF-8 read as Latin-1": (
        f'Content-Disposition: attachment; filename="{NAME.encode().decode("latin-1")}"'.encode(),
    ),
    "a path of Windows": (f'Content-Disposition: attachment; filename="C:\\报告\\{NAME}"'.encode(),),
    "a path of Unix": (f'Content-Disposition: attachment; filename="../../etc/{NAME}"'.encode(),),
    "a broken filename beside a good name": (
        f'Content-Type: application/msword; name="=?utf-8?B?{b64(NAME, "utf-8")}?="'.encode(),
        b'Content-Disposition: attachment; filename="a\xff\xfe\xff.doc"',
    ),
    "inline": (f'Content-Disposition: inline; filename="{NAME}"'.encode(),),
    "no disposition": (f'Content-Type: application/octet-stream; name="{NAME}"'.encode(),),
    "text with a name": (f'Content-Type: text/plain; name="{NAME}"'.encode(),),
    "a short name that QQ would call tcmime": (
        f"Content-Type: application/octet-stream;\r\n name*=utf-8''{percent(NAME, 'utf-8')}".encode(),
        b'Content-Disposition: attachment; filename="=?utf-8?Q??="',
    ),
}


@pytest.mark.parametrize("case", FILE_NAMES)
def test_a_chinese_file_name_is_read(case: str) -> None:
    (file,) = with_part(*FILE_NAMES[case]).files
    assert file.name.replace(" ", "") == NAME if case == "no quotes" else file.name == NAME
    assert file.content == b"data"


def test_a_backslash_that_is_half_a_character_is_no_path() -> None:
    """乗, 昞 and others end in 0x5C in GBK."""
    (file,) = with_part('Content-Disposition: attachment; filename="昞乗总结.doc"'.encode("gbk")).files
    assert file.name == "昞乗总结.doc"


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("中文测试.docx".encode().decode("gb18030"), "中文测试.docx"),
        ("学生支部总结.doc".encode().decode("gb18030"), "学生支部总结.doc"),
        # An odd number of bytes: the last one went with the full stop.
        ("第一学生支部总结.doc".encode()[:24].decode("gb18030") + ".doc", "第一学生支部总结.doc"),
        ("学生第一党支部创先争优总结".encode().decode("gb18030", "replace"), "学生第一党支部创先争优\ufffd?\ufffd结"),
        ("联通公司党支部.doc", "联通公司党支部.doc"),
        ("鹤鸣.doc", "鹤鸣.doc"),
    ],
)
def test_utf8_that_was_read_as_gbk_is_read_anew(shown: str, meant: str) -> None:
    (file,) = with_part(f'Content-Disposition: attachment; filename="{shown}"'.encode()).files
    assert file.name == meant


def test_a_name_is_shown_without_tricks_and_not_endlessly() -> None:
    (file,) = with_part('Content-Disposition: attachment; filename="总结\u202ecod.exe"'.encode()).files
    assert file.name == "总结cod.exe"
    (file,) = with_part(f'Content-Disposition: attachment; filename="{"长" * 900}.docx"'.encode()).files
    assert len(file.name) == MAX_NAME
    assert file.name.endswith("….docx")


@given(st.text(alphabet=st.characters(codec="gb18030", categories=("L", "N")), min_size=1, max_size=60))
def test_what_our_peers_encode_we_decode(text: str) -> None:
    for charset in ("utf-8", "gb18030"):
        assert with_subject(f"=?{charset}?B?{b64(text, charset)}?=".encode()).subject == text
        assert with_subject(f"=?{charset}?Q?{q(text, charset)}?=".encode()).subject == text
