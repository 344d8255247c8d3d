"""Actions: who does what, when; they come back on every agenda until they are done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pzdesk.domain.patient import PatientId
from pzdesk.domain.texts import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that was agreed to be done, with or without a patient or a meeting."""

    id: int = 0
    version: int = 1
    patient_id: PatientId | None = None
    meeting_id: int | None = None
    who: Line
    what: str
    due: date | None = None
    since: date
    done_on: date | None = None
    outcome: str = ""
    recorded_at: datetime
    recorded_by: int


FEEDBACK = "Terugkoppelen aan "
"""How an action begins by which somebody tells the patient or a naaste what was discussed."""


def is_feedback(action: Action) -> bool:
    """Whether an action is to tell the patient or a naaste what was discussed."""
    return action.what.casefold().startswith(FEEDBACK.casefold())


def by_day(actions: Iterable[Action]) -> list[Action]:
    """Actions in the order in which they are due; without a day last."""
    return sorted(actions, key=lambda action: (action.due or date.max, action.id))


def is_open(action: Action) -> bool:
    """Whether an action is still to be done."""
    return action.done_on is None
