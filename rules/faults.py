"""What is wrong with a file that people wrote: one clear line per fault."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """`where`: row and column (第 5 行「类型」) or key (deadline.at); `value` as written; `message`: what may be."""

    where: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        shown = f" = {self.value!r}" if self.value else ""
        return f"{self.where}{shown}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What a file gave: a value, or the faults that stand against it, never half of it. Warnings stop nothing."""

    value: T | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; None when none is like it."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return close[0] if close else None
