"""The practice itself: its rules and numbers, its users, its log, and whether the store is sound."""

from dataclasses import asdict, replace

from pzdesk.domain.audit import AuditEvent, AuditRow, What
from pzdesk.domain.errors import BadInput, StoreDamaged
from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import dutch_date
from pzdesk.domain.practice import Practice, checked_lock
from pzdesk.domain.texts import cleaned
from pzdesk.domain.user import Right, User
from pzdesk.security import keys
from pzdesk.security.slots import KeyFile
from pzdesk.services.backups import BackupService
from pzdesk.services.session import Session, practice_of
from pzdesk.store import audit, backups, verify, witness
from pzdesk.store.folder import BACKUPS, KEYS
from pzdesk.store.stale import told_stale

DAMAGED = "{} Er kan niets worden opgeslagen. Zet bij Beheer een back-up terug."


class PracticeService:
    """What a user does with the practice and its store."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def practice(self) -> Practice:
        """Name, numbers and rules of the practice."""
        with self._session.reading(Right.SEE_WHO) as unit:
            found = practice_of(unit)
            unit.commit(AuditEvent.SETTINGS_READ, What.READ, kind="praktijk")
        return found

    def change(self, practice: Practice) -> Practice:
        """Keep changed name, numbers and rules.

        Raises:
            BadInput: the practice has no name, an interval is negative, or it would lock never or too late.
            Stale: somebody else changed it since it was read.
        """
        practice = cleaned(practice)
        if not practice.name:
            raise BadInput("Vul de naam van de praktijk in.", field="naam")
        numbers = (*asdict(practice.intervals).values(), *asdict(practice.meeting).values())
        if any(number < 0 for number in numbers):
            raise BadInput("Een termijn kan niet negatief zijn.", field="termijn")
        checked_lock(practice.lock)
        with self._session.writing(Right.SETTINGS) as unit:
            if practice_of(unit).version != practice.version:
                raise told_stale(unit.connection, practice, unit.user, unit.now)
            practice = replace(practice, version=practice.version + 1)
            unit.keep_setting("practice", asdict(practice))
            unit.commit(AuditEvent.SETTINGS_CHANGED, What.UPDATE, kind="praktijk")
        return practice

    def users(self) -> list[User]:
        """Everybody who has or had a key slot."""
        with self._session.reading(Right.USERS) as unit:
            found = unit.find(User, order="login")
            unit.commit(AuditEvent.USERS_READ, What.READ, kind="gebruiker", count=len(found))
        return found

    def log(
        self, patient_id: PatientId | None = None, *, newest: int | None = None
    ) -> list[AuditRow]:
        """The lines of the audit log, of everything or of one patient; this reading comes after them.

        ``newest``: only so many of the latest lines, still in order.
        """
        with self._session.reading(Right.AUDIT) as unit:
            found = audit.rows(unit.connection, patient_id, newest=newest)
            unit.commit(
                AuditEvent.AUDIT_READ,
                What.READ,
                patient=patient_id,
                kind="logboek",
                count=len(found),
            )
        return found

    def look_for_damage(self) -> list[str]:
        """Look at every page of the file just after it was opened; nothing can be saved until that is done.

        Where damage is found nothing can be saved at all: what is good must not be written over.
        """
        store = self._session.store
        store.no_writing = (
            "De praktijk wordt nog nagekeken. Probeer het over een paar tellen opnieuw."
        )
        found = ["De controle kon niet worden afgemaakt."]
        try:
            with self._session.reading(Right.SEE_WHO) as unit:
                found = verify.damage(store)
                unit.commit(
                    *(AuditEvent.STORE_VERIFIED, What.EXECUTE), kind="bestand", count=len(found)
                )
        except StoreDamaged as problem:  # so damaged that it cannot even be looked through
            found = [str(problem)]
        finally:
            store.no_writing = DAMAGED.format(" ".join(found)) if found else ""
        return found

    def verify(self) -> list[str]:
        """What is wrong with database, key slots, schema and audit chain; empty when all is well."""
        with self._session.reading(Right.VERIFY) as unit:
            users = unit.find(User)
            found = verify.faults(self._session.store)
            key_file = keys.read(self._session.store.folder / KEYS)
            found += _slot_faults(key_file, users)
            found += _forgotten(self._session, key_file.store_id)
            unit.commit(AuditEvent.STORE_VERIFIED, What.EXECUTE, kind="praktijk", count=len(found))
        return found


def _forgotten(session: Session, store_id: str) -> list[str]:
    """What the backups, also those on another disk, know of the log that the log itself does not."""
    store, second = session.store, BackupService(session).state.second
    found = backups.listed(store.folder / BACKUPS)
    if second is not None:
        found += backups.listed(second)
    more = witness.knows_more(store, found, store_id)
    if more is None:
        return []
    made = f"{dutch_date(more.about.made_at.date())} om {more.about.made_at:%H.%M} uur"
    return [
        f"De back-up van {made} kent regels van het logboek die hier niet staan: er is een oude kopie van de "
        "map teruggezet, of er is werk verloren gegaan."
    ]


def _slot_faults(key_file: KeyFile, users: list[User]) -> list[str]:
    slots = {slot.login for slot in key_file.slots if slot.login is not None}
    here = {user.login for user in users if user.left_at is None}
    found = [f"Gebruiker {login} heeft geen sleutel meer." for login in sorted(here - slots)]
    found += [
        f"Er is een sleutel van {login}, die geen gebruiker is." for login in sorted(slots - here)
    ]
    return found
