"""Destroying the file of a patient, or a part of it: looked at first, and never undone."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.backup import Backup, gone_by
from pzdesk.domain.destruction import (
    AskedBy,
    Destruction,
    check_reason,
    check_typed,
    is_about,
)
from pzdesk.domain.errors import BadInput, NotFound, StoreError
from pzdesk.domain.patient import Patient, PatientId
from pzdesk.domain.retention import Overdue, cut_off
from pzdesk.domain.user import Right, User
from pzdesk.services import destroyed_drafts, tombstones
from pzdesk.services.session import Session
from pzdesk.store import backups, destroying, rekeying, retaining
from pzdesk.store.drafts import SealedNotes
from pzdesk.store.folder import BACKUPS, DATABASE
from pzdesk.store.unit import Unit

NOTE = "back-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would go and what would stay.

    ``goes`` counts rows by table; ``named_elsewhere`` counts rows of others in which the surname stands.
    ``backups`` still hold the person, the last of them until about ``until``; ``copies`` are folders that
    do not rotate out.
    """

    patient: Patient
    goes: dict[str, int]
    named_elsewhere: dict[str, int]
    backups: tuple[Backup, ...]
    until: date | None
    copies: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was destroyed; ``is_swept`` is false while another window keeps the file from being rewritten."""

    destruction: Destruction
    is_swept: bool


class DestructionService:
    """What who is responsible for a file does when it has to go (BW 7:455; 7:454 lid 3)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def foresee(self, patient_id: PatientId, rows: Sequence[str] = ()) -> Foreseen:
        """What would be destroyed: the whole file, or the named rows ("table:id").

        Raises:
            NotFound: there is no such patient, or none of these rows.
        """
        with self._session.reading(Right.DESTROY) as unit:
            patient = unit.get(Patient, patient_id)
            goes = _rows(unit, patient_id, rows)
            elsewhere = (
                {} if rows else destroying.mentions(unit, patient.name.achternaam, patient_id)
            )
            former = rekeying.former_keys(unit)
            unit.commit(
                *(AuditEvent.DESTRUCTION_READ, What.READ),
                patient=patient_id,
                kind="deel van een dossier" if rows else "dossier",
            )
        holding = tuple(self._backups(former))
        return Foreseen(
            patient=patient,
            goes={table: len(ids) for table, ids in goes.items()},
            named_elsewhere=elsewhere,
            backups=holding,
            until=gone_by([backup.about.made_at for backup in holding]),
            copies=self._copies(),
        )

    def destroy(
        self,
        patient_id: PatientId,
        rows: Sequence[str] = (),
        *,
        asked_by: AskedBy,
        reason: str,
        typed: str,
    ) -> Done:
        """Destroy the whole file, or the named rows; nothing brings it back, also no older backup.

        ``typed`` is the surname or the birth date of the patient, as a sign that it is meant.

        Raises:
            BadInput: ``typed`` is not this patient's, or the reason is empty or names the patient.
            NotFound: there is no such patient, or none of these rows.
        """
        session = self._session
        with session.writing(Right.DESTROY) as unit:
            patient = unit.get(Patient, patient_id)
            check_typed(patient, typed)
            reason = check_reason(patient, reason)
            goes = _rows(unit, patient_id, rows)
            logins = [user.login for user in unit.find(User)]
            kept = unit.add(
                Destruction(
                    was_patient=patient_id,
                    mark=destroying.mark_of(unit, patient_id),
                    whole=not rows,
                    rows=destroying.names_of(goes if rows else _free(goes)),
                    on=session.today,
                    asked_by=asked_by.value,
                    reason=reason,
                    recorded_at=session.now,
                    recorded_by=session.user.id,
                )
            )
            destroying.remove(unit, goes)
            unit.commit(
                *(AuditEvent.DESTROYED, What.DELETE),
                patient=patient_id,
                kind="deel van een dossier" if rows else "dossier",
                count=sum(map(len, goes.values())),
            )
        self._forget_drafts(patient, kept, goes, logins)
        self._keep_tombstones()
        return Done(kept, self._swept())

    def kept_too_long(self) -> list[Overdue]:
        """Whose file was last changed more than twenty years ago, the longest ago first.

        It is a proposal: nothing is ever destroyed by itself.
        """
        with self._session.reading(Right.DESTROY) as unit:
            found = retaining.unchanged_since(unit, cut_off(self._session.today))
            unit.commit(AuditEvent.RETENTION_READ, What.READ, kind="dossier", count=len(found))
        return found

    def destroyed(self) -> list[Destruction]:
        """What was destroyed, the last first: the fact, and nothing of what it was."""
        with self._session.reading(Right.DESTROY) as unit:
            found = unit.find(Destruction, order="-recorded_at")
            unit.commit(AuditEvent.RETENTION_READ, What.READ, kind="vernietiging", count=len(found))
        return found

    def _swept(self) -> bool:
        store = self._session.store
        with suppress(StoreError):  # the rows are gone; what is left over goes at the next opening
            return destroying.sweep(store.folder / DATABASE, store.data_key())
        return False

    def _folders(self) -> list[Path]:
        store = self._session.store
        found = SealedNotes(store.folder, store.data_key(), "").kept(NOTE)
        second = found[0].get("second") if found else None
        return [store.folder / BACKUPS, *([Path(second)] if second else [])]

    def _backups(self, former: Sequence[bytes]) -> list[Backup]:
        """The backups of this store, under its key of now or one of before."""
        every = (self._session.store.data_key(), *former)
        found = [backup for place in self._folders() for backup in backups.listed(place)]
        return [one for one in found if any(backups.is_under(one.path, key) for key in every)]

    def _copies(self) -> tuple[Path, ...]:
        place = self._session.store.folder / BACKUPS
        return tuple(sorted(path for path in place.glob("voor-*") if path.is_dir()))

    def _keep_tombstones(self) -> None:
        """Beside every set of backups, where its disk is there: the store itself knows in any case."""
        store, session = self._session.store, self._session
        there = [place for place in self._folders() if place.is_dir()]
        with suppress(StoreError), store.reading(session.user, session.now) as unit:
            tombstones.keep(unit, store.data_key(), there)

    def _forget_drafts(
        self, patient: Patient, kept: Destruction, goes: destroying.Rows, logins: Sequence[str]
    ) -> None:
        """What anybody typed about it and did not save, and what slipped in of who went before."""
        before, own = destroyed_drafts.Gone(), destroyed_drafts.gone_by(kept)
        with suppress(StoreError):
            places = destroyed_drafts.places_of_everybody(self._session)
            before = destroyed_drafts.gone_now(self._session, places)

        def is_gone(place: str, text: str) -> bool:
            if own.holds(place) or before.holds(place):
                return True
            if kept.whole:
                return is_about(patient, text)
            return destroyed_drafts.begins_with(place, patient.id, goes)

        destroyed_drafts.forget(self._session, logins, is_gone)
        destroyed_drafts.forget_damaged(self._session)


def _free(rows: destroying.Rows) -> destroying.Rows:
    """Of a whole file the rows that a draft may be about which does not name the patient."""
    return {table: keys for table, keys in rows.items() if table in destroyed_drafts.FREE}


def _rows(unit: Unit, patient_id: PatientId, rows: Sequence[str]) -> destroying.Rows:
    try:
        found = (
            destroying.part(unit, patient_id, rows) if rows else destroying.whole(unit, patient_id)
        )
    except ValueError:
        raise BadInput("Zo heet geen onderdeel van een dossier.", field="onderdeel") from None
    if not found:
        raise NotFound("Dit staat niet in dit dossier.")
    return found
