"""A running request for euthanasia: a record of its own, apart from the position in the PZP.

"A position on euthanasia (PZP) is something else than a running request" (care process, element 4); the
request is shown to those only who may see it, and stands on no paper unless ticked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.texts import Line


class EuthanasiaState(StrEnum):
    """Where a request stands."""

    RUNNING = "loopt"
    WITHDRAWN = "ingetrokken"
    DECLINED = "niet_ingewilligd"
    CARRIED_OUT = "uitgevoerd"


@dataclass(frozen=True, slots=True, kw_only=True)
class EuthanasiaRequest:
    """One step of a request of a patient; steps are added, never edited, and the newest holds."""

    id: int = 0
    patient_id: PatientId = NEW
    state: EuthanasiaState
    on: date
    by: Line = ""
    note: str = ""
    recorded_at: datetime
    recorded_by: int


def newest_first(steps: Sequence[EuthanasiaRequest]) -> list[EuthanasiaRequest]:
    """The steps of a request, the one that holds now on top."""
    return sorted(steps, key=lambda step: (step.on, step.id), reverse=True)


def running(steps: Sequence[EuthanasiaRequest]) -> EuthanasiaRequest | None:
    """The step that says a request is running now, or None."""
    newest = next(iter(newest_first(steps)), None)
    return newest if newest is not None and newest.state is EuthanasiaState.RUNNING else None
