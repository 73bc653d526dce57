"""The look of runs and paragraphs with all that they inherit: defaults, style, character style, own (17.7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from rules.layout.values import Values, over, paragraph_values, run_values
from rules.model.layout import Setting
from rules.ooxml.elements import W, child_of, value

_MAX_CHAIN = 20
_PLAIN_SIZE = 10.0
"""Points of text for which nothing names a size (17.3.2.38)."""
_LINE = 12.0
"""Points of a "line" in which spacing is counted, where the section has no grid."""
_AUTOMATIC = 14.0
"""Points that Word puts around a paragraph of a web page (w:beforeAutospacing)."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style and those that it is based on say."""

    runs: Values = field(default_factory=dict)
    paragraphs: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """Of a run: East-Asian font, size in points."""

    font: str | None
    size: float
    bold: bool
    hidden: bool


class Looks:
    """Resolves what w:rPr and w:pPr say, with the styles part and the fonts of the theme."""

    def __init__(self, styles: etree._Element | None, fonts: Mapping[str, str]) -> None:
        self._fonts = fonts
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._default: dict[str, str] = {}
        self._styles: dict[tuple[str, str], Style] = {}
        self._looks: dict[tuple[object, ...], Look] = {}
        self._runs: Values = {}
        self._paragraphs: Values = {}
        if styles is not None:
            self._take(styles)

    def of_paragraph(self, properties: etree._Element | None) -> Values:
        """Everything that is said of a paragraph; "style" is the one that its runs inherit from."""
        own = paragraph_values(properties)
        name = str(own.get("style") or self._default.get("paragraph", ""))
        if ("paragraph", name) not in self._elements:
            name = self._default.get("paragraph", "")
        inherited = over(self._style("paragraph", name).paragraphs, self._paragraphs)
        return {**over(own, inherited), "style": name}

    def of_run(self, properties: etree._Element | None, style: str) -> Look:
        """The look of a run in a paragraph of that style."""
        own = run_values(properties)
        key = (style, *sorted(own.items()))
        if key not in self._looks:
            self._looks[key] = self._look(own, style)
        return self._looks[key]

    def _look(self, own: Values, style: str) -> Look:
        above = self._style("paragraph", style).runs
        named = str(own.get("style") or self._default.get("character", ""))
        character = self._style("character", named).runs
        values = over(own, over(character, over(above, self._runs)))
        bold = values.get("bold", False)
        if "bold" not in own and "bold" in character and "bold" in above:
            bold = character["bold"] != above["bold"]  # bold in a bold paragraph is thin (17.7.3)
        return Look(
            font=self._font(values.get("font")),
            size=float(values.get("size", _PLAIN_SIZE)),
            bold=bool(bold),
            hidden=bool(values.get("hidden", False)),
        )

    def _font(self, written: object) -> str | None:
        if not isinstance(written, str):
            return None
        return self._fonts.get(written[1:]) if written.startswith("@") else written

    def _take(self, styles: etree._Element) -> None:
        defaults = child_of(styles, f"{W}docDefaults")
        for default in defaults if defaults is not None else ():
            if default.tag == f"{W}rPrDefault":
                self._runs = run_values(child_of(default, f"{W}rPr"))
            elif default.tag == f"{W}pPrDefault":
                self._paragraphs = paragraph_values(child_of(default, f"{W}pPr"))
        for style in styles.iterchildren(f"{W}style"):
            kind, name = style.get(f"{W}type", "paragraph"), style.get(f"{W}styleId")
            if name is not None:
                self._elements.setdefault((kind, name), style)
                if style.get(f"{W}default") in ("1", "true", "on"):
                    self._default[kind] = name

    def _style(self, kind: str, name: str) -> Style:
        if (kind, name) not in self._styles:
            self._styles[kind, name] = self._resolved(kind, name)
        return self._styles[kind, name]

    def _resolved(self, kind: str, name: str) -> Style:
        chain: list[etree._Element] = []
        current = self._elements.get((kind, name))
        while current is not None and len(chain) < _MAX_CHAIN:
            chain.append(current)
            current = self._elements.get((kind, value(current, "basedOn") or ""))
        runs: Values = {}
        paragraphs: Values = {}
        for style in reversed(chain):
            runs = over(run_values(child_of(style, f"{W}rPr")), runs)
            paragraphs = over(paragraph_values(child_of(style, f"{W}pPr")), paragraphs)
        return Style(runs, paragraphs)


def setting_of(values: Values, grid: float | None) -> Setting:
    """The values of a paragraph as they are set, in a section with that grid."""
    first, chars = float(values.get("first", 0.0)), _or_none(values.get("first_chars"))
    hanging = _or_none(values.get("hanging")) or _or_none(values.get("hanging_chars"))
    if hanging:
        first = -float(values.get("hanging", 0.0))
        chars = -float(values["hanging_chars"]) if values.get("hanging_chars") else None
    return Setting(
        align=str(values.get("align", "left")),
        line=float(values.get("line", 1.0)),
        line_rule=str(values.get("line_rule", "auto")),
        first=first,
        first_chars=chars,
        left=float(values.get("left", 0.0)),
        left_chars=_or_none(values.get("left_chars")),
        right=float(values.get("right", 0.0)),
        right_chars=_or_none(values.get("right_chars")),
        before=_space(values, "before", grid),
        after=_space(values, "after", grid),
        snaps=bool(values.get("snaps", True)),
    )


def _or_none(number: object) -> float | None:
    return float(number) if isinstance(number, int | float) and number else None


def _space(values: Values, side: str, grid: float | None) -> float:
    if values.get("contextual"):
        return 0.0
    if values.get(f"{side}_auto"):
        return _AUTOMATIC
    lines = values.get(f"{side}_lines")
    return float(lines) * (grid or _LINE) if lines else float(values.get(side, 0.0))
