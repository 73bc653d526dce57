"""A new roster into the ledger: what the units owe follows it, and nothing that came is lost."""

from mailbot.app import IMPORTED, App
from rules.model import Roster
from rules.status import Event, happen


def change_roster(app: App, wanted: Roster) -> None:
    """All in one transaction. Units that are exempt now, or no longer, change their standing accordingly.

    A new address that the roster now has is confirmed: nobody needs to be asked about it any more.
    """
    with app.ledger.transaction() as book:
        before = book.roster()
        book.replace_roster(wanted)
        book.set_setting(IMPORTED, app.now().isoformat())
        for case in book.open_cases(None):
            if case.kind == "new_address" and wanted.owners(case.sender):
                book.close_case(case.id, app.now())
        for unit in wanted.units:
            if unit.code not in before or before.unit(unit.code).exempt == unit.exempt:
                continue
            event = Event.EXEMPTED if unit.exempt else Event.OWED_AGAIN
            for campaign in app.campaigns:
                for deliverable in campaign.owed_by(unit):
                    standing = book.standing(campaign.id, unit.code, deliverable.key)
                    after = happen(standing, event) if standing.receipts else None
                    if after is not None:
                        book.save_standing(campaign.id, after)
