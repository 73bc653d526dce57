"""The fonts of a document's theme (ECMA-376 part 1, 20.1.4.1.16) for East-Asian text."""

from collections.abc import Mapping

from lxml import etree

from rules.ooxml.elements import DRAWING, W

_SCRIPTS = {"zh-tw": "Hant", "zh-hk": "Hant", "zh-mo": "Hant", "zh-hant": "Hant", "ja": "Jpan", "ko": "Hang"}
"""Language of the East-Asian text (w:themeFontLang) to the script that its font stands under; all else is Hans."""


def theme_fonts(theme: etree._Element | None, settings: etree._Element | None) -> Mapping[str, str]:
    """Font by the name that w:eastAsiaTheme gives it: minorEastAsia, majorEastAsia, minorHAnsi, majorAscii …"""
    fonts: dict[str, str] = {}
    if theme is None:
        return fonts
    script = _script(settings)
    for size in ("major", "minor"):
        collection = next(theme.iter(f"{DRAWING}{size}Font"), None)
        if collection is None:
            continue
        latin, east = (_typeface(collection, name) for name in ("latin", "ea"))
        # An own choice stands in a:ea; Office's themes leave it empty and list a font for each script.
        east = east or _of_script(collection, script)
        named = {"EastAsia": east, "Ascii": latin, "HAnsi": latin, "Bidi": _typeface(collection, "cs")}
        fonts.update({f"{size}{role}": font for role, font in named.items() if font})
    return fonts


def _script(settings: etree._Element | None) -> str:
    language = next(settings.iter(f"{W}themeFontLang"), None) if settings is not None else None
    written = (language.get(f"{W}eastAsia") or "").lower() if language is not None else ""
    return _SCRIPTS.get(written) or _SCRIPTS.get(written[:2]) or "Hans"


def _typeface(collection: etree._Element, name: str) -> str:
    element = next(collection.iterchildren(f"{DRAWING}{name}"), None)
    return (element.get("typeface") or "").strip() if element is not None else ""


def _of_script(collection: etree._Element, script: str) -> str:
    for font in collection.iterchildren(f"{DRAWING}font"):
        if font.get("script") == script:
            return (font.get("typeface") or "").strip()
    return ""
