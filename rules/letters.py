"""Which letter, to whom, with which facts: all of `rules/letters_*`. The words stand in `mailbot/letters/`."""

from rules.letter.alarm import AlarmFacts, AlarmKind, DeadLetter, Trouble, alarm
from rules.letter.answer import Heavy, OversizeFacts, acknowledgement, oversize, promises_attachment
from rules.letter.ask import ReviewRequestFacts, review_request
from rules.letter.daily import DailyFacts, daily
from rules.letter.decision import Decided, decision_letter
from rules.letter.facts import AcknowledgementFacts, Result
from rules.letter.mass import AnnouncementFacts, PhoneListFacts, announcement, phone_list
from rules.letter.owed import Standings
from rules.letter.preliminary import PreliminaryFacts, preliminary
from rules.letter.remind import ReminderFacts, owing, reminder
from rules.letter.reports import Situation

__all__ = [
    "AcknowledgementFacts",
    "AlarmFacts",
    "AlarmKind",
    "AnnouncementFacts",
    "DailyFacts",
    "DeadLetter",
    "Decided",
    "Heavy",
    "OversizeFacts",
    "PhoneListFacts",
    "PreliminaryFacts",
    "ReminderFacts",
    "Result",
    "ReviewRequestFacts",
    "Situation",
    "Standings",
    "Trouble",
    "acknowledgement",
    "alarm",
    "announcement",
    "daily",
    "decision_letter",
    "oversize",
    "owing",
    "phone_list",
    "preliminary",
    "promises_attachment",
    "reminder",
    "review_request",
]
