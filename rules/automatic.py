"""Whether a mail was written by a machine: bounces, automatic replies, receipts, lists. One table of signals."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rules import automatic_words as words
from rules.model import Mail
from rules.quoting import own_words
from rules.text import fold, squeeze

SHORT = 60
"""Characters; a reply below it that brings no file is thanks, a receipt typed by hand, or an unmarked auto reply."""

_AUTO_REPLY_FIELDS = ("x-autoreply", "x-auto-reply", "x-autorespond", "x-autoresponder", "x-autoreply-from")
_REPORT_TYPE = re.compile(r"report-type\s?=\s?\"?([a-z-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signal:
    """`reason` as it is logged; `sentence` says what is looked at and where that is written down."""

    reason: str
    sentence: str
    holds: Callable[[Mail], bool]


def _header(mail: Mail, name: str) -> bool:
    return mail.header(name) is not None


def _value(mail: Mail, name: str) -> str:
    return fold(mail.header(name) or "").lower()


def _report(mail: Mail) -> str:
    """The report-type of a multipart/report, told by its parts when it does not say; "" for any other mail."""
    if mail.content_type != "multipart/report":
        return ""
    named = _REPORT_TYPE.search(_value(mail, "content-type"))
    kinds = {file.content_type.removeprefix("message/") for file in mail.files}
    told = kinds & {"delivery-status", "disposition-notification", "feedback-report"}
    return min(told, default=named[1].lower() if named else "delivery-status")


def _report_of(kind: str) -> Callable[[Mail], bool]:
    return lambda mail: _report(mail) == kind


def _part(kind: str) -> Callable[[Mail], bool]:
    return lambda mail: any(file.content_type == kind for file in mail.files)


def _subject(pattern: re.Pattern[str]) -> Callable[[Mail], bool]:
    return lambda mail: bool(pattern.fullmatch(fold(mail.subject)))


def _written_by(pattern: re.Pattern[str]) -> Callable[[Mail], bool]:
    return lambda mail: bool(pattern.fullmatch(mail.sender.address.partition("@")[0]))


def _named(pattern: re.Pattern[str]) -> Callable[[Mail], bool]:
    return lambda mail: bool(pattern.fullmatch(fold(mail.sender.name)))


def _has(*names: str) -> Callable[[Mail], bool]:
    return lambda mail: any(_header(mail, name) for name in names)


def _brings_files(mail: Mail) -> bool:
    return any(not file.inline and file.size for file in mail.files)


def _replied(mail: Mail) -> bool:
    return _value(mail, "auto-submitted").startswith("auto-replied") or _value(mail, "precedence") == "auto_reply"


def _submitted_by_machine(mail: Mail) -> bool:
    return _value(mail, "auto-submitted").partition(";")[0].strip() not in ("", "no")


def _null_return_path(mail: Mail) -> bool:
    return _header(mail, "return-path") and _value(mail, "return-path") in ("<>", "")


def _empty_sender(mail: Mail) -> bool:
    return not mail.sender.address and "<>" in _value(mail, "from").replace(" ", "")


def _says_bounce(mail: Mail) -> bool:
    """The subject alone is not enough: people forward bounces and ask about them. The text must say it as well."""
    return _subject(words.BOUNCE_SUBJECT)(mail) and bool(words.BOUNCE_TEXT.search(mail.text[:20_000]))


def _says_reply(mail: Mail) -> bool:
    return bool(words.REPLY_TEXT.match(mail.text))


def _says_receipt(mail: Mail) -> bool:
    return _subject(words.RECEIPT_SUBJECT)(mail) and not _brings_files(mail)


def _is_list(mail: Mail) -> bool:
    marks = sum(_header(mail, name) for name in ("list-id", "list-unsubscribe", "list-post"))
    return marks >= 2 or (marks == 1 and _value(mail, "precedence") in ("list", "bulk", "junk"))


SIGNALS: tuple[Signal, ...] = (
    Signal("bounce", "multipart/report of delivery-status (RFC 3462, 3464)", _report_of("delivery-status")),
    Signal("receipt", "… of disposition-notification (RFC 8098)", _report_of("disposition-notification")),
    Signal("complaint", "… of feedback-report (RFC 5965)", _report_of("feedback-report")),
    Signal("report", "any other multipart/report", lambda mail: bool(_report(mail))),
    Signal("bounce", "such a part without the frame", _part("message/delivery-status")),
    Signal("receipt", "such a part without the frame", _part("message/disposition-notification")),
    Signal("complaint", "such a part without the frame", _part("message/feedback-report")),
    Signal("complaint", "subject of Hotmail's feedback loop", _subject(words.COMPLAINT_SUBJECT)),
    Signal("bounce", "X-Failed-Recipients (Exim and others)", _has("x-failed-recipients")),
    Signal("bounce", "written by MAILER-DAEMON or postmaster", _written_by(words.DAEMON)),
    Signal("bounce", "sender named Mail Delivery System, 系统退信 …", _named(words.DAEMON_NAME)),
    Signal("bounce", "subject and text of a bounce (系统退信, Undelivered Mail …)", _says_bounce),
    Signal("auto-reply", "Auto-Submitted: auto-replied (RFC 3834), Precedence: auto_reply", _replied),
    Signal("auto-reply", "X-Autoreply, X-Autorespond …", _has(*_AUTO_REPLY_FIELDS)),
    Signal("auto-reply", "subject begins 自动回复, Automatic reply …", _subject(words.REPLY_SUBJECT)),
    Signal("auto-reply", "text begins 这是来自QQ邮箱的自动回复邮件 …", _says_reply),
    Signal("receipt", "subject begins 已读, Read … and no file comes with it", _says_receipt),
    Signal("auto-generated", "Auto-Submitted: anything but no (RFC 3834)", _submitted_by_machine),
    Signal("null return path", "Return-Path: <> (RFC 5321)", _null_return_path),
    Signal("null return path", "From: <>", _empty_sender),
    Signal("list", "two List- fields (RFC 2369), or one and Precedence list, bulk, junk", _is_list),
    Signal("auto-generated", "written by no-reply@", _written_by(words.NO_REPLY)),
)
"""In this order; the first that holds names the reason. Precedence alone is no signal: people's mail carries it."""


def automatic(mail: Mail) -> str | None:
    """Why a mail is a machine's ("bounce", "auto-reply", "receipt", "list" …); None for people."""
    return next((signal.reason for signal in SIGNALS if signal.holds(mail)), None)


def short_thanks(mail: Mail, is_reply: bool) -> bool:
    """A reply to a letter of ours with no file and next to no words (邮件已收到): neither filed nor answered.

    Whether it answers a question (the name of a unit) or gives an order is for the caller to see first.
    """
    return is_reply and not _brings_files(mail) and len(squeeze(own_words(mail.text))) < SHORT


def mere_thanks(mail: Mail) -> bool:
    """Not even a decision: 收到，谢谢, 好的. 同意 is one."""
    return short_thanks(mail, is_reply=True) and bool(words.THANKS.fullmatch(squeeze(own_words(mail.text))))
