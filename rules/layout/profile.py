"""The layout profiles that the program has, each a file of wishes on top of another one."""

import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from rules.faults import nearest
from rules.layout.wishes import Wishes

_ENDING = ".toml"


class _File(Wishes):
    """`extends`: the profile that counts where this one says nothing."""

    extends: str = ""


@cache
def profile_names() -> tuple[str, ...]:
    """The names that a campaign may give, in order."""
    return tuple(sorted(file.name.removesuffix(_ENDING) for file in _folder().iterdir() if file.name.endswith(_ENDING)))


@cache
def profile(name: str) -> Wishes:
    """The whole profile of that name. KeyError when there is none."""
    if name not in profile_names():
        raise KeyError(name)
    file = _File.model_validate(tomllib.loads((_folder() / f"{name}{_ENDING}").read_text(encoding="utf-8")))
    return file.over(profile(file.extends) if file.extends else Wishes())


def checked_name(name: str) -> str:
    """The name itself, or ValueError that says which there are."""
    if not name or name in profile_names():
        return name
    like = nearest(name, profile_names())
    raise ValueError(
        f"没有这种版式，是不是想写 {like}？" if like else f"没有这种版式，可用的有：{'、'.join(profile_names())}"
    )


def _folder() -> Traversable:
    # Part of the program like its code, and read in the same way.
    return resources.files("rules.layout") / "profiles"
