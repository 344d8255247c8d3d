"""Drafts: what somebody typed and did not save yet. They are no records and leave no line in the log."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from pzdesk.domain.errors import StoreError
from pzdesk.services.session import Session
from pzdesk.store.drafts import SealedNotes

LEFT = "drafts left"
"""The note that lists the places: the files of drafts have names that tell nothing, to us neither."""


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
        left = self._places()
        if place not in left:
            self._notes.keep(LEFT, {"places": [*left, place]}, self._session.now)

    def kept(self, place: str) -> Draft | None:
        """What was typed in a place and not saved."""
        found = self._notes.kept(f"draft {place}")
        return Draft(*found) if found is not None else None

    def forget(self, place: str) -> None:
        """It was saved, or is not wanted any more."""
        self._notes.forget(f"draft {place}")
        left = self._places()
        if place in left:
            others = [one for one in left if one != place]
            with suppress(StoreError):  # the draft itself is gone; that it was there harms nobody
                self._notes.keep(LEFT, {"places": others}, self._session.now)

    def left(self) -> dict[str, Draft]:
        """What was typed in all places and not saved, the last first."""
        found = {place: draft for place in self._places() if (draft := self.kept(place))}
        return dict(sorted(found.items(), key=lambda one: one[1].when, reverse=True))

    def _places(self) -> list[str]:
        found = self._notes.kept(LEFT)
        return list(found[0]["places"]) if found is not None else []
