"""The audit log: what is recorded of every use, and the chain that shows tampering."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from pzdesk.domain.patient import PatientId
from pzdesk.domain.user import UserId


class AuditEvent(StrEnum):
    """The closed list of what is recorded: "<object>.<what was done>"."""

    STORE_CREATED = "praktijk.aangemaakt"
    STORE_OPENED = "praktijk.geopend"
    OPENING_REFUSED = "praktijk.openen_geweigerd"
    STORE_OPENED_QUICKLY = "praktijk.snel_geopend"
    STORE_MIGRATED = "praktijk.bijgewerkt"
    STORE_VERIFIED = "praktijk.gecontroleerd"
    DIAGNOSED = "praktijk.diagnose_gemaakt"
    WRITING_TAKEN_OVER = "praktijk.schrijven_overgenomen"
    BACKED_UP = "backup.gemaakt"
    BACKUPS_READ = "backup.lijst_ingezien"
    BACKUP_CHECKED = "backup.gecontroleerd"
    RESTORED = "backup.teruggezet"
    USER_ADDED = "gebruiker.toegevoegd"
    USER_CHANGED = "gebruiker.gewijzigd"
    USER_REMOVED = "gebruiker.verwijderd"
    PASSPHRASE_CHANGED = "wachtzin.gewijzigd"  # noqa: S105 - the word, not one
    PASSPHRASE_GIVEN = "wachtzin.gegeven"  # noqa: S105 - the words, not one
    RECOVERY_RENEWED = "herstelcode.vernieuwd"
    KEY_RENEWED = "sleutel.vernieuwd"
    QUICK_TURNED_ON = "snel_openen.aangezet"
    QUICK_TURNED_OFF = "snel_openen.uitgezet"
    LOST_LIST_MADE = "laptop_kwijt.blad_gemaakt"
    USERS_READ = "gebruikers.ingezien"
    RECOVERED = "wachtzin.hersteld"
    SETTINGS_READ = "instellingen.ingezien"
    SETTINGS_CHANGED = "instellingen.gewijzigd"
    AUDIT_READ = "logboek.ingezien"
    AUDIT_EXPORTED = "logboek.opgeslagen"
    PATIENTS_LISTED = "patienten.lijst_ingezien"
    PATIENTS_SEARCHED = "patienten.gezocht"
    PATIENT_ADDED = "patient.toegevoegd"
    PATIENT_CHANGED = "patient.gewijzigd"
    PATIENT_WITHDRAWN = "patient.teruggenomen"
    FILE_READ = "dossier.ingezien"
    STATUS_ADDED = "dossier.stand_vastgelegd"
    STATUS_RETRACTED = "dossier.stand_ingetrokken"
    STATUS_RESTORED = "dossier.stand_hersteld"
    DECEASED = "patient.overleden"
    LEFT_CARE = "patient.uit_zorg"
    REGION_READ = "zorgnetwerk.ingezien"
    REGION_CHANGED = "zorgnetwerk.gewijzigd"
    REGION_WITHDRAWN = "zorgnetwerk.teruggenomen"
    NETWORK_CHANGED = "dossier.zorgnetwerk_gewijzigd"
    NAASTE_CHANGED = "dossier.naaste_gewijzigd"
    NAASTE_WITHDRAWN = "dossier.naaste_teruggenomen"
    MARKERING_ADDED = "dossier.markering_vastgelegd"
    TOLD_ADDED = "dossier.ingelicht_vastgelegd"
    PZP_ADDED = "dossier.pzp_vastgelegd"
    PZP_IMPORTED = "dossier.pzp_ingelezen"
    PZP_CONFIRMED = "dossier.pzp_bevestigd"
    PZP_WITHDRAWN = "dossier.pzp_teruggenomen"
    PZP_READ = "dossier.pzp_ingezien"
    ASSESSED = "dossier.beoordeeld"
    SCREENED = "dossier.mantelzorger_gescreend"
    FOLLOW_UP_CHANGED = "dossier.vervolg_gewijzigd"
    REVIEW_PLANNED = "dossier.review_gepland"
    REVIEW_CLOSED = "dossier.review_afgesloten"
    PLAN_CHANGED = "dossier.noodplan_gewijzigd"
    CONSENT_RECORDED = "dossier.toestemming_vastgelegd"
    MEETINGS_READ = "overleg.lijst_ingezien"
    MEETING_READ = "overleg.ingezien"
    MEETING_PLANNED = "overleg.gepland"
    MEETING_CHANGED = "overleg.gewijzigd"
    MEETING_REOPENED = "overleg.heropend"
    MEETING_WITHDRAWN = "overleg.teruggenomen"
    ITEM_CHANGED = "overleg.agendapunt_gewijzigd"
    NOTES_RECORDED = "overleg.notitie_vastgelegd"
    PROPOSED = "overleg.voorstel_ingezien"
    ADVICE_ADDED = "dossier.advies_toegevoegd"
    ADVICE_WITHDRAWN = "dossier.advies_teruggenomen"
    ADVICE_CONFIRMED = "dossier.advies_bevestigd"
    ADVICE_REJECTED = "dossier.advies_afgewezen"
    ADVICE_REOPENED = "dossier.advies_heropend"
    ACTION_ADDED = "actie.toegevoegd"
    ACTION_CLOSED = "actie.afgerond"
    ACTION_REOPENED = "actie.heropend"
    ACTION_WITHDRAWN = "actie.teruggenomen"
    REVIEW_REOPENED = "review.heropend"
    REVIEW_WITHDRAWN = "review.teruggenomen"
    ACTIONS_READ = "acties.ingezien"
    WORK_LISTED = "werklijst.ingezien"
    LIST_PREVIEWED = "patientenlijst.bekeken"
    LIST_IMPORTED = "patientenlijst.ingelezen"
    PREVIEWED = "stuk.bekeken"
    PRINTED = "stuk.afgedrukt"
    COPIED_FOR_HIS = "stuk.gekopieerd_voor_his"
    HANDOUTS_READ = "stukken.ingezien"
    FILE_COPIED = "dossier.afschrift_gemaakt"
    RETENTION_READ = "bewaartermijn.ingezien"
    DESTRUCTION_READ = "dossier.vernietiging_bekeken"
    DESTROYED = "dossier.vernietigd"
    DESTROYED_AGAIN = "dossier.opnieuw_vernietigd"
    EMERGENCY_OPENED = "noodtoegang.geopend"
    EMERGENCY_ENDED = "noodtoegang.beeindigd"
    EMERGENCY_SEEN = "noodtoegang.gezien"
    EMERGENCIES_READ = "noodtoegang.ingezien"
    EUTHANASIA_ADDED = "dossier.beperkt_vastgelegd"
    EUTHANASIA_WITHDRAWN = "dossier.beperkt_teruggenomen"
    STATEMENT_ADDED = "dossier.verklaring_vastgelegd"
    STATEMENT_WITHDRAWN = "dossier.verklaring_ingetrokken"
    STATEMENT_TAKEN_BACK = "dossier.verklaring_teruggenomen"
    REFUSED = "toegang.geweigerd"


DONE, REFUSED = "gelukt", "geweigerd"
"""How an act ended (NEN 7513, outcome)."""
IN_EMERGENCY = "noodtoegang"
"""What stands beside the roles of a line that somebody left in an emergency."""


class What(StrEnum):
    """The kind of act, one letter as in RFC 3881 and NEN 7513: create, read, update, delete, execute."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One line of the log: the fields of NEN 7513 that exist in one practice.

    ``at`` is UTC in ISO form, ``offset_minutes`` what the clock on the wall said. No line holds a
    value that was read or changed, only that it was. ``head`` chains the line to the one before.
    """

    sequence: int
    at: str
    offset_minutes: int
    event: AuditEvent
    what: What
    outcome: str
    user_id: UserId
    login: str
    roles: str
    on_behalf_of: str
    patient_id: PatientId | None
    object_kind: str
    object_id: int | None
    count: int | None
    head: str


START = "0" * 64


def head_of(row: AuditRow, before: str) -> str:
    """The link of a line: SHA-256 over the head before it and all fields of the line, in hex."""
    fields: tuple[object, ...] = (
        *(row.sequence, row.at, row.offset_minutes, row.event.value, row.what.value, row.outcome),
        *(row.user_id, row.login, row.roles, row.on_behalf_of),
        *(row.patient_id, row.object_kind, row.object_id, row.count),
    )
    content = json.dumps([before, *fields], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def first_break(rows: Iterable[AuditRow]) -> int | None:
    """The sequence at which the chain does not hold (gap, change, reorder), or None."""
    before, expected = START, 1
    for row in rows:
        if row.sequence != expected or row.head != head_of(row, before):
            return expected
        before, expected = row.head, expected + 1
    return None


def utc_text(moment: datetime) -> tuple[str, int]:
    """A moment as the log keeps it: UTC in ISO form to the millisecond, and the offset in minutes."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment in the log has a time zone")
    utc = (moment - offset).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='milliseconds')}Z", int(offset.total_seconds() // 60)


def wall_time(at: str, offset_minutes: int) -> datetime:
    """A moment of the log as the clock on the wall said it then."""
    return datetime.fromisoformat(at).astimezone(timezone(timedelta(minutes=offset_minutes)))
