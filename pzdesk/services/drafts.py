"""Drafts: what somebody typed and did not save yet. They are no records and leave no line in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pzdesk.services.session import Session
from pzdesk.store.drafts import SealedNotes


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form as they were typed, and when."""

    fields: Mapping[str, str]
    when: datetime


class DraftService:
    """The drafts of the acting user; nobody sees those of another."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notes = SealedNotes(
            session.store.folder, session.store.data_key(), session.user.login
        )

    def keep(self, place: str, fields: Mapping[str, str]) -> None:
        """Keep what was typed in a place, such as a form of a file.

        Raises:
            StoreError: the disk is full or not writable.
        """
        self._notes.keep(f"draft {place}", fields, self._session.now)

    def kept(self, place: str) -> Draft | None:
        """What was typed in a place and not saved."""
        found = self._notes.kept(f"draft {place}")
        return Draft(*found) if found is not None else None

    def forget(self, place: str) -> None:
        """It was saved, or is not wanted any more."""
        self._notes.forget(f"draft {place}")
