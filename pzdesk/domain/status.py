"""Dated rows: what holds for a patient since when, and said by whom.

Phase, urgency, complexity, whereabouts, care, central carer and responsible clinician are never bare
columns: each change is a row, and the newest row that was not retracted is what holds now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.texts import Line


class StatusKind(StrEnum):
    """What a dated row is about."""

    PHASE = "fase"
    URGENCY = "urgentie"
    COMPLEXITY = "complexiteit"
    WHEREABOUTS = "verblijf"
    CARE = "zorg"
    CENTRAL_CARER = "centrale_zorgverlener"
    RESPONSIBLE = "hoofdbehandelaar"


class Phase(StrEnum):
    """The palliative phase (kaderafspraken; NHG 2025); overleden ends it."""

    DISEASE = "ziektegericht"
    SYMPTOM = "symptoomgericht"
    TERMINAL = "terminaal"
    DYING = "stervensfase"
    DECEASED = "overleden"


class Urgency(StrEnum):
    """How soon the situation asks for somebody; no default, never computed."""

    NOW = "nu"
    SOON = "binnenkort"
    CALM = "rustig"
    UNDECIDED = "nog_niet_bepaald"


class Complexity(StrEnum):
    """Who is needed: own team, advice of a specialist, or co-treatment."""

    LOW = "laag"
    COMPLEX = "complex"
    HIGH = "hoog"


class Whereabouts(StrEnum):
    """Where somebody stays now."""

    HOME = "thuis"
    HOSPITAL = "ziekenhuis"
    HOSPICE = "hospice"
    ELV = "elv"
    CARE_HOME = "verpleeghuis"
    WITH_NAASTE = "bij_naaste"
    OTHER = "elders"


class Care(StrEnum):
    """Whether the practice looks after somebody; leaving has a reason."""

    IN_CARE = "in_zorg"
    MOVED = "verhuisd"
    ADMITTED = "blijvend_opgenomen"
    WITHDRAWN = "markering_ingetrokken"
    OWN_WISH = "eigen_wens"
    OTHER = "andere_reden"


VALUES: dict[StatusKind, type[StrEnum] | None] = {
    StatusKind.PHASE: Phase,
    StatusKind.URGENCY: Urgency,
    StatusKind.COMPLEXITY: Complexity,
    StatusKind.WHEREABOUTS: Whereabouts,
    StatusKind.CARE: Care,
    StatusKind.CENTRAL_CARER: None,
    StatusKind.RESPONSIBLE: None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One dated row.

    ``value`` is a member of the kind's list; for central carer and responsible clinician it is empty
    and ``professional_id`` says who. ``place`` and ``phone`` go with whereabouts and with overleden.
    A retracted row stays, with the reason, and counts for nothing.
    """

    id: int = 0
    patient_id: PatientId = NEW
    kind: StatusKind
    value: str = ""
    professional_id: int | None = None
    since: date
    said_by: Line = ""
    place: Line = ""
    phone: Line = ""
    note: str = ""
    recorded_at: datetime
    recorded_by: int
    current: bool = True
    retracted: str = ""


def checked_status(kind: StatusKind, value: str, professional_id: int | None) -> str:
    """The value of a dated row, when it belongs to its kind.

    Raises:
        BadInput: the value is not in the list of the kind, or a name is missing.
    """
    allowed = VALUES[kind]
    if allowed is None:
        if professional_id is None or value:
            raise BadInput("Kies een zorgverlener.", field=kind.value)
        return ""
    if value not in set(allowed):
        raise BadInput(f"“{value}” is geen {kind.value}.", field=kind.value)
    return value


def newest(rows: Iterable[Status], kind: StatusKind) -> Status | None:
    """What holds now: the row with the latest day; of one day the one recorded last.

    A death always holds, also when it is heard of after a later phase was recorded.
    """
    live = [row for row in rows if row.kind is kind and not row.retracted]
    deaths = [row for row in live if kind is StatusKind.PHASE and row.value == Phase.DECEASED]
    return max(deaths or live, key=lambda row: (row.since, row.id), default=None)


def is_active(rows: Iterable[Status]) -> bool:
    """Whether somebody is in care: not deceased and not gone.

    The store asks the same question in one query; a test holds the two together.
    """
    rows = tuple(rows)
    phase = newest(rows, StatusKind.PHASE)
    care = newest(rows, StatusKind.CARE)
    deceased = phase is not None and phase.value == Phase.DECEASED
    gone = care is not None and care.value != Care.IN_CARE
    return not deceased and not gone
