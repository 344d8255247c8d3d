"""Drafts: what somebody typed and did not save yet. They are no records and leave no line in the log."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pzdesk.domain.errors import Refused, StoreError
from pzdesk.services import destroyed_drafts
from pzdesk.services.destroyed_drafts import DRAFT, LEFT
from pzdesk.services.session import Session
from pzdesk.store.drafts import SealedNotes

_OF = "\nof"
"""Beside the fields of a draft, under what no field is called: of which version it is."""
DESTROYED = (
    "Dit is intussen vernietigd, door u of een collega. Wat u hier typt, wordt niet bewaard, ook niet als "
    "concept."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form as they were typed, and when.

    Of something that was kept before: the ``version`` in which it was changed, and how it ``begun``.
    """

    fields: Mapping[str, str]
    when: datetime
    version: int | None = None
    begun: Mapping[str, str] = field(default_factory=dict)


class DraftService:
    """The drafts of the acting user; nobody sees those of another."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notes = SealedNotes(
            session.store.folder, session.store.data_key(), session.user.login
        )

    def keep(
        self,
        place: str,
        fields: Mapping[str, str],
        *,
        version: int | None = None,
        begun: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what was typed in a place, such as a form of a file; see ``Draft``.

        Raises:
            Refused: it is about somebody, or something, that was destroyed meanwhile; nothing of it stays.
            StoreError: the disk is full or not writable.
        """
        self._refuse_gone(place)
        value: dict[str, Any] = dict(fields)
        if version is not None:
            value = {_OF: {"version": version, "begun": dict(begun or {})}, **value}
        self._notes.keep(f"{DRAFT}{place}", value, self._session.now)
        left = self._places()
        if place not in left:
            self._notes.keep(LEFT, {"places": [*left, place]}, self._session.now)
        self._refuse_gone(place)  # it may have been destroyed while this was being kept

    def kept(self, place: str) -> Draft | None:
        """What was typed in a place and not saved."""
        found = self._notes.kept(f"{DRAFT}{place}")
        if found is None:
            return None
        of = found[0].pop(_OF, {})
        return Draft(*found, version=of.get("version"), begun=of.get("begun", {}))

    def forget(self, place: str) -> None:
        """It was saved, or is not wanted any more."""
        self._notes.forget(f"{DRAFT}{place}")
        left = self._places()
        if place in left:
            others = [one for one in left if one != place]
            with suppress(StoreError):  # the draft itself is gone; that it was there harms nobody
                self._notes.keep(LEFT, {"places": others}, self._session.now)

    def left(self) -> dict[str, Draft]:
        """What was typed in all places and not saved, the last first."""
        found = {place: draft for place in self._places() if (draft := self.kept(place))}
        return dict(sorted(found.items(), key=lambda one: one[1].when, reverse=True))

    def _refuse_gone(self, place: str) -> None:
        if not destroyed_drafts.is_of_somebody(place):
            return
        is_gone = False
        with suppress(
            StoreError
        ):  # a store that cannot be read now keeps no sentence from being kept
            is_gone = destroyed_drafts.gone_now(self._session, [place]).holds(place)
        if is_gone:
            self.forget(place)
            raise Refused(DESTROYED)

    def _places(self) -> list[str]:
        found = self._notes.kept(LEFT)
        return list(found[0]["places"]) if found is not None else []
