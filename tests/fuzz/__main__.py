"""python -m tests.fuzz --minutes N [--target docx|zip|mail] [--seed S]: tries mutated files and mails on the readers.

Every input follows from seed and number, so a failure can be made again; it is also written to the folder `--keep`.
"""

import argparse
import multiprocessing
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.child import Failure, Size, work
from tests.fuzz.targets import TARGETS, Target

HANG = 60
"""Seconds of the clock on one input before its process is ended; a slow one (5 s of processor time) ends by itself."""
WARM = 0.1
"""Part of the inputs after which the process has everything loaded: growth is counted from there."""


@dataclass
class Run:
    """What one target has come to."""

    target: Target
    seed: int
    keep: Path
    tried: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    sizes: list[Size] = field(default_factory=list)

    def failed(self, number: int, kind: str, words: str) -> None:
        self.failures[kind] = self.failures.get(kind, 0) + 1
        self.keep.mkdir(parents=True, exist_ok=True)
        name = f"{self.target.name}-{self.seed}-{number}-{kind}"
        (self.keep / f"{name}.bin").write_bytes(self.target.input(self.seed, number))
        (self.keep / f"{name}.txt").write_text(words, encoding="utf-8")
        print(f"{name}: {words.strip().splitlines()[-1] if words.strip() else ''}", flush=True)

    def summary(self) -> str:
        counts = ", ".join(f"{self.failures.get(kind, 0)} {kind}" for kind in ("crash", "slow", "hang", "died"))
        return f"{self.target.name}: seed {self.seed}, {self.tried} inputs; {counts}; {self._growth()}"

    def _growth(self) -> str:
        warm = [size for size in self.sizes if size.number >= self.tried * WARM]
        if len(warm) < 2:
            return "too short for growth"
        first, last = warm[0].resident / 1e6, warm[-1].resident / 1e6
        top = max(size.resident for size in warm) / 1e6
        return f"{first:.0f} MB after a tenth, {last:.0f} MB at the end, {top:.0f} MB at most"


def fuzz(run: Run, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        _one_process(run, end)


def _one_process(run: Run, end: float) -> None:
    """One child until time is up, or until it hangs or dies of an input; then the next begins behind that input."""
    context = multiprocessing.get_context("spawn")
    at, (said, says) = context.Value("q", run.tried), context.Pipe(duplex=False)
    child = context.Process(target=work, args=(run.target.name, run.seed, run.tried, at, says), daemon=True)
    child.start()
    says.close()
    number, since = at.value, time.monotonic()
    while time.monotonic() < end:
        while child.is_alive() and said.poll(0.2):
            _heard(run, said)
        if at.value != number:
            number, since = at.value, time.monotonic()
        if not child.is_alive():
            run.failed(at.value, "died", f"exit code {child.exitcode}")
            break
        if time.monotonic() - since > HANG:
            run.failed(number, "hang", f"more than {HANG} s")
            break
    run.tried = at.value + 1
    child.kill()
    child.join()


def _heard(run: Run, said: "multiprocessing.connection.Connection[object, object]") -> None:
    try:
        message = said.recv()
    except EOFError:
        return
    if isinstance(message, Failure):
        run.failed(message.number, message.kind, message.words)
    elif isinstance(message, Size):
        run.sizes.append(message)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, required=True, help="for each target")
    parser.add_argument("--target", choices=sorted(TARGETS), action="append", help="all of them when not given")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="where failing inputs are written")
    chosen = parser.parse_args(arguments)
    runs = [Run(TARGETS[name], chosen.seed, chosen.keep) for name in chosen.target or TARGETS]
    for run in runs:
        fuzz(run, chosen.minutes * 60)
        print(run.summary(), flush=True)
    return 1 if any(run.failures for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
