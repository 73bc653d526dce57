"""File names out of BODYSTRUCTURE, as imapclient hands it on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.imap.structure import file_names, has_attachment

TEXT = (b"text", b"plain", (b"charset", b"utf-8"), None, None, b"7bit", 5, 1, None, None, None)
HTML = (b"TEXT", b"HTML", None, None, None, b"7bit", 5, 1)


def part(kind: tuple[bytes, bytes], names: object = None, disposition: object = None) -> tuple[object, ...]:
    return (*kind, names, None, None, b"base64", 9, None, disposition, None, None)


WORD = (b"application", b"msword")
ENVELOPE = (None,) * 10


@pytest.mark.parametrize(
    ("structure", "names"),
    [
        (part(WORD, (b"name", b"a.doc")), ("a.doc",)),
        (part(WORD, (b"name", b"a.doc"), (b"attachment", (b"filename", b"b.doc"))), ("b.doc",)),
        (part(WORD, (b"NAME", b"=?gb2312?B?1eLKxw==?=.doc")), ("这是.doc",)),
        (part(WORD, None, (b"inline", (b"FILENAME", "总结.doc".encode("gb18030")))), ("总结.doc",)),
        (part(WORD, None, (b"attachment", (b"filename*", b"utf-8''%E6%80%BB.doc"))), ("总.doc",)),
        (part(WORD, None, (b"attachment", (b"filename*0", b"long", b"filename*1", b"er.doc"))), ("longer.doc",)),
        (part(WORD, (b"name", b'say "a".doc')), ('say "a".doc',)),
        (([part(WORD, (b"name", b"a.doc")), TEXT, part(WORD, (b"name", b"b.doc"))], b"mixed"), ("a.doc", "b.doc")),
        ((part(WORD, (b"name", b"a.doc")), TEXT, b"mixed"), ("a.doc",)),
        (
            (b"message", b"rfc822", None, None, None, b"7bit", 9, ENVELOPE, part(WORD, (b"name", b"in.doc")), 3),
            ("in.doc",),
        ),
        (TEXT, ()),
        (part(WORD), ()),
    ],
)
def test_names_are_found_and_decoded(structure: object, names: tuple[str, ...]) -> None:
    assert file_names(structure) == names


@pytest.mark.parametrize("structure", [TEXT, HTML, ([TEXT, HTML], b"alternative", None)])
def test_words_alone_are_no_attachment(structure: object) -> None:
    assert not has_attachment(structure)


@pytest.mark.parametrize(
    "structure",
    [
        part(WORD),
        ([TEXT, part((b"image", b"png"))], b"related"),
        part((b"text", b"plain"), (b"name", b"a.txt")),
        ([TEXT, ([TEXT, part((b"application", b"octet-stream"))], b"mixed")], b"mixed"),
    ],
)
def test_anything_else_is_one_named_or_not(structure: object) -> None:
    assert has_attachment(structure)


words = st.none() | st.integers(-5, 10**9) | st.binary(max_size=30)
structures = st.recursive(
    words, lambda inner: st.lists(inner, max_size=9).map(tuple) | st.lists(inner, max_size=4), max_leaves=40
)


@given(structures)
def test_no_structure_is_too_odd(structure: object) -> None:
    assert all(file_names(structure))
    assert has_attachment(structure) in (True, False)


def test_a_structure_without_end_is_cut_off() -> None:
    structure: tuple[object, ...] = part(WORD, (b"name", b"a.doc"))
    for _ in range(5000):
        structure = ([structure], b"mixed")
    assert file_names(structure) == ()
