"""Readers that misbehave, for the tests of `mailbot.reading`: the child process imports them by name."""

import os
import time

from rules.model import Document, Unreadable


def hangs(name: str, content: bytes) -> Document | Unreadable:
    time.sleep(600)
    raise AssertionError


def dies(name: str, content: bytes) -> Document | Unreadable:
    os._exit(3)


def eats(name: str, content: bytes) -> Document | Unreadable:
    pile = [bytearray(64 * 1024 * 1024) for _ in range(10_000)]
    raise AssertionError(len(pile))


def raises(name: str, content: bytes) -> Document | Unreadable:
    raise RuntimeError("a fault of ours")
