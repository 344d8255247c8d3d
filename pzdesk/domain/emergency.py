"""Emergency access: a file opened further, with a reason, by somebody whose role does not open it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.restricted import RESTRICTED
from pzdesk.domain.user import Right, UserId

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


def in_force(
    accesses: Iterable[EmergencyAccess], user: UserId, patient: PatientId, now: datetime
) -> EmergencyAccess | None:
    """The access by which a user is in a file now, or None."""
    return next((one for one in accesses if is_in_force(one, user, patient, now)), None)


def opened_by_it(rights: frozenset[Right]) -> frozenset[Right]:
    """What emergency access opens to somebody with these rights: one step further, to read, never to write.

    Who reads no files gets the file as a stand-in sees it, and the sheet for home; who reads files gets what
    is restricted in this one. Nobody gets anything without the right to take it.
    """
    if Right.EMERGENCY not in rights:
        return frozenset()
    if Right.READ_FILE in rights:
        return RESTRICTED - rights
    return frozenset({Right.READ_FILE, Right.PRINT_CLINICAL}) - rights
