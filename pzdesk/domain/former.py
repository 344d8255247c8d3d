"""What stood in the place of what was changed: rows that are edited keep their earlier values beside them."""

from dataclasses import dataclass, field
from datetime import datetime

from pzdesk.domain.network import Naaste, Organisation, Professional, TeamMember
from pzdesk.domain.patient import Patient, PatientId

EDITED = (Patient, Naaste, TeamMember, Professional, Organisation)
"""What is edited in its place and must be known as it was (AVG article 5, 1, d; BW 7:454)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The values of one row that held until somebody changed them; append-only.

    ``table`` and ``row_id`` name the row; ``was`` holds the changed fields only, each as JSON.
    """

    id: int = 0
    patient_id: PatientId | None = None
    table: str
    row_id: int
    was: dict[str, str] = field(default_factory=dict)
    until: datetime
    changed_by: int
