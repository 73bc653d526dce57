"""What waits for a person."""

from datetime import datetime

from sqlmodel import col, or_, select

from rules.model import Case
from storage.columns import clean
from storage.page import Page
from storage.records import case_of, key_of
from storage.tables import CaseRow


class Cases(Page):
    """Cases without a campaign belong to every campaign: nobody could say to which."""

    def add_case(self, case: Case) -> int:
        """Opens a case and gives its number; the `id` of the noun is not used."""
        row = CaseRow(
            kind=case.kind,
            subject=case.subject,
            sender=case.sender,
            received_at=case.received_at,
            detail=case.detail,
            mail=case.mail,
            campaign=case.campaign,
            units=[clean(unit) for unit in case.units],
            sha256=case.sha256,
        )
        self._session.add(row)
        self._session.flush()
        return key_of(row.id)

    def case(self, case_id: int) -> Case:
        """Open or closed; KeyError when there is none."""
        return case_of(self._case_row(case_id))

    def open_cases(self, campaign: str | None) -> tuple[Case, ...]:
        """In order of number; None: of all campaigns."""
        found = select(CaseRow).where(col(CaseRow.closed_at).is_(None)).order_by(col(CaseRow.id))
        if campaign is not None:
            found = found.where(or_(CaseRow.campaign == campaign, CaseRow.campaign == ""))
        return tuple(case_of(row) for row in self._session.exec(found))

    def close_case(self, case_id: int, at: datetime) -> bool:
        """False when it was closed already; KeyError when there is none."""
        row = self._case_row(case_id)
        if row.closed_at is not None:
            return False
        row.closed_at = at
        return True

    def busy_units(self, campaign: str) -> frozenset[str]:
        """Codes of the units that open cases name: they are not to be reminded."""
        return frozenset(unit for case in self.open_cases(campaign) for unit in case.units)

    def _case_row(self, case_id: int) -> CaseRow:
        row = self._session.get(CaseRow, case_id)
        if row is None:
            raise KeyError(case_id)
        return row
