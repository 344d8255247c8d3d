"""The acute plan: what may happen at home, and what is done then."""

from dataclasses import dataclass
from datetime import date, datetime

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.texts import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One thing that may happen, what is done then, and who is called."""

    when: str
    do: str
    call: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcutePlan:
    """The scenarios of a patient as agreed on a day; append-only, the newest holds.

    ``key_code`` opens the door; it stands on no paper but the hand-over to the huisartsenpost.
    """

    id: int = 0
    patient_id: PatientId = NEW
    on: date
    by: Line = ""
    scenarios: tuple[Scenario, ...] = ()
    kit_on: date | None = None
    kit_back_on: date | None = None
    key_code: Line = ""
    recorded_at: datetime
    recorded_by: int
