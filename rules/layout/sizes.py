"""The sizes of Chinese type by name: 初号, 小初, 一号 … 八号, in points and back."""

import re

_NAMES = {
    "初号": 42.0, "小初": 36.0, "1号": 26.0, "小一": 24.0, "2号": 22.0, "小二": 18.0, "3号": 16.0, "小三": 15.0,
    "4号": 14.0, "小四": 12.0, "5号": 10.5, "小五": 9.0, "6号": 7.5, "小六": 6.5, "7号": 5.5, "8号": 5.0,
}  # fmt: skip
_DIGITS = str.maketrans("１２３４５６７８一二三四五六七八", "1234567812345678")
_LARGE = str.maketrans("12345678", "一二三四五六七八")
_POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*(?:磅|pt|PT)?")


def points_of(written: str) -> float | None:
    """二号, 2号, 小二, 小二号, 小2号, 16, 16磅, 16pt to points; None for all else."""
    text = written.strip()
    match = _POINTS.fullmatch(text)
    if match:
        return float(match[1]) or None
    plain = text.translate(_DIGITS).removesuffix("号")
    return _NAMES.get(plain.translate(_LARGE) if plain.startswith("小") else f"{plain}号")


def name_of(points: float) -> str:
    """16.0 to 3号, 12.0 to 小四; sizes without a name in points."""
    named = next((name for name, size in _NAMES.items() if abs(size - points) < 0.05), None)
    return named or f"{points:g}磅"
