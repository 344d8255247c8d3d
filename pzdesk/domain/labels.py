"""The Dutch names of everything that has a fixed list: on screen and on paper the same."""

from enum import StrEnum

from pzdesk.domain.advice import AdviceKind, AdviceOutcome
from pzdesk.domain.assessment import Dimension, Direction, Weight
from pzdesk.domain.audit_log import LogKind
from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.euthanasia import EuthanasiaState
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.markering import MarkeringState, Whom
from pzdesk.domain.mdo import ConsentAnswer, MeetingState, ParticipantKind
from pzdesk.domain.network import Discipline, MayKnow, NaasteRole
from pzdesk.domain.person import Sex
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.status import Care, Complexity, Phase, StatusKind, Urgency, Whereabouts
from pzdesk.domain.user import Role

# By class first: members of two lists may share a word.
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Phase: {
        Phase.DISEASE: "ziektegericht",
        Phase.SYMPTOM: "symptoomgericht",
        Phase.TERMINAL: "terminaal",
        Phase.DYING: "stervensfase",
        Phase.DECEASED: "overleden",
    },
    Urgency: {
        Urgency.NOW: "nu (dagen)",
        Urgency.SOON: "binnenkort (weken)",
        Urgency.CALM: "rustig (maanden)",
        Urgency.UNDECIDED: "nog niet bepaald",
    },
    Complexity: {
        Complexity.LOW: "laag complex",
        Complexity.COMPLEX: "complex",
        Complexity.HIGH: "hoog complex",
    },
    Whereabouts: {
        Whereabouts.HOME: "thuis",
        Whereabouts.HOSPITAL: "in het ziekenhuis",
        Whereabouts.HOSPICE: "in een hospice",
        Whereabouts.ELV: "op een eerstelijnsbed (ELV)",
        Whereabouts.CARE_HOME: "in een verpleeghuis",
        Whereabouts.WITH_NAASTE: "bij een naaste",
        Whereabouts.OTHER: "elders",
    },
    Care: {
        Care.IN_CARE: "in zorg",
        Care.MOVED: "verhuisd",
        Care.ADMITTED: "blijvend opgenomen",
        Care.WITHDRAWN: "markering ingetrokken",
        Care.OWN_WISH: "op eigen wens uit zorg",
        Care.OTHER: "uit zorg om een andere reden",
    },
    StatusKind: {
        StatusKind.PHASE: "fase",
        StatusKind.URGENCY: "urgentie",
        StatusKind.COMPLEXITY: "complexiteit",
        StatusKind.WHEREABOUTS: "verblijf",
        StatusKind.CARE: "zorg",
        StatusKind.CENTRAL_CARER: "centrale zorgverlener",
        StatusKind.RESPONSIBLE: "hoofdbehandelaar",
    },
    MarkeringState: {
        MarkeringState.TO_JUDGE: "te beoordelen",
        MarkeringState.MARKED: "gemarkeerd, nog niet besproken",
        MarkeringState.TALKED: "gemarkeerd en besproken",
        MarkeringState.NOT_MARKED: "niet markeren",
        MarkeringState.WITHDRAWN: "markering ingetrokken",
    },
    Whom: {
        Whom.APOTHEEK: "apotheek",
        Whom.HAP: "huisartsenpost",
        Whom.WIJKVERPLEGING: "wijkverpleging",
        Whom.PATIENT: "patiënt",
        Whom.NAASTE: "naaste",
        Whom.SPECIALIST: "specialist",
        Whom.PZVP: "PZVP",
        Whom.HOSPICE: "hospice",
        Whom.WELZIJN: "welzijn/VPTZ",
    },
    Dimension: {
        Dimension.PHYSICAL: "Lichamelijk",
        Dimension.PSYCHIC: "Psychisch",
        Dimension.SOCIAL: "Sociaal",
        Dimension.EXISTENTIAL: "Zingeving",
    },
    Weight: {
        Weight.NONE: "geen",
        Weight.LIGHT: "licht",
        Weight.MODERATE: "matig",
        Weight.SEVERE: "ernstig",
    },
    Direction: {
        Direction.BETTER: "beter",
        Direction.SAME: "gelijk",
        Direction.WORSE: "slechter",
    },
    ReviewKind: {
        ReviewKind.PZVP_MARKERING: "meedenkmoment PZVP na markering",
        ReviewKind.PZVP_PZP: "meedenkmoment PZVP na eerste PZP",
        ReviewKind.MEDICATION: "medicatiereview huisarts en apotheker",
        ReviewKind.PZP_TALK: "PZP-gesprek",
        ReviewKind.PZP_REVISION: "herziening van de PZP",
        ReviewKind.CAREGIVER: "mantelzorgscreening",
        ReviewKind.OTHER: "reviewmoment",
    },
    AdviceKind: {
        AdviceKind.PHASE: "fase",
        AdviceKind.URGENCY: "urgentie",
        AdviceKind.COMPLEXITY: "complexiteit",
        AdviceKind.CENTRAL_CARER: "centrale zorgverlener",
        AdviceKind.PZP: "behandelgrens of PZP herzien",
        AdviceKind.WORDS: "advies",
    },
    AdviceOutcome: {
        AdviceOutcome.CONFIRMED: "bevestigd",
        AdviceOutcome.REJECTED: "afgewezen",
    },
    AskedBy: {
        AskedBy.PATIENT: "op verzoek van de patiënt",
        AskedBy.REPRESENTATIVE: "op verzoek van de wettelijk vertegenwoordiger",
        AskedBy.TERM: "de bewaartermijn is voorbij",
        AskedBy.MISTAKE: "het is bij vergissing vastgelegd",
    },
    EuthanasiaState: {
        EuthanasiaState.RUNNING: "loopt",
        EuthanasiaState.WITHDRAWN: "ingetrokken",
        EuthanasiaState.DECLINED: "niet ingewilligd",
        EuthanasiaState.CARRIED_OUT: "uitgevoerd",
    },
    LogKind: {
        LogKind.READ: "bekeken",
        LogKind.CHANGED: "vastgelegd of gewijzigd",
        LogKind.PAPER: "afgedrukt, opgeslagen of gekopieerd",
        LogKind.ACCESS: "geopend, gebruikers en sleutels",
        LogKind.KEEPING: "back-up en beheer",
        LogKind.EMERGENCY: "noodtoegang",
        LogKind.REFUSED: "geweigerd",
    },
    MeetingState: {
        MeetingState.PREPARING: "in voorbereiding",
        MeetingState.HELD: "gehouden",
        MeetingState.CANCELLED: "vervallen",
    },
    ParticipantKind: {
        ParticipantKind.TREATING: "behandelaars",
        ParticipantKind.WELFARE: "welzijn",
        ParticipantKind.VOLUNTEERS: "vrijwilligers",
        ParticipantKind.SPIRITUAL: "geestelijke verzorging",
    },
    ConsentAnswer: {
        ConsentAnswer.YES: "ja",
        ConsentAnswer.NO: "nee",
        ConsentAnswer.PRESUMED: "verondersteld",
    },
    Discipline: {
        Discipline.HUISARTS: "huisarts",
        Discipline.POH: "POH",
        Discipline.VS_PA: "VS/PA",
        Discipline.WIJKVERPLEGING: "wijkverpleging",
        Discipline.PZVP: "PZVP",
        Discipline.APOTHEKER: "apotheker",
        Discipline.SOCIAAL_WERK: "sociaal werk",
        Discipline.SPECIALIST_OUDEREN: "specialist ouderengeneeskunde",
        Discipline.CASEMANAGER: "casemanager dementie",
        Discipline.VPTZ: "coördinator VPTZ",
        Discipline.GEESTELIJK: "geestelijk verzorger",
        Discipline.KADERARTS: "kaderarts palliatieve zorg",
        Discipline.SPECIALIST: "medisch specialist",
        Discipline.HOSPICE: "hospice",
        Discipline.HAP: "huisartsenpost",
        Discipline.COORDINATOR: "coördinator",
        Discipline.ASSISTENTE: "doktersassistente",
        Discipline.OTHER: "anders",
    },
    NaasteRole: {
        NaasteRole.MANTELZORGER: "mantelzorger",
        NaasteRole.FIRST_CONTACT: "eerste contactpersoon",
        NaasteRole.LEGAL_REPRESENTATIVE: "wettelijk vertegenwoordiger",
    },
    MayKnow: {
        MayKnow.ALL: "mag alles weten",
        MayKnow.LIMITED: "mag een deel weten",
        MayKnow.NOTHING: "mag niets weten",
        MayKnow.NOT_ASKED: "niet gevraagd wat deze naaste mag weten",
    },
    Sex: {
        Sex.WOMAN: "vrouw",
        Sex.MAN: "man",
        Sex.OTHER: "anders",
        Sex.UNKNOWN: "onbekend",
    },
    HandoutKind: {
        HandoutKind.AGENDA: "agenda kernteam-MDO",
        HandoutKind.PZP: "PZP-formulier",
        HandoutKind.PATIENT_SHEET: "patiëntblad",
        HandoutKind.HOME_SHEET: "blad voor thuis",
        HandoutKind.SOEP: "SOEP-tekst voor het HIS",
        HandoutKind.ACCESS: "wie heeft dit dossier gezien",
        HandoutKind.LOG: "logboek",
        HandoutKind.LOST: "blad bij een kwijtgeraakte laptop",
    },
    Role: {
        Role.HUISARTS: "huisarts",
        Role.POH: "POH",
        Role.VS_PA: "VS/PA",
        Role.PZVP: "PZVP",
        Role.WAARNEMER: "waarnemer",
        Role.ASSISTENTE: "doktersassistente",
        Role.COORDINATOR: "coördinator",
        Role.BEHEERDER: "beheerder",
    },
}


def label(value: StrEnum) -> str:
    """The Dutch name of a member of a fixed list."""
    return LABELS[type(value)][value]
