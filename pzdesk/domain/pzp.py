"""STUB by the lead so that the store can be tested: overwrite me with the real module."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pzdesk.domain.patient import NEW, PatientId


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    value: str | tuple[str, ...]
    split: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpVersion:
    id: int = 0
    patient_id: PatientId = NEW
    number: int
    talk_on: date | None
    held_by: str = ""
    held_by_function: str = ""
    source: str = "gesprek"
    source_digest: str = ""
    recorded_at: datetime
    recorded_by: int
    reason: str = ""
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpConfirmation:
    id: int = 0
    version_id: int
    confirmed_on: date
    confirmed_by: str
    recorded_by: int


def valid(versions: Sequence[PzpVersion]) -> PzpVersion | None:
    return max(versions, key=lambda v: (v.talk_on or date.min, v.number), default=None)
