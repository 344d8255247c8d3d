"""The care network: professionals and organisations of the region, and the naasten of a patient."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.person import Phone
from pzdesk.domain.texts import Line


class Discipline(StrEnum):
    """What a professional is, as the kernteam speaks of it."""

    HUISARTS = "huisarts"
    POH = "poh"
    VS_PA = "vs_pa"
    WIJKVERPLEGING = "wijkverpleging"
    PZVP = "pzvp"
    APOTHEKER = "apotheker"
    SOCIAAL_WERK = "sociaal_werk"
    SPECIALIST_OUDEREN = "specialist_ouderengeneeskunde"
    CASEMANAGER = "casemanager_dementie"
    VPTZ = "vptz"
    GEESTELIJK = "geestelijk_verzorger"
    KADERARTS = "kaderarts"
    SPECIALIST = "medisch_specialist"
    HOSPICE = "hospice"
    HAP = "hap"
    COORDINATOR = "coordinator"
    ASSISTENTE = "doktersassistente"
    OTHER = "anders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation of the region, typed once; numbers by day and by night."""

    id: int = 0
    version: int = 1
    name: Line
    kind: Discipline = Discipline.OTHER
    phone_day: Line = ""
    phone_night: Line = ""
    checked_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional:
    """A professional of the region, typed once; ``checked_on`` is when the numbers were last verified."""

    id: int = 0
    version: int = 1
    name: Line
    discipline: Discipline
    organisation_id: int | None = None
    phone_day: Line = ""
    phone_night: Line = ""
    email: Line = ""
    kernteam: bool = False
    checked_on: date | None = None
    note: str = ""


class NaasteRole(StrEnum):
    """What a naaste is for the patient; several roles may go together."""

    MANTELZORGER = "mantelzorger"
    FIRST_CONTACT = "eerste_contactpersoon"
    LEGAL_REPRESENTATIVE = "wettelijk_vertegenwoordiger"


class MayKnow(StrEnum):
    """What a naaste may be told, by the patient's own word."""

    ALL = "alles"
    LIMITED = "beperkt"
    NOTHING = "niets"
    NOT_ASKED = "niet_gevraagd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naaste:
    """Somebody close to a patient.

    ``is_patient_id`` names the file of a naaste who is a patient too (couples).
    ``confidence`` holds what the naaste told in confidence: it is never printed.
    """

    id: int = 0
    version: int = 1
    patient_id: PatientId = NEW
    name: Line
    relation: Line = ""
    roles: tuple[NaasteRole, ...] = ()
    phones: tuple[Phone, ...] = ()
    email: Line = ""
    may_know: MayKnow = MayKnow.NOT_ASKED
    may_know_note: str = ""
    birth_year: int | None = None
    is_patient_id: PatientId | None = None
    until: date | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """A professional in the care of one patient, in some part, from a day until a day."""

    id: int = 0
    version: int = 1
    patient_id: PatientId = NEW
    professional_id: int
    part: Line = ""
    since: date
    until: date | None = None
