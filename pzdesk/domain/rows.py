"""One line of the list of patients, and who somebody is in a few words."""

from dataclasses import dataclass
from datetime import date

from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Name, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Who somebody is, and how pressing: all that an agenda or a list of actions needs to name them."""

    id: PatientId
    name: Name
    sex: Sex
    birth_date: date
    phase: str | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRow:
    """What a list shows of a patient; words are made where they are shown."""

    id: PatientId
    name: Name
    sex: Sex
    birth_date: date
    diagnosis: str
    is_active: bool
    phase: str | None
    phase_since: date | None
    urgency: str | None
    urgency_since: date | None
    complexity: str | None
    whereabouts: str | None
    place: str
    """Which hospital, hospice or address it is; of who lives where they stay nothing."""
    care: str | None
    central_carer: str | None
    markering: str | None
    pzp_on: date | None
    pzp_count: int
    pzp_to_confirm: bool
    resuscitation: str
    next_review: date | None
    next_review_about: str
    """The subject of that review moment, or else its kind (see ``review.ReviewKind``)."""
    last_meeting: date | None
