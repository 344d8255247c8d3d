"""The audit log in words that a patient understands: "M. Wiersma heeft het dossier bekeken"."""

from pzdesk.domain.audit import AuditEvent as E
from pzdesk.domain.audit import AuditRow
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.labels import label
from pzdesk.domain.status import StatusKind
from pzdesk.domain.user import Role

ANOTHER = "een andere gebruiker"
NOBODY = "onbekend"
"""The login in a line about somebody who typed one that nobody here has: it may have been a passphrase."""
SOMEBODY = "iemand"
_NO_SUCH_LOGIN = "heeft een gebruikersnaam getypt die hier niet bestaat"
WORDS: dict[E, str] = {
    E.STORE_CREATED: "heeft de praktijk gemaakt",
    E.STORE_OPENED: "heeft de praktijk geopend",
    E.OPENING_REFUSED: "heeft een verkeerde wachtzin getypt, of een ander deed dat met deze gebruikersnaam",
    E.STORE_OPENED_QUICKLY: "heeft de praktijk op de eigen computer snel geopend, zonder wachtzin",
    E.STORE_MIGRATED: "heeft de praktijk bijgewerkt naar een nieuwe versie",
    E.STORE_VERIFIED: "heeft laten controleren of alles heel is",
    E.DIAGNOSED: "heeft een diagnostisch bestand gemaakt, zonder gegevens van patiënten",
    E.WRITING_TAKEN_OVER: f"heeft het schrijven overgenomen van {ANOTHER}",
    E.BACKED_UP: "heeft een back-up gemaakt",
    E.BACKUPS_READ: "heeft de back-ups bekeken",
    E.BACKUP_CHECKED: "heeft een back-up uitgeprobeerd",
    E.RESTORED: "heeft een back-up teruggezet",
    E.USER_ADDED: "heeft een gebruiker toegevoegd",
    E.USER_CHANGED: "heeft een gebruiker gewijzigd",
    E.USER_REMOVED: "heeft een gebruiker de toegang ontnomen",
    E.PASSPHRASE_CHANGED: "heeft de eigen wachtzin gewijzigd",
    E.PASSPHRASE_GIVEN: "heeft iemand een nieuwe wachtzin gegeven",
    E.RECOVERY_RENEWED: "heeft een nieuw herstelblad gemaakt",
    E.KEY_RENEWED: "heeft de sleutel van de praktijk vernieuwd",
    E.QUICK_TURNED_ON: "heeft snel openen aangezet op een computer",
    E.QUICK_TURNED_OFF: "heeft snel openen uitgezet",
    E.LOST_LIST_MADE: "heeft een lijst gemaakt van wie op een kwijtgeraakte computer stond",
    E.USERS_READ: "heeft de gebruikers bekeken",
    E.RECOVERED: "heeft met het herstelblad een nieuwe wachtzin gekregen",
    E.SETTINGS_READ: "heeft de instellingen gelezen",
    E.SETTINGS_CHANGED: "heeft een instelling gewijzigd",
    E.AUDIT_READ: "heeft het logboek bekeken",
    E.AUDIT_EXPORTED: "heeft regels van het logboek als tabel opgeslagen",
    E.PATIENTS_LISTED: "heeft de patiëntenlijst bekeken",
    E.PATIENTS_SEARCHED: "heeft gezocht",
    E.PATIENT_ADDED: "heeft een patiënt toegevoegd",
    E.PATIENT_CHANGED: "heeft gegevens van een patiënt gewijzigd",
    E.PATIENT_WITHDRAWN: "heeft een patiënt weggehaald die net was toegevoegd",
    E.FILE_READ: "heeft een dossier bekeken",
    E.STATUS_ADDED: "heeft de stand vastgelegd",
    E.STATUS_RETRACTED: "heeft een stand ingetrokken die niet klopte",
    E.STATUS_RESTORED: "heeft een ingetrokken stand weer laten gelden",
    E.DECEASED: "heeft een overlijden vastgelegd",
    E.LEFT_CARE: "heeft vastgelegd dat iemand uit zorg is",
    E.REGION_READ: "heeft de telefoonnummers bekeken",
    E.REGION_CHANGED: "heeft een telefoonnummer of zorgverlener gewijzigd",
    E.REGION_WITHDRAWN: "heeft een telefoonnummer weggehaald dat net was toegevoegd",
    E.NETWORK_CHANGED: "heeft het zorgnetwerk gewijzigd",
    E.NAASTE_CHANGED: "heeft een naaste vastgelegd of gewijzigd",
    E.NAASTE_WITHDRAWN: "heeft een naaste weggehaald die net was toegevoegd",
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
    E.REVIEW_WITHDRAWN: "heeft een review weggehaald die net was gepland",
    E.PLAN_CHANGED: "heeft het noodplan gewijzigd",
    E.CONSENT_RECORDED: "heeft toestemming vastgelegd",
    E.MEETINGS_READ: "heeft de lijst van overleggen bekeken",
    E.MEETING_READ: "heeft een overleg bekeken",
    E.MEETING_PLANNED: "heeft een overleg gepland",
    E.MEETING_CHANGED: "heeft een overleg gewijzigd",
    E.MEETING_REOPENED: "heeft een afgerond overleg heropend",
    E.MEETING_WITHDRAWN: "heeft een overleg weggehaald dat net was gepland",
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
    E.FILE_COPIED: "heeft een afschrift van het hele dossier gemaakt",
    E.RETENTION_READ: "heeft bekeken van wie de bewaartermijn voorbij is",
    E.DESTRUCTION_READ: "heeft bekeken wat er bij vernietigen zou verdwijnen",
    E.DESTROYED: "heeft een dossier of een deel ervan vernietigd",
    E.DESTROYED_AGAIN: "heeft een back-up teruggezet, waarin wat vernietigd was opnieuw is vernietigd",
    E.EMERGENCY_OPENED: "heeft in nood toegang genomen tot een dossier, met een reden",
    E.EMERGENCY_ENDED: "heeft de noodtoegang beëindigd",
    E.EMERGENCY_SEEN: "heeft een melding van noodtoegang gezien",
    E.EMERGENCIES_READ: "heeft gekeken of iemand noodtoegang nam",
    E.EUTHANASIA_ADDED: "heeft iets vastgelegd dat maar enkelen mogen zien",
    E.EUTHANASIA_WITHDRAWN: "heeft iets teruggenomen dat maar enkelen mogen zien",
    E.STATEMENT_ADDED: "heeft een eigen verklaring van de patiënt bij het dossier gelegd",
    E.STATEMENT_WITHDRAWN: "heeft vastgelegd dat de patiënt een eigen verklaring introk",
    E.STATEMENT_TAKEN_BACK: "heeft teruggenomen wat net over een verklaring van de patiënt was vastgelegd",
    E.REFUSED: "heeft geprobeerd iets te doen of te zien dat met deze rol niet mag",
}


