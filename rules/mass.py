"""The first mass mail of a campaign is shown to staff before it goes out: what was shown, and whether it may go."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

MASS = 5
"""More recipients than this are a mass."""


class Said(StrEnum):
    """What staff said to the announcement; nothing yet is SILENCE. Silence that let it go becomes GO."""

    SILENCE = "silence"
    STOP = "stop"
    GO = "go"


class Ruling(StrEnum):
    """What may happen to the letters of a step."""

    SEND = "send"
    SEND_WHAT_WAS_SHOWN = "send what was shown"
    SHOW = "show"
    WAIT = "wait"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Mass:
    """What was announced: the step, the keys of its letters, and when silence lets it go (None: it waits for a yes)."""

    step: str
    keys: frozenset[str]
    release_at: datetime | None
    said: Said = Said.SILENCE

    def answered(self, said: Said) -> "Mass":
        return replace(self, said=said)

    def may_go(self, now: datetime) -> bool:
        """A yes, or silence until the time that was announced. A stop is never overtaken by time."""
        if self.said is Said.SILENCE:
            return self.release_at is not None and now >= self.release_at
        return self.said is Said.GO

    def to_json(self) -> str:
        at = self.release_at.isoformat() if self.release_at else None
        return json.dumps({"step": self.step, "keys": sorted(self.keys), "release_at": at, "said": self.said})

    @classmethod
    def from_json(cls, text: str) -> "Mass":
        """The inverse of `to_json`."""
        values = json.loads(text)
        at = datetime.fromisoformat(values["release_at"]) if values["release_at"] else None
        return cls(values["step"], frozenset(values["keys"]), at, Said(values["said"]))


def rule(mass: Mass | None, step: str, letters: int, now: datetime) -> Ruling:
    """Whether the letters of this step go, wait or are shown first. `mass`: what the campaign last announced."""
    if mass is not None and mass.step == step:
        if mass.said is Said.STOP:
            return Ruling.DROP
        return Ruling.SEND_WHAT_WAS_SHOWN if mass.may_go(now) else Ruling.WAIT
    approved = mass is not None and mass.said is Said.GO
    return Ruling.SEND if approved or letters <= MASS else Ruling.SHOW
