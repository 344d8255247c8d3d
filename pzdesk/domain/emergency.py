"""Emergency access: a file opened with a reason by somebody whose role does not open it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.user import UserId

LASTS = timedelta(hours=12)
"""An evening, a night: long enough for who stands at a bed now, and over by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAccess:
    """That somebody opened a file in an emergency, why, and until when it stays open to them.

    It is shown to the responsible clinician and to the beheerder; ``seen_by`` holds which of them saw it.
    """

    id: int = 0
    version: int = 1
    patient_id: PatientId = NEW
    user_id: UserId
    reason: str
    at: datetime
    until: datetime
    seen_by: tuple[int, ...] = ()


def is_in_force(access: EmergencyAccess, user: UserId, patient: PatientId, now: datetime) -> bool:
    """Whether this access lets a user into a file at a moment."""
    mine = access.user_id == user and access.patient_id == patient
    return mine and access.at <= now < access.until
