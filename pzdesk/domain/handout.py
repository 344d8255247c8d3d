"""What was handed out on paper: kept by digest, with version, who and when."""

from dataclasses import dataclass, field
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
    """One paper that left pzdesk; ``digest`` is the SHA-256 of its bytes in hex.

    ``parts`` holds a digest per agenda item, so that a reprint can say which pages changed;
    ``audience`` is the kind of participant for whom an agenda was printed, empty for everybody.
    """

    id: int = 0
    kind: HandoutKind
    patient_id: PatientId | None = None
    meeting_id: int | None = None
    pzp_number: int | None = None
    digest: str
    size: int
    printed_at: datetime
    printed_by: int
    audience: str = ""
    parts: dict[str, str] = field(default_factory=dict)
