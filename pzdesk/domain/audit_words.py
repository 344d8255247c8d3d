"""The audit log in words that a patient understands: "M. Wiersma heeft het dossier bekeken"."""

from pzdesk.domain.audit import AuditEvent as E
from pzdesk.domain.labels import label
from pzdesk.domain.user import Role

WORDS: dict[E, str] = {
    E.STORE_CREATED: "heeft de praktijk gemaakt",
    E.STORE_OPENED: "heeft de praktijk geopend",
    E.STORE_MIGRATED: "heeft de praktijk bijgewerkt naar een nieuwe versie",
    E.STORE_VERIFIED: "heeft laten controleren of alles heel is",
    E.BACKED_UP: "heeft een back-up gemaakt",
    E.BACKUPS_READ: "heeft de back-ups bekeken",
    E.BACKUP_CHECKED: "heeft een back-up uitgeprobeerd",
    E.RESTORED: "heeft een back-up teruggezet",
    E.USER_ADDED: "heeft een gebruiker toegevoegd",
    E.USER_CHANGED: "heeft een gebruiker gewijzigd",
    E.USER_REMOVED: "heeft een gebruiker de toegang ontnomen",
    E.PASSPHRASE_CHANGED: "heeft de eigen wachtzin gewijzigd",
    E.RECOVERY_RENEWED: "heeft een nieuw herstelblad gemaakt",
    E.USERS_READ: "heeft de gebruikers bekeken",
    E.RECOVERED: "heeft met het herstelblad een nieuwe wachtzin gekregen",
    E.SETTINGS_READ: "heeft de instellingen gelezen",
    E.SETTINGS_CHANGED: "heeft een instelling gewijzigd",
    E.AUDIT_READ: "heeft het logboek bekeken",
    E.PATIENTS_LISTED: "heeft de patiëntenlijst bekeken",
    E.PATIENTS_SEARCHED: "heeft gezocht",
    E.PATIENT_ADDED: "heeft een patiënt toegevoegd",
    E.PATIENT_CHANGED: "heeft gegevens van een patiënt gewijzigd",
    E.FILE_READ: "heeft een dossier bekeken",
    E.STATUS_ADDED: "heeft een stand vastgelegd, zoals fase of urgentie",
    E.STATUS_RETRACTED: "heeft een stand ingetrokken die niet klopte",
    E.DECEASED: "heeft een overlijden vastgelegd",
    E.LEFT_CARE: "heeft vastgelegd dat iemand uit zorg is",
    E.REGION_READ: "heeft de telefoonnummers bekeken",
    E.REGION_CHANGED: "heeft een telefoonnummer of zorgverlener gewijzigd",
    E.NETWORK_CHANGED: "heeft het zorgnetwerk gewijzigd",
    E.NAASTE_CHANGED: "heeft een naaste vastgelegd of gewijzigd",
    E.MARKERING_ADDED: "heeft een stap van de markering vastgelegd",
    E.TOLD_ADDED: "heeft vastgelegd wie is ingelicht",
    E.PZP_ADDED: "heeft een PZP vastgelegd",
    E.PZP_IMPORTED: "heeft een PZP-formulier ingelezen",
    E.PZP_CONFIRMED: "heeft een PZP bevestigd",
    E.PZP_WITHDRAWN: "heeft een PZP teruggenomen die hier niet hoorde",
    E.PZP_READ: "heeft PZP-versies vergeleken",
    E.ASSESSED: "heeft de vier dimensies beoordeeld",
    E.SCREENED: "heeft een mantelzorger gescreend",
    E.FOLLOW_UP_CHANGED: "heeft het vervolg voor een mantelzorger gewijzigd",
    E.REVIEW_PLANNED: "heeft een review gepland",
    E.REVIEW_CLOSED: "heeft een review afgerond",
    E.REVIEW_REOPENED: "heeft een review heropend",
    E.PLAN_CHANGED: "heeft het noodplan gewijzigd",
    E.CONSENT_RECORDED: "heeft toestemming vastgelegd",
    E.MEETINGS_READ: "heeft de lijst van overleggen bekeken",
    E.MEETING_READ: "heeft een overleg bekeken",
    E.MEETING_PLANNED: "heeft een overleg gepland",
    E.MEETING_CHANGED: "heeft een overleg gewijzigd",
    E.ITEM_CHANGED: "heeft een agendapunt gewijzigd",
    E.NOTES_RECORDED: "heeft notities van een overleg vastgelegd",
    E.PROPOSED: "heeft gekeken wie op de agenda hoort",
    E.ADVICE_ADDED: "heeft een voorstel uit een overleg vastgelegd",
    E.ADVICE_WITHDRAWN: "heeft een voorstel teruggenomen",
    E.ADVICE_CONFIRMED: "heeft een voorstel bevestigd",
    E.ADVICE_REJECTED: "heeft een voorstel afgewezen",
    E.ADVICE_REOPENED: "heeft een voorstel heropend",
    E.ACTION_ADDED: "heeft een actie toegevoegd",
    E.ACTION_CLOSED: "heeft een actie afgerond",
    E.ACTION_REOPENED: "heeft een actie heropend",
    E.ACTION_WITHDRAWN: "heeft een actie teruggenomen",
    E.ACTIONS_READ: "heeft de acties bekeken",
    E.WORK_LISTED: "heeft de werklijst bekeken",
    E.LIST_PREVIEWED: "heeft een lijst uit het HIS bekeken",
    E.LIST_IMPORTED: "heeft een lijst uit het HIS ingelezen",
    E.PREVIEWED: "heeft een papier op het scherm bekeken",
    E.PRINTED: "heeft een papier afgedrukt of opgeslagen",
    E.COPIED_FOR_HIS: "heeft tekst voor het HIS gekopieerd",
    E.HANDOUTS_READ: "heeft bekeken wat is afgedrukt",
}


def audit_words(event: E) -> str:
    """What was done, as what follows the name of who did it."""
    return WORDS[event]


def role_words(kept: str) -> str:
    """The roles under which somebody acted, as the log keeps them, in words."""
    known = {role.value: label(role) for role in Role}
    return ", ".join(known.get(role, role) for role in kept.split(",") if role)
