"""Destruction of a file or of a part of it, and the tombstone by which a restore destroys it again."""

from dataclasses import dataclass
from datetime import date, datetime

from pzdesk.domain.texts import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """The fact that something of a patient was destroyed: no value of it, only which rows, when and why.

    ``was_patient`` is the number that the patient had; ``mark`` is a digest of what made that row the same
    person, so that a restored backup in which the number is somebody else's loses nothing. ``rows`` names
    the destroyed rows as "table:id"; empty with ``whole``.
    """

    id: int = 0
    was_patient: int
    mark: Line
    whole: bool
    rows: tuple[str, ...] = ()
    on: date
    asked_by: Line = ""
    reason: str = ""
    recorded_at: datetime
    recorded_by: int
