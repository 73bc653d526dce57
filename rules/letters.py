"""Which letter, to whom, with which facts: all of `rules/letters_*`. The words stand in `mailbot/letters/`."""

from rules.letters_alarm import AlarmFacts, AlarmKind, DeadLetter, Trouble, alarm
from rules.letters_answer import Heavy, OversizeFacts, acknowledgement, oversize, promises_attachment
from rules.letters_ask import ReviewRequestFacts, review_request
from rules.letters_daily import DailyFacts, daily
from rules.letters_facts import AcknowledgementFacts, Result
from rules.letters_mass import AnnouncementFacts, PhoneListFacts, announcement, phone_list
from rules.letters_owed import Standings
from rules.letters_remind import ReminderFacts, owing, reminder
from rules.letters_reports import Situation

__all__ = [
    "AcknowledgementFacts",
    "AlarmFacts",
    "AlarmKind",
    "AnnouncementFacts",
    "DailyFacts",
    "DeadLetter",
    "Heavy",
    "OversizeFacts",
    "PhoneListFacts",
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
    "oversize",
    "owing",
    "phone_list",
    "promises_attachment",
    "reminder",
    "review_request",
]
