"""★ What a reply decides: whose a report is, and whether an announced mass mail goes out.

A reply is known by the Message-ID of the letter that it answers, which nobody can guess; a From address alone moves
nothing.
"""

from collections.abc import Mapping
from dataclasses import replace

from mailbot.answer import Judged
from mailbot.app import App
from mailbot.desk import Desk
from mailbot.opening import open_up
from mailbot.parse import parse
from mailbot.post import post
from mailbot.record import add_mail, record_verdict
from mailbot.remind import mass_key
from rules.identify import Clues, identify
from rules.judge import judge
from rules.letters import AlarmKind, Trouble, alarm
from rules.mass import Mass, Said
from rules.model import Case, Letter, LetterKind, Outcome
from rules.quoting import own_words
from rules.text import squeeze

STOP = "暂停"
GO = "确认"


def obey(app: App, desk: Desk) -> Outcome | None:
    """The outcome, when this mail answers a question or an announcement of ours; None when it is something else."""
    if outcome := stop_or_go(app, desk):
        return outcome
    if desk.questions and not desk.mail.files:
        return whose_it_is(app, desk)
    if desk.answered is not None and desk.mail.sender.address in app.department.staff and not desk.mail.files:
        return not_obeyed(app, desk)
    return None


def not_obeyed(app: App, desk: Desk) -> Outcome:
    """A reply of staff that is no order we know: said at once, for whoever gave it believes it done."""
    with app.ledger.transaction() as book:
        mail = add_mail(app, book, desk, Outcome.ORDER, "not understood")
        post(app, book, _said_back(app, desk, AlarmKind.NOT_OBEYED, mail))
    return Outcome.ORDER


def stop_or_go(app: App, desk: Desk) -> Outcome | None:
    """暂停 cancels the letters that were announced, 确认 lets them go at once. Only staff may say so."""
    said = order_in(app, desk)
    if said is None or desk.answered is None:
        return None
    with app.ledger.transaction() as book:
        key = mass_key(desk.answered.campaign)
        text = book.setting(key)
        if text is None:
            return None
        mass = Mass.from_json(text)
        if not desk.answered.key.endswith(f":{mass.step}"):
            return None
        book.set_setting(key, mass.answered(said).to_json())
        mail = add_mail(app, book, desk, Outcome.ORDER, f"mass mail: {said}")
        post(app, book, confirmation(app, desk, said, mail))
    return Outcome.ORDER


def confirmation(app: App, desk: Desk, said: Said, mail: int) -> Letter:
    """Says back to whoever gave the order what has been understood."""
    return _said_back(app, desk, AlarmKind.STOPPED if said is Said.STOP else AlarmKind.RELEASED, mail)


def _said_back(app: App, desk: Desk, kind: AlarmKind, mail: int) -> Letter:
    letter = alarm(app.campaigns[0], app.department, Trouble(kind, app.now(), name=str(mail)))
    return replace(letter, to=(desk.mail.sender.address,), answers=desk.mail.message_id, thread=desk.mail.references)


def order_in(app: App, desk: Desk) -> Said | None:
    """What a reply of staff to an announcement says; short as it is, it is no mere thank-you."""
    if desk.answered is None or desk.answered.kind is not LetterKind.ANNOUNCEMENT:
        return None
    words = squeeze(own_words(desk.mail.text))
    if desk.mail.sender.address not in app.department.staff or not words.startswith((STOP, GO)):
        return None
    return Said.STOP if words.startswith(STOP) else Said.GO


def whose_it_is(app: App, desk: Desk) -> Outcome | None:
    """The sender says in one line whose report it was: the earlier mail is judged once more with that."""
    answers = dict(_answers(desk))
    asked = desk.questions[0]
    campaign = app.campaign(asked.case.campaign)
    if not answers or campaign is None:
        return None
    earlier = parse(app.archive.read(asked.mail_sha256))
    submission = open_up(app, earlier, asked.case.received_at, answers)
    verdict = judge(submission, campaign, desk.roster)
    answered = replace(verdict, items=tuple(item for item in verdict.items if item.sha256 in answers), ignored=())
    closes = tuple(question.case.id for question in desk.questions if question.case.sha256 in answers)
    return record_verdict(app, desk, Judged(submission, campaign, answered, closes), Outcome.ORDER)


def _answers(desk: Desk) -> Mapping[str, str]:
    """SHA-256 of the file in question → code of the unit, as far as the reply says so without doubt."""
    words = own_words(desk.mail.text)
    senders = tuple(unit.code for unit in desk.roster.owners(desk.mail.sender.address))
    found: dict[str, str] = {}
    for question in desk.questions:
        said = _about(question.case, words) if len(desk.questions) > 1 else words
        unit = identify(Clues(sender_units=senders, title=said), desk.roster).unit if said else None
        if unit is not None:
            found[question.case.sha256] = unit
    return found


def _about(question: Case, words: str) -> str:
    """The line that names the file; "" when none does."""
    stem = squeeze(question.detail.rpartition(".")[0] or question.detail)
    return next((line.replace(question.detail, "") for line in words.splitlines() if stem in squeeze(line)), "")
