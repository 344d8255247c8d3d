"""Screening of a mantelzorger: what was answered, and what followed from it."""

from dataclasses import dataclass
from datetime import date, datetime

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.texts import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What a mantelzorger answered on one day; append-only, kept as it was recorded.

    The answers stay with instrument and version, so a later definition never changes an old score.
    They belong to the mantelzorger: no paper of the patient carries them unless ticked.
    """

    id: int = 0
    patient_id: PatientId = NEW
    naaste_id: int
    on: date
    by: Line = ""
    instrument: str
    instrument_version: str
    answers: dict[str, str]
    scores: dict[str, float | None]
    recorded_at: datetime
    recorded_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What is done after a screening: what, who, when; open until ``done_on``."""

    id: int = 0
    version: int = 1
    patient_id: PatientId = NEW
    naaste_id: int
    screening_id: int
    what: str = ""
    who: Line = ""
    due: date
    done_on: date | None = None
    outcome: str = ""
    not_now: str = ""
    recorded_at: datetime
    recorded_by: int


def is_open(follow_up: FollowUp) -> bool:
    """Whether a follow-up still waits: neither done nor put aside with a reason."""
    return follow_up.done_on is None and not follow_up.not_now
