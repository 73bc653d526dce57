"""Invented mails, letters and reports for the tests of storage."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath

from rules.model import (
    NOBODY,
    Arrival,
    Case,
    Examination,
    Identification,
    Letter,
    LetterKind,
    Outcome,
    Receipt,
    Standing,
    State,
)
from storage.ledger import Book
from storage.nouns import MailFacts

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2012, 9, 3, 9, 30, tzinfo=CHINA)
ACCOUNT = "zuzhib@example.edu.cn"
REPORT = "PK 创先争优活动总结".encode()
PLACE = PurePosixPath("收件/2012/01 示例学院党总支/0101-总结-v1.docx")
CAMPAIGN = "chuangxian-zhengyou-2012"


def later(**passed: float) -> datetime:
    return (NOW + timedelta(**passed)).astimezone(UTC)


def sha(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def arrival(uid: int = 1, folder: str = "INBOX", uidvalidity: int = 4_294_967_295, account: str = ACCOUNT) -> Arrival:
    return Arrival(account, folder, uidvalidity, uid, later(minutes=uid))


def facts(word: str = "one", **changed: object) -> MailFacts:
    values = {"message_id": f"{word}@example.edu.cn", "sha256": sha(word), "size": 1234, "sender": "a@example.edu.cn"}
    return MailFacts(**(values | changed))  # type: ignore[arg-type]


def a_mail(book: Book, uid: int = 1, outcome: Outcome = Outcome.FILED, campaign: str = CAMPAIGN) -> int:
    return book.add_mail(arrival(uid), facts(str(uid)), outcome, campaign=campaign)


def receipt(
    mail: int, version: int = 1, examination: Examination | None = None, identification: Identification = NOBODY
) -> Receipt:
    return Receipt(
        version=version,
        name=f"总结{version}.docx",
        sha256=sha(f"report {version}"),
        size=4321,
        received_at=later(hours=version),
        sender="a@example.edu.cn",
        mail=mail,
        examination=examination or Examination(),
        identification=identification,
        path=f"收件/第{version}版.docx",
    )


def standing(*receipts: Receipt, unit: str = "0101", state: State = State.INCOMPLETE) -> Standing:
    return Standing(unit, "report", state, receipts, current=len(receipts))


def letter(key: str, **changed: object) -> Letter:
    values = {"kind": LetterKind.ACKNOWLEDGEMENT, "to": ("a@example.edu.cn",), "subject": "已收到", "facts": None}
    return Letter(key=key, **(values | changed))  # type: ignore[arg-type]


def put(book: Book, key: str, now: datetime = NOW, hold_until: datetime | None = None, **changed: object) -> int:
    """Puts a letter into the outbox and gives its number."""
    wanted = letter(key, **changed)
    assert book.outbox.put(wanted, message_id=f"{key}@bot", content_sha256=sha(key), now=now, hold_until=hold_until)
    found = book.outbox.by_message_id([f"{key}@bot"])
    assert found is not None
    return found.id


def case(kind: str = "unsure", **changed: object) -> Case:
    values = {"subject": "总结", "sender": "a@example.edu.cn", "received_at": later(), "detail": "总结.docx"}
    return Case(id=0, kind=kind, **(values | changed))  # type: ignore[arg-type]


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
