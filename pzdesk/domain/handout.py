"""What was handed out on paper: kept by digest, with version, who and when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pzdesk.domain.patient import PatientId


class HandoutKind(StrEnum):
    """The papers that pzdesk makes."""

    AGENDA = "agenda"
    PZP = "pzp"
    PATIENT_SHEET = "patientblad"
    HOME_SHEET = "thuisblad"
    SOEP = "soep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """One paper that left pzdesk; ``digest`` is the SHA-256 of its bytes in hex."""

    id: int = 0
    kind: HandoutKind
    patient_id: PatientId | None = None
    meeting_id: int | None = None
    pzp_number: int | None = None
    digest: str
    size: int
    printed_at: datetime
    printed_by: int
