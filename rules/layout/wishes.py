"""What may be asked of a layout: the keys of a profile, which a campaign file may write again in its own words."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rules.faults import nearest
from rules.layout.sizes import points_of

Range: TypeAlias = tuple[float, float]
SIDES = ("top", "bottom", "left", "right")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _range(value: object) -> Range | None:
    """A number, [least, most], or [] for None: not checked."""
    if isinstance(value, tuple | list):
        if not value:
            return None
        ends = [_number(end) for end in value]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None and 0 <= ends[0] <= ends[1]:
            return ends[0], ends[1]
    number = _number(value)
    if number is not None and number > 0:
        return number, number
    raise ValueError("应是大于 0 的数，或 [最小, 最大]；不检查写 []")


def _span(value: object) -> Range | None:
    return value if value is None else _range(value)


def _sizes(value: object) -> tuple[float, ...] | None:
    """One size or several, as words (二号, 小二) or points."""
    if value is None:
        return None
    sizes = []
    for one in value if isinstance(value, tuple | list) else (value,):
        points = points_of(str(one)) if isinstance(one, str | int | float) and not isinstance(one, bool) else None
        if points is None:
            raise ValueError('应是字号，如 "3号"、"小二"，或磅数，如 16')
        sizes.append(points)
    return tuple(sizes)


def _paper(value: object) -> Range | None:
    if value is None or value == []:
        return None
    sides = [_number(side) for side in value] if isinstance(value, tuple | list) else []
    if len(sides) == 2 and sides[0] and sides[1]:
        return sides[0], sides[1]
    raise ValueError("应写成 [宽, 高]，单位毫米，如 [210, 297]；不检查写 []")


def _margins(value: object) -> dict[str, Range] | None:
    """Millimetres by side; a side that is left out stays as it was."""
    if value is None or value == []:
        return None
    if not isinstance(value, Mapping):
        raise ValueError("应写成 { top = 37, bottom = 35, left = 28, right = 26 }，单位毫米")
    margins = {}
    for side, written in value.items():
        if side not in SIDES:
            like = nearest(str(side), SIDES)
            raise ValueError(
                f"没有“{side}”这一边" + (f"，是不是想写 {like}？" if like else f"，可用：{'、'.join(SIDES)}")
            )
        one = _range(written)
        if one is not None:
            margins[str(side)] = one
    return margins


def _several_margins(value: object) -> tuple[dict[str, Range], ...] | None:
    if value is not None and not isinstance(value, tuple | list):
        raise ValueError("应是列表，每项写成 { top = 30, bottom = 30, left = 29, right = 29 }")
    return value if value is None else tuple(_margins(one) or {} for one in value)


Sizes: TypeAlias = Annotated[tuple[float, ...], BeforeValidator(_sizes)]
Fonts: TypeAlias = tuple[Annotated[str, Field(min_length=1)], ...]
DateForm: TypeAlias = Literal["arabic", "chinese"]


class Wishes(BaseModel):
    """What is not written here counts as the profile has it; what is None or empty in the end is not checked.

    Lengths of paper and margins in millimetres, others in points; indents in characters. See docs/layout.md.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    paper: Annotated[Range | None, BeforeValidator(_paper)] = None
    margins: Annotated[dict[str, Range] | None, BeforeValidator(_margins)] = None
    margins_also: Annotated[tuple[dict[str, Range], ...] | None, BeforeValidator(_several_margins)] = None
    margin_room: Annotated[float, Field(ge=0)] | None = None
    title_fonts: Fonts | None = None
    title_size: Sizes | None = None
    body_fonts: Fonts | None = None
    body_size: Sizes | None = None
    heading1_fonts: Fonts | None = None
    heading2_fonts: Fonts | None = None
    heading3_fonts: Fonts | None = None
    heading4_fonts: Fonts | None = None
    heading_size: Sizes | None = None
    exact_fonts: bool | None = None
    line_pitch: Annotated[Range | None, BeforeValidator(_span)] = None
    space: Annotated[float, Field(ge=0)] | None = None
    indent: Annotated[Range | None, BeforeValidator(_span)] = None
    number_forms: bool | None = None
    date_forms: tuple[DateForm, ...] | None = None
    page_number: bool | None = None
    page_dashes: bool | None = None

    def over(self, base: "Wishes") -> "Wishes":
        """These wishes where they are written, else those of `base`. Own margins end the other sets of `base`."""
        own = {name: getattr(self, name) for name in self.model_fields_set & set(Wishes.model_fields)}
        if own.get("margins") is not None:
            own["margins"] = {**(base.margins or {}), **own["margins"]}
            own.setdefault("margins_also", ())
        return Wishes.model_construct(**{**{name: getattr(base, name) for name in Wishes.model_fields}, **own})
