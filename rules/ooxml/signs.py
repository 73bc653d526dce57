"""Signs that Word keeps as elements of their own: tabs, line breaks, hyphens, characters of symbol fonts."""

from rules.ooxml.elements import W

SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# The boxes and ticks of forms, which Word writes in Wingdings; other pictures of symbol fonts are no text.
_TICKS = {
    ("wingdings", 0x6F): "□", ("wingdings", 0xA8): "□", ("wingdings", 0xFB): "×", ("wingdings", 0xFC): "√",
    ("wingdings", 0xFD): "☒", ("wingdings", 0xFE): "☑", ("wingdings 2", 0x50): "√", ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0x53): "☒", ("wingdings 2", 0xA3): "□",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """A w:sym (17.3.3.30): its code is a character, or, from F000 on, a place in a symbol font."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _TICKS.get((font.strip().lower(), number - 0xF000), "")
    return "" if 0xE000 <= number <= 0xF8FF or not 0x20 <= number < 0xD800 else chr(number)
