"""Bytes to text when the label lies: the charsets of Chinese mail, tried in one order everywhere."""

import codecs
import re
from encodings import normalize_encoding
from encodings.aliases import aliases

# What the label says, and what is meant by it: Chinese mailers write gb2312 and mean all that Windows can type.
_MEANT = {
    "gb2312": "gb18030",
    "gb_2312_80": "gb18030",
    "eucgb2312_cn": "gb18030",
    "euc_cn": "gb18030",
    "gbk": "gb18030",
    "x_gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "gb": "gb18030",
    "big5": "cp950",
    "big_5": "cp950",
    "x_x_big5": "cp950",
    "ks_c_5601_1987": "cp949",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "x_sjis": "cp932",
    "utf8mb4": "utf_8",
    "unicode_1_1_utf_8": "utf_8",
    "unicode_1_1_utf_7": "utf_7",
    "iso_8859_8_i": "iso8859_8",
    "x_mac_roman": "mac_roman",
    "macintosh": "mac_roman",
    "windows_874": "cp874",
    "windows_936": "gb18030",
    "hz_gb_2312": "hz",
}
# Labels that say nothing about 8-bit bytes.
_SILENT = frozenset({"", "ascii", "us_ascii", "unknown", "unknown_8bit", "x_unknown", "default", "binary", "none"})
# Only text codecs that Python lists itself: a codec is never looked up under a name that a stranger chose.
_KNOWN = (frozenset(aliases) | frozenset(aliases.values()) | {"cp874", "koi8_u"}) - {
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "mbcs",
    "oem",
}
_LATIN = frozenset({"latin_1", "cp1252", "iso8859_15", "iso8859_1"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_PAIRS_ONLY = re.compile(rb"(?:[\x00-\x7f]++|(?=((?:[\xa1-\xf7][\xa1-\xfe]){2,}))\1)*")
_PAIR = re.compile(rb"[\x81-\xfe][\x30-\xfe]")
# GB 2312 (level 1 and 2, symbols), and the symbols and frequent characters of Big5.
_COMMON_GB = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_COMMON_BIG5 = re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]")
_TOLERATED = 0.05


def codec(charset: str | None) -> str | None:
    """The Python codec that a charset label means (RFC 2978 names and what mailers write), None when unknown."""
    name = normalize_encoding((charset or "").strip(" \t\"'").lower()[:40]).lower()
    if name in _SILENT:
        return None
    meant = _MEANT.get(name, name)
    if meant not in _KNOWN:
        return None
    try:
        return codecs.lookup(meant).name.replace("-", "_")
    except LookupError:
        return None


def decode(data: bytes, charset: str | None = None) -> str:
    """Text of `data`: by its label if that fits, else utf-8, gb18030, big5, and last with U+FFFD for what is broken."""
    labelled = codec(charset)
    if labelled in _LATIN:
        labelled = _latin(data, labelled)
    for name in (labelled, "utf_8"):
        text = _strict(data, name)
        if text is not None:
            return text
    for name in (labelled, "utf_8"):
        text = _almost(data, name)
        if text is not None:
            return text
    return _chinese(data)


def _chinese(data: bytes) -> str:
    """gb18030, then big5, then gaps. Both read nearly every pair of bytes, so what they give must look like writing."""
    mainland = _plausible(data, _COMMON_GB)
    text = _strict(data, "gb18030") if mainland else None
    if text is not None and not _PRIVATE.search(text):
        return text
    traditional = _strict(data, "cp950")
    if traditional is not None and _plausible(data, _COMMON_BIG5) and not _PRIVATE.search(traditional):
        return traditional
    return (_almost(data, "gb18030") if mainland else None) or data.decode("utf-8", "replace")


def _plausible(data: bytes, common: re.Pattern[bytes]) -> bool:
    """Whether at least half of the characters are common ones: a lone accented letter before a plain one is none."""
    pairs = _PAIR.findall(data)
    return 2 * sum(1 for pair in pairs if common.fullmatch(pair)) >= len(pairs)


def _latin(data: bytes, labelled: str | None) -> str | None:
    """Latin labels fit any bytes, so they prove nothing: what can be read as utf-8 or as GB 2312 pairs is that."""
    if _strict(data, "utf_8") is not None:
        return "utf_8"
    if not data.isascii() and _PAIRS_ONLY.fullmatch(data) and _HAN.search(_strict(data, "gb18030") or ""):
        return "gb18030"
    return labelled


def _strict(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(name)
    except (UnicodeError, ValueError, LookupError, AssertionError):
        return None


def _almost(data: bytes, name: str | None) -> str | None:
    """A text with a byte lost here and there is better read with gaps than guessed anew."""
    if name is None:
        return None
    try:
        text = data.decode(name, "replace")
    except (UnicodeError, ValueError, LookupError, AssertionError):
        return None
    gaps = text.count("\ufffd")
    right = sum(1 for character in text if ord(character) > 127) - gaps
    return text if right > 0 and gaps <= max(1, _TOLERATED * right) and right >= 2 * gaps else None


def restore(name: str) -> str:
    """Undo the commonest wrong readings, where certain: UTF-8 bytes shown as GBK (涓枃…) or as Latin-1 (ä¸­æ…).

    The wrong reading may have lost a character at an odd end; a gap (U+FFFD) then stands for it.
    """
    if name.isascii():
        return name
    for wrong in ("gb18030", "latin_1", "cp1252"):
        try:
            right = name.replace("\ufffd", "?").encode(wrong).decode("utf-8", "replace")
        except UnicodeError:
            continue
        chinese, gaps = len(_HAN.findall(right)), right.count("\ufffd")
        if chinese and 5 * gaps <= chinese and len(right) < len(name) and not _PRIVATE.search(right):
            return right
    return name
