"""The prints of the reports' texts: saved with the receipt, read together when the sheet is made."""

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from rules.copying.print import Printed, TextPrint
from storage.page import Page
from storage.tables import ReceiptRow, StandingRow, TextPrintRow


class Prints(Page):
    """A print belongs to the bytes of a file, whoever sent them: a file that comes twice has one."""

    def save_print(self, sha256: str, text_print: TextPrint) -> None:
        """Once; the same bytes have the same print."""
        if self._session.get(TextPrintRow, sha256) is None:
            row = TextPrintRow(sha256=sha256, characters=text_print.characters, hashes=text_print.hashes)
            self._session.add(row)
            self._session.flush()

    def printed(self, campaign: str) -> tuple[Printed, ...]:
        """The version that counts of every report of a campaign; one without a print is left out."""
        return self._printed(_current().where(StandingRow.campaign == campaign))

    def printed_elsewhere(self, campaign: str) -> tuple[Printed, ...]:
        """What the units with a report in this campaign sent in every other one."""
        units = select(StandingRow.unit).where(StandingRow.campaign == campaign)
        return self._printed(_current().where(StandingRow.campaign != campaign, col(StandingRow.unit).in_(units)))

    def without_print(self, campaign: str) -> tuple[tuple[str, str], ...]:
        """(name, SHA-256) of the versions that count and came before prints were kept."""
        found = (
            select(ReceiptRow.name, ReceiptRow.sha256)
            .join(StandingRow)
            .outerjoin(TextPrintRow, col(TextPrintRow.sha256) == col(ReceiptRow.sha256))
            .where(StandingRow.campaign == campaign, ReceiptRow.version == StandingRow.current_version)
            .where(col(TextPrintRow.sha256).is_(None))
        )
        return tuple((name, sha256) for name, sha256 in self._session.exec(found.order_by(col(ReceiptRow.id))))

    def _printed(self, found: "Select[StandingRow, ReceiptRow, TextPrintRow]") -> tuple[Printed, ...]:
        rows = self._session.exec(found.order_by(col(StandingRow.unit), col(StandingRow.campaign), col(ReceiptRow.id)))
        return tuple(
            Printed(
                unit=standing.unit,
                campaign=standing.campaign,
                name=receipt.name,
                sha256=receipt.sha256,
                version=receipt.version,
                received_at=receipt.received_at,
                print=TextPrint(row.characters, row.hashes),
            )
            for standing, receipt, row in rows
        )


def _current() -> "Select[StandingRow, ReceiptRow, TextPrintRow]":
    return (
        select(StandingRow, ReceiptRow, TextPrintRow)
        .join(ReceiptRow, col(ReceiptRow.standing) == col(StandingRow.id))
        .join(TextPrintRow, col(TextPrintRow.sha256) == col(ReceiptRow.sha256))
        .where(ReceiptRow.version == StandingRow.current_version)
    )
