"""Somebody at work in an unlocked store: who, when, and with which rights."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pzdesk import content
from pzdesk.domain.audit import IN_EMERGENCY, REFUSED, AuditEvent, What
from pzdesk.domain.emergency import EmergencyAccess, in_force, opened_by_it
from pzdesk.domain.errors import NotAllowed, StoreError
from pzdesk.domain.mdo import Meeting, MeetingState
from pzdesk.domain.patient import PatientId
from pzdesk.domain.practice import Practice
from pzdesk.domain.restricted import RESTRICTED
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
        return right in self.rights

    @property
    def rights(self) -> frozenset[Right]:
        """What the acting user may do in every file."""
        return rights_of(self.user.roles, content.rights_matrix())

    @contextmanager
    def reading(self, right: Right, *, patient: PatientId | None = None) -> Iterator[Unit]:
        """A unit that reads, for who has the right; it must be committed with its event.

        What is restricted and the user may not see is left out of what the unit finds. ``patient``: the call
        reads the file of this one alone, so emergency access to it opens it, and the line in the log says so.
        """
        if patient is None:
            self.check(right)
        with self.store.reading(self.user, self.now) as unit:
            rights = self.rights if patient is None else self._rights_in(unit, patient)
            if right in rights and self.user.left_at is None:
                unit.hidden = RESTRICTED - rights
                yield unit
                _must_be_committed(unit)
                return
        self.check(right, patient)

    @contextmanager
    def writing(self, right: Right) -> Iterator[Unit]:
        """A unit that writes, for who has the right; it must be committed with its event.

        Emergency access opens nothing here: in an emergency somebody reads; they write by their own rights.
        """
        self.check(right)
        with self.store.writing(self.user, self.now) as unit:
            unit.hidden = RESTRICTED - self.rights
            yield unit
            _must_be_committed(unit)

    @contextmanager
    def looking_ahead(self, right: Right) -> Iterator[Unit]:
        """A unit for what takes long before an act, so that nobody waits for it to save.

        It keeps nothing and leaves no line: the act that follows does, and looks again itself.
        """
        self.check(right)
        with self.store.reading(self.user, self.now) as unit:
            unit.hidden = RESTRICTED - self.rights
            yield unit

    def opens(self, right: Right, patient: PatientId) -> bool:
        """Whether a call about one patient would be let through now, if need be in an emergency.

        It leaves no line: nothing of the patient is read, and the call that follows leaves its own.
        """
        if self.has(right):
            return True
        with self.store.reading(self.user, self.now) as unit:
            return right in self._rights_in(unit, patient)

    def _rights_in(self, unit: Unit, patient: PatientId) -> frozenset[Right]:
        """What the acting user may do in one file now; a line left under emergency access says so."""
        opens = opened_by_it(self.rights)
        if not opens:
            return self.rights
        taken = unit.find(EmergencyAccess, user_id=self.user.id, patient_id=patient)
        if in_force(taken, self.user.id, patient, self.now) is None:
            return self.rights
        unit.under = IN_EMERGENCY
        return self.rights | opens

    def check(self, right: Right, patient: PatientId | None = None) -> None:
        """Let somebody go on who has the right; that somebody was refused stands in the log.

        Raises:
            NotAllowed: none of the user's roles has it.
        """
        try:
            require(self.user, right, content.rights_matrix())
        except NotAllowed:
            # The refusal stands whether or not the log can be written.
            with suppress(StoreError), self.store.reading(self.user, self.now) as unit:
                unit.commit(
                    *(AuditEvent.REFUSED, What.EXECUTE),
                    patient=patient,
                    kind=right.value,
                    outcome=REFUSED,
                )
            raise

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
    lock = replace(default.lock, **kept.pop("lock", {}))
    return replace(default, intervals=intervals, meeting=meeting, lock=lock, **kept)
