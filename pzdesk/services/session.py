"""Somebody at work in an unlocked store: who, when, and with which rights."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pzdesk import content
from pzdesk.domain.audit import IN_EMERGENCY, REFUSED, AuditEvent, What, utc_text
from pzdesk.domain.emergency import EmergencyAccess, is_in_force, opened_by_it
from pzdesk.domain.errors import NotAllowed, StoreError
from pzdesk.domain.labels import label
from pzdesk.domain.patient import PatientId
from pzdesk.domain.practice import Practice
from pzdesk.domain.restricted import RESTRICTED, Terms
from pzdesk.domain.user import Right, User, not_allowed, require, rights_of
from pzdesk.store import audit
from pzdesk.store.folder import Store
from pzdesk.store.unit import Unit

_CHANGED = (
    "Wat u mag, is gewijzigd sinds u deze praktijk opende. Sluit de praktijk en open haar opnieuw."
)
TERMS = "terms"
"""The setting that names the follow-ups of which ``what`` does not tell whether their term was chosen."""
_FEW = 3  # so many roles can be named to who looks for somebody that may


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
            rights = self._rights_in(unit, patient)
            if right in rights:
                leave_out(unit, RESTRICTED - rights)
                yield unit
                _must_be_committed(unit)
                return
        raise self._refused(right, patient)

    @contextmanager
    def writing(self, right: Right) -> Iterator[Unit]:
        """A unit that writes, for who has the right; it must be committed with its event.

        Emergency access opens nothing here: in an emergency somebody reads; they write by their own rights.
        """
        self.check(right)
        with self.store.writing(self.user, self.now) as unit:
            rights = self._rights_in(unit)
            if right in rights:
                leave_out(unit, RESTRICTED - rights)
                yield unit
                _must_be_committed(unit)
                return
        raise self._refused(right)

    @contextmanager
    def looking_ahead(self, right: Right) -> Iterator[Unit]:
        """A unit for what takes long before an act, so that nobody waits for it to save.

        It keeps nothing and leaves no line: the act that follows does, and looks again itself.
        """
        self.check(right)
        with self.store.reading(self.user, self.now) as unit:
            rights = self._rights_in(unit)
            if right in rights:
                leave_out(unit, RESTRICTED - rights)
                yield unit
                return
        raise self._refused(right)

    def opens(self, right: Right, patient: PatientId) -> bool:
        """Whether a call about one patient would be let through now, if need be in an emergency.

        It leaves no line: nothing of the patient is read, and the call that follows leaves its own.
        """
        if self.has(right):
            return True
        with self.store.reading(self.user, self.now) as unit:
            return right in self._rights_in(unit, patient)

    def _rights_in(self, unit: Unit, patient: PatientId | None = None) -> frozenset[Right]:
        """What the acting user may do now, in one file; a line left under emergency access says so."""
        rights = self._rights_left(unit)
        opens = opened_by_it(rights)
        if patient is None or not opens:
            return rights
        if access_now(unit, self.user, patient, self.now) is None:
            return rights
        unit.under = IN_EMERGENCY
        return rights | opens

    def _rights_left(self, unit: Unit) -> frozenset[Right]:
        """What this session may do still: nothing, once a right with which it began was taken away."""
        if self.user.left_at is not None:
            return frozenset()
        found = unit.find(User, id=self.user.id)
        if not found or found[0].version == self.user.version:
            return self.rights
        now = rights_of(found[0].roles, content.rights_matrix())
        is_less = found[0].left_at is not None or not self.rights <= now
        return frozenset() if is_less else self.rights

    def check(self, right: Right, patient: PatientId | None = None) -> None:
        """Let somebody go on who has the right; that somebody was refused stands in the log.

        Raises:
            NotAllowed: none of the user's roles has it.
        """
        try:
            require(self.user, right, content.rights_matrix())
        except NotAllowed as problem:
            raise self._refused(right, patient) from problem

    def _refused(self, right: Right, patient: PatientId | None = None) -> NotAllowed:
        """What to tell who may not; it stands in the log, and is told also where that cannot be written."""
        with suppress(StoreError), self.store.reading(self.user, self.now) as unit:
            unit.commit(
                *(AuditEvent.REFUSED, What.EXECUTE),
                patient=patient,
                kind=right.value,
                outcome=REFUSED,
            )
        if self.has(right):
            return NotAllowed(_CHANGED)
        who = [label(role) for role, rights in content.rights_matrix().items() if right in rights]
        return not_allowed(right, f"een {' of '.join(who)}" if len(who) <= _FEW else "een collega")

    def close(self) -> None:
        """Lock the store: no handle stays open."""
        self.store.close()


def access_now(unit: Unit, user: User, patient: PatientId, now: datetime) -> EmergencyAccess | None:
    """The emergency access by which a user is in a file now: a clock that is set back revives none."""
    taken = unit.find(EmergencyAccess, user_id=user.id, patient_id=patient)
    held = (one for one in taken if is_in_force(one, user.id, patient, now))
    return next((one for one in held if not _is_over(unit, one)), None)


def _is_over(unit: Unit, access: EmergencyAccess) -> bool:
    """Whether the log, since it was taken, knows a moment after its end."""
    begin = (AuditEvent.EMERGENCY_OPENED, access.patient_id, access.id)
    latest = audit.latest_since(unit.connection, *begin)
    end = datetime.fromisoformat(utc_text(access.until)[0])  # to the millisecond, as the log
    return latest is not None and latest >= end


def leave_out(unit: Unit, rights: frozenset[Right]) -> None:
    """Leave out of what a unit finds what only is seen with these rights."""
    unit.hidden = unit.hidden | rights
    if Right.CAREGIVER in unit.hidden:
        unit.terms = terms_of(unit)


def terms_of(unit: Unit) -> Terms:
    """Which terms of follow-ups tell of answers in this store, and what stands in their place."""
    usual = practice_of(unit).intervals.follow_up_days
    return Terms(usual, frozenset(unit.setting(TERMS) or ()))


def _must_be_committed(unit: Unit) -> None:
    if unit.head is None:
        raise RuntimeError("a service call ended without its line in the log")


def practice_of(unit: Unit) -> Practice:
    """The practice of this store; a setting that was never kept has its default."""
    kept: dict[str, Any] = dict(unit.setting("practice") or {})
    default = content.new_practice(kept.pop("name", ""))
    intervals = replace(default.intervals, **kept.pop("intervals", {}))
    meeting = replace(default.meeting, **kept.pop("meeting", {}))
    lock = replace(default.lock, **kept.pop("lock", {}))
    return replace(default, intervals=intervals, meeting=meeting, lock=lock, **kept)
