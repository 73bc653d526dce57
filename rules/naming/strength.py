"""How plainly a text can name a unit: the scale that every reading of a name is put on."""

from enum import IntEnum


class Strength(IntEnum):
    """How plainly a text names a unit; the higher, the plainer.

    FULL: its name or an alias with the 总支. DERIVED: the same with another ending (计算机系 for 计算机学院).
    SHORT: its name without the 总支, inside a 总支 known from elsewhere. BARE: that, without 支部 (教工一).
    ONLY: shortened, in a known 总支 that has just one branch which that can be (英师二支部).
    LOOSE: a full name that may be the end of a longer, unknown one. AREA: 计算机学院 alone, for its 总支.
    PARTIAL: words that fit the unit and perhaps others. FUZZY: with a slip of the pen.
    """

    FUZZY = 1
    PARTIAL = 2
    AREA = 3
    LOOSE = 4
    BARE = 5
    ONLY = 6
    SHORT = 7
    DERIVED = 8
    FULL = 9

    @property
    def firm(self) -> bool:
        """Plain enough to decide with."""
        return self >= Strength.BARE
