"""Review moments: a planned look-back that shows when it is late."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.texts import Line


class ReviewKind(StrEnum):
    """The fixed review moments of the regional agreements, and the revision of the PZP."""

    PZVP_MARKERING = "meedenkmoment_markering"
    PZVP_PZP = "meedenkmoment_pzp"
    MEDICATION = "medicatiereview"
    PZP_TALK = "pzp_gesprek"
    PZP_REVISION = "pzp_herziening"
    CAREGIVER = "mantelzorgscreening"
    OTHER = "anders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review moment: due on a day, with an outcome once held, or a reason why not."""

    id: int = 0
    version: int = 1
    patient_id: PatientId = NEW
    kind: ReviewKind
    subject: Line = ""
    due: date
    because: str = ""
    done_on: date | None = None
    by: Line = ""
    outcome: str = ""
    dropped: str = ""
    recorded_at: datetime
    recorded_by: int


def is_open(review: Review) -> bool:
    """Whether a review still has to be held."""
    return review.done_on is None and not review.dropped


def plus_working_days(day: date, days: int) -> date:
    """The day that lies ``days`` working days later; Saturdays and Sundays do not count.

    Public holidays are not left out: an interval is a rule of thumb of the practice, no legal term.
    """
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day
