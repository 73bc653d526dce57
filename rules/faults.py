"""What is wrong with a file that people wrote: one clear line per fault."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is a row and column ("第 5 行「类型」") or a key ("deadline.at"); `value` as written; `message` says what is allowed."""

    where: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        shown = f" = {self.value!r}" if self.value else ""
        return f"{self.where}{shown}: {self.message}"
