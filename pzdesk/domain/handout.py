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
    ACCESS = "inzageblad"
    LOST = "laptop_kwijt"
    LOG = "logboek"


class PartKind(StrEnum):
    """What an agenda holds of one item: a case page, a row of the overview alone, a subject."""

    PAGE = "blad"
    PAGE_WITH_CAREGIVER = "blad_met_mantelzorg"
    ROW = "regel"
    SUBJECT = "onderwerp"


def part_key(kind: PartKind, number: int) -> str:
    """Under what a part of an agenda is kept: the number of the patient, of a subject that of the item."""
    return f"{kind} {number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """One paper that left pzdesk; ``digest`` is the SHA-256 of its bytes in hex.

    ``parts`` holds a digest per agenda item under its ``part_key``, so that a reprint can say which
    pages changed; ``audience`` is the kind of participant for whom an agenda was printed, empty for
    everybody.
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


def holds_parts(handout: Handout, kind: PartKind) -> bool:
    """Whether people stand on an agenda in parts of this kind; on one of subjects alone, in any."""
    kinds = {key.split(" ")[0] for key in handout.parts} - {PartKind.SUBJECT}
    return kinds <= {kind}


def tells_of(handout: Handout, patient_id: PatientId) -> bool:
    """Whether somebody stands on a paper, also on an agenda that they were taken off since."""
    if handout.patient_id is not None:
        return handout.patient_id == patient_id
    people = (kind for kind in PartKind if kind is not PartKind.SUBJECT)
    return any(part_key(kind, patient_id) in handout.parts for kind in people)
