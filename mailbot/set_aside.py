"""Mail that waited for a person, taken in once more because a person has said that it is ours."""

from mailbot.app import App
from mailbot.desk import lay_out
from mailbot.receive import take_in
from mailbot.replay import NotTaken, one_mail
from rules.model import Case, Outcome


def again(app: App, number: int) -> tuple[str, bool]:
    """(what became of it, whether it is settled). The mail keeps its place in the log and its time of arrival."""
    with app.ledger.reading() as book:
        case = next((case for case in book.open_cases(None) if case.id == number), None)
        if case is None or case.mail is None:
            return "no such open case with a mail; `mailbot set-aside list` shows them", False
        original = book.mail(case.mail).sha256
        arrival = book.arrival(case.mail)
    if not app.archive.has(original):
        return "the mail itself was never taken (too large): ask for it in smaller parts", False
    desk = lay_out(app, arrival, app.archive.read(original), again=case.mail)
    try:
        with one_mail():
            outcome = take_in(app, desk)
    except NotTaken as error:
        return str(error), False
    if outcome is not Outcome.SET_ASIDE:
        close(app, case)
    return str(outcome), outcome is not Outcome.SET_ASIDE


def done(app: App, number: int) -> bool:
    """A person has dealt with it. False when there is no such open case."""
    with app.ledger.transaction() as book:
        return any(case.id == number for case in book.open_cases(None)) and book.close_case(number, app.now())


def close(app: App, case: Case) -> None:
    """Every case of that mail which was about the mail as a whole."""
    with app.ledger.transaction() as book:
        for one in book.open_cases(None):
            if one.mail == case.mail and one.kind in ("doubtful", "set_aside"):
                book.close_case(one.id, app.now())
