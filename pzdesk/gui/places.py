"""Where somebody is in the window: a page, and on it a patient, a section, a meeting or an act to begin."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first window knows where to begin before anything of the domain is loaded
    from pzdesk.domain.patient import PatientId


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place to go to; ``act`` names what to begin there (the key of a form, such as ``talk``)."""

    page: str
    patient: "PatientId | None" = None
    section: str = ""
    meeting: int | None = None
    item: int | None = None
    act: str = ""


TODAY = Place(page="vandaag")
PATIENTS = Place(page="patienten")
MEETINGS = Place(page="mdo")
ACTIONS = Place(page="acties")
SETTINGS = Place(page="beheer")


def file_of(patient: "PatientId", section: str = "overzicht", act: str = "") -> Place:
    """The file of a patient."""
    return Place(page="dossier", patient=patient, section=section, act=act)
