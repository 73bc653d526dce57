"""预审: the same reading and the same answer, but it counts as nothing and the department is not shown it.

The mail is kept and logged; no standing, shelf, request for review or case comes of it.
"""

from dataclasses import replace

import structlog

from mailbot.answer import Judged, situation_of, unanswered, with_copies
from mailbot.app import App
from mailbot.desk import Desk
from mailbot.post import post
from mailbot.record import add_mail
from rules.letter.reports import REVIEW_RULES
from rules.letters import preliminary
from rules.model import Item, Outcome
from rules.pages.lists import PRELIMINARY
from rules.preliminary import asks_for_a_look
from rules.quoting import own_words

log = structlog.get_logger(__name__)


def is_preliminary(app: App, desk: Desk) -> bool:
    return asks_for_a_look(desk.mail.subject, own_words(desk.mail.text), app.campaigns)


def look_only(app: App, desk: Desk, judged: Judged) -> Outcome:
    """Answers, and files nothing. Whether the 总支 has reviewed it is asked when it is handed in."""
    items = tuple(map(_without_review, judged.verdict.items))
    judged = with_copies(app, desk, replace(judged, verdict=replace(judged.verdict, items=items)), preliminary=True)
    with app.ledger.transaction() as book:
        mail = add_mail(app, book, desk, Outcome.FILED, PRELIMINARY, judged.campaign)
        refused = unanswered(app, desk, judged.campaign)
        if refused is not None:
            log.warning("not answered", mail=mail, why=refused)
        else:
            post(app, book, preliminary(desk.mail, judged.verdict, situation_of(app, desk, judged, (), mail)))
    return Outcome.FILED


def _without_review(item: Item) -> Item:
    kept = tuple(one for one in item.examination.findings if not one.rule.startswith(REVIEW_RULES))
    return replace(item, examination=replace(item.examination, findings=kept))
