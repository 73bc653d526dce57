"""Writes the golden letters that are not there yet: `python -m tests.letters.write_golden`. Refuses to overwrite.

A letter whose words have changed on purpose is deleted by hand first, so that the change is looked at.
"""

import sys
from pathlib import Path

from mailbot.compose import text_of
from rules.model import Letter
from tests.letters.invented import DEPARTMENT
from tests.letters.situations import SITUATIONS

GOLDEN = Path(__file__).parent / "golden"


def golden_text(letter: Letter) -> str:
    """What is compared: to whom, under which subject and key, and the words."""
    head = (f"To: {', '.join(letter.to)}", f"Subject: {letter.subject}", f"Key: {letter.key}")
    return "\n".join((*head, "", text_of(letter, DEPARTMENT)))


def main() -> int:
    refused = 0
    for name, make in SITUATIONS.items():
        path, words = GOLDEN / f"{name}.txt", golden_text(make())
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(words)
            print(f"wrote   {path.name}")
        except FileExistsError:
            same = path.read_text(encoding="utf-8") == words
            refused += not same
            print(f"{'same   ' if same else 'REFUSED'} {path.name}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
