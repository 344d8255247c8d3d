"""Advice of a meeting: a proposed change, or words, that hold nothing until a clinician confirms them.

"Advice and changes of phase, limits or central carer that come up in a meeting are proposals until the
responsible clinician confirms them" (care process, element 5).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.status import Phase, StatusKind, checked_status


class AdviceKind(StrEnum):
    """What an advice is about: a dated row, the PZP with its limits, or anything else in words."""

    PHASE = "fase"
    URGENCY = "urgentie"
    COMPLEXITY = "complexiteit"
    CENTRAL_CARER = "centrale_zorgverlener"
    PZP = "pzp_herzien"
    WORDS = "advies"


STATUS_OF: dict[AdviceKind, StatusKind] = {
    AdviceKind.PHASE: StatusKind.PHASE,
    AdviceKind.URGENCY: StatusKind.URGENCY,
    AdviceKind.COMPLEXITY: StatusKind.COMPLEXITY,
    AdviceKind.CENTRAL_CARER: StatusKind.CENTRAL_CARER,
}
"""The kinds of which confirming makes a dated row."""


class AdviceOutcome(StrEnum):
    """What a clinician decided."""

    CONFIRMED = "bevestigd"
    REJECTED = "afgewezen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One advice about a patient; ``outcome`` is None while it waits.

    ``value`` is a member of the kind's list; of a central carer ``professional_id`` says who, of the PZP
    and of words ``text`` says what. Confirming a change made the dated row ``status_id``, confirming a
    revision of the PZP the review moment ``review_id``; ``reason`` says why an advice was rejected.
    """

    id: int = 0
    version: int = 1
    patient_id: PatientId = NEW
    meeting_id: int | None = None
    kind: AdviceKind
    value: str = ""
    professional_id: int | None = None
    text: str = ""
    since: date
    outcome: AdviceOutcome | None = None
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""
    status_id: int | None = None
    review_id: int | None = None
    recorded_at: datetime
    recorded_by: int


def is_open(advice: Advice) -> bool:
    """Whether nobody confirmed or rejected it yet."""
    return advice.outcome is None


def checked_advice(kind: AdviceKind, value: str, professional_id: int | None, text: str) -> str:
    """The value of an advice, when it belongs to its kind.

    Raises:
        BadInput: the value is not in the list of the kind, or a name or a text is missing.
    """
    if kind not in STATUS_OF:
        if not text.strip():
            raise BadInput("Schrijf op wat het voorstel is.", field="text")
        return ""
    if value == Phase.DECEASED:
        raise BadInput("Een overlijden is geen voorstel; leg het vast in het dossier.", field=kind)
    return checked_status(STATUS_OF[kind], value, professional_id)
