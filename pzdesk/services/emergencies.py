"""Emergency access: taken for one patient with a reason, over by itself, shown to who answers for it."""

from dataclasses import dataclass, replace

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.emergency import LASTS, EmergencyAccess, in_force, opened_by_it
from pzdesk.domain.errors import Refused
from pzdesk.domain.network import Professional
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.status import Status, StatusKind
from pzdesk.domain.texts import required
from pzdesk.domain.user import Right, Role, User, UserId
from pzdesk.domain.worklist import who_am_i
from pzdesk.services.session import Session, access_now
from pzdesk.store.unit import Unit


@dataclass(frozen=True, slots=True)
class EmergencyNotice:
    """An emergency access as it is shown to who has to see it: by whom, and into whose file."""

    access: EmergencyAccess
    by: User
    patient: Patient


class EmergencyService:
    """What a user does in an emergency, and what others see of it.

    None of it waits for the one who writes: a night has no colleague to ask.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, patient_id: PatientId, reason: str) -> EmergencyAccess:
        """Open the file of one patient further, for twelve hours.

        Raises:
            BadInput: no reason is given.
            Refused: it is open to this user already.
            NotFound: there is no such patient.
        """
        reason = required(reason, "Geef aan waarom dit nu nodig is.", field="reden")
        session = self._session
        with session.reading(Right.EMERGENCY) as unit:
            unit.start_writing()
            unit.get(Patient, patient_id)
            here = access_now(unit, session.user, patient_id, session.now)
            if here is not None or not opened_by_it(session.rights):
                raise Refused("Dit dossier staat al voor u open.")
            kept = unit.add(
                EmergencyAccess(
                    patient_id=patient_id,
                    user_id=session.user.id,
                    reason=reason,
                    at=session.now,
                    until=session.now + LASTS,
                )
            )
            unit.commit(
                *(AuditEvent.EMERGENCY_OPENED, What.EXECUTE),
                patient=patient_id,
                kind="noodtoegang",
                key=kept.id,
            )
        return kept

    def end(self, access: EmergencyAccess) -> EmergencyAccess:
        """Close the file again before the twelve hours are over.

        Raises:
            Refused: it is somebody else's, or over.
        """
        session = self._session
        with session.reading(Right.EMERGENCY) as unit:
            unit.start_writing()
            kept = unit.get(EmergencyAccess, access.id)
            if in_force([kept], session.user.id, kept.patient_id, session.now) is None:
                raise Refused("Deze noodtoegang is niet van u, of al voorbij.")
            kept = unit.replace(replace(kept, until=session.now))
            unit.commit(
                *(AuditEvent.EMERGENCY_ENDED, What.UPDATE),
                patient=kept.patient_id,
                kind="noodtoegang",
                key=kept.id,
            )
        return kept

    def to_see(self) -> list[EmergencyNotice]:
        """The emergency accesses that this user should see and did not see yet, the newest first."""
        with self._session.reading(Right.SEE_WHO) as unit:
            found = [
                EmergencyNotice(one, unit.get(User, one.user_id), unit.get(Patient, one.patient_id))
                for one in accesses_to_see(unit, self._session)
            ]
            unit.commit(
                *(AuditEvent.EMERGENCIES_READ, What.READ), kind="noodtoegang", count=len(found)
            )
        return found

    def seen(self, access: EmergencyAccess) -> EmergencyAccess:
        """Say that this user saw an emergency access.

        Raises:
            Refused: it is not shown to this user.
        """
        with self._session.reading(Right.SEE_WHO) as unit:
            unit.start_writing()
            kept = unit.get(EmergencyAccess, access.id)
            if not _has_to_see(unit, self._session, kept):
                raise Refused("Deze melding is niet voor u, of al gezien.")
            kept = unit.replace(replace(kept, seen_by=(*kept.seen_by, self._session.user.id)))
            unit.commit(
                *(AuditEvent.EMERGENCY_SEEN, What.UPDATE),
                patient=kept.patient_id,
                kind="noodtoegang",
                key=kept.id,
            )
        return kept


def accesses_to_see(unit: Unit, session: Session) -> list[EmergencyAccess]:
    """What the acting user has to see and did not see yet, the newest first."""
    return [a for a in unit.find(EmergencyAccess, order="-at") if _has_to_see(unit, session, a)]


def _has_to_see(unit: Unit, session: Session, access: EmergencyAccess) -> bool:
    user = session.user
    if user.id in access.seen_by or user.id == access.user_id:
        return False
    return session.has(Right.AUDIT) or user.id in _responsible(unit, access.patient_id)


def _responsible(unit: Unit, patient_id: PatientId) -> set[UserId]:
    """The users who answer for a file: the responsible clinician of now, or else every huisarts."""
    here = [user for user in unit.find(User) if user.left_at is None]
    rows = unit.find(Status, patient_id=patient_id, kind=StatusKind.RESPONSIBLE, current=True)
    named = {row.professional_id for row in rows if row.professional_id is not None}
    names = {who.id: who.name for who in unit.find(Professional)} if named else {}
    mine = {user.id for user in here if named & who_am_i(user, names).professionals}
    return mine or {user.id for user in here if Role.HUISARTS in user.roles}
