"""★ The way of a message: parse, triage, keep, unpack, read, judge, file, record, reply. Touches no server.

The desk is one mail and what the ledger knows around it. The original is in the archive before anything is judged;
fact, verdict and answer are written in one transaction.
"""

from mailbot.answer import Judged
from mailbot.app import App
from mailbot.desk import Desk, lay_out
from mailbot.obey import obey, order_in
from mailbot.opening import open_up
from mailbot.preliminary import is_preliminary, look_only
from mailbot.record import record, record_case, record_question, record_verdict
from rules.automatic import automatic, mere_thanks, short_thanks
from rules.campaign import Campaign
from rules.judge import ReadFile, Submission, judge
from rules.letters import promises_attachment
from rules.model import Arrival, Document, LetterKind, Outcome
from rules.quoting import asks, own_words
from rules.roles import role_of
from rules.triage import Belongs, Contents, Look, Paper, second_look, which_campaign


def receive(app: App, arrival: Arrival, raw: bytes) -> Outcome:
    """One mail, from bytes to a recorded outcome. The same mail again changes nothing."""
    desk = lay_out(app, arrival, raw)
    if plain := known_at_sight(app, desk):
        if desk.duplicate_of is None or desk.duplicate_of.outcome is not Outcome.NOT_OURS:
            app.archive.keep(raw)
        return record(app, desk, *plain)
    submission = open_up(app, desk.mail, arrival.received_at)
    belongs = look_inside(app, desk, submission)
    if belongs is Belongs.NOT_OURS:
        return record(app, desk, Outcome.NOT_OURS, "other business")
    app.archive.keep(raw)
    if belongs is Belongs.DOUBTFUL:
        return record_case(app, desk, "doubtful", "")
    return obey(app, desk) or judge_and_answer(app, desk, submission)


def take_in(app: App, desk: Desk) -> Outcome:
    """A mail of which a person has said that it is ours."""
    return judge_and_answer(app, desk, open_up(app, desk.mail, desk.arrival.received_at))


def known_at_sight(app: App, desk: Desk) -> tuple[Outcome, str] | None:
    """What needs no look inside: seen before, our own, a machine's, a mere thank-you."""
    if desk.duplicate_of is not None:
        return Outcome.DUPLICATE, f"the same as mail {desk.duplicate_of.mail}"
    if desk.mail.sender.address == app.department.address:
        return Outcome.OWN, "from our own address"
    if reason := automatic(desk.mail):
        return Outcome.AUTOMATIC, reason
    if is_thanks(app, desk):
        return Outcome.FILED, "a short reply without attachment"
    return None


def is_thanks(app: App, desk: Desk) -> bool:
    """A short reply to a letter of ours that neither asks nor answers anything. 同意 to 请把关 is for a person."""
    if desk.answered is None or desk.questions or order_in(app, desk) is not None:
        return False
    if desk.answered.kind is LetterKind.REVIEW_REQUEST or desk.mail.sender.address in app.department.staff:
        return mere_thanks(desk.mail)
    return short_thanks(desk.mail, is_reply=True)


def look_inside(app: App, desk: Desk, submission: Submission) -> Belongs:
    """Is it ours? Asked of everything that the mail says."""
    mail = desk.mail
    look = Look(
        sender=mail.sender.address,
        subject=mail.subject,
        received_at=desk.arrival.received_at,
        file_names=(*(file.name for file in mail.files), *(read.file.name for read in submission.files)),
        answers_us=desk.answered is not None,
        attached=bool(mail.files),
        shared=app.settings.imap.shared,
    )
    refused = (Paper(one.name, role=role_of(one.name, "", "other")) for one in submission.refused)
    contents = Contents(own_words(mail.text), (*map(paper_of, submission.files), *refused))
    return second_look(look, contents, app.campaigns, desk.roster, app.department.staff)


def judge_and_answer(app: App, desk: Desk, submission: Submission) -> Outcome:
    """The verdict on a mail that is ours; without a campaign, or without anything to judge, it is for a person."""
    campaign = campaign_for(app, desk, submission)
    if campaign is None:
        return record_case(app, desk, "set_aside", "没有正在进行的活动与它对应")
    verdict = judge(submission, campaign, desk.roster)
    if not (verdict.items or verdict.ignored or verdict.cloud or promises_attachment(desk.mail)):
        return record_question(app, desk, Judged(submission, campaign, verdict), wants_answer(desk))
    if is_preliminary(app, desk):
        return look_only(app, desk, Judged(submission, campaign, verdict))
    return record_verdict(app, desk, Judged(submission, campaign, verdict))


def wants_answer(desk: Desk) -> bool:
    """A question is answered by a person; that it arrived is said at once, but not in reply to every word of thanks."""
    if desk.answered is None or desk.answered.kind is LetterKind.REVIEW_REQUEST:
        return True
    return asks(own_words(desk.mail.text))


def campaign_for(app: App, desk: Desk, submission: Submission) -> Campaign | None:
    """The open campaign that the mail speaks of; None when there is none, or it could be two."""
    said = (read.file.name for read in submission.files), (read.title for read in submission.files)
    return which_campaign((desk.mail.subject, *said[0], *said[1]), app.campaigns, desk.arrival.received_at)


def paper_of(read: ReadFile) -> Paper:
    document = read.content if isinstance(read.content, Document) else None
    return Paper(
        name=read.file.name,
        title=read.title,
        signature=document.signature if document else "",
        text=document.text if document else "",
        role=read.role,
    )
