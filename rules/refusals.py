"""What a mail server means when it refuses a letter: for whom that counts, for how long, and when to try again.

Sources: RFC 5321 (4.2), RFC 3463; the codes that NetEase and QQ answer with, as their users met them; the list of codes
that NetEase publishes for its users (MI, DT, HL, IP, RP). A row is read from top to bottom, the first that fits counts.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MINUTE = 60
HOUR = 60 * MINUTE


class Kind(StrEnum):
    """What to do about it."""

    TEMPORARY = "temporary"
    """This letter again later."""
    SUSPECT = "suspect"
    """Taken for spam: this letter again, slowly and a few times only."""
    PERMANENT = "permanent"
    """This letter never."""
    BUSY = "busy"
    """No letter at all before the pause is over: the server wants less from us. Not the fault of the letter."""
    ACCOUNT = "account"
    """No letter at all before somebody has acted: login or sender are not accepted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`pause_seconds` is the least to wait before the next try; `meaning` is for logs and for the clerk's list."""

    kind: Kind
    pause_seconds: int
    meaning: str


_ROWS: tuple[tuple[str, str, Kind, int, str], ...] = (
    # code, words (case aside), kind, pause in seconds, meaning
    ("535|534|530|538", r"", Kind.ACCOUNT, HOUR, "登录被拒绝（检查账号与授权码）"),
    ("5..", r"authentication (is )?required|please login", Kind.ACCOUNT, HOUR, "服务器要求先登录"),
    ("5..", r"mail from.*(must|equal)|same as authorization", Kind.ACCOUNT, HOUR, "发件地址必须与登录账号一致"),
    ("5..", r"user suspended|account.*(locked|frozen)", Kind.ACCOUNT, HOUR, "账号被停用"),
    ("4..", r"too (much|many) fail|authentication fail", Kind.ACCOUNT, HOUR, "登录失败次数过多"),
    ("4..", r"MI:SFQ", Kind.BUSY, 15 * MINUTE, "15 分钟内发信过多"),
    ("4..", r"MI:DMC|RP:DRC", Kind.BUSY, 2 * MINUTE, "一个连接内发信或收件人过多"),
    ("4..", r"HL:(ICC|IFC|REP|MEP)", Kind.BUSY, 10 * MINUTE, "本机地址发信过密"),
    ("4..", r"(MI|RP):(CEL|CCL|QRC)", Kind.BUSY, 10 * MINUTE, "发信或出错过密"),
    ("5..", r"MI:STC", Kind.BUSY, 6 * HOUR, "当天发信总数已满"),
    ("...", r"(connection|ip) frequency limited", Kind.BUSY, 10 * MINUTE, "发信频率受限"),
    ("...", r"空间不足|[45]\.2\.2|over ?quota", Kind.TEMPORARY, 4 * HOUR, "对方邮箱已满"),
    ("...", r"(mailbox|quota|storage|space).*(full|exceed|insufficient)", Kind.TEMPORARY, 4 * HOUR, "对方邮箱已满"),
    ("4..", r"frequency|too (many|much|fast)|rate limit|throttl", Kind.BUSY, 10 * MINUTE, "发信频率受限"),
    ("421", r"", Kind.BUSY, 5 * MINUTE, "服务器暂停服务"),
    ("4..", r"DT:SPM", Kind.SUSPECT, 2 * MINUTE, "疑似垃圾邮件，暂缓"),
    ("5..", r"DT:(SPM|SUM)", Kind.SUSPECT, 2 * HOUR, "被判为垃圾邮件"),
    ("5..", r"inappropriate (words|content)|content.*reject", Kind.PERMANENT, 0, "内容被判为不当"),
    ("5..", r"\bip\b.*(black|reject|block)|blacklist|HL:I(PB|HU)|\bRBL\b", Kind.BUSY, HOUR, "本机地址被列入黑名单"),
    ("5..", r"5\.3\.4|(size|large|big).*(exceed|limit|max)|exceed.*size|too (large|big)", Kind.PERMANENT, 0, "信太大"),
    ("5..", r"5\.1\.[0-3]|no such|不存在|mailbox (not found|unav)", Kind.PERMANENT, 0, "收件地址不存在"),
    ("5..", r"unknown user|user (unknown|not found|(does )?not exist|doesn)", Kind.PERMANENT, 0, "收件地址不存在"),
    ("5..", r"relay|5\.7\.1", Kind.PERMANENT, 0, "服务器不转发到该地址"),
    ("4..", r"", Kind.TEMPORARY, MINUTE, "暂时不能投递"),
    ("5..", r"", Kind.PERMANENT, 0, "被拒收"),
)

_TABLE = tuple(
    (re.compile(code), re.compile(words, re.IGNORECASE | re.DOTALL), Refusal(kind, pause, meaning))
    for code, words, kind, pause, meaning in _ROWS
)
UNCLEAR = Refusal(Kind.TEMPORARY, MINUTE, "服务器的答复无法理解")
LOST = Refusal(Kind.TEMPORARY, MINUTE, "连接中断，不知是否送出")
"""Also after the final dot: it may have arrived. The next try carries the same Message-ID."""

STEPS: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    *(timedelta(hours=4),) * 11,
)
"""How long after the first, second … failed try the next one comes; 48 hours in all."""
GIVE_UP_AFTER = timedelta(days=2)
SUSPECT_TRIES = 4
_LONGEST_TEXT = 2000


def judge_refusal(code: int, text: str) -> Refusal:
    """What the answer `code` `text` of a server means. Any number and any text have a meaning; nothing raises."""
    for codes, words, refusal in _TABLE:
        if codes.fullmatch(str(code)) and words.search(text[:_LONGEST_TEXT]):
            return refusal
    return UNCLEAR


def next_try(refusal: Refusal, tries: int, age: timedelta) -> timedelta | None:
    """How long to wait after `tries` failed tries (1 after the first) of a letter of that age; None: give it up.

    What is not the fault of the letter (busy, account) never gives it up, but counts as a try: hence the age as well.
    """
    pause = timedelta(seconds=refusal.pause_seconds)
    if refusal.kind in (Kind.BUSY, Kind.ACCOUNT):
        return pause
    if refusal.kind is Kind.PERMANENT or (refusal.kind is Kind.SUSPECT and tries >= SUSPECT_TRIES):
        return None
    if tries > len(STEPS) and age >= GIVE_UP_AFTER:
        return None
    return max(pause, STEPS[min(max(tries, 1), len(STEPS)) - 1])
