"""A part of the ledger, on one transaction."""

from sqlmodel import Session


class Page:
    """Reads and writes within the transaction of `session`; never commits."""

    def __init__(self, session: Session) -> None:
        self._session = session