def audit_words(event: E) -> str:
    """What was done, as what follows the name of who did it."""
    return WORDS[event]


def line_words(line: AuditRow) -> str:
    """What a line says that was done: with which paper, or of how many, where that says more."""
    words = audit_words(line.event)
    if line.event in (E.PREVIEWED, E.PRINTED):
        known = {kind.value: label(kind) for kind in HandoutKind}
        return f"{words}: {known[line.object_kind]}" if line.object_kind in known else words
    if line.event is E.REFUSED:
        return f"{words} ({line.object_kind.replace('_', ' ')})"
    if line.event in (E.STATUS_ADDED, E.STATUS_RETRACTED) and line.object_kind in set(StatusKind):
        return f"{words}: {label(StatusKind(line.object_kind))}"
    if line.event is E.OPENING_REFUSED:
        said = _NO_SUCH_LOGIN if is_nobody(line) else words
        more = line.count is not None and line.count > 1
        return said.replace("heeft ", f"heeft {line.count} keer ", 1) if more else said
    if line.event is E.PATIENTS_LISTED and line.count is not None:
        return f"{words} ({line.count} {'persoon' if line.count == 1 else 'personen'})"
    return words


def is_nobody(line: AuditRow) -> bool:
    """Whether nobody knows who did it: a user may have called themselves so."""
    return line.login == NOBODY and not line.user_id


def actor_words(line: AuditRow) -> str:
    """Who did it, where only their login is known."""
    return SOMEBODY if is_nobody(line) else line.login


def role_words(kept: str) -> str:
    """The roles under which somebody acted, as the log keeps them, in words."""
    known = {role.value: label(role) for role in Role}
    return ", ".join(known.get(role, role) for role in kept.split(",") if role)
