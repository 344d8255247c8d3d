"""Somebody at work in an unlocked store: who, when, and with which rights."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pzdesk import content
from pzdesk.domain.mdo import Meeting, MeetingState
from pzdesk.domain.practice import Practice
from pzdesk.domain.user import Right, User, require, rights_of
from pzdesk.store.folder import Store
from pzdesk.store.unit import Unit


def wall_clock() -> datetime:
    """Now, with the offset of this computer."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Session:
    """An unlocked store with the acting user and a clock; every service works through it."""

    store: Store
    user: User
    clock: Callable[[], datetime] = wall_clock

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.clock()

    @property
    def today(self) -> date:
        """This day on the wall."""
        return self.clock().date()

    def has(self, right: Right) -> bool:
        """Whether the acting user has a right."""
        return right in rights_of(self.user.roles, content.rights_matrix())

    @contextmanager
    def reading(self, right: Right) -> Iterator[Unit]:
        """A unit that reads, for who has the right; it must be committed with its event."""
        require(self.user, right, content.rights_matrix())
        with self.store.reading(self.user, self.now) as unit:
            yield unit
            _must_be_committed(unit)

    @contextmanager
    def writing(self, right: Right) -> Iterator[Unit]:
        """A unit that writes, for who has the right; it must be committed with its event."""
        require(self.user, right, content.rights_matrix())
        with self.store.writing(self.user, self.now) as unit:
            yield unit
            _must_be_committed(unit)

    @contextmanager
    def looking_ahead(self, right: Right) -> Iterator[Unit]:
        """A unit for what takes long before an act, so that nobody waits for it to save.

        It keeps nothing and leaves no line: the act that follows does, and looks again itself.
        """
        require(self.user, right, content.rights_matrix())
        with self.store.reading(self.user, self.now) as unit:
            yield unit

    def close(self) -> None:
        """Lock the store: no handle stays open."""
        self.store.close()


def _must_be_committed(unit: Unit) -> None:
    if unit.head is None:
        raise RuntimeError("a service call ended without its line in the log")


def meeting_before(unit: Unit, on: date) -> date | None:
    """The day of the last meeting before a day that was held."""
    held = unit.find(Meeting, state=MeetingState.HELD)
    return max((meeting.on for meeting in held if meeting.on < on), default=None)


def practice_of(unit: Unit) -> Practice:
    """The practice of this store; a setting that was never kept has its default."""
    kept: dict[str, Any] = dict(unit.setting("practice") or {})
    default = content.new_practice(kept.pop("name", ""))
    intervals = replace(default.intervals, **kept.pop("intervals", {}))
    meeting = replace(default.meeting, **kept.pop("meeting", {}))
    return replace(default, intervals=intervals, meeting=meeting, **kept)
