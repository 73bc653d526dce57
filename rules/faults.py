"""What is wrong with a file that people wrote: one clear line per fault."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`where`: row and column ("第 5 行「类型」") or key ("deadline.at"); `value` as written; `message`: what is allowed."""

    where: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        shown = f" = {self.value!r}" if self.value else ""
        return f"{self.where}{shown}: {self.message}"
